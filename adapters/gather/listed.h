// Recordings that a table lists: the session that each belongs to, where the table does not say; and one recording of
// what the table and the file itself say about it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "adapters/match/match.h"
#include "engine/fact/document.h"
#include "engine/model/vocabulary.h"

namespace jianlu::gather {

enum class Fit { stated, found, none, several };

// A recording belongs to the one session whose time, widened by `slack`, it overlaps and whose devices, where stated,
// include its own.
Fit find_session(fact::Document& recording, const std::vector<match::Session>& sessions, const model::Vocabulary& vocabulary,
                 std::int64_t slack);

// What the file shows goes before; what only the table says is added.
void add_listed(fact::Document& shown, const fact::Document& listed);

}  // namespace jianlu::gather
