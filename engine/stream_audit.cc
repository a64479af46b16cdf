#include "engine/stream_audit.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <unordered_set>

namespace jianlu {
namespace {

using model::EntityId;
using model::kNone;

constexpr std::size_t kNotes = 1000;   // different ones that are given on

// A block at a time is read by whoever is free, judged apart, and handed over in the order of the input.
class StreamAudit {
 public:
  StreamAudit(manifest::Stream& stream, std::string_view name, const StreamRules& rules, const StreamOptions& options)
      : stream_(stream), rules_(rules), options_(options) {
    for (unsigned i = 0; i < std::max(1U, options.threads); ++i) workers_.push_back(std::make_unique<Worker>(stream, name, rules, options));
  }

  StreamResult run() {
    not_judged();
    head();
    if (stream_.streamed() != kNone) {
      stream_.drop_head();
      std::vector<std::thread> others;
      for (std::size_t i = 1; i < workers_.size(); ++i) {
        others.emplace_back([this, i] { work(*workers_[i]); });
      }
      work(*workers_[0]);
      for (std::thread& thread : others) thread.join();
      if (failure_) std::rethrow_exception(failure_);
    }
    for (const auto& worker : workers_) {
      for (std::size_t i = 0; i < result_.outcomes.size(); ++i) result_.outcomes[i] += worker->lines.outcomes()[i];
    }
    result_.stopped = stopped_ || halted_;
    result_.lines = stream_.lines();
    result_.bytes = stream_.bytes();
    return std::move(result_);
  }

 private:
  struct Worker {
    Worker(manifest::Stream& stream, std::string_view name, const StreamRules& rules, const StreamOptions& options)
        : reader(stream, name, rules.book.vocabulary, rules.zones.front()),
          evaluator(rules.plan),
          lines(rules.book, rules.zones, rules.context, options.style, options.language) {}

    void judge(const fact::Facts& facts, const StreamRules& rules, const exec::Options& how) {
      out.clear();
      evaluator.evaluate(facts, rules.context, rules.zones, how,
                         [&](std::span<const exec::NormVerdicts> verdicts) { lines.take(verdicts, facts); });
      lines.write(facts, out);
    }

    manifest::BatchReader reader;
    exec::Evaluator evaluator;
    FindingLines lines;
    manifest::Block block;
    std::string out;
  };

  void not_judged() {
    const model::Vocabulary& vocabulary = rules_.book.vocabulary;
    for (const plan::NormPlan& norm : rules_.plan.norms) {
      EntityId subject = rules_.book.variables[rules_.book.norms[norm.norm].subject].entity;
      if (vocabulary.entities[subject].calendar == model::Entity::Calendar::no) continue;
      EntityId of = vocabulary.entities[subject].calendar_of;
      while (of != kNone && of != stream_.streamed()) of = vocabulary.entities[of].owner;
      if (of != kNone) result_.not_judged.push_back(norm.norm);
    }
  }

  // Rows that stay are the same in every block: they are judged once, first.
  void head() {
    Worker& worker = *workers_[0];
    const fact::Facts& facts = worker.reader.head();
    worker.judge(facts, rules_, {});
    hand_over(worker);
  }

  void work(Worker& worker) {
    try {
      for (std::size_t turn = 0; take(worker, turn);) {
        const fact::Facts& facts = worker.reader.read(worker.block);
        exec::Options how;
        how.ranges.push_back({stream_.streamed(), 0, facts.tables[static_cast<std::size_t>(stream_.streamed())].size});
        worker.judge(facts, rules_, how);
        std::unique_lock lock(output_);
        turn_.wait(lock, [&] { return handed_over_ == turn || halted_; });
        if (halted_) return;
        hand_over(worker);
        ++handed_over_;
        turn_.notify_all();
      }
    } catch (...) {
      const std::unique_lock lock(output_);
      if (!failure_) failure_ = std::current_exception();
      halted_ = true;
      turn_.notify_all();
    }
  }

  bool take(Worker& worker, std::size_t& turn) {
    const std::unique_lock lock(input_);
    if (halted_) return false;
    const bool more = stream_.next(worker.block);
    // A stop while waiting for input looks like its end, perhaps in the middle of a line.
    stopped_ = options_.stop != nullptr && options_.stop->load();
    if (!more || stopped_) return false;
    if (options_.progress) options_.progress(stream_.bytes());
    turn = taken_++;
    return true;
  }

  void hand_over(Worker& worker) {
    problems(worker.reader.problems());
    result_.rows += static_cast<std::int64_t>(worker.reader.documents());
    const std::string& aside = worker.reader.rejected();
    result_.rejected += std::count(aside.begin(), aside.end(), '\n');
    if (!aside.empty() && options_.rejected && !options_.rejected(aside)) halted_ = true;
    result_.written += worker.out.size();
    if (!halted_ && !worker.out.empty() && options_.findings && !options_.findings(worker.out)) halted_ = true;
  }

  void problems(const std::vector<fact::Problem>& found) {
    for (auto at = found.begin(); at != found.end();) {
      if (at->effect == fact::Problem::Effect::noted) {
        if (notes_.size() == kNotes) {
          result_.notes += !notes_.contains(at->what.en);
        } else if (notes_.insert(at->what.en).second && options_.problem) {
          options_.problem(*at, 0);
        }
        ++at;
        continue;
      }
      const auto next = std::find_if(at, found.end(), [&](const fact::Problem& p) {
        return p.origin.line != at->origin.line || p.effect == fact::Problem::Effect::noted;
      });
      if (options_.problem) options_.problem(*at, static_cast<std::size_t>(next - at) - 1);
      at = next;
    }
  }

  manifest::Stream& stream_;
  const StreamRules& rules_;
  const StreamOptions& options_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::mutex input_, output_;
  std::condition_variable turn_;
  std::size_t taken_ = 0, handed_over_ = 0;
  std::atomic<bool> halted_ = false, stopped_ = false;
  std::exception_ptr failure_;
  std::unordered_set<std::string> notes_;
  StreamResult result_;
};

}  // namespace

StreamResult audit(manifest::Stream& stream, std::string_view name, const StreamRules& rules, const StreamOptions& options) {
  return StreamAudit(stream, name, rules, options).run();
}

}  // namespace jianlu
