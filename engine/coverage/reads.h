// What a norm reads, through every definition and derivation that it uses.
#pragma once

#include <set>
#include <utility>

#include "engine/model/rulebook.h"

namespace jianlu::coverage {

struct Reads {
  std::set<std::pair<model::EntityId, model::FieldId>> fields;   // cells and lists
  std::set<model::EntityId> entities;      // of the rows judged and of every list run over
  std::set<model::DefId> definitions;      // called, by itself or by what it calls
};

Reads reads_of(const model::Rulebook& book, model::NormId norm);

}  // namespace jianlu::coverage
