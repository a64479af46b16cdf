#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <iterator>
#include <nlohmann/json.hpp>

#include "adapters/footage/json.h"
#include "cli/judged.h"
#include "cli/output.h"
#include "cli/waiting.h"
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

// What was counted, in the words of the language: keys of the receipt, by name.
std::string counted(const std::vector<std::string>& path, const model::Vocabulary& vocabulary, const Options& options) {
  const auto tail = [&](std::size_t from) {
    std::string out;
    for (std::size_t i = from; i < path.size(); ++i) out += (out.empty() ? "" : " ") + path[i];
    return out;
  };
  const auto words = [&](std::string_view zh, std::string_view en, const std::string& rest) {
    return std::string(options.say(zh, en)) + std::string(options.say("：", ": ")) + rest;
  };
  if (path.size() == 2 && path[0] == "audited") {
    const model::EntityId entity = vocabulary.entity(path[1]);
    return words("已审核", "judged", entity == model::kNone ? path[1] : vocabulary.entities[entity].name.in(options.language));
  }
  if (path.size() == 3 && path[0] == "outcomes") {
    for (int o = 0; o < outcome::kOutcomes; ++o) {
      const auto is = static_cast<outcome::Outcome>(o);
      if (outcome::id(is) == path[2]) return path[1] + ' ' + std::string(outcome::name(is, options.language));
    }
  }
  if (path[0] == "failed") {
    const bool document = tail(1) == "document does not fit the vocabulary";
    return words("没有审核成", "not judged", document ? std::string(options.say("与词汇不符的记录", "documents that do not fit the vocabulary"))
                                                      : std::string(options.say("没有采纳的行", "rows not taken in")));
  }
  if (path.size() == 3 && path[0] == "skipped" && path[1] == "set aside") {
    const std::string& what = path[2];
    return words("搁置", "set aside", std::string(what == "noted" ? options.say("有问题而仍采用的行", "rows noted") : what == "row" ? options.say("行", "rows") : options.say("文件", "files")));
  }
  if (path.size() == 3 && path[0] == "skipped" && path[1] == "source") {
    static constexpr std::string_view kKinds[][2] = {{"manifest", "清单"}, {"footage", "录像"}, {"table", "表格"}, {"transcript", "转写"}, {"track", "轨迹"}};
    const std::size_t space = path[2].find(' ');
    std::string kind = path[2].substr(0, space), verdict = space == std::string::npos ? "" : path[2].substr(space + 1);
    if (options.language == source::Language::zh) {
      for (const auto& [en, zh] : kKinds) {
        if (kind == en) kind = zh;
      }
      for (int v = 0; v <= static_cast<int>(footage::Verdict::unreadable); ++v) {
        const footage::Wording w = footage::wording(static_cast<footage::Verdict>(v));
        if (verdict == w.en || verdict == w.id) verdict = w.zh;
      }
      if (verdict == "read") verdict = "已读";
      if (verdict == "broken off") verdict = "没有读完";
    }
    return words("来源", "sources", kind + ' ' + verdict);
  }
  return tail(0);
}

report::Receipt receipt_of(const store::Receipt& stored, const model::Vocabulary& vocabulary, const Options& options) {
  report::Receipt out;
  const json body = json::parse(stored.body, nullptr, false);
  out.engine = body.value("engine", "");
  if (body.contains("inputs") || body.contains("files")) {
    for (const json& file : body.contains("files") ? body["files"] : body["inputs"]) {
      if (file.is_object()) out.digests.push_back({file.value("path", ""), file.value("sha256", "")});
    }
  }
  const auto counts = [&](const json& node, const std::vector<std::string>& path, const auto& self) -> void {
    for (const auto& [key, value] : node.items()) {
      std::vector<std::string> name = path;
      name.push_back(key);
      if (value.is_number_integer()) out.counts.push_back({counted(name, vocabulary, options), value.template get<std::int64_t>()});
      else if (value.is_object()) self(value, name, self);
    }
  };
  for (const char* part : {"audited", "outcomes", "failed", "skipped"}) {
    if (body.contains(part)) counts(body[part], {part}, counts);
  }
  if (body.contains("ledger") && body["ledger"].is_object()) {
    out.chain_head = body["ledger"].value("head", "");
    out.chain_length = body["ledger"].value("entries", std::int64_t{0});
  }
  out.verify = {"jianlu --store " + options.store + " verify --head " + out.chain_head};
  return out;
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
      std::vector<store::StoredProblem> aside = store::set_aside(*opened.store), wait = waiting_rows(opened);
      aside.insert(aside.end(), std::make_move_iterator(wait.begin()), std::make_move_iterator(wait.end()));
      for (const store::StoredProblem& p : aside) {
        const std::string& path = p.path.in(options.language);
        r.set_aside.push_back({p.source + (p.line > 0 ? ":" + std::to_string(p.line) : ""),
                               (path.empty() ? "" : path + std::string(options.say("：", ": "))) + p.what.in(options.language), p.mend.in(options.language)});
      }
      const std::vector<store::Receipt> receipts = store::receipts(*opened.store);
      r.receipt = receipt_of(receipts.back(), book.vocabulary, options);
      const std::string text = options.format == "json" ? report::render_json(r) : report::render_html(r, options.language);
      if (!out->empty()) return write_file(*out, text, options) ? kFine : kFailed;
      fmt::print("{}", text);
      return kFine;
    });
  });
}

}  // namespace jianlu::cli
