#include "engine/syntax/dump.h"

#include <fmt/format.h>

#include <iterator>

#include "engine/calendar/text.h"

namespace jianlu::syntax {
namespace {

constexpr const char* decl_kinds[] = {"interpretation", "definition", "ground",   "act",      "duty",
                                      "ban",            "permit",     "exemption", "derived", "approval",
                                      "category",       "sanction",   "manual",    "restatement", "application",
                                      "declarative"};
static_assert(std::size(decl_kinds) == static_cast<std::size_t>(DeclKind::declarative) + 1);

constexpr const char* expr_kinds[] = {
    "number", "truth", "text", "period", "date", "instant", "name", "field", "call", "set", "interval", "negate", "not",
    "and", "or", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "is_in", "has_any", "has_all", "covers",
    "is_given", "is_missing", "is_ruled_on", "any", "none", "every", "count", "sum", "earliest", "latest", "merged"};
static_assert(std::size(expr_kinds) == static_cast<std::size_t>(ExprKind::merged) + 1);

std::string number(std::int64_t millionths) {
  std::string out = fmt::format("{}.{:06}", millionths / 1'000'000, millionths % 1'000'000);
  out.erase(out.find_last_not_of('0') + 1);
  if (out.back() == '.') out.pop_back();
  return out;
}

std::string period(const calendar::Period& p) {
  std::string out;
  const auto part = [&](std::int64_t value, const char* unit) {
    if (value != 0) out += fmt::format("{}{}{}", out.empty() ? "" : "+", value, unit);
  };
  part(p.months, "mo");
  part(p.days, "d");
  part(p.working_days, "wd");
  part(p.micros, "us");
  return out.empty() ? "0" : out;
}

class Dumper {
 public:
  Dumper(const source::Files& files, DumpMode mode) : files_(files), mode_(mode) {}

  std::string file(const SourceFile& f) {
    const char* kinds[] = {"regulation", "common", "vocabulary"};
    line("{} {}", kinds[static_cast<int>(f.kind)], name(f.name));
    ++depth_;
    text("title", f.title);
    text("authority", f.authority);
    text("zone", f.zone);
    for (const Reference& used : f.uses) line("uses {}", reference(used));
    for (const Version& v : f.versions) {
      line("version {} in_force {}", name(v.name),
           v.in_force_from ? day(*v.in_force_from) : std::string("unstated"));
      ++depth_;
      text("because", v.because);
      --depth_;
    }
    for (const EnumDecl& e : f.enums) enumeration(e);
    for (const EntityDecl& e : f.entities) entity(e);
    for (const Article& a : f.articles) article(a);
    for (const Decl& d : f.decls) decl(d);
    for (const Name& n : f.faulty) line("faulty {}", name(n));
    return out_;
  }

 private:
  template <typename... Args>
  void line(fmt::format_string<Args...> pattern, Args&&... args) {
    out_.append(2 * depth_, ' ');
    fmt::format_to(std::back_inserter(out_), pattern, std::forward<Args>(args)...);
    out_ += '\n';
  }

  std::string place(Span span) const {
    if (mode_ == DumpMode::neutral) return "";
    const source::Position at = files_[span.file].position(span.begin);
    return fmt::format(" @{}:{}", at.line, at.column);
  }
  std::string name(const Name& n) const {
    return fmt::format("{}={}", n.zh.empty() ? "_" : n.zh, n.en.empty() ? "_" : n.en);
  }
  std::string reference(const Reference& r) const { return mode_ == DumpMode::neutral ? "_" : r.text; }
  std::string used(const std::string& spelling) const { return mode_ == DumpMode::neutral ? "_" : spelling; }
  static std::string day(std::int64_t days) { return calendar::format_day(static_cast<calendar::Day>(days)); }
  static std::string cite(const Cite& c) { return statute::format_en(c.citation); }

  void text(const char* what, const std::optional<Text>& t) {
    if (t) line("{} \"{}\"", what, t->text);
  }
  void expression(const char* what, const ExprPtr& e) {
    if (e) line("{} {}", what, expression(*e));
  }
  void references(const char* what, const std::vector<Reference>& list) {
    for (const Reference& r : list) line("{} {}", what, reference(r));
  }

  std::string expression(const Expr& e) const {
    const std::string kind = expr_kinds[static_cast<int>(e.kind)];
    switch (e.kind) {
      case ExprKind::number: return number(e.number) + (e.percent ? "%" : "");
      case ExprKind::truth: return e.number != 0 ? "true" : "false";
      case ExprKind::text: return "\"" + e.name + "\"";
      case ExprKind::period: return period(e.period);
      case ExprKind::date: return day(e.number);
      case ExprKind::instant: return e.name;
      case ExprKind::name: return used(e.name);
      default: break;
    }
    std::string out = "(" + kind;
    if (e.kind == ExprKind::field || e.kind == ExprKind::call) out += " " + used(e.name);
    if (e.kind >= ExprKind::any) out += " " + e.name;
    const char* parts[] = {"in", "where", "body"};
    for (std::size_t i = 0; i < e.children.size(); ++i) {
      if (!e.children[i]) continue;
      out += " ";
      if (e.kind >= ExprKind::any) out += std::string(parts[i]) + " ";
      out += expression(*e.children[i]);
    }
    return out + ")";
  }

  void article(const Article& a) {
    line("article {}{}", cite(a.cite), place(a.span));
    ++depth_;
    text("summary", a.summary);
    for (const Decl& d : a.decls) decl(d);
    --depth_;
  }

  void decl(const Decl& d) {
    std::string head = decl_kinds[static_cast<int>(d.kind)];
    if (!d.name.zh.empty() || !d.name.en.empty()) head += " " + name(d.name);
    for (std::size_t i = 0; i < d.cites.size(); ++i) head += (i == 0 ? " at " : ", ") + cite(d.cites[i]);
    line("{}{}", head, place(d.span));
    ++depth_;
    references("formerly", d.formerly);
    for (const Parameter& p : d.parameters) line("for {} {}", reference(p.entity), p.variable.text);
    if (d.subject) subject(*d.subject);
    if (d.result) line("result {}", reference(*d.result));
    for (const Alternative& a : d.alternatives) alternative(a);
    expression("value", d.value);
    expression("governing", d.governing);
    expression("when", d.when);
    for (const ExprPtr& e : d.unless) expression("unless", e);
    if (d.condition) {
      expression("condition", d.condition->expr);
      expression("decisive", d.condition->decisive);
    }
    if (d.deadline) deadline(*d.deadline);
    expression("await", d.await);
    flags(d);
    for (const CategoryLink& c : d.may_fall_under) {
      line("may_fall_under {}{}", cite(c.cite), c.when ? " when " + expression(*c.when) : "");
    }
    references("rests_on", d.rests_on);
    for (const Step& s : d.steps) step(s);
    text("message", d.message);
    text("text", d.text);
    if (d.who) line("who {}", reference(*d.who));
    text("frequency", d.frequency);
    if (d.target) line("target {}", cite(*d.target));
    if (d.target_name) line("target {}", reference(*d.target_name));
    if (d.valid_from) line("valid_from {}", day(*d.valid_from));
    if (d.valid_until) line("valid_until {}", day(*d.valid_until));
    text("because", d.because);
    --depth_;
  }

  void flags(const Decl& d) {
    if (d.no_rollover) line("no_rollover");
    if (d.rollover) line("rollover");
    if (d.in_principle) line("in_principle");
    if (d.cumulative) line("cumulative");
    if (d.ordered) line("ordered");
  }

  void subject(const Subject& s) {
    const std::string list = s.list.text.empty() ? "" : " list " + reference(s.list) + " " + s.element.text;
    line("for_each {} {}{}", reference(s.entity), s.variable.text, list);
  }

  void alternative(const Alternative& a) {
    std::string out = a.when ? (a.value ? "except" : "item") : "default";
    if (a.cite) out += " " + cite(*a.cite);
    if (a.catch_all) out += " catch_all";
    if (a.when) out += (a.value ? " when " : " ") + expression(*a.when);
    if (a.value) out += (a.when ? " then " : " ") + expression(*a.value);
    line("{}", out);
  }

  void deadline(const Deadline& d) {
    if (d.from && d.within) line("deadline from {} within {}", expression(*d.from), expression(*d.within));
    if (d.by) line("deadline {} {}", d.strict ? "before" : "by", expression(*d.by));
  }

  void step(const Step& s) {
    line("step {} {}", reference(s.role), s.variable.text);
    ++depth_;
    expression("in", s.list);
    expression("where", s.where);
    expression("decisive", s.decisive);
    --depth_;
  }

  void enumeration(const EnumDecl& e) {
    line("enumeration {}{}{}", name(e.name), e.open ? " open" : "", place(e.span));
    ++depth_;
    for (const Name& value : e.values) line("{}", name(value));
    --depth_;
  }

  void entity(const EntityDecl& e) {
    line("ledger {}{}", name(e.name), place(e.span));
    ++depth_;
    text("text", e.text);
    text("supplier", e.supplier);
    const auto one = [&](const char* what, const std::optional<Reference>& r) {
      if (r) line("{} {}", what, reference(*r));
    };
    one("owner", e.owner);
    if (e.list) line("list {}", name(*e.list));
    one("via", e.via);
    one("key", e.key);
    one("time", e.time);
    one("starts", e.starts);
    one("ends", e.ends);
    one("unit", e.unit);
    one("clock", e.clock);
    one("per", e.calendar_period);
    one("collecting", e.calendar_of);
    for (const FieldDecl& f : e.fields) field(f);
    --depth_;
  }

  void field(const FieldDecl& f) {
    const char* presences[] = {"required", "optional", "observed"};
    const std::string type = reference(f.type.name);
    line("field {} : {} {}{}{}", name(f.name), f.type.set ? "{" + type + "}" : f.type.list ? "[" + type + "]" : type,
         presences[static_cast<int>(f.presence)], f.since ? " since " + day(*f.since) : "",
         f.text ? " \"" + f.text->text + "\"" : "");
  }

  const source::Files& files_;
  DumpMode mode_;
  std::string out_;
  std::size_t depth_ = 0;
};

}  // namespace

std::string dump(const SourceFile& file, const source::Files& files, DumpMode mode) {
  return Dumper(files, mode).file(file);
}

}  // namespace jianlu::syntax
