// Sessions, their recordings and their gaps, one session at a time.
#pragma once

#include "bench/eval/by_hand_gaps.h"

namespace jianlu::bench {

template <typename Layout>
class SessionsByHand {
 public:
  SessionsByHand(const Ledgers<Layout>& facts, Outcomes& out) : f_(facts), out_(out), wordings_(*facts.texts) {}

  void run() {
    const std::size_t sessions = f_.of_recordings.size() - 1, recordings = f_.of_signs.size() - 1;
    for (const HandNorm n : {record_on_site, write_work_record, two_carriers, notify, hand_over}) out_[n].resize(sessions);
    for (const HandNorm n : {film_unrelated, pre_check, tamper, delete_early}) out_[n].resize(recordings);
    for (const HandNorm n : {cover_whole, unexcused_break, explain_aloud, report_break, account_in_writing}) out_[n].clear();
    for (std::size_t s = 0; s < sessions; ++s) session(static_cast<std::int32_t>(s));
    // Recordings without a session.
    for (auto r = f_.of_recordings[sessions]; r < static_cast<std::int32_t>(recordings); ++r) {
      const Recording clip = f_.recordings[at(r)];
      put(film_unrelated, r, settle(kTrue, kFalse, kleene_not(clip.found_unrelated)));
      put(pre_check, r, 0);
      put(tamper, r, tampered(r, clip, kMin));
      put(delete_early, r, deleted(clip, kFalse, kNothing, 0));
    }
  }

 private:
  void put(HandNorm norm, std::int32_t row, Byte outcome) { out_[norm][at(row)] = outcome; }

  void session(std::int32_t i) {
    const Session s = f_.sessions[at(i)];
    const auto u = static_cast<std::size_t>(s.unit);
    const auto& through = f_.through;
    const Word as_of = f_.as_of, in_a_day = s.ended + calendar::hours_24;
    const Byte must_record = truth_of((s.activities & 0xFF) != 0);

    // When it is to be handed over: the same day, or a day after the return where work went on.
    const Byte late = s.grounds_state != kValue ? Byte{kUndecided} : truth_of((s.grounds & 7) != 0);
    const Word today = end_of_day(s.ended);
    Word hand_hi = today;
    Byte hand_state = kValue;
    if (late != kFalse) {
      const Word returned = std::max(today, s.returned + calendar::hours_24);
      hand_state = s.returned_state;
      if (late == kUndecided) hand_state = static_cast<Byte>(hand_state | kValue);
      hand_hi = returned;
    }
    const bool hand_known = hand_state == kValue;
    const Word hand_wait = hand_known ? hand_hi : hand_state == kNothing ? kMax : kMin;
    const auto by_hand_over = [&](const Through& ledger) { return hand_known && ledger[u] >= hand_hi; };

    const bool scene_known = s.arrived_state != kUnknown;
    const Word scene = s.arrived_state == kValue ? s.arrived : s.started;

    // Filmed at all?
    const std::int32_t clips = f_.of_recordings[at(i)], clips_end = f_.of_recordings[at(i) + 1];
    bool overlapping = false;
    for (std::int32_t r = clips; r < clips_end; ++r) overlapping |= scene < f_.recordings[at(r)].ended && f_.recordings[at(r)].started < s.ended;
    const Byte seen = scene_known || clips == clips_end ? truth_of(overlapping) : Byte{kUndecided};
    const bool clips_in = by_hand_over(through.recording);
    const Byte filmed = closed_any(seen, clips_in);

    // Work records.
    Byte excuse = kFalse, ground = kFalse, written = kFalse;
    definite_.clear();
    possible_.clear();
    for (std::int32_t w = f_.of_records[at(i)]; w < f_.of_records[at(i) + 1]; ++w) {
      const Record record = f_.records[at(w)];
      const Byte secret = record.secrets_state != kValue ? Byte{kUndecided} : truth_of((record.secrets & 7) != 0);
      const Byte need_not = kleene_or(kleene_or(secret, kleene_and(record.urgent, record.impossible)), given(record.cause_state));
      excuse = kleene_or(excuse, kleene_and(need_not, kleene_not(given(record.span_state))));
      ground = kleene_or(ground, need_not);
      const Byte to_leader = record.to_state != kValue ? Byte{kUndecided} : truth_of(record.to == 0);
      const Byte full = kleene_and(kleene_and(given(record.reason_state), given(record.basis_state)), kleene_and(given(record.to_state), to_leader));
      written = kleene_or(written, kleene_and(full, truth_of(record.made_at <= in_a_day)));
      const Byte counts = kleene_and(need_not, given(record.span_state));
      if (counts == kFalse) continue;
      if (record.span_state != kValue) { open_ = true; continue; }
      possible_.push_back({record.span, record.span_end});
      if (counts == kTrue) definite_.push_back({record.span, record.span_end});
    }
    const bool records_in_a_day = through.record[u] >= in_a_day, records_in = by_hand_over(through.record);
    Byte excused = closed_any(excuse, records_in_a_day);
    if (excused == kFalse && as_of <= in_a_day) excused = kUndecided;
    const Word excuse_wait = excused == kUndecided ? in_a_day : kMin;
    put(record_on_site, i, settle(must_record, excused, filmed, as_of <= std::max(excuse_wait, hand_wait)));
    const Byte owes_record = kleene_and(kleene_and(must_record, kleene_not(filmed)), kleene_or(closed_any(ground, records_in), s.had_ground));
    const bool account_wait = as_of <= std::max(in_a_day, hand_wait);
    put(write_work_record, i, settle(owes_record, kFalse, closed_any(written, records_in_a_day), account_wait));

    bool two = false;
    const std::int32_t kit = f_.of_carriages[at(i)], kit_end = f_.of_carriages[at(i) + 1];
    for (std::int32_t a = kit; a < kit_end; ++a) {
      const Carriage one = f_.carriages[at(a)];
      for (std::int32_t b = a + 1; b < kit_end; ++b) two |= one.carrier != f_.carriages[at(b)].carrier && one.device != f_.carriages[at(b)].device;
    }
    put(two_carriers, i, settle(must_record, kFalse, closed_any(two, through.carriage[u] >= s.ended)));

    const Word told_by = scene + 5 * calendar::minute;
    const Byte must_tell = kleene_and(must_record, filmed);
    Byte told = kFalse;
    for (std::int32_t v = f_.of_speeches[at(i)]; v < f_.of_speeches[at(i) + 1]; ++v) {
      const Speech said = f_.speeches[at(v)];
      const Byte words = wordings_(said.words);
      const Byte notice = words & Wordings::notice ? Byte{kTrue} : words & Wordings::doubtful ? said.found_notice : Byte{kFalse};
      told = kleene_or(told, kleene_and(notice, scene_known ? truth_of(said.at <= told_by) : Byte{kUndecided}));
    }
    put(notify, i, settle(must_tell, kFalse, closed_any(told, scene_known && through.speech[u] >= told_by),
                          as_of <= std::max(hand_wait, scene_known ? told_by : kMin)));

    Byte handed = kFalse;
    for (std::int32_t t = f_.of_transfers[at(i)]; t < f_.of_transfers[at(i) + 1]; ++t) {
      const Transfer transfer = f_.transfers[at(t)];
      if (transfer.received_by != 0) continue;
      // The same day is in time in any case; later, it hangs on the return, which need not have happened yet.
      Byte in_time = kTrue;
      if (transfer.exported_at > today) {
        in_time = s.returned_state == kValue     ? truth_of(transfer.exported_at <= s.returned + calendar::hours_24)
                  : s.returned_state == kNothing && transfer.exported_at <= as_of ? Byte{kTrue}
                                                                                                : Byte{kUndecided};
        if (late != kTrue) in_time = late == kFalse ? Byte{kFalse} : static_cast<Byte>(in_time | kFalse);
      }
      handed = kleene_or(handed, in_time);
    }
    put(hand_over, i, settle(kleene_and(must_record, closed_any(seen, through.recording[u] >= s.ended)), kFalse,
                             closed_any(handed, by_hand_over(through.transfer)), as_of <= hand_wait));

    recordings(s, i, must_record, clips, clips_end);
    // Gaps are rare once the session is filmed.
    calendar::normalise(definite_);
    calendar::normalise(possible_);
    const auto& gaps = gaps_.find(scene_known ? scene : kMin, s.ended, scene_known && clips_in, f_.recordings, clips, clips_end, definite_, possible_,
                                  !records_in || open_);
    open_ = false;
    for (const HandGap& gap : gaps) {
      const Byte whole = kleene_and(gap.exists, must_tell);
      out_[cover_whole].push_back(settle(whole, kFalse, truth_of(gap.previous && gap.next), as_of <= hand_wait));
      const Byte broken = kleene_and(gap.exists, gap.previous && gap.next ? must_record : Byte{kFalse});
      out_[unexcused_break].push_back(broken == kFalse ? Byte{0} : break_of(i, gap, broken, by_hand_over(through.interruption), as_of <= hand_wait));
      out_[explain_aloud].push_back(broken == kFalse ? Byte{0} : explained(i, u, gap, broken, hand_wait));
      const Byte stopped = kleene_and(gap.exists, gap.previous && !gap.next ? must_record : Byte{kFalse});
      out_[report_break].push_back(stopped == kFalse ? Byte{0} : reported(i, u, gap, stopped, hand_wait));
      out_[account_in_writing].push_back(stopped == kFalse ? Byte{0} : accounted(i, u, in_a_day, stopped, account_wait));
    }
  }

  static Word plus(Word instant, Word duration) { return instant <= kMin || instant >= kMax ? instant : instant + duration; }
  // a <= b, a within [a_lo, a_hi], b within [b_lo, b_hi]
  static Byte not_after(Word a_lo, Word a_hi, Word b_lo, Word b_hi) { return static_cast<Byte>((a_lo <= b_hi ? 1 : 0) | (a_hi > b_lo ? 2 : 0)); }

  Byte break_of(std::int32_t i, const HandGap& gap, Byte applies, bool closed, bool awaited) {
    spans_.clear();
    for (std::int32_t k = f_.of_interruptions[at(i)]; k < f_.of_interruptions[at(i) + 1]; ++k) {
      const Interruption noted = f_.interruptions[at(k)];
      if (noted.reason < 8) spans_.push_back({noted.span, noted.span_end});
    }
    calendar::normalise(spans_);
    const calendar::Interval outer{gap.start_lo, gap.end_hi}, inner{gap.start_hi, gap.end_lo};
    Byte excused = kUndecided;
    if (outer.empty() || calendar::covers(spans_, {&outer, 1})) excused = kTrue;
    else if (closed && !inner.empty() && !calendar::covers(spans_, {&inner, 1})) excused = kFalse;
    return settle(applies, excused, not_after(gap.length_lo, gap.length_hi, kTolerated, kTolerated), awaited);
  }

  Byte explained(std::int32_t i, std::size_t u, const HandGap& gap, Byte applies, Word wait) {
    const Word lo = plus(gap.end_lo, calendar::minute), hi = plus(gap.end_hi, calendar::minute);
    Byte any = kFalse;
    for (std::int32_t v = f_.of_speeches[at(i)]; v < f_.of_speeches[at(i) + 1]; ++v) {
      const Speech said = f_.speeches[at(v)];
      const Byte about = wordings_(said.words) & Wordings::explains ? Byte{kTrue} : said.found_explanation;
      const Byte after = not_after(gap.end_lo, gap.end_hi, said.at, said.at), by = not_after(said.at, said.at, lo, hi);
      any = kleene_or(any, kleene_and(about, kleene_and(after, by)));
    }
    return settle(applies, kFalse, closed_any(any, f_.through.speech[u] >= hi), f_.as_of <= std::max(wait, hi));
  }

  Byte reported(std::int32_t i, std::size_t u, const HandGap& gap, Byte applies, Word wait) {
    const Word lo = plus(gap.start_lo, 30 * calendar::minute), hi = plus(gap.start_hi, 30 * calendar::minute);
    Byte any = kFalse;
    for (std::int32_t b = f_.of_reports[at(i)]; b < f_.of_reports[at(i) + 1]; ++b) {
      const Report report = f_.reports[at(b)];
      if (report.to != 2) continue;
      any = kleene_or(any, kleene_and(not_after(gap.start_lo, gap.start_hi, report.at, report.at), not_after(report.at, report.at, lo, hi)));
    }
    return settle(applies, kFalse, closed_any(any, f_.through.report[u] >= hi), f_.as_of <= std::max(wait, hi));
  }

  Byte accounted(std::int32_t i, std::size_t u, Word by, Byte applies, bool awaited) {
    bool any = false;
    for (std::int32_t n = f_.of_accounts[at(i)]; n < f_.of_accounts[at(i) + 1]; ++n) any |= f_.accounts[at(n)].made_at <= by;
    return settle(applies, kFalse, closed_any(any, f_.through.account[u] >= by), awaited);
  }

  void recordings(const Session& s, std::int32_t i, Byte must_record, std::int32_t begin, std::int32_t end) {
    const auto u = static_cast<std::size_t>(s.unit);
    const Through& checks_through = f_.through.check;
    for (std::int32_t r = begin; r < end; ++r) {
      const Recording clip = f_.recordings[at(r)];
      put(film_unrelated, r, 2);
      Byte checked = kFalse;
      if (must_record != kFalse) {
        for (std::int32_t k = f_.of_checks[at(i)]; k < f_.of_checks[at(i) + 1]; ++k) {
          const Check check = f_.checks[at(k)];
          const Byte mine = clip.device_state == kValue ? truth_of(check.device == clip.device) : clip.device_state == kNothing ? Byte{kFalse} : Byte{kUndecided};
          const Byte good = kleene_and(kleene_and(check.faultless, check.battery_full), kleene_and(check.storage_free, check.clock_set));
          checked = kleene_or(checked, kleene_and(kleene_and(mine, good), truth_of(check.checked_at < clip.started)));
        }
        checked = closed_any(checked, checks_through[u] >= clip.started);
      }
      put(pre_check, r, settle(must_record, kFalse, checked, f_.as_of <= clip.started));
      put(tamper, r, tampered(r, clip, f_.through.sign[u]));
      Byte kept = kFalse, keep_state = kNothing;
      Word keep = 0;
      if (clip.deleted_state != kNothing) {
        keep_state = s.case_state;
        if (s.case_state == kValue) {
          keep_state = f_.case_files[at(s.case_file)].keep_state;
          keep = f_.case_files[at(s.case_file)].keep;
        }
        kept = kleene_and(kleene_and(s.is_evidence, given(s.case_state)), given(keep_state));
      }
      put(delete_early, r, deleted(clip, kept, keep_state, keep));
    }
  }

  Byte tampered(std::int32_t r, const Recording& clip, Word through) {
    bool signs = false;
    for (std::int32_t x = f_.of_signs[at(r)]; x < f_.of_signs[at(r) + 1]; ++x) signs |= f_.signs[at(x)].grade != 0;
    const Byte shown = closed_any(signs, through >= clip.ended);
    const Byte edited = shown == kTrue ? clip.found_edited : shown == kFalse ? Byte{kFalse} : static_cast<Byte>(clip.found_edited | kFalse);
    return settle(kTrue, kFalse, kleene_not(edited));
  }

  // `kept`: the file that it is evidence in is kept until `keep`.
  Byte deleted(const Recording& clip, Byte kept, Byte keep_state, Word keep) {
    if (clip.deleted_state == kNothing) return 0;
    const Word year = year_later_(clip.ended);
    Word lo = year, hi = year;
    Byte state = kValue;
    if (kept != kFalse) {
      state = kept == kTrue ? keep_state : static_cast<Byte>(keep_state | kValue);
      hi = std::max(year, keep);
      if (kept == kTrue) lo = hi;
    }
    Byte early = kUndecided;
    if (clip.deleted_state == kValue && state == kValue) early = not_after(clip.deleted_at, clip.deleted_at, lo, hi);
    return settle(given(clip.deleted_state), kFalse, kleene_not(kleene_and(given(clip.deleted_state), early)));
  }

  const Ledgers<Layout>& f_;
  Outcomes& out_;
  Wordings wordings_;
  YearLater year_later_;
  HandGaps gaps_;
  calendar::IntervalSet definite_, possible_, spans_;
  bool open_ = false;
};

}  // namespace jianlu::bench
