// Can a condition of the rules hold at all? Decided by trying the values of what it reads, so that conflicts are found
// without facts. Definitions are opened up. Conditions on one field are kept apart by its values: members of an
// enumeration, members of a set, stretches between the numbers and instants it is compared with. What is not understood
// (similarity of texts, counts with a filter, two conditions on one list) counts as free: `no` is certain, and a way of
// holding that needs such a thing is only `perhaps`.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/diag/diag.h"
#include "engine/model/rulebook.h"

namespace jianlu::graph {

// The row that a variable stands for: rows of equal keys are one row.
struct RowName {
  std::string key;
  diag::Words shown;
};
using Rows = std::map<model::VarId, RowName>;

struct Answer {
  enum class Can { no, yes, perhaps } can = Can::no;
  std::vector<diag::Words> example;   // facts under which it holds: 场次.活动 含 日常检查
};

class Condition {
 public:
  explicit Condition(const model::Rulebook& book);
  ~Condition();

  // All that is required must hold together. kNone requires nothing.
  void require(model::ExprId condition, const Rows& rows);
  void require_not(model::ExprId condition, const Rows& rows);
  Answer can_hold() const;

 private:
  struct Problem;
  std::unique_ptr<Problem> problem_;
};

// Equal for two expressions that say the same of the same rows; names of variables and definitions do not matter.
std::string key_of(const model::Rulebook& book, model::ExprId expr, const Rows& rows);
// That such a row exists, equal to the key of 有 … 于 … 使 ….
std::string key_of(const model::Rulebook& book, const model::Performance& performance, const Rows& rows);

}  // namespace jianlu::graph
