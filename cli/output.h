// What a command leaves behind: the standard output, which must have been written to its end, and files.
#pragma once

#include <string>
#include <string_view>

#include "cli/command.h"

namespace jianlu::cli {

// The file holds all of `text`, or what it held before: it is written beside and takes the name at the end. What is no file (a
// pipe, a device) is written to as it is. False, after saying why.
bool write_file(const std::string& path, std::string_view text, const Options& options);

// Whether all that was printed has been written; says so where not (the disk is full), in one line.
bool printed(const Options& options);

// Text of others (keys, paths) in a line for a terminal: what would move the cursor, colour, or reorder or hide other text is
// spelled out, as [U+001B].
std::string plain(std::string_view text);

}  // namespace jianlu::cli
