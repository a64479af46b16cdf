// A speech recogniser as the user configured it: a command that is run once per clip, within limits. Nothing that it
// starts outlives it. Whatever it does, it costs its clip a verdict and nothing else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/diag/diag.h"

namespace jianlu::speech {

struct Recogniser {
  std::vector<std::string> arguments;            // the program first; "{file}" stands for the clip
  std::int64_t seconds = 1800;                   // of wall time
  std::int64_t memory = std::int64_t{8} << 30;   // bytes of address space of each of its processes
  std::size_t output = 16u << 20;                // bytes that it may print
};

// Words are parted by blanks; '…' and "…" hold words together, \ takes the next character as it is. No shell reads the
// command: one that needs a shell says so, and hands the clip over as an argument (sh -c 'asr "$1" | jq .' sh {file}).
std::variant<Recogniser, diag::Words> recogniser(std::string_view command);

struct Recognised {
  std::string output;                            // what it printed, where it ended well
  std::optional<diag::Words> fault;
};

Recognised recognise(const Recogniser& recogniser, const std::string& file);

}  // namespace jianlu::speech
