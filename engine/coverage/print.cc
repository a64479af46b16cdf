#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/coverage/report.h"
#include "engine/model/manual.h"
#include "engine/model/print.h"

namespace jianlu::coverage {

using source::Language;

namespace {

std::string format(const statute::Citation& citation, Language language) {
  return language == Language::zh ? statute::format_zh(citation) : statute::format_en(citation);
}

std::string place(const rules::Rules& rules, source::Span span) {
  const source::File& file = rules.files[span.file];
  const source::Position at = file.position(span.begin);
  return fmt::format("{}:{}:{}", file.path(), at.line, at.column);
}

std::string title(const Claim& claim, Language language) {
  std::string out(name(claim.kind, language));
  const std::string& own = claim.name.in(language);
  return own.empty() ? out : out + " " + own;
}

std::string_view drift_name(statute::Drift drift, Language language) {
  const bool zh = language == Language::zh;
  switch (drift) {
    case statute::Drift::same: return zh ? "未变" : "same";
    case statute::Drift::lead_in_changed: return zh ? "引语已变" : "lead-in changed";
    case statute::Drift::changed: return zh ? "已变" : "changed";
    case statute::Drift::missing: return zh ? "已无" : "missing";
    case statute::Drift::added: return zh ? "新增" : "added";
  }
  return "";
}

// Width on a terminal: Chinese characters and full-width signs take two columns.
std::size_t width(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) == 0x80) continue;
    columns += byte >= 0xE2 ? 2 : 1;
  }
  return columns;
}

class Printer {
 public:
  Printer(const rules::Rules& rules, Language language)
      : rules_(rules), book_(rules.book), language_(language), zh_(language == Language::zh) {}

  std::string print(const Report& report) {
    const model::Regulation& regulation = book_.regulations[report.regulation];
    line("{} ({})", regulation.name.in(language_), regulation.id);
    if (report.table) {
      table(*report.table);
      faults(*report.table);
    }
    if (report.compared) changes(report);
    for (const auto& [path, reason] : report.unreadable) line("{}: {}", path, reason.in(language_));
    if (report.table) {
      lists(report, regulation);
      totals(*report.table, regulation);
    }
    return std::move(out_);
  }

 private:
  template <typename... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    out_ += fmt::format(format, std::forward<Args>(args)...) + "\n";
  }
  std::string say(const char* zh, const char* en) const { return zh_ ? zh : en; }

  void table(const Table& table) {
    std::size_t widest = 0;
    for (const Statement& s : table.statements) widest = std::max(widest, width(format(s.brief, language_)));
    for (std::size_t i = 0; i < table.statements.size(); ++i) {
      const Statement& statement = table.statements[i];
      const std::string at = format(statement.brief, language_);
      std::string claims;
      for (const std::size_t c : statement.claims) {
        if (!claims.empty()) claims += say("；", "; ");
        claims += title(table.claims[c], language_);
      }
      if (claims.empty()) claims = std::string(say("未覆盖", "NOT COVERED")) + near(table, i);
      line("  {}{}  {}", at, std::string(widest - width(at), ' '), claims);
    }
  }

  // Declarations that name the statement among others.
  std::string near(const Table& table, std::size_t statement) {
    std::string out;
    for (const Claim& claim : table.claims) {
      if (claim.covers || std::find(claim.named.begin(), claim.named.end(), statement) == claim.named.end()) continue;
      out += fmt::format(fmt::runtime(say("；{} 引“{}”，其中有{}处，不算覆盖", "; {} cites '{}', which holds {} statements and covers none")),
                         title(claim, language_), format(claim.cited, language_), claim.named.size());
    }
    return out;
  }

  void faults(const Table& table) {
    for (const std::size_t i : table.nowhere) nowhere(table.claims[i].span, table.claims[i].cited);
    for (const model::Article& article : table.no_article) nowhere(article.span, article.at);
  }

  void nowhere(source::Span span, const statute::Citation& cited) {
    diag::Diagnostic d;
    d.kind = diag::Kind::unknown_statement;
    d.args = {{statute::format_zh(cited), statute::format_en(cited)}};
    const Language language = rules_.files[span.file].language;
    line("{}: {} {}\n  {}", place(rules_, span), diag::info(d.kind).code, diag::message(d, language), diag::fix(d, language));
  }

  void changes(const Report& report) {
    line("");
    if (report.changes.empty()) line("{}", say("所附文本与 source.yaml 逐条一致。", "The attached text agrees with source.yaml, statement by statement."));
    else line("{}", say("所附文本与 source.yaml 不一致：", "The attached text differs from source.yaml:"));
    for (const Change& change : report.changes) {
      const statute::Difference& d = change.difference;
      std::string at = format(d.before.empty() ? d.now : d.before, language_);
      if (!d.before.empty() && !d.now.empty() && d.before != d.now) at += say("，现在是", ", now ") + format(d.now, language_);
      std::string norms;
      for (const model::NormId id : change.norms) {
        if (!norms.empty()) norms += say("、", ", ");
        norms += book_.norms[id].name.in(language_);
      }
      line("  {} {}{}{}", drift_name(d.drift, language_), at, norms.empty() ? "" : say("；据此的规范：", "; norms that rest on it: "), norms);
      if (!change.words.empty()) line("      {}", words_of(change.words));
    }
  }

  // What went and what came in brackets; of what stayed, what stands next to them.
  std::string words_of(const std::vector<statute::Run>& runs) {
    std::string out;
    for (std::size_t i = 0; i < runs.size(); ++i) {
      switch (runs[i].of) {
        case statute::Run::Of::both: out += shortened(runs[i].text, i > 0, i + 1 < runs.size()); break;
        case statute::Run::Of::before: out += say("〔删：", "[gone: ") + runs[i].text + say("〕", "]"); break;
        case statute::Run::Of::now: out += say("〔增：", "[new: ") + runs[i].text + say("〕", "]"); break;
      }
    }
    return out;
  }

  static std::string shortened(const std::string& text, bool keep_begin, bool keep_end) {
    constexpr std::size_t kKept = 12;   // characters
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) starts.push_back(i);
    }
    if (starts.size() <= 2 * kKept) return text;
    return (keep_begin ? text.substr(0, starts[kKept]) : "") + "……" + (keep_end ? text.substr(starts[starts.size() - kKept]) : "");
  }

  void lists(const Report& report, const model::Regulation& regulation) {
    const auto words = [&](const std::string& path, const std::string& own) -> const std::string& {
      return zh_ ? own : report.english.text(path, own);
    };
    line("\n{}", say("口径和推定（原文未定、由我们选定的）：", "Interpretations and presumptions (where the text leaves it open):"));
    for (const model::DefId id : regulation.definitions) {
      const model::Definition& d = book_.definitions[id];
      if (d.because.empty()) continue;
      line("  {}  {}{}", format(d.at.front(), language_), d.name.in(language_),
           d.kind == model::DefKind::interpretation ? " = " + model::print(book_, d.alternatives.front().value, language_)
                                                    : say("（推定）", " (presumption)"));
      line("      {}", words("interpretations/" + d.name.en, d.because));
    }
    bool headed = false;
    for (const model::Reason& r : regulation.reasons) {
      if (of_manual(regulation, r)) continue;
      if (!std::exchange(headed, true)) line("\n{}", say("规范和类别的读法：", "How norms and categories are read:"));
      line("  {}  {}", format(r.at, language_), r.name.in(language_));
      line("      {}", words("reasons/" + r.name.en, r.text));
    }
    line("\n{}", say("由人查看的：", "Looked at by people:"));
    for (const model::Manual& m : regulation.manuals) {
      const std::string path = "manual/" + m.name.en + "/";
      line("  {}  {}{}{}{}{}", format(m.at, language_), m.name.in(language_), say("：", ": "), words(path + "question", m.question),
           m.who.empty() ? "" : say("；由", "; by ") + words(path + "who", m.who),
           m.frequency.empty() ? "" : say("；频次：", "; how often: ") + words(path + "frequency", m.frequency));
      if (const model::Reason* why = reason_of(regulation, m)) line("      {}", words("reasons/" + m.name.en, why->text));
    }
    headed = false;
    for (const model::Remark& r : regulation.remarks) {
      if (r.kind != model::Remark::Kind::declarative) continue;
      if (!std::exchange(headed, true)) line("\n{}", say("宣示的，各有理由：", "Declarative, each with its reason:"));
      line("  {}  {}", format(r.at, language_), r.text);
    }
  }

  void totals(const Table& table, const model::Regulation& regulation) {
    const Totals& t = table.totals;
    line("\n{}", fmt::format(fmt::runtime(say("条 {}/{}，陈述 {}/{}，其中可执行 {}（由规范、定义、情形、行为、豁免、派生或者有自身条件的类别判断）",
                                              "articles {}/{}, statements {}/{}, executable {} (judged by a norm, definition, ground, act, exemption, "
                                              "derivation, or a category with its own condition)")),
                           t.articles_covered, t.articles, t.statements_covered, t.statements, t.executable));
    std::string kinds;
    for (int k = 0; k < kKinds; ++k) {
      if (t.by_kind[k] == 0) continue;
      if (!kinds.empty()) kinds += say("，", ", ");
      kinds += fmt::format("{} {}", name(static_cast<Kind>(k), language_), t.by_kind[k]);
    }
    line("{}{}", say("按种类计的陈述数：", "statements by kind: "), kinds);
    line("{}", fmt::format(fmt::runtime(say("规范 {}，人工 {}", "norms {}, manual checks {}")), regulation.norms.size(),
                           regulation.manuals.size()));
  }

  const rules::Rules& rules_;
  const model::Rulebook& book_;
  Language language_;
  bool zh_;
  std::string out_;
};

}  // namespace

std::string print(const rules::Rules& rules, const Report& report, Language language) {
  return Printer(rules, language).print(report);
}

std::string print_sum(const std::vector<Report>& reports, Language language) {
  Totals sum;
  for (const Report& report : reports) {
    if (!report.table) continue;
    const Totals& t = report.table->totals;
    sum.articles += t.articles;
    sum.articles_covered += t.articles_covered;
    sum.statements += t.statements;
    sum.statements_covered += t.statements_covered;
    sum.executable += t.executable;
  }
  return fmt::format(fmt::runtime(language == Language::zh ? "\n合计：规定 {}，条 {}/{}，陈述 {}/{}，其中可执行 {}（{:.0f}%）\n"
                                                           : "\nin all: {} regulations, articles {}/{}, statements {}/{}, executable {} ({:.0f} %)\n"),
                     reports.size(), sum.articles_covered, sum.articles, sum.statements_covered, sum.statements, sum.executable,
                     sum.statements == 0 ? 0.0 : 100.0 * static_cast<double>(sum.executable) / static_cast<double>(sum.statements));
}

}  // namespace jianlu::coverage
