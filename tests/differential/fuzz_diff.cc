// jianlu_fuzz_diff: random rulebooks and facts through both evaluators, until enough pairs are seen or time is up.
// Exit codes: 0 all agree and every feature was seen often enough, 1 not so, 2 usage.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

#include "tests/differential/compare.h"
#include "tests/differential/exec_run.h"

using namespace jianlu::differential;

int main(int argc, char** argv) {
  std::int64_t pairs = 1'000'000;
  double minutes = 0;
  std::uint64_t seed = 1;
  double share = 1;
  unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  CLI::App app{"Compares the column evaluator with the reference evaluator on random rulebooks and facts."};
  const CLI::Option* limit = app.add_option("--pairs", pairs, "stop after this many (norm, row) pairs; 0: no limit")->capture_default_str();
  app.add_option("--minutes", minutes, "stop after this time, however many pairs unless --pairs is given too")->check(CLI::PositiveNumber);
  app.add_option("--seed", seed, "seed of the first case")->capture_default_str();
  app.add_option("--share", share, "fail when a feature is in fewer per cent of the pairs")->capture_default_str();
  app.add_option("--threads", threads, "cases compared at a time")->check(CLI::PositiveNumber)->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (minutes > 0 && limit->count() == 0) pairs = 0;

  const auto start = std::chrono::steady_clock::now();
  const auto time_is_up = [&] {
    return minutes > 0 && std::chrono::steady_clock::now() - start > std::chrono::duration<double>(minutes * 60);
  };
  Histogram histogram;
  std::mutex mutex;
  std::atomic<std::uint64_t> next = seed;
  std::atomic<bool> stop = false;
  std::uint64_t failed = 0;
  const auto work = [&] {
    while (!stop) {
      const std::uint64_t mine = next++;
      const Case c = generate(mine);
      Histogram seen;
      const auto mismatch = compare(c, run_exec, &seen);
      const std::lock_guard lock(mutex);
      histogram.add(seen);
      // Of several found at once, the least seed, whatever the threads do.
      if (mismatch && (failed == 0 || mine < failed)) failed = mine;
      if (mismatch || (pairs > 0 && histogram.pairs() >= pairs) || time_is_up()) stop = true;
    }
  };
  std::vector<std::thread> workers;
  for (unsigned i = 0; i < threads; ++i) workers.emplace_back(work);
  for (std::thread& worker : workers) worker.join();

  fmt::print("{}", histogram.print());
  if (failed != 0) {
    const Case small = shrink(generate(failed), run_exec);
    fmt::print("{}", report(small, *compare(small, run_exec, nullptr)));
    return 1;
  }
  const std::vector<std::string> rare = histogram.rarer_than(share);
  for (const std::string& feature : rare) fmt::print("in fewer than {} % of the pairs: {}\n", share, feature);
  fmt::print("seeds {} to {}: {} pairs, no difference\n", seed, next - 1, histogram.pairs());
  return rare.empty() ? 0 : 1;
}
