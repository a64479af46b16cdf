// Rules and documents in miniature over small_vocabulary(), for tests that audit.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/audit.h"
#include "engine/fact/document.h"
#include "tests/differential/build.h"
#include "tests/unit/support/small_vocabulary.h"

namespace jianlu::test {

using calendar::hour;
using model::ExprId;
using model::kNone;
using model::Op;
using model::TypeKind;

// Six norms, one for each way in which judging reads: own rows with a deadline, lists by reference, owned rows as
// subjects, rows of another ledger through a reference, calendar rows, the as-of instant itself.
struct SmallRules {
  model::Rulebook book;
  fact::Facts none;
  differential::Build build{book, none};
  calendar::Zone zone = *calendar::Zone::find("Asia/Shanghai");
  calendar::WorkingDays working_days;
  std::vector<std::string> slices;

  SmallRules() {
    book.vocabulary = small_vocabulary();
    const auto month = book.vocabulary.entity("unit_month");
    book.vocabulary.entities[static_cast<std::size_t>(month)].time = book.vocabulary.field(month, "month_end");
    book.regulations.emplace_back().id = "test-bureau";
    book.regulations[0].zone = "Asia/Shanghai";
    const model::Vocabulary& v = book.vocabulary;
    const auto session = v.entity("session"), recording = v.entity("recording"), device = v.entity("device");
    const auto s = build.var(session), r = build.var(recording), d = build.var(device);
    const auto t = build.var(v.entity("transfer")), m = build.var(v.entity("unit_month"));
    const auto x = build.var(session), c = build.var(v.entity("complaint"));
    const auto of = [&](model::VarId var, const char* name) {
      return build.read(build.variable(var), v.field(book.variables[var].entity, name));
    };
    const model::Type truth{TypeKind::truth}, instant{TypeKind::instant}, number{TypeKind::number};
    const auto at_most = [&](ExprId a, ExprId b) { return build.make(Op::less_equal, truth, {a, b}); };
    const auto deny = [&](ExprId a) { return build.make(Op::logical_not, truth, {a}); };

    model::Norm hand_over = norm("hand_over", s);
    hand_over.performance = model::Performance{t, of(s, "transfers"), kNone, of(t, "exported_at")};
    hand_over.deadline = model::Deadline{build.make(Op::add, instant, {of(s, "ended"), build.duration(24 * hour)}), false, {}};
    add(hand_over);
    model::Norm no_complaint = norm("no_complaint", s);
    no_complaint.must = deny(build.quantify(Op::any, truth, of(s, "complaints"), c, kNone, build.truth(true)));
    add(no_complaint);
    model::Norm not_edited = norm("not_edited", r);
    not_edited.must = deny(of(r, "found_edited"));
    add(not_edited);
    model::Norm cheap = norm("cheap_device", s);
    cheap.element = r;
    cheap.list = of(s, "recordings");
    cheap.must = at_most(build.read(of(r, "device"), v.field(device, "price")), build.number(100'000'000));
    add(cheap);
    model::Norm few = norm("few_violations", m);
    few.must = at_most(build.quantify(Op::count, number, of(m, "sessions"), x, of(x, "had_violation"), kNone), build.number(3'000'000));
    add(few);
    model::Norm fresh = norm("fresh_device", d);
    fresh.must = at_most(build.make(Op::as_of, instant, {}),
                         build.make(Op::add, instant, {of(d, "snapshot_at"), build.duration(240 * hour)}));
    add(fresh);
  }

  AuditRules rules() const {
    return {book, slices, {zone}, &working_days,
            {{"rules", "test-bureau/regulation.law", std::string(64, 'a')}, {"calendar", "cn.yaml", std::string(64, 'b')}}};
  }

 private:
  static model::Norm norm(const std::string& name, model::VarId subject) {
    model::Norm n;
    n.name = {name, name};
    n.subject = subject;
    return n;
  }
  void add(model::Norm n) {
    const model::Name name = n.name;
    const model::NormId id = build.norm(std::move(n));
    book.norms[static_cast<std::size_t>(id)].name = name;
    slices.push_back(std::string(60, '0') + std::to_string(1000 + id));
  }
};

// A document, cell by cell.
class Say {
 public:
  Say(const model::Vocabulary& vocabulary, const char* entity) : vocabulary_(vocabulary) {
    document.entity = vocabulary.entity(entity);
  }
  Say& text(const char* field, std::string value) {
    cell(field).text = std::move(value);
    return *this;
  }
  Say& value(const char* field, std::int64_t value) {
    fact::Cell& c = cell(field);
    c.lo = c.hi = value;
    return *this;
  }
  Say& row(const Say& owned) {
    document.rows.push_back(owned.document);
    return *this;
  }
  fact::Document document;

 private:
  fact::Cell& cell(const char* field) {
    fact::Cell& c = document.cells.emplace_back();
    c.field = vocabulary_.field(document.entity, field);
    return c;
  }
  const model::Vocabulary& vocabulary_;
};

constexpr calendar::Instant kMay = 1'714'492'800'000'000;   // 2024-05-01T00:00:00+08:00

inline fact::Document a_unit(const model::Vocabulary& v, const std::string& key) {
  return Say(v, "unit").text("id", key).value("enforces", fact::kTrue).value("snapshot_at", kMay).document;
}
inline fact::Document a_device(const model::Vocabulary& v, const std::string& key, const std::string& unit, std::int64_t price) {
  return Say(v, "device").text("id", key).text("unit", unit).value("kind", 1).value("price", price * 1'000'000)
      .value("snapshot_at", kMay).document;
}
// A session that begins `hours` after kMay and lasts an hour.
inline Say a_session(const model::Vocabulary& v, const std::string& key, const std::string& unit, std::int64_t hours) {
  return Say(v, "session").text("id", key).text("unit", unit).value("activities", 1)
      .value("started", kMay + hours * hour).value("ended", kMay + (hours + 1) * hour);
}
inline Say a_recording(const model::Vocabulary& v, const std::string& key, const std::string& device, std::int64_t hours) {
  return Say(v, "recording").text("id", key).text("device", device).value("started", kMay + hours * hour)
      .value("ended", kMay + hours * hour + hour / 2);
}
inline Say a_transfer(const model::Vocabulary& v, std::int64_t hours) {
  return Say(v, "transfer").value("exported_at", kMay + hours * hour);
}
inline fact::Document a_complaint(const model::Vocabulary& v, const std::string& key, const std::string& unit,
                                  const std::string& session, std::int64_t hours) {
  return Say(v, "complaint").text("id", key).text("unit", unit).text("session", session)
      .value("received_at", kMay + hours * hour).document;
}
inline fact::Delivery a_delivery(const model::Vocabulary& v, const char* ledger, const std::string& unit, std::int64_t hours) {
  return {v.entity(ledger), unit, kMay + hours * hour, "test", {}};
}

}  // namespace jianlu::test
