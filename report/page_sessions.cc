#include <unordered_map>

#include "report/page.h"
#include "report/timeline.h"

namespace jianlu::report {
namespace {

using Object = Value::Object;
using List = Value::List;

// The table below the picture says everything that the picture shows.
class Lines {
 public:
  Lines(const Session& session, const Words& words) : words_(words), day_(session.act.start) {
    add(Word::lane_act, {}, session.act, session.activity);
    for (const Track& track : session.tracks) {
      for (const Bar& bar : track.recordings) {
        std::string note = track.device;
        if (!note.empty() && !bar.note.empty()) note += words[Word::semicolon];
        add(Word::lane_recording, bar.label, bar.period, note + bar.note);
      }
    }
    add_all(Word::lane_gap, session.gaps);
    add_all(Word::lane_interruption, session.interruptions);
    add_all(Word::lane_excused, session.excused);
    for (const Mark& mark : session.notices) {
      lines_.push_back(Object{{"kind", words[Word::lane_notice]},
                              {"label", mark.label},
                              {"start", time(mark.at)},
                              {"end", ""},
                              {"length", ""},
                              {"note", mark.note}});
    }
  }

  List take() { return std::move(lines_); }

 private:
  // Without the date on the day of the act, which is named above.
  std::string time(Instant instant) const {
    const bool same =
        is_known(instant) && is_known(day_) && words_.zone().day_of(instant) == words_.zone().day_of(day_);
    return same ? words_.clock(instant, true) : words_.instant(instant);
  }

  void add(Word kind, const std::string& label, const Period& period, const std::string& note) {
    lines_.push_back(Object{{"kind", words_[kind]},
                            {"label", label},
                            {"start", time(period.start)},
                            {"end", time(period.end)},
                            {"length", words_.length(period)},
                            {"note", note}});
  }

  void add_all(Word kind, const std::vector<Bar>& bars) {
    for (const Bar& bar : bars) add(kind, bar.label, bar.period, bar.note);
  }

  const Words& words_;
  Instant day_;
  List lines_;
};

std::string about(const Session& s, const Words& words) {
  std::string text = words.fill(Word::about_act, words.period(s.act));
  const auto add = [&](Word word, const std::string& what) {
    if (!what.empty()) text += std::string(words[Word::semicolon]) + words.fill(word, what);
  };
  add(Word::about_unit, s.unit);
  add(Word::about_activity, s.activity);
  return text;
}

}  // namespace

std::string session_anchor(std::size_t index) { return fmt::format("session-{}", index + 1); }

List session_articles(const Report& report, const Words& words) {
  const std::vector<std::size_t> numbers = finding_numbers(report);
  std::unordered_map<std::string_view, List> findings;  // by session
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const Finding& f = report.findings[i];
    findings[f.session].push_back(Object{{"anchor", finding_anchor(i)},
                                         {"number", std::to_string(numbers[i])},
                                         {"name", f.norm_name},
                                         {"outcome_id", outcome::id(f.verdict.outcome)},
                                         {"outcome", outcome::name(f.verdict.outcome, words.language())}});
  }
  List articles;
  for (std::size_t i = 0; i < report.sessions.size(); ++i) {
    const Session& s = report.sessions[i];
    articles.push_back(Object{{"anchor", session_anchor(i)},
                              {"name", words.fill(Word::session_name, s.key)},
                              {"about", about(s, words)},
                              {"findings", findings[s.key]},
                              {"picture", timeline(s, words)},
                              {"lines", Lines(s, words).take()}});
  }
  return articles;
}

}  // namespace jianlu::report
