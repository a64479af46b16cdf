#include "engine/finding/life.h"

#include <catch2/catch.hpp>

using namespace jianlu;
using namespace jianlu::finding;
using outcome::Outcome;

namespace {

Standing standing(std::string suffix, std::int32_t norm, Outcome outcome, Event event = Event::opened, std::int32_t slice = 7) {
  Standing s;
  s.suffix = std::move(suffix);
  s.norm = norm;
  s.verdict.outcome = outcome;
  s.event = event;
  s.slice = slice;
  return s;
}

const std::vector<std::int32_t> kSlices{7, 7, -1};   // norm 2 is a rule no longer

}  // namespace

TEST_CASE("a finding opens, changes, closes and opens again") {
  const auto first = steps({}, {standing("", 0, Outcome::pending), standing("", 1, Outcome::satisfied)}, kSlices);
  REQUIRE(first.size() == 1);
  CHECK(first[0].now.event == Event::opened);

  const auto same = steps({standing("", 0, Outcome::pending)}, {standing("", 0, Outcome::pending)}, kSlices);
  CHECK(same.empty());

  auto due = standing("", 0, Outcome::pending);
  due.verdict.due = 5;
  const auto changed = steps({standing("", 0, Outcome::pending)}, {due}, kSlices);
  REQUIRE(changed.size() == 1);
  CHECK(changed[0].now.event == Event::changed);
  CHECK(changed[0].now.verdict.due == 5);

  const auto closed = steps({standing("", 0, Outcome::pending)}, {standing("", 0, Outcome::exempt)}, kSlices);
  REQUIRE(closed.size() == 1);
  CHECK(closed[0].now.event == Event::closed);
  CHECK(closed[0].now.verdict.outcome == Outcome::exempt);
  CHECK(closed[0].reason == "facts");

  const auto again = steps({standing("", 0, Outcome::exempt, Event::closed)}, {standing("", 0, Outcome::breached)}, kSlices);
  REQUIRE(again.size() == 1);
  CHECK(again[0].now.event == Event::reopened);
  CHECK(steps({standing("", 0, Outcome::exempt, Event::closed)}, {standing("", 0, Outcome::satisfied)}, kSlices).empty());
}

TEST_CASE("closing says why") {
  const auto reason = [](const Standing& before, const std::vector<Standing>& judged) {
    const auto found = steps({before}, judged, kSlices);
    REQUIRE(found.size() == 1);
    CHECK(found[0].now.event == Event::closed);
    return std::string(found[0].reason);
  };
  CHECK(reason(standing("", 0, Outcome::unknown, Event::opened, 3), {standing("", 0, Outcome::satisfied)}) == "rules");
  CHECK(reason(standing("/gap/R1/-", 0, Outcome::breached), {}) == "subject gone");
  CHECK(reason(standing("", 2, Outcome::breached), {}) == "rules");
}

TEST_CASE("steps come by subject, then norm, whatever else is there") {
  const std::vector<Standing> before{standing("", 1, Outcome::breached), standing("/gap/A/B", 0, Outcome::unknown)};
  const std::vector<Standing> judged{standing("", 0, Outcome::breached), standing("", 1, Outcome::unknown),
                                     standing("/recording/R1", 0, Outcome::conflict)};
  const auto found = steps(before, judged, kSlices);
  REQUIRE(found.size() == 4);
  CHECK(found[0].now.norm == 0);
  CHECK(found[1].now.event == Event::changed);
  CHECK(found[2].now.suffix == "/gap/A/B");
  CHECK(found[3].now.suffix == "/recording/R1");
}
