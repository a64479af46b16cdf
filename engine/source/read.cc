#include "engine/source/read.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace jianlu::source {

std::optional<std::string> read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
}

std::optional<std::vector<std::string>> files_of(const std::string& path, std::string_view extension) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (!fs::is_directory(path, error)) return std::vector{path};
  std::vector<std::string> out;
  for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == extension) out.push_back(it->path().string());
  }
  if (error) return std::nullopt;
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace jianlu::source
