// Outcomes of a batch, from the columns of a norm.
#pragma once

#include "engine/exec/exec.h"
#include "engine/exec/frame.h"

namespace jianlu::exec {

// A truth per row; `awaited` true or false.
struct Situations {
  const std::uint8_t *applies, *unless, *ban, *must, *awaited;
};
// outcome::decide row by row, in a form that becomes vector code.
void decide(const Situations& situations, std::uint8_t* out, std::int32_t n);

// Fills `out` (cleared first) with the verdicts of the norm for the rows of its domain in the batch. Where it can apply to few
// of them, `few` becomes a frame of these, and only they are judged. `details`: those as well.
void judge(Frame& frame, Frame& few, const plan::NormPlan& norm, bool details, NormVerdicts& out);

}  // namespace jianlu::exec
