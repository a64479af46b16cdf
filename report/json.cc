#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/calendar/text.h"
#include "report/words.h"

namespace jianlu::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;  // of the shape in docs/report.md

// Characters that reorder or hide text are written as \u escapes, which mean the same. They occur in strings
// only.
std::string spell_out(const std::string& json) {
  std::string out;
  out.reserve(json.size());
  std::size_t from = 0;   // what is not in `out` yet
  for (std::size_t at = json.find('\xE2'); at != std::string::npos; at = json.find('\xE2', at + 1)) {
    const auto byte = [&](std::size_t k) {
      return k < json.size() ? static_cast<unsigned char>(json[k]) : 0u;
    };
    if (byte(at + 1) != 0x80 && byte(at + 1) != 0x81) continue;
    const unsigned code = 0x2000u + (byte(at + 1) & 0x3F) * 64 + (byte(at + 2) & 0x3F);
    const bool hides = (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
                       (code >= 0x2060 && code <= 0x206F);
    if (!hides) continue;
    out.append(json, from, at - from);
    out += fmt::format("\\u{:04x}", code);
    from = at + 3;
  }
  out.append(json, from);
  return out;
}

class Writer {
 public:
  explicit Writer(const Report& report) : report_(report), words_(source::Language::en, report.zone) {}

  // A report can hold many thousands of findings and sessions: they are turned into text one by one.
  std::string text() const {
    std::string out = "{";
    const Json whole = frame();
    for (const auto& [key, value] : whole.items()) {
      if (out.size() > 1) out += ',';
      out += "\n  " + dump(Json(key), 0) + ": ";
      if (key == "findings") {
        list(report_.findings, [&](const Finding& f) { return finding(f); }, out);
      } else if (key == "sessions") {
        list(report_.sessions, [&](const Session& s) { return session(s); }, out);
      } else {
        out += dump(value, 2);
      }
    }
    out += "\n}\n";
    return out;
  }

 private:
  // As dump(2) writes a value that stands inside others; a line never ends inside a string.
  static std::string dump(const Json& value, std::size_t indent) {
    const std::string text = spell_out(value.dump(2, ' ', false, Json::error_handler_t::replace));
    std::string out;
    out.reserve(text.size() + text.size() / 4);
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
      out.append(text, at, end - at);
      if (out.back() == '\n') out.append(indent, ' ');
      at = end;
    }
    return out;
  }

  template <class T, class Write>
  static void list(const std::vector<T>& items, Write write, std::string& out) {
    out += '[';
    for (const T& item : items) {
      out += &item == items.data() ? "\n    " : ",\n    ";
      out += dump(write(item), 4);
    }
    out += items.empty() ? "]" : "\n  ]";
  }

  // Without findings and sessions.
  Json frame() const {
    const Report& r = report_;
    return {{"report_version", kVersion},
            {"title", r.title},
            {"bureau", r.bureau},
            {"regulation", r.regulation},
            {"regulation_version", r.version},
            {"commencement", r.commencement},
            {"period", period(r.period)},
            {"as_of", instant(r.as_of)},
            {"zone", words_.zone().name()},
            {"by_article", array(r.by_article, tally)},
            {"by_unit", array(r.by_unit, tally)},
            {"findings", Json::array()},
            {"sessions", Json::array()},
            {"sanctions", array(r.sanctions, sanction)},
            {"manual", array(r.manual, manual)},
            {"missing_ledgers", array(r.missing_ledgers, ledger)},
            {"interpretations", array(r.interpretations, interpretation)},
            {"footage", array(r.footage, footage)},
            {"set_aside", array(r.set_aside, set_aside)},
            {"receipt", receipt(r.receipt)},
            {"appeal_to", r.appeal_to}};
  }

  template <class T, class Write>
  static Json array(const std::vector<T>& items, Write write) {
    Json all = Json::array();
    for (const T& item : items) all.push_back(write(item));
    return all;
  }

  Json instant(Instant at) const {
    return is_known(at) ? Json(calendar::format_instant(at, words_.zone())) : Json();
  }
  Json period(const Period& p) const { return {{"start", instant(p.start)}, {"end", instant(p.end)}}; }

  static Json truth(Truth truth) {
    switch (truth) {
      case Truth::holds:
        return true;
      case Truth::fails:
        return false;
      case Truth::undecided:
        return "unknown";
      case Truth::none:
        break;
    }
    return nullptr;
  }

  static Json tally(const Tally& t) {
    Json counts = Json::object();
    for (int i = 0; i < outcome::kOutcomes; ++i) {
      counts[std::string(outcome::id(static_cast<Outcome>(i)))] = t.counts[static_cast<std::size_t>(i)];
    }
    return {{"name", t.name}, {"summary", t.summary}, {"counts", counts}};
  }

  static Json reason(const Reason& r) {
    return {{"text", r.text},     {"value", r.value},       {"truth", truth(r.truth)},
            {"source", r.source}, {"citation", r.citation}, {"children", array(r.children, reason)}};
  }

  Json finding(const Finding& f) const {
    return {{"norm", f.norm},
            {"norm_name", f.norm_name},
            {"subject", f.subject},
            {"citation", f.statement.citation},
            {"summary", f.statement.summary},
            {"official_text", f.statement.official},
            {"message", f.message},
            {"outcome", outcome::id(f.verdict.outcome)},
            {"due", instant(f.verdict.due)},
            {"cured_at", instant(f.verdict.cured_at)},
            {"unit", f.unit},
            {"session", f.session},
            {"facts", array(f.facts,
                            [](const Fact& x) {
                              return Json{{"name", x.name}, {"value", x.value}, {"source", x.source}};
                            })},
            {"explanation", array(f.explanation, reason)},
            {"exceptions", array(f.exceptions,
                                 [](const Exception& x) {
                                   return Json{{"name", x.name},
                                               {"citation", x.citation},
                                               {"truth", truth(x.truth)},
                                               {"why", x.why}};
                                 })},
            {"missing", array(f.missing,
                              [](const MissingFact& x) {
                                return Json{{"name", x.name}, {"supplier", x.supplier}};
                              })},
            {"may_fall_under", array(f.categories,
                                     [](const Category& x) {
                                       return Json{{"name", x.name},
                                                   {"citation", x.citation},
                                                   {"condition", x.condition},
                                                   {"truth", truth(x.truth)},
                                                   {"to_rule_on", x.to_rule_on}};
                                     })},
            {"stills",
             array(f.stills,
                   [](const Still& x) {
                     return Json{{"caption", x.caption}, {"place", x.place}, {"media_type", x.media_type}};
                   })},
            {"events", array(f.events, [&](const Event& x) {
               return Json{
                   {"as_of", instant(x.as_of)}, {"what", x.what}, {"person", x.person}, {"reason", x.reason}};
             })}};
  }

  Json bar(const Bar& b) const {
    return {{"start", instant(b.period.start)},
            {"end", instant(b.period.end)},
            {"label", b.label},
            {"note", b.note}};
  }

  Json session(const Session& s) const {
    const auto bars = [&](const std::vector<Bar>& all) {
      return array(all, [&](const Bar& b) { return bar(b); });
    };
    return {{"key", s.key},
            {"unit", s.unit},
            {"activity", s.activity},
            {"act", period(s.act)},
            {"tracks", array(s.tracks,
                             [&](const Track& t) {
                               return Json{{"device", t.device}, {"recordings", bars(t.recordings)}};
                             })},
            {"gaps", bars(s.gaps)},
            {"interruptions", bars(s.interruptions)},
            {"excused", bars(s.excused)},
            {"notices", array(s.notices, [&](const Mark& m) {
               return Json{{"at", instant(m.at)}, {"label", m.label}, {"note", m.note}};
             })}};
  }

  static Json sanction(const Sanction& s) {
    return {
        {"citation", s.citation}, {"text", s.text}, {"condition", s.condition}, {"cumulative", s.cumulative}};
  }
  static Json manual(const ManualLine& m) {
    return {{"citation", m.citation},
            {"subject", m.subject},
            {"role", m.role},
            {"question", m.question},
            {"frequency", m.frequency}};
  }
  static Json ledger(const MissingLedger& l) {
    return {{"ledger", l.ledger},
            {"unit", l.unit},
            {"period", l.period},
            {"supplier", l.supplier},
            {"norms", l.norms}};
  }
  static Json interpretation(const Interpretation& i) {
    return {{"citation", i.citation}, {"name", i.name}, {"value", i.value}, {"reason", i.reason}};
  }
  static Json footage(const Footage& f) {
    return {{"file", f.file},
            {"verdict", f.verdict},
            {"sound", f.sound},
            {"details", f.details},
            {"duration_us", f.duration < 0 ? Json() : Json(f.duration)},
            {"session", f.session},
            {"signs", f.signs}};
  }
  static Json set_aside(const SetAside& s) {
    return {{"where", s.where}, {"problem", s.problem}, {"remedy", s.remedy}};
  }
  static Json receipt(const Receipt& r) {
    return {{"engine", r.engine},
            {"digests", array(r.digests,
                              [](const Digest& d) {
                                return Json{{"name", d.name}, {"sha256", d.sha256}};
                              })},
            {"counts", array(r.counts,
                             [](const Count& c) {
                               return Json{{"name", c.name}, {"value", c.value}};
                             })},
            {"chain_head", r.chain_head},
            {"chain_length", r.chain_length},
            {"verify", r.verify}};
  }

  const Report& report_;
  const Words words_;
};

}  // namespace

std::string render_json(const Report& report) {
  return Writer(report).text();
}

}  // namespace jianlu::report
