#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "adapters/footage/json.h"
#include "cli/judged.h"
#include "engine/store/contents.h"
#include "engine/store/findings.h"
#include "report/assemble/assemble.h"

namespace jianlu::cli {
namespace {

using nlohmann::json;

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
      row.signs.push_back(std::string(options.say(words.name.zh, words.name.en)) + std::string(options.say("：", ": ")) + sign.evidence.in(options.language));
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
      const store::Reading reading(*opened.store);
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
      auto judged = judge_all(opened, options);
      if (!judged) return kFailed;
      report::Report r = report::assemble(sources_of(opened, *judged, texts, regulation), options.language);
      require_ledger(opened, r.findings, book.regulations[regulation].id);
      judged.reset();   // as large as the store; the report holds what it shows
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

}  // namespace jianlu::cli
