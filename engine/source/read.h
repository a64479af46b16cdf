// Files that are read whole.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jianlu::source {

// Its bytes; nothing where it cannot be opened.
std::optional<std::string> read(const std::string& path);

// What `path` stands for: itself, or where it is a folder the files in it that end in `extension`, by name. Nothing where a
// folder cannot be listed.
std::optional<std::vector<std::string>> files_of(const std::string& path, std::string_view extension);

}  // namespace jianlu::source
