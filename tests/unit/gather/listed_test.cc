#include "adapters/gather/listed.h"

#include <catch2/catch.hpp>

#include "engine/rules/load.h"

using namespace jianlu;
using gather::Fit;

namespace {

struct Fixture {
  rules::Rules rules = rules::load(JIANLU_SOURCE_DIR "/rules");
  const model::Vocabulary& v = rules.book.vocabulary;
  const model::EntityId recording = v.entity("recording");

  fact::Document row(std::int64_t from, std::int64_t to, const char* device) const {
    fact::Document out;
    out.entity = recording;
    set(out, "started", from);
    set(out, "ended", to);
    if (device != nullptr) set(out, "device", 0, device);
    return out;
  }
  void set(fact::Document& to, const char* field, std::int64_t value, std::string text = {}) const {
    fact::Cell& c = to.cells.emplace_back();
    c.field = v.field(to.entity, field);
    c.lo = c.hi = value;
    c.text = std::move(text);
  }
  std::string session(const fact::Document& row) const {
    for (const fact::Cell& c : row.cells) {
      if (c.field == v.entities[recording].owner_field) return c.text;
    }
    return {};
  }
};

}  // namespace

TEST_CASE("A listed recording goes to the one session whose time and device fit") {
  const Fixture f;
  const std::vector<match::Session> sessions{{"S-1", "U", 100, 200, {"D1"}}, {"S-2", "U", 100, 200, {"D2"}}, {"S-3", "U", 150, 250, {}}};
  const auto fit = [&](fact::Document row, Fit expected, const char* key) {
    CHECK(gather::find_session(row, sessions, f.v, 10) == expected);
    CHECK(f.session(row) == key);
  };
  fit(f.row(110, 120, "D2"), Fit::found, "S-2");
  fit(f.row(160, 170, "D1"), Fit::found, "S-1");
  fit(f.row(160, 170, "D9"), Fit::found, "S-3");
  fit(f.row(80, 91, "D1"), Fit::found, "S-1");
  fit(f.row(80, 89, "D1"), Fit::none, "");
  fit(f.row(110, 120, nullptr), Fit::several, "");
  fit(f.row(300, 400, nullptr), Fit::none, "");
  fact::Document stated = f.row(110, 120, "D2");
  fact::Cell& owner = stated.cells.emplace_back();
  owner.field = f.v.entities[f.recording].owner_field;
  owner.text = "S-9";
  fit(stated, Fit::stated, "S-9");
}

TEST_CASE("What the file shows goes before what the table says, and the rest is added") {
  const Fixture f;
  fact::Document shown = f.row(110, 120, nullptr), listed = f.row(100, 130, "D1");
  shown.rows.push_back({f.v.entity("edit_sign"), {}, {}, {}, {}});
  listed.rows.push_back({f.v.entity("stored_copy"), {}, {}, {}, {}});
  gather::add_listed(shown, listed);
  CHECK(shown.cells.size() == 3);
  CHECK(shown.cells[0].lo == 110);
  CHECK(shown.cells[2].text == "D1");
  REQUIRE(shown.rows.size() == 2);
  CHECK(shown.rows[1].entity == f.v.entity("stored_copy"));
}
