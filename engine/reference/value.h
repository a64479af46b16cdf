// Values of the slow evaluator. Everything is a set of what the facts still allow: a truth value is a fact::Truth, any other
// value a presence and, for quantities, a bound. kMin and kMax stand for "not bounded on that side" and stay what they are in
// arithmetic.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/calendar/interval.h"
#include "engine/calendar/period.h"
#include "engine/fact/fact.h"
#include "engine/model/vocabulary.h"

namespace jianlu::reference {

using Truth = std::uint8_t;   // fact::Truth

constexpr Truth truth(bool b) { return b ? fact::kTrue : fact::kFalse; }
constexpr Truth negate(Truth a) { return static_cast<Truth>(((a & 1) << 1) | (a >> 1)); }
constexpr Truth both(Truth a, Truth b) { return static_cast<Truth>((a & b & 1) | ((a | b) & 2)); }
constexpr Truth either(Truth a, Truth b) { return static_cast<Truth>(((a | b) & 1) | (a & b & 2)); }

// What a number, instant or duration can be; lo <= hi.
struct Bound {
  std::int64_t lo = fact::kMin, hi = fact::kMax;
  bool exact() const { return lo == hi; }
  bool operator==(const Bound&) const = default;
};

// A row. A derived row (a gap) is told by its owner's row and its neighbours.
struct RowRef {
  model::EntityId entity = model::kNone;
  fact::Row row = fact::kNoRow;                             // derived: the owner's row
  fact::Row previous = fact::kNoRow, next = fact::kNoRow;   // derived only
  auto operator<=>(const RowRef&) const = default;
};

struct Value {
  model::TypeKind kind{};
  // Truth: the truth value. Others: fact::State, read as the truth of "is given".
  std::uint8_t state = fact::kUnknown;
  // Meaningful only where state is kValue:
  Bound bound;                    // number, instant, duration; start of an interval
  Bound end;                      // of an interval
  std::int64_t code = 0;          // enum_value: code; enum_set: bits
  std::string_view text;
  calendar::Period period;
  RowRef row;                     // reference
  calendar::IntervalSet definite, possible;   // interval_set: in every completion, in some completion

  bool given() const { return state == fact::kValue; }
};

Value of_truth(Truth t);
Value absent(model::TypeKind kind, std::uint8_t state);   // kNothing or kUnknown; a truth value: undecided
Value quantity(model::TypeKind kind, Bound bound);
// A quantity whose computation left the range of int64 or divided by what may be zero.
inline Value unknown(model::TypeKind kind) { return absent(kind, fact::kUnknown); }

Truth less(Bound a, Bound b);
Truth equal(Bound a, Bound b);
inline Truth less_equal(Bound a, Bound b) { return negate(less(b, a)); }
// Of two values of one type; undecided where an operand is not certainly given.
Truth equal(const Value& a, const Value& b);

// False: out of range or a divisor that may be zero.
bool add(Bound a, Bound b, Bound& out);
bool subtract(Bound a, Bound b, Bound& out);
bool multiply(Bound a, Bound b, Bound& out);   // one factor in millionths; truncated towards zero
bool divide(Bound a, Bound b, Bound& out);     // divisor in millionths; truncated towards zero
bool distance(Bound a, Bound b, Bound& out);   // |a - b|
Bound negated(Bound a);
Bound larger(Bound a, Bound b);
Bound smaller(Bound a, Bound b);

// The least value that allows both.
Value hull(const Value& a, const Value& b);

}  // namespace jianlu::reference
