// Duties against bans, and norms whose conditions leave them without effect.
#include "engine/graph/condition.h"
#include "engine/graph/graph.h"
#include "engine/model/print.h"

namespace jianlu::graph {
namespace {

using diag::Words;
using model::ExprId;
using model::Modality;
using model::Norm;
using model::Op;

Words words(const model::Name& name) { return {name.zh, name.en}; }

Words joined(const std::vector<Words>& facts) {
  Words out;
  for (const Words& fact : facts) {
    out.zh += (out.zh.empty() ? "" : "；") + fact.zh;
    out.en += (out.en.empty() ? "" : "; ") + fact.en;
  }
  return out;
}

class NormChecker {
 public:
  NormChecker(const model::Rulebook& book, diag::Diagnostics& diagnostics) : book_(book), diagnostics_(diagnostics) {}

  void single(const Norm& n) {
    if (n.when == model::kNone && n.unless.empty()) return;
    const Rows r = rows(n);
    Condition applies(book_);
    applies.require(n.when, r);
    if (applies.can_hold().can == Answer::Can::no) {
      diagnostics_.add(diag::Kind::never_applies, n.name_span, {words(n.name)});
      return;
    }
    if (n.unless.empty()) return;
    for (const model::Unless& u : n.unless) {
      Condition used(book_);
      used.require(n.when, r);
      used.require(u.condition, r);
      if (used.can_hold().can == Answer::Can::no) diagnostics_.add(diag::Kind::idle_excuse, book_.expr(u.condition).span, {words(n.name)});
    }
    Condition binds(book_);
    require_binding(binds, n);
    if (binds.can_hold().can == Answer::Can::no) {
      diagnostics_.add(diag::Kind::always_excused, n.name_span, {words(n.name)})
          .related.push_back({book_.expr(n.unless.front().condition).span, {"“除非”在这里", "'unless' is here"}});
    }
  }

  // A category needs a breach of one of its norms and its own condition, of the same row.
  void category(const model::Category& c) {
    if (c.when == model::kNone) return;
    const Rows own{{c.subject, {"s", {}}}};
    Condition alone(book_);
    alone.require(c.when, own);
    Words why;
    if (alone.can_hold().can == Answer::Can::no) {
      why = {"它的条件自相矛盾", "its condition contradicts itself"};
    } else {
      if (c.rests_on.empty()) return;
      for (const model::NormId id : c.rests_on) {
        const Norm& n = book_.norms[static_cast<std::size_t>(id)];
        if (of(n.subject) != of(c.subject)) return;
        Condition breached(book_);
        breached.require(c.when, own);
        require_binding(breached, n);
        if (n.must != model::kNone) breached.require_not(n.must, rows(n));
        if (breached.can_hold().can != Answer::Can::no) return;
      }
      why = {"违反它所依据的各条的时候，它的条件都不成立", "where a norm that it rests on is breached, its condition does not hold"};
    }
    diagnostics_.add(diag::Kind::unreachable_category, c.span, {words(c.name), why});
  }

  void pair(const Norm& duty, const Norm& ban) {
    if (of(duty.subject) != of(ban.subject) || !meet(duty, ban)) return;
    const ExprId banned = book_.expr(ban.must).operands[0];   // a ban's condition is stored negated
    const bool act = duty.act != model::kNone && duty.act == ban.act;
    if (demanded(duty) != key_of(book_, banned, rows(ban))) return;
    Condition both(book_);
    require_binding(both, duty);
    require_binding(both, ban);
    const Answer answer = both.can_hold();
    if (answer.can == Answer::Can::no) return;
    const bool certain = answer.can == Answer::Can::yes;
    const Words what = act ? words(book_.definitions[static_cast<std::size_t>(duty.act)].name)
                           : Words{model::print(book_, banned, source::Language::zh), model::print(book_, banned, source::Language::en)};
    diag::Diagnostic& d = diagnostics_.add(certain ? diag::Kind::deontic_conflict : diag::Kind::possible_conflict, ban.name_span,
                                           {words(duty.name), words(ban.name), what});
    d.related.push_back({duty.name_span, {"义务在这里", "the duty is here"}});
    const Words facts = answer.example.empty() ? Words{"任何事实", "any facts"} : joined(answer.example);
    if (certain) d.example = {facts.zh + "。这时两条都适用", facts.en + ": both apply then"};
    else if (!answer.example.empty()) d.example = {facts.zh + "。这些能否同时出现，需要核对", facts.en + ": check whether these can come together"};
  }

 private:
  model::EntityId of(model::VarId var) const { return book_.variables[static_cast<std::size_t>(var)].entity; }

  // Rows by what they are, so that those of a duty and of a ban compare equal.
  Rows rows(const Norm& n) const {
    Rows out;
    const auto name = [&](model::VarId var) {
      return words(book_.vocabulary.entities[static_cast<std::size_t>(of(var))].name);
    };
    out[n.subject] = {"s", name(n.subject)};
    if (n.element != model::kNone) out[n.element] = {"e" + std::to_string(book_.expr(n.list).field), name(n.element)};
    return out;
  }

  void require_binding(Condition& condition, const Norm& n) const {
    const Rows r = rows(n);
    condition.require(n.when, r);
    for (const model::Unless& u : n.unless) condition.require_not(u.condition, r);
  }

  // What a duty demands, as a ban would name it: a performance is that such a row exists.
  std::string demanded(const Norm& duty) const {
    const Rows r = rows(duty);
    if (duty.performance) return key_of(book_, *duty.performance, r);
    return duty.must == model::kNone ? "" : key_of(book_, duty.must, r);
  }

  static bool meet(const Norm& a, const Norm& b) {
    const auto before = [](const Norm& x, const Norm& y) { return x.valid_until && y.valid_from && *x.valid_until <= *y.valid_from; };
    return !before(a, b) && !before(b, a);
  }

  const model::Rulebook& book_;
  diag::Diagnostics& diagnostics_;
};

}  // namespace

void check_norms(const model::Rulebook& book, diag::Diagnostics& diagnostics) {
  NormChecker checker(book, diagnostics);
  for (const model::Regulation& regulation : book.regulations) {
    for (const model::Category& c : regulation.categories) checker.category(c);
    for (const model::NormId id : regulation.norms) {
      const Norm& n = book.norms[static_cast<std::size_t>(id)];
      checker.single(n);
      if (n.modality != Modality::duty) continue;
      for (const model::NormId other : regulation.norms) {
        const Norm& ban = book.norms[static_cast<std::size_t>(other)];
        if (ban.modality == Modality::ban && ban.must != model::kNone) checker.pair(n, ban);
      }
    }
  }
}

}  // namespace jianlu::graph
