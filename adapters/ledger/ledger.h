// Tables as rows of ledgers: exports of collection stations, access, export and device ledgers, as CSV. In: the bytes of
// a file and mappings. Out: what a manifest of the same rows would give. A broken row is one problem and kept aside.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/ledger/mapping.h"
#include "adapters/manifest/manifest.h"
#include "engine/calendar/zone.h"
#include "engine/model/vocabulary.h"

namespace jianlu::ledger {

inline constexpr std::size_t max_bytes = 256u << 20;
inline constexpr std::size_t max_problems = 1000;   // after these the rest of a table is not read

struct Table {
  manifest::Manifest manifest;
  std::string mapping;                 // its id; empty: none fits
  std::string_view encoding;
  std::int64_t rows = 0;               // lines below the header that hold something
  std::int64_t left = 0;               // of these, left out because the mapping says so
};

// The mapping is the one whose header columns are all there; with two that fit, the one that names more columns. Where
// none fits and `given` is one mapping, it is that one.
Table read_table(std::string_view bytes, std::int32_t source, const std::vector<Mapping>& mappings, const std::vector<Mapping>& given,
                 const model::Vocabulary& vocabulary, const calendar::Zone& zone);

// From files and folders (*.yaml below them).
std::vector<Mapping> read_mappings(const std::vector<std::string>& paths, const model::Vocabulary& vocabulary,
                                   std::vector<MappingFault>& faults);

}  // namespace jianlu::ledger
