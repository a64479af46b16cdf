// Cell states that exist only while facts are being built, and what columns need then.
#pragma once

#include "engine/fact/fact.h"

namespace jianlu::fact {

constexpr std::uint8_t kAbsent = 0;   // no source mentioned the cell
constexpr std::uint8_t kByKey = 4;    // an owner named by key: lo is the text id of the key
constexpr Row kAmbiguous = -2;

// An unresolved reference keeps the text id of its key in lo until units are known.
constexpr std::int64_t unresolved(std::int64_t key) { return -2 - key; }
constexpr std::int64_t key_of_unresolved(std::int64_t lo) { return -2 - lo; }

// To `size` rows, new ones absent.
inline void stretch(Column& column, std::size_t size, bool interval) {
  column.state.resize(size, kAbsent);
  column.lo.resize(size, 0);
  if (!column.hi.empty()) column.hi.resize(size, 0);
  if (interval) column.end_lo.resize(size, 0);
  if (!column.end_hi.empty()) column.end_hi.resize(size, 0);
}

inline void empty(Column& column) {
  column.state.clear();
  for (std::vector<std::int64_t>* values : {&column.lo, &column.hi, &column.end_lo, &column.end_hi}) values->clear();
}

inline bool same_cell(const Column& column, std::size_t a, std::size_t b) {
  if (column.state[a] != column.state[b]) return false;
  if (column.state[a] != kValue) return true;
  return column.lo[a] == column.lo[b] && (column.hi.empty() || column.hi[a] == column.hi[b]) &&
         (column.end_lo.empty() || column.end_lo[a] == column.end_lo[b]) &&
         (column.end_hi.empty() || column.end_hi[a] == column.end_hi[b]);
}

}  // namespace jianlu::fact
