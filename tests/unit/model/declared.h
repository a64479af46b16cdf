// A declaration in an article of a small regulation, built over a small vocabulary.
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "engine/model/build.h"
#include "engine/model/print.h"
#include "engine/syntax/parse.h"

namespace jianlu::test {

inline const std::string kVocabulary = R"(词汇 记录 = recordings "例"
台账 场次 = session "例" 提供 "办案单位" 标识 编号 时点 结束
    字段 编号 = id : 文本 必填 "例"
    字段 结束 = ended : 时刻 必填 "例"
    字段 返回 = returned : 时刻 可缺 "例"
    字段 有情形 = had_ground : 是否 待查 "例"
    字段 听到于 = heard_at : 时刻 待查 "例"
台账 录像 = recording "例" 从属 场次 列 录像 = recordings 标识 编号
    字段 编号 = id : 文本 必填 "例"
    字段 经过编辑 = found_edited : 是否 待查 "例"
台账 语音 = speech "例" 从属 场次 列 语音 = speeches
    字段 时间 = at : 时刻 必填 "例"
    字段 文本 = words : 文本 必填 "例"
    字段 说话人 = speaker : 文本 可缺 "例"
)";

struct Declared {
  source::Files files;
  diag::Diagnostics diagnostics;
  model::Rulebook book;

  // Of the diagnostics, in order.
  std::string codes() const {
    std::string out;
    for (const diag::Diagnostic& d : diagnostics.all()) out += (out.empty() ? "" : " ") + std::string(diag::info(d.kind).code);
    return out;
  }
};

inline Declared declared(const std::string& declaration) {
  Declared d;
  const auto vocabulary = syntax::parse(d.files, d.files.add("vocabulary.law", kVocabulary), d.diagnostics);
  const std::string text = "规定 甲 = a\n    时区 \"Asia/Shanghai\"\n第一条 概要 \"乙\"\n" + declaration;
  const auto regulation = syntax::parse(d.files, d.files.add("regulation.law", text), d.diagnostics);
  REQUIRE((vocabulary && regulation));
  d.book = model::build({{&*vocabulary, ""}, {&*regulation, "a"}}, d.files, d.diagnostics);
  d.diagnostics.sort();
  return d;
}

}  // namespace jianlu::test
