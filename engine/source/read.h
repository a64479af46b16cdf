// A whole file as text.
#pragma once

#include <optional>
#include <string>

namespace jianlu::source {

// Its bytes; nothing where it cannot be opened.
std::optional<std::string> read(const std::string& path);

}  // namespace jianlu::source
