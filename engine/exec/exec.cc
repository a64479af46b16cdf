#include "engine/exec/exec.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "engine/exec/judge.h"
#include "engine/exec/program.h"

namespace jianlu::exec {
namespace {

using fact::Row;

constexpr int kListed = 24;   // rows of lists per root row, on average, that a batch may have

// Rows [begin, end) of a root domain, or of a list domain whose rows have no owner.
struct Batch {
  const Program* program = nullptr;
  DomainId domain = 0;
  bool orphans = false;
  Row begin = 0, end = 0;
};

bool is_or_has(const plan::Plan& plan, DomainId domain, DomainId ancestor) {
  while (domain != kNone && domain != ancestor) domain = plan.domains[static_cast<std::size_t>(domain)].parent;
  return domain == ancestor;
}

// What is kept of a batch until it is its turn to be handed over; its memory is used again.
struct Done {
  std::vector<NormVerdicts> verdicts;   // by norm of the plan; those beyond `used` are of an earlier batch
  std::size_t used = 0;
};

class Worker {
 public:
  explicit Worker(Run& run) : frame_(run), few_(run) {}

  void begin() {
    frame_.begin();
    few_.begin();
  }

  void work(const Batch& batch, bool details, Done& done) {
    frame_.clear();
    place(batch);
    const plan::Plan& plan = frame_.run.plan;
    for (const NodeId landmark : batch.program->landmarks) frame_.carried(landmark);
    done.verdicts.resize(plan.norms.size());
    done.used = 0;
    for (const std::int32_t index : batch.program->norms) {
      const plan::NormPlan& norm = plan.norms[static_cast<std::size_t>(index)];
      if (frame_.size(norm.domain) == 0) continue;
      if (batch.orphans && !is_or_has(plan, norm.subject, batch.domain)) continue;
      judge(frame_, few_, norm, details, done.verdicts[done.used++]);
    }
  }

 private:
  void place(const Batch& batch) {
    const plan::Plan& plan = frame_.run.plan;
    Rows rows;
    rows.first = batch.begin;
    rows.size = batch.end - batch.begin;
    rows.orphans = batch.orphans;
    frame_.place(batch.domain, rows);
    static constexpr std::int32_t one[] = {0, 1};
    Rows above;
    above.size = 1;
    above.missing = true;
    above.offsets = one;
    for (DomainId d = plan.domains[static_cast<std::size_t>(batch.domain)].parent; d != kNone;
         d = plan.domains[static_cast<std::size_t>(d)].parent) {
      frame_.place(d, above);
    }
  }

  Frame frame_, few_;
};

void append(NormVerdicts& to, const NormVerdicts& from) {
  const auto base = static_cast<std::int32_t>(to.size());
  const bool follows = from.keys.empty() && to.keys.empty() && (base == 0 || to.first + base == from.first);
  if (follows) {
    if (base == 0) to.first = from.first;
  } else {
    for (std::size_t i = to.keys.size(); i < to.size(); ++i) to.keys.push_back({.subject = to.first + static_cast<Row>(i)});
    for (std::size_t i = 0; i < from.size(); ++i) to.keys.push_back(from.key(i));
  }
  to.outcomes.insert(to.outcomes.end(), from.outcomes.begin(), from.outcomes.end());
  for (Detail detail : from.details) {
    detail.index += base;
    to.details.push_back(detail);
  }
}

}  // namespace

outcome::RowKey NormVerdicts::key(std::size_t index) const {
  if (!keys.empty()) return keys[index];
  return {.subject = first + static_cast<Row>(index)};
}

outcome::Verdict NormVerdicts::verdict(std::size_t index) const {
  outcome::Verdict verdict{static_cast<outcome::Outcome>(outcomes[index])};
  const auto found = std::lower_bound(details.begin(), details.end(), static_cast<std::int32_t>(index),
                                      [](const Detail& d, std::int32_t i) { return d.index < i; });
  if (found != details.end() && found->index == static_cast<std::int32_t>(index)) {
    verdict.due = found->due;
    verdict.cured_at = found->cured_at;
  }
  return verdict;
}

struct Evaluator::State {
  explicit State(const plan::Plan& plan) : run(plan), programs(exec::programs(plan)) {}

  std::vector<Batch> batches(const Options& options) const;
  std::int64_t listed(const Program& program, Row begin, Row end) const;
  void work(Worker& worker, const std::vector<Batch>& batches, bool details, const Sink& sink);

  Run run;
  std::vector<Program> programs;
  std::vector<std::unique_ptr<Worker>> workers;
  std::vector<Done> done;               // batch i is in done[i % size()] until it is handed over
  std::vector<bool> ready;              // the same
  std::size_t taken = 0, handed_over = 0;
  bool handing_over = false;            // somebody is
  std::mutex guard;                     // of all that is counted here
  std::condition_variable room;         // for one more batch in `done`
};

// How many rows the lists of root rows [begin, end) have.
std::int64_t Evaluator::State::listed(const Program& program, Row begin, Row end) const {
  std::int64_t rows = 0;
  for (const DomainId list : program.lists) {
    const plan::Domain& d = run.plan.domains[static_cast<std::size_t>(list)];
    const auto& offsets = run.facts->tables[static_cast<std::size_t>(d.owner_entity)].lists[static_cast<std::size_t>(d.field)].offsets;
    rows += offsets[static_cast<std::size_t>(end)] - offsets[static_cast<std::size_t>(begin)];
  }
  return rows;
}

std::vector<Batch> Evaluator::State::batches(const Options& options) const {
  std::vector<Batch> result;
  const plan::Plan& plan = run.plan;
  const auto cut = [&](const Program& program, DomainId domain, bool orphans, Row begin, Row end) {
    for (Row at = begin; at < end;) {
      Row next = std::min(end, at + options.batch_rows);
      // Fewer rows with long lists, so that a batch stays in the cache.
      while (!orphans && next - at > 1 && listed(program, at, next) > std::int64_t{kListed} * options.batch_rows) next = at + (next - at) / 2;
      result.push_back({&program, domain, orphans, at, next});
      at = next;
    }
  };
  for (const Program& program : programs) {
    const model::EntityId root = plan.domains[static_cast<std::size_t>(program.root)].entity;
    if (!options.ranges.empty()) {
      for (const Range& range : options.ranges) {
        if (range.entity == root) cut(program, program.root, false, range.begin, range.end);
      }
      continue;
    }
    cut(program, program.root, false, 0, run.facts->tables[static_cast<std::size_t>(root)].size);
    std::vector<bool> seen(plan.domains.size());
    for (const plan::NormPlan& norm : plan.norms) {
      for (DomainId d = norm.subject; plan.root_of(d) == program.root && d != program.root;
           d = plan.domains[static_cast<std::size_t>(d)].parent) {
        if (seen[static_cast<std::size_t>(d)]) continue;
        seen[static_cast<std::size_t>(d)] = true;
      }
    }
    for (std::size_t d = 1; d < seen.size(); ++d) {
      if (!seen[d] || plan.domains[d].kind != plan::Domain::Kind::list) continue;
      const fact::Table& table = run.facts->tables[static_cast<std::size_t>(plan.domains[d].entity)];
      cut(program, static_cast<DomainId>(d), true, table.owned, table.size);
    }
  }
  return result;
}

// Takes batches as they come. Who finishes the batch whose turn it is hands it over, and those after it that are ready.
void Evaluator::State::work(Worker& worker, const std::vector<Batch>& batches, bool details, const Sink& sink) {
  std::unique_lock lock(guard);
  while (taken < batches.size()) {
    const std::size_t at = taken++, place = at % done.size();
    room.wait(lock, [&] { return at < handed_over + done.size(); });
    lock.unlock();
    worker.work(batches[at], details, done[place]);
    lock.lock();
    ready[place] = true;
    if (handing_over) continue;
    handing_over = true;
    for (std::size_t next = handed_over % done.size(); ready[next]; next = handed_over % done.size()) {
      lock.unlock();
      if (done[next].used > 0) sink({done[next].verdicts.data(), done[next].used});
      lock.lock();
      ready[next] = false;
      ++handed_over;
      room.notify_all();
    }
    handing_over = false;
  }
}

Evaluator::Evaluator(const plan::Plan& plan) : state_(std::make_unique<State>(plan)) {}
Evaluator::~Evaluator() = default;
Evaluator::Evaluator(Evaluator&&) noexcept = default;

void Evaluator::evaluate(const fact::Facts& facts, const outcome::Context& context,
                         std::span<const calendar::Zone> zones, const Options& options, const Sink& sink) {
  State& state = *state_;
  state.run.begin(facts, context, zones);
  const std::vector<Batch> batches = state.batches(options);
  const std::size_t threads = std::clamp<std::size_t>(options.threads, 1, std::max<std::size_t>(batches.size(), 1));
  while (state.workers.size() < threads) state.workers.push_back(std::make_unique<Worker>(state.run));
  for (const auto& worker : state.workers) worker->begin();
  state.taken = 0;
  state.handed_over = 0;
  state.done.resize(threads == 1 ? 1 : 2 * threads);
  state.ready.assign(state.done.size(), false);
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < threads; ++i) {
    others.emplace_back([&, i] { state.work(*state.workers[i], batches, options.details, sink); });
  }
  state.work(*state.workers[0], batches, options.details, sink);
  for (std::thread& thread : others) thread.join();
}

std::vector<NormVerdicts> Evaluator::evaluate(const fact::Facts& facts, const outcome::Context& context,
                                              std::span<const calendar::Zone> zones, const Options& options) {
  const plan::Plan& plan = state_->run.plan;
  std::vector<NormVerdicts> result(plan.norms.size());
  for (std::size_t i = 0; i < result.size(); ++i) result[i].norm = plan.norms[i].norm;
  evaluate(facts, context, zones, options, [&](std::span<const NormVerdicts> verdicts) {
    std::size_t at = 0;
    for (const NormVerdicts& from : verdicts) {
      while (plan.norms[at].norm != from.norm) ++at;
      append(result[at], from);
    }
  });
  return result;
}

}  // namespace jianlu::exec
