// jianlu_bench_eval: the plan beside the same norms written by hand. Compares all outcomes, then measures in one process, the
// contestants in turn, and prints the median of each and of the ratios of each round. With --benchmark_filter=… it runs as a
// Google Benchmark instead. Exit codes: 0 fine, 1 the outcomes differ, 2 could not run.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <ctime>
#include <functional>
#include <vector>

#include "bench/eval/contest.h"

namespace {

using jianlu::bench::Contest;

struct Time {
  double wall = 0, cpu = 0;
};

Time now() {
  timespec cpu{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
  return {std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(),
          static_cast<double>(cpu.tv_sec) + static_cast<double>(cpu.tv_nsec) * 1e-9};
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

struct Contestant {
  const char* name;
  std::function<void(Contest&)> run;
};

const std::vector<Contestant>& contestants() {
  static const std::vector<Contestant> all{{"structs by hand", [](Contest& c) { c.structs(); }},
                                           {"columns by hand", [](Contest& c) { c.columns(); }},
                                           {"plan, 1 thread", [](Contest& c) { c.plan(1); }},
                                           {"plan, 2 threads", [](Contest& c) { c.plan(2); }},
                                           {"plan and details", [](Contest& c) { c.plan(1, true); }}};
  return all;
}

void race(Contest& contest, int rounds) {
  std::vector<std::vector<Time>> times(contestants().size());
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < contestants().size(); ++i) {
      const Time start = now();
      contestants()[i].run(contest);
      const Time end = now();
      times[i].push_back({end.wall - start.wall, end.cpu - start.cpu});
    }
  }
  const auto column = [&](std::size_t i, double Time::*part) {
    std::vector<double> values;
    for (const Time& t : times[i]) values.push_back(t.*part);
    return values;
  };
  const auto ratio = [&](std::size_t a, std::size_t b, double Time::*part) {
    std::vector<double> values;
    for (int r = 0; r < rounds; ++r) values.push_back(times[b][static_cast<std::size_t>(r)].*part / (times[a][static_cast<std::size_t>(r)].*part));
    return median(values);
  };
  fmt::print("{:<18}{:>10}{:>10}{:>14}{:>14}{:>22}\n", "median of " + std::to_string(rounds), "wall s", "cpu s", "M/s wall", "M/s cpu", "speed, structs = 1");
  for (std::size_t i = 0; i < contestants().size(); ++i) {
    const double wall = median(column(i, &Time::wall)), cpu = median(column(i, &Time::cpu));
    fmt::print("{:<18}{:>10.3f}{:>10.3f}{:>14.2f}{:>14.2f}{:>10.2f} wall {:.2f} cpu\n", contestants()[i].name, wall, cpu, contest.sessions() / wall * 1e-6,
               contest.sessions() / cpu * 1e-6, ratio(i, 0, &Time::wall), ratio(i, 0, &Time::cpu));
  }
  fmt::print("gain from the second thread: {:.2f} wall\n", ratio(3, 2, &Time::wall));
}

}  // namespace

int main(int argc, char** argv) {
  std::int32_t sessions = 1'000'000;
  std::uint64_t seed = 1;
  int rounds = 7;
  bool tally = false;
  CLI::App app{"The plan beside the same norms written by hand, over a made-up archive."};
  app.add_option("--sessions", sessions, "sessions, with five recordings each")->check(CLI::Range(1000, 10'000'000))->capture_default_str();
  app.add_option("--seed", seed, "seed of the archive")->capture_default_str();
  app.add_option("--rounds", rounds, "rounds that are measured")->check(CLI::Range(0, 1000))->capture_default_str();
  app.add_flag("--tally", tally, "print how often each outcome is said");
  app.allow_extras();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  try {
    Contest contest(JIANLU_SOURCE_DIR, sessions, seed);
    const std::string differences = contest.check();
    fmt::print("{} sessions, seed {}: {}\n", sessions, seed, differences.empty() ? "all outcomes equal" : "the outcomes differ");
    fmt::print("{}", differences);
    if (tally) fmt::print("{}", contest.tally());
    if (!differences.empty()) return 1;
    if (!app.remaining().empty()) {
      for (const Contestant& c : contestants()) {
        benchmark::RegisterBenchmark(c.name, [&](benchmark::State& state) {
          for (auto _ : state) c.run(contest);
          state.SetItemsProcessed(state.iterations() * sessions);
        })->UseRealTime()->MeasureProcessCPUTime()->Unit(benchmark::kMillisecond);
      }
      benchmark::Initialize(&argc, argv);
      benchmark::RunSpecifiedBenchmarks();
    } else if (rounds > 0) {
      race(contest, rounds);
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "jianlu_bench_eval: {}\n", error.what());
    return 2;
  }
  return 0;
}
