// All norms of 秦皇岛 that can be judged, written by hand for facts that are exact (no clock errors): the yardstick for the plan.
// Once over an array of structs, once over columns; the norms are the same code, the layout of the facts differs.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "bench/eval/ledgers.h"
#include "engine/calendar/working_days.h"

namespace jianlu::bench {

// clang-format off
#define HAND_NORMS(N) N(film_unrelated) N(staff_ratio) N(adopt_allocation_plan) N(record_on_site) N(write_work_record) N(device_keeper) \
  N(register_devices) N(keep_for_complaint) N(pre_check) N(two_carriers) N(notify) N(cover_whole) N(unexcused_break) N(explain_aloud) \
  N(report_break) N(account_in_writing) N(tamper) N(hand_over) N(delete_early) N(evidence_note) N(disc_in_file) N(access_approval) \
  N(disclose) N(sampling) N(lend_out) N(lose_device)
// clang-format on

enum HandNorm : std::size_t {
#define N(name) name,
  HAND_NORMS(N)
#undef N
      kHandNorms
};
inline constexpr const char* kHandNames[] = {
#define N(name) #name,
    HAND_NORMS(N)
#undef N
};

// By norm, an outcome::Outcome for each row judged; gaps in the order of their sessions and of time.
using Outcomes = std::array<std::vector<std::uint8_t>, kHandNorms>;

// `out` keeps its memory from one call to the next.
template <typename Layout>
void judge_by_hand(const Ledgers<Layout>& facts, const calendar::WorkingDays& working, Outcomes& out);

}  // namespace jianlu::bench
