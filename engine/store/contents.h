// Reading what was taken in: documents, sources, rows set aside, footage.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/diag/diag.h"
#include "engine/fact/document.h"
#include "engine/store/store.h"

namespace jianlu::store {

struct StoredSource {
  std::int64_t id = 0;
  std::string path, kind, verdict, sha256;       // verdict empty: its reading was broken off
  std::int64_t bytes = 0;
};
// In the order in which they were taken in; only those whose word still counts.
std::vector<StoredSource> sources(Store& store);

// What was read to the end or broken off, as one hash over kind, content and verdict, whatever the order and the paths.
struct TakenIn {
  std::int64_t sources = 0;
  std::string digest;                            // hex
};
TakenIn taken_in(Store& store);

struct StoredDocument {
  model::EntityId entity = model::kNone;
  std::string_view key, bytes;                   // bytes: fact::serialise; valid during the call
  std::int64_t source = 0;                       // StoredSource::id
  std::int32_t line = 0;
};
// The row of that key, by whatever source, with the path of that source; nothing where none said it.
struct StoredRow {
  fact::Document document;
  std::string path;
};
std::optional<StoredRow> row(Store& store, model::EntityId entity, std::string_view key);
// Every row without an owner, and every owned row that came by itself, by entity and key. `entity` kNone: all.
void for_each_document(Store& store, model::EntityId entity, const std::function<void(const StoredDocument&)>& take);

// What is delivered, per ledger and unit the latest instant (origin.source: StoredSource::id); and what is in doubt because rows were kept aside.
std::vector<fact::Delivery> all_deliveries(Store& store);
std::vector<fact::Doubt> all_doubts(Store& store);

struct StoredProblem {
  std::string source;                            // path
  std::int32_t line = 0;
  diag::Words path, what, mend;
};
std::vector<StoredProblem> set_aside(Store& store);

struct StoredFootage {
  std::string sha256, path, verdict, facts;      // facts: in the adapter's own form
  std::string session, recording, how;           // session empty: matched to none
};
std::vector<StoredFootage> footage(Store& store);
// That which this path held when it was last taken in.
std::vector<StoredFootage> footage_at(Store& store, std::string_view path);
std::vector<StoredFootage> footage_with_bytes(Store& store, std::string_view sha256);
// Footage of which at least `least` of the pictures kept (Intake::pictures) are among these.
std::vector<StoredFootage> footage_with_pictures(Store& store, const std::vector<std::uint64_t>& hashes, std::size_t least);

}  // namespace jianlu::store
