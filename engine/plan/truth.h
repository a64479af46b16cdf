// Kleene logic on fact::Truth.
#pragma once

#include "engine/fact/fact.h"

namespace jianlu::plan {

using fact::kFalse, fact::kTrue, fact::kUndecided;

constexpr std::uint8_t truth_of(bool value) { return value ? std::uint8_t{kTrue} : std::uint8_t{kFalse}; }
constexpr std::uint8_t kleene_not(std::uint8_t a) { return static_cast<std::uint8_t>(((a & 1) << 1) | (a >> 1)); }
constexpr std::uint8_t kleene_and(std::uint8_t a, std::uint8_t b) {
  return static_cast<std::uint8_t>((a & b & 1) | ((a | b) & 2));
}
constexpr std::uint8_t kleene_or(std::uint8_t a, std::uint8_t b) {
  return static_cast<std::uint8_t>(((a | b) & 1) | (a & b & 2));
}

}  // namespace jianlu::plan
