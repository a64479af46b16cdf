#include "bench/eval/by_hand_others.h"
#include "bench/eval/by_hand_sessions.h"

namespace jianlu::bench {

template <>
void judge_by_hand<Structs>(const Ledgers<Structs>& facts, const calendar::WorkingDays& working, Outcomes& out) {
  SessionsByHand<Structs>(facts, out).run();
  OthersByHand<Structs>(facts, working, out).run();
}

}  // namespace jianlu::bench
