// Why a line of the inspector's checklist is left to people: the 理由 of its declaration.
#pragma once

#include <algorithm>

#include "engine/model/rulebook.h"

namespace jianlu::model {

inline bool about(const Reason& reason, const Manual& line) { return reason.name.en == line.name.en && reason.at == line.at; }

inline const Reason* reason_of(const Regulation& regulation, const Manual& line) {
  const auto found = std::find_if(regulation.reasons.begin(), regulation.reasons.end(), [&](const Reason& r) { return about(r, line); });
  return found == regulation.reasons.end() ? nullptr : &*found;
}

inline bool of_manual(const Regulation& regulation, const Reason& reason) {
  return std::any_of(regulation.manuals.begin(), regulation.manuals.end(), [&](const Manual& line) { return about(reason, line); });
}

}  // namespace jianlu::model
