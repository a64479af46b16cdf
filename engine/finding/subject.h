// Names for the rows that norms judge, made of what the facts say, so that a finding keeps its identity from audit to
// audit, whatever else was loaded.
//
//   session/S-001                        a row without an owner: entity and key
//   session/S-001/recording/R-7          a row with an owner: the owner's name first (keys of owned rows are unique
//                                        under one owner only)
//   session/S-001/speech/2               an owned row without a key: its position among the rows of that ledger under
//                                        that owner, ordered by governing time, then by digest of content
//   session/S-001/gap/R-1/R-2            a derived row: the keys of its neighbours, "-" for a missing one
//
// In keys, '%', '/', control characters, and a key that is just "-" are written %XX.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/fact/fact.h"
#include "engine/model/vocabulary.h"
#include "engine/outcome/outcome.h"

namespace jianlu::finding {

// Appends the key as it stands in a subject.
void escape(std::string_view key, std::string& out);
std::string unescape(std::string_view text);
// "session/S-001", of a row without an owner.
std::string root_subject(const model::Vocabulary& vocabulary, model::EntityId entity, std::string_view key);

// Of "session/S-001/gap/R-1/R-2": the row without an owner, and what stands behind its name.
struct Place {
  model::EntityId entity = model::kNone;   // kNone: no subject
  std::string key, suffix;
};
Place place(const model::Vocabulary& vocabulary, std::string_view subject);

// Names the rows of one set of facts. Keeps references.
class Subjects {
 public:
  Subjects(const model::Vocabulary& vocabulary, const fact::Facts& facts);

  struct Root {
    model::EntityId entity = model::kNone;
    fact::Row row = fact::kNoRow;
  };
  // The row without an owner that the row belongs to; the row itself where it has none.
  Root root(model::EntityId entity, fact::Row row) const;

  // Key of the row; empty where it has none.
  std::string_view key(model::EntityId entity, fact::Row row) const;

  // What stands behind the root's own name: "" for the root, else "/recording/R-7", "/gap/R-1/R-2".
  std::string suffix(model::EntityId entity, fact::Row row) const;
  // Of the row that a verdict is about: `subject` its entity, `element` that of a pair (kNone: none).
  std::string suffix(model::EntityId subject, model::EntityId element, const outcome::RowKey& key) const;

 private:
  std::string name(model::EntityId entity, fact::Row row) const;
  std::string element(model::EntityId entity, fact::Row row) const;
  model::EntityId neighbours(model::EntityId derived) const;
  std::int32_t position(model::EntityId entity, fact::Row row) const;
  std::string content(model::EntityId entity, fact::Row row) const;
  fact::Row owner(model::EntityId entity, fact::Row row) const;

  const model::Vocabulary& vocabulary_;
  const fact::Facts& facts_;
};

}  // namespace jianlu::finding
