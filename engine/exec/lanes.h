// Truths of listed rows, eight to a byte: what a quantifier asks of its rows is worked out for a list at a time.
#pragma once

#include <algorithm>
#include <cstdint>

namespace jianlu::exec {

// The rows of a domain's lists, eight at a time. A slot is up to eight rows that follow one another in one list.
struct Slots {
  std::int32_t count = 0;
  const std::int32_t* parents = nullptr;   // by slot, the row of the parent; nullptr: slot i is the whole list of row i
  const std::int32_t* first = nullptr;     // by slot, its first row; of a copy only once asked for
  const std::int32_t* picked = nullptr;    // of a copy: by slot, its first row in the source
  const std::int32_t* source = nullptr;    // of a copy: by slot, the slot of its source; nullptr: that of the row that row i of the parent lies in
  const std::uint8_t* there = nullptr;     // by slot, bit k: there is a row first + k
  std::int32_t most = 8;                   // rows that a slot has at most

  // The first slot of a row of the parent.
  std::int32_t begin(std::int32_t parent) const {
    return parents ? static_cast<std::int32_t>(std::lower_bound(parents, parents + count, parent) - parents) : parent;
  }
  std::int32_t end(std::int32_t parent) const { return begin(parent + 1); }
};

// A truth by slot: bit k of `can` and of `cannot` are the two bits of the row first + k. Bits of rows that are not there are arbitrary.
struct Lanes {
  const std::uint8_t* can = nullptr;
  const std::uint8_t* cannot = nullptr;
  std::uint8_t all = 0;                    // this truth for every row, if not 0
};

// Values of listed rows: those of a slot begin at first[slot].
struct Listed {
  const std::int32_t* first = nullptr;
  std::int32_t size = 0;                   // rows of the arrays
  std::int32_t most = 8;                   // rows of a slot
};

enum class Order { less, equal, more };

// out[slot], bit k: whether values[first[slot] + k] stands in `order` to other[slot * step]. Rows beyond the end of a list may be read.
void compare_lanes(Order order, const std::int64_t* values, const Listed& listed, const std::int64_t* other, std::int32_t step, std::uint8_t* out,
                   std::int32_t slots);
// Bits 0 and 1 of a byte per row, put together by slot.
void pack_lanes(const std::uint8_t* rows, const Listed& listed, std::uint8_t* bit0, std::uint8_t* bit1, std::int32_t slots);

}  // namespace jianlu::exec
