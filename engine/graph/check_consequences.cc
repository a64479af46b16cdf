// What follows from a breach: categories that nothing can fall under, sanctions that nothing can lead to.
#include <algorithm>

#include "engine/graph/binding.h"
#include "engine/graph/graph.h"

namespace jianlu::graph {
namespace {

using diag::Words;
using model::Category;
using model::Norm;
using model::Regulation;
using model::Sanction;

void append(Words& out, const model::Name& name) {
  out.zh += (out.zh.empty() ? "“" : "、“") + name.zh + "”";
  out.en += (out.en.empty() ? "'" : ", '") + name.en + "'";
}

class Consequences {
 public:
  Consequences(const model::Rulebook& book, const Regulation& r, diag::Diagnostics& diagnostics)
      : book_(book), r_(r), binding_(book), diagnostics_(diagnostics) {}

  void operator()() {
    for (std::size_t i = 0; i < r_.categories.size(); ++i) open_.push_back(category(static_cast<std::int32_t>(i)));
    for (const Sanction& s : r_.sanctions) sanction(s);
  }

 private:
  const Norm& norm(model::NormId id) const { return book_.norms[static_cast<std::size_t>(id)]; }

  // Whether something may fall under it. It needs a breach of one of its norms and its own condition, of the same row; what
  // rests on nothing is established by an authority alone, where the file says why.
  bool category(std::int32_t index) {
    const Category& c = r_.categories[static_cast<std::size_t>(index)];
    const Rows own = binding_.rows(c);
    Condition alone(book_);
    alone.require(c.when, own);
    if (alone.can_hold().can == Answer::Can::no) {
      return never(c, {"它的条件自相矛盾", "its condition contradicts itself"});
    }
    const std::vector<model::NormId> led = leading_to(index);
    if (led.empty()) return c.when != model::kNone || explained(c.name);
    const bool one = std::any_of(led.begin(), led.end(), [&](model::NormId id) {
      const bool same = c.subject != model::kNone && binding_.ledger(norm(id).subject) == binding_.ledger(c.subject);
      return same ? binding_.can_be_breached(norm(id), c.when, own) : binding_.can_be_breached(norm(id));
    });
    return one || never(c, {"违反它所依据的各条的时候，它的条件都不成立；或者那几条永远不会被违反",
                            "where a norm that it rests on is breached, its condition does not hold, or those norms can never be breached"});
  }

  bool never(const Category& c, const Words& why) {
    diagnostics_.add(diag::Kind::unreachable_category, c.span, {{c.name.zh, c.name.en}, why});
    return false;
  }

  // The norms it rests on; where it names none, those whose breach may fall under it.
  std::vector<model::NormId> leading_to(std::int32_t category) const {
    std::vector<model::NormId> out = r_.categories[static_cast<std::size_t>(category)].rests_on;
    if (!out.empty()) return out;
    for (const model::NormId id : r_.norms) {
      const auto& links = norm(id).categories;
      if (std::any_of(links.begin(), links.end(), [&](const model::CategoryLink& l) { return l.category == category; })) out.push_back(id);
    }
    return out;
  }

  bool explained(const model::Name& name) const {
    return std::any_of(r_.reasons.begin(), r_.reasons.end(), [&](const model::Reason& reason) { return reason.name.en == name.en; });
  }

  // One that names nothing that leads to it follows from every category.
  void sanction(const Sanction& s) {
    Words closed;
    bool reached = false;
    const auto through = [&](std::int32_t category) {
      if (open_[static_cast<std::size_t>(category)]) reached = true;
      else append(closed, r_.categories[static_cast<std::size_t>(category)].name);
    };
    for (const std::int32_t category : s.categories) through(category);
    for (const model::NormId id : s.rests_on) {
      if (binding_.can_be_breached(norm(id))) reached = true;
      else append(closed, norm(id).name);
    }
    if (s.categories.empty() && s.rests_on.empty()) {
      for (std::size_t i = 0; i < r_.categories.size(); ++i) through(static_cast<std::int32_t>(i));
    }
    if (reached) return;
    const Words why = closed.zh.empty()
                          ? Words{"规定没有声明违规类别，它也没有写明依哪一条", "the regulation declares no category, and the sanction rests on no norm"}
                          : Words{"能引出它的只有" + closed.zh + "，都不会发生", "only " + closed.en + " could lead to it, and that never happens"};
    diagnostics_.add(diag::Kind::unreachable_sanction, s.span, {{s.name.zh, s.name.en}, why});
  }

  const model::Rulebook& book_;
  const Regulation& r_;
  Binding binding_;
  diag::Diagnostics& diagnostics_;
  std::vector<bool> open_;   // by category: something may fall under it
};

}  // namespace

void check_consequences(const model::Rulebook& book, diag::Diagnostics& diagnostics) {
  for (const Regulation& r : book.regulations) Consequences(book, r, diagnostics)();
}

}  // namespace jianlu::graph
