// What templates/timeline.html draws: places and sizes in units of its view box.
#pragma once

#include "report/report.h"
#include "report/template.h"
#include "report/words.h"

namespace jianlu::report {

// `false` when no instant of the session is known.
Value timeline(const Session& session, const Words& words);

}  // namespace jianlu::report
