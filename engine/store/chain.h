// The form in which ledger entries are chained: SHA-256 of the predecessor's hash and of the entry as text. It holds
// names, never numbers of this store, so an exported ledger can be checked without it.
#pragma once

#include <string>
#include <string_view>

#include "engine/fact/document.h"
#include "engine/finding/finding.h"

namespace jianlu::store {

// norm, subject, event, outcome, due, cured at, as-of, slice, person, reason: separated by tabs; in texts, control
// characters and backslashes are escaped. `norm` is what the norm was called when the entry was written.
void entry_text(const finding::Transition& transition, std::string_view norm, std::string& out);
fact::Digest chained(const fact::Digest& predecessor, std::string_view text);

}  // namespace jianlu::store
