// Cases: what was handed in, at which instant it is judged, and what each norm must say of it. docs/cases.md describes
// the file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/calendar/zone.h"
#include "engine/diag/diag.h"
#include "engine/model/rulebook.h"
#include "engine/outcome/outcome.h"
#include "engine/yaml/document.h"

namespace jianlu::cases {

struct Expectation {
  model::NormId norm = model::kNone;
  std::optional<std::string> subject, element;      // keys of rows
  std::optional<std::string> previous, next;        // of a gap: keys of recordings, empty for none
  std::optional<outcome::Outcome> outcome;          // nothing: the norm has no such row
  std::optional<calendar::Instant> due;             // fact::kMax: open
  std::optional<calendar::Instant> cured;           // fact::kMin: not performed
  std::vector<std::pair<std::int32_t, std::uint8_t>> categories;  // index into the regulation's, a fact::Truth
  int line = 0;
};

// Something wrong with the file: the case that it belongs to is not judged.
struct Fault {
  int line = 0, column = 0;
  diag::Words what;
};

struct Case {
  std::string name;
  calendar::Instant as_of = 0;
  yaml::Node facts;                                  // pieces and own facts joined: the body of a manifest
  std::vector<model::EntityId> undelivered;
  std::vector<Expectation> expect;
  std::vector<Fault> faults;
  int line = 0;
};

struct File {
  std::vector<Case> cases;       // in the order of the file
  std::vector<Fault> faults;     // that belong to no case
};

// `regulation`: index into the rulebook. Any text gives a file; what is wrong with it is a fault.
File read(std::string_view text, const model::Rulebook& book, std::size_t regulation, const calendar::Zone& zone);

// Bodies of manifests joined in order: rows of one ledger with the same key become one row whose fields the later piece
// replaces; deliveries and rows without a key are appended.
yaml::Node join(const std::vector<const yaml::Node*>& pieces, const model::Vocabulary& vocabulary);

}  // namespace jianlu::cases
