#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/open_store.h"
#include "cli/output.h"
#include "engine/calendar/text.h"
#include "engine/store/findings.h"

namespace jianlu::cli {
namespace {

void print(const store::Finding& f, const Judge& judge, const Options& options) {
  const calendar::Zone& zone = judge.zones.front();
  const auto instant = [&](calendar::Instant at) { return calendar::format_instant(at, zone); };
  const bool dated = f.verdict.due > fact::kMin && f.verdict.due < fact::kMax;
  const bool cured = f.verdict.cured_at > fact::kMin;
  if (options.format == "json") {
    nlohmann::ordered_json j{{"norm", f.key.norm}, {"subject", f.key.subject}, {"outcome", std::string(outcome::id(f.verdict.outcome))}};
    if (dated) j["due"] = instant(f.verdict.due);
    if (cured) j["cured_at"] = instant(f.verdict.cured_at);
    j["event"] = std::string(finding::id(f.event));
    if (f.review) j["review"] = std::string(finding::id(*f.review));
    j["unit"] = f.unit;
    j["slice"] = f.slice;
    fmt::print("{}\n", j.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    return;
  }
  fmt::print("{}  {}  {}{}{}{}\n", outcome::name(f.verdict.outcome, options.language), f.key.norm, plain(f.key.subject),
             dated ? fmt::format("  {} {}", options.say("期限", "due"), instant(f.verdict.due)) : "",
             cured ? fmt::format("  {} {}", options.say("补做于", "cured at"), instant(f.verdict.cured_at)) : "",
             f.review ? fmt::format("  [{}]", finding::name(*f.review, options.language)) : "");
}

}  // namespace

void add_findings(Program program) {
  const Options& o = program.options;
  CLI::App* command = program.app.add_subcommand("findings", std::string(o.say("列出审核发现的问题", "List what audits found")));
  auto filter = std::make_shared<store::Filter>();
  auto outcome = std::make_shared<std::string>();
  command->add_flag("--closed", filter->closed, std::string(o.say("连同已经了结的", "closed ones too")));
  command->add_option("--norm", filter->norm, std::string(o.say("只列这一条，如 qinhuangdao-water/notify", "only this norm")));
  command->add_option("--subject", filter->subject, std::string(o.say("只列这一个对象，如 session/S-001", "only this subject")));
  command->add_option("--unit", filter->unit, std::string(o.say("只列这个单位", "only this unit")));
  command->add_option("--outcome", *outcome, std::string(o.say("只列这种结论，如 breached", "only this outcome")))
      ->check(CLI::IsMember({"breached", "conflict", "unknown", "pending"}));
  command->callback([program, filter, outcome] {
    const Options& options = program.options;
    program.status = with_store(options, store::Access::read, "jianlu findings", [&](Opened& opened) {
      std::int64_t count = 0;
      store::for_each_finding(*opened.store, *filter, [&](const store::Finding& f) {
        if (!outcome->empty() && *outcome != jianlu::outcome::id(f.verdict.outcome)) return;
        print(f, *opened.judge, options);
        ++count;
      });
      if (options.format != "json") fmt::print("{} {}\n", count, options.say("项", "findings"));
      return kFine;
    });
  });
}

void add_review(Program program) {
  const Options& o = program.options;
  CLI::App* command = program.app.add_subcommand("review", std::string(o.say("检查人员的意见：确认、排除（写明理由）、已整改", "What an inspector says: confirmed, dismissed with a reason, rectified")));
  struct Arguments {
    std::string norm, subject, decision, person, reason, at;
  };
  auto a = std::make_shared<Arguments>();
  command->add_option("norm", a->norm, std::string(o.say("如 qinhuangdao-water/notify", "such as qinhuangdao-water/notify")))->required();
  command->add_option("subject", a->subject, std::string(o.say("如 session/S-001", "such as session/S-001")))->required();
  command->add_option("decision", a->decision, "confirmed | dismissed | rectified")->required()->check(CLI::IsMember({"confirmed", "dismissed", "rectified"}));
  command->add_option("--by", a->person, std::string(o.say("检查人员", "the inspector")))->required();
  command->add_option("--reason", a->reason, std::string(o.say("理由；排除时必写", "the reason; needed to dismiss")));
  command->add_option("--as-of", a->at, std::string(o.say("时刻，默认现在", "the instant; now by default")));
  command->callback([program, a] {
    const Options& options = program.options;
    program.status = with_store(options, store::Access::write, "jianlu review", [&](Opened& opened) {
      const auto instant = as_of(a->at, opened.judge->zones.front(), options);
      if (!instant) return kFailed;
      const finding::Event event = a->decision == "confirmed"   ? finding::Event::confirmed
                                   : a->decision == "dismissed" ? finding::Event::dismissed
                                                                : finding::Event::rectified;
      const auto refused = store::review(*opened.store, {a->norm, a->subject}, event, a->person, a->reason, *instant);
      if (!refused) return kFine;
      fmt::print(stderr, "jianlu: {}\n", plain(refused->in(options.language)));
      return kFailed;
    });
  });
}

}  // namespace jianlu::cli
