// What a source says about one row and the rows that it owns, before it is joined with other sources.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar/instant.h"
#include "engine/fact/fact.h"
#include "engine/model/vocabulary.h"

namespace jianlu::fact {

// One stated cell. A field that a document does not mention has no cell: what that means is decided when the facts of
// all sources are joined (presence, deliveries).
struct Cell {
  model::FieldId field = model::kNone;
  std::uint8_t state = kValue;  // kNothing: looked and found none; kUnknown: said to be unknown
  // As in Column; exact values have lo == hi. The end of an interval is in end_lo, end_hi.
  std::int64_t lo = 0, hi = 0, end_lo = 0, end_hi = 0;
  std::string text;             // of a text field; of a reference or owner field, the key of the row meant
  bool operator==(const Cell&) const = default;
};

struct Document {
  model::EntityId entity = model::kNone;
  Origin origin;
  std::vector<Cell> cells;
  std::vector<Document> rows;             // owned, in the order given
  // Ledgers of which rows are missing, so that absence proves nothing there: owned ones, of this row (a row was kept
  // aside); or ones that this row's owner owns as well, of that owner (what was said in this recording is not known).
  std::vector<model::EntityId> lost;
};

// A ledger was handed in complete through an instant, for one unit (the key of its row).
struct Delivery {
  model::EntityId ledger = model::kNone;
  std::string unit;
  calendar::Instant through = kMin;
  std::string by;                         // who says so
  Origin origin;
};

// Rows were kept aside: lists of their ledger may lack them.
struct Doubt {
  model::EntityId ledger = model::kNone;  // kNone: it is not even known whose row it was
  std::string unit;                       // empty: not known
  // The owner, by key, of the one list that may lack rows of this owned ledger (a clip that cannot be read, or that fits two
  // sessions); empty: lists of the unit.
  std::string owner;
};

// One byte string per content: cells by field, owned rows by ledger and then as given, origins left out. Two documents
// say the same if and only if their bytes are equal. Field numbers are the vocabulary's: see `fingerprint`.
std::string serialise(const Document& document, const model::Vocabulary& vocabulary);
// Appends to `bytes`.
void serialise(const Document& document, const model::Vocabulary& vocabulary, std::string& bytes);
// The reverse; every row gets `origin`. Nothing where the bytes are no document of this vocabulary.
std::optional<Document> deserialise(std::string_view bytes, const model::Vocabulary& vocabulary, Origin origin);

using Digest = std::array<std::uint8_t, 32>;  // SHA-256
Digest digest(std::string_view bytes);
// Of everything in the vocabulary that the bytes of a document lean on: entities, fields, types, enum values, by
// number and English name. Bytes written under another fingerprint must be read again from their source.
Digest fingerprint(const model::Vocabulary& vocabulary);

}  // namespace jianlu::fact
