// Manifests: what people and systems hand in about sessions, devices, transfers … as YAML (people, one file) or JSON
// lines (bulk, see lines.h). Names may be written in Chinese or in English. docs/manifest.md describes the format.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar/zone.h"
#include "engine/fact/document.h"
#include "engine/fact/problem.h"
#include "engine/model/vocabulary.h"
#include "engine/yaml/document.h"

namespace jianlu::manifest {

struct Manifest {
  std::string bureau;                        // its id; may be empty
  std::optional<calendar::Zone> zone;        // where it names one
  model::EntityId stream = model::kNone;     // JSON lines only: from here on, rows of this ledger alone
  std::vector<fact::Document> documents;     // in the order of the file
  std::vector<fact::Delivery> deliveries;
  std::vector<fact::Doubt> doubts;           // what was kept aside
  std::vector<fact::Problem> problems;       // in the order of the file
};

// `source` goes into every origin; `zone` holds where the manifest names none. A row with an error is kept aside with a
// problem and a doubt, the rest is read on; text that is no YAML of the accepted kind (engine/yaml) gives one problem
// for the file and a doubt about everything.
Manifest read_yaml(std::string_view text, std::int32_t source, const model::Vocabulary& vocabulary,
                   const calendar::Zone& zone);
// A manifest inside another YAML file, such as a case's `given`.
Manifest read_node(const yaml::Node& node, std::int32_t source, const model::Vocabulary& vocabulary,
                   const calendar::Zone& zone);
// A line of JSON lines, as a node: a manifest that may also say `stream`.
Manifest read_line(const yaml::Node& node, std::int32_t source, const model::Vocabulary& vocabulary,
                   const calendar::Zone& zone);

}  // namespace jianlu::manifest
