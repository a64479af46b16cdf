#include "report/assemble/show.h"

#include <fmt/format.h>

#include "engine/calendar/text.h"
#include "engine/model/print.h"

namespace jianlu::report {

using model::TypeKind;
using reference::Node;

Truth truth_of(std::uint8_t truth) {
  return truth == fact::kTrue ? Truth::holds : truth == fact::kFalse ? Truth::fails : Truth::undecided;
}

std::string Show::citation(const statute::Citation& at) const {
  return language_ == source::Language::zh ? statute::format_zh(at) : statute::format_en(at);
}

std::string Show::instant(std::int64_t at) const {
  if (at <= fact::kMin) return say("不限", "unbounded");
  if (at >= fact::kMax) return say("不限", "unbounded");
  const calendar::LocalTime local = zone_.to_local(at);
  const calendar::Date date = calendar::to_date(local.day);
  const std::int64_t s = local.of_day / calendar::second;
  std::string out = fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", date.year, int{date.month}, int{date.day}, s / 3600,
                                s / 60 % 60, s % 60);
  // The last microsecond of a day is its end.
  if (local.of_day == calendar::hours_24 - 1) out = fmt::format("{:04}-{:02}-{:02} 24:00", date.year, int{date.month}, int{date.day});
  return out;
}

std::string Show::duration(std::int64_t micros) const {
  if (micros >= fact::kMax) return say("不限", "unbounded");
  std::int64_t s = std::abs(micros) / calendar::second;
  const std::int64_t millis = std::abs(micros) % calendar::second / 1000;
  std::string out = micros < 0 ? "-" : "";
  const bool hours = s >= 3600, minutes = s >= 60;
  if (hours) out += fmt::format("{}{}", s / 3600, say("小时", " h "));
  if (s / 60 % 60 != 0) out += fmt::format("{}{}", s / 60 % 60, say("分钟", " min "));
  s %= 60;
  if (millis != 0) return out + fmt::format("{}.{:03}{}", s, millis, say("秒", " s"));
  if (s != 0 || !minutes) out += fmt::format("{}{}", s, say("秒", " s"));
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string Show::number(std::int64_t millionths) const {
  std::string out = fmt::format("{}{}.{:06}", millionths < 0 ? "-" : "", std::abs(millionths) / 1'000'000, std::abs(millionths) % 1'000'000);
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  return out;
}

std::string Show::bound(reference::Bound b, std::string (Show::*one)(std::int64_t) const) const {
  if (b.exact()) return (this->*one)(b.lo);
  if (b.lo <= fact::kMin && b.hi >= fact::kMax) return say("不明", "unknown");
  if (b.lo <= fact::kMin) return say("至多 ", "at most ") + (this->*one)(b.hi);
  if (b.hi >= fact::kMax) return say("至少 ", "at least ") + (this->*one)(b.lo);
  return (this->*one)(b.lo) + say(" 至 ", " to ") + (this->*one)(b.hi);
}

std::string Show::value(const reference::Value& v, model::Type type) const {
  if (type.kind == TypeKind::truth) {
    return v.state == fact::kTrue ? say("是", "yes") : v.state == fact::kFalse ? say("否", "no") : say("不明", "unknown");
  }
  if (type.kind == TypeKind::interval_set) {
    return fmt::format("{}{}", v.possible.size(), say("段", " intervals"));
  }
  if (v.state == fact::kNothing) return say("无", "none");
  if (v.state != fact::kValue) return say("不明", "unknown");
  switch (type.kind) {
    case TypeKind::number: return bound(v.bound, &Show::number);
    case TypeKind::instant: return bound(v.bound, &Show::instant);
    case TypeKind::duration: return bound(v.bound, &Show::duration);
    case TypeKind::text: return std::string(v.text);
    case TypeKind::interval:
      if (v.bound.exact() && v.end.exact()) return instant(v.bound.lo) + say(" 至 ", " to ") + instant(v.end.lo);
      return say("起 ", "from ") + bound(v.bound, &Show::instant) + say("，止 ", ", until ") + bound(v.end, &Show::instant);
    case TypeKind::enum_value: return name(book_.vocabulary.enums[type.of].values[v.code]);
    case TypeKind::enum_set: {
      std::string out;
      const auto& values = book_.vocabulary.enums[type.of].values;
      for (std::size_t i = 0; i < values.size(); ++i) {
        if ((v.code >> i) & 1) out += (out.empty() ? "" : say("、", ", ")) + name(values[i]);
      }
      return out.empty() ? say("无", "none") : out;
    }
    case TypeKind::reference: return row(v.row);
    default: return "";
  }
}

std::string Show::key(model::EntityId entity, fact::Row row) const {
  const model::FieldId field = entity == model::kNone ? model::kNone : book_.vocabulary.entities[entity].key;
  if (field == model::kNone || row < 0 || book_.vocabulary.entities[entity].derived) return "";
  const fact::Column& column = facts_.tables[entity].columns[field];
  if (column.state[row] != fact::kValue) return "";
  return std::string(facts_.texts[column.lo[row]]);
}

std::string Show::row(const reference::RowRef& r) const {
  if (r.entity == model::kNone || r.row == fact::kNoRow) return say("无", "none");
  const model::Entity& entity = book_.vocabulary.entities[r.entity];
  if (!entity.derived) {
    const std::string k = key(r.entity, r.row);
    return name(entity.name) + " " + (k.empty() ? "#" + std::to_string(r.row + 1) : k);
  }
  const auto neighbour = [&](fact::Row n, std::string edge) {
    if (n == fact::kNoRow) return edge;
    for (const model::Field& f : entity.fields) {
      if (f.type.kind == TypeKind::reference && f.kind == model::FieldKind::stored) return key(f.type.of, n);
    }
    return std::to_string(n);
  };
  return key(entity.owner, r.row) + " " + name(entity.name) + " " + neighbour(r.previous, say("活动开始", "start of the act")) + "—" +
         neighbour(r.next, say("活动结束", "end of the act"));
}

std::string Show::origin(const fact::Origin& o) const {
  if (o.source < 0 || o.source >= static_cast<std::int32_t>(facts_.sources.size())) return "";
  const std::string& path = facts_.sources[o.source];
  return o.line > 0 ? path + ":" + std::to_string(o.line) : path;
}

std::string Show::source(const reference::Leaf& l) const {
  if (!l.ledger) return origin(l.origin);
  const fact::Delivery* delivery = delivery_(l);
  return delivery == nullptr ? "" : origin(delivery->origin);
}

std::string Show::leaf(const reference::Leaf& l) const {
  if (l.row.entity == model::kNone) return "";
  const model::Entity& entity = book_.vocabulary.entities[l.row.entity];
  if (l.field == model::kNone) return row(l.row);
  const model::Field& field = entity.fields[l.field];
  if (l.ledger) {
    return say("台账“", "ledger '") + name(book_.vocabulary.entities[field.list_of].name) + say("”（", "' (") + row(l.row) + say("）", ")");
  }
  return row(l.row) + " " + name(field.name);
}

std::string Show::cell(const reference::Leaf& l) const {
  if (l.row.entity == model::kNone || l.field == model::kNone || l.row.row < 0) return "";
  const model::Entity& entity = book_.vocabulary.entities[l.row.entity];
  if (l.ledger) {
    if (l.through <= fact::kMin) return say("没有交付", "not delivered");
    const fact::Delivery* delivery = delivery_(l);
    return say("交付至 ", "delivered through ") + instant(l.through) +
           (delivery == nullptr || delivery->by.empty() ? "" : say("（", " (by ") + delivery->by + say("）", ")"));
  }
  if (entity.derived) return "";
  const model::Field& field = entity.fields[l.field];
  const fact::Column& column = facts_.tables[l.row.entity].columns[l.field];
  const auto i = static_cast<std::size_t>(l.row.row);
  reference::Value v;
  v.kind = field.type.kind;
  if (field.type.kind == TypeKind::truth) {
    v.state = static_cast<std::uint8_t>(column.lo[i]);
    return value(v, field.type);
  }
  v.state = column.state[i];
  if (v.state == fact::kValue) {
    v.bound = {column.lo[i], column.hi.empty() ? column.lo[i] : column.hi[i]};
    if (field.type.kind == TypeKind::interval) v.end = {column.end_lo[i], column.end_hi.empty() ? column.end_lo[i] : column.end_hi[i]};
    v.code = column.lo[i];
    if (field.type.kind == TypeKind::text) v.text = facts_.texts[column.lo[i]];
    if (field.type.kind == TypeKind::reference) v.row = {field.type.of, static_cast<fact::Row>(column.lo[i])};
  }
  return value(v, field.type);
}

// What adds nothing to the line above it: the rows bound, constants, and parts that the rule does not have.
bool Show::plain(const Node& node) const {
  if (node.role != Node::Role::expression) return false;
  if (node.expr == model::kNone) return node.children.empty();
  switch (book_.expr(node.expr).op) {
    case model::Op::truth: case model::Op::number: case model::Op::duration: case model::Op::instant: case model::Op::text:
    case model::Op::enum_value: case model::Op::enum_set: case model::Op::period: case model::Op::variable:
      return true;
    default:
      return false;
  }
}

Reason Show::reason(const Node& node) const {
  Reason out;
  switch (node.role) {
    case Node::Role::alternative: {
      out.text = node.definition == model::kNone ? say("情形", "case") : name(book_.definitions[node.definition].name);
      if (!node.fired && node.value.state != fact::kUndecided) out.text += say("（未成立）", " (did not apply)");
      break;
    }
    case Node::Role::member: out.text = row(node.row); break;
    case Node::Role::in_force: out.text = say("有这一对象，并在施行期间", "the row exists, and the rule is in force"); break;
    case Node::Role::applies: out.text = say("适用条件", "applies when"); break;
    case Node::Role::unless: out.text = say("除非", "unless"); break;
    case Node::Role::ban: out.text = say("相反的禁止", "opposing ban"); break;
    case Node::Role::must: out.text = say("要求", "required"); break;
    case Node::Role::performance: out.text = say("履行", "performance"); break;
    case Node::Role::deadline: out.text = say("期限", "deadline"); break;
    case Node::Role::await: out.text = say("等候", "awaiting"); break;
    case Node::Role::expression: break;
  }
  model::Type type{node.value.kind};
  if (node.expr != model::kNone) {
    const std::string printed = model::print(book_, node.expr, language_);
    out.text += (out.text.empty() ? "" : say("：", ": ")) + printed;
    type = book_.expr(node.expr).type;
  }
  const bool lists = type.kind == TypeKind::rows;
  if (node.value.kind == TypeKind::truth && !lists) out.truth = truth_of(node.value.state);
  else if (node.role != Node::Role::member && !lists) out.value = value(node.value, type);
  if (!(node.at == statute::Citation{})) out.citation = citation(node.at);
  for (const reference::Leaf& l : node.facts) {
    const std::string from = source(l);
    if (!from.empty() && out.source.find(from) == std::string::npos) out.source += (out.source.empty() ? "" : say("；", "; ")) + from;
  }
  for (const Node& child : node.children) {
    if (!plain(child)) out.children.push_back(reason(child));
  }
  if (node.left_out > 0) {
    Reason more;
    more.text = say("另有 " + std::to_string(node.left_out) + " 行未列出", std::to_string(node.left_out) + " more rows not shown");
    out.children.push_back(std::move(more));
  }
  return out;
}

}  // namespace jianlu::report
