#pragma once

#include <string>

#include "cli/command.h"

namespace jianlu::cli {

struct AuditFrom {
  std::string path;       // a folder, a file, a file of JSON lines, "-": JSON lines from the standard input
  std::string at;         // as-of; empty: now
  std::string rejects;    // where lines with an error go; empty: nowhere
  unsigned threads = 1;
  bool fail_on_breach = false;
};
// Judges without a store: findings on the standard output, JSON lines unless --format text, all else on the standard error.
int audit_from(const AuditFrom& arguments, const Options& options);

}  // namespace jianlu::cli
