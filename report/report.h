// The report of one audit, as plain data: whoever fills it needs no knowledge of how it is shown.
//
// Texts are in the language in which the report will be rendered; nothing in them is markup, whatever it
// looks like. A text that is not known stays empty: the renderers leave its line out or say that it is
// missing. Instants are UTC microseconds; one at or beyond fact::kMin/kMax is not known. Lists are shown in
// the order in which they are given.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/calendar/instant.h"
#include "engine/fact/fact.h"
#include "engine/outcome/outcome.h"
#include "engine/source/source.h"

namespace jianlu::report {

using calendar::Instant;
using outcome::Outcome;

struct Period {
  Instant start = fact::kMin;
  Instant end = fact::kMax;
};

// A statement of the regulation.
struct Statement {
  std::string citation;  // 第六条第一款第二项
  std::string summary;   // in our own words, from the rule file or its English catalogue
  std::string official;  // quoted from the official text; empty where none was attached
};

// How many rows had each outcome, by Outcome.
struct Tally {
  std::string name;     // 第六条, or a unit
  std::string summary;  // of the article; empty for a unit
  std::array<std::int64_t, outcome::kOutcomes> counts{};
};

// ---- findings

struct Fact {
  std::string name;  // 场次.到达
  std::string value;
  std::string source;  // day.yaml:12, or clip.mp4 +00:01:23
};

enum class Truth : std::uint8_t { none, holds, fails, undecided };

// A node of the explanation.
struct Reason {
  std::string text;   // as the rule file says it
  std::string value;  // what it came to; empty where `truth` says it all
  Truth truth = Truth::none;
  std::string source;
  std::string citation;
  std::vector<Reason> children;
};

// An exemption or exception that was considered and did not apply.
struct Exception {
  std::string name;
  std::string citation;
  Truth truth = Truth::fails;
  std::string why;  // which part did not hold or is not known
};

struct MissingFact {
  std::string name;
  std::string supplier;  // who can supply it
};

// A category of misconduct that a breach may, but need not, fall under.
struct Category {
  std::string name;
  std::string citation;
  std::string condition;
  Truth truth = Truth::undecided;
  std::vector<std::string> to_rule_on;  // what a person must still decide
};

// A picture taken from footage. Without bytes only the place is named.
struct Still {
  std::string caption;
  std::string place;       // clip.mp4 +00:01:23
  std::string media_type;  // image/jpeg or image/png; any other is not shown
  std::string bytes;
};

struct Event {
  Instant as_of = fact::kMin;
  std::string what;  // opened, confirmed, …, as finding::name says it
  std::string person;
  std::string reason;
};

struct Finding {
  std::string norm;  // <bureau-id>/<norm id>
  std::string norm_name;
  std::string subject;  // stable key: session/S-001
  Statement statement;
  std::string message;
  outcome::Verdict verdict;
  std::string unit;
  std::string session;  // key of a Session below; empty where the subject has none
  std::vector<Fact> facts;
  std::vector<Reason> explanation;
  std::vector<Exception> exceptions;
  std::vector<MissingFact> missing;
  std::vector<Category> categories;
  std::vector<Still> stills;
  std::vector<Event> events;
};

// ---- timelines

struct Bar {
  Period period;
  std::string label;  // R-1, or the ground of an excused interval
  std::string note;   // file and device, or the reason
};

struct Mark {
  Instant at = fact::kMin;
  std::string label;  // 告知, 中断说明
  std::string note;   // what was said, and where: clip.mp4 +00:00:12
};

// The recordings of one device.
struct Track {
  std::string device;
  std::vector<Bar> recordings;
};

struct Session {
  std::string key;  // S-001
  std::string unit;
  std::string activity;
  Period act;  // from arrival to end, as the regulation counts it
  std::vector<Track> tracks;
  std::vector<Bar> gaps;
  std::vector<Bar> interruptions;  // as they were logged
  std::vector<Bar> excused;
  std::vector<Mark> notices;
};

// ---- what surrounds the findings

struct Sanction {
  std::string citation;
  std::string text;
  std::string condition;
  bool cumulative = false;  // may be added to the others
};

// A line of the checklist that people work through.
struct ManualLine {
  std::string citation;
  std::string subject;
  std::string role;
  std::string question;
  std::string frequency;
};

struct MissingLedger {
  std::string ledger;
  std::string unit;
  std::string period;
  std::string supplier;
  std::vector<std::string> norms;  // that it leaves undecided
};

struct Interpretation {
  std::string citation;
  std::string name;
  std::string value;
  std::string reason;
};

// A row or a file that was kept aside.
struct SetAside {
  std::string where;  // day.yaml:12, or a file
  std::string problem;
  std::string remedy;
};

struct Footage {
  std::string file;
  std::string verdict;
  bool sound = true;               // false: somebody must look at the file
  std::string details;             // container, streams
  std::int64_t duration = -1;      // microseconds; negative: not known
  std::string session;             // empty: matched to none
  std::vector<std::string> signs;  // of editing, damage or doubtful provenance
};

struct Digest {
  std::string name;    // rule, vocabulary, calendar file or delivery
  std::string sha256;  // lower-case hex
};

struct Count {
  std::string name;
  std::int64_t value = 0;
};

struct Receipt {
  std::string engine;  // version
  std::vector<Digest> digests;
  std::vector<Count> counts;
  std::string chain_head;
  std::int64_t chain_length = 0;
  std::vector<std::string> verify;  // commands that check this report, without the prompt
};

struct Report {
  std::string title;  // empty: the standard title of the language
  std::string bureau;
  std::string regulation;
  std::string version;       // of the regulation
  std::string commencement;  // 未载明 and why, or the date and its source
  Period period;             // of the sessions audited
  Instant as_of = 0;
  std::string zone;  // IANA name; all times are shown in it
  std::vector<Tally> by_article;
  std::vector<Tally> by_unit;
  std::vector<Finding> findings;
  std::vector<Session> sessions;
  std::vector<Sanction> sanctions;  // listed, never chosen
  std::vector<ManualLine> manual;
  std::vector<MissingLedger> missing_ledgers;
  std::vector<Interpretation> interpretations;
  std::vector<Footage> footage;
  std::vector<SetAside> set_aside;
  Receipt receipt;
  std::string appeal_to;  // who takes objections; empty: the bureau
};

// One self-contained page: no script, nothing fetched. The same report gives the same bytes.
std::string render_html(const Report& report, source::Language language);

// docs/report.md describes the shape. The same report gives the same bytes.
std::string render_json(const Report& report);

}  // namespace jianlu::report
