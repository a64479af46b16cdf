// Finds the documents that judging a root reads besides its own: rows that its references name, rows gathered in its
// lists, rows of its tree that came on their own, and so on from those. Only .cc files of this folder include it.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/store/impl.h"
#include "engine/store/work.h"

namespace jianlu::store {

class Neighbours {
 public:
  // `reads`: the reference and list fields that are followed.
  Neighbours(Store::Impl& store, const std::set<std::pair<model::EntityId, model::FieldId>>& reads);

  // Starts a new batch.
  void clear();
  // Adds the documents of the task's root, where it has one, to the batch.
  void own(const Task& task, model::EntityId entity, Batch& batch);
  // Adds what else judging it reads, and says in the task what that was.
  void rest(Task& task, Batch& batch);

 private:
  struct Node {
    std::vector<RootId> next;
    std::vector<std::pair<model::EntityId, std::string>> awaited;
  };
  Node& visit(RootId root, model::EntityId entity, Batch& batch);
  void follow(std::string_view bytes, Node& node);
  RootId find(model::EntityId entity, std::string_view key);

  Store::Impl& store_;
  std::vector<std::vector<std::uint8_t>> followed_;                 // by entity and field: reference fields
  std::vector<std::vector<model::FieldId>> lists_;                  // by entity: list fields not of owned rows
  bool follows_ = false, loose_ = false;
  std::unordered_map<RootId, Node> nodes_;                          // of this batch
  std::unordered_map<std::string, RootId> known_;                   // by entity and key
  Statement document_, find_, members_, loose_rows_, period_, entity_of_;
};

}  // namespace jianlu::store
