// The abstract syntax of rule files: what was written, in either spelling, before any name is resolved.
// Every node carries its span. A declared name has two spellings, one of which leads in the file.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/calendar/instant.h"
#include "engine/calendar/period.h"
#include "engine/source/source.h"
#include "engine/statute/citation.h"

namespace jianlu::syntax {

using source::Span;

// A name where it is declared: 现场记录 = record_on_site. `zh` or `en` is empty where one was not written.
struct Name {
  std::string zh, en;
  Span span;
};

// A name where it is used, in the spelling of the file.
struct Reference {
  std::string text;
  Span span;
};

struct Text {  // a quoted string, without its quotes
  std::string text;
  Span span;
};

struct Cite {
  statute::Citation citation;  // relative where article == 0
  Span span;
};

enum class ExprKind {
  number,        // literal in millionths
  truth,         // 是, 否
  text,          // "…"
  period,        // 24小时, 1年, 2个工作日
  date,          // 2024-01-01, as days since 1970-01-01
  instant,       // 2024-01-01T08:00, local to the bureau: `text` holds the spelling
  name,          // variable, interpretation, enum value or definition without arguments
  field,         // children[0] . name
  call,          // name(children…)
  set,           // {a, b}
  interval,      // [from, to]
  negate,        // -x
  logical_not,   // 非
  logical_and,   // 且
  logical_or,    // 或
  equal, not_equal, less, less_equal, greater, greater_equal,
  add, subtract, multiply, divide,
  is_in,         // x 属于 set
  has_any,       // set 含任一 set
  has_all,       // set 含全部 set
  covers,        // interval 覆盖 interval
  is_given,      // x 已填
  is_missing,    // x 未填
  is_ruled_on,   // x 已认定
  any,           // 有 v 于 list [使 body]
  none,          // 没有 v 于 list [使 body]
  every,         // 每个 v 于 list [其中 filter] 均 body
  count,         // 计数 v 于 list [其中 filter]
  sum,           // 合计 v 于 list [其中 filter] 取 body
  earliest,      // 最早 v 于 list [其中 filter] 取 body
  latest,        // 最晚 v 于 list [其中 filter] 取 body
  merged,        // 合并 v 于 list [其中 filter] 取 body: the union of intervals
};

struct Expr;
using ExprPtr = std::unique_ptr<Expr>;

struct Expr {
  ExprKind kind{};
  Span span;
  std::string name;        // name, field, call, text, instant, period as written; the variable of a quantifier
  Span name_span;
  std::int64_t number = 0;       // number (millionths), date (days), truth (0, 1)
  bool percent = false;          // number written as n%
  calendar::Period period;       // period
  std::vector<ExprPtr> children; // operands; of a quantifier: list, filter (may be null), body (may be null)
};

// 有 t 于 s.移交 使 … 以 t.导出于 为准: the event that performs a duty.
struct Condition {
  ExprPtr expr;
  ExprPtr decisive;  // the instant that counts; null where none is written
};

// 期限 …: `from`+`within` for a period, `by` for an instant; `strict` for 先于.
struct Deadline {
  ExprPtr from, within, by;
  bool strict = false;
  Span span;
};

struct Parameter {
  Reference entity;
  Reference variable;
};

// 对每个 场次 s 的间断 g: one row, or a row of a list of it.
struct Subject {
  Reference entity;
  Reference variable;
  Reference list;      // empty text where the subject is one row
  Reference element;
  Span span;
};

struct Alternative {  // an item of a ground, or an exception of a definition
  std::optional<Cite> cite;
  bool catch_all = false;
  ExprPtr when;        // null for a default
  ExprPtr value;       // definition only
  Span span;
};

struct CategoryLink {  // 可归入 第二十七条第三项 当 …
  Cite cite;
  ExprPtr when;
};

struct Step {  // a step of an approval: 审核 a 于 q.审批 使 … 以 a.时间 为准
  Reference role;      // label: 审核, 批准, 登记
  Reference variable;
  ExprPtr list, where, decisive;
  Span span;
};

enum class DeclKind {
  interpretation, definition, ground, act, duty, ban, permit, exemption, derived, approval,
  category, sanction, manual, restatement, application, declarative,
};

struct Decl {
  DeclKind kind{};
  Span span;           // the whole declaration
  std::vector<Cite> cites;  // relative to the article; none = the whole article
  Name name;           // empty for restatement, application, declarative
  std::vector<Reference> formerly;
  std::optional<Text> because;     // 理由
  std::vector<Parameter> parameters;   // 对 场次 s
  std::optional<Subject> subject;      // 对每个
  std::optional<Reference> result;     // 为 时刻: result type of a definition
  std::vector<Alternative> alternatives;
  ExprPtr value;                       // 为 …: interpretation, act, derived (a call of 空隙)
  ExprPtr governing;                   // 时点 …
  ExprPtr when;                        // 当 …
  std::vector<ExprPtr> unless;         // 除非 …, each
  std::optional<Condition> condition;  // 应当, 不得, 可以
  std::optional<Deadline> deadline;    // 期限 …
  ExprPtr await;                       // 等候 …: undecided until then counts as pending
  bool no_rollover = false, rollover = false;  // 不顺延, 顺延
  bool in_principle = false;           // 原则上
  bool cumulative = false;             // 并处
  bool ordered = false;                // 依次: the steps of an approval
  std::vector<CategoryLink> may_fall_under;
  std::vector<Reference> rests_on;     // 依 …: what a category, exemption or sanction rests on
  std::vector<Step> steps;
  std::optional<Text> message;         // 说明
  std::optional<Text> text;            // what a manual, sanction or declarative line says
  std::optional<Reference> who;        // 由 …: role that looks, or step
  std::optional<Text> frequency;       // 频次 …
  std::optional<Cite> target;          // 重申 / 准用 an article
  std::optional<Reference> target_name;  // 重申 a norm
  std::optional<std::int64_t> valid_from, valid_until;  // days
};

struct Article {
  Cite cite;
  std::optional<Text> summary;
  std::vector<Decl> decls;
  Span span;
};

struct Version {
  Name name;
  std::optional<std::int64_t> in_force_from;  // days; absent = 未载明
  std::optional<Text> because;
  Span span;
};

enum class FileKind { regulation, common, vocabulary };

// presence of a field: required 必填, optional 可缺, observed 待查
enum class Presence { required, optional, observed };

struct TypeRef {
  Reference name;
  bool set = false;    // {活动}
  bool list = false;   // [期间]
};

struct FieldDecl {
  Name name;
  TypeRef type;
  Presence presence = Presence::optional;
  std::optional<std::int64_t> since;  // 自 DATE: collected since, in days
  std::optional<Text> text;           // explanation for the data dictionary
  Span span;
};

struct EnumDecl {
  Name name;
  bool open = false;   // 可增: a bureau may add values
  std::vector<Name> values;
  Span span;
};

struct EntityDecl {
  Name name;
  std::optional<Text> text;
  std::optional<Text> supplier;           // 提供
  std::optional<Reference> owner;         // 从属 场次
  std::optional<Name> list;               // 列 录像 = recordings: name of the list at the owner
  std::optional<Reference> via;           // 反引 场次: the field of this entity that refers to the owner
  std::optional<Reference> key, time, unit, clock;  // 标识, 时点, 归属, 计时: fields of this entity
  std::optional<Reference> starts, ends;  // 自 开始 至 结束: fields of this entity, both or none
  std::optional<Reference> calendar_period, calendar_of;  // 按 月 汇集 场次
  std::vector<FieldDecl> fields;
  Span span;
};

struct SourceFile {
  FileKind kind{};
  source::FileId file = 0;
  Name name;
  std::optional<Text> authority;     // 制定机关
  std::optional<Text> zone;          // 时区
  std::optional<Text> title;         // 概要 of a common or vocabulary file
  std::vector<Reference> uses;       // 引用
  std::vector<Version> versions;
  std::vector<Article> articles;     // regulation
  std::vector<Decl> decls;           // common
  std::vector<EnumDecl> enums;       // vocabulary, or a bureau's own
  std::vector<EntityDecl> entities;
  std::vector<Name> faulty;          // names whose declaration has a syntax fault: known to exist, nothing more
  Span span;
};

}  // namespace jianlu::syntax
