// Runs workers side by side over a stream of requests.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "adapters/footage/probe/examine.h"
#include "adapters/footage/sandbox/sandbox.h"
#include "adapters/footage/wire.h"

namespace jianlu::footage {

struct Pool {
  Examination examination;
  int jobs = 1;
  // The next open file; called only when a worker is free, and nothing means the end. A negative descriptor
  // says that the file could not be opened: answered at once.
  std::function<std::optional<Request>()> next;
  // Facts as JSON, one line without its newline.
  std::function<void(std::uint64_t id, const std::string& json)> done;

  void run(const Sandbox& sandbox);
};

}  // namespace jianlu::footage
