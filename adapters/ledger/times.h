// How times are written in tables: yyyy MM dd HH mm ss as in file names, M d H without leading zeros, SSS milliseconds,
// anything else as it stands; `epoch` and `epoch_ms` count from 1970 UTC, `excel` days from 1900 as a spreadsheet does.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/diag/diag.h"

namespace jianlu::ledger {

// Why this is no way to write a time; nothing where it is one. `number` says that a plain number stands there.
std::optional<diag::Words> form_fault(std::string_view form);

// As a manifest writes it: 2024-05-07T09:30:00, with Z where the form fixes the instant. Nothing where `text` is not
// written so, or no clock shows it.
std::optional<std::string> read_time(std::string_view text, std::string_view form);

}  // namespace jianlu::ledger
