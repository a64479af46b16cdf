#include "cli/judged.h"

#include <fmt/format.h>

#include <map>

#include "engine/demand.h"
#include "engine/fact/builder.h"
#include "engine/finding/subject.h"
#include "engine/store/contents.h"
#include "engine/store/findings.h"

namespace jianlu::cli {
namespace {

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

fact::Facts facts_of(Opened& opened, const store::Around& around) {
  fact::Builder builder(opened.judge->rules.book.vocabulary, opened.judge->zones.front());
  std::map<std::int64_t, std::int32_t> numbers;
  for (const store::Batch::Piece& piece : around.batch.documents) {
    const auto [source, first] = numbers.try_emplace(piece.source, 0);
    if (first) source->second = builder.source(store::source_path(*opened.store, piece.source));
    builder.add(std::string_view(around.batch.bytes).substr(piece.begin, piece.size), {source->second, piece.line});
  }
  for (const fact::Delivery& d : around.deliveries) builder.add(d);
  for (const fact::Doubt& d : around.doubts) builder.add(d);
  builder.build();
  return builder.take();
}

// As of the last audit; nothing, after saying so, where there was none.
std::optional<outcome::Context> last_audit(Opened& opened, const Options& options) {
  const std::vector<store::Receipt> receipts = store::receipts(*opened.store);
  if (receipts.empty()) {
    fmt::print(stderr, "jianlu: {}\n", options.say("这个数据库还没有审核过；先用 jianlu audit", "this store was never audited; run jianlu audit first"));
    return std::nullopt;
  }
  return outcome::Context{receipts.back().as_of, &opened.judge->rules.working_days};
}

}  // namespace

std::optional<Judged> judge_all(Opened& opened, const Options& options) {
  const auto context = last_audit(opened, options);
  if (!context) return std::nullopt;
  Judged out{all_facts(opened), *context, {}, {}};
  exec::Evaluator evaluator(opened.judge->plan);
  out.verdicts = evaluator.evaluate(out.facts, out.context, opened.judge->zones, {});
  store::for_each_entry(*opened.store, std::nullopt, [&](const store::Entry& e) { out.ledger.push_back(e.transition); });
  return out;
}

std::optional<Judged> judge_one(Opened& opened, model::NormId norm, const finding::Key& key, const Options& options) {
  const auto context = last_audit(opened, options);
  if (!context) return std::nullopt;
  const model::Rulebook& book = opened.judge->rules.book;
  const finding::Place place = finding::place(book.vocabulary, key.subject);
  std::optional<store::Around> around;
  if (place.entity != model::kNone) around = store::around(*opened.store, place.entity, place.key, demand(book, norm).reads);
  if (!around) {
    fmt::print(stderr, "jianlu: {}{}\n", options.say("数据库里没有这一行：", "the store has no such row: "), key.subject);
    return std::nullopt;
  }
  Judged out{facts_of(opened, *around), *context, {}, {}};
  const plan::Plan compiled = plan::compile(book, {&norm, 1});
  exec::Evaluator evaluator(compiled);
  out.verdicts = evaluator.evaluate(out.facts, out.context, opened.judge->zones, {});
  store::for_each_entry(*opened.store, key, [&](const store::Entry& e) { out.ledger.push_back(e.transition); });
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

}  // namespace jianlu::cli
