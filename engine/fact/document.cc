#include "engine/fact/document.h"

#include <openssl/sha.h>

#include <algorithm>

#include "engine/fact/builder.h"
#include "engine/fact/bytes.h"
#include "engine/fact/recorder.h"

namespace jianlu::fact {
namespace {

void write_cell(std::string& out, const Cell& cell, model::TypeKind kind) {
  bytes::write(out, static_cast<std::uint64_t>(cell.field));
  if (cell.state != kValue) {
    out.push_back(cell.state == kNothing ? bytes::nothing : bytes::unknown);
  } else if (kind == model::TypeKind::text || kind == model::TypeKind::reference) {
    out.push_back(bytes::text);
    bytes::write(out, cell.text.size());
    out += cell.text;
  } else if (kind == model::TypeKind::interval) {
    out.push_back(bytes::span);
    bytes::write_difference(out, cell.lo);
    bytes::write_after(out, cell.lo, cell.hi);
    bytes::write_after(out, cell.lo, cell.end_lo);
    bytes::write_after(out, cell.end_lo, cell.end_hi);
  } else if (cell.lo != cell.hi) {
    out.push_back(bytes::bound);
    bytes::write_difference(out, cell.lo);
    bytes::write_after(out, cell.lo, cell.hi);
  } else {
    out.push_back(bytes::exact);
    bytes::write_difference(out, cell.lo);
  }
}

template <typename Items, typename Key>
auto sorted(const Items& items, Key key) {
  std::vector<const typename Items::value_type*> order;
  for (const auto& item : items) order.push_back(&item);
  std::stable_sort(order.begin(), order.end(), [&](const auto* a, const auto* b) { return key(*a) < key(*b); });
  return order;
}

}  // namespace

void serialise(const Document& document, const model::Vocabulary& vocabulary, std::string& out) {
  bytes::write(out, static_cast<std::uint64_t>(document.entity));
  bytes::write(out, document.cells.size());
  for (const Cell* cell : sorted(document.cells, [](const Cell& c) { return c.field; })) {
    write_cell(out, *cell, vocabulary.field(document.entity, cell->field).type.kind);
  }
  std::vector<model::EntityId> lost = document.lost;
  std::sort(lost.begin(), lost.end());
  lost.erase(std::unique(lost.begin(), lost.end()), lost.end());
  bytes::write(out, lost.size());
  for (const model::EntityId id : lost) bytes::write(out, static_cast<std::uint64_t>(id));
  bytes::write(out, document.rows.size());
  for (const Document* row : sorted(document.rows, [](const Document& d) { return d.entity; })) {
    serialise(*row, vocabulary, out);
  }
}

std::string serialise(const Document& document, const model::Vocabulary& vocabulary) {
  std::string out;
  serialise(document, vocabulary, out);
  return out;
}

std::optional<Document> deserialise(std::string_view text, const model::Vocabulary& vocabulary, Origin origin) {
  bytes::Cursor in(text);
  std::vector<Problem> problems;
  Recorder recorder(vocabulary, problems);
  if (!bytes::walk(in, vocabulary, model::kNone, origin, recorder) || !in.done() || !recorder.kept()) return std::nullopt;
  return std::move(recorder.document());
}

bool Builder::add(std::string_view text, Origin origin) {
  bytes::Cursor in(text);
  if (bytes::walk(in, vocabulary_, model::kNone, origin, *this)) return true;
  while (!open_.empty()) abandon();
  return false;
}

Digest digest(std::string_view text) {
  Digest result;
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), result.data());
  return result;
}

Digest fingerprint(const model::Vocabulary& vocabulary) {
  std::string out;
  const auto name = [&](const model::Name& n) {
    const std::string whole = n.bureau.empty() ? n.en : n.bureau + "/" + n.en;   // two bureaus' names are never one
    bytes::write(out, whole.size());
    out += whole;
  };
  bytes::write(out, vocabulary.entities.size());
  for (const model::Entity& e : vocabulary.entities) {
    name(e.name);
    bytes::write_difference(out, e.owner);
    bytes::write(out, e.fields.size());
    for (const model::Field& f : e.fields) {
      name(f.name);
      bytes::write(out, static_cast<std::uint64_t>(f.kind));
      bytes::write(out, static_cast<std::uint64_t>(f.type.kind));
      bytes::write_difference(out, f.type.of);
    }
  }
  bytes::write(out, vocabulary.enums.size());
  for (const model::Enumeration& e : vocabulary.enums) {
    name(e.name);
    bytes::write(out, e.values.size());
    for (const model::Name& value : e.values) name(value);
  }
  return digest(out);
}

}  // namespace jianlu::fact
