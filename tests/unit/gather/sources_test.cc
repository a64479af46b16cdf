// docs/sources.md says what each source yields and with what presence: it must be so.
#include <catch2/catch.hpp>

#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>

#include "adapters/ledger/ledger.h"
#include "adapters/match/match.h"
#include "adapters/speech/speech.h"
#include "engine/rules/load.h"

using namespace jianlu;

namespace {

using Yields = std::map<std::string, std::map<std::string, std::string>>;   // by source and field: presence

Yields documented() {
  std::ifstream in(JIANLU_SOURCE_DIR "/docs/sources.md");
  REQUIRE(in);
  Yields out;
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> cells;
    std::stringstream parts(line);
    for (std::string cell; std::getline(parts, cell, '|');) cells.push_back(cell);
    if (cells.size() != 4 || cells[2].find('.') == std::string::npos || cells[2].substr(0, 2) != " `") continue;
    const auto trimmed = [](const std::string& text) {
      const std::size_t begin = text.find_first_not_of(" `"), end = text.find_last_not_of(" `");
      return begin == std::string::npos ? std::string() : text.substr(begin, end - begin + 1);
    };
    CHECK(out[trimmed(cells[1])].emplace(trimmed(cells[2]), trimmed(cells[3])).second);
  }
  return out;
}

struct Made {
  const model::Vocabulary& v;
  Yields out;

  void field(const std::string& source, model::EntityId entity, model::FieldId f) {
    const model::Entity& e = v.entities[entity];
    const model::Field& field = e.fields[f];
    const char* presence = field.kind == model::FieldKind::owner                     ? "owner"
                           : field.kind == model::FieldKind::list                   ? "list"
                           : field.presence == model::Presence::required ? "required"
                           : field.presence == model::Presence::optional ? "optional"
                                                                         : "observed";
    out[source][e.name.en + "." + field.name.en] = presence;
  }
  void document(const std::string& source, const fact::Document& row) {
    for (const fact::Cell& cell : row.cells) field(source, row.entity, cell.field);
    for (const fact::Document& owned : row.rows) document(source, owned);
  }
  void parts(const std::string& source, model::EntityId entity, const ledger::Value& value) {
    for (const auto& [key, part] : value.parts) {
      const model::FieldId f = v.field(entity, key.text);
      REQUIRE(f != model::kNone);
      field(source, entity, f);
      for (const ledger::Value& row : part.rows) parts(source, v.entities[entity].fields[f].list_of, row);
    }
  }
};

}  // namespace

TEST_CASE("What docs/sources.md says that each source yields is what it yields") {
  const rules::Rules rules = rules::load(JIANLU_SOURCE_DIR "/rules");
  Made made{rules.book.vocabulary, {}};

  footage::FootageFacts facts;
  facts.verdict = footage::Verdict::readable;
  facts.reading = footage::Reading::edited;
  facts.duration = 20'000'000;
  footage::Sign sign;
  sign.kind = footage::SignKind::editor_named;
  facts.signs.push_back(sign);
  facts.place = {"GPS", 33.57, 114.02};
  match::Clip clip;
  clip.path = "V1_P1.mp4";
  clip.facts = &facts;
  clip.source = 0;
  clip.name.emplace();
  clip.name->device = "V1";
  clip.name->start = 1'000'000;
  transcript::Transcript transcript;
  transcript.cues.push_back({0, 1, "您好", 1});
  const auto matched = match::match({clip}, {{"S-1", "U", 0, 30'000'000, {}}}, made.v, calendar::Zone::utc(), 0);
  REQUIRE_FALSE(matched.documents.empty());
  for (const fact::Document& row : matched.documents) {
    made.document("clip", row);
    for (const fact::Document& said : speech::speech_of(row, {&transcript, 1, true}, made.v).rows) made.document("transcript", said);
  }

  std::vector<ledger::MappingFault> faults;
  for (const ledger::Mapping& mapping : ledger::read_mappings({JIANLU_SOURCE_DIR "/adapters/ledger/mappings"}, made.v, faults)) {
    for (const auto& [entity, value] : mapping.rows) made.parts(mapping.id, entity, value);
  }
  CHECK(faults.empty());
  CHECK(documented() == made.out);
}
