#include "engine/fact/builder.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

#include "engine/fact/describe.h"
#include "tests/unit/fact/facts_of.h"

using namespace jianlu;
using namespace jianlu::fact;
using model::TypeKind;
using test::at;

namespace {
const test::Kit kit;

Builder builder() { return Builder(kit.vocabulary, test::shanghai()); }

bool mentions(const std::vector<Problem>& problems, std::string_view zh) {
  for (const Problem& p : problems) {
    if (p.what.zh.find(zh) != std::string::npos) return true;
  }
  return false;
}
}  // namespace

TEST_CASE("references are resolved whatever the order of the documents") {
  Builder b = builder();
  Document session = kit.session("S-1", "甲");
  session.rows.push_back(kit.recording("R1"));
  session.rows.back().cells.push_back(kit.text("recording", "device", "D2"));
  b.add(session);
  b.add(kit.complaint("T-1", "甲", "S-1"));
  b.add(kit.device("D1", "甲"));
  b.add(kit.device("D2", "甲"));
  b.add(kit.unit("甲"));
  const Facts& facts = b.build();
  CHECK(b.problems().empty());
  CHECK(kit.column(facts, "session", "unit").lo[0] == 0);
  CHECK(kit.column(facts, "recording", "device").lo[0] == 1);
  CHECK(kit.column(facts, "device", "unit").lo == std::vector<std::int64_t>{0, 0});
  const List& complaints = kit.list(facts, "session", "complaints");
  CHECK(complaints.offsets == std::vector<std::int32_t>{0, 1});
  CHECK(complaints.rows == std::vector<Row>{0});
  CHECK_FALSE(complaints.contiguous);
  CHECK(kit.list(facts, "unit", "devices").rows == std::vector<Row>{0, 1});
  CHECK(kit.list(facts, "device", "recordings").offsets == std::vector<std::int32_t>{0, 0, 1});
}

TEST_CASE("a reference to a row that nobody delivered is unknown and reported once") {
  Builder b = builder();
  b.add(kit.session("S-1", "甲"));
  b.add(kit.session("S-2", "甲"));
  const Facts& facts = b.build();
  CHECK(kit.column(facts, "session", "unit").state == std::vector<std::uint8_t>{kUnknown, kUnknown});
  CHECK(kit.column(facts, "session", "unit").lo == std::vector<std::int64_t>{kNoRow, kNoRow});
  REQUIRE(b.problems().size() == 1);
  CHECK(b.problems()[0].effect == Problem::Effect::noted);
  CHECK(b.problems()[0].what.en == "`unit` names the unit `甲`, which was not delivered; taken as unknown");
}

TEST_CASE("keys of any length are told apart, in one batch and in the next") {
  std::vector<std::string> keys;
  for (std::size_t size = 1; size <= 12; ++size) {
    for (int i = 0; i < 60; ++i) keys.push_back(std::string(size, 'a') + std::to_string(i).substr(0, size > 2 ? 2 : 0));
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  Builder b = builder();
  REQUIRE(b.keep(kit.e("session")));
  for (int batch = 0; batch < 3; ++batch) {
    for (const std::string& key : keys) {
      Document session = kit.session(key, "甲");
      session.rows.push_back(kit.recording(key + "r"));
      session.rows.push_back(kit.recording(key));
      b.add(session);
    }
    const Facts& facts = b.build();
    for (std::size_t i = 0; i < keys.size(); ++i) {
      CHECK(facts.texts[kit.column(facts, "session", "id").lo[i]] == keys[i]);
      CHECK(facts.texts[kit.column(facts, "recording", "id").lo[2 * i]] == keys[i] + "r");
      CHECK(facts.texts[kit.column(facts, "recording", "id").lo[2 * i + 1]] == keys[i]);
    }
    b.clear();
    std::reverse(keys.begin(), keys.end());
  }
}

TEST_CASE("an absent optional cell is none only inside a delivery that covers the row") {
  Builder b = builder();
  b.add(kit.unit("甲"));
  b.add(kit.unit("乙"));
  b.add(kit.session("S-1", "甲", "2024-05-07"));
  b.add(kit.session("S-2", "甲", "2024-05-09"));
  b.add(kit.session("S-3", "乙", "2024-05-07"));
  b.add(kit.delivery("session", "甲", "2024-05-08T00:00"));
  const Facts& facts = b.build();
  using States = std::vector<std::uint8_t>;
  CHECK(kit.column(facts, "session", "returned").state == States{kNothing, kUnknown, kUnknown});
  CHECK(kit.column(facts, "session", "arrived").state == States{kUnknown, kUnknown, kUnknown});
  CHECK(kit.column(facts, "session", "is_evidence").lo == std::vector<std::int64_t>{kFalse, kUndecided, kUndecided});
  CHECK(kit.column(facts, "session", "had_violation").lo == std::vector<std::int64_t>(3, kUndecided));
  CHECK(kit.column(facts, "session", "late_hand_over_grounds").state == States{kValue, kUnknown, kUnknown});
  CHECK(kit.column(facts, "session", "late_hand_over_grounds").lo[0] == 0);
}

TEST_CASE("what an absent cell means does not depend on the rows beside it") {
  struct Row {
    const char* unit;
    const char* day;
    std::uint8_t returned, evidence;   // kAbsent's zero: not mentioned
  };
  const Row rows[] = {{"甲", "2024-06-07", 0, 0}, {"甲", "2024-05-07", 0, kUnknown}, {"甲", "2024-06-08", kUnknown, 0}, {"乙", "2024-06-07", 0, 0},
                      {"甲", "2024-07-09", 0, 0}, {"甲", "2024-06-09", kNothing, kNothing}};
  const auto built = [&](unsigned which, Builder& b) -> const Facts& {
    for (std::size_t i = 0; i < std::size(rows); ++i) {
      if ((which >> i & 1) == 0) continue;
      Document session = kit.session("S-" + std::to_string(i), rows[i].unit, rows[i].day);
      if (rows[i].returned != 0) session.cells.push_back(kit.state("session", "returned", rows[i].returned));
      if (rows[i].evidence != 0) session.cells.push_back(kit.state("session", "is_evidence", rows[i].evidence));
      b.add(session);
    }
    b.add(kit.delivery("session", "甲", "2024-07-01T00:00"));
    return b.build();
  };
  for (unsigned which = 1; which < 1U << std::size(rows); ++which) {
    Builder together = builder();
    const Facts& facts = built(which, together);
    fact::Row row = 0;
    for (std::size_t i = 0; i < std::size(rows); ++i) {
      if ((which >> i & 1) == 0) continue;
      Builder alone = builder();
      const Facts& own = built(1U << i, alone);
      for (const char* const field : {"returned", "arrived", "is_evidence", "had_violation", "late_hand_over_grounds", "travel", "weather"}) {
        const Column &a = kit.column(facts, "session", field), &b = kit.column(own, "session", field);
        CAPTURE(which, i, field);
        CHECK((a.state[row] == b.state[0] && a.lo[row] == b.lo[0]));
      }
      ++row;
    }
  }
}

TEST_CASE("a unit is known by its key even where its own row was not delivered") {
  Builder b = builder();
  b.add(kit.session("S-1", "甲"));
  b.add(kit.delivery("session", "甲", "2024-05-08T00:00"));
  CHECK(kit.column(b.build(), "session", "returned").state[0] == kNothing);
}

TEST_CASE("before the day since which it is collected a field is unknown") {
  Builder b = builder();
  b.add(kit.session("S-1", "甲", "2024-05-31"));
  b.add(kit.session("S-2", "甲", "2024-06-01"));
  b.add(kit.delivery("session", "甲", "2024-07-01T00:00"));
  CHECK(kit.column(b.build(), "session", "weather").state == std::vector<std::uint8_t>{kUnknown, kNothing});
}

TEST_CASE("what was looked for and not found, and what is said to be unknown, stay so") {
  Builder b = builder();
  Document session = kit.session("S-1", "甲");
  session.cells.push_back(kit.state("session", "arrived", kNothing));
  session.cells.push_back(kit.state("session", "returned", kUnknown));
  session.cells.push_back(kit.state("session", "had_violation", kNothing));
  b.add(session);
  b.add(kit.delivery("session", "甲", "2024-07-01T00:00"));
  const Facts& facts = b.build();
  CHECK(kit.column(facts, "session", "arrived").state[0] == kNothing);
  CHECK(kit.column(facts, "session", "returned").state[0] == kUnknown);
  CHECK(kit.column(facts, "session", "had_violation").lo[0] == kFalse);
}

TEST_CASE("lists know through when their ledger was delivered for the row's unit") {
  Builder b = builder();
  b.add(kit.session("S-1", "甲"));
  b.add(kit.session("S-2", "乙"));
  b.add(kit.delivery("transfer", "甲", "2024-05-10T00:00"));
  b.add(kit.delivery("transfer", "甲", "2024-05-09T00:00"));
  b.add(kit.delivery("complaint", "乙", "2024-05-11T00:00"));
  const Facts& facts = b.build();
  CHECK(kit.list(facts, "session", "transfers").through == std::vector<std::int64_t>{at("2024-05-10T00:00"), kMin});
  CHECK(kit.list(facts, "session", "complaints").through == std::vector<std::int64_t>{kMin, at("2024-05-11T00:00")});
  CHECK(kit.list(facts, "session", "recordings").through == std::vector<std::int64_t>{kMin, kMin});
}

TEST_CASE("a row without a required cell is kept aside, and its absence then proves nothing") {
  Builder b = builder();
  Document good = kit.session("S-1", "甲"), broken = kit.session("S-2", "甲");
  good.rows.push_back(kit.transfer("2024-05-07T12:00"));
  good.rows.push_back({kit.e("transfer"), {0, 77}, {}, {}, {}});
  broken.cells.pop_back();
  broken.origin.line = 99;
  broken.rows.push_back(kit.recording("R1"));
  b.add(broken);
  b.add(good);
  b.add(kit.session("S-3", "甲"));
  b.add(kit.delivery("transfer", "甲", "2024-06-01T00:00"));
  b.add(kit.delivery("session", "甲", "2024-06-01T00:00"));
  const Facts& facts = b.build();
  CHECK(facts.tables[kit.e("session")].size == 2);
  CHECK(facts.tables[kit.e("recording")].size == 0);
  CHECK(facts.tables[kit.e("transfer")].size == 1);
  CHECK(kit.list(facts, "session", "transfers").through == std::vector<std::int64_t>{kMin, at("2024-06-01T00:00")});
  CHECK(kit.list(facts, "unit_month", "sessions").through == std::vector<std::int64_t>{kMin});
  REQUIRE(b.problems().size() >= 2);
  CHECK(b.problems()[0].origin.line == 99);
  CHECK(b.problems()[0].what.zh == "缺少必填字段“结束”");
  CHECK(b.problems()[0].path.en == "session S-2");
  CHECK(b.problems()[1].origin.line == 77);
  CHECK(b.problems()[1].path.zh == "场次 S-1 / 移交");
}

TEST_CASE("a recording nobody has listened to leaves open what was said in its session, and only there") {
  Builder b = builder();
  Document inside = kit.session("S-1", "甲");
  inside.rows.push_back(kit.recording("R0"));
  inside.rows.push_back(kit.recording("R1"));
  inside.rows.back().lost.push_back(kit.e("speech"));
  b.add(kit.session("S-2", "甲"));
  b.add(inside);
  b.add(kit.session("S-3", "甲"));
  b.add(kit.session("S-4", "甲"));
  for (const auto& [recording, session] : {std::pair("R2", "S-3"), std::pair("R3", "nobody's")}) {
    Document loose = kit.recording(recording);
    loose.cells.push_back(kit.text("recording", "session", session));
    loose.lost.push_back(kit.e("speech"));
    REQUIRE(b.add(serialise(loose, kit.vocabulary), {0, 1}));
  }
  b.add(kit.delivery("speech", "甲", "2024-06-01T00:00"));
  b.add(kit.delivery("recording", "甲", "2024-06-01T00:00"));
  const Facts& facts = b.build();
  const std::int64_t through = at("2024-06-01T00:00");
  CHECK(kit.list(facts, "session", "speeches").through == std::vector<std::int64_t>{through, kMin, kMin, through});
  CHECK(kit.list(facts, "session", "transfers").through == std::vector<std::int64_t>{kMin, kMin, kMin, kMin});
}

TEST_CASE("a key stated twice is an error with both places unless both say the same") {
  Builder b = builder();
  Document session = kit.session("S-1", "甲");
  session.rows.push_back(kit.recording("R1"));
  session.rows[0].rows.push_back({kit.e("edit_sign"), {}, {kit.text("edit_sign", "sign", "Lavf")}, {}, {}});
  b.add(session);
  b.add(session);
  CHECK(b.problems().empty());
  session.rows[0].rows[0].cells[0].text = "x264";
  session.origin.line = 50;
  b.source("a.yaml");
  b.add(session);
  REQUIRE(b.problems().size() == 1);
  CHECK(b.problems()[0].what.en == "`S-1` was stated at a.yaml:3 already, with other content");
  CHECK(b.problems()[0].origin.line == 50);
  CHECK(b.build().tables[kit.e("edit_sign")].size == 1);
  CHECK(b.documents() == 1);
}

TEST_CASE("owned rows that came by themselves join their owner's, in owner order") {
  Builder b = builder();
  const auto loose = [&](std::string id, std::string session) {
    Document r = kit.recording(std::move(id));
    if (!session.empty()) r.cells.push_back(kit.text("recording", "session", session));
    r.rows.push_back({kit.e("edit_sign"), {}, {kit.text("edit_sign", "sign", "of " + r.cells[0].text)}, {}, {}});
    return r;
  };
  Document s1 = kit.session("S-1", "甲"), s2 = kit.session("S-2", "甲");
  s1.rows.push_back(kit.recording("R1"));
  s2.rows.push_back(kit.recording("R1"));
  b.add(loose("R9", ""));
  b.add(loose("R2", "S-2"));
  b.add(s1);
  b.add(loose("R3", "S-1"));
  b.add(s2);
  b.add(loose("R4", "S-7"));
  const Facts& facts = b.build();
  const Table& recordings = facts.tables[kit.e("recording")];
  CHECK(recordings.owned == 4);
  CHECK(kit.list(facts, "session", "recordings").offsets == std::vector<std::int32_t>{0, 2, 4});
  std::string order;
  for (Row r = 0; r < recordings.size; ++r) {
    order += row_name(facts, kit.vocabulary, kit.e("recording"), r, source::Language::en) + " ";
  }
  CHECK(order == "S-1/recordings/R1 S-1/recordings/R3 S-2/recordings/R2 S-2/recordings/R1 recording/R9 recording/R4 ");
  CHECK(kit.column(facts, "recording", "session").state ==
        std::vector<std::uint8_t>{kValue, kValue, kValue, kValue, kNothing, kUnknown});
  const List& signs = kit.list(facts, "recording", "edit_signs");
  CHECK(signs.offsets == std::vector<std::int32_t>{0, 0, 1, 2, 2, 3, 4});
  CHECK(facts.texts[kit.column(facts, "edit_sign", "sign").lo[0]] == "of R3");
  CHECK(facts.texts[kit.column(facts, "edit_sign", "sign").lo[3]] == "of R4");
  CHECK(mentions(b.problems(), "所属的场次“S-7”没有交付"));
}

TEST_CASE("a key of an owned row is looked for under the same owner first") {
  Builder b = builder();
  for (const char* id : {"S-1", "S-2"}) {
    Document s = kit.session(id, "甲");
    s.rows.push_back(kit.recording("R1"));
    s.rows.push_back({kit.e("speech"), {}, {kit.cell("speech", "at", at("2024-05-07T09:01")), kit.text("speech", "words", "好"),
                                           kit.text("speech", "recording", "R1")}, {}, {}});
    b.add(s);
  }
  Document s = kit.session("S-3", "甲");
  s.rows.push_back({kit.e("speech"), {}, {kit.cell("speech", "at", 0), kit.text("speech", "words", "好"),
                                         kit.text("speech", "recording", "R1")}, {}, {}});
  b.add(s);
  const Facts& facts = b.build();
  CHECK(kit.column(facts, "speech", "recording").lo == std::vector<std::int64_t>{0, 1, kNoRow});
  CHECK(mentions(b.problems(), "不止一条"));
}

TEST_CASE("an owned row stated inside its owner and again by itself is one row") {
  Builder b = builder();
  Document s = kit.session("S-1", "甲"), r = kit.recording("R1");
  s.rows.push_back(r);
  r.cells.push_back(kit.text("recording", "session", "S-1"));
  b.add(s);
  b.add(r);
  b.add(kit.delivery("recording", "甲", "2024-06-01T00:00"));
  SECTION("equal") {
    const Facts& facts = b.build();
    CHECK(facts.tables[kit.e("recording")].size == 1);
    CHECK(kit.list(facts, "session", "recordings").through[0] == at("2024-06-01T00:00"));
  }
  SECTION("different") {
    Document other = kit.recording("R1", "2024-05-08");
    other.cells.push_back(kit.text("recording", "session", "S-1"));
    b.add(other);
    const Facts& facts = b.build();
    CHECK(facts.tables[kit.e("recording")].size == 1);
    CHECK(kit.list(facts, "session", "recordings").through[0] == kMin);
    CHECK(mentions(b.problems(), "内容不同"));
  }
}

TEST_CASE("bounds are kept, and exact columns have no upper ends") {
  Builder b = builder();
  b.add(kit.session("S-1", "甲"));
  Document s = kit.session("S-2", "甲");
  s.cells.push_back(kit.bound("session", "arrived", 10, 20));
  Document i{kit.e("interruption"), {}, {kit.cell("interruption", "reason", 0)}, {}, {}};
  Cell span = kit.cell("interruption", "span", 100);
  span.end_lo = 200;
  span.end_hi = 250;
  i.cells.push_back(span);
  s.rows.push_back(i);
  b.add(s);
  b.add(kit.session("S-3", "甲"));
  const Facts& facts = b.build();
  CHECK(kit.column(facts, "session", "started").hi.empty());
  CHECK(kit.column(facts, "session", "arrived").lo == std::vector<std::int64_t>{0, 10, 0});
  CHECK(kit.column(facts, "session", "arrived").hi == std::vector<std::int64_t>{0, 20, 0});
  CHECK(kit.column(facts, "interruption", "span").hi.empty());
  CHECK(kit.column(facts, "interruption", "span").end_lo == std::vector<std::int64_t>{200});
  CHECK(kit.column(facts, "interruption", "span").end_hi == std::vector<std::int64_t>{250});
}

TEST_CASE("calendar rows exist per unit and period where something happened") {
  Builder b = builder();
  b.add(kit.unit("甲"));
  b.add(kit.session("S-1", "甲", "2024-05-31"));
  b.add(kit.session("S-2", "乙", "2024-05-02"));
  b.add(kit.session("S-3", "甲", "2024-04-01"));
  b.add(kit.session("S-4", "甲", "2024-05-01"));
  b.add(kit.delivery("session", "甲", "2024-06-01T00:00"));
  const Facts& facts = b.build();
  const Table& months = facts.tables[kit.e("unit_month")];
  REQUIRE(months.size == 3);
  std::string keys;
  for (Row r = 0; r < 3; ++r) keys += std::string(facts.texts[kit.column(facts, "unit_month", "id").lo[r]]) + " ";
  CHECK(keys == "乙/2024-05 甲/2024-04 甲/2024-05 ");
  CHECK(kit.list(facts, "unit_month", "sessions").offsets == std::vector<std::int32_t>{0, 1, 2, 4});
  CHECK(kit.list(facts, "unit_month", "sessions").rows == std::vector<Row>{1, 2, 0, 3});
  CHECK(kit.list(facts, "unit_month", "sessions").through ==
        std::vector<std::int64_t>{kMin, at("2024-06-01T00:00"), at("2024-06-01T00:00")});
  CHECK(kit.column(facts, "unit_month", "month_end").lo[1] == at("2024-05-01T00:00") - 1);
  CHECK(kit.column(facts, "unit_month", "unit").state == std::vector<std::uint8_t>{kUnknown, kValue, kValue});
}

TEST_CASE("a stream of batches gives each batch what it would have alone, and forgets it") {
  const auto fill = [&](Builder& b, int i) {
    const std::string id = "S-" + std::to_string(i);
    Document s = kit.session(id, i % 2 != 0 ? "甲" : "乙");
    for (int r = 0; r < i % 4; ++r) s.rows.push_back(kit.recording("R" + std::to_string(r)));
    if (!s.rows.empty()) s.rows[0].cells.push_back(kit.text("recording", "device", "D1"));
    b.add(s);
  };
  const auto prelude = [&](Builder& b) {
    b.add(kit.unit("甲"));
    b.add(kit.device("D1", "甲"));
    b.add(kit.complaint("T-1", "甲", "S-5"));
    b.add(kit.delivery("complaint", "甲", "2024-06-01T00:00"));
    b.add(kit.delivery("session", "甲", "2024-06-01T00:00"));
  };
  const auto sessions = [&](const Facts& facts) {
    std::string text;
    for (Row r = 0; r < facts.tables[kit.e("session")].size; ++r) {
      text += describe(facts, kit.vocabulary, kit.e("session"), r, source::Language::zh, test::shanghai());
    }
    return text;
  };
  Builder stream = builder();
  prelude(stream);
  REQUIRE(stream.keep(kit.e("session")));
  std::size_t texts = 0;
  for (int batch = 0; batch < 6; ++batch) {
    Builder alone = builder();
    prelude(alone);
    for (int i = batch * 3; i < batch * 3 + 3; ++i) {
      fill(stream, i);
      fill(alone, i);
    }
    CHECK(sessions(stream.build()) == sessions(alone.build()));
    const Facts& facts = stream.build();
    CHECK(facts.tables[kit.e("unit_month")].size == 0);
    CHECK(kit.list(facts, "device", "recordings").through[0] == kMin);
    stream.clear();
    if (batch == 0) texts = facts.texts.size();
    CHECK(facts.texts.size() == texts);
  }
  CHECK_FALSE([&] {
    Builder late = builder();
    fill(late, 1);
    return late.keep(kit.e("session"));
  }());
}

TEST_CASE("the columns of a batch hold nothing of the batches before it") {
  std::mt19937 random(3);
  const auto chance = [&](unsigned of) { return random() % of == 0; };
  const char* const entities[] = {"session", "recording", "transfer"};
  Builder stream = builder();
  REQUIRE(stream.keep(kit.e("session")));
  for (int batch = 0; batch < 60; ++batch) {
    Builder alone = builder();
    const unsigned size = random() % 7, mentions = random();   // which columns this batch mentions at all
    for (unsigned i = 0; i < size; ++i) {
      Document s = kit.session("S-" + std::to_string(i), "甲");
      const auto mention = [&](unsigned bit, Document& to, Cell cell) {
        if ((mentions >> bit & 1) != 0 && !chance(3)) to.cells.push_back(std::move(cell));
      };
      mention(0, s, kit.cell("session", "returned", at("2024-05-07T11:00") + i));
      mention(1, s, kit.bound("session", "arrived", 10, 20 + i % 2));
      mention(2, s, kit.cell("session", "is_evidence", kTrue));
      mention(3, s, kit.text("session", "weather", "晴"));
      for (unsigned r = random() % 4; r > 0; --r) {
        Document recording = kit.recording("R" + std::to_string(r));
        mention(4, recording, kit.text("recording", "device", "D9"));
        mention(5, recording, kit.cell("recording", "deleted_at", 77));
        mention(6, recording, kit.cell("recording", "found_edited", kFalse));
        s.rows.push_back(std::move(recording));
      }
      if (chance(4)) s.rows.push_back(kit.transfer("2024-05-07T12:00"));
      if (chance(5)) std::erase_if(s.cells, [](const Cell& c) { return c.field == kit.f("session", "ended"); });   // kept aside
      stream.add(s);
      alone.add(s);
    }
    const Facts &a = stream.build(), &b = alone.build();
    for (const char* const name : entities) {
      const Table &got = a.tables[kit.e(name)], &expected = b.tables[kit.e(name)];
      REQUIRE(got.size == expected.size);
      for (std::size_t f = 0; f < got.columns.size(); ++f) {
        CAPTURE(batch, name, f);
        CHECK(got.columns[f].state == expected.columns[f].state);
        for (Row row = 0; row < got.size && !got.columns[f].lo.empty(); ++row) {
          const TypeKind kind = kit.vocabulary.entities[kit.e(name)].fields[f].type.kind;
          if (kind == TypeKind::text && got.columns[f].state[row] == kValue) {
            CHECK(a.texts[got.columns[f].lo[row]] == b.texts[expected.columns[f].lo[row]]);
          } else {
            CHECK(got.columns[f].lo[row] == expected.columns[f].lo[row]);
          }
          if (kind == TypeKind::truth) CHECK(got.columns[f].state[row] == got.columns[f].lo[row]);
        }
        CHECK((got.columns[f].hi.empty() || got.columns[f].hi.size() == got.columns[f].lo.size()));
      }
    }
    stream.clear();
  }
}
