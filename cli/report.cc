#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "adapters/footage/json.h"
#include "cli/open_store.h"
#include "cli/texts.h"
#include "engine/calendar/text.h"
#include "engine/fact/builder.h"
#include "engine/store/contents.h"
#include "engine/store/findings.h"
#include "report/assemble/assemble.h"

namespace jianlu::cli {
namespace {

using nlohmann::json;

fact::Facts all_facts(Opened& opened) {
  const model::Vocabulary& vocabulary = opened.judge->rules.book.vocabulary;
  fact::Builder builder(vocabulary, opened.judge->zones.front());
  std::map<std::int64_t, std::int32_t> numbers;
  for (const store::StoredSource& s : store::sources(*opened.store)) numbers[s.id] = builder.source(s.path);
  store::for_each_document(*opened.store, model::kNone, [&](const store::StoredDocument& d) {
    const auto source = numbers.find(d.source);
    builder.add(d.bytes, {source == numbers.end() ? builder.source(store::source_path(*opened.store, d.source)) : source->second, d.line});
  });
  for (const fact::Delivery& d : store::all_deliveries(*opened.store)) builder.add(d);
  for (const fact::Doubt& d : store::all_doubts(*opened.store)) builder.add(d);
  builder.build();
  return builder.take();
}

std::vector<report::Footage> footage_of(Opened& opened, const Options& options) {
  std::vector<report::Footage> out;
  for (const store::StoredFootage& f : store::footage(*opened.store)) {
    report::Footage row;
    row.file = f.path;
    row.session = f.session;
    const auto facts = footage::facts_from_json(f.facts);
    if (!facts) {
      row.verdict = f.verdict;
      row.sound = false;
      out.push_back(std::move(row));
      continue;
    }
    const footage::Wording verdict = footage::wording(facts->verdict);
    row.verdict = options.say(verdict.zh, verdict.en);
    row.sound = facts->verdict == footage::Verdict::readable || facts->verdict == footage::Verdict::photo || facts->verdict == footage::Verdict::text;
    row.details = facts->format;
    for (const footage::StreamFacts& s : facts->streams) row.details += (row.details.empty() ? "" : " · ") + s.codec;
    if (facts->duration) row.duration = *facts->duration;
    for (const footage::Sign& sign : facts->signs) {
      const footage::SignWording words = footage::wording(sign.kind);
      row.signs.push_back(std::string(options.say(words.name.zh, words.name.en)) + std::string(options.say("：", ": ")) + sign.evidence);
    }
    out.push_back(std::move(row));
  }
  return out;
}

report::Receipt receipt_of(const store::Receipt& stored, const Options& options) {
  report::Receipt out;
  const json body = json::parse(stored.body, nullptr, false);
  out.engine = body.value("engine", "");
  if (body.contains("inputs") || body.contains("files")) {
    for (const json& file : body.contains("files") ? body["files"] : body["inputs"]) {
      if (file.is_object()) out.digests.push_back({file.value("path", ""), file.value("sha256", "")});
    }
  }
  const auto counts = [&](const json& node, const std::string& prefix, const auto& self) -> void {
    for (const auto& [key, value] : node.items()) {
      const std::string name = prefix.empty() ? key : prefix + " " + key;
      if (value.is_number_integer()) out.counts.push_back({name, value.template get<std::int64_t>()});
      else if (value.is_object()) self(value, name, self);
    }
  };
  for (const char* part : {"audited", "outcomes", "failed", "skipped", "counts"}) {
    if (body.contains(part) && body[part].is_object()) counts(body[part], part, counts);
    else if (body.contains(part) && body[part].is_number_integer()) out.counts.push_back({part, body[part].get<std::int64_t>()});
  }
  if (body.contains("ledger") && body["ledger"].is_object()) {
    out.chain_head = body["ledger"].value("head", "");
    out.chain_length = body["ledger"].value("entries", std::int64_t{0});
  }
  out.verify = {"jianlu --store " + options.store + " verify --head " + out.chain_head};
  return out;
}

struct Judged {
  fact::Facts facts;
  outcome::Context context;
  std::vector<exec::NormVerdicts> verdicts;
  std::vector<finding::Transition> ledger;
};

// Judges all that the store holds, as of its last audit.
std::optional<Judged> judge_again(Opened& opened, const Options& options) {
  const std::vector<store::Receipt> receipts = store::receipts(*opened.store);
  if (receipts.empty()) {
    fmt::print(stderr, "jianlu: {}\n", options.say("这个数据库还没有审核过；先用 jianlu audit", "this store was never audited; run jianlu audit first"));
    return std::nullopt;
  }
  Judged out;
  out.facts = all_facts(opened);
  out.context.as_of = receipts.back().as_of;
  out.context.working_days = &opened.judge->rules.working_days;
  exec::Evaluator evaluator(opened.judge->plan);
  out.verdicts = evaluator.evaluate(out.facts, out.context, opened.judge->zones, {});
  store::for_each_entry(*opened.store, std::nullopt, [&](const store::Entry& e) { out.ledger.push_back(e.transition); });
  return out;
}

report::Sources sources_of(const Opened& opened, const Judged& judged, const Texts& texts, std::int32_t regulation) {
  report::Sources s{opened.judge->rules.book, regulation, judged.facts, judged.context, opened.judge->zones,
                    judged.verdicts, judged.ledger, {}, {}};
  const std::string id = opened.judge->rules.book.regulations[regulation].id;
  s.official = [&texts, id](const statute::Citation& at) { return texts.quote(id, at); };
  s.words = [&texts, id](const std::string& path) { return texts.english(id, path); };
  return s;
}

bool write(const std::string& path, const std::string& text, const Options& options) {
  if (path.empty()) {
    fmt::print("{}", text);
    return true;
  }
  std::ofstream out(path, std::ios::binary);
  out << text;
  if (out.flush()) return true;
  fmt::print(stderr, "jianlu: {}{}\n", options.say("写不了 ", "cannot write "), path);
  return false;
}

void print_reason(const report::Reason& reason, int depth, const Options& options) {
  static constexpr std::string_view kTruth[] = {"", "✓", "✗", "?"};
  fmt::print("{:{}}{}{}{}{}{}\n", "", depth * 2, kTruth[static_cast<int>(reason.truth)], reason.truth == report::Truth::none ? "" : " ", reason.text,
             reason.value.empty() ? "" : " = " + reason.value,
             (reason.citation.empty() ? "" : "  [" + reason.citation + "]") + (reason.source.empty() ? "" : "  ← " + reason.source));
  for (const report::Reason& child : reason.children) print_reason(child, depth + 1, options);
}

void print_finding(const report::Finding& f, const Options& options) {
  fmt::print("{}  {}（{}） {}\n", outcome::name(f.verdict.outcome, options.language), f.norm_name, f.statement.citation, f.subject);
  if (!f.message.empty()) fmt::print("{}\n", f.message);
  if (!f.statement.official.empty()) fmt::print("{}{}\n", options.say("原文：", "text: "), f.statement.official);
  for (const report::Reason& reason : f.explanation) print_reason(reason, 1, options);
  if (!f.exceptions.empty()) fmt::print("{}\n", options.say("考虑过而未成立的例外：", "exceptions considered that did not apply:"));
  for (const report::Exception& e : f.exceptions) fmt::print("  - {} {} {}\n", e.name, e.citation, e.why);
  if (!f.missing.empty()) fmt::print("{}\n", options.say("尚缺的事实：", "facts still missing:"));
  for (const report::MissingFact& m : f.missing) fmt::print("  - {}（{}）\n", m.name, m.supplier);
  for (const report::Category& c : f.categories) {
    fmt::print("{} {} {}{}\n", options.say("可能归入", "may fall under"), c.citation, c.name, c.condition.empty() ? "" : options.say("，如果 ", ", if ").data() + c.condition);
    for (const std::string& fact : c.to_rule_on) fmt::print("  - {} {}\n", options.say("须由人认定：", "for a person to rule on:"), fact);
  }
}

}  // namespace

void add_report(Program program) {
  const Options& o = program.options;
  CLI::App* command = program.app.add_subcommand("report", std::string(o.say("报告：一个可以交出去的 HTML 文件，或者 JSON", "The report: one HTML file that can be handed in, or JSON")));
  auto out = std::make_shared<std::string>();
  auto texts_folder = std::make_shared<std::string>();
  auto bureau = std::make_shared<std::string>();
  command->add_option("--out,-o", *out, std::string(o.say("写到这个文件；不写则打印", "write to this file; printed by default")));
  command->add_option("--texts", *texts_folder, std::string(o.say("规定原文所在的文件夹，报告里引用原文", "folder with the official texts, to quote them")));
  command->add_option("--bureau", *bureau, std::string(o.say("规定的编号；只有一部时不必写", "id of the regulation; not needed when there is one")));
  command->callback([=] {
    const Options& options = program.options;
    program.status = with_store(options, store::Access::read, "jianlu report", [&](Opened& opened) {
      const model::Rulebook& book = opened.judge->rules.book;
      std::int32_t regulation = 0;
      if (!bureau->empty()) {
        regulation = model::kNone;
        for (std::size_t i = 0; i < book.regulations.size(); ++i) {
          if (book.regulations[i].id == *bureau) regulation = static_cast<std::int32_t>(i);
        }
        if (regulation == model::kNone) {
          fmt::print(stderr, "jianlu: {}{}\n", options.say("没有这部规定：", "there is no regulation "), *bureau);
          return kFailed;
        }
      }
      const Texts texts(opened.judge->rules, *texts_folder);
      for (const diag::Words& fault : texts.faults()) fmt::print(stderr, "jianlu: {}\n", fault.in(options.language));
      const auto judged = judge_again(opened, options);
      if (!judged) return kFailed;
      report::Report r = report::assemble(sources_of(opened, *judged, texts, regulation), options.language);
      r.footage = footage_of(opened, options);
      for (const store::StoredProblem& p : store::set_aside(*opened.store)) {
        const std::string& path = p.path.in(options.language);
        r.set_aside.push_back({p.source + (p.line > 0 ? ":" + std::to_string(p.line) : ""),
                               (path.empty() ? "" : path + std::string(options.say("：", ": "))) + p.what.in(options.language), p.mend.in(options.language)});
      }
      const std::vector<store::Receipt> receipts = store::receipts(*opened.store);
      r.receipt = receipt_of(receipts.back(), options);
      const std::string text = options.format == "json" ? report::render_json(r) : report::render_html(r, options.language);
      return write(*out, text, options) ? kFine : kFailed;
    });
  });
}

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
      const model::Rulebook& book = opened.judge->rules.book;
      const Texts texts(opened.judge->rules, *texts_folder);
      const auto judged = judge_again(opened, options);
      if (!judged) return kFailed;
      const auto stored = store::find_finding(*opened.store, {*norm, *subject});
      for (std::size_t n = 0; n < book.regulations.size(); ++n) {
        const report::Sources sources = sources_of(opened, *judged, texts, static_cast<std::int32_t>(n));
        for (const exec::NormVerdicts& v : judged->verdicts) {
          if (book.regulations[n].id + "/" + book.norms[v.norm].name.en != *norm) continue;
          for (std::size_t i = 0; i < v.size(); ++i) {
            if (report::subject_of(sources, v.norm, v.key(i)) != *subject) continue;
            const bool in_ledger = stored && stored->event != finding::Event::closed;
            const report::Finding f = report::assemble_finding(sources, options.language, v.norm, v.key(i), in_ledger ? stored->verdict : v.verdict(i));
            print_finding(f, options);
            return kFine;
          }
        }
      }
      fmt::print(stderr, "jianlu: {} {} {}\n", options.say("没有这一项：", "there is no such outcome:"), *norm, *subject);
      return kFailed;
    });
  });
}

}  // namespace jianlu::cli
