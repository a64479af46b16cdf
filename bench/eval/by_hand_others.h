// Units, devices, complaints, evidence, access, disclosures and months.
#pragma once

#include "bench/eval/by_hand_parts.h"
#include "engine/calendar/period.h"
#include "engine/calendar/zone.h"

namespace jianlu::bench {

template <typename Layout>
class OthersByHand {
 public:
  OthersByHand(const Ledgers<Layout>& facts, const calendar::WorkingDays& working, Outcomes& out) : f_(facts), working_(working), out_(out) {}

  void run() {
    each(f_.units, {staff_ratio, adopt_allocation_plan}, [&](std::size_t i) { unit(i); });
    each(f_.devices, {device_keeper, register_devices, lend_out, lose_device}, [&](std::size_t i) { device(i); });
    each(f_.complaints, {keep_for_complaint}, [&](std::size_t i) { complaint(i); });
    each(f_.exports, {evidence_note, disc_in_file}, [&](std::size_t i) { exported(i); });
    each(f_.accesses, {access_approval}, [&](std::size_t i) { access(i); });
    each(f_.disclosures, {disclose}, [&](std::size_t i) { disclosed(i); });
    each(f_.months, {sampling}, [&](std::size_t i) { month(i); });
  }

 private:
  template <typename Rows, typename Judge>
  void each(const Rows& rows, std::initializer_list<HandNorm> norms, Judge judge) {
    for (const HandNorm n : norms) out_[n].resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) judge(i);
  }
  static bool is_recorder(Byte kind) { return kind < 4; }

  void unit(std::size_t i) {
    const Unit& u = f_.units[i];
    const auto& t = f_.through;
    Word devices = 0, officers = 0;
    for (std::int32_t d = u.first_device; d < u.first_device + u.devices; ++d) devices += f_.devices[at(d)].state == 0 && is_recorder(f_.devices[at(d)].kind);
    for (std::int32_t o = u.first_officer; o < u.first_officer + u.officers; ++o) officers += f_.on_duty[at(o)] == kTrue;
    const Word served = devices * (u.grade == 0 ? 2 : 5);
    const Word served_hi = t.device[i] >= u.at ? served : kMax, officers_hi = t.officer[i] >= u.at ? officers : kMax;
    const Byte fewer = static_cast<Byte>((served < officers_hi ? 1 : 0) | (served_hi >= officers ? 2 : 0));
    out_[staff_ratio][i] = settle(truth_of(u.enforces), given(u.reason_state), kleene_not(fewer));
    out_[adopt_allocation_plan][i] = settle(truth_of(u.enforces), kFalse, closed_any(u.plans > 0, t.plan[i] >= u.at));
  }

  void device(std::size_t i) {
    const Device& d = f_.devices[i];
    const auto u = static_cast<std::size_t>(d.unit);
    const Byte used = truth_of(is_recorder(d.kind) && d.state == 0);
    out_[device_keeper][i] = settle(used, kFalse, given(d.keeper_state));
    bool issued = false;
    for (std::int32_t k = f_.of_issues[i]; k < f_.of_issues[i + 1]; ++k) issued |= f_.issued_by[at(k)] == 0;
    out_[register_devices][i] = settle(used, kFalse, closed_any(issued, f_.through.issue[u] >= d.at));
    Byte lent = kFalse;
    for (std::int32_t k = f_.of_loans[i]; k < f_.of_loans[i + 1]; ++k) lent = kleene_or(lent, kleene_not(f_.loan_agreed[at(k)]));
    out_[lend_out][i] = settle(kTrue, kFalse, kleene_not(closed_any(lent, f_.through.loan[u] >= d.at)));
    out_[lose_device][i] = settle(truth_of(d.state >= 2 && d.state <= 4), kFalse, kleene_not(kleene_and(d.careless, d.harm)));
  }

  void complaint(std::size_t i) {
    const Complaint& c = f_.complaints[i];
    const Word by = c.received + calendar::hours_24;
    bool kept = false;
    for (std::int32_t k = f_.of_collections[i]; k < f_.of_collections[i + 1]; ++k) kept |= f_.collected[at(k)] <= by;
    out_[keep_for_complaint][i] = settle(truth_of(c.about), kFalse, closed_any(kept, f_.through.collection[static_cast<std::size_t>(c.unit)] >= by), f_.as_of <= by);
  }

  void exported(std::size_t i) {
    const Export& x = f_.exports[i];
    Byte noted = kFalse;
    for (std::int32_t k = f_.of_notes[i]; k < f_.of_notes[i + 1]; ++k) {
      const Note& n = f_.notes[at(k)];
      noted = kleene_or(noted, kleene_and(kleene_and(given(n.by_state), given(n.taken_state)), kleene_and(given(n.when_state), truth_of(n.made <= x.filed))));
    }
    out_[evidence_note][i] = settle(kTrue, kFalse, closed_any(noted, f_.through.note[static_cast<std::size_t>(x.unit)] >= x.filed), f_.as_of <= x.filed);
    out_[disc_in_file][i] = settle(kTrue, kFalse, given(x.disc_state));
  }

  void access(std::size_t i) {
    const Access& q = f_.accesses[i];
    const auto u = static_cast<std::size_t>(q.unit);
    const bool steps_in = f_.through.step[u] >= q.at, entries_in = f_.through.entry[u] >= q.at;
    // The leader of the case, where there is one.
    Byte leader_state = q.case_state;
    std::int32_t leader = 0;
    if (q.case_state == kValue) {
      leader_state = f_.case_files[at(q.case_file)].leader_state;
      leader = f_.case_files[at(q.case_file)].leader;
    }
    const Byte no_leader = kleene_or(kleene_not(given(q.case_state)), kleene_not(given(leader_state)));
    Byte approved = kFalse;
    for (std::int32_t a = f_.of_steps[i]; a < f_.of_steps[i + 1]; ++a) {
      const Step& review = f_.steps[at(a)];
      if (review.stage != 0 || review.role != 1 || review.result != 0 || review.at >= q.at) continue;
      Byte decided = kFalse;
      for (std::int32_t b = f_.of_steps[i]; b < f_.of_steps[i + 1]; ++b) {
        const Step& decision = f_.steps[at(b)];
        if (decision.stage != 1 || decision.role != 0 || decision.result != 0 || decision.at >= q.at || decision.at < review.at) continue;
        const Byte same = decision.who_state != kValue || leader_state != kValue ? Byte{kUndecided} : truth_of(decision.who == leader);
        const Byte by_leader = kleene_or(kleene_or(kleene_not(given(decision.who_state)), no_leader), same);
        Byte entered = kFalse;
        for (std::int32_t e = f_.of_entries[i]; e < f_.of_entries[i + 1]; ++e) {
          const Entry& entry = f_.entries[at(e)];
          if (entry.role != 3 || entry.at >= q.at || entry.at < decision.at) continue;
          entered = kleene_or(entered, kleene_and(given(entry.reader_state), kleene_and(given(entry.why_state), given(entry.read_state))));
        }
        decided = kleene_or(decided, kleene_and(by_leader, closed_any(entered, entries_in)));
      }
      approved = kleene_or(approved, closed_any(decided, steps_in));
    }
    out_[access_approval][i] = settle(kTrue, kFalse, closed_any(approved, steps_in));
  }

  void disclosed(std::size_t i) {
    const Disclosure& x = f_.disclosures[i];
    bool agreed = false;
    for (std::int32_t k = f_.of_consents[i]; k < f_.of_consents[i + 1]; ++k) agreed |= f_.consents[at(k)].result == 0 && f_.consents[at(k)].at < x.at;
    out_[disclose][i] = settle(kTrue, truth_of(x.purpose == 0), closed_any(agreed, f_.through.consent[static_cast<std::size_t>(x.unit)] >= x.at));
  }

  void month(std::size_t i) {
    const Month& m = f_.months[i];
    const auto u = static_cast<std::size_t>(m.unit);
    static const calendar::Zone zone = *calendar::Zone::find("Asia/Shanghai");
    const calendar::Bound by = calendar::add(m.end, {.months = 1}, zone, working_, calendar::Rollover::move);
    const bool inspections_in = f_.through.inspection[u] >= by.hi;
    Word seen = 0, perhaps = 0;
    for (std::int32_t k = f_.of_months[i]; k < f_.of_months[i + 1]; ++k) {
      const auto s = at(f_.month_sessions[at(k)]);
      Byte any = kFalse;
      for (std::int32_t p = f_.of_inspections[s]; p < f_.of_inspections[s + 1]; ++p) {
        const Inspection look = f_.inspections[at(p)];
        if (look.inspected_by > 1) continue;
        any = kleene_or(any, look.at <= by.lo ? Byte{kTrue} : look.at <= by.hi ? Byte{kUndecided} : Byte{kFalse});
      }
      any = closed_any(any, inspections_in);
      seen += any == kTrue;
      perhaps += any != kFalse;
    }
    const Word all = f_.of_months[i + 1] - f_.of_months[i];
    const bool closed = f_.through.session[u] >= by.hi;
    // Fewer than one in twenty? In twentieths, so that nothing is rounded.
    const Byte fewer = static_cast<Byte>((!closed || seen * 20 < all ? 1 : 0) | (!closed || perhaps * 20 >= all ? 2 : 0));
    out_[sampling][i] = settle(kTrue, kFalse, kleene_not(fewer), f_.as_of <= by.hi);
  }

  const Ledgers<Layout>& f_;
  const calendar::WorkingDays& working_;
  Outcomes& out_;
};

}  // namespace jianlu::bench
