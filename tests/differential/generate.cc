// What a case is about: vocabulary, facts and settings.
#include "tests/differential/generator.h"

namespace jianlu::differential {

void Generator::run() {
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

void Generator::settings() {
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

void Generator::vocabulary() {
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

FieldId Generator::field_of(EntityId e, Type type) {
  std::vector<FieldId> fields;
  for (std::size_t f = 0; f < entity(e).fields.size(); ++f) {
    if (entity(e).fields[f].type == type) fields.push_back(static_cast<FieldId>(f));
  }
  return fields.empty() ? kNone : one_of(fields);
}

void Generator::regulations() {
  static const std::vector<std::string> names{"Asia/Shanghai", "UTC", "America/New_York"};
  for (int r = 1 + pick(2); r > 0; --r) {
    model::Regulation& regulation = case_.book.regulations.emplace_back();
    regulation.zone = one_of(names);
    case_.zones.push_back(*calendar::Zone::find(regulation.zone));
    if (chance(30)) regulation.in_force_from = base_ + pick(20) * 2 * hour;
  }
}

void Generator::facts() {
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

void Generator::owned(EntityId e, EntityId owner, int most) {
  constexpr int long_list = 3;   // percent: with more rows than are looked at together
  for (Row row = 0; row < table(owner).size; ++row) {
    const int rows = chance(long_list) ? 8 + pick(12) : pick(most + 1);
    for (int i = rows; i > 0; --i) build_.row(e, row);
  }
  for (int i = chance(50) ? pick(3) : 0; i > 0; --i) build_.row(e);   // rows without owner come last
}

void Generator::fill(EntityId e, Row row) {
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
