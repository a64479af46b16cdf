#include "engine/fact/fact.h"

namespace jianlu::fact {

std::int64_t Texts::intern(std::string_view text) {
  if (const auto found = ids_.find(text); found != ids_.end()) return found->second;
  texts_.emplace_back(text);
  const auto id = static_cast<std::int64_t>(texts_.size() - 1);
  ids_.emplace(texts_.back(), id);
  return id;
}

}  // namespace jianlu::fact
