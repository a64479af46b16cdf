// Which roots have to be judged again when something changed.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/store/impl.h"

namespace jianlu::store {

// Fields of a root's tree, its owned rows included; field kNone: every field of that entity.
using Changes = std::set<std::pair<model::EntityId, model::FieldId>>;

// What is different between two documents of one root.
Changes compare(std::string_view before, std::string_view after, const model::Vocabulary& vocabulary);

// Rows of this ledger, and what they own, came or went.
Changes tree_of(model::EntityId entity, const model::Vocabulary& vocabulary);

class Touch {
 public:
  explicit Touch(Store::Impl& store);

  void mark(model::EntityId entity, RootId root);
  // Every root of the unit (nothing: of any unit).
  void mark_unit(std::optional<std::int64_t> unit);
  // Roots of the unit that have an undecided finding: all that more knowledge of absence can change.
  void mark_undecided(std::int64_t unit);
  // Roots that read these fields of the root when they were last judged. No changes: everything may be different.
  void mark_readers(RootId root, const Changes* changes);
  // Rows of its calendar ledgers into whose period the root falls; with changes, those that read one of them.
  void mark_calendar(model::EntityId entity, std::int64_t unit, std::string_view unit_key, calendar::Instant time,
                     const Changes* changes);

 private:
  bool reads(model::EntityId reader, const Changes& changes) const;

  Store::Impl& store_;
  Statement mark_, readers_, make_root_, find_root_;
  std::vector<std::set<std::pair<model::EntityId, model::FieldId>>> demand_;   // by reader
  std::vector<std::vector<model::EntityId>> calendars_;                        // by entity gathered
  std::unordered_map<std::string, bool> calendar_rows_;                        // those met, and whether they are marked
};

}  // namespace jianlu::store
