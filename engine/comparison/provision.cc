#include "engine/comparison/provision.h"

#include <algorithm>
#include <set>

#include "engine/comparison/classify.h"

namespace jianlu::comparison {

using model::DefKind;
using model::Expr;
using model::ExprId;
using model::kNone;
using model::Modality;
using model::Op;

namespace {

class Collector {
 public:
  Collector(const model::Rulebook& book, const Subjects& subjects, const calendar::WorkingDays& working_days)
      : book_(book), classify_(book, subjects), terms_(book, working_days) {}

  void regulation(std::size_t index) {
    regulation_ = index;
    const model::Regulation& r = book_.regulations[index];
    for (const model::NormId id : r.norms) norm(id);
    for (const model::Category& c : r.categories) category(c);
    for (const model::Sanction& s : r.sanctions) {
      Provision p = made(Force::sanction, s.name, {s.at});
      p.note = {s.text, s.name.en};
      if (!s.condition.empty()) p.scope_text = Words(s.condition, s.condition);
      p.ordered = s.cumulative;
      p.topic = classify_.sanction();
      found.push_back(std::move(p));
    }
    for (const model::Manual& m : r.manuals) {
      Provision p = made(Force::manual, m.name, {m.at});
      p.about = row(m.subject);
      p.note = {m.question, m.name.en};
      p.topic = classify_.manual(m.name.en);
      found.push_back(std::move(p));
    }
    for (const model::Remark& m : r.remarks) remark(r, m);
  }

  std::vector<Provision> found;

 private:
  const Expr& expr(ExprId id) const { return book_.exprs[static_cast<std::size_t>(id)]; }

  Provision made(Force force, const model::Name& name, std::vector<statute::Citation> at) const {
    Provision p;
    p.force = force;
    p.regulation = regulation_;
    p.name = name;
    p.at = std::move(at);
    return p;
  }

  Words row(model::VarId var) const {
    if (var == kNone) return {};
    const auto entity = static_cast<std::size_t>(book_.variables[static_cast<std::size_t>(var)].entity);
    const model::Name& name = book_.vocabulary.entities[entity].name;
    return {name.zh, name.en};
  }

  void norm(model::NormId id) {
    const model::Norm& n = book_.norms[static_cast<std::size_t>(id)];
    Provision p = made(n.modality == Modality::duty  ? Force::duty
                       : n.modality == Modality::ban ? Force::ban
                                                     : Force::permit,
                       n.name, n.at);
    p.norm = id;
    p.in_principle = n.in_principle;
    p.about = row(n.subject);
    if (n.element != kNone) p.about = {p.about.zh + "的" + row(n.element).zh, row(n.element).en + " of " + p.about.en};
    p.topic = classify_.norm(n);
    p.scope = terms_.cases(n.when);
    p.scope_text = terms_.text(n.when);
    p.catch_all = catch_all(n.when);
    std::vector<Limit> limits;
    if (n.modality == Modality::ban) {
      p.demand = terms_.cases(n.must, false, &limits);
      p.scope = beside(*std::move(p.scope), *p.demand);
      p.demand_text = terms_.text(expr(n.must).op == Op::logical_not ? expr(n.must).operands[0] : n.must);
      if (!limits.empty()) p.keep_until = limits.front().until;
    } else if (n.approval) {
      p.ordered = steps(n.must, p.steps);
      p.demand = terms_.cases(n.must);
      for (Case& c : *p.demand) std::erase_if(c, [](const Atom& a) { return a.times; });   // the order of the steps is told by itself
    } else if (n.modality == Modality::duty) {
      p.demand = n.performance ? terms_.some(n.performance->list, n.performance->var, n.performance->where) : terms_.cases(n.must);
      p.demand_text = n.performance ? text(*n.performance) : terms_.text(n.must);
    } else {
      p.demand_text = terms_.text(n.must);
    }
    if (n.deadline) {
      p.deadline = terms_.instant(n.deadline->instant);
      p.before = n.deadline->strict;
    }
    terms_.wording(n.performance ? n.performance->where : n.must, p.wording);
    for (const model::Unless& u : n.unless) {
      p.excuses.push_back(excuse(u));
      p.excuse_texts.push_back(terms_.text(u.condition));
    }
    p.interpretations = interpretations(n);
    const std::vector<Cases> excuses = p.excuses;
    const std::size_t topic = p.topic;
    found.push_back(std::move(p));
    const auto listed = classify_.excuse(topic);
    for (std::size_t i = 0; listed && i < excuses.size(); ++i) {
      const model::Unless& u = n.unless[i];
      Provision e = made(Force::excuse, u.exemption == kNone ? n.name : book_.definitions[static_cast<std::size_t>(u.exemption)].name, {u.at});
      e.norm = id;
      e.about = row(n.subject);
      e.scope = excuses[i];
      e.scope_text = terms_.text(u.condition);
      if (u.claim_deadline != kNone) e.deadline = terms_.instant(u.claim_deadline);
      e.topic = *listed;
      found.push_back(std::move(e));
    }
  }

  // An exemption that must be claimed is what its ground lists; how it is claimed is no part of that.
  Cases excuse(const model::Unless& u) {
    if (u.exemption == kNone) return terms_.cases(u.condition);
    const model::Definition& d = book_.definitions[static_cast<std::size_t>(u.exemption)];
    if (d.kind != DefKind::exemption || d.rests_on.empty()) return terms_.cases(u.condition);
    Cases all;
    for (const model::DefId ground : d.rests_on) {
      for (const model::Alternative& a : book_.definitions[static_cast<std::size_t>(ground)].alternatives) {
        for (Case& c : terms_.cases(a.when != kNone ? a.when : a.value)) all.push_back(std::move(c));
      }
    }
    return all;
  }

  // 有 移交 使 …
  Words text(const model::Performance& p) const {
    Words out = terms_.text(p.list);
    out = {"有 " + out.zh, "some " + out.en};
    if (p.where == kNone) return out;
    const Words where = terms_.text(p.where);
    return {out.zh + " 使 " + where.zh, out.en + " such that " + where.en};
  }

  // The rows that an approval asks for, one in another where they have an order.
  bool steps(ExprId id, std::vector<Step>& list) {
    const Expr& e = expr(id);
    if (e.op == Op::logical_and) {
      bool ordered = false;
      for (const ExprId operand : e.operands) ordered = steps(operand, list) || ordered;
      return ordered;
    }
    if (e.op != Op::any) return false;
    const model::Name& ledger = book_.vocabulary.entities[static_cast<std::size_t>(expr(e.operands[0]).type.of)].name;
    Step step{{ledger.zh, ledger.en}};
    Words values;
    collect_values(e.operands[2], values);
    if (!values.zh.empty()) step.text = {ledger.zh + "（" + values.zh + "）", ledger.en + " (" + values.en + ")"};
    const std::size_t before = list.size() + 1;
    list.push_back(std::move(step));
    steps(e.operands[2], list);
    return list.size() > before;
  }

  // Enumeration values that a step asks for: stage and role.
  void collect_values(ExprId id, Words& values) const {
    const Expr& e = expr(id);
    if (e.op == Op::logical_and) {
      for (const ExprId operand : e.operands) collect_values(operand, values);
    } else if (e.op == Op::equal && expr(e.operands[1]).op == Op::enum_value) {
      const Expr& v = expr(e.operands[1]);
      const Words name = values_text(book_, v.type.of, std::uint64_t{1} << v.integer);
      values = values.zh.empty() ? name : Words{values.zh + "、" + name.zh, values.en + ", " + name.en};
    }
  }

  // Values of the items that are marked 兜底 in the grounds that a condition calls.
  std::uint64_t catch_all(ExprId id) {
    if (id == kNone) return 0;
    const Expr& e = expr(id);
    std::uint64_t out = 0;
    for (const ExprId operand : e.operands) out |= catch_all(operand);
    if (e.op != Op::call) return out;
    for (const model::Alternative& a : book_.definitions[static_cast<std::size_t>(e.definition)].alternatives) {
      out |= catch_all(a.when) | catch_all(a.value);
      if (!a.catch_all) continue;
      for (const Case& c : terms_.cases(a.when)) {
        for (const Atom& atom : c) out |= atom.values;
      }
    }
    return out;
  }

  // Those that decide: of when, what, by when and unless; not of how long ledgers are waited for.
  std::vector<Words> interpretations(const model::Norm& n) const {
    std::set<model::DefId> seen;
    std::vector<Words> used;
    for (const ExprId part : {n.when, n.must}) interpretations(part, seen, used);
    if (n.performance) interpretations(n.performance->where, seen, used);
    if (n.deadline) interpretations(n.deadline->instant, seen, used);
    for (const model::Unless& u : n.unless) {
      interpretations(u.condition, seen, used);
      interpretations(u.claim_deadline, seen, used);
    }
    if (n.element == kNone) return used;
    for (const model::Derivation& d : book_.regulations[regulation_].derivations) {
      if (d.entity == book_.variables[static_cast<std::size_t>(n.element)].entity) interpretations(d.tolerance, seen, used);
    }
    return used;
  }

  void interpretations(ExprId id, std::set<model::DefId>& seen, std::vector<Words>& used) const {
    if (id == kNone) return;
    const Expr& e = expr(id);
    const bool quantifier = e.op >= Op::any && e.op <= Op::merged;
    std::size_t count = quantifier ? std::min<std::size_t>(3, e.operands.size()) : e.operands.size();
    if (e.op == Op::call) {
      const model::Definition& d = book_.definitions[static_cast<std::size_t>(e.definition)];
      count = d.parameters.size();
      if (seen.insert(e.definition).second) {
        if (d.kind == DefKind::interpretation) {
          const Words value = terms_.text(d.alternatives.front().value);
          used.push_back({d.name.zh + " = " + value.zh, d.name.en + " = " + value.en});
        }
        for (const model::Alternative& a : d.alternatives) {
          interpretations(a.when, seen, used);
          interpretations(a.value, seen, used);
        }
      }
    }
    for (std::size_t i = 0; i < count; ++i) interpretations(e.operands[i], seen, used);
  }

  void category(const model::Category& c) {
    Provision p = made(Force::category, c.name, {c.at});
    p.about = row(c.subject);
    p.rests_on = c.rests_on;
    if (c.subject == kNone && !c.rests_on.empty()) p.about = row(book_.norms[static_cast<std::size_t>(c.rests_on.front())].subject);
    if (c.when != kNone) {
      p.scope = terms_.cases(c.when);
      p.scope_text = terms_.text(c.when);
    }
    p.topic = classify_.category(c);
    found.push_back(std::move(p));
  }

  // A restatement stands with the norm that it points to; an application with every topic of the article that it applies.
  void remark(const model::Regulation& r, const model::Remark& m) {
    if (m.kind == model::Remark::Kind::declarative) return;
    std::vector<std::size_t> topics;
    const auto take = [&](std::size_t topic) {
      if (std::find(topics.begin(), topics.end(), topic) == topics.end()) topics.push_back(topic);
    };
    Provision p = made(Force::remark, {}, {m.at});
    if (m.norm != kNone) {
      const model::Norm& n = book_.norms[static_cast<std::size_t>(m.norm)];
      take(classify_.norm(n));
      p.note = {"重申“" + n.name.zh + "”", "restates " + n.name.en};
      p.norm = m.norm;
    } else {
      p.note = {"依照" + statute::format_zh(m.target) + "：" + m.text, "applies " + statute::format_en(m.target)};
      for (const model::NormId id : r.norms) {
        const model::Norm& n = book_.norms[static_cast<std::size_t>(id)];
        if (std::any_of(n.at.begin(), n.at.end(), [&](const statute::Citation& at) { return at.article == m.target.article; })) take(classify_.norm(n));
      }
      if (topics.empty()) take(classify_.other());
    }
    for (const std::size_t topic : topics) {
      p.topic = topic;
      found.push_back(p);
    }
  }

  const model::Rulebook& book_;
  Classifier classify_;
  Terms terms_;
  std::size_t regulation_ = 0;
};

}  // namespace

std::string_view id(Force force) {
  static constexpr std::string_view kIds[] = {"duty", "ban", "permit", "excuse", "category", "sanction", "manual", "remark"};
  return kIds[static_cast<int>(force)];
}

Words name(Force force) {
  static const Words kNames[] = {{"应当", "duty"}, {"不得", "ban"}, {"可以", "permit"}, {"可以不", "excuse"},
                                 {"类别", "category"}, {"处理", "measure"}, {"人工", "manual"}, {"另见", "see"}};
  return kNames[static_cast<int>(force)];
}

std::vector<Provision> provisions(const model::Rulebook& book, const std::vector<std::size_t>& regulations,
                                  const Subjects& subjects, const calendar::WorkingDays& working_days) {
  Collector collector(book, subjects, working_days);
  for (const std::size_t regulation : regulations) collector.regulation(regulation);
  return std::move(collector.found);
}

}  // namespace jianlu::comparison
