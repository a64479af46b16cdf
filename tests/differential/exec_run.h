// The column evaluator, run on a case.
#pragma once

#include "tests/differential/compare.h"

namespace jianlu::differential {

// Batch size and number of threads vary with the seed of the case.
std::vector<Judgement> run_exec(const Case& c);

}  // namespace jianlu::differential
