// What a store holds, judged as of its last audit, to be shown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/open_store.h"
#include "cli/texts.h"
#include "report/assemble/assemble.h"

namespace jianlu::cli {

struct Judged {
  fact::Facts facts;
  outcome::Context context;
  std::vector<exec::NormVerdicts> verdicts;
  std::vector<finding::Transition> ledger;
};

// All of it. Nothing, after saying so, where the store was never audited.
std::optional<Judged> judge_all(Opened& opened, const Options& options);

// One norm about one subject: the row that it belongs to is read with what judging it reads, and nothing else. Nothing,
// after saying so, also where the store has no such row.
std::optional<Judged> judge_one(Opened& opened, model::NormId norm, const finding::Key& key, const Options& options);

report::Sources sources_of(const Opened& opened, const Judged& judged, const Texts& texts, std::int32_t regulation);

}  // namespace jianlu::cli
