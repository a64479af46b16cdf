// Makes a failing case smaller: other norms go, expressions become one of their operands or a literal, rows and cells go.
#include <algorithm>

#include "tests/differential/build.h"
#include "tests/differential/compare.h"
#include "tests/differential/reach.h"

namespace jianlu::differential {
namespace {

class Shrinker {
 public:
  Shrinker(Case c, const Evaluate& evaluate) : case_(std::move(c)), evaluate_(evaluate) {}

  Case run() {
    const auto first = compare(case_, evaluate_, nullptr);
    if (!first) return std::move(case_);
    norm_ = first->norm;
    only_this_norm();
    for (bool smaller = true; smaller && attempts_ > 0;) {
      smaller = slots();
      smaller = exprs() || smaller;
      smaller = rows() || smaller;
      smaller = cells() || smaller;
    }
    return std::move(case_);
  }

 private:
  // Keeps the change if the two still differ on the norm.
  template <class Change>
  bool attempt(Change change) {
    if (--attempts_ < 0) return false;
    Case changed = copy(case_);
    change(changed);
    const auto mismatch = compare(changed, evaluate_, nullptr);
    if (!mismatch || mismatch->norm != norm_) return false;
    case_ = std::move(changed);
    return true;
  }

  model::Norm& norm(Case& c) { return c.book.norms[static_cast<std::size_t>(norm_)]; }

  void only_this_norm() {
    const Reach reach = reached(case_.book, norm_);
    attempt([&](Case& c) {
      for (std::size_t n = 0; n < c.book.norms.size(); ++n) {
        const auto id = static_cast<model::NormId>(n);
        if (id == norm_) continue;
        // A permit is judged by nobody; a ban stays for what it opposes.
        if (!reach.norms.contains(id)) c.book.norms[n] = {};
        c.book.norms[n].modality = model::Modality::permit;
        if (c.book.norms[n].subject == model::kNone) c.book.norms[n].subject = norm(c).subject;
      }
    });
  }

  bool slots() {
    bool smaller = attempt([&](Case& c) { norm(c).opposing_bans.clear(); });
    for (std::size_t i = case_.book.norms[static_cast<std::size_t>(norm_)].unless.size(); i-- > 0;) {
      smaller = attempt([&](Case& c) { norm(c).unless.erase(norm(c).unless.begin() + static_cast<std::ptrdiff_t>(i)); }) || smaller;
    }
    const model::Norm& n = case_.book.norms[static_cast<std::size_t>(norm_)];
    if (n.when != model::kNone) smaller = attempt([&](Case& c) { norm(c).when = model::kNone; }) || smaller;
    if (n.await != model::kNone) smaller = attempt([&](Case& c) { norm(c).await = model::kNone; }) || smaller;
    if (n.deadline && !n.performance) smaller = attempt([&](Case& c) { norm(c).deadline.reset(); }) || smaller;
    if (n.valid_from || n.valid_until) smaller = attempt([&](Case& c) { norm(c).valid_from.reset(), norm(c).valid_until.reset(); }) || smaller;
    if (n.performance && n.performance->where != model::kNone) {
      smaller = attempt([&](Case& c) { norm(c).performance->where = model::kNone; }) || smaller;
    }
    return smaller;
  }

  bool exprs() {
    bool smaller = false;
    const std::set<model::ExprId> all = reached(case_.book, norm_).exprs;
    std::set<model::ExprId> ruled_on;   // these stay fields
    for (const model::ExprId id : all) {
      if (case_.book.expr(id).op == model::Op::is_ruled_on) ruled_on.insert(case_.book.expr(id).operands[0]);
    }
    for (auto it = all.rbegin(); it != all.rend(); ++it) {
      const model::ExprId id = *it;
      if (ruled_on.contains(id)) continue;
      const auto at = static_cast<std::size_t>(id);
      const model::Expr e = case_.book.expr(id);
      bool done = false;
      for (const model::ExprId operand : e.operands) {
        if (done || operand == model::kNone || case_.book.expr(operand).type != e.type) continue;
        const bool quantifies = e.var != model::kNone && e.op != model::Op::variable;
        if (quantifies) continue;   // the operand would lose its row
        done = attempt([&](Case& c) { c.book.exprs[at] = c.book.expr(operand); });
      }
      for (const auto& [op, type, value] : {std::tuple{model::Op::truth, TypeKind::truth, 1}, std::tuple{model::Op::truth, TypeKind::truth, 0},
                                            std::tuple{model::Op::number, TypeKind::number, 0}, std::tuple{model::Op::duration, TypeKind::duration, 0},
                                            std::tuple{model::Op::as_of, TypeKind::instant, 0}}) {
        if (done || e.type.kind != type || e.op == op) continue;
        done = attempt([&](Case& c) {
          model::Expr literal;
          literal.op = op;
          literal.type = {type};
          literal.integer = value;
          c.book.exprs[at] = literal;
        });
      }
      for (std::size_t i = 1; i < e.operands.size() && !done; ++i) {
        const bool filter_or_horizon = e.op >= model::Op::any && e.op <= model::Op::merged && (i == 1 || i == 3);
        if (!filter_or_horizon || e.operands[i] == model::kNone) continue;
        smaller = attempt([&](Case& c) { c.book.exprs[at].operands[i] = model::kNone; }) || smaller;
      }
      smaller = smaller || done;
    }
    for (const model::DefId d : reached(case_.book, norm_).definitions) {
      while (case_.book.definitions[static_cast<std::size_t>(d)].alternatives.size() > 1 &&
             attempt([&](Case& c) { c.book.definitions[static_cast<std::size_t>(d)].alternatives.pop_back(); })) {
        smaller = true;
      }
    }
    for (std::size_t r = 0; r < case_.book.regulations.size(); ++r) {
      for (std::size_t i = 0; i < case_.book.regulations[r].derivations.size(); ++i) {
        const auto drop = [&](model::ExprId model::Derivation::*part) {
          if (case_.book.regulations[r].derivations[i].*part == model::kNone) return;
          smaller = attempt([&](Case& c) { c.book.regulations[r].derivations[i].*part = model::kNone; }) || smaller;
        };
        drop(&model::Derivation::excused);
        drop(&model::Derivation::horizon);
        drop(&model::Derivation::tolerance);
      }
    }
    return smaller;
  }

  bool rows() {
    bool smaller = false;
    for (std::size_t e = 0; e < case_.facts.tables.size(); ++e) {
      for (fact::Row row = case_.facts.tables[e].size; row-- > 0;) {
        smaller = attempt([&](Case& c) { remove(c, static_cast<model::EntityId>(e), row); }) || smaller;
      }
    }
    return smaller;
  }

  // The row, what it owns, and every mention of them.
  static void remove(Case& c, model::EntityId entity, fact::Row row) {
    fact::Table& table = c.facts.tables[static_cast<std::size_t>(entity)];
    for (std::size_t o = 0; o < c.facts.tables.size(); ++o) {
      const model::Entity& owned = c.book.vocabulary.entities[o];
      if (owned.owner != entity || owned.derived) continue;
      for (fact::Row r = c.facts.tables[o].size; r-- > 0;) {
        const fact::Column& owner = c.facts.tables[o].columns[static_cast<std::size_t>(owned.owner_field)];
        if (owner.state[static_cast<std::size_t>(r)] == fact::kValue && owner.lo[static_cast<std::size_t>(r)] == row) {
          remove(c, static_cast<model::EntityId>(o), r);
        }
      }
    }
    const auto erase = [&](auto& values) {
      if (!values.empty()) values.erase(values.begin() + row);
    };
    for (fact::Column& column : table.columns) {
      erase(column.state);
      for (auto* values : {&column.lo, &column.hi, &column.end_lo, &column.end_hi}) erase(*values);
    }
    for (fact::List& list : table.lists) erase(list.through);
    erase(table.origins);
    --table.size;
    if (row < table.owned) --table.owned;
    for (std::size_t e = 0; e < c.facts.tables.size(); ++e) {
      const model::Entity& other = c.book.vocabulary.entities[e];
      for (std::size_t f = 0; f < other.fields.size(); ++f) {
        if (other.fields[f].type != Type{TypeKind::reference, entity}) continue;
        fact::Column& column = c.facts.tables[e].columns[f];
        for (std::size_t r = 0; r < column.state.size(); ++r) {
          if (column.state[r] != fact::kValue || column.lo[r] < row) continue;
          if (column.lo[r] == row) {
            column.state[r] = fact::kNothing;
          } else {
            --column.lo[r];
            if (!column.hi.empty()) --column.hi[r];
          }
        }
      }
    }
    std::vector<std::vector<std::vector<std::int64_t>>> through;
    for (const fact::Table& t : c.facts.tables) {
      auto& lists = through.emplace_back();
      for (const fact::List& list : t.lists) lists.push_back(list.through);
    }
    Build{c.book, c.facts}.link(fact::kMax);
    for (std::size_t e = 0; e < through.size(); ++e) {
      for (std::size_t f = 0; f < through[e].size(); ++f) c.facts.tables[e].lists[f].through = through[e][f];
    }
  }

  bool cells() {
    bool smaller = false;
    for (std::size_t e = 0; e < case_.facts.tables.size(); ++e) {
      for (std::size_t f = 0; f < case_.facts.tables[e].columns.size(); ++f) {
        const model::Field& field = case_.book.vocabulary.entities[e].fields[f];
        if (field.kind != model::FieldKind::stored || case_.facts.tables[e].columns[f].state.empty()) continue;
        const bool is_truth = field.type.kind == TypeKind::truth;
        const auto empty = [&](fact::Column& column) {
          fact::Column before = column;
          for (std::size_t r = 0; r < column.state.size(); ++r) {
            if (is_truth) column.lo[r] = fact::kFalse;
            column.state[r] = is_truth ? static_cast<std::uint8_t>(fact::kFalse) : static_cast<std::uint8_t>(fact::kNothing);
          }
          return before.lo != column.lo || before.state != column.state;
        };
        fact::Column copy = case_.facts.tables[e].columns[f];
        if (!empty(copy)) continue;
        smaller = attempt([&](Case& c) { empty(c.facts.tables[e].columns[f]); }) || smaller;
      }
    }
    return smaller;
  }

  Case case_;
  const Evaluate& evaluate_;
  model::NormId norm_ = model::kNone;
  int attempts_ = 4000;
};

}  // namespace

Case shrink(Case c, const Evaluate& evaluate) {
  return Shrinker(std::move(c), evaluate).run();
}

}  // namespace jianlu::differential
