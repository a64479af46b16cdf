// Compares a text with a file below tests/golden; with JIANLU_UPDATE_GOLDEN set, writes the file.
#pragma once

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace jianlu::test {

// The golden text, after an update where that was asked for.
inline std::string golden(const std::string& path, const std::string& now) {
  const std::string full = std::string(JIANLU_SOURCE_DIR) + "/" + path;
  if (std::getenv("JIANLU_UPDATE_GOLDEN") != nullptr) std::ofstream(full, std::ios::binary) << now;
  std::ifstream in(full, std::ios::binary);
  return std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
}

}  // namespace jianlu::test
