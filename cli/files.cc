#include "cli/files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace jianlu::cli {
namespace {

namespace fs = std::filesystem;

// False where this folder or one below it cannot be listed.
bool walk(const fs::path& folder, const Options& options, std::vector<std::string>& out) {
  std::error_code error, ignored;
  bool whole = true;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().filename().string().front() == '.') continue;
    if (!it->is_directory(ignored)) out.push_back(it->path().string());
    else if (!it->is_symlink(ignored)) whole &= walk(it->path(), options, out);
  }
  if (!error) return whole;
  fmt::print(stderr, "jianlu: {}: {}{}\n", folder.string(), options.say("文件夹打不开，其中的文件没有读取：", "the folder cannot be listed, and no file in it was read: "),
             error.message());
  return false;
}

}  // namespace

std::vector<std::string> files_below(const std::vector<std::string>& paths, const Options& options, bool& whole) {
  std::vector<std::string> out;
  std::error_code error;
  for (const std::string& path : paths) {
    if (!fs::is_directory(path, error)) {
      out.push_back(path);
      continue;
    }
    std::vector<std::string> below;
    whole &= walk(path, options, below);
    std::sort(below.begin(), below.end());
    out.insert(out.end(), below.begin(), below.end());
  }
  return out;
}

bool is_lines(const std::string& path) {
  const std::string extension = std::filesystem::path(path).extension().string();
  return extension == ".jsonl" || extension == ".ndjson";
}

}  // namespace jianlu::cli
