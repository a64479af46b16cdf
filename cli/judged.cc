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

// Numbers of the store's sources among those of the facts.
class Sources {
 public:
  Sources(Opened& opened, fact::Builder& builder) : opened_(opened), builder_(builder) {}
  std::int32_t operator()(std::int64_t stored) {
    const auto [at, first] = numbers_.try_emplace(stored, 0);
    if (first) at->second = builder_.source(store::source_path(*opened_.store, stored));
    return at->second;
  }

 private:
  Opened& opened_;
  fact::Builder& builder_;
  std::map<std::int64_t, std::int32_t> numbers_;
};

void add(std::vector<fact::Delivery> deliveries, const std::vector<fact::Doubt>& doubts, fact::Builder& builder, Sources& number,
         std::vector<fact::Delivery>& kept) {
  for (fact::Delivery& d : deliveries) {
    d.origin.source = number(d.origin.source);
    builder.add(d);
  }
  for (const fact::Doubt& d : doubts) builder.add(d);
  kept = std::move(deliveries);
}

fact::Facts all_facts(Opened& opened, std::vector<fact::Delivery>& deliveries) {
  const model::Vocabulary& vocabulary = opened.judge->rules.book.vocabulary;
  fact::Builder builder(vocabulary, opened.judge->zones.front());
  Sources number(opened, builder);
  for (const store::StoredSource& s : store::sources(*opened.store)) number(s.id);
  store::for_each_document(*opened.store, model::kNone, [&](const store::StoredDocument& d) {
    builder.add(d.bytes, {number(d.source), d.line});
  });
  add(store::all_deliveries(*opened.store), store::all_doubts(*opened.store), builder, number, deliveries);
  builder.build();
  return builder.take();
}

fact::Facts facts_of(Opened& opened, const store::Around& around, std::vector<fact::Delivery>& deliveries) {
  fact::Builder builder(opened.judge->rules.book.vocabulary, opened.judge->zones.front());
  Sources number(opened, builder);
  for (const store::Batch::Piece& piece : around.batch.documents) {
    builder.add(std::string_view(around.batch.bytes).substr(piece.begin, piece.size), {number(piece.source), piece.line});
  }
  add(around.deliveries, around.doubts, builder, number, deliveries);
  builder.build();
  return builder.take();
}

// As of the last audit. Nothing, after saying so, where that audit does not cover what the store holds under these rules:
// what came since, or what other rules would find, was found by nobody.
std::optional<outcome::Context> last_audit(Opened& opened, const Options& options) {
  const auto refuse = [&](std::string_view zh, std::string_view en) {
    fmt::print(stderr, "jianlu: {}\n", options.say(zh, en));
    return std::nullopt;
  };
  switch (covered(*opened.store, audit_rules(*opened.judge))) {
    case Covered::all: break;
    case Covered::never:
      return refuse("这个数据库还没有审核过；先运行 jianlu audit", "this store was never audited; run `jianlu audit` first");
    case Covered::broken_off:
      return refuse("上一次审核没有做完，或者正在进行；等它结束，或者运行 jianlu audit 接着做完",
                    "the last audit was not finished, or is under way: wait for it, or run `jianlu audit` to go on with it");
    case Covered::rules:
      return refuse("规则或者程序在上一次审核之后换过，现在的规则没有审核过这些内容；先运行 jianlu audit，或者用 --rules 指明审核时的规则",
                    "the rules or the program changed since the last audit, and nothing was judged by them yet: run `jianlu audit` "
                    "first, or name the rules of that audit with --rules");
    case Covered::sources:
      return refuse("上一次审核之后又采集了内容，还没有审核；先运行 jianlu audit",
                    "something was taken in since the last audit and was not judged yet; run `jianlu audit` first");
  }
  return outcome::Context{store::last_run(*opened.store)->as_of, &opened.judge->rules.working_days};
}

}  // namespace

std::optional<Judged> judge_all(Opened& opened, const Options& options) {
  const auto context = last_audit(opened, options);
  if (!context) return std::nullopt;
  Judged out{{}, *context, {}, {}, {}};
  out.facts = all_facts(opened, out.deliveries);
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
  Judged out{{}, *context, {}, {}, {}};
  out.facts = facts_of(opened, *around, out.deliveries);
  const plan::Plan compiled = plan::compile(book, {&norm, 1});
  exec::Evaluator evaluator(compiled);
  out.verdicts = evaluator.evaluate(out.facts, out.context, opened.judge->zones, {});
  store::for_each_entry(*opened.store, key, [&](const store::Entry& e) { out.ledger.push_back(e.transition); });
  return out;
}

void require_ledger(Opened& opened, const std::vector<report::Finding>& shown, const std::string& bureau) {
  std::map<finding::Key, outcome::Verdict> open;
  store::for_each_finding(*opened.store, {}, [&](const store::Finding& f) {
    if (f.key.norm.compare(0, bureau.size() + 1, bureau + '/') == 0) open.emplace(f.key, f.verdict);
  });
  for (const report::Finding& f : shown) {
    const auto found = open.find({f.norm, f.subject});
    if (found == open.end()) throw report::Disagreement(f.norm + ' ' + f.subject + ": the ledger has no such finding");
    if (!(found->second == f.verdict)) throw report::Disagreement(f.norm + ' ' + f.subject + ": the ledger has another outcome");
    open.erase(found);
  }
  if (open.empty()) return;
  const finding::Key& lost = open.begin()->first;
  throw report::Disagreement(fmt::format("{} {}: in the ledger, but judging gives no such finding ({} in all)", lost.norm, lost.subject, open.size()));
}

report::Sources sources_of(const Opened& opened, const Judged& judged, const Texts& texts, std::int32_t regulation) {
  report::Sources s{opened.judge->rules.book, regulation, judged.facts, judged.context, opened.judge->zones,
                    judged.verdicts, judged.ledger, {}, {}, judged.deliveries};
  const std::string id = opened.judge->rules.book.regulations[regulation].id;
  s.official = [&texts, id](const statute::Citation& at) { return texts.quote(id, at); };
  s.words = [&texts, id](const std::string& path) { return texts.english(id, path); };
  return s;
}

}  // namespace jianlu::cli
