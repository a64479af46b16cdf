// Rows that wait for one that nobody has delivered.
#pragma once

#include <cstdint>
#include <cstdio>
#include <optional>
#include <vector>

#include "cli/open_store.h"
#include "engine/store/contents.h"

namespace jianlu::cli {

// Each with what it waits for and the nearest known key. With `sources`, only what these said.
std::vector<store::StoredProblem> waiting_rows(Opened& opened, const std::optional<std::vector<std::int64_t>>& sources = std::nullopt);

// How many wait, and the first of them.
void print_waiting(const std::vector<store::StoredProblem>& rows, std::FILE* to, const Options& options);

}  // namespace jianlu::cli
