// jianlu_fuzz_faults: switches on each fault of engine/exec/faults.def in turn and prints how many (norm, row) pairs the
// comparison with the reference evaluator needs to find it. Exit codes: 0 every fault is found in time, 1 not so.
#include <fmt/format.h>

#include <cstdint>

#include "engine/exec/faults.h"
#include "tests/differential/compare.h"
#include "tests/differential/exec_run.h"

using namespace jianlu;
using namespace jianlu::differential;

namespace {

// What `./dev fuzz-diff` compares in a second or two.
constexpr std::int64_t kPairs = 100'000;

struct Search {
  std::uint64_t seed = 0;     // of the case that tells; 0: none does
  std::int64_t pairs = 0;     // looked at until then
};

Search find(exec::Fault fault) {
  Search search;
  exec::active_fault = fault;
  for (std::uint64_t seed = 1; search.pairs < kPairs; ++seed) {
    const Case c = generate(seed);
    const std::vector<Judgement> said = run_exec(c);
    search.pairs += static_cast<std::int64_t>(said.size());
    if (compare(c, [&](const Case&) { return said; }, nullptr)) {
      search.seed = seed;
      break;
    }
  }
  exec::active_fault = exec::Fault::none;
  return search;
}

}  // namespace

int main() {
  int missed = 0, faults = 0;
  if (find(exec::Fault::none).seed != 0) {
    fmt::print("the evaluators differ without a fault\n");
    return 1;
  }
  fmt::print("{:>9} {:>6}  fault\n", "pairs", "seed");
  for (const exec::FaultInfo& fault : exec::kFaults) {
    const Search search = find(fault.fault);
    ++faults;
    missed += search.seed == 0;
    fmt::print("{:>9} {:>6}  {} ({})\n", search.pairs, search.seed == 0 ? "never" : std::to_string(search.seed), fault.name, fault.place);
  }
  fmt::print("{} faults, {} not found in {} pairs\n", faults, missed, kPairs);
  return missed == 0 ? 0 : 1;
}
