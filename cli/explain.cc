#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/judged.h"
#include "cli/output.h"
#include "engine/store/findings.h"
#include "report/headline.h"

namespace jianlu::cli {
namespace {

void print_reason(const report::Reason& reason, int depth, const Options& options) {
  static constexpr std::string_view kTruth[] = {"", "✓", "✗", "?"};
  fmt::print("{:{}}{}{}{}{}{}\n", "", depth * 2, kTruth[static_cast<int>(reason.truth)], reason.truth == report::Truth::none ? "" : " ", plain(reason.text),
             reason.value.empty() ? "" : " = " + plain(reason.value),
             (reason.citation.empty() ? "" : "  [" + reason.citation + "]") + (reason.source.empty() ? "" : "  ← " + plain(reason.source)));
  for (const report::Reason& child : reason.children) print_reason(child, depth + 1, options);
}

void print_finding(const report::Finding& f, const Options& options) {
  fmt::print("{}  {}（{}） {}\n", outcome::name(f.verdict.outcome, options.language), f.norm_name, f.statement.citation, plain(f.subject));
  if (const std::string headline = report::headline(f, options.language); !headline.empty()) fmt::print("{}\n", plain(headline));
  if (!f.statement.official.empty()) fmt::print("{}{}\n", options.say("原文：", "text: "), f.statement.official);
  for (const report::Reason& reason : f.explanation) print_reason(reason, 1, options);
  if (!f.exceptions.empty()) fmt::print("{}\n", options.say("考虑过而未成立的例外：", "exceptions considered that did not apply:"));
  for (const report::Exception& e : f.exceptions) fmt::print("  - {} {} {}\n", e.name, e.citation, e.why);
  if (!f.missing.empty()) fmt::print("{}\n", options.say("尚缺的事实：", "facts still missing:"));
  for (const report::MissingFact& m : f.missing) fmt::print("  - {}（{}）\n", plain(m.name), m.supplier);
  for (const report::Category& c : f.categories) {
    fmt::print("{} {} {}{}\n", options.say("可能归入", "may fall under"), c.citation, c.name, c.condition.empty() ? "" : options.say("，如果 ", ", if ").data() + c.condition);
    for (const std::string& fact : c.to_rule_on) fmt::print("  - {} {}\n", options.say("须由人认定：", "for a person to rule on:"), fact);
  }
}

}  // namespace

void add_explain(Program program) {
  const Options& o = program.options;
  CLI::App* command = program.app.add_subcommand("explain", std::string(o.say("说明一项结论：每一步的值、事实的出处、没有成立的例外", "Explain an outcome: each value, the source of each fact, exceptions that did not apply")));
  auto norm = std::make_shared<std::string>();
  auto subject = std::make_shared<std::string>();
  auto texts_folder = std::make_shared<std::string>();
  command->add_option("norm", *norm, std::string(o.say("如 qinhuangdao-water/notify", "such as qinhuangdao-water/notify")))->required();
  command->add_option("subject", *subject, std::string(o.say("如 session/S-001", "such as session/S-001")))->required();
  command->add_option("--texts", *texts_folder, std::string(o.say("规定原文所在的文件夹", "folder with the official texts")));
  command->callback([=] {
    const Options& options = program.options;
    program.status = with_store(options, store::Access::read, "jianlu explain", [&](Opened& opened) {
      const store::Reading reading(*opened.store);
      const model::Rulebook& book = opened.judge->rules.book;
      const Texts texts(opened.judge->rules, *texts_folder);
      for (std::size_t n = 0; n < book.regulations.size(); ++n) {
        for (const model::NormId id : book.regulations[n].norms) {
          if (book.regulations[n].id + "/" + book.norms[id].name.en != *norm) continue;
          const auto judged = judge_one(opened, id, {*norm, *subject}, options);
          if (!judged) return kFailed;
          const auto stored = store::find_finding(*opened.store, {*norm, *subject});
          const report::Sources sources = sources_of(opened, *judged, texts, static_cast<std::int32_t>(n));
          for (const exec::NormVerdicts& v : judged->verdicts) {
            for (std::size_t i = 0; i < v.size(); ++i) {
              if (report::subject_of(sources, id, v.key(i)) != *subject) continue;
              const bool in_ledger = stored && stored->event != finding::Event::closed;
              if (!in_ledger && finding::is_open(v.verdict(i).outcome)) throw report::Disagreement(*norm + ' ' + *subject + ": the ledger has no such finding");
              const report::Finding f = report::assemble_finding(sources, options.language, id, v.key(i), in_ledger ? stored->verdict : v.verdict(i));
              print_finding(f, options);
              return kFine;
            }
          }
        }
      }
      fmt::print(stderr, "jianlu: {} {} {}\n", options.say("没有这一项：", "there is no such outcome:"), *norm, *subject);
      return kFailed;
    });
  });
}

}  // namespace jianlu::cli
