// Outcomes of a batch, from the columns of a norm.
#pragma once

#include "engine/exec/exec.h"
#include "engine/exec/frame.h"

namespace jianlu::exec {

// Fills `out` (cleared first) with the verdicts of the norm for the rows of its domain in the batch.
void judge(Frame& frame, const plan::NormPlan& norm, NormVerdicts& out);

}  // namespace jianlu::exec
