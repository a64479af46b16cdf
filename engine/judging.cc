#include "engine/judging.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "engine/fact/builder.h"
#include "engine/finding/subject.h"

namespace jianlu {
namespace {

using fact::Row;
using finding::Standing;
using model::EntityId;
using model::kNone;

constexpr std::int32_t kNoTask = -1;

// Which task each row without an owner stands for. Only tasks of the batch's own entity count; what else was loaded is
// there to be read.
class Places {
 public:
  Places(const fact::Facts& facts, const finding::Subjects& subjects, const store::Batch& batch)
      : subjects_(subjects), entity_(batch.entity), task_of_row_(facts.tables[batch.entity].size, kNoTask) {
    std::unordered_map<std::string_view, std::int32_t> by_key;
    for (std::size_t i = 0; i < batch.tasks.size(); ++i) {
      if (batch.tasks[i].present) by_key.emplace(batch.tasks[i].key, static_cast<std::int32_t>(i));
    }
    row_of_task_.assign(batch.tasks.size(), fact::kNoRow);
    for (Row row = 0; row < static_cast<Row>(task_of_row_.size()); ++row) {
      if (subjects.root(entity_, row).row != row || subjects.root(entity_, row).entity != entity_) continue;
      const auto found = by_key.find(subjects.key(entity_, row));
      if (found == by_key.end() || row_of_task_[found->second] != fact::kNoRow) continue;
      task_of_row_[row] = found->second;
      row_of_task_[found->second] = row;
    }
  }

  std::int32_t task(EntityId entity, Row row) const {
    const finding::Subjects::Root root = subjects_.root(entity, row);
    return root.entity == entity_ ? task_of_row_[root.row] : kNoTask;
  }
  Row row(std::size_t task) const { return row_of_task_[task]; }

  std::vector<exec::Range> ranges() const {
    std::vector<exec::Range> out;
    for (Row row = 0; row < static_cast<Row>(task_of_row_.size()); ++row) {
      if (task_of_row_[row] == kNoTask) continue;
      if (out.empty() || out.back().end != row) out.push_back({entity_, row, row});
      ++out.back().end;
    }
    return out;
  }

 private:
  const finding::Subjects& subjects_;
  EntityId entity_;
  std::vector<std::int32_t> task_of_row_;
  std::vector<Row> row_of_task_;
};

}  // namespace

store::Verdicts Judging::judge(const store::Batch& batch) {
  const model::Rulebook& book = context_.rules.book;
  const model::Vocabulary& vocabulary = book.vocabulary;
  store::Verdicts out;
  out.steps.resize(batch.tasks.size());
  const auto tally = [&](std::string name, std::int64_t count) {
    if (count > 0) out.tallies.emplace_back(std::move(name), count);
  };

  fact::Builder builder(vocabulary, context_.zone);
  for (const fact::Delivery& delivery : context_.deliveries) builder.add(delivery);
  for (const fact::Doubt& doubt : context_.doubts) builder.add(doubt);
  std::int64_t unreadable = 0;
  for (const store::Batch::Piece& piece : batch.documents) {
    if (!builder.add(std::string_view(batch.bytes).substr(piece.begin, piece.size), {})) ++unreadable;
  }
  const fact::Facts& facts = builder.build();
  const finding::Subjects subjects(vocabulary, facts);
  const Places places(facts, subjects, batch);

  // Findings that exist need today's verdict even where it is not open.
  const std::size_t tasks = batch.tasks.size();
  std::vector<std::vector<bool>> watched(context_.slices.size());
  for (std::size_t i = 0; i < tasks; ++i) {
    for (const Standing& s : batch.tasks[i].before) {
      if (watched[s.norm].empty()) watched[s.norm].resize(tasks);
      watched[s.norm][i] = true;
    }
  }

  std::vector<std::vector<Standing>> judged(tasks);
  std::vector<std::array<std::int64_t, outcome::kOutcomes>> counts(book.norms.size());
  exec::Options options;
  options.batch_rows = std::max(2048, static_cast<std::int32_t>(tasks));
  const bool loose = vocabulary.entities[batch.entity].owner != kNone;
  if (!loose) options.ranges = places.ranges();
  const auto take = [&](std::span<const exec::NormVerdicts> batch_verdicts) {
    for (const exec::NormVerdicts& verdicts : batch_verdicts) {
      const model::Norm& norm = book.norms[verdicts.norm];
      const EntityId subject = book.variables[norm.subject].entity;
      const EntityId element = norm.element == kNone ? kNone : book.variables[norm.element].entity;
      const EntityId stored = vocabulary.entities[subject].derived ? vocabulary.entities[subject].owner : subject;
      const std::int32_t number = context_.number_of_norm[verdicts.norm];
      const std::vector<bool>& watch = watched[number];
      for (std::size_t i = 0; i < verdicts.size(); ++i) {
        const auto result = static_cast<outcome::Outcome>(verdicts.outcomes[i]);
        const outcome::RowKey key = verdicts.key(i);
        const std::int32_t task = places.task(stored, key.subject);
        if (task == kNoTask) continue;
        ++counts[verdicts.norm][verdicts.outcomes[i]];
        if (!finding::is_open(result) && (watch.empty() || !watch[task])) continue;
        judged[task].push_back({subjects.suffix(subject, element, key), number, verdicts.verdict(i),
                                context_.slices[number], finding::Event::opened});
      }
    }
  };
  if (loose || !options.ranges.empty()) {
    evaluator_.evaluate(facts, context_.context, context_.rules.zones, options, take);
  }

  std::int64_t present = 0, failed = 0;
  const bool calendar_rows = vocabulary.entities[batch.entity].calendar != model::Entity::Calendar::no;
  for (std::size_t i = 0; i < tasks; ++i) {
    const bool found = places.row(i) != fact::kNoRow;
    if (batch.tasks[i].present && !found && !calendar_rows) {
      ++failed;   // its findings stay as they are
      continue;
    }
    present += found;
    std::sort(judged[i].begin(), judged[i].end(), [](const Standing& a, const Standing& b) { return a.place() < b.place(); });
    out.steps[i] = finding::steps(batch.tasks[i].before, judged[i], context_.slices);
  }
  tally("audited\t" + vocabulary.entities[batch.entity].name.en, present);
  tally("failed\tdocument does not fit the vocabulary", unreadable);
  tally("failed\trow was not taken in", failed - unreadable);
  for (std::size_t norm = 0; norm < counts.size(); ++norm) {
    for (int o = 0; o < outcome::kOutcomes; ++o) {
      tally("outcome\t" + context_.norms[norm] + '\t' + std::string(outcome::id(static_cast<outcome::Outcome>(o))), counts[norm][o]);
    }
  }
  return out;
}

}  // namespace jianlu
