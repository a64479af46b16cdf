// Sessions, and what they own.
#include <algorithm>
#include <array>

#include "bench/eval/archive_parts.h"

namespace jianlu::bench {
namespace {

using calendar::Instant, calendar::hour, calendar::minute, calendar::second;

constexpr int kWordings = 5000;   // distinct sayings that are no notice

// A session as it went; what is written of it follows from this.
struct Course {
  fact::Row row = 0;
  std::int64_t unit = 0;
  Instant started = 0, on_scene = 0, ended = 0;
  bool due = true;                  // an activity that has to be recorded
  bool filmed = true;               // else the recordings lie elsewhere
  bool breaks = false, stops = false;
  Instant break_from = 0, break_to = 0;   // between two recordings, or to the end where it stops
};

class Sessions {
 public:
  explicit Sessions(Setting& setting) : s(setting), t(setting.tables), c(setting.chance) {
    const auto say = [&](const std::string& text) { return s.texts.intern(text); };
    notice_ = say("为保护您的合法权益，监督我们的执法行为，本次执法全程录音录像。");
    near_ = say("为保护您的合法利益，监督我们执法，本次执法全程录音录像");
    doubtful_ = say("为了保护您的权益，本次执法全程录音");
    explains_ = say("刚才设备没电，录制中断了一会儿，现在继续");
    for (int i = 0; i < kWordings; ++i) sayings_.push_back(say("请您配合检查，这是第" + std::to_string(i) + "份取水许可和台账"));
    reason_ = say("当事人家中有病人");
    basis_ = say("第七条第一款");
  }

  void run() {
    for (fact::Row row = 0; row < s.sessions; ++row) one(row);
    for (int i = 0; i < 2000; ++i) stray();
    for (const auto& [entity, owned] : {std::pair{recording, true}, {speech, true}, {check, true}, {carriage, true}, {interruption, true}, {report, true},
                                        {account, true}, {record, true}, {transfer, true}, {inspection, true}}) {
      t.table(entity).size = s.rows(entity, "session");
      t.table(entity).owned = entity == recording ? t.table(entity).size - 2000 : t.table(entity).size;
    }
    t.table(sign).size = t.table(sign).owned = s.rows(sign, "recording");
    t.table(session).size = s.sessions;
  }

 private:
  bool delivered(model::EntityId ledger, const Course& course) const { return s.delivered(ledger, course.unit, course.ended); }

  void one(fact::Row row) {
    Course course;
    course.row = row;
    course.unit = c.below(kUnits);
    course.started = s.begin + (s.end - s.begin - 6 * hour) / s.sessions * row / second * second + c.below(20) * minute;
    const bool known = c.percent(80);
    course.on_scene = course.started + c.below(10) * minute;
    course.ended = course.on_scene + c.between(20, 180) * minute;
    course.due = c.percent(95);
    course.filmed = c.percent(97);
    course.breaks = c.percent(5);
    course.stops = !course.breaks && c.percent(3);
    write(course, known);
    recordings(course);
    speeches(course);
    kit(course);
    papers(course);
  }

  void write(const Course& course, bool arrival_known) {
    const bool known = delivered(session, course);
    s_unit.add(course.unit);
    s_activities.add(course.due ? std::int64_t{1} << c.below(8) | (c.percent(30) ? routine_ : 0) : publicity_);
    s_started.add(course.started);
    if (arrival_known) s_arrived.add(course.on_scene); else if (c.percent(80)) s_arrived.unknown(); else s_arrived.absent(true);
    s_ended.add(course.ended);
    const bool far = c.percent(4);
    if (far || c.percent(60)) s_returned.add(course.ended + c.between(1, far ? 30 : 3) * hour); else s_returned.absent(known);
    s_grounds.set_or_absent(far ? std::int64_t{1} << c.below(3) : 0, known);
    if (c.percent(20)) s_case.add(c.below(std::max(1, s.sessions / 10))); else s_case.absent(known);
    s_evidence.truth_or_absent(c.percent(10), known);
    if (!course.filmed && c.percent(70)) s_ground.truth(c.percent(60)); else s_ground.undecided();
  }

  void recordings(Course& course) {
    // Five in a row from arrival to end; one joint in a hundred is a break, some come late or stop early.
    const Instant shift = course.filmed ? 0 : -7 * hour;   // a clock that was wrong
    const Instant from = course.on_scene + (c.percent(3) ? c.between(1, 15) * minute : 0);
    const Instant to = course.stops ? course.ended - c.between(5, 15) * minute : course.ended;
    const Instant part = (to - from) / kRecordings / second * second;
    const int broken = course.breaks ? static_cast<int>(c.between(1, kRecordings - 1)) : 0;
    const std::int64_t device = course.unit * Setting::kDevices + c.below(Setting::kDevices);
    const bool known = s.delivered(recording, course.unit, course.ended);
    device_ = device;
    for (int i = 0; i < kRecordings; ++i) {
      Instant start = from + i * part + (i > 0 ? c.below(2) * second : 0);
      if (broken != 0 && i == broken) {
        course.break_from = start;
        start += std::min<Instant>(c.between(3, 600) * second, part - second);
        course.break_to = start;
      }
      const Instant stop = i == kRecordings - 1 ? to : from + (i + 1) * part;
      if (broken != 0 && i == broken) course.break_from = from + i * part;
      clip(course.row, start + shift, stop + shift, device, known);
    }
    if (course.stops) {
      course.break_from = to;
      course.break_to = course.ended;
    }
  }

  void clip(std::int64_t owner, Instant start, Instant stop, std::int64_t device, bool known) {
    if (owner >= 0) r_owner.add(owner); else r_owner.absent(true);
    r_start.add(start);
    r_end.add(stop);
    if (c.percent(97)) r_device.add(device); else r_device.absent(known);
    r_clock.absent(true);   // bounds of their own, which are exact here
    const Instant gone = stop + c.between(20, 500) * 24 * hour;
    if (c.percent(2) && gone < s.as_of) r_deleted.add(gone); else r_deleted.absent(known);
    if (c.percent(0.5)) r_edited.truth(c.percent(50)); else r_edited.undecided();
    if (owner < 0 && c.percent(60)) r_unrelated.truth(c.percent(50)); else r_unrelated.undecided();
    if (!c.percent(0.7)) return;
    for (std::int64_t i = c.between(1, 2); i > 0; --i) {
      x_owner.add(s.rows(recording, "session") - 1);
      x_grade.add(c.below(3));
    }
  }
  void stray() {
    const Instant start = s.begin + c.below(s.end - s.begin - 2 * hour) / second * second;
    clip(-1, start, start + 10 * minute, c.below(kUnits) * Setting::kDevices, true);
  }

  void say(const Course& course, Instant at, std::int64_t words) {
    v_owner.add(course.row);
    v_at.add(at);
    v_words.add(words);
    for (auto* ruling : {&v_notice, &v_explains}) {
      if (c.percent(5)) ruling->truth(c.percent(70)); else ruling->undecided();
    }
  }
  void speeches(const Course& course) {
    if (c.percent(90)) {
      const std::int64_t words = c.percent(90) ? notice_ : c.percent(60) ? near_ : doubtful_;
      say(course, course.on_scene + (c.percent(95) ? c.below(290) : c.between(310, 900)) * second, words);
    }
    if (c.percent(70)) say(course, course.on_scene + c.between(5, 20) * minute, sayings_[static_cast<std::size_t>(c.below(kWordings))]);
    if (course.breaks && c.percent(70)) say(course, course.break_to + c.below(80) * second, c.percent(80) ? explains_ : sayings_[static_cast<std::size_t>(c.below(kWordings))]);
  }

  void kit(const Course& course) {
    for (std::int64_t i = c.percent(93) ? c.between(1, 2) : 0; i > 0; --i) {
      k_owner.add(course.row);
      k_at.add(course.started - c.between(-2, 40) * minute);
      k_device.add(c.percent(96) ? device_ : course.unit * Setting::kDevices);
      for (auto* good : {&k_faultless, &k_battery, &k_storage, &k_clock}) good->truth(c.percent(99));
    }
    for (std::int64_t i = c.percent(96) ? 2 : 1; i > 0; --i) {
      a_owner.add(course.row);
      a_device.add(course.unit * Setting::kDevices + c.below(Setting::kDevices));
      a_carrier.add(s.officer(course.unit));
    }
  }

  void papers(const Course& course) {
    if (course.breaks && c.percent(70)) {
      i_owner.add(course.row);
      i_span.add(course.break_from - (c.percent(85) ? second : -second), course.break_to + second);
      i_reason.add(c.percent(85) ? c.below(8) : subjective_);
    }
    if (course.stops && c.percent(70)) {
      b_owner.add(course.row);
      b_at.add(course.break_from + c.below(45) * minute);
      b_to.add(c.percent(90) ? head_ : leader_);
    }
    if (course.stops && c.percent(70)) {
      n_owner.add(course.row);
      n_made.add(course.ended + c.below(30) * hour);
    }
    if (!course.filmed ? c.percent(75) : c.percent(1.5)) work_record(course);
    if (c.percent(97)) {
      t_owner.add(course.row);
      t_at.add(course.ended + (c.percent(93) ? c.between(5, 120) * minute : c.between(12, 60) * hour));
      t_to.add(c.percent(98) ? office_ : section_);
    }
    if (c.percent(5.5)) {
      p_owner.add(course.row);
      p_at.add(course.ended + c.below(45) * 24 * hour);
      p_by.add(c.percent(90) ? office_ : section_);
    }
  }

  void work_record(const Course& course) {
    const bool known = delivered(record, course);
    w_owner.add(course.row);
    w_made.add(course.ended + c.below(30) * hour);
    w_secrets.set_or_absent(c.percent(30) ? std::int64_t{1} << c.below(3) : 0, known);
    const bool urgent = c.percent(40);
    w_urgent.truth_or_absent(urgent, known);
    w_impossible.truth_or_absent(urgent && c.percent(80), known);
    if (c.percent(20)) w_cause.add(reason_); else w_cause.absent(known);
    if (course.filmed) w_span.add(course.on_scene, course.on_scene + c.between(1, 15) * minute);
    else if (known) put_none(w_span); else w_span.unknown();
    if (c.percent(95)) w_reason.add(reason_); else w_reason.absent(known);
    if (c.percent(95)) w_basis.add(basis_); else w_basis.absent(known);
    if (c.percent(95)) w_to.add(c.percent(95) ? leader_ : head_); else w_to.absent(known);
  }
  static void put_none(Tables::Cells& cells) { cells.absent(true); }

  Setting& s;
  Tables& t;
  Chance& c;
  std::int64_t notice_, near_, doubtful_, explains_, reason_, basis_, device_ = 0;
  std::vector<std::int64_t> sayings_;
  const model::EntityId session = t.entity("session"), recording = t.entity("recording"), sign = t.entity("edit_sign");
  const model::EntityId speech = t.entity("speech"), check = t.entity("pre_check"), carriage = t.entity("carriage");
  const model::EntityId interruption = t.entity("interruption"), report = t.entity("report"), account = t.entity("written_account");
  const model::EntityId record = t.entity("work_record"), transfer = t.entity("transfer"), inspection = t.entity("inspection");
  const std::int64_t routine_ = t.bit("activity_kind", "routine_inspection"), publicity_ = t.bit("activity_kind", "legal_publicity");
  const std::int64_t subjective_ = t.value("interruption_reason", "subjective_cause");
  const std::int64_t head_ = t.value("role", "department_head"), leader_ = t.value("role", "leader_in_charge");
  const std::int64_t office_ = t.value("department", "general_office"), section_ = t.value("department", "operating_section");
  using Cells = Tables::Cells;
  Cells s_unit = t.cells(session, "unit"), s_activities = t.cells(session, "activities"), s_started = t.cells(session, "started"),
        s_arrived = t.cells(session, "arrived"), s_ended = t.cells(session, "ended"), s_returned = t.cells(session, "returned"),
        s_grounds = t.cells(session, "late_hand_over_grounds"), s_case = t.cells(session, "case_file"),
        s_evidence = t.cells(session, "is_evidence"), s_ground = t.cells(session, "had_ground_not_to_record");
  Cells r_owner = t.cells(recording, "session"), r_start = t.cells(recording, "started"), r_end = t.cells(recording, "ended"),
        r_device = t.cells(recording, "device"), r_clock = t.cells(recording, "clock"), r_deleted = t.cells(recording, "deleted_at"),
        r_edited = t.cells(recording, "found_edited"), r_unrelated = t.cells(recording, "found_unrelated");
  Cells x_owner = t.cells(sign, "recording"), x_grade = t.cells(sign, "grade");
  Cells v_owner = t.cells(speech, "session"), v_at = t.cells(speech, "at"), v_words = t.cells(speech, "words"),
        v_notice = t.cells(speech, "found_notice"), v_explains = t.cells(speech, "found_explanation");
  Cells k_owner = t.cells(check, "session"), k_at = t.cells(check, "checked_at"), k_device = t.cells(check, "device"),
        k_faultless = t.cells(check, "faultless"), k_battery = t.cells(check, "battery_full"),
        k_storage = t.cells(check, "storage_free"), k_clock = t.cells(check, "clock_set");
  Cells a_owner = t.cells(carriage, "session"), a_device = t.cells(carriage, "device"), a_carrier = t.cells(carriage, "carrier");
  Cells i_owner = t.cells(interruption, "session"), i_span = t.cells(interruption, "span"), i_reason = t.cells(interruption, "reason");
  Cells b_owner = t.cells(report, "session"), b_at = t.cells(report, "at"), b_to = t.cells(report, "to");
  Cells n_owner = t.cells(account, "session"), n_made = t.cells(account, "made_at");
  Cells w_owner = t.cells(record, "session"), w_made = t.cells(record, "made_at"), w_secrets = t.cells(record, "secrets"),
        w_urgent = t.cells(record, "urgent"), w_impossible = t.cells(record, "impossible"), w_cause = t.cells(record, "objective_cause"),
        w_span = t.cells(record, "span"), w_reason = t.cells(record, "reason"), w_basis = t.cells(record, "basis"),
        w_to = t.cells(record, "reported_to");
  Cells t_owner = t.cells(transfer, "session"), t_at = t.cells(transfer, "exported_at"), t_to = t.cells(transfer, "received_by");
  Cells p_owner = t.cells(inspection, "session"), p_at = t.cells(inspection, "at"), p_by = t.cells(inspection, "inspected_by");
};

}  // namespace

void make_sessions(Setting& setting) { Sessions(setting).run(); }

}  // namespace jianlu::bench
