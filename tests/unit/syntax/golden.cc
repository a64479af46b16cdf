// Every file under tests/golden/syntax: good ones against their tree, bad ones against what is reported about them.
// JIANLU_UPDATE_GOLDEN=1 writes the expectations, to be read as a diff.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <map>

#include "engine/syntax/dump.h"
#include "engine/syntax/format.h"
#include "tests/unit/syntax/support.h"

using namespace jianlu;
using source::Language;
using test::Parsed;

namespace {

const std::filesystem::path golden = test::root / "tests/golden/syntax";

void expect(const std::filesystem::path& file, const std::string& actual) {
  if (std::getenv("JIANLU_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(file, std::ios::binary) << actual;
    return;
  }
  INFO(file);
  CHECK(test::read(file) == actual);
}

// Names for a test without a vocabulary: those that the files declare, and made-up twins for the rest.
class Twins {
 public:
  explicit Twins(const syntax::SourceFile& file) {
    add(file.name);
    for (const auto& e : file.enums) {
      add(e.name);
      for (const auto& value : e.values) add(value);
    }
    for (const auto& e : file.entities) {
      add(e.name);
      if (e.list) add(*e.list);
      for (const auto& f : e.fields) add(f.name);
    }
    for (const auto& a : file.articles) {
      for (const auto& d : a.decls) add(d.name);
    }
    for (const auto& d : file.decls) add(d.name);
  }
  std::string operator()(std::string_view name, source::Span) {
    const std::string key(name);
    if (twins_.contains(key)) return twins_[key];
    const bool chinese = static_cast<unsigned char>(key[0]) >= 0x80;
    if (!chinese) return key.starts_with("name_") ? "名" + key.substr(5) : "";
    const std::string made = "name_" + std::to_string(made_++);
    twins_[key] = made;
    twins_[made] = key;
    return made;
  }

 private:
  void add(const syntax::Name& name) {
    if (name.zh.empty() || name.en.empty() || twins_.contains(name.zh) || twins_.contains(name.en)) return;
    twins_[name.zh] = name.en;
    twins_[name.en] = name.zh;
  }
  std::map<std::string, std::string> twins_;
  int made_ = 0;
};

void check_round_trip(const std::filesystem::path& path) {
  Parsed parsed(test::read(path), path.string());
  INFO(path << "\n" << parsed.report());
  REQUIRE(parsed.file);
  REQUIRE(parsed.diagnostics.all().empty());
  const Language from = parsed.files[0].language;
  const Language to = from == Language::zh ? Language::en : Language::zh;
  Twins twins(*parsed.file);
  const syntax::OtherSpelling other = [&](std::string_view name, source::Span span) { return twins(name, span); };
  const std::optional<std::string> translated = syntax::translate(parsed.files, 0, to, other, parsed.diagnostics);
  INFO(parsed.report());
  REQUIRE(translated);
  Parsed there(*translated, path.string());
  INFO(*translated << there.report());
  REQUIRE(there.diagnostics.all().empty());
  CHECK(there.files[0].language == to);
  CHECK(syntax::dump(*there.file, there.files, syntax::DumpMode::neutral) ==
        syntax::dump(*parsed.file, parsed.files, syntax::DumpMode::neutral));
  const std::optional<std::string> back = syntax::translate(there.files, 0, from, other, there.diagnostics);
  REQUIRE(back);
  CHECK(*back == test::read(path));
}

}  // namespace

TEST_CASE("good files give their tree and nothing is reported") {
  const auto files = test::glob(golden / "good", ".law");
  REQUIRE_FALSE(files.empty());
  for (auto path : files) {
    Parsed parsed(test::read(path), path.filename().string());
    INFO(parsed.report());
    CHECK(parsed.diagnostics.all().empty());
    REQUIRE(parsed.file);
    expect(path.replace_extension(".ast"), syntax::dump(*parsed.file, parsed.files));
  }
}

TEST_CASE("bad files are reported as a lawyer can act on") {
  const auto files = test::glob(golden / "bad", ".law");
  REQUIRE_FALSE(files.empty());
  for (auto path : files) {
    Parsed parsed(test::read(path), path.filename().string());
    CHECK(parsed.diagnostics.has_errors());
    expect(path.replace_extension(".diag"), parsed.report());
  }
}

TEST_CASE("every diagnostic of the syntax has a bad file") {
  std::string all;
  for (const auto& path : test::glob(golden / "bad", ".diag")) all += test::read(path);
  for (const diag::KindInfo& kind : diag::all_kinds()) {
    const bool ours = kind.code.substr(0, 4) == "JL01" || kind.code.substr(0, 4) == "JL02";
    // These need a file of megabytes, or come from the formatter: tests/unit/syntax/parse.cc and format.cc.
    const bool elsewhere = kind.name == "file_too_large" || kind.name == "too_long" || kind.name == "too_deep" ||
                           kind.name == "reads_differently" || kind.name == "empty_placeholder";
    if (ours && !elsewhere) {
      INFO(kind.name);
      CHECK(all.find(kind.code) != std::string::npos);
    }
  }
}

TEST_CASE("translating there and back gives the same bytes, and the same tree in both languages") {
  for (const auto& path : test::glob(golden / "good", ".law")) check_round_trip(path);
  for (const auto& path : test::glob(test::root / "rules", ".law")) check_round_trip(path);
}
