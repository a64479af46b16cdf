// Duties against bans, and norms whose conditions leave them without effect.
#include "engine/graph/binding.h"
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
  NormChecker(const model::Rulebook& book, diag::Diagnostics& diagnostics) : book_(book), binding_(book), diagnostics_(diagnostics) {}

  void single(const Norm& n) {
    if (n.when == model::kNone && n.unless.empty()) return;
    const Rows r = binding_.rows(n);
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
    binding_.require(binds, n);
    if (binds.can_hold().can == Answer::Can::no) {
      diagnostics_.add(diag::Kind::always_excused, n.name_span, {words(n.name)})
          .related.push_back({book_.expr(n.unless.front().condition).span, {"“除非”在这里", "'unless' is here"}});
    }
  }

  void pair(const Norm& duty, const Norm& ban) {
    if (binding_.ledger(duty.subject) != binding_.ledger(ban.subject) || !meet(duty, ban)) return;
    const ExprId banned = book_.expr(ban.must).operands[0];   // a ban's condition is stored negated
    const bool act = duty.act != model::kNone && duty.act == ban.act;
    if (demanded(duty) != key_of(book_, banned, binding_.rows(ban))) return;
    Condition both(book_);
    binding_.require(both, duty);
    binding_.require(both, ban);
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
  // What a duty demands, as a ban would name it: a performance is that such a row exists.
  std::string demanded(const Norm& duty) const {
    const Rows r = binding_.rows(duty);
    if (duty.performance) return key_of(book_, *duty.performance, r);
    return duty.must == model::kNone ? "" : key_of(book_, duty.must, r);
  }

  static bool meet(const Norm& a, const Norm& b) {
    const auto before = [](const Norm& x, const Norm& y) { return x.valid_until && y.valid_from && *x.valid_until <= *y.valid_from; };
    return !before(a, b) && !before(b, a);
  }

  const model::Rulebook& book_;
  Binding binding_;
  diag::Diagnostics& diagnostics_;
};

}  // namespace

void check_norms(const model::Rulebook& book, diag::Diagnostics& diagnostics) {
  NormChecker checker(book, diagnostics);
  for (const model::Regulation& regulation : book.regulations) {
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
