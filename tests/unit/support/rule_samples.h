// Rule folders that tests read: the small one below tests/golden/coverage, and the real one.
#pragma once

#include <fstream>
#include <iterator>
#include <string>

#include "engine/rules/load.h"

namespace jianlu::test {

inline const std::string kRoot = std::string(JIANLU_SOURCE_DIR) + "/";

inline const rules::Rules& sample_rules() {
  static const rules::Rules rules = rules::load(kRoot + "tests/golden/coverage/rules");
  return rules;
}

inline const rules::Rules& real_rules() {
  static const rules::Rules rules = rules::load(kRoot + "rules");
  return rules;
}

inline std::string file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
}

// Paths in what is printed begin at the repository.
inline std::string from_root(std::string text) {
  for (std::size_t at = text.find(kRoot); at != std::string::npos; at = text.find(kRoot)) text.erase(at, kRoot.size());
  return text;
}

}  // namespace jianlu::test
