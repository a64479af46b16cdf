// Quantifiers, interval sets, definitions.
#include <catch2/catch.hpp>

#include "tests/unit/exec/world.h"

using namespace jianlu;
using namespace jianlu::exec;

namespace {

// Session 0 has recordings good, bad, undecided; session 1 has none.
struct Recorded : World {
  Recorded() {
    const Row row = add_session();
    add_session();
    for (const std::uint8_t t : {kTrue, kFalse, kUndecided}) {
      const Row recording_row = add_recording(row, t, t + 2);
      build.set(recording, recording_row, good, t);
      build.set(recording, recording_row, at, t * kHour);
    }
    build.link(20 * kHour);
  }
};

}  // namespace

TEST_CASE("any and every know an empty list from one that was not delivered") {
  Recorded w;
  const ExprId any_good = w.any(w.of_recording(w.good));
  const ExprId every_good = w.build.quantify(Op::every, kTruth, w.list(), w.r, kNone, w.of_recording(w.good));
  const ExprId any_at_all = w.any(kNone);
  CHECK(w.truths(any_good) == std::vector<int>{kTrue, kFalse});
  CHECK(w.truths(every_good) == std::vector<int>{kFalse, kTrue});
  w.build.link(9 * kHour);   // the sessions end at 10
  CHECK(w.truths(any_good) == std::vector<int>{kTrue, kUndecided});
  CHECK(w.truths(every_good) == std::vector<int>{kFalse, kUndecided});
  CHECK(w.truths(any_at_all) == std::vector<int>{kTrue, kUndecided});
}

TEST_CASE("a horizon of its own decides when absence counts") {
  Recorded w;
  const auto any_until = [&](std::int64_t hour) {
    return w.build.quantify(Op::any, kTruth, w.list(), w.r, kNone, kNone, w.build.instant(hour * kHour));
  };
  CHECK(w.truths(any_until(20)) == std::vector<int>{kTrue, kFalse});
  CHECK(w.truths(any_until(21)) == std::vector<int>{kTrue, kUndecided});
}

TEST_CASE("count, sum, earliest and latest are bounds where a filter is undecided") {
  Recorded w;
  const ExprId filter = w.of_recording(w.good);
  const auto number = [&](Op op, ExprId body) { return w.build.quantify(op, kNumber, w.list(), w.r, filter, body); };
  const ExprId count = number(Op::count, kNone);
  const auto compare = [&](Op op, ExprId value, ExprId with) { return w.truths(w.both(op, value, with)).at(0); };
  CHECK(compare(Op::greater_equal, count, w.build.number(1'000'000)) == kTrue);
  CHECK(compare(Op::greater_equal, count, w.build.number(2'000'000)) == kUndecided);
  CHECK(compare(Op::greater, count, w.build.number(2'000'000)) == kFalse);
  const ExprId at = w.of_recording(w.at);
  const ExprId first = w.build.quantify(Op::earliest, kInstant, w.list(), w.r, filter, at);
  const ExprId last = w.build.quantify(Op::latest, kInstant, w.list(), w.r, filter, at);
  CHECK(compare(Op::equal, first, w.build.instant(kHour)) == kTrue);
  CHECK(compare(Op::less, last, w.build.instant(3 * kHour)) == kUndecided);
  CHECK(compare(Op::less_equal, last, w.build.instant(3 * kHour)) == kTrue);
  CHECK(w.truths(w.one(Op::is_given, first)) == std::vector<int>{kTrue, kFalse});
  const ExprId sum = number(Op::sum, w.build.number(5'000'000));
  CHECK(compare(Op::less, sum, w.build.number(5'000'000)) == kFalse);
  CHECK(compare(Op::less_equal, sum, w.build.number(10'000'000)) == kTrue);
}

TEST_CASE("merged time is what recordings certainly and possibly cover") {
  Recorded w;   // [1, 3) certain, [2, 4) not, [3, 5) perhaps
  const ExprId merged = w.build.quantify(Op::merged, kSpans, w.list(), w.r, w.of_recording(w.good), w.of_recording(w.part));
  const auto covers = [&](std::int64_t from, std::int64_t to) {
    const ExprId span = w.both(Op::make_interval, w.build.instant(from * kHour), w.build.instant(to * kHour), kSpan);
    return w.truths(w.both(Op::set_covers, merged, span)).at(0);
  };
  CHECK(covers(1, 3) == kTrue);
  CHECK(covers(1, 5) == kUndecided);
  CHECK(covers(1, 6) == kFalse);
  CHECK(covers(7, 1) == kTrue);
  // An instant is covered where the set holds it, ends included.
  CHECK(covers(3, 3) == kTrue);
  CHECK(covers(4, 4) == kUndecided);
  CHECK(covers(5, 5) == kUndecided);
  CHECK(covers(0, 0) == kFalse);
  const ExprId length = w.one(Op::total_length, merged, kDuration);
  CHECK(w.truths(w.both(Op::greater_equal, length, w.build.duration(2 * kHour))).at(0) == kTrue);
  CHECK(w.truths(w.both(Op::greater, length, w.build.duration(4 * kHour))).at(0) == kFalse);
}

TEST_CASE("a union, an intersection and a difference say what they hold in every completion") {
  // Every hour of a day stands for one of nine: in a certainly, perhaps or not, and in b likewise.
  World w;
  const Row row = w.add_session();
  const std::uint8_t truths[] = {kTrue, kUndecided, kFalse};
  for (std::int64_t hour = 0; hour < 9; ++hour) {
    const Row recording = w.add_recording(row, hour, hour + 1);
    w.build.set(w.recording, recording, w.good, truths[hour / 3]);
    const std::uint8_t in_b = truths[hour % 3];
    w.build.set(w.recording, recording, w.at, in_b == kFalse ? 60 * kHour : kHour, in_b == kTrue ? kHour : 60 * kHour);
  }
  w.build.link(20 * kHour);
  const auto set = [&](ExprId filter) { return w.build.quantify(Op::merged, kSpans, w.list(), w.r, filter, w.of_recording(w.part)); };
  const ExprId a_set = set(w.of_recording(w.good)), b_set = set(w.both(Op::less, w.of_recording(w.at), w.build.instant(50 * kHour)));
  const auto holds = [&](Op op, std::int64_t hour) {
    const ExprId span = w.both(Op::make_interval, w.build.instant(hour * kHour), w.build.instant((hour + 1) * kHour), kSpan);
    return w.truths(w.both(Op::set_covers, w.both(op, a_set, b_set, kSpans), span)).at(0);
  };
  for (const Op op : {Op::interval_union, Op::interval_intersection, Op::interval_difference}) {
    for (std::int64_t hour = 0; hour < 9; ++hour) {
      int expected = 0;   // fact::Truth: one bit for each answer that some completion gives
      for (const bool a : {false, true}) {
        for (const bool b : {false, true}) {
          if (truths[hour / 3] == (a ? kFalse : kTrue) || truths[hour % 3] == (b ? kFalse : kTrue)) continue;
          const bool in = op == Op::interval_union ? a || b : op == Op::interval_intersection ? a && b : a && !b;
          expected |= in ? kTrue : kFalse;
        }
      }
      INFO(static_cast<int>(op) << " hour " << hour);
      CHECK(holds(op, hour) == expected);
    }
  }
}

TEST_CASE("an interval is a set of one, whatever else the rows say") {
  Recorded w;   // [1, 3) certain, [2, 4) not, [3, 5) perhaps
  const auto span = [&](std::int64_t from, std::int64_t to) {
    return w.both(Op::make_interval, w.build.instant(from * kHour), w.build.instant(to * kHour), kSpan);
  };
  const auto covers = [&](ExprId set, std::int64_t from, std::int64_t to) {
    return w.truths(w.both(Op::set_covers, set, span(from, to))).at(0);
  };
  const ExprId merged = w.build.quantify(Op::merged, kSpans, w.list(), w.r, w.of_recording(w.good), w.of_recording(w.part));
  const ExprId with_more = w.both(Op::interval_union, span(3, 4), merged, kSpans);
  CHECK(covers(with_more, 1, 4) == kTrue);
  CHECK(covers(with_more, 1, 5) == kUndecided);
  CHECK(covers(with_more, 0, 5) == kFalse);
  const ExprId with_less = w.both(Op::interval_difference, merged, span(2, 4), kSpans);
  CHECK(covers(with_less, 1, 2) == kTrue);
  CHECK(covers(with_less, 1, 3) == kFalse);
  CHECK(covers(with_less, 4, 5) == kUndecided);
  // Of constants alone, for every session.
  const ExprId constant = w.both(Op::interval_union, span(1, 2), span(2, 3), kSpans);
  CHECK(w.truths(w.both(Op::set_covers, constant, span(1, 3))) == std::vector<int>{kTrue, kTrue});
  CHECK(w.truths(w.both(Op::set_covers, constant, span(1, 4))) == std::vector<int>{kFalse, kFalse});
  // Of what covers already, a list that nobody delivered takes nothing away.
  w.build.link(9 * kHour);
  CHECK(covers(w.both(Op::interval_union, span(7, 9), merged, kSpans), 7, 9) == kTrue);
  CHECK(covers(w.both(Op::interval_union, span(7, 9), merged, kSpans), 7, 10) == kUndecided);
  CHECK(covers(w.both(Op::interval_intersection, span(7, 9), merged, kSpans), 7, 10) == kFalse);
}

TEST_CASE("an exception that may hold widens the value, two that hold and differ leave none") {
  World w;
  const Row row = w.add_session();
  w.build.set(w.session, row, w.amount, 3'000'000);
  model::Definition definition;
  definition.result = kNumber;
  definition.parameters = {w.s};
  const auto alternative = [&](ExprId when, std::int64_t value) {
    model::Alternative a;
    a.when = when;
    a.value = w.build.number(value);
    definition.alternatives.push_back(a);
  };
  alternative(kNone, 1);
  alternative(w.of(w.flag), 5);
  alternative(w.both(Op::less, w.of(w.amount), w.build.number(2'000'000)), 9);
  w.book.definitions.push_back(definition);
  const ExprId value = w.build.call(0, {w.build.variable(w.s)});
  const auto is = [&](std::int64_t n) { return w.truth(w.both(Op::equal, value, w.build.number(n))); };
  w.build.set(w.session, row, w.flag, kFalse);
  CHECK(is(1) == kTrue);
  w.build.set(w.session, row, w.flag, kTrue);
  CHECK(is(5) == kTrue);
  w.build.set(w.session, row, w.flag, kUndecided);
  CHECK(is(1) == kUndecided);
  CHECK(w.truth(w.both(Op::less_equal, value, w.build.number(5))) == kTrue);
  w.build.set(w.session, row, w.amount, 1'000'000);
  CHECK(is(9) == kUndecided);
  w.build.set(w.session, row, w.flag, kTrue);
  CHECK(w.truth(w.one(Op::is_given, value)) == kUndecided);
}
