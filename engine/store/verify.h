// Checks that a store still says what was written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/diag/diag.h"
#include "engine/store/store.h"

namespace jianlu::store {

struct Verification {
  std::int64_t entries = 0, receipts = 0, findings = 0, footage = 0;   // how many were checked
  std::string head;                       // of the ledger; compare it with one that was kept elsewhere
  std::vector<diag::Words> faults;        // empty: all is as it was written; at most kFaults of each kind
};
constexpr int kFaults = 20;

// Checks the database itself, every entry of the ledger against its chain, every receipt against its chain and the ledger,
// the findings and what waits for an instant against the ledger, and (`footage`) files of footage against their hashes;
// relative paths count from the working directory. A local chain cannot stop whoever owns the machine: that is what a head
// kept elsewhere is for. Such a head is `expected` (hex; empty: none): it must be that of some entry.
Verification verify(Store& store, bool footage, const std::string& expected = {});

// SHA-256 of a file's content; nothing where it cannot be read.
std::optional<fact::Digest> file_digest(const std::string& path);

// Makes the findings, and what waits for an instant, anew from the ledger. Needs a store opened for writing.
void rebuild_findings(Store& store);

}  // namespace jianlu::store
