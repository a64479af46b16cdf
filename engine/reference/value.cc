#include "engine/reference/value.h"

#include <algorithm>

namespace jianlu::reference {
namespace {

using fact::kFalse, fact::kTrue, fact::kUndecided, fact::kMin, fact::kMax, fact::kValue;
using model::TypeKind;
using Wide = __int128;

constexpr std::int64_t kMillion = 1'000'000;

bool is_open(std::int64_t side) { return side == kMin || side == kMax; }

// An end of a result: an open side, or a finite value that must lie between the open sides.
bool finish(Wide value, std::int64_t& out) {
  if (value <= kMin || value >= kMax) return false;
  out = static_cast<std::int64_t>(value);
  return true;
}

bool add_side(std::int64_t a, std::int64_t b, std::int64_t& out) {
  if (is_open(a) || is_open(b)) {
    out = is_open(a) ? a : b;
    return true;
  }
  return finish(Wide{a} + b, out);
}

std::int64_t open_product(std::int64_t a, std::int64_t b) {
  if (a == 0 || b == 0) return 0;
  return (a < 0) == (b < 0) ? kMax : kMin;
}

// The hull of an operation on each pair of ends; enough where it is monotone in each argument.
template <class Operation>
bool corners(Bound a, Bound b, Bound& out, Operation operation) {
  std::int64_t ends[4];
  if (!operation(a.lo, b.lo, ends[0]) || !operation(a.lo, b.hi, ends[1]) || !operation(a.hi, b.lo, ends[2]) ||
      !operation(a.hi, b.hi, ends[3])) {
    return false;
  }
  out = {*std::min_element(ends, ends + 4), *std::max_element(ends, ends + 4)};
  return true;
}

bool is_quantity(TypeKind kind) {
  return kind == TypeKind::number || kind == TypeKind::instant || kind == TypeKind::duration;
}

}  // namespace

Value of_truth(Truth t) {
  Value v;
  v.kind = TypeKind::truth;
  v.state = t;
  return v;
}

Value absent(TypeKind kind, std::uint8_t state) {
  Value v;
  v.kind = kind;
  v.state = kind == TypeKind::truth ? std::uint8_t{kUndecided} : state;
  if (kind == TypeKind::interval_set) v.possible = {{kMin, kMax}};
  return v;
}

Value quantity(TypeKind kind, Bound bound) {
  Value v;
  v.kind = kind;
  v.state = kValue;
  v.bound = bound;
  return v;
}

Truth less(Bound a, Bound b) {
  if (a.hi < b.lo) return kTrue;
  if (a.lo >= b.hi) return kFalse;
  return kUndecided;
}

Truth equal(Bound a, Bound b) {
  if (a.exact() && a == b) return kTrue;
  if (a.hi < b.lo || b.hi < a.lo) return kFalse;
  return kUndecided;
}

Truth equal(const Value& a, const Value& b) {
  if (a.kind == TypeKind::truth) {
    if (a.state == kUndecided || b.state == kUndecided) return kUndecided;
    return truth(a.state == b.state);
  }
  if (!a.given() || !b.given()) return kUndecided;
  switch (a.kind) {
    case TypeKind::text: return truth(a.text == b.text);
    case TypeKind::reference: return truth(a.row == b.row);
    case TypeKind::interval: return both(equal(a.bound, b.bound), equal(a.end, b.end));
    case TypeKind::enum_value:
    case TypeKind::enum_set: return truth(a.code == b.code);
    case TypeKind::period: return truth(a.period == b.period);
    default: return equal(a.bound, b.bound);
  }
}

bool add(Bound a, Bound b, Bound& out) { return add_side(a.lo, b.lo, out.lo) && add_side(a.hi, b.hi, out.hi); }
bool subtract(Bound a, Bound b, Bound& out) { return add(a, negated(b), out); }

bool multiply(Bound a, Bound b, Bound& out) {
  return corners(a, b, out, [](std::int64_t x, std::int64_t y, std::int64_t& end) {
    if (!is_open(x) && !is_open(y)) return finish(Wide{x} * y / kMillion, end);
    end = open_product(x, y);
    return true;
  });
}

bool divide(Bound a, Bound b, Bound& out) {
  if (b.lo <= 0 && b.hi >= 0) return false;
  return corners(a, b, out, [](std::int64_t x, std::int64_t y, std::int64_t& end) {
    if (is_open(y)) {
      end = 0;
      return true;
    }
    if (!is_open(x)) return finish(Wide{x} * kMillion / y, end);
    end = open_product(x, y);
    return true;
  });
}

Bound negated(Bound a) {
  const auto side = [](std::int64_t x) { return x == kMin ? kMax : x == kMax ? kMin : -x; };
  return {side(a.hi), side(a.lo)};
}

bool distance(Bound a, Bound b, Bound& out) {
  Bound difference;
  if (!subtract(a, b, difference)) return false;
  const Bound other = negated(difference);
  out = {std::max({std::int64_t{0}, difference.lo, other.lo}), std::max(difference.hi, other.hi)};
  return true;
}

Bound larger(Bound a, Bound b) { return {std::max(a.lo, b.lo), std::max(a.hi, b.hi)}; }
Bound smaller(Bound a, Bound b) { return {std::min(a.lo, b.lo), std::min(a.hi, b.hi)}; }

Value hull(const Value& a, const Value& b) {
  const auto state = static_cast<std::uint8_t>(a.state | b.state);
  if (a.kind == TypeKind::truth) return of_truth(state);
  if (state != kValue) return absent(a.kind, state);
  Value v = a;
  const auto widen = [](Bound x, Bound y) { return Bound{std::min(x.lo, y.lo), std::max(x.hi, y.hi)}; };
  if (is_quantity(a.kind) || a.kind == TypeKind::interval) {
    v.bound = widen(a.bound, b.bound);
    v.end = widen(a.end, b.end);
    return v;
  }
  if (a.kind == TypeKind::interval_set) {
    calendar::intersect(a.definite, b.definite, v.definite);
    calendar::unite(a.possible, b.possible, v.possible);
    return v;
  }
  return equal(a, b) == kTrue ? v : unknown(a.kind);
}

}  // namespace jianlu::reference
