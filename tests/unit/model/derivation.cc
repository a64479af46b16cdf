// What a derivation of gaps is made of.
#include "engine/model/build.h"

#include <catch2/catch.hpp>

#include <memory>

#include "engine/syntax/parse.h"

using namespace jianlu;

namespace {

constexpr const char* kVocabulary = R"(词汇 公共 = shared "各局共用"
台账 场次 = session 标识 编号 时点 结束
    字段 编号 = id : 文本 必填
    字段 开始 = started : 时刻 必填
    字段 到达 = arrived : 时刻 可缺
    字段 结束 = ended : 时刻 必填
台账 录像 = recording 从属 场次 列 录像 = recordings
    字段 开始 = started : 时刻 必填
    字段 结束 = ended : 时刻 必填
    字段 删除于 = deleted_at : 时刻 可缺
台账 休息 = rest 从属 场次 列 休息 = rests
    字段 时段 = span : 期间 必填
)";

struct Built {
  source::Files files;
  diag::Diagnostics diagnostics;
  std::vector<std::unique_ptr<syntax::SourceFile>> trees;
  model::Rulebook book;

  explicit Built(const std::string& gaps, const std::string& more = "") {
    const std::string rules = "规定 甲 = a\n    制定机关 \"甲\"\n    时区 \"Asia/Shanghai\"\n    版本 初版 = v1 施行 未载明 理由 \"例\"\n"
                              "第一条 概要 \"例\"\n派生 间断 = gap 对 场次 s 于 " + gaps + "\n" + more;
    std::vector<model::Unit> units;
    for (const auto& [text, id] : {std::pair{std::string(kVocabulary), ""}, std::pair{rules, "a"}}) {
      auto tree = syntax::parse(files, files.add("a.law", text), diagnostics);
      REQUIRE(tree);
      trees.push_back(std::make_unique<syntax::SourceFile>(std::move(*tree)));
      units.push_back({trees.back().get(), id});
    }
    book = model::build(units, files, diagnostics);
  }
  const std::vector<model::Derivation>& derivations() const { return book.regulations.front().derivations; }
};

const std::string kCovered = "合并 r 于 s.录像 取 [r.开始、r.结束], 2秒)";

}  // namespace

TEST_CASE("a regulation that excuses no time leaves the second argument of 空隙 out") {
  const Built excusing("空隙([s.开始、s.结束], 合并 p 于 s.休息 取 p.时段, " + kCovered);
  CHECK(excusing.diagnostics.all().empty());
  REQUIRE(excusing.derivations().size() == 1);
  CHECK(excusing.derivations().front().excused != model::kNone);

  const Built strict("空隙([s.开始、s.结束], " + kCovered);
  CHECK(strict.diagnostics.all().empty());
  REQUIRE(strict.derivations().size() == 1);
  const model::Derivation& d = strict.derivations().front();
  CHECK(d.excused == model::kNone);
  CHECK(d.covering_list != model::kNone);
  CHECK(d.tolerance != model::kNone);
}

TEST_CASE("the neighbours of a gap are rows that cover, with three arguments as with four") {
  for (const char* excused : {"", "合并 p 于 s.休息 取 p.时段, "}) {
    const Built built("空隙([s.开始、s.结束], " + (excused + kCovered));
    REQUIRE(built.derivations().size() == 1);
    const model::Derivation& d = built.derivations().front();
    const model::Type recording{model::TypeKind::reference, built.book.vocabulary.entity("录像")};
    CHECK(built.book.vocabulary.field(d.entity, d.previous).type == recording);
    CHECK(built.book.vocabulary.field(d.entity, d.next).type == recording);
  }
}

TEST_CASE("空隙 takes three or four arguments") {
  const Built few("空隙([s.开始、s.结束], 2秒)");
  CHECK(few.derivations().empty());
  REQUIRE(few.diagnostics.all().size() == 1);
  CHECK(few.diagnostics.all().front().kind == diag::Kind::argument_count);
}

TEST_CASE("where the rows that cover are not known, what reads a neighbour is not reported as well") {
  const Built built("空隙([s.开始、s.结束], 合并 r 于 s.没有 取 [r.开始、r.结束], 2秒)",
                    "义务 乙 = b 对每个 场次 s 的间断 g 应当 g.前一录像.开始 < g.后一录像.开始\n");
  CHECK(built.derivations().empty());
  REQUIRE(built.diagnostics.all().size() == 1);
  CHECK(built.diagnostics.all().front().kind == diag::Kind::unknown_field);
}

TEST_CASE("what a derivation reads must have a value") {
  for (const char* gaps : {"空隙([s.到达、s.结束], 合并 r 于 s.录像 取 [r.开始、r.结束], 2秒)",
                           "空隙([s.开始、s.结束], 合并 r 于 s.录像 取 [r.开始、r.删除于], 2秒)"}) {
    INFO(gaps);
    const Built built(gaps);
    REQUIRE(built.diagnostics.all().size() == 1);
    CHECK(built.diagnostics.all().front().kind == diag::Kind::unguarded);
  }
  CHECK(Built("空隙([s.开始、s.结束], 合并 r 于 s.录像 取 [r.开始、r.结束], 2秒) 等候 s.到达").diagnostics.all().empty());
}
