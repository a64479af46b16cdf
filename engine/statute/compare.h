#pragma once

#include <cstdint>
#include <vector>

#include "engine/statute/regulation.h"
#include "engine/statute/source_file.h"

namespace jianlu::statute {

enum class Drift : std::uint8_t {
  same,             // the words stand in the text, here or elsewhere
  lead_in_changed,  // an item whose own words are the same, but not those that introduce the list
  changed,          // other words stand where these stood
  missing,          // nothing stands there any more
  added             // words of the text that answer no statement of the file
};

struct Difference {
  Drift drift = Drift::same;
  Citation before;  // in the file; empty when added
  Citation now;     // in the text; empty when missing
  friend bool operator==(const Difference&, const Difference&) = default;
};

// What became of every statement of the file in a text, in the order of the file, then what the text adds, in the order
// of the text. Sentences are aligned by their words before their numbers, so that an inserted paragraph or a renumbered
// article changes nothing else; of a divided sentence that was changed, each clause whose words are still in it is the
// same. Words that stand several times are matched in order.
std::vector<Difference> compare(const Source& source, const Regulation& text);

}  // namespace jianlu::statute
