// What the parts of a made-up archive share.
#pragma once

#include "bench/eval/archive.h"
#include "bench/eval/chance.h"

namespace jianlu::bench {

struct Setting {
  static constexpr int kOfficers = 40, kDevices = 12;   // per unit

  Setting(const model::Vocabulary& vocabulary, fact::Facts& facts, std::int32_t sessions, std::uint64_t seed);

  bool delivered(model::EntityId ledger, std::int64_t unit, calendar::Instant at) const {
    return through[static_cast<std::size_t>(ledger)][static_cast<std::size_t>(unit)] >= at;
  }
  std::int64_t officer(std::int64_t unit) { return unit * kOfficers + chance.below(kOfficers); }
  fact::Row rows(model::EntityId entity, const char* field) {
    const auto f = static_cast<std::size_t>(tables.vocabulary().field(entity, field));
    return static_cast<fact::Row>(tables.table(entity).columns[f].lo.size());
  }

  Tables tables;
  fact::Texts& texts;
  Chance chance;
  std::int32_t sessions;
  calendar::Instant begin = 0, end = 0, as_of = 0;
  std::vector<std::vector<calendar::Instant>> through;   // by ledger and unit
};

void make_sessions(Setting& setting);   // with what they own
void make_papers(Setting& setting);     // complaints, evidence, access, disclosures, case files

}  // namespace jianlu::bench
