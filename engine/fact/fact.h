// Facts in memory: a table per entity, a column per field. A cell is a value, none, or unknown; an instant or a
// number may be a bound [lo, hi]. Both evaluators read this; adapters and the store build it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/fact/texts.h"
#include "engine/model/vocabulary.h"

namespace jianlu::fact {

using Row = std::int32_t;
constexpr Row kNoRow = -1;

// Presence of a cell, as the two things it can still turn out to be. `is given` is this byte read as a truth value.
enum State : std::uint8_t { kValue = 1, kNothing = 2, kUnknown = 3 };
// Truth values: bit 0 = can be true, bit 1 = can be false.
enum Truth : std::uint8_t { kTrue = 1, kFalse = 2, kUndecided = 3 };

constexpr std::int64_t kMin = INT64_MIN / 4, kMax = INT64_MAX / 4;  // open ends of a bound, safe to add to

// One column. `lo` holds, by the field's type: truth 1/2/3 as Truth (`state` is the same), number millionths,
// instant and duration microseconds, enum code, enum set bits, text id, row of the entity referred to.
// `hi` is empty where every value is exact (lo == hi). An interval field has its end in `end_lo`/`end_hi`.
struct Column {
  std::vector<std::uint8_t> state;
  std::vector<std::int64_t> lo, hi;
  std::vector<std::int64_t> end_lo, end_hi;
};

// The rows of a list field, by row of the entity that has the list: indices rows[offsets[i]] … rows[offsets[i+1]-1].
// `contiguous`: rows is empty and the indices are the offsets themselves (owned entities stored in owner order).
// through[i]: the instant through which the ledger listed was delivered for the unit of row i (kMin: never);
// beyond it absence is unknown.
struct List {
  std::vector<std::int32_t> offsets;
  std::vector<Row> rows;
  std::vector<std::int64_t> through;
  bool contiguous = true;
};

// Where a row was said: a source (manifest, CSV export, clip) and the place in it.
struct Origin {
  std::int32_t source = -1;   // index into Facts::sources
  std::int32_t line = 0;      // 1-based line, or 0
};

struct Table {
  std::int32_t size = 0;
  std::vector<Column> columns;          // by FieldId; empty for list fields
  std::vector<List> lists;              // by FieldId; empty but for list fields
  std::vector<Origin> origins;          // by row
  // Rows [0, owned) have an owner and are in its order; the rest have none (owner column: none).
  std::int32_t owned = 0;
};

struct Facts {
  std::vector<Table> tables;            // by EntityId
  Texts texts;
  std::vector<std::string> sources;     // paths or names of what was read
};

}  // namespace jianlu::fact
