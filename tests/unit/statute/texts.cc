// The official texts, which are not in this repository: JIANLU_TEXTS names the folder that holds them.

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <set>
#include <sstream>

#include "engine/statute/compare.h"
#include "engine/statute/normal_form.h"

using namespace jianlu::statute;

namespace {

struct Expected {
  const char* id;
  std::size_t articles;  // counted by eye
};
constexpr Expected texts[] = {{"qinhuangdao-water", 29},
                              {"dayu-education-sports", 16},
                              {"zaozhuang-urban-management", 17},
                              {"tongbai-market-regulation", 23},
                              {"luohe-animal-husbandry", 24}};

std::optional<std::string> slurp(const std::string& path) {
  std::ifstream file(path);
  if (!file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Nothing when the text is absent, which is said once per text; with JIANLU_REQUIRE_SAMPLES it is a failure.
std::optional<Regulation> load(const std::string& id) {
  static std::set<std::string> skipped;
  const char* folder = std::getenv("JIANLU_TEXTS");
  const auto text = folder ? slurp(std::string(folder) + "/" + id + ".txt") : std::nullopt;
  if (text) return split(*text);
  if (std::getenv("JIANLU_REQUIRE_SAMPLES")) FAIL("the text " << id << " is missing");
  if (skipped.insert(id).second) {
    std::cout << "SKIPPED " << skipped.size() << " of " << std::size(texts) << " texts: " << id
              << ".txt is not in JIANLU_TEXTS\n";
  }
  return std::nullopt;
}

// Counts and fingerprints per article: "第五条 2 款 2 项 4 句 4 分句 <sha-256 of its statements' hashes>".
std::string listing(const Regulation& regulation) {
  std::string out;
  for (const Article& article : regulation.articles) {
    std::size_t paragraphs = 0;
    std::size_t items = 0;
    std::size_t clauses = 0;
    std::string hashes;
    for (std::uint32_t i = article.first; i < article.first + article.count; ++i) {
      const Statement& sentence = regulation.sentences[i];
      paragraphs += sentence.at.item == 0 && sentence.at.sentence == 1 ? 1 : 0;
      items += sentence.at.item != 0 && sentence.at.sentence == 1 ? 1 : 0;
      clauses += std::max<std::size_t>(1, clause_cuts(sentence).size());
      hashes += sentence.sha256;
    }
    out += format_zh({article.number}) + " " + std::to_string(paragraphs) + "款 " + std::to_string(items) + "项 " +
           std::to_string(article.count) + "句 " + std::to_string(clauses) + "分句 " + sha256_hex(hashes) + "\n";
  }
  return out;
}

std::vector<Division> divisions_of(const Source& source) {
  std::vector<Division> out;
  for (const SourceEntry& entry : source.statements) {
    if (!entry.cut) continue;
    Citation sentence = entry.at;
    sentence.clause = 0;
    if (entry.at.clause == 1) {
      out.push_back({sentence, {}});
    } else {
      out.back().starts.push_back(entry.cut->from);
    }
  }
  return out;
}

}  // namespace

TEST_CASE("the five texts have 109 articles, divided as recorded") {
  std::size_t total = 0;
  std::size_t loaded = 0;
  for (const Expected& expected : texts) {
    CAPTURE(expected.id);
    const auto regulation = load(expected.id);
    if (!regulation) continue;
    ++loaded;
    total += regulation->articles.size();
    CHECK(regulation->articles.size() == expected.articles);
    for (std::size_t i = 0; i < regulation->articles.size(); ++i) CHECK(regulation->articles[i].number == i + 1);
    const std::string golden = std::string(JIANLU_SOURCE_DIR "/tests/golden/statute/") + expected.id + ".txt";
    if (std::getenv("JIANLU_UPDATE_GOLDEN")) std::ofstream(golden) << listing(*regulation);
    CHECK(slurp(golden) == listing(*regulation));
  }
  if (loaded == std::size(texts)) CHECK(total == 109);
}

TEST_CASE("page breaks inside sentences are no paragraphs") {
  struct Place {
    const char* id;
    std::uint16_t article;
    std::size_t paragraphs;
  };
  const Place places[] = {{"qinhuangdao-water", 15, 1},         {"qinhuangdao-water", 22, 1},
                          {"zaozhuang-urban-management", 4, 1}, {"dayu-education-sports", 4, 1},
                          {"dayu-education-sports", 14, 1},     {"qinhuangdao-water", 7, 2},
                          {"qinhuangdao-water", 19, 2},         {"zaozhuang-urban-management", 6, 2},
                          {"tongbai-market-regulation", 12, 2}, {"tongbai-market-regulation", 17, 2}};
  for (const Place& place : places) {
    CAPTURE(place.id, place.article);
    const auto regulation = load(place.id);
    if (!regulation) continue;
    std::uint16_t last = 0;
    for (const Statement& sentence : regulation->sentences) {
      if (sentence.at.article == place.article) last = std::max(last, sentence.at.paragraph);
    }
    CHECK(last == place.paragraphs);
  }
}

TEST_CASE("the source file of each bureau describes its text") {
  std::size_t found = 0;
  for (const Expected& expected : texts) {
    CAPTURE(expected.id);
    const std::filesystem::path folder = std::filesystem::path(JIANLU_SOURCE_DIR) / "rules/bureaus" / expected.id;
    if (!exists(folder / "regulation.law")) continue;
    ++found;
    const auto file = slurp(folder / "source.yaml");
    REQUIRE(file);
    const auto read = read_source(*file);
    REQUIRE(std::holds_alternative<Source>(read));
    const Source& source = std::get<Source>(read);
    CHECK(source.statements.back().at.article == expected.articles);
    CHECK(file->ends_with(write_source(source)));
    const auto regulation = load(expected.id);
    if (!regulation) continue;
    CHECK(describe(*regulation, divisions_of(source)).statements == source.statements);
    for (const Difference& difference : compare(source, *regulation)) {
      CHECK(difference.drift == Drift::same);
      CHECK(difference.before == difference.now);
    }
  }
  const std::filesystem::directory_iterator bureaus(std::filesystem::path(JIANLU_SOURCE_DIR) / "rules/bureaus");
  CHECK(found == static_cast<std::size_t>(std::distance(begin(bureaus), end(bureaus))));
}

TEST_CASE("losing or changing any one sentence of any text is seen as that and nothing else") {
  for (const Expected& expected : texts) {
    CAPTURE(expected.id);
    const auto regulation = load(expected.id);
    if (!regulation) continue;
    const Source source = describe(*regulation, {});
    const auto count = [&](const Regulation& text, Drift drift) {
      std::size_t found = 0;
      for (const Difference& difference : compare(source, text)) found += difference.drift == drift ? 1 : 0;
      return found;
    };
    CHECK(count(*regulation, Drift::same) == source.statements.size());
    for (std::size_t i = 0; i < regulation->sentences.size(); ++i) {
      CAPTURE(format_zh(regulation->sentences[i].at));
      const std::size_t clauses = std::max<std::size_t>(1, clause_cuts(regulation->sentences[i]).size());
      Regulation without = *regulation;
      without.sentences.erase(without.sentences.begin() + static_cast<std::ptrdiff_t>(i));
      CHECK(count(without, Drift::missing) == clauses);
      CHECK(count(without, Drift::changed) + count(without, Drift::added) == 0);

      Regulation altered = *regulation;
      Statement& sentence = altered.sentences[i];
      sentence.text = "另行规定" + sentence.text;
      sentence.normalised = "另行规定" + sentence.normalised;
      sentence.sha256 = sha256_hex(sentence.normalised);
      CHECK(count(altered, Drift::missing) + count(altered, Drift::added) == 0);
      CHECK(count(altered, Drift::changed) == 1);
    }
  }
}
