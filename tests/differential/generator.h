// Inside tests/differential: makes one random rulebook with facts.
#pragma once

#include <algorithm>
#include <random>

#include "tests/differential/build.h"
#include "tests/differential/generate.h"

namespace jianlu::differential {

using calendar::hour;
using fact::kFalse, fact::kTrue, fact::kUndecided, fact::kMin, fact::kMax, fact::kNothing, fact::kUnknown, fact::kValue;
using model::DefKind;
using model::kNone;

constexpr Type kTruth{TypeKind::truth}, kNumber{TypeKind::number}, kText{TypeKind::text}, kInstant{TypeKind::instant},
    kDuration{TypeKind::duration}, kPeriod{TypeKind::period}, kInterval{TypeKind::interval}, kSet{TypeKind::interval_set};
constexpr int kEnumValues = 4;

class Generator {
 public:
  explicit Generator(Case& out) : case_(out), build_{out.book, out.facts}, random_(out.seed) {}

  void run();

 private:
  using Scope = std::vector<VarId>;

  // chance
  int pick(int n) { return static_cast<int>(random_() % static_cast<std::uint64_t>(n)); }
  bool chance(int percent) { return pick(100) < percent; }
  template <class T>
  const T& one_of(const std::vector<T>& choices) {
    return choices[static_cast<std::size_t>(pick(static_cast<int>(choices.size())))];
  }
  model::Entity& entity(EntityId id) { return case_.book.vocabulary.entities[static_cast<std::size_t>(id)]; }
  fact::Table& table(EntityId id) { return case_.facts.tables[static_cast<std::size_t>(id)]; }
  EntityId entity_of(VarId var) { return case_.book.variables[static_cast<std::size_t>(var)].entity; }

  // Few values, so that equal ones and limits meet often
  std::int64_t some_instant() {
    const std::int64_t jitter = chance(15) ? pick(3) - 1 : 0;
    return base_ + pick(49) * 2 * hour + jitter;
  }
  std::int64_t some_duration() { return chance(5) ? -hour : pick(9) * 2 * hour + (chance(10) ? 1 : 0); }
  std::int64_t some_number() {
    if (chance(2)) return 1'000'000'000'000'000'000;
    static const std::vector<std::int64_t> values{-2'000'000, -1'000'000, -333'333, 0, 500'000, 600'000,
                                                  1'000'000,  1'500'000,  2'000'000, 3'000'000};
    return one_of(values);
  }
  std::string some_text() {
    static const std::vector<std::string> values{"您好", "您好。", "您好，我们是水务局", "ＡＢＣ", "abc d", "我们是", "", "水务"};
    return one_of(values);
  }
  calendar::Period some_period() {
    switch (pick(5)) {
      case 0: return {.months = pick(2)};
      case 1: return {.days = pick(4) - 1};
      case 2: return {.working_days = 1 + pick(3)};
      case 3: return {.micros = pick(30) * hour};
      default: return {.months = 1, .days = 1};
    }
  }

  void settings();

  // ---- vocabulary
  void vocabulary();
  FieldId field_of(EntityId e, Type type);
  void regulations();

  // ---- expressions; every function ends, because depth falls and what cannot be had becomes a literal
  ExprId literal(Type type);
  // A reference to a row of `of`; kNone where none can be had.
  ExprId reference(EntityId of, const Scope& scope, int depth);
  // Some row in scope, as a rule a variable.
  ExprId any_row(const Scope& scope, int depth);
  ExprId field(Type type, const Scope& scope, int depth);
  ExprId list(const Scope& scope, int depth, EntityId of = kNone);
  ExprId quantifier(Op op, Type type, Type body, const Scope& scope, int depth);
  ExprId call(Type type, const Scope& scope, int depth);
  ExprId make(Type type, const Scope& scope, int depth);
  ExprId set_of_time(const Scope& scope, int depth);
  ExprId merged(const Scope& scope, int depth);
  ExprId merged_of(ExprId row);
  ExprId leaf(Type type, const Scope& scope);
  // Against a text, or a template of several.
  ExprId compared(Op op, Type type, const Scope& scope, int depth);
  ExprId ruled_on(const Scope& scope);
  Type given_type();
  ExprId truth(const Scope& scope, int depth);

  // ---- declarations
  void definition();
  bool reads_gaps(const model::Definition& d);
  bool reads_gaps(ExprId id);
  void derivation(int r);
  model::Norm norm(EntityId subject, bool pair);
  ExprId stored_list(const Scope& scope);
  Scope scope_of(const model::Norm& n);
  void add_unless(model::Norm& n);
  void norms(int r);

  // ---- facts
  void facts();
  void owned(EntityId e, EntityId owner, int most);
  void fill(EntityId e, Row row);

  Case& case_;
  Build build_;
  std::mt19937_64 random_;
  calendar::Instant base_ = 0;
  int unknown_ = 0, nothing_ = 0, bounds_ = 0, open_ = 0;   // per cent
  EntityId unit_ = kNone, session_ = kNone, clip_ = kNone, mark_ = kNone, device_ = kNone, gap_ = kNone;
  std::vector<EntityId> stored_;
  std::vector<FieldId> gap_fields_;
  DefId definitions_ = 0;
  std::vector<bool> rests_on_gaps_;
  bool no_gaps_ = false, uses_gaps_ = false;
};

}  // namespace jianlu::differential
