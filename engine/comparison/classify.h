// Which topic a declaration belongs to, by rules/subjects.yaml.
#pragma once

#include <optional>
#include <set>
#include <utility>

#include "engine/comparison/subjects.h"
#include "engine/model/rulebook.h"

namespace jianlu::comparison {

class Classifier {
 public:
  Classifier(const model::Rulebook& book, const Subjects& subjects) : book_(book), subjects_(subjects) {}

  // Of all topics, the first with a place that fits; ledgers count after the narrower places. None fits: other().
  std::size_t norm(const model::Norm& norm) const;
  std::optional<std::size_t> excuse(std::size_t topic_of_norm) const;   // nothing: shown with the norm alone
  std::size_t category(const model::Category& category) const;
  std::size_t manual(std::string_view id) const;
  std::size_t sanction() const;
  std::size_t other() const { return subjects_.topics.size() - 1; }

 private:
  struct Read {
    std::set<std::pair<model::EntityId, model::FieldId>> fields;   // with lists
    std::set<model::EntityId> ledgers;
    std::set<model::DefId> definitions;
  };
  void read(model::ExprId id, Read& out) const;
  template <typename Fits>
  std::size_t first(Fits fits) const;

  const model::Rulebook& book_;
  const Subjects& subjects_;
};

}  // namespace jianlu::comparison
