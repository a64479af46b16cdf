#include "engine/fact/document.h"

#include <catch2/catch.hpp>

#include <algorithm>

#include "engine/fact/describe.h"
#include "tests/unit/fact/facts_of.h"

using namespace jianlu;
using namespace jianlu::fact;
using test::at;

namespace {
const test::Kit kit;

Document sample() {
  Document s = kit.session("S-1", "甲");
  s.cells.push_back(kit.bound("session", "arrived", at("2024-05-07T09:01"), at("2024-05-07T09:02")));
  s.cells.push_back(kit.state("session", "returned", kNothing));
  s.cells.push_back(kit.state("session", "is_evidence", kUnknown));
  s.cells.push_back(kit.text("session", "weather", ""));
  s.rows.push_back(kit.transfer("2024-05-07T12:00"));
  s.rows.push_back(kit.recording("R1"));
  s.rows.back().rows.push_back({kit.e("edit_sign"), {}, {kit.text("edit_sign", "sign", "Lavf")}, {}, {}});
  s.rows.push_back(kit.recording("R2"));
  s.rows.back().lost.push_back(kit.e("transfer"));   // beside it
  Document i{kit.e("interruption"), {}, {kit.cell("interruption", "reason", 1)}, {}, {}};
  Cell span = kit.bound("interruption", "span", 100, 150);
  span.end_lo = 200;
  span.end_hi = 250;
  i.cells.push_back(span);
  s.rows.push_back(i);
  s.lost.push_back(kit.e("speech"));
  return s;
}
}  // namespace

TEST_CASE("the bytes of a document do not depend on the order of fields or on where it was said") {
  const Document a = sample();
  Document b = a;
  std::reverse(b.cells.begin(), b.cells.end());
  b.origin = {7, 70};
  std::swap(b.rows[0], b.rows[1]);
  CHECK(serialise(a, kit.vocabulary) == serialise(b, kit.vocabulary));
  CHECK(digest(serialise(a, kit.vocabulary)) == digest(serialise(b, kit.vocabulary)));
  std::swap(b.rows[0], b.rows[2]);
  CHECK(serialise(a, kit.vocabulary) != serialise(b, kit.vocabulary));
}

TEST_CASE("bytes give the document back") {
  const std::string bytes = serialise(sample(), kit.vocabulary);
  const auto back = deserialise(bytes, kit.vocabulary, {3, 4});
  REQUIRE(back);
  CHECK(serialise(*back, kit.vocabulary) == bytes);
  CHECK(back->origin.line == 4);
  CHECK(back->lost == std::vector<model::EntityId>{kit.e("speech")});
  Builder direct(kit.vocabulary, test::shanghai()), tree(kit.vocabulary, test::shanghai());
  REQUIRE(direct.add(bytes, {0, 1}));
  tree.add(*back);
  const auto text = [&](Builder& b) { return describe(b.build(), kit.vocabulary, source::Language::en, test::shanghai()); };
  CHECK(text(direct) == text(tree));
}

TEST_CASE("damaged bytes are refused and leave no row behind") {
  const std::string bytes = serialise(sample(), kit.vocabulary);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK_FALSE(deserialise(bytes.substr(0, size), kit.vocabulary, {}));
    Builder b(kit.vocabulary, test::shanghai());
    CHECK_FALSE(b.add(bytes.substr(0, size), {}));
    CHECK(b.build().tables[kit.e("session")].size == 0);
    CHECK(b.build().tables[kit.e("recording")].size == 0);
  }
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (const int flip : {1, 0x80, 0xFF}) {
      std::string damaged = bytes;
      damaged[i] = static_cast<char>(damaged[i] ^ flip);
      deserialise(damaged, kit.vocabulary, {});
      Builder b(kit.vocabulary, test::shanghai());
      b.add(damaged, {});
      b.build();
    }
  }
}

TEST_CASE("facts give their documents back") {
  Builder b(kit.vocabulary, test::shanghai());
  b.add(kit.unit("甲"));
  b.add(sample());
  const Facts& facts = b.build();
  const Document back = document_of(facts, kit.vocabulary, kit.e("session"), 0);
  Builder again(kit.vocabulary, test::shanghai());
  again.add(kit.unit("甲"));
  again.add(back);
  const Facts& second = again.build();
  CHECK(serialise(document_of(second, kit.vocabulary, kit.e("session"), 0), kit.vocabulary) ==
        serialise(back, kit.vocabulary));
}

TEST_CASE("the fingerprint follows what the bytes lean on") {
  model::Vocabulary other = kit.vocabulary;
  CHECK(fingerprint(other) == fingerprint(kit.vocabulary));
  other.entities[0].text = "another text";
  CHECK(fingerprint(other) == fingerprint(kit.vocabulary));
  std::swap(other.enums[0].values[0], other.enums[0].values[1]);
  CHECK(fingerprint(other) != fingerprint(kit.vocabulary));
  // One name that two bureaus declare is not the same field.
  model::Vocabulary jia = kit.vocabulary, yi = kit.vocabulary;
  for (const auto& [vocabulary, bureau] : {std::pair{&jia, "jia"}, std::pair{&yi, "yi"}}) {
    model::Field field = vocabulary->entities[0].fields.front();
    field.name = {"夜间", "at_night", bureau};
    vocabulary->entities[0].fields.push_back(field);
  }
  CHECK(fingerprint(jia) != fingerprint(yi));
}

TEST_CASE("numbers and durations as text") {
  CHECK(format_number(1'500'000) == "1.5");
  CHECK(format_number(-1) == "-0.000001");
  CHECK(format_number(0) == "0");
  CHECK(format_duration(4'800'000'000) == "1h20m");
  CHECK(format_duration(90'500'000) == "1m30.5s");
  CHECK(format_duration(0) == "0s");
  CHECK(format_duration(-3'600'000'000) == "-1h");
}
