#include "tests/differential/reach.h"

#include <algorithm>

namespace jianlu::differential {
namespace {

struct Walk {
  const model::Rulebook& book;
  std::int32_t regulation;
  Reach reach;

  void expr(model::ExprId id) {
    if (id == model::kNone || !reach.exprs.insert(id).second) return;
    const model::Expr& e = book.expr(id);
    for (const model::ExprId operand : e.operands) expr(operand);
    if (e.op == model::Op::call) definition(e.definition);
    const bool gaps = (e.type.kind == model::TypeKind::rows || e.type.kind == model::TypeKind::reference) && e.type.of != model::kNone &&
                      book.vocabulary.entities[static_cast<std::size_t>(e.type.of)].derived;
    if (gaps && !reach.derived) {
      reach.derived = true;
      for (const model::Derivation& d : book.regulations[static_cast<std::size_t>(regulation)].derivations) {
        for (const model::ExprId part : {d.within, d.excused, d.covering_list, d.covering_interval, d.covering_clock, d.horizon, d.tolerance}) expr(part);
      }
    }
  }
  void definition(model::DefId id) {
    if (!reach.definitions.insert(id).second) return;
    for (const model::Alternative& a : book.definitions[static_cast<std::size_t>(id)].alternatives) {
      expr(a.when);
      expr(a.value);
    }
  }
  void norm(model::NormId id) {
    if (!reach.norms.insert(id).second) return;
    const model::Norm& n = book.norms[static_cast<std::size_t>(id)];
    each_slot(n, [&](model::ExprId e) { expr(e); });
    for (const model::NormId ban : n.opposing_bans) norm(ban);
  }
};

}  // namespace

std::int32_t regulation_of(const model::Rulebook& book, model::NormId norm) {
  for (std::size_t r = 0; r < book.regulations.size(); ++r) {
    const auto& norms = book.regulations[r].norms;
    if (std::find(norms.begin(), norms.end(), norm) != norms.end()) return static_cast<std::int32_t>(r);
  }
  return model::kNone;
}

Reach reached(const model::Rulebook& book, model::NormId norm) {
  Walk walk{book, regulation_of(book, norm), {}};
  walk.norm(norm);
  return walk.reach;
}

}  // namespace jianlu::differential
