// How far the reading of many files has come, on the standard error when that is a terminal: files, bytes, rate, time left.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "adapters/footage/client.h"
#include "cli/command.h"

namespace jianlu::cli {

struct Transferred {
  std::size_t files = 0, of_files = 0;
  std::int64_t bytes = 0, of_bytes = 0;
  std::int64_t known = 0;   // of the bytes: those that did not have to be read
};

// "3/20 files, 1.2/8.0 GB, 310 MB/s, 0:22 left"; rate and time left once something was read.
std::string describe(const Transferred& done, double seconds, const Options& options);

class Transfer {
 public:
  explicit Transfer(const Options& options);
  ~Transfer() { clear(); }
  void operator()(const Transferred& done, const std::string& path);
  void clear();   // takes the line away until more is done

 private:
  const Options& options_;
  bool terminal_, shown_ = false;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now(), last_{};
};

// footage::probe_files, with its progress shown.
std::optional<footage::ProbeError> probe_shown(const std::vector<std::string>& files, const footage::ProbeOptions& probe,
                                               const Options& options, const footage::OnFacts& on_facts);

// Says on Ctrl-C, before the program ends by it, that the same command goes on where it stopped.
void promise_to_resume(const Options& options);

}  // namespace jianlu::cli
