#include "bench/eval/by_hand_others.h"
#include "bench/eval/by_hand_sessions.h"

namespace jianlu::bench {

template <>
void judge_by_hand<Columns>(const Ledgers<Columns>& facts, const calendar::WorkingDays& working, Outcomes& out) {
  SessionsByHand<Columns>(facts, out).run();
  OthersByHand<Columns>(facts, working, out).run();
}

}  // namespace jianlu::bench
