#include "tests/differential/generate.h"

#include <algorithm>
#include <random>

#include "tests/differential/build.h"

namespace jianlu::differential {
namespace {

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

  void run() {
    settings();
    vocabulary();
    regulations();
    for (int i = 0; i < 8; ++i) definition();
    for (int r = 0; r < static_cast<int>(case_.book.regulations.size()); ++r) {
      derivation(r);
      for (int i = 0; i < 4; ++i) norms(r);
    }
    facts();
  }

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

  void settings() {
    static const std::vector<calendar::Date> days{{2024, 2, 27}, {2024, 3, 8}, {2024, 12, 28}};
    base_ = calendar::Instant{calendar::to_day(one_of(days))} * 24 * hour;
    case_.as_of = base_ + pick(60) * 2 * hour + (chance(20) ? pick(3) - 1 : 0);
    static const std::vector<int> levels{0, 2, 5, 12, 30};
    unknown_ = one_of(levels);
    nothing_ = one_of(levels);
    bounds_ = one_of(levels);
    open_ = one_of(levels) * 2;
    if (chance(70)) {
      calendar::YearNotice notice{2024, {}, {calendar::to_day({2024, 2, 29}), calendar::to_day({2024, 3, 11})},
                                  {calendar::to_day({2024, 3, 2})}};
      case_.working = calendar::WorkingDays({notice});
    }
  }

  // ---- vocabulary
  void vocabulary() {
    for (int i = 0; i < 2; ++i) {
      model::Enumeration& e = case_.book.vocabulary.enums.emplace_back();
      for (int v = 0; v < kEnumValues; ++v) e.values.push_back({std::to_string(v), std::to_string(v)});
    }
    unit_ = build_.entity("unit");
    session_ = build_.entity("session");
    clip_ = build_.entity("clip", session_);
    mark_ = build_.entity("mark", clip_);
    device_ = build_.entity("device", unit_);
    gap_ = build_.entity("gap", session_);
    stored_ = {unit_, session_, clip_, mark_, device_};
    for (const EntityId e : stored_) {
      for (const Type type : {kTruth, kTruth, kNumber, kNumber, kText, kInstant, kInstant, kDuration, kInterval,
                              Type{TypeKind::enum_value, 0}, Type{TypeKind::enum_value, 1}, Type{TypeKind::enum_set, 0},
                              Type{TypeKind::enum_set, 1}}) {
        build_.field(e, "f" + std::to_string(entity(e).fields.size()), type);
      }
      build_.field(e, "other", {TypeKind::reference, one_of(stored_)});
    }
    for (const EntityId e : {session_, clip_, device_}) {
      const FieldId back = build_.field(e, "unit", {TypeKind::reference, unit_});
      build_.list(unit_, entity(e).name.en + "_of_unit", e, back);
    }
    for (const EntityId e : stored_) {
      if (chance(20)) continue;   // governing time through the owner, or none at all
      entity(e).time = field_of(e, chance(50) ? kInstant : kInterval);
    }
    entity(gap_).derived = true;
    gap_fields_ = {build_.field(gap_, "start", kInstant), build_.field(gap_, "end", kInstant),
                   build_.field(gap_, "length", kDuration), build_.field(gap_, "previous", {TypeKind::reference, clip_}),
                   build_.field(gap_, "next", {TypeKind::reference, clip_})};
    build_.tables();
  }

  FieldId field_of(EntityId e, Type type) {
    std::vector<FieldId> fields;
    for (std::size_t f = 0; f < entity(e).fields.size(); ++f) {
      if (entity(e).fields[f].type == type) fields.push_back(static_cast<FieldId>(f));
    }
    return fields.empty() ? kNone : one_of(fields);
  }

  void regulations() {
    static const std::vector<std::string> names{"Asia/Shanghai", "UTC", "America/New_York"};
    for (int r = 1 + pick(2); r > 0; --r) {
      model::Regulation& regulation = case_.book.regulations.emplace_back();
      regulation.zone = one_of(names);
      case_.zones.push_back(*calendar::Zone::find(regulation.zone));
      if (chance(30)) regulation.in_force_from = base_ + pick(20) * 2 * hour;
    }
  }

  // ---- expressions; every function ends, because depth falls and what cannot be had becomes a literal
  ExprId literal(Type type) {
    switch (type.kind) {
      case TypeKind::truth: return build_.truth(chance(50));
      case TypeKind::number: return build_.number(some_number());
      case TypeKind::duration: return build_.duration(some_duration());
      case TypeKind::instant: return build_.instant(some_instant());
      case TypeKind::text: return build_.text(some_text());
      case TypeKind::enum_value: return build_.literal(Op::enum_value, type, pick(kEnumValues));
      case TypeKind::enum_set: return build_.literal(Op::enum_set, type, pick(1 << kEnumValues));
      case TypeKind::interval: return build_.make(Op::make_interval, kInterval, {literal(kInstant), literal(kInstant)});
      case TypeKind::period: {
        model::Expr e;
        e.op = Op::period;
        e.type = kPeriod;
        e.period = some_period();
        return build_.make(std::move(e));
      }
      default: return kNone;
    }
  }

  // A reference to a row of `of`; kNone where none can be had.
  ExprId reference(EntityId of, const Scope& scope, int depth) {
    std::vector<VarId> direct;
    for (const VarId v : scope) {
      if (entity_of(v) == of) direct.push_back(v);
    }
    if (!direct.empty() && !chance(depth > 0 ? 15 : 0)) return build_.variable(one_of(direct));
    std::vector<std::pair<VarId, FieldId>> reads;
    for (const VarId v : scope) {
      const auto& fields = entity(entity_of(v)).fields;
      for (std::size_t f = 0; f < fields.size(); ++f) {
        if (fields[f].type == Type{TypeKind::reference, of}) reads.emplace_back(v, static_cast<FieldId>(f));
      }
    }
    if (depth > 0 && chance(25)) {
      if (const ExprId called = call({TypeKind::reference, of}, scope, depth - 1); called != kNone) return called;
    }
    if (reads.empty()) return direct.empty() ? kNone : build_.variable(one_of(direct));
    const auto [v, f] = one_of(reads);
    return build_.read(build_.variable(v), f);
  }

  // Some row in scope, as a rule a variable.
  ExprId any_row(const Scope& scope, int depth) {
    return reference(chance(80) ? entity_of(one_of(scope)) : one_of(stored_), scope, depth);
  }

  ExprId field(Type type, const Scope& scope, int depth) {
    for (int attempt = 0; attempt < 4; ++attempt) {
      const ExprId row = any_row(scope, depth);
      if (row == kNone) continue;
      const FieldId f = field_of(case_.book.expr(row).type.of, type);
      if (f != kNone) return build_.read(row, f);
    }
    return literal(type);
  }

  ExprId list(const Scope& scope, int depth, EntityId of = kNone) {
    for (int attempt = 0; attempt < 6; ++attempt) {
      const ExprId row = any_row(scope, depth);
      if (row == kNone) continue;
      std::vector<FieldId> lists;
      const auto& fields = entity(case_.book.expr(row).type.of).fields;
      for (std::size_t f = 0; f < fields.size(); ++f) {
        if (fields[f].kind != model::FieldKind::list || (of != kNone && fields[f].list_of != of)) continue;
        if (fields[f].list_of == gap_ && no_gaps_) continue;   // no derivation may rest on itself
        lists.push_back(static_cast<FieldId>(f));
      }
      if (!lists.empty()) return build_.read(row, one_of(lists));
    }
    return kNone;
  }

  ExprId quantifier(Op op, Type type, Type body, const Scope& scope, int depth) {
    const ExprId rows = list(scope, depth);
    if (rows == kNone) return literal(type);
    const VarId v = build_.var(case_.book.expr(rows).type.of);
    Scope inside = scope;
    inside.push_back(v);
    const bool has_body = op != Op::count && !(op == Op::any && chance(30));
    const ExprId filter = chance(50) ? make(kTruth, inside, depth - 2) : kNone;
    const ExprId value = has_body ? make(body, inside, depth - 2) : kNone;
    const ExprId horizon = chance(40) ? make(kInstant, scope, std::min(depth - 2, 1)) : kNone;
    return build_.quantify(op, type, rows, v, filter, value, horizon);
  }

  ExprId call(Type type, const Scope& scope, int depth) {
    std::vector<DefId> fitting;
    for (DefId d = 0; d < definitions_; ++d) {
      if (no_gaps_ && rests_on_gaps_[static_cast<std::size_t>(d)]) continue;
      if (case_.book.definitions[static_cast<std::size_t>(d)].result == type) fitting.push_back(d);
    }
    if (fitting.empty()) return kNone;
    const DefId d = one_of(fitting);
    std::vector<ExprId> arguments;
    for (const VarId p : case_.book.definitions[static_cast<std::size_t>(d)].parameters) {
      arguments.push_back(reference(entity_of(p), scope, depth));
      if (arguments.back() == kNone) return kNone;
    }
    if (chance(30)) arguments.push_back(make(kInstant, scope, std::min(depth, 1)));
    uses_gaps_ = uses_gaps_ || rests_on_gaps_[static_cast<std::size_t>(d)];
    return build_.call(d, std::move(arguments));
  }

  ExprId make(Type type, const Scope& scope, int depth) {
    if (scope.empty()) return literal(type);
    if (depth <= 0) return leaf(type, scope);
    if (chance(15)) {
      if (const ExprId called = call(type, scope, depth - 1); called != kNone) return called;
    }
    if (chance(20)) return leaf(type, scope);
    const auto two = [&](Op op, Type operand) {
      const ExprId a = make(operand, scope, depth - 1);
      return build_.make(op, type, {a, make(operand, scope, depth - 1)});
    };
    const auto mixed = [&](Op op, Type a, Type b) {
      const ExprId first = make(a, scope, depth - 1);
      return build_.make(op, type, {first, make(b, scope, depth - 1)});
    };
    const auto one = [&](Op op, Type operand) { return build_.make(op, type, {make(operand, scope, depth - 1)}); };
    switch (type.kind) {
      case TypeKind::truth: return truth(scope, depth);
      case TypeKind::number:
        switch (pick(13)) {
          case 0: return one(Op::negate, kNumber);
          case 1: return two(Op::add, kNumber);
          case 2: return two(Op::subtract, kNumber);
          case 3: return two(Op::multiply, kNumber);
          case 4: return two(Op::divide, kNumber);
          case 5: return two(chance(50) ? Op::later : Op::earlier, kNumber);
          case 6: return two(Op::distance, kNumber);
          case 7: return compared(Op::similarity, type, scope, depth);
          case 8:
          case 9: return quantifier(Op::count, type, kTruth, scope, depth);
          case 10: return quantifier(Op::sum, type, kNumber, scope, depth);
          case 11: return quantifier(chance(50) ? Op::earliest : Op::latest, type, kNumber, scope, depth);
          default: return leaf(type, scope);
        }
      case TypeKind::duration:
        switch (pick(13)) {
          case 0: return one(Op::negate, kDuration);
          case 1: return two(Op::add, kDuration);
          case 2: return two(Op::subtract, kDuration);
          case 3: return two(Op::subtract, kInstant);
          case 4: return mixed(Op::multiply, kNumber, kDuration);
          case 5: return mixed(Op::multiply, kDuration, kNumber);
          case 6: return mixed(Op::divide, kDuration, kNumber);
          case 7: return two(chance(50) ? Op::later : Op::earlier, kDuration);
          case 8: return two(Op::distance, kInstant);
          case 9:
          case 10: return one(Op::total_length, kSet);
          case 11: return quantifier(Op::sum, type, kDuration, scope, depth);
          default: return quantifier(chance(50) ? Op::earliest : Op::latest, type, kDuration, scope, depth);
        }
      case TypeKind::instant:
        switch (pick(11)) {
          case 0: return one(Op::interval_start, kInterval);
          case 1: return one(Op::interval_end, kInterval);
          case 2: return mixed(Op::add, kInstant, kDuration);
          case 3: return mixed(Op::subtract, kInstant, kDuration);
          case 4: return two(chance(50) ? Op::later : Op::earlier, kInstant);
          case 5: return one(Op::end_of_day, kInstant);
          case 6: return one(Op::start_of_day, kInstant);
          case 7:
          case 8: {
            const ExprId sum = mixed(Op::add_period, kInstant, kPeriod);
            case_.book.exprs[static_cast<std::size_t>(sum)].rollover = chance(50);
            return sum;
          }
          case 9: return quantifier(Op::earliest, type, kInstant, scope, depth);
          default: return quantifier(Op::latest, type, kInstant, scope, depth);
        }
      case TypeKind::enum_set: return two(Op::set_union, type);
      case TypeKind::interval: return two(Op::make_interval, kInstant);
      case TypeKind::interval_set: return chance(50) ? merged(scope, depth) : set_of_time(scope, depth);
      default: return leaf(type, scope);
    }
  }

  ExprId set_of_time(const Scope& scope, int depth) {
    static const std::vector<Op> ops{Op::interval_union, Op::interval_intersection, Op::interval_difference};
    const auto side = [&] { return make(chance(35) ? kInterval : kSet, scope, depth - 1); };
    const ExprId a = side();
    return build_.make(one_of(ops), kSet, {a, side()});
  }

  ExprId merged(const Scope& scope, int depth) {
    const ExprId rows = list(scope, depth);
    if (rows != kNone) {
      const VarId v = build_.var(case_.book.expr(rows).type.of);
      Scope inside = scope;
      inside.push_back(v);
      const ExprId filter = chance(30) ? make(kTruth, inside, depth - 2) : kNone;
      return build_.quantify(Op::merged, kSet, rows, v, filter, make(kInterval, inside, std::min(depth - 1, 1)));
    }
    // Nothing to run over from here: through a reference that is never far.
    const ExprId session = reference(session_, scope, 0), unit = reference(unit_, scope, 0);
    const ExprId row = session != kNone ? session : unit != kNone ? unit : build_.variable(one_of(scope));
    return merged_of(row);
  }

  ExprId merged_of(ExprId row) {
    const auto& fields = entity(case_.book.expr(row).type.of).fields;
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (fields[f].kind != model::FieldKind::list || fields[f].list_of == gap_) continue;
      const VarId v = build_.var(fields[f].list_of);
      const ExprId body = build_.read(build_.variable(v), field_of(fields[f].list_of, kInterval));
      return build_.quantify(Op::merged, kSet, build_.read(row, static_cast<FieldId>(f)), v, kNone, body);
    }
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (fields[f].type.kind == TypeKind::reference) return merged_of(build_.read(row, static_cast<FieldId>(f)));
    }
    return kNone;
  }

  ExprId leaf(Type type, const Scope& scope) {
    if (type.kind == TypeKind::interval_set) return merged(scope, 1);
    if (type.kind == TypeKind::period) return literal(type);
    if (type.kind == TypeKind::instant && chance(8)) return build_.make(Op::as_of, kInstant, {});
    if (type.kind == TypeKind::truth && chance(4)) return ruled_on(scope);
    if (type.kind == TypeKind::truth && chance(15)) {
      const Type of = given_type();
      return build_.make(Op::is_given, kTruth, {field(of, scope, 0)});
    }
    return chance(type.kind == TypeKind::truth ? 6 : 25) ? literal(type) : field(type, scope, 0);
  }

  // Against a text, or a template of several.
  ExprId compared(Op op, Type type, const Scope& scope, int depth) {
    std::vector<ExprId> texts;
    for (int n = chance(40) ? 3 + pick(2) : 2; n > 0; --n) texts.push_back(make(kText, scope, depth - 1));
    return build_.make(op, type, std::move(texts));
  }

  ExprId ruled_on(const Scope& scope) {
    const ExprId read = field(given_type(), scope, 1);
    return case_.book.expr(read).op == Op::field ? build_.make(Op::is_ruled_on, kTruth, {read}) : literal(kTruth);
  }

  Type given_type() {
    static const std::vector<Type> types{kNumber, kText, kInstant, kDuration, kInterval, {TypeKind::enum_value, 0}, {TypeKind::enum_set, 1}, kTruth};
    return one_of(types);
  }

  ExprId truth(const Scope& scope, int depth) {
    const auto node = [&](Op op, Type a, Type b) {
      const ExprId first = make(a, scope, depth - 1);
      return build_.make(op, kTruth, {first, make(b, scope, depth - 1)});
    };
    const Type value{TypeKind::enum_value, pick(2)}, set{TypeKind::enum_set, value.of};
    switch (pick(20)) {
      case 0: return build_.make(Op::logical_not, kTruth, {make(kTruth, scope, depth - 1)});
      case 1:
      case 2: {
        std::vector<ExprId> operands;
        for (int n = 2 + pick(2); n > 0; --n) operands.push_back(make(kTruth, scope, depth - 1));
        return build_.make(chance(50) ? Op::logical_and : Op::logical_or, kTruth, std::move(operands));
      }
      case 3: {
        static const std::vector<Type> types{kNumber, kInstant, kDuration, kText, kTruth, kInterval};
        const Type type = chance(20) ? value : one_of(types);
        return node(chance(50) ? Op::equal : Op::not_equal, type, type);
      }
      case 4: {
        const EntityId of = one_of(stored_);
        const ExprId a = reference(of, scope, depth), b = reference(of, scope, depth);
        if (a == kNone || b == kNone) return leaf(kTruth, scope);
        return build_.make(chance(50) ? Op::equal : Op::not_equal, kTruth, {a, b});
      }
      case 5:
      case 6:
      case 7: {
        static const std::vector<Type> types{kNumber, kInstant, kDuration};
        static const std::vector<Op> ops{Op::less, Op::less_equal, Op::greater, Op::greater_equal};
        const Type type = one_of(types);
        return node(one_of(ops), type, type);
      }
      case 8: return node(Op::is_in, value, set);
      case 9: return node(chance(50) ? Op::has_any : Op::has_all, set, set);
      case 10: return node(Op::covers, kInterval, kInterval);
      case 11: return node(Op::overlaps, kInterval, kInterval);
      case 12: return node(Op::set_covers, kSet, kInterval);
      case 13: return compared(Op::contains, kTruth, scope, depth);
      case 14: return node(Op::same_day, kInstant, kInstant);
      case 15: return build_.make(Op::is_given, kTruth, {make(given_type(), scope, depth - 1)});
      case 16:
      case 17: return quantifier(Op::any, kTruth, kTruth, scope, depth);
      case 18: return quantifier(Op::every, kTruth, kTruth, scope, depth);
      default: return node(Op::less, {TypeKind::number}, {TypeKind::number});
    }
  }

  // ---- declarations
  void definition() {
    model::Definition d;
    const DefId id = definitions_;
    static const std::vector<DefKind> kinds{DefKind::definition, DefKind::definition, DefKind::definition, DefKind::ground,
                                            DefKind::act, DefKind::interpretation, DefKind::exemption};
    d.kind = one_of(kinds);
    uses_gaps_ = false;
    no_gaps_ = chance(50);   // leaves definitions that derivations may call
    Scope scope;
    if (d.kind != DefKind::interpretation) {
      for (int n = chance(20) ? 2 : 1; n > 0; --n) {
        d.parameters.push_back(build_.var(chance(10) && !no_gaps_ ? gap_ : one_of(stored_)));
        if (entity_of(d.parameters.back()) == gap_) uses_gaps_ = true;
      }
      scope = d.parameters;
    }
    static const std::vector<Type> results{kTruth, kNumber, kText, kInstant, kDuration, kInterval, {TypeKind::enum_value, 0},
                                           {TypeKind::enum_set, 0}, {TypeKind::enum_set, 1}, kSet};
    static const std::vector<Type> constants{kNumber, kDuration, kPeriod, {TypeKind::enum_set, 1}, kTruth};
    const bool is_truth = d.kind == DefKind::ground || d.kind == DefKind::act || d.kind == DefKind::exemption;
    d.result = is_truth ? kTruth : d.kind == DefKind::interpretation ? one_of(constants) : one_of(results);
    if (d.kind == DefKind::definition && chance(10)) d.result = {TypeKind::reference, one_of(stored_)};
    const auto value = [&] {
      if (d.result.kind == TypeKind::reference) return reference(d.result.of, scope, 1);
      return make(d.result, scope, 2);
    };
    switch (d.kind) {
      case DefKind::definition: {
        const int exceptions = pick(4);
        for (int i = 0; i <= exceptions; ++i) {
          model::Alternative a;
          a.value = value();
          if (a.value == kNone) return;
          if (i > 0) a.when = make(kTruth, scope, 1);
          d.alternatives.push_back(a);
        }
        break;
      }
      case DefKind::ground:
        for (int n = 1 + pick(3); n > 0; --n) d.alternatives.push_back({{}, false, make(kTruth, scope, 2), kNone, {}});
        break;
      case DefKind::exemption: d.alternatives.push_back({{}, false, make(kTruth, scope, 2), kNone, {}}); break;
      default: d.alternatives.push_back({{}, false, kNone, value(), {}}); break;
    }
    no_gaps_ = false;
    d.name = {"d" + std::to_string(id), "d" + std::to_string(id)};
    case_.book.definitions.push_back(d);
    rests_on_gaps_.push_back(uses_gaps_ || reads_gaps(d));
    ++definitions_;
  }

  bool reads_gaps(const model::Definition& d) {
    for (const model::Alternative& a : d.alternatives) {
      if (reads_gaps(a.when) || reads_gaps(a.value)) return true;
    }
    return false;
  }
  bool reads_gaps(ExprId id) {
    if (id == kNone) return false;
    const model::Expr& e = case_.book.expr(id);
    if (e.op == Op::list && e.type.of == gap_) return true;
    if (e.op == Op::call && rests_on_gaps_[static_cast<std::size_t>(e.definition)]) return true;
    return std::any_of(e.operands.begin(), e.operands.end(), [&](ExprId o) { return reads_gaps(o); });
  }

  void derivation(int r) {
    no_gaps_ = true;
    model::Derivation d;
    d.entity = gap_;
    d.subject = build_.var(session_);
    const Scope scope{d.subject};
    d.within = chance(60) ? build_.read(build_.variable(d.subject), field_of(session_, kInterval)) : make(kInterval, scope, 2);
    if (chance(50)) d.excused = make(kSet, scope, 2);
    d.covering_var = build_.var(clip_);
    d.covering_list = build_.read(build_.variable(d.subject), entity(clip_).owner_list);
    const Scope covering{d.subject, d.covering_var};
    d.covering_interval =
        chance(80) ? build_.read(build_.variable(d.covering_var), field_of(clip_, kInterval)) : make(kInterval, covering, 1);
    if (chance(40)) d.horizon = make(kInstant, scope, 1);
    if (chance(70)) d.tolerance = chance(80) ? build_.duration(pick(4) * 2 * hour) : make(kDuration, scope, 1);
    d.start = gap_fields_[0], d.end = gap_fields_[1], d.length = gap_fields_[2], d.previous = gap_fields_[3], d.next = gap_fields_[4];
    case_.book.regulations[static_cast<std::size_t>(r)].derivations.push_back(d);
    no_gaps_ = false;
  }

  model::Norm norm(EntityId subject, bool pair) {
    model::Norm n;
    n.subject = build_.var(subject);
    Scope scope{n.subject};
    if (pair) {
      const ExprId rows = subject == session_ && chance(60) ? build_.read(build_.variable(n.subject), entity(gap_).owner_list)
                                                           : stored_list(scope);
      if (rows != kNone) {
        n.list = rows;
        n.element = build_.var(case_.book.expr(rows).type.of);
        scope.push_back(n.element);
      }
    }
    n.governing = chance(70) ? field(kInstant, {n.subject}, 0) : make(kInstant, scope, 1);
    if (chance(70)) n.when = make(kTruth, scope, 1 + pick(2));
    if (chance(15)) n.valid_from = base_ + pick(30) * 2 * hour;
    if (chance(15)) n.valid_until = base_ + (20 + pick(30)) * 2 * hour;
    return n;
  }

  ExprId stored_list(const Scope& scope) {
    no_gaps_ = true;
    const ExprId rows = list(scope, 0);
    no_gaps_ = false;
    return rows;
  }

  Scope scope_of(const model::Norm& n) {
    Scope scope{n.subject};
    if (n.element != kNone) scope.push_back(n.element);
    return scope;
  }

  void add_unless(model::Norm& n) {
    for (int count = chance(40) ? 1 + pick(2) : 0; count > 0; --count) {
      model::Unless u;
      u.condition = make(kTruth, scope_of(n), 2);
      if (chance(50)) u.claim_deadline = make(kInstant, scope_of(n), 1);
      n.unless.push_back(u);
    }
  }

  void norms(int r) {
    static const std::vector<int> subjects{1, 1, 1, 2, 2, 0, 3, 4};
    const EntityId subject = stored_[static_cast<std::size_t>(one_of(subjects))];
    const bool pair = (subject == session_ || subject == unit_ || subject == clip_) && chance(40);
    model::Norm n = norm(subject, pair);
    std::vector<NormId> bans;
    if (chance(50)) {
      // On the rows of the duty, on its first row while it is about a pair, on its second, or the other way round.
      const bool second = n.element != kNone && entity_of(n.element) != gap_ && chance(30);
      const EntityId banned = second ? entity_of(n.element) : subject;
      const bool lists = banned == session_ || banned == unit_ || banned == clip_;
      model::Norm ban = norm(banned, lists && (n.element == kNone || chance(60)) && chance(60));
      ban.modality = model::Modality::ban;
      if (chance(70)) ban.when = make(kTruth, scope_of(ban), 1);
      add_unless(ban);
      ban.must = make(kTruth, scope_of(ban), 2);
      bans.push_back(build_.norm(ban, static_cast<std::size_t>(r)));
    }
    if (chance(8)) n.modality = model::Modality::permit;
    n.opposing_bans = bans;
    add_unless(n);
    const Scope scope = scope_of(n);
    if (chance(40)) {
      n.deadline = model::Deadline{chance(60) ? field(kInstant, scope, 0) : make(kInstant, scope, 2), chance(40), {}};
    }
    if (chance(25)) n.await = make(kInstant, scope, 1);
    const ExprId rows = n.deadline && chance(75) ? list(scope, 1) : kNone;
    if (rows != kNone) {
      model::Performance p;
      p.var = build_.var(case_.book.expr(rows).type.of);
      p.list = rows;
      Scope inside = scope;
      inside.push_back(p.var);
      if (chance(60)) p.where = make(kTruth, inside, 1);
      if (chance(45)) {   // plain and early, so that some are late
        n.when = kNone;
        p.where = kNone;
        n.deadline->instant = build_.instant(base_ + pick(8) * 2 * hour);
      }
      p.decisive = chance(80) ? field(kInstant, {p.var}, 0) : make(kInstant, inside, 1);
      n.performance = p;
    } else {
      n.must = make(kTruth, scope, 1 + pick(3));
    }
    build_.norm(n, static_cast<std::size_t>(r));
  }

  // ---- facts
  void facts() {
    for (int i = 1 + pick(4); i > 0; --i) build_.row(unit_);
    for (int i = 2 + pick(8); i > 0; --i) build_.row(session_);
    owned(clip_, session_, 4);
    owned(mark_, clip_, 3);
    owned(device_, unit_, 3);
    for (const EntityId e : stored_) {
      for (Row row = 0; row < table(e).size; ++row) fill(e, row);
    }
    build_.link(kMax);
    for (const EntityId e : {unit_, session_, clip_}) {
      for (fact::List& list : table(e).lists) {
        for (std::int64_t& through : list.through) {
          if (chance(open_)) through = chance(40) ? kMin : some_instant();
        }
      }
    }
    for (const EntityId e : stored_) {
      for (fact::Column& column : table(e).columns) {
        if (column.hi == column.lo && chance(50)) column.hi.clear();
        if (column.end_hi == column.end_lo && chance(50)) column.end_hi.clear();
      }
    }
  }

  void owned(EntityId e, EntityId owner, int most) {
    for (Row row = 0; row < table(owner).size; ++row) {
      for (int i = pick(most + 1); i > 0; --i) build_.row(e, row);
    }
    for (int i = chance(50) ? pick(3) : 0; i > 0; --i) build_.row(e);   // rows without owner come last
  }

  void fill(EntityId e, Row row) {
    const auto& fields = entity(e).fields;
    for (std::size_t f = 0; f < fields.size(); ++f) {
      const auto id = static_cast<FieldId>(f);
      if (fields[f].kind != model::FieldKind::stored) continue;
      const Type type = fields[f].type;
      if (type.kind == TypeKind::truth) {
        build_.set(e, row, id, chance(unknown_) ? kUndecided : chance(50) ? kTrue : kFalse);
        continue;
      }
      if (chance(unknown_)) {
        build_.set_state(e, row, id, kUnknown);
        continue;
      }
      if (chance(nothing_)) continue;
      const auto bounded = [&](std::int64_t value, std::int64_t width) {
        const std::int64_t spread = chance(bounds_) ? (1 + pick(4)) * width : 0;
        build_.set(e, row, id, value, value + spread);
      };
      switch (type.kind) {
        case TypeKind::number: bounded(some_number(), 500'000); break;
        case TypeKind::instant: bounded(some_instant(), 2 * hour); break;
        case TypeKind::duration: bounded(some_duration(), hour); break;
        case TypeKind::text: build_.set(e, row, id, case_.facts.texts.intern(some_text())); break;
        case TypeKind::enum_value: build_.set(e, row, id, pick(kEnumValues)); break;
        case TypeKind::enum_set: build_.set(e, row, id, pick(1 << kEnumValues)); break;
        case TypeKind::reference: {
          const Row size = table(type.of).size;
          if (size > 0) build_.set(e, row, id, pick(size));
          break;
        }
        case TypeKind::interval: {
          const std::int64_t start = some_instant();
          build_.set_interval(e, row, id, start, start + pick(15) * 2 * hour);
          fact::Column& column = table(e).columns[f];
          const auto at = static_cast<std::size_t>(row);
          if (chance(bounds_)) column.hi[at] += pick(3) * hour;
          if (chance(bounds_)) column.end_hi[at] += pick(4) * hour;
          break;
        }
        default: break;
      }
    }
  }

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

}  // namespace

Case copy(const Case& c) {
  Case result;
  result.seed = c.seed;
  result.book = c.book;
  result.facts.tables = c.facts.tables;
  result.facts.sources = c.facts.sources;
  for (std::size_t id = 0; id < c.facts.texts.size(); ++id) result.facts.texts.intern(c.facts.texts[static_cast<std::int64_t>(id)]);
  result.zones = c.zones;
  result.working = c.working;
  result.as_of = c.as_of;
  return result;
}

Case generate(std::uint64_t seed) {
  Case result;
  result.seed = seed;
  Generator(result).run();
  return result;
}

}  // namespace jianlu::differential
