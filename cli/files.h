// Files that a user named.
#pragma once

#include <string>
#include <vector>

#include "cli/command.h"

namespace jianlu::cli {

// Files as given; folders as the files below them, in order of path. Hidden files and links to folders are passed over.
// What does not exist stays in the list, so that whoever opens it can say so. A folder that cannot be listed is said on the
// standard error, and makes `whole` false.
std::vector<std::string> files_below(const std::vector<std::string>& paths, const Options& options, bool& whole);

// A manifest of JSON lines, by its name.
bool is_lines(const std::string& path);

}  // namespace jianlu::cli
