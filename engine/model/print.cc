#include "engine/model/print.h"

#include <fmt/format.h>

#include "engine/calendar/text.h"
#include "engine/model/names.h"

namespace jianlu::model {
namespace {

using source::Language;

struct OpWords {
  Op op;
  const char* zh;
  const char* en;
};

constexpr OpWords kBinary[] = {
    {Op::logical_and, "且", "and"}, {Op::logical_or, "或", "or"}, {Op::equal, "=", "="}, {Op::not_equal, "!=", "!="},
    {Op::less, "<", "<"}, {Op::less_equal, "<=", "<="}, {Op::greater, ">", ">"}, {Op::greater_equal, ">=", ">="},
    {Op::add, "+", "+"}, {Op::subtract, "-", "-"}, {Op::multiply, "*", "*"}, {Op::divide, "/", "/"},
    {Op::add_period, "+", "+"}, {Op::is_in, "属于", "is one of"}, {Op::has_any, "含任一", "has any of"},
    {Op::has_all, "含全部", "has all of"}, {Op::covers, "覆盖", "covers"}, {Op::set_covers, "覆盖", "covers"},
    {Op::set_union, "并", "union"},
};

constexpr OpWords kCalls[] = {
    {Op::end_of_day, "日终", "end_of_day"}, {Op::start_of_day, "日始", "start_of_day"},
    {Op::same_day, "同日", "same_day"}, {Op::later, "较晚", "later_of"}, {Op::earlier, "较早", "earlier_of"},
    {Op::distance, "相差", "distance"},
    {Op::overlaps, "重叠", "overlaps"}, {Op::total_length, "总时长", "total_length"},
    {Op::interval_union, "并集", "union_of"}, {Op::interval_intersection, "交集", "intersection_of"},
    {Op::interval_difference, "差集", "difference_of"}, {Op::as_of, "审核时刻", "as_of"},
};

constexpr OpWords kQuantifiers[] = {
    {Op::any, "有", "some"}, {Op::every, "每个", "every"}, {Op::count, "计数", "count"}, {Op::sum, "合计", "sum"},
    {Op::earliest, "最早", "earliest"}, {Op::latest, "最晚", "latest"}, {Op::merged, "合并", "merged"},
};

std::string decimal(std::int64_t millionths) {
  std::string text = fmt::format("{}{}.{:06}", millionths < 0 ? "-" : "", std::abs(millionths) / 1000000,
                                 std::abs(millionths) % 1000000);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

class Printer {
 public:
  Printer(const Rulebook& book, Language language) : book_(book), language_(language) {}

  std::string operator()(ExprId id) const {
    if (id == kNone) return "-";
    const Expr& e = book_.expr(id);
    switch (e.op) {
      case Op::truth: return pick(e.integer ? "是" : "否", e.integer ? "true" : "false");
      case Op::number: return decimal(e.integer);
      case Op::duration: return print_duration(e.integer);
      case Op::instant: return calendar::format_instant(e.integer, calendar::Zone::utc());
      case Op::text: return "\"" + e.text + "\"";
      case Op::enum_value: return value(e.type.of, e.integer);
      case Op::enum_set: return set(e);
      case Op::period: return period(e.period);
      case Op::variable: return book_.variables[e.var].name.in(language_);
      case Op::field: case Op::list:
        return (*this)(e.operands[0]) + "." +
               book_.vocabulary.field(book_.expr(e.operands[0]).type.of, e.field).name.in(language_);
      case Op::interval_start: return (*this)(e.operands[0]) + pick(".起", ".from");
      case Op::interval_end: return (*this)(e.operands[0]) + pick(".止", ".to");
      case Op::is_given: return (*this)(e.operands[0]) + pick(" 已填", " is given");
      case Op::is_ruled_on: return (*this)(e.operands[0]) + pick(" 已认定", " is ruled on");
      case Op::logical_not: return pick("非 ", "not ") + operand(e.operands[0]);
      case Op::negate: return "-" + operand(e.operands[0]);
      case Op::make_interval:
        return "[" + (*this)(e.operands[0]) + pick("、", ", ") + (*this)(e.operands[1]) + "]";
      case Op::call: return call(e);
      default: break;
    }
    for (const OpWords& words : kBinary) {
      if (words.op != e.op) continue;
      return operand(e.operands[0]) + " " + pick(words.zh, words.en) + " " + operand(e.operands[1]);
    }
    if (e.op == Op::similarity || e.op == Op::contains) return compared(e);
    for (const OpWords& words : kCalls) {
      if (words.op == e.op) return pick(words.zh, words.en) + arguments(e, e.operands.size());
    }
    for (const OpWords& words : kQuantifiers) {
      if (words.op == e.op) return quantifier(e, pick(words.zh, words.en));
    }
    return "?";
  }

 private:
  std::string pick(const char* zh, const char* en) const { return language_ == Language::zh ? zh : en; }

  std::string operand(ExprId id) const {
    const Op op = book_.expr(id).op;
    bool nested = op >= Op::any && op <= Op::merged;
    for (const OpWords& words : kBinary) nested = nested || words.op == op;
    return nested ? "(" + (*this)(id) + ")" : (*this)(id);
  }

  std::string value(EnumId of, std::int64_t code) const {
    return book_.vocabulary.enums[of].values[code].in(language_);
  }

  std::string set(const Expr& e) const {
    std::string out = "{";
    const auto& values = book_.vocabulary.enums[e.type.of].values;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (((e.integer >> i) & 1) == 0) continue;
      if (out.size() > 1) out += pick("、", ", ");
      out += values[i].in(language_);
    }
    return out + "}";
  }

  std::string print_duration(std::int64_t micros) const {
    struct Unit {
      std::int64_t size;
      const char* zh;
      const char* en;
    };
    for (const Unit& unit : {Unit{calendar::hour, "小时", " hours"}, Unit{calendar::minute, "分钟", " minutes"},
                             Unit{calendar::second, "秒", " seconds"}}) {
      if (micros % unit.size == 0) return std::to_string(micros / unit.size) + pick(unit.zh, unit.en);
    }
    return decimal(micros) + pick("秒", " seconds");
  }

  std::string period(const calendar::Period& p) const {
    std::string out;
    const auto part = [&](std::int64_t n, const char* zh, const char* en) {
      if (n == 0) return;
      if (!out.empty()) out += " ";
      out += std::to_string(n) + pick(zh, en);
    };
    if (p.months % 12 == 0) part(p.months / 12, "年", " years");
    else part(p.months, "个月", " months");
    part(p.days, "日", " days");
    part(p.working_days, "个工作日", " working days");
    return out.empty() ? pick("0日", "0 days") : out;
  }

  std::string arguments(const Expr& e, std::size_t count) const {
    std::string out = "(";
    for (std::size_t i = 0; i < count; ++i) out += (i == 0 ? "" : ", ") + (*this)(e.operands[i]);
    return out + ")";
  }

  std::string call(const Expr& e) const {
    const Definition& d = book_.definitions[e.definition];
    const std::string name = d.name.in(language_);
    return d.parameters.empty() ? name : name + arguments(e, d.parameters.size());
  }

  // A template shows its placeholders as they are written.
  std::string compared(const Expr& e) const {
    std::string out = e.op == Op::similarity ? pick("相似度", "similarity") : pick("包含", "contains");
    out += "(" + (*this)(e.operands[0]) + ", ";
    if (e.operands.size() == 2) return out + (*this)(e.operands[1]) + ")";
    out += "\"";
    for (std::size_t i = 1; i < e.operands.size(); ++i) {
      const Expr& part = book_.expr(e.operands[i]);
      out += part.op == Op::text ? part.text : "{" + (*this)(e.operands[i]) + "}";
    }
    return out + "\")";
  }

  std::string quantifier(const Expr& e, const std::string& word) const {
    std::string out = word + " " + book_.variables[e.var].name.in(language_) + pick(" 于 ", " in ") + (*this)(e.operands[0]);
    if (e.operands[1] != kNone) out += pick(" 其中 ", " where ") + (*this)(e.operands[1]);
    if (e.operands[2] == kNone) return out;
    if (e.op == Op::any) return out + pick(" 使 ", " such that ") + (*this)(e.operands[2]);
    if (e.op == Op::every) return out + pick(" 均 ", " satisfies ") + (*this)(e.operands[2]);
    return out + pick(" 取 ", " taking ") + (*this)(e.operands[2]);
  }

  const Rulebook& book_;
  Language language_;
};

std::string at(const std::vector<statute::Citation>& citations) {
  std::string out;
  for (const statute::Citation& c : citations) out += (out.empty() ? "" : "; ") + statute::format_en(c);
  return out;
}

class Dump {
 public:
  explicit Dump(const Rulebook& book) : book_(book), print_(book, Language::en) {}

  std::string operator()() {
    for (const Definition& d : book_.definitions) definition(d);
    for (const Regulation& r : book_.regulations) regulation(r);
    return std::move(out_);
  }

 private:
  template <typename... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    out_ += fmt::format(format, std::forward<Args>(args)...) + "\n";
  }
  void item(const char* label, ExprId id) {
    if (id != kNone) line("  {} {}", label, print_(id));
  }

  void definition(const Definition& d) {
    static constexpr const char* kKinds[] = {"definition", "ground", "act", "interpretation", "exemption"};
    std::string parameters;
    for (const VarId p : d.parameters) {
      parameters += fmt::format(" {}:{}", book_.variables[p].name.en,
                                book_.vocabulary.entities[book_.variables[p].entity].name.en);
    }
    line("{} {}{} -> {} [{}]", kKinds[static_cast<int>(d.kind)], d.name.en, parameters,
         describe(d.result, book_.vocabulary).en, at(d.at));
    for (const Alternative& a : d.alternatives) {
      line("  alternative [{}]{} when {} value {}", statute::format_en(a.at), a.catch_all ? " catch_all" : "",
           print_(a.when), print_(a.value));
    }
    item("claim_deadline", d.claim_deadline);
  }

  void regulation(const Regulation& r) {
    line("regulation {} ({}) zone {}", r.name.en, r.id, r.zone);
    for (const Derivation& d : r.derivations) {
      line("derivation {} [{}]", d.name.en, statute::format_en(d.at));
      item("within", d.within);
      item("excused", d.excused);
      item("covering", d.covering_list);
      item("covering_interval", d.covering_interval);
      item("covering_clock", d.covering_clock);
      item("tolerance", d.tolerance);
      item("horizon", d.horizon);
    }
    for (const NormId id : r.norms) norm(book_.norms[id], r);
    for (const Category& c : r.categories) {
      line("category {} [{}]", c.name.en, statute::format_en(c.at));
      for (const NormId id : c.rests_on) line("  rests_on {}", book_.norms[id].name.en);
      item("when", c.when);
    }
    for (const Sanction& s : r.sanctions) {
      line("sanction {} [{}]{}", s.name.en, statute::format_en(s.at), s.cumulative ? " cumulative" : "");
      for (const std::int32_t c : s.categories) line("  rests_on {}", r.categories[static_cast<std::size_t>(c)].name.en);
      for (const NormId id : s.rests_on) line("  rests_on {}", book_.norms[id].name.en);
    }
    for (const Manual& m : r.manuals) {
      line("manual {} [{}]", m.name.en, statute::format_en(m.at));
      item("when", m.when);
    }
    for (const Remark& m : r.remarks) {
      static constexpr const char* kKinds[] = {"restatement", "application", "declarative"};
      line("{} [{}]{}", kKinds[static_cast<int>(m.kind)], statute::format_en(m.at),
           m.norm == kNone ? "" : " of " + book_.norms[m.norm].name.en);
    }
  }

  void norm(const Norm& n, const Regulation& r) {
    static constexpr const char* kModalities[] = {"duty", "ban", "permit"};
    line("{} {} [{}]{}", kModalities[static_cast<int>(n.modality)], n.name.en, at(n.at), n.in_principle ? " in_principle" : "");
    const auto variable = [&](VarId v) {
      return fmt::format("{}:{}", book_.variables[v].name.en,
                         book_.vocabulary.entities[book_.variables[v].entity].name.en);
    };
    line("  for_each {}{}", variable(n.subject), n.element == kNone ? "" : " " + variable(n.element));
    item("at", n.governing);
    item("when", n.when);
    for (const Unless& u : n.unless) {
      item("unless", u.condition);
      item("  claim_deadline", u.claim_deadline);
    }
    item("must", n.must);
    if (n.performance) {
      item("list", n.performance->list);
      item("where", n.performance->where);
      item("decisive", n.performance->decisive);
    }
    if (n.deadline) item(n.deadline->strict ? "before" : "by", n.deadline->instant);
    item("await", n.await);
    for (const NormId ban : n.opposing_bans) line("  opposed_by {}", book_.norms[ban].name.en);
    for (const CategoryLink& c : n.categories) line("  may_fall_under {}", r.categories[c.category].name.en);
    for (const MessagePart& part : n.message) {
      if (part.value != kNone) item("message_value", part.value);
    }
  }

  const Rulebook& book_;
  Printer print_;
  std::string out_;
};

}  // namespace

std::string print(const Rulebook& book, ExprId id, source::Language language) { return Printer(book, language)(id); }

std::string dump(const Rulebook& book) { return Dump(book)(); }

}  // namespace jianlu::model
