// The canonical content of a norm. Definitions enter by their own hash, variables by order of appearance, names by their
// English spelling, which is their identity.
#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <iterator>
#include <map>

#include "engine/graph/graph.h"

namespace jianlu::graph {
namespace {

using model::ExprId;
using model::Op;

std::string sha256(std::string_view text) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha256(), nullptr);
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

constexpr std::array kOps{
    "truth", "number", "duration", "instant", "text", "enum_value", "enum_set", "period", "variable", "as_of", "field", "list",
    "interval_start", "interval_end", "is_given", "is_ruled_on", "not", "and", "or", "equal", "not_equal", "less", "less_equal", "greater",
    "greater_equal", "negate", "add", "subtract", "multiply", "divide", "add_period", "later", "earlier", "distance", "end_of_day",
    "start_of_day", "same_day", "is_in", "has_any", "has_all", "set_union", "make_interval", "covers", "overlaps", "set_covers",
    "total_length", "interval_union", "interval_intersection", "interval_difference", "contains", "similarity", "any", "every", "count", "sum", "earliest", "latest", "merged", "call"};
static_assert(kOps.size() == static_cast<std::size_t>(Op::call) + 1);

class Content {
 public:
  Content(const model::Rulebook& book, std::int32_t regulation) : book_(book), regulation_(regulation) {}

  std::string norm(model::NormId id) {
    const model::Norm& n = book_.norms[static_cast<std::size_t>(id)];
    Text out;
    out.put("norm {} {}{}{}", n.name.en, static_cast<int>(n.modality), n.in_principle ? " in_principle" : "", n.approval ? " approval" : "");
    for (const statute::Citation& at : n.at) out.put(" {}", statute::format_en(at));
    out.put("\nsubject {} element {}", variable(out, n.subject), n.element == kNone ? "-" : variable(out, n.element));
    const auto clause = [&](const char* name, ExprId part) {
      if (part == kNone) return;
      out.put("\n{} ", name);
      expression(out, part);
    };
    clause("list", n.list);
    clause("governing", n.governing);
    clause("when", n.when);
    for (const model::Unless& u : n.unless) {
      clause("unless", u.condition);
      clause("claim by", u.claim_deadline);
    }
    clause("must", n.must);
    if (n.performance) {
      out.put("\nperformance {}", variable(out, n.performance->var));
      clause("in", n.performance->list);
      clause("where", n.performance->where);
      clause("at", n.performance->decisive);
    }
    if (n.deadline) clause(n.deadline->strict ? "before" : "by", n.deadline->instant);
    clause("await", n.await);
    if (n.valid_from) out.put("\nfrom {}", *n.valid_from);
    if (n.valid_until) out.put("\nuntil {}", *n.valid_until);
    for (const model::NormId ban : n.opposing_bans) out.put("\nban {}", sha256(Content(book_, regulation_).norm(ban)));
    const model::Regulation& r = book_.regulations[static_cast<std::size_t>(regulation_)];
    out.put("\nzone {} in force {}", r.zone, r.in_force_from ? std::to_string(*r.in_force_from) : "-");
    return std::move(out.text);
  }

 private:
  struct Text {
    std::string text;
    std::map<model::VarId, int> variables;
    template <typename... Arguments>
    void put(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
      fmt::format_to(std::back_inserter(text), format, std::forward<Arguments>(arguments)...);
    }
  };

  const model::Entity& entity(model::EntityId id) const { return book_.vocabulary.entities[static_cast<std::size_t>(id)]; }

  std::string variable(Text& out, model::VarId var) const {
    const auto number = out.variables.emplace(var, static_cast<int>(out.variables.size())).first->second;
    const model::EntityId of = book_.variables[static_cast<std::size_t>(var)].entity;
    return fmt::format("v{}:{}", number, of == kNone ? "-" : entity(of).name.en);
  }

  std::string type(const model::Type& t) const {
    const bool of_enum = t.kind == model::TypeKind::enum_value || t.kind == model::TypeKind::enum_set;
    const std::string of = t.of == kNone ? "" : of_enum ? book_.vocabulary.enums[static_cast<std::size_t>(t.of)].name.en : entity(t.of).name.en;
    return fmt::format("{}{}", static_cast<int>(t.kind), of);
  }

  void field(Text& out, model::EntityId of, model::FieldId id) {
    const model::Field& f = book_.vocabulary.field(of, id);
    out.put(".{}.{}:{}/{}", entity(of).name.en, f.name.en, type(f.type), static_cast<int>(f.presence));
    if (f.since) out.put("/{}", *f.since);
    const model::EntityId derived = entity(of).derived ? of : f.list_of != kNone && entity(f.list_of).derived ? f.list_of : kNone;
    if (derived != kNone) out.put("({})", derivation(derived));
  }

  void values(Text& out, const model::Expr& e) const {
    const model::Enumeration& enumeration = book_.vocabulary.enums[static_cast<std::size_t>(e.type.of)];
    for (std::size_t i = 0; i < enumeration.values.size(); ++i) {
      const bool in = e.op == Op::enum_value ? e.integer == static_cast<std::int64_t>(i) : ((e.integer >> i) & 1) != 0;
      if (in) out.put(" {}", enumeration.values[i].en);
    }
  }

  void expression(Text& out, ExprId id) {
    const model::Expr& e = book_.expr(id);
    out.put("({}", kOps[static_cast<std::size_t>(e.op)]);
    switch (e.op) {
      case Op::truth:
      case Op::number:
      case Op::duration:
      case Op::instant: out.put(" {}", e.integer); break;
      case Op::text: out.put(" {}:{}", e.text.size(), e.text); break;
      case Op::enum_value:
      case Op::enum_set: values(out, e); break;
      case Op::period: out.put(" {} {} {} {}", e.period.months, e.period.days, e.period.working_days, e.period.micros); break;
      case Op::field:
      case Op::list: field(out, book_.expr(e.operands[0]).type.of, e.field); break;
      case Op::add_period: out.put("{}", e.rollover ? "" : " stay"); break;
      case Op::call: out.put(" {}", definition(e.definition)); break;
      default: break;
    }
    if (e.var != kNone) out.put(" {}", variable(out, e.var));
    for (const ExprId operand : e.operands) {
      out.put(" ");
      if (operand == kNone) {
        out.put("-");
      } else {
        expression(out, operand);
      }
    }
    out.put(")");
  }

  const std::string& definition(model::DefId id) {
    if (const auto found = definitions_.find(id); found != definitions_.end()) return found->second;
    const model::Definition& d = book_.definitions[static_cast<std::size_t>(id)];
    Text out;
    out.put("define {} {} {}", d.name.en, static_cast<int>(d.kind), type(d.result));
    for (const model::VarId parameter : d.parameters) out.put(" {}", variable(out, parameter));
    for (const model::Alternative& alternative : d.alternatives) {
      out.put("\n{}{} ", statute::format_en(alternative.at), alternative.catch_all ? " catch_all" : "");
      for (const ExprId part : {alternative.when, alternative.value}) {
        out.put("; ");
        if (part != kNone) expression(out, part);
      }
    }
    return definitions_.emplace(id, sha256(out.text)).first->second;
  }

  const std::string& derivation(model::EntityId derived) {
    if (const auto found = derivations_.find(derived); found != derivations_.end()) return found->second;
    std::string& hash = derivations_[derived];
    for (const model::Derivation& d : book_.regulations[static_cast<std::size_t>(regulation_)].derivations) {
      if (d.entity != derived) continue;
      Text out;
      out.put("derive {} {} {}", d.name.en, variable(out, d.subject), variable(out, d.covering_var));
      for (const ExprId part : {d.within, d.excused, d.covering_list, d.covering_interval, d.covering_clock, d.horizon, d.tolerance}) {
        out.put("; ");
        if (part != kNone) expression(out, part);
      }
      hash = sha256(out.text);
    }
    return hash;
  }

  const model::Rulebook& book_;
  std::int32_t regulation_;
  std::map<model::DefId, std::string> definitions_;
  std::map<model::EntityId, std::string> derivations_;
};

}  // namespace

std::string slice_hash(const model::Rulebook& book, model::NormId norm) {
  for (std::size_t r = 0; r < book.regulations.size(); ++r) {
    for (const model::NormId id : book.regulations[r].norms) {
      if (id == norm) return sha256(Content(book, static_cast<std::int32_t>(r)).norm(norm));
    }
  }
  return {};
}

}  // namespace jianlu::graph
