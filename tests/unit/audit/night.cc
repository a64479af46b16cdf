// An audit judges what changed, and only that; what it writes does not depend on how it got there.
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "engine/store/findings.h"
#include "engine/store/intake.h"
#include "engine/store/verify.h"
#include "tests/unit/support/audit_world.h"

using namespace jianlu;
using namespace jianlu::test;
using finding::Event;
using outcome::Outcome;

namespace {

struct Office {
  SmallRules small;
  const model::Vocabulary& v = small.book.vocabulary;
  std::filesystem::path folder;
  std::unique_ptr<store::Store> store;
  int file = 0;

  Office() {
    static int number = 0;
    folder = std::filesystem::temp_directory_path() / ("jianlu-audit-" + std::to_string(getpid()) + "-" + std::to_string(++number));
    std::filesystem::create_directories(folder);
    open();
  }
  ~Office() {
    store.reset();
    std::filesystem::remove_all(folder);
  }
  void open() {
    store.reset();
    store = std::make_unique<store::Store>((folder / "store.db").string(), v, small.zone, store::Access::write, "a test");
  }
  store::IntakeCounts take(const std::vector<fact::Document>& documents, const std::vector<fact::Delivery>& deliveries = {},
                           const std::vector<fact::Doubt>& doubts = {}) {
    ++file;
    store::Intake intake(*store, kMay);
    const std::string path = "manifest-" + std::to_string(file) + ".yaml";
    REQUIRE(intake.begin({path, "manifest", fact::digest(path), 10}));
    for (const fact::Document& d : documents) intake.put(d);
    for (const fact::Delivery& d : deliveries) intake.put(d);
    for (const fact::Doubt& d : doubts) intake.put(d);
    return intake.finish("read");
  }
  AuditResult audit(std::int64_t hours, unsigned threads = 1, std::int32_t batch = 2048) {
    AuditOptions options;
    options.as_of = kMay + hours * hour;
    options.threads = threads;
    options.batch_rows = batch;
    return jianlu::audit(*store, small.rules(), options);
  }
  std::string outcome_of(const std::string& finding) {
    const auto all = findings();
    const auto found = all.find(finding);
    return found == all.end() ? "none" : found->second;
  }
  std::map<std::string, std::string> findings() {
    std::map<std::string, std::string> out;
    store::for_each_finding(*store, {}, [&](const store::Finding& f) {
      out[f.key.norm.substr(f.key.norm.find('/') + 1) + ' ' + f.key.subject] = std::string(outcome::id(f.verdict.outcome));
    });
    return out;
  }
  std::string ledger() {
    std::string out;
    store::for_each_entry(*store, std::nullopt, [&](const store::Entry& e) {
      out += e.hash + ' ' + e.transition.key.norm + ' ' + e.transition.key.subject + ' ' +
             std::string(finding::id(e.transition.event)) + ' ' + std::string(outcome::id(e.transition.verdict.outcome)) + ' ' +
             e.transition.reason + '\n';
    });
    return out;
  }
  void sound() {
    const store::Verification found = store::verify(*store, false);
    for (const diag::Words& fault : found.faults) UNSCOPED_INFO(fault.en);
    CHECK(found.faults.empty());
  }
};

using Findings = std::map<std::string, std::string>;

std::vector<fact::Document> first_day(const model::Vocabulary& v) {
  return {a_unit(v, "U1"), a_device(v, "D1", "U1", 80), a_device(v, "D2", "U1", 500),
          a_session(v, "S1", "U1", 10).row(a_recording(v, "R1", "D1", 10)).row(a_transfer(v, 20)).document,
          a_session(v, "S2", "U1", 12).row(a_recording(v, "R1", "D2", 12)).document};
}

}  // namespace

TEST_CASE("an audit opens findings, and the same again adds nothing") {
  Office office;
  office.take(first_day(office.v), {a_delivery(office.v, "recording", "U1", 100), a_delivery(office.v, "complaint", "U1", 100)});
  const AuditResult first = office.audit(15);
  CHECK(first.judged == 5);   // two devices, two sessions and a unit-month; no norm judges units
  CHECK(office.findings() == Findings{{"hand_over session/S2", "pending"},
                                      {"not_edited session/S1/recording/R1", "unknown"},
                                      {"not_edited session/S2/recording/R1", "unknown"},
                                      {"cheap_device session/S2/recording/R1", "breached"},
                                      {"few_violations unit_month/U1%2F2024-05", "unknown"}});
  office.sound();
  const AuditResult again = office.audit(15);
  CHECK(again.idle);
  CHECK(again.receipt == first.receipt);
  CHECK(store::receipts(*office.store).size() == 1);
}

TEST_CASE("a pending finding is judged again when its instant has come, and nothing else is") {
  Office office;
  office.take(first_day(office.v), {a_delivery(office.v, "transfer", "U1", 12)});
  office.audit(15);
  CHECK(office.outcome_of("hand_over session/S2") == "pending");
  const AuditResult on_time = office.audit(37);            // the deadline itself is still in time
  CHECK(on_time.transitions == 0);
  CHECK(on_time.judged == 2);                              // the devices: their norm reads the as-of instant
  const AuditResult past = office.audit(38);
  CHECK(past.judged == 3);
  CHECK(past.transitions == 1);
  CHECK(office.outcome_of("hand_over session/S2") == "unknown");
  office.take({}, {a_delivery(office.v, "transfer", "U1", 60)});
  office.audit(39);
  CHECK(office.outcome_of("hand_over session/S2") == "breached");
  office.sound();
}

TEST_CASE("the as-of instant changes norms that read it by itself") {
  Office office;
  office.take(first_day(office.v));
  office.audit(15);
  CHECK(office.outcome_of("fresh_device device/D1") == "none");
  office.audit(241);
  CHECK(office.outcome_of("fresh_device device/D1") == "breached");
  office.sound();
}

TEST_CASE("a changed document closes findings and marks what reads it, through references and lists") {
  Office office;
  office.take(first_day(office.v), {a_delivery(office.v, "complaint", "U1", 100)});
  office.audit(15);
  CHECK(office.take({a_device(office.v, "D2", "U1", 90)}).superseded == 1);
  const AuditResult price = office.audit(15);
  CHECK(price.judged == 2);                                // the device, and the one session that reads its price
  CHECK(office.outcome_of("cheap_device session/S2/recording/R1") == "none");
  office.take({a_complaint(office.v, "C1", "U1", "S1", 30)});
  office.audit(15);
  CHECK(office.outcome_of("no_complaint session/S1") == "breached");
  office.take({a_complaint(office.v, "C1", "U1", "S2", 30)});
  office.audit(15);
  CHECK(office.outcome_of("no_complaint session/S1") == "none");
  CHECK(office.outcome_of("no_complaint session/S2") == "breached");
  std::vector<Event> life;
  store::for_each_entry(*office.store, finding::Key{"test-bureau/no_complaint", "session/S1"},
                        [&](const store::Entry& e) { life.push_back(e.transition.event); });
  CHECK(life == std::vector<Event>{Event::opened, Event::closed});
  office.sound();
}

TEST_CASE("a reference to a row that comes later is judged again when it has come") {
  Office office;
  office.take({a_unit(office.v, "U1"), a_session(office.v, "S1", "U1", 10).row(a_recording(office.v, "R1", "D9", 10)).document},
              {a_delivery(office.v, "recording", "U1", 100)});
  office.audit(15);
  CHECK(office.outcome_of("cheap_device session/S1/recording/R1") == "unknown");
  office.take({a_device(office.v, "D9", "U1", 500)});
  office.audit(15);
  CHECK(office.outcome_of("cheap_device session/S1/recording/R1") == "breached");
}

TEST_CASE("rows that come on their own are judged alone until their owner is there") {
  Office office;
  auto loose = a_recording(office.v, "R7", "D2", 10).text("session", "S7").value("found_edited", fact::kTrue).document;
  office.take({a_unit(office.v, "U1"), a_device(office.v, "D2", "U1", 50), loose});
  office.audit(15);
  CHECK(office.outcome_of("not_edited recording/R7") == "breached");
  office.take({a_session(office.v, "S7", "U1", 10).document});
  office.audit(15);
  CHECK(office.outcome_of("not_edited recording/R7") == "none");
  CHECK(office.outcome_of("not_edited session/S7/recording/R7") == "breached");
  office.sound();
}

TEST_CASE("a unit-month counts the sessions of its month, however they came") {
  Office office;
  std::vector<fact::Document> sessions{a_unit(office.v, "U1")};
  for (int i = 0; i < 4; ++i) {
    sessions.push_back(a_session(office.v, "S" + std::to_string(i), "U1", i).value("had_violation", fact::kTrue).document);
  }
  sessions.push_back(a_session(office.v, "S9", "U1", 24 * 40).value("had_violation", fact::kTrue).document);
  office.take({sessions.begin(), sessions.end() - 2}, {a_delivery(office.v, "session", "U1", 24 * 80)});
  office.audit(24 * 80);
  CHECK(office.outcome_of("few_violations unit_month/U1%2F2024-05") == "none");
  office.take({sessions.end() - 2, sessions.end()});
  office.audit(24 * 80);
  CHECK(office.outcome_of("few_violations unit_month/U1%2F2024-05") == "breached");
  CHECK(office.outcome_of("few_violations unit_month/U1%2F2024-06") == "none");
}

TEST_CASE("a unit-month is judged again when a session changed in what it reads, or moved to another month") {
  Office office;
  std::vector<fact::Document> all{a_unit(office.v, "U1")};
  const auto session = [&](int i, int hours) {
    return a_session(office.v, "S" + std::to_string(i), "U1", hours).value("had_violation", fact::kTrue);
  };
  for (int i = 0; i < 4; ++i) all.push_back(session(i, i).document);
  office.take({all.begin(), all.end() - 1}, {a_delivery(office.v, "session", "U1", 24 * 80)});
  // Before any audit nothing is known of what rules read: the month is made all the same.
  office.take({session(3, 24 * 40).document});
  office.take({session(3, 3).document});
  office.audit(24 * 80);
  CHECK(office.outcome_of("few_violations unit_month/U1%2F2024-05") == "breached");
  office.take({session(0, 0).text("weather", "晴").document});
  CHECK(office.audit(24 * 80).judged == 1);   // the session alone
  office.take({session(3, 24 * 40).document});
  CHECK(office.audit(24 * 80).judged == 3);   // it and both months
  CHECK(office.outcome_of("few_violations unit_month/U1%2F2024-05") == "none");
  CHECK(office.outcome_of("few_violations unit_month/U1%2F2024-06") == "none");
  office.take({a_session(office.v, "S2", "U1", 2).value("had_violation", fact::kFalse).document});
  CHECK(office.audit(24 * 80).judged == 2);
  office.sound();
}

TEST_CASE("changed rules judge everything again; the ledger keeps the slice and the reason") {
  Office office;
  office.take(first_day(office.v), {a_delivery(office.v, "recording", "U1", 100)});
  office.audit(15);
  const auto before = office.findings();
  office.small.slices[3] = std::string(64, 'c');           // the same rule, worded anew
  CHECK(office.audit(15).transitions == 0);
  CHECK(office.findings() == before);
  office.small.book.exprs[static_cast<std::size_t>(office.small.book.exprs[static_cast<std::size_t>(office.small.book.norms[3].must)].operands[1])].integer = 900'000'000;
  office.small.slices[3] = std::string(64, 'd');
  CHECK(office.audit(15).transitions == 1);
  std::string reason, slice;
  store::for_each_entry(*office.store, finding::Key{"test-bureau/cheap_device", "session/S2/recording/R1"}, [&](const store::Entry& e) {
    reason = e.transition.reason;
    slice = e.transition.slice;
  });
  CHECK(reason == "rules");
  CHECK(slice == std::string(64, 'd'));
}

TEST_CASE("reviews stand until an audit changes the finding") {
  Office office;
  office.take(first_day(office.v));
  office.audit(15);
  const finding::Key key{"test-bureau/hand_over", "session/S2"};
  CHECK(store::review(*office.store, key, Event::dismissed, "王某", "", kMay));
  CHECK(store::review(*office.store, {"test-bureau/hand_over", "session/S9"}, Event::confirmed, "王某", "", kMay));
  CHECK_FALSE(store::review(*office.store, key, Event::dismissed, "王某", "已口头说明", kMay + 16 * hour));
  CHECK(store::find_finding(*office.store, key)->review == Event::dismissed);
  office.sound();
  office.audit(50);
  CHECK_FALSE(store::find_finding(*office.store, key)->review);
  office.sound();
}

TEST_CASE("neither threads nor batches nor order of arrival change a finding; threads change no byte") {
  std::vector<fact::Document> documents;
  Office one, two, three;
  for (int i = 0; i < 300; ++i) {
    const std::string unit = "U" + std::to_string(i % 3);
    auto session = a_session(one.v, "S" + std::to_string(i), unit, i).row(a_recording(one.v, "R1", i % 2 ? "D1" : "D2", i));
    if (i % 5) session.row(a_transfer(one.v, i + i % 40));
    if (i % 7 == 0) session.value("had_violation", fact::kTrue);
    documents.push_back(session.document);
  }
  documents.push_back(a_device(one.v, "D1", "U1", 50));
  documents.push_back(a_device(one.v, "D2", "U1", 500));
  const std::vector<fact::Delivery> deliveries{a_delivery(one.v, "transfer", "U1", 200), a_delivery(one.v, "recording", "U2", 400)};
  one.take(documents, deliveries);
  two.take(documents, deliveries);
  const AuditResult a = one.audit(250, 1, 16), b = two.audit(250, 4, 16);
  CHECK(a.receipt == b.receipt);
  CHECK(one.ledger() == two.ledger());
  for (std::size_t i = documents.size(); i-- > 0;) {
    three.take({documents[i]}, i % 50 == 0 ? deliveries : std::vector<fact::Delivery>());
    if (i % 40 == 0) three.audit(250);
  }
  three.audit(250);
  CHECK(three.findings() == one.findings());
  one.sound();
  three.sound();
}

TEST_CASE("missing ledgers are said once per unit and month, with the norms that wait for them") {
  Office office;
  office.take(first_day(office.v), {a_delivery(office.v, "complaint", "U1", 100)});
  const auto receipt = nlohmann::json::parse(office.audit(60).receipt);
  const auto missing = store::missing_ledgers(*office.store, [&](std::string_view norm) {
    return norm == "test-bureau/hand_over" ? std::vector{office.v.entity("transfer")} : std::vector<model::EntityId>();
  });
  REQUIRE(missing.size() == 1);
  CHECK(missing[0].unit == "U1");
  CHECK(missing[0].period == "2024-05");
  CHECK(missing[0].norms == std::vector<std::string>{"test-bureau/hand_over"});
  CHECK(missing[0].findings == 1);
  // Here the audit itself works out which lists a norm reads.
  bool said = false;
  for (const auto& row : receipt.at("missing_ledgers")) {
    CHECK(row.at("unit") == "U1");
    CHECK(row.at("period") == "2024-05");
    CHECK(row.at("ledger") != "complaint");
    if (row.at("ledger") != "transfer") continue;
    CHECK_FALSE(said);
    said = true;
    CHECK(row.at("norms") == nlohmann::json::parse(R"(["test-bureau/hand_over"])"));
  }
  CHECK(said);
}

TEST_CASE("a row kept aside takes back what was certain, until its source is mended") {
  Office office;
  office.take(first_day(office.v), {a_delivery(office.v, "complaint", "U1", 100)});
  office.audit(15);
  CHECK(office.outcome_of("no_complaint session/S1") == "none");
  office.take({}, {}, {{office.v.entity("complaint"), "U1"}});
  office.audit(15);
  CHECK(office.outcome_of("no_complaint session/S1") == "unknown");
  store::Intake mended(*office.store, kMay);
  REQUIRE(mended.begin({"manifest-2.yaml", "manifest", fact::digest("mended"), 10}));
  mended.finish("read");
  office.audit(15);
  CHECK(office.outcome_of("no_complaint session/S1") == "none");
}
