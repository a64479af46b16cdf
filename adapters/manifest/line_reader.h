// One line of JSON lines: the fast way into a sink (fact::Builder, fact::Recorder), or as a manifest.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <string_view>
#include <utility>

#include "adapters/manifest/blocks.h"
#include "adapters/manifest/faults.h"
#include "adapters/manifest/json_row.h"
#include "adapters/manifest/line_tree.h"
#include "adapters/manifest/manifest.h"

namespace jianlu::manifest {

static_assert(Block::padding >= simdjson::SIMDJSON_PADDING);

template <typename Sink>
class LineReader {
 public:
  LineReader(std::int32_t source, const model::Vocabulary& vocabulary, const calendar::Zone& zone, Sink& sink)
      : source_(source), vocabulary_(vocabulary), shapes_(vocabulary), clock_(zone), sink_(sink), row_(shapes_, clock_, sink) {}

  // row: a document of `only`, or of any ledger where that is kNone, went into the sink. manifest: see manifest().
  enum class Got { nothing, row, manifest };
  Got read(std::string_view line, std::size_t readable, std::size_t number, model::EntityId only) {
    if (line.find_first_not_of(" \t") == std::string_view::npos) return Got::nothing;
    const fact::Origin origin{source_, static_cast<std::int32_t>(number)};
    if (simdjson::validate_utf8(line) && row_.read(line, only, origin)) return Got::row;
    sink_.undo();
    return general(line, readable, origin);
  }
  Got refuse(std::size_t number, Fault fault) {
    fact::Problem problem;
    problem.origin = {source_, static_cast<std::int32_t>(number)};
    problem.what = std::move(fault.what);
    problem.mend = std::move(fault.mend);
    manifest_ = {};
    manifest_.problems.push_back(std::move(problem));
    manifest_.doubts.push_back({});
    return Got::manifest;
  }
  Manifest& manifest() { return manifest_; }
  std::size_t generals() const { return generals_; }

 private:
  Got general(std::string_view line, std::size_t readable, fact::Origin origin) {
    ++generals_;
    Tree tree(line, origin.line);
    yaml::Node root;
    simdjson::ondemand::document document;
    const auto number = static_cast<std::size_t>(origin.line);
    const auto error = parser_.iterate(line.data(), line.size(), readable).get(document);
    if (error) return refuse(number, not_json(simdjson::error_message(error)));
    if (!tree.read(document, root)) return refuse(number, not_json(tree.why()));
    manifest_ = read_line(root, source_, vocabulary_, clock_.zone());
    if (manifest_.zone) clock_.set_zone(*manifest_.zone);
    return Got::manifest;
  }

  std::int32_t source_;
  const model::Vocabulary& vocabulary_;
  Shapes shapes_;
  Clock clock_;
  Sink& sink_;
  JsonRow<Sink> row_;
  simdjson::ondemand::parser parser_;
  Manifest manifest_;
  std::size_t generals_ = 0;
};

}  // namespace jianlu::manifest
