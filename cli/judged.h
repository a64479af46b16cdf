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
  std::vector<fact::Delivery> deliveries;   // origin.source: of the facts
};

// All of it. Nothing, after saying so, where the last audit does not cover what the store holds by these rules.
std::optional<Judged> judge_all(Opened& opened, const Options& options);

// One norm about one subject: the row that it belongs to is read with what judging it reads, and nothing else. Nothing,
// after saying so, also where the store has no such row.
std::optional<Judged> judge_one(Opened& opened, model::NormId norm, const finding::Key& key, const Options& options);

// Throws report::Disagreement unless these are the open findings of the ledger under one regulation: all of them and no other.
void require_ledger(Opened& opened, const std::vector<report::Finding>& shown, const std::string& bureau);

report::Sources sources_of(const Opened& opened, const Judged& judged, const Texts& texts, std::int32_t regulation);

}  // namespace jianlu::cli
