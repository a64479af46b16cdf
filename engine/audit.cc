#include "engine/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <future>
#include <map>
#include <memory>
#include <set>
#include <nlohmann/json.hpp>

#include "engine/calendar/text.h"
#include "engine/demand.h"
#include "engine/fact/document.h"
#include "engine/judging.h"
#include "engine/store/contents.h"
#include "engine/store/findings.h"

namespace jianlu {
namespace {

using Json = nlohmann::ordered_json;

std::string hash(std::string_view text) {
  std::string out;
  for (const std::uint8_t byte : fact::digest(text)) fmt::format_to(std::back_inserter(out), "{:02x}", byte);
  return out;
}

Json files_of(const AuditRules& rules) {
  std::vector<InputFile> files = rules.files;
  std::sort(files.begin(), files.end(), [](const InputFile& a, const InputFile& b) {
    return std::tie(a.kind, a.path) < std::tie(b.kind, b.path);
  });
  Json out = Json::array();
  for (const InputFile& file : files) out.push_back({{"kind", file.kind}, {"path", file.path}, {"sha256", file.sha256}});
  return out;
}

std::vector<std::string> norm_names(const model::Rulebook& book) {
  std::vector<std::string> names(book.norms.size());
  for (const model::Regulation& regulation : book.regulations) {
    for (const model::NormId id : regulation.norms) names[id] = regulation.id + '/' + book.norms[id].name.en;
  }
  return names;
}

// One reader per entity that norms judge: what they read there, and a hash of all that can change their outcomes.
std::vector<store::Reader> readers(const AuditRules& rules, const std::vector<std::string>& names) {
  const model::Rulebook& book = rules.book;
  std::string shared(kEngineVersion);
  for (const InputFile& file : rules.files) {
    if (file.kind == "calendar") shared += '\n' + file.sha256;
  }
  std::map<model::EntityId, std::pair<store::Reader, std::map<std::string, std::string>>> found;
  for (std::size_t r = 0; r < book.regulations.size(); ++r) {
    for (const model::NormId id : book.regulations[r].norms) {
      if (book.norms[id].modality == model::Modality::permit) continue;
      const Demand read = demand(book, id);
      for (const model::EntityId entity : judged_with(book, id)) {
        auto& [reader, slices] = found[entity];
        reader.reads.insert(read.reads.begin(), read.reads.end());
        reader.reads_as_of |= read.as_of;
        slices[names[id]] = rules.slices[id] + ' ' + std::string(rules.zones[r].name());
      }
    }
  }
  std::vector<store::Reader> out;
  for (auto& [entity, entry] : found) {
    std::string text = shared;
    for (const auto& [name, slice] : entry.second) text += '\n' + name + ' ' + slice;
    entry.first.entity = entity;
    entry.first.rules = hash(text);
    out.push_back(std::move(entry.first));
  }
  return out;
}

// Ledgers whose absence keeps a norm undecided: those of the lists that it reads.
std::vector<model::EntityId> ledgers_of(const model::Rulebook& book, model::NormId norm) {
  std::set<model::EntityId> found;
  for (const auto& [entity, field] : demand(book, norm).reads) {
    const model::EntityId of = book.vocabulary.field(entity, field).list_of;
    if (of == model::kNone || book.vocabulary.entities[of].derived) continue;
    if (book.vocabulary.entities[of].calendar == model::Entity::Calendar::no) found.insert(of);
  }
  return {found.begin(), found.end()};
}

Json missing_ledgers(store::Store& store, const model::Rulebook& book, const std::vector<std::string>& norms) {
  Json out = Json::array();
  const auto ledgers = [&](std::string_view name) {
    const auto at = std::find(norms.begin(), norms.end(), name);   // a norm of earlier rules waits for nothing
    return at == norms.end() ? std::vector<model::EntityId>() : ledgers_of(book, static_cast<model::NormId>(at - norms.begin()));
  };
  for (const store::MissingLedger& missing : store::missing_ledgers(store, ledgers)) {
    out.push_back({{"unit", missing.unit}, {"period", missing.period}, {"ledger", book.vocabulary.entities[missing.ledger].name.en},
                   {"norms", missing.norms}, {"findings", missing.findings}});
  }
  return out;
}

Json sources_of(store::Store& store) {
  const store::TakenIn in = store::taken_in(store);
  return {{"count", in.sources}, {"sha256", in.digest}};
}

// Whether the sources are others than those of the receipt (empty: there is none); those of earlier versions do not state them.
bool other_sources(const std::string& receipt, store::Store& store) {
  const Json body = Json::parse(receipt, nullptr, false);
  return body.is_object() && body.contains("sources") && body["sources"] != sources_of(store);
}

std::string receipt(const store::Work& work, const Json& files, const Json& sources, const Json& missing, calendar::Instant as_of) {
  Json body;
  body["receipt"] = 1;
  body["engine"] = kEngineVersion;
  body["as_of"] = calendar::format_instant(as_of, calendar::Zone::utc());
  body["files"] = files;
  body["sources"] = sources;
  for (const char* part : {"audited", "outcomes", "failed", "skipped"}) body[part] = Json::object();
  for (const auto& [name, count] : work.tallies()) {
    const std::size_t tab = name.find('\t'), second = name.find('\t', tab + 1);
    const std::string what = name.substr(0, tab), detail = name.substr(tab + 1, second - tab - 1);
    what == "outcome" ? body["outcomes"][detail][name.substr(second + 1)] = count : body[what][detail] = count;
  }
  for (const auto& [name, count] : work.skipped()) {
    const std::size_t tab = name.find('\t');
    body["skipped"][name.substr(0, tab)][name.substr(tab + 1)] = count;
  }
  body["missing_ledgers"] = missing;
  body["ledger"] = {{"entries", work.entries()}, {"head", work.head()}};
  return body.dump(1) + '\n';
}

}  // namespace

Covered covered(store::Store& store, const AuditRules& rules) {
  const std::optional<store::LastRun> last = store::last_run(store);
  if (!last) return Covered::never;
  if (last->receipt.empty()) return Covered::broken_off;
  const Json receipt = Json::parse(last->receipt, nullptr, false);
  if (last->files != files_of(rules).dump() || !receipt.is_object() || receipt.value("engine", "") != kEngineVersion) return Covered::rules;
  return last->waiting || other_sources(last->receipt, store) ? Covered::sources : Covered::all;
}

AuditResult audit(store::Store& store, const AuditRules& rules, const AuditOptions& options) {
  const Json files = files_of(rules);
  store::RunInputs inputs;
  inputs.as_of = options.as_of;
  inputs.files = files.dump();
  inputs.norms = norm_names(rules.book);
  for (const model::Regulation& regulation : rules.book.regulations) {
    for (const model::NormId id : regulation.norms) {
      for (const std::string& earlier : rules.book.norms[id].formerly) inputs.renamed.emplace_back(regulation.id + '/' + earlier, inputs.norms[id]);
    }
  }
  inputs.slices = rules.slices;
  inputs.readers = readers(rules, inputs.norms);
  const std::optional<store::LastRun> last = store::last_run(store);
  inputs.other_sources = last && other_sources(last->receipt, store);

  // 1. Record the run, or take up the one that was broken off; find what has to be judged.
  store::Work work(store);
  const store::Work::Run run = work.begin(inputs);
  AuditResult result;
  result.as_of = run.as_of;
  result.resumed = run.resumed;
  result.idle = run.idle;
  if (run.idle) {
    result.receipt = work.last_receipt();
    return result;
  }
  const std::int64_t entries = work.entries();

  // 2. Judge batches, on several threads if wanted; keep what they come to, in order, a transaction each.
  const plan::Plan plan = plan::compile(rules.book);
  const JudgingContext context{rules, plan, store.zone(), {run.as_of, rules.working_days}, work.deliveries(),
                               work.doubts(), inputs.norms, work.number_of_norm(), work.slices()};
  struct Flight {
    store::Batch batch;
    std::unique_ptr<Judging> judging;
    std::future<store::Verdicts> verdicts;
  };
  std::deque<Flight> flights;
  std::vector<std::unique_ptr<Judging>> idle;
  const auto launch = [&] {
    auto batch = work.next(options.batch_rows);
    if (!batch) return false;
    Flight& flight = flights.emplace_back();
    flight.batch = std::move(*batch);
    if (idle.empty()) idle.push_back(std::make_unique<Judging>(context));
    flight.judging = std::move(idle.back());
    idle.pop_back();
    flight.verdicts = std::async(options.threads > 1 ? std::launch::async : std::launch::deferred,
                                 [&flight] { return flight.judging->judge(flight.batch); });
    return true;
  };
  while (flights.size() < std::max(1U, options.threads) && launch()) {}
  while (!flights.empty()) {
    Flight& first = flights.front();
    const store::Verdicts verdicts = first.verdicts.get();
    work.commit(first.batch, verdicts);
    result.judged += static_cast<std::int64_t>(first.batch.tasks.size());
    idle.push_back(std::move(first.judging));
    flights.pop_front();
    launch();
    if (options.progress) options.progress(result.judged, work.tasks());
  }

  // 3. Write the receipt.
  result.transitions = work.entries() - entries;
  result.receipt = receipt(work, files, sources_of(store), missing_ledgers(store, rules.book, inputs.norms), run.as_of);
  work.finish(result.receipt);
  return result;
}

}  // namespace jianlu
