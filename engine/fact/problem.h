#pragma once

#include <cstdint>

#include "engine/diag/diag.h"
#include "engine/fact/fact.h"

namespace jianlu::fact {

// What is wrong with a source: a value, never an exception; it stops nothing but what it names.
struct Problem {
  enum class Effect : std::uint8_t {
    noted,       // everything was taken in
    row_aside,   // the row, with the rows that it owns, is kept aside
    file_aside,  // nothing of the file was taken in
  };

  Effect effect = Effect::row_aside;
  Origin origin;             // the row or the line
  std::int32_t column = 0;   // 1-based, in code points; 0: the line as a whole
  diag::Words path;          // as written in the source: "场次[2].录像[1].开始"
  diag::Words what;          // what is wrong, without a full stop
  diag::Words mend;          // how to mend it; may be empty
};

// The words for a required cell that is not given.
inline diag::Words missing(const model::Name& field) {
  return {"缺少必填字段“" + field.zh + "”", "the required field `" + field.en + "` is missing"};
}
inline diag::Words give(const model::Name& field) { return {"补上“" + field.zh + "”", "give `" + field.en + "`"}; }

}  // namespace jianlu::fact
