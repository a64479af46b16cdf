// The words of a manifest that are not the vocabulary's, and suggestions for a name that is neither.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/model/vocabulary.h"

namespace jianlu::manifest {

struct Word {
  std::string_view zh, en;
  bool operator==(std::string_view text) const { return text == zh || text == en; }
};

namespace word {
inline constexpr Word bureau{"局", "bureau"}, zone{"时区", "zone"}, deliveries{"交付", "deliveries"},
    delivery{"一次交付", "delivery"}, stream{"逐条", "stream"};
inline constexpr Word ledger{"台账", "ledger"}, unit{"单位", "unit"}, through{"截至", "complete_through"}, by{"提供人", "by"};
inline constexpr Word from{"从", "from"}, to{"至", "to"}, earliest{"最早", "earliest"}, latest{"最晚", "latest"},
    least{"最小", "min"}, most{"最大", "max"}, unknown{"不明", "unknown"};
}  // namespace word

// Whether a manifest that names this bureau is one of another than judges. One that names none is taken in.
inline bool other_bureau(std::string_view named, const model::Vocabulary& vocabulary) {
  return vocabulary.viewer && !named.empty() && named != *vocabulary.viewer;
}

// The name nearest to what was written, in its spelling's language; empty where none is near. Distance counts code
// points inserted, dropped, changed or swapped; at most a third of the longer name, at least one.
std::string nearest(std::string_view written, const std::vector<model::Name>& names);

}  // namespace jianlu::manifest
