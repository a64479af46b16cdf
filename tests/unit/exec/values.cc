// Operators on values of one row: comparisons, arithmetic, enumerations, texts, days.
#include <catch2/catch.hpp>

#include "tests/unit/exec/world.h"

using namespace jianlu;
using namespace jianlu::exec;

TEST_CASE("a comparison of bounds is decided only where every value within them agrees") {
  World w;
  const Row row = w.add_session();
  struct Case {
    std::int64_t lo, hi;
    int less, less_equal, equal;
  };
  for (const Case& c : {Case{4, 4, kTrue, kTrue, kFalse}, Case{5, 5, kFalse, kTrue, kTrue}, Case{4, 5, kUndecided, kTrue, kUndecided},
                        Case{5, 6, kFalse, kUndecided, kUndecided}, Case{6, 7, kFalse, kFalse, kFalse}}) {
    w.build.set(w.session, row, w.other, c.lo, c.hi);
    CAPTURE(c.lo, c.hi);
    CHECK(w.truth(w.both(Op::less, w.of(w.other), w.build.instant(5))) == c.less);
    CHECK(w.truth(w.both(Op::less_equal, w.of(w.other), w.build.instant(5))) == c.less_equal);
    CHECK(w.truth(w.both(Op::equal, w.build.instant(5), w.of(w.other))) == c.equal);
    CHECK(w.truth(w.both(Op::greater_equal, w.build.instant(5), w.of(w.other))) == c.less_equal);
  }
}

TEST_CASE("what is none or unknown compares undecided, and is_given tells them apart") {
  World w;
  const Row row = w.add_session();
  for (const std::uint8_t state : {kNothing, kUnknown}) {
    w.build.set_state(w.session, row, w.other, state);
    CHECK(w.truth(w.both(Op::less, w.of(w.other), w.of(w.ended))) == kUndecided);
    CHECK(w.truth(w.one(Op::is_given, w.of(w.other))) == state);
    // None makes none, whatever else is unknown.
    CHECK(w.truth(w.one(Op::is_given, w.both(Op::subtract, w.of(w.other), w.of(w.ended), kDuration))) == state);
  }
  w.build.set_state(w.session, row, w.partner, kNothing);
  CHECK(w.truth(w.one(Op::is_given, w.build.read(w.of(w.partner), w.ended))) == kFalse);
  CHECK(w.truth(w.build.read(w.of(w.partner), w.flag)) == kUndecided);
}

TEST_CASE("a template is filled from the row; what is not known in it leaves the likeness unknown") {
  World w;
  const Row row = w.add_session();
  const auto said = [&](const char* text) {
    return std::vector{w.build.text(text), w.build.text("您好，我们是执法人员"), w.of(w.words), w.build.text("，为保护您的合法权益")};
  };
  const auto contains = [&](const char* text) { return w.truth(w.build.make(Op::contains, kTruth, said(text))); };
  const auto alike = [&](const char* text) {
    const ExprId likeness = w.build.make(Op::similarity, kNumber, said(text));
    return w.truth(w.both(Op::equal, likeness, w.build.number(1'000'000)));
  };
  w.build.set(w.session, row, w.words, w.facts.texts.intern("张 三"));
  CHECK(contains("各位：您好！我们是执法人员张三，为保护您的合法权益。") == kTrue);
  CHECK(contains("您好，我们是执法人员李四，为保护您的合法权益。") == kFalse);
  CHECK(alike("您好我们是执法人员张三为保护您的合法权益") == kTrue);
  CHECK(alike("您好我们是执法人员李四为保护您的合法权益") == kFalse);
  for (const std::uint8_t state : {kUnknown, kNothing}) {
    w.build.set_state(w.session, row, w.words, state);
    CHECK(contains("您好，我们是执法人员张三，为保护您的合法权益。") == kUndecided);
    CHECK(alike("您好我们是执法人员张三为保护您的合法权益") == kUndecided);
  }
}

TEST_CASE("whether somebody has looked is never undecided, unless it is unknown which row is meant") {
  World w;
  const Row row = w.add_session();
  const ExprId moment = w.one(Op::is_ruled_on, w.of(w.other)), flag = w.one(Op::is_ruled_on, w.of(w.flag));
  w.build.set_state(w.session, row, w.other, kUnknown);
  CHECK(w.truth(moment) == kFalse);
  w.build.set_state(w.session, row, w.other, kNothing);   // looked, found none
  CHECK(w.truth(moment) == kTrue);
  w.build.set(w.session, row, w.other, 3 * kHour, 4 * kHour);
  CHECK(w.truth(moment) == kTrue);
  for (const auto& [ruling, ruled] : {std::pair{kUndecided, kFalse}, {kTrue, kTrue}, {kFalse, kTrue}}) {
    w.build.set(w.session, row, w.flag, ruling);
    CHECK(w.truth(flag) == ruled);
  }
  const ExprId of_partner = w.one(Op::is_ruled_on, w.build.read(w.of(w.partner), w.flag));
  for (const auto& [partner, ruled] : {std::pair{kUnknown, kUndecided}, {kNothing, kFalse}}) {
    w.build.set_state(w.session, row, w.partner, partner);
    CHECK(w.truth(of_partner) == ruled);
  }
  w.build.set(w.session, row, w.partner, row);
  CHECK(w.truth(of_partner) == kTrue);
}

TEST_CASE("arithmetic keeps bounds, truncates millionths and gives up out of range") {
  World w;
  const Row row = w.add_session();
  const auto is = [&](ExprId value, std::int64_t expected) {
    return w.truth(w.both(Op::equal, value, w.build.number(expected)));
  };
  const auto number = [&](Op op, ExprId a, ExprId b) { return w.both(op, a, b, kNumber); };
  const auto n = [&](std::int64_t millionths) { return w.build.number(millionths); };
  w.build.set(w.session, row, w.amount, -7'000'000);
  const ExprId amount = w.of(w.amount);
  CHECK(is(number(Op::divide, amount, n(2'000'000)), -3'500'000) == kTrue);
  CHECK(is(number(Op::divide, n(1'000'000), n(-3'000'000)), -333'333) == kTrue);
  CHECK(is(number(Op::multiply, amount, n(333'333)), -2'333'331) == kTrue);
  CHECK(is(number(Op::distance, amount, n(1'000'000)), 8'000'000) == kTrue);
  CHECK(is(w.one(Op::negate, amount, kNumber), 7'000'000) == kTrue);
  CHECK(w.truth(w.one(Op::is_given, number(Op::divide, amount, n(0)))) == kUndecided);
  CHECK(w.truth(w.one(Op::is_given, number(Op::multiply, amount, n(kMax / 2)))) == kUndecided);
  w.build.set(w.session, row, w.amount, -2'000'000, 1'000'000);
  CHECK(w.truth(w.both(Op::less_equal, number(Op::subtract, n(0), amount), n(2'000'000))) == kTrue);
  CHECK(w.truth(w.both(Op::less, number(Op::multiply, amount, amount), n(4'000'000))) == kUndecided);
  CHECK(w.truth(w.both(Op::less_equal, number(Op::later, amount, n(0)), n(1'000'000))) == kTrue);
}

TEST_CASE("enumerations are tested by bits") {
  World w;
  const Row row = w.add_session();
  w.build.set(w.session, row, w.code, 2);
  w.build.set(w.session, row, w.codes, 0b0110);
  const auto set = [&](std::int64_t bits) { return w.build.literal(Op::enum_set, kCodes, bits); };
  CHECK(w.truth(w.both(Op::is_in, w.of(w.code), set(0b0100))) == kTrue);
  CHECK(w.truth(w.both(Op::is_in, w.of(w.code), set(0b1010))) == kFalse);
  CHECK(w.truth(w.both(Op::has_any, w.of(w.codes), set(0b1100))) == kTrue);
  CHECK(w.truth(w.both(Op::has_all, w.of(w.codes), set(0b1100))) == kFalse);
  CHECK(w.truth(w.both(Op::has_all, w.both(Op::set_union, w.of(w.codes), set(0b1000), kCodes), set(0b1100))) == kTrue);
  w.build.set_state(w.session, row, w.codes, kNothing);
  CHECK(w.truth(w.both(Op::has_any, w.of(w.codes), set(0b1100))) == kUndecided);
}

TEST_CASE("texts are compared in normal form, each distinct one once") {
  World w;
  for (const char* text : {"录制 中断。", "录制继续", "录制 中断。"}) {
    const Row row = w.add_session();
    w.build.set(w.session, row, w.words, w.facts.texts.intern(text));
  }
  const std::vector<int> first_and_last{kTrue, kFalse, kTrue};
  CHECK(w.truths(w.both(Op::contains, w.of(w.words), w.build.text("中断"))) == first_and_last);
  CHECK(w.truths(w.both(Op::equal, w.of(w.words), w.build.text("录制 中断。"))) == first_and_last);
  CHECK(w.truths(w.both(Op::equal, w.of(w.words), w.build.text("在任何事实里都没有"))) == std::vector<int>{kFalse, kFalse, kFalse});
  const ExprId alike = w.both(Op::similarity, w.of(w.words), w.build.text("录制中断"), kNumber);
  CHECK(w.truths(w.both(Op::equal, alike, w.build.number(1'000'000))) == first_and_last);
}

TEST_CASE("days and periods follow the zone") {
  World w;
  w.zones = {*calendar::Zone::find("Asia/Shanghai")};
  const Row row = w.add_session();
  w.build.set(w.session, row, w.ended, 15 * kHour);   // 23:00 in Shanghai
  w.build.set(w.session, row, w.other, 17 * kHour);   // 01:00 of the next day there, the same day in UTC
  CHECK(w.truth(w.both(Op::same_day, w.of(w.ended), w.of(w.other))) == kFalse);
  const ExprId end = w.one(Op::end_of_day, w.of(w.ended), kInstant);
  CHECK(w.truth(w.both(Op::equal, end, w.build.instant(16 * kHour - 1))) == kTrue);
  const ExprId start = w.one(Op::start_of_day, w.of(w.other), kInstant);
  CHECK(w.truth(w.both(Op::equal, start, w.build.instant(16 * kHour))) == kTrue);
  model::Expr day;
  day.op = Op::period;
  day.type = {TypeKind::period};
  day.period.days = 1;
  const ExprId next = w.both(Op::add_period, w.of(w.ended), w.build.make(day), kInstant);
  // Without a notice of days off the last day may roll over: not before the end of the next day, and open above.
  CHECK(w.truth(w.both(Op::less, next, w.build.instant(40 * kHour - 1))) == kFalse);
  CHECK(w.truth(w.both(Op::less, next, w.build.instant(41 * kHour))) == kUndecided);
}
