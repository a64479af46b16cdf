// The shared vocabulary, and what the vocabulary of a bureau adds to it.
#include "engine/model/vocabulary_builder.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <memory>

#include "engine/syntax/parse.h"

using namespace jianlu;

namespace {

constexpr const char* kShared = R"(词汇 公共 = shared "各局共用"
枚举 活动种类 = activity_kind 可增
    日常检查 = routine_inspection
枚举 秘密种类 = secret_kind
    国家秘密 = state_secret
台账 场次 = session "一次活动" 标识 编号
    字段 编号 = id : 文本 必填
    字段 活动 = activities : {活动种类} 必填
台账 录像 = recording 从属 场次 列 录像 = recordings
    字段 名称 = title : 文本 可缺
)";

struct Built {
  source::Files files;
  diag::Diagnostics diagnostics;
  std::vector<std::unique_ptr<syntax::SourceFile>> trees;
  model::Vocabulary vocabulary;

  // The shared vocabulary, and those of bureaus jia, yi …; the shared one comes last among the files, and first all the same.
  explicit Built(const std::string& jia, const std::string& yi = "") {
    std::vector<model::Unit> units;
    const auto add = [&](const std::string& text, const std::string& bureau) {
      const source::FileId id = files.add(bureau + "/vocabulary.law", text);
      auto tree = syntax::parse(files, id, diagnostics);
      REQUIRE(tree);
      trees.push_back(std::make_unique<syntax::SourceFile>(std::move(*tree)));
      units.push_back({trees.back().get(), bureau});
    };
    add("词汇 自用 = own \"自用\"\n" + jia, "jia");
    if (!yi.empty()) add("词汇 自用 = own \"自用\"\n" + yi, "yi");
    add(kShared, "");
    vocabulary = model::build_vocabulary(units, diagnostics);
  }
  bool only(diag::Kind kind) const {
    return diagnostics.all().size() == 1 && diagnostics.all().front().kind == kind;
  }
};

}  // namespace

TEST_CASE("a bureau's vocabulary adds fields to a shared ledger") {
  const Built built("台账 场次 = session\n    字段 夜间 = at_night : 是否 可缺\n");
  CHECK(built.diagnostics.all().empty());
  const model::EntityId session = built.vocabulary.entity("场次");
  REQUIRE(session != model::kNone);
  CHECK(built.vocabulary.entities.size() == 2);
  CHECK(built.vocabulary.field(session, "at_night") == 3);
  CHECK(built.vocabulary.entities[session].key == built.vocabulary.field(session, "编号"));
  CHECK(built.vocabulary.entities[session].text == "一次活动");
}

TEST_CASE("an added field refers to a ledger of the bureau's own") {
  const Built built("台账 场次 = session\n    字段 岗亭 = post : 岗亭 待查\n台账 岗亭 = post 标识 编号\n    字段 编号 = id : 文本 必填\n");
  CHECK(built.diagnostics.all().empty());
  const model::EntityId session = built.vocabulary.entity("session");
  const model::Field& field = built.vocabulary.field(session, built.vocabulary.field(session, "post"));
  CHECK(field.type.kind == model::TypeKind::reference);
  CHECK(field.type.of == built.vocabulary.entity("岗亭"));
}

TEST_CASE("values are added to open enumerations only") {
  const Built open("枚举 活动种类 = activity_kind\n    夜间巡查 = night_patrol\n");
  CHECK(open.diagnostics.all().empty());
  CHECK(open.vocabulary.value(open.vocabulary.enumeration("活动种类"), "night_patrol") == 1);
  const Built closed("枚举 秘密种类 = secret_kind\n    警务秘密 = police_secret\n");
  CHECK(closed.only(diag::Kind::duplicate_name));
}

TEST_CASE("an added field is never required: earlier rows and those of other bureaus do not have it") {
  const Built built("台账 场次 = session\n    字段 夜间 = at_night : 是否 必填\n");
  CHECK(built.only(diag::Kind::misplaced));
}

TEST_CASE("the period of a ledger is two instants of its own") {
  const Built built("台账 岗亭 = post 标识 编号 自 起 至 期限\n    字段 编号 = id : 文本 必填\n    字段 起 = opened : 时刻 可缺\n    字段 期限 = closed : 时刻 可缺\n");
  CHECK(built.diagnostics.all().empty());
  const model::Entity& post = built.vocabulary.entities[built.vocabulary.entity("post")];
  CHECK(post.fields[post.starts].name.en == "opened");
  CHECK(post.fields[post.ends].name.en == "closed");
  const Built wrong("台账 岗亭 = post 自 编号 至 止\n    字段 编号 = id : 文本 必填\n    字段 止 = closed : 时刻 可缺\n");
  CHECK(wrong.only(diag::Kind::type_mismatch));
  CHECK(wrong.vocabulary.entities[wrong.vocabulary.entity("post")].ends == model::kNone);
  CHECK(Built("台账 岗亭 = post 自 始 至 止\n    字段 止 = closed : 时刻 可缺\n").only(diag::Kind::unknown_field));
  CHECK(Built("台账 场次 = session 自 起 至 止\n    字段 起 = opened : 时刻 可缺\n    字段 止 = closed : 时刻 可缺\n").only(diag::Kind::duplicate_name));
}

TEST_CASE("a shared ledger is not declared anew") {
  CHECK(Built("台账 场次 = session \"另一种\"\n    字段 夜间 = at_night : 是否 可缺\n").only(diag::Kind::duplicate_name));
  CHECK(Built("台账 场次 = sitting\n    字段 夜间 = at_night : 是否 可缺\n").only(diag::Kind::duplicate_name));
  CHECK(Built("台账 场次 = session\n    字段 活动 = activities : {活动种类} 可缺\n").only(diag::Kind::duplicate_name));
}

TEST_CASE("two bureaus may declare one name, and neither sees the other's") {
  const Built built(
      "枚举 活动种类 = activity_kind\n    夜间巡查 = night_patrol\n台账 场次 = session\n    字段 夜间 = at_night : 是否 可缺\n"
      "台账 岗亭 = post 从属 场次 列 岗亭 = posts\n    字段 名称 = title : 文本 可缺\n",
      "枚举 活动种类 = activity_kind\n    夜间巡查 = patrol_after_dark\n台账 场次 = session\n    字段 夜间 = at_night : 文本 可缺\n"
      "台账 岗亭 = booth 从属 场次 列 岗亭 = booths\n    字段 名称 = title : 文本 可缺\n");
  CHECK(built.diagnostics.all().empty());
  const model::Vocabulary jia = built.vocabulary.seen_from("jia"), yi = built.vocabulary.seen_from("yi"), other = built.vocabulary.seen_from("bing");
  const model::EntityId session = built.vocabulary.entity("场次");
  const model::EnumId kinds = built.vocabulary.enumeration("活动种类");
  const auto type = [&](const model::Vocabulary& seen) { return seen.field(session, seen.field(session, "夜间")).type.kind; };
  CHECK(type(jia) == model::TypeKind::truth);
  CHECK(type(yi) == model::TypeKind::text);
  CHECK(other.field(session, "夜间") == model::kNone);
  CHECK(jia.value(kinds, "夜间巡查") != yi.value(kinds, "夜间巡查"));
  CHECK(jia.value(kinds, "patrol_after_dark") == model::kNone);
  CHECK(other.value(kinds, "夜间巡查") == model::kNone);
  CHECK(jia.entity("岗亭") != yi.entity("岗亭"));
  CHECK(jia.entity("booth") == model::kNone);
  CHECK(jia.field(session, "posts") != model::kNone);
  CHECK(yi.field(session, "posts") == model::kNone);
  CHECK(other.value(kinds, "日常检查") == 0);
}

TEST_CASE("a bureau's name that the shared vocabulary has is reported once, in the bureau's file") {
  for (const char* clash : {"枚举 活动种类 = activity_kind\n    日常检查 = daily_inspection\n", "台账 场次 = session\n    字段 编号 = number : 数 可缺\n",
                            "台账 场次 = session\n    字段 录像 = footage : 文本 可缺\n", "台账 岗亭 = post 从属 场次 列 编号 = numbers\n"}) {
    INFO(clash);
    const Built built(clash);
    REQUIRE(built.only(diag::Kind::duplicate_name));
    CHECK(built.diagnostics.all().front().span.file == built.trees.front()->file);
    REQUIRE(built.diagnostics.all().front().related.size() == 1);
    CHECK(built.diagnostics.all().front().related.front().span.file == built.trees.back()->file);
  }
}
