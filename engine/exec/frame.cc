#include "engine/exec/frame.h"

#include <algorithm>
#include <utility>

#include "engine/exec/kernels.h"
#include "engine/text/normal.h"

namespace jianlu::exec {
namespace {

Operator operator_of(Kernel kernel) {
  switch (kernel) {
    case Kernel::constant: return constant;
    case Kernel::text_constant: return text_constant;
    case Kernel::as_of: return as_of;
    case Kernel::row: return row;
    case Kernel::load: return load;
    case Kernel::gap_start:
    case Kernel::gap_end:
    case Kernel::gap_length:
    case Kernel::gap_previous:
    case Kernel::gap_next:
    case Kernel::exists: return gap_field;
    case Kernel::all_exist: return all_exist;
    case Kernel::broadcast: return broadcast;
    case Kernel::pick: return pick;
    case Kernel::joined: return joined;
    case Kernel::is_given: return is_given;
    case Kernel::equal: return equal;
    case Kernel::less: return less;
    case Kernel::less_equal: return less_equal;
    case Kernel::same_day: return same_day;
    case Kernel::is_in: return is_in;
    case Kernel::has_any: return has_any;
    case Kernel::has_all: return has_all;
    case Kernel::contains: return contains;
    case Kernel::logical_not: return logical_not;
    case Kernel::logical_and: return logical_and;
    case Kernel::logical_or: return logical_or;
    case Kernel::same_truth: return same_truth;
    case Kernel::is_decided: return is_decided;
    case Kernel::is_ruled_on: return is_ruled_on;
    case Kernel::negate: return negate;
    case Kernel::add: return add;
    case Kernel::subtract: return subtract;
    case Kernel::multiply: return multiply;
    case Kernel::divide: return divide;
    case Kernel::later: return later;
    case Kernel::earlier: return earlier;
    case Kernel::distance: return distance;
    case Kernel::set_union: return set_union;
    case Kernel::similarity: return similarity;
    case Kernel::add_period: return add_period;
    case Kernel::end_of_day: return end_of_day;
    case Kernel::start_of_day: return start_of_day;
    case Kernel::choose: return choose;
    case Kernel::choose_truth: return choose_truth;
    case Kernel::closed: return closed;
    case Kernel::any: return any;
    case Kernel::every: return every;
    case Kernel::count: return count;
    case Kernel::sum: return sum;
    case Kernel::earliest: return earliest;
    case Kernel::latest: return latest;
    case Kernel::merged: return merged;
    case Kernel::one_interval: return one_interval;
    case Kernel::interval_union: return interval_union;
    case Kernel::interval_intersection: return interval_intersection;
    case Kernel::interval_difference: return interval_difference;
    case Kernel::choose_set: return choose_set;
    case Kernel::set_covers: return set_covers;
    case Kernel::total_length: return total_length;
    case Kernel::upper: return upper;
    case Kernel::if_undecided: return if_undecided;
    case Kernel::after_claim: return after_claim;
  }
  return constant;
}

}  // namespace

Column uniform(std::uint8_t truth) {
  static constexpr std::uint8_t truths[] = {0, kTrue, kFalse, kUndecided};
  return {&truths[truth], nullptr, nullptr, true};
}

Run::Run(const plan::Plan& plan_) : plan(plan_), crosses(exec::crosses(plan_)), of_states(exec::of_states(plan_)), reach(plan_.domains.size()) {
  for (const plan::NormPlan& norm : plan.norms) {
    std::vector<Reach>& of = reach[static_cast<std::size_t>(norm.domain)];
    if (of.empty()) of = reach_of(plan, norm.domain);
  }
}

void Run::begin(const fact::Facts& of, const outcome::Context& in, std::span<const calendar::Zone> by) {
  facts = &of;
  context = &in;
  zones = by;
  text_ids.clear();
  for (const std::string& text : plan.texts) text_ids.push_back(of.texts.find(text));
  memos.resize(plan.nodes.size());
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    const plan::Node& n = plan.nodes[i];
    if ((n.kernel != Kernel::contains && n.kernel != Kernel::similarity) || n.operands.size() != 2 ||
        plan.nodes[static_cast<std::size_t>(n.operands[1])].kernel != Kernel::text_constant) {
      continue;
    }
    const auto text = static_cast<std::size_t>(plan.nodes[static_cast<std::size_t>(n.operands[1])].index);
    memos[i] = std::make_unique<TextMemo>();
    memos[i]->kernel = n.kernel;
    memos[i]->needle = text::normalise(plan.texts[text]);
    memos[i]->answers = std::make_unique<std::atomic<std::int32_t>[]>(of.texts.size());
  }
  constants.clear();
  constant_sets.clear();
  arena.clear();
  Frame frame(*this);
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    if (plan.nodes[i].domain == 0) frame.carried(static_cast<NodeId>(i));
  }
  std::swap(arena, frame.arena);
  constants = std::move(frame.columns);
  constant_sets = std::move(frame.sets);
  for (Column& column : constants) column.splat = true;
}

Frame::Frame(Run& run_)
    : run(run_), sets(run_.plan.nodes.size()), rows(run_.plan.domains.size()), picked_lanes(run_.plan.domains.size()), gap_keys(run_.plan.domains.size()), placed_(run_.plan.domains.size()),
      slots_(run_.plan.domains.size()), lanes_(run_.plan.nodes.size()), in_whole_(run_.plan.domains.size()) {
  begin();
}

void Frame::begin() {
  columns = run.constants;
  columns.resize(run.plan.nodes.size());
  computed_.assign(run.plan.nodes.size(), 0);
  placed_.assign(run.plan.domains.size(), 0);
  slotted_.assign(run.plan.domains.size(), 0);
  packed_.assign(run.plan.nodes.size(), 0);
  batch_ = 1;
  for (std::size_t i = 0; i < run.constants.size(); ++i) {
    if (run.plan.nodes[i].domain != 0) continue;
    computed_[i] = UINT32_MAX;
    sets[i].source = &run.constant_sets[i];
  }
  rows[0].size = 1;
  placed_[0] = UINT32_MAX;
}

void Frame::clear() {
  arena.clear();
  ++batch_;
  for (auto& keys : gap_keys) keys.clear();
  for (auto& picked : picked_lanes) picked.clear();
  for (std::uint8_t value = 0; value < same_.size(); ++value) {
    if (same_[value].size() < static_cast<std::size_t>(wanted_)) same_[value].assign(static_cast<std::size_t>(wanted_), value);
  }
}

void Frame::place(DomainId domain, const Rows& given) {
  rows[static_cast<std::size_t>(domain)] = given;
  placed_[static_cast<std::size_t>(domain)] = batch_;
}

const Rows& Frame::rows_of(DomainId domain) {
  const auto at = static_cast<std::size_t>(domain);
  if (placed_[at] < batch_) {
    const plan::Domain& d = run.plan.domains[at];
    rows_of(d.parent);
    switch (d.kind) {
      case plan::Domain::Kind::list: list_rows(*this, domain); break;
      case plan::Domain::Kind::derived: derive_rows(*this, domain); break;
      case plan::Domain::Kind::copy: copy_rows(*this, domain); break;
      default: break;
    }
    placed_[at] = batch_;
  }
  return rows[at];
}

void Frame::compute(NodeId id) {
  const auto at = static_cast<std::size_t>(id);
  const plan::Node& n = run.plan.nodes[at];
  if (whole_ && (whole_->has(id) || only_whole(id))) {
    read_whole(id);
  } else {
    rows_of(n.domain);
    columns[at] = operator_of(n.kernel)(*this, n);
  }
  computed_[at] = batch_;
}

const Column& Frame::of(NodeId id) {
  carried(id);
  Column& column = columns[static_cast<std::size_t>(id)];
  if (!column.at) return column;
  const plan::Node& n = node(id);
  const std::int32_t count = size(n.domain);
  const std::int32_t* at = std::exchange(column.at, nullptr);
  if (column.bytes) column.bytes = through(column.bytes, at, count);
  if (n.kind != plan::Kind::value) return column;
  column.lo = through(column.lo, at, count);
  if (column.hi) column.hi = through(column.hi, at, count);
  return column;
}

const SetColumn& Frame::set_of(NodeId id) {
  carried(id);
  return sets[static_cast<std::size_t>(id)];
}

const std::uint8_t* Frame::truths(NodeId id, std::int32_t n) {
  const Column& column = of(id);
  return column.splat ? same(column.bytes[0], n) : column.bytes;
}

const std::int32_t* Frame::parents_of(DomainId domain) {
  rows_of(domain);
  Rows& of = rows[static_cast<std::size_t>(domain)];
  if (of.parents) return of.parents;
  auto* out = arena.take<std::int32_t>(static_cast<std::size_t>(of.size) + kAtOnce);
  const std::int32_t parents = size(run.plan.domains[static_cast<std::size_t>(domain)].parent);
  if (of.orphans) std::fill_n(out, of.size, 0);
  else fill_rows(of.offsets, of.base, parents, [](std::int32_t p) { return p; }, out);
  of.parents = out;
  return out;
}

const std::int32_t* Frame::up(DomainId domain, DomainId ancestor) {
  const std::int32_t *up = parents_of(domain), count = size(domain);
  for (;;) {
    domain = run.plan.domains[static_cast<std::size_t>(domain)].parent;
    if (domain == ancestor) return up;
    up = through(parents_of(domain), up, count);
  }
}

const std::uint8_t* Frame::same(std::uint8_t value, std::int32_t n) {
  std::vector<std::uint8_t>& known = same_[value];
  if (known.size() >= static_cast<std::size_t>(n)) return known.data();
  // What was handed out in this batch stays where it is.
  std::uint8_t* out = take_bytes(n);
  std::fill_n(out, n, value);
  wanted_ = std::max(wanted_, n);
  return out;
}

Column Frame::full(const Column& column, std::int32_t size) {
  Column out = column;
  out.splat = false;
  const auto spell = [&](auto* to, auto value) {
    std::fill_n(to, size, value);
    return to;
  };
  if (column.splat) {
    if (column.bytes) out.bytes = spell(take_bytes(size), column.bytes[0]);
    if (column.lo) out.lo = spell(take_words(size), column.lo[0]);
    if (column.hi) out.hi = spell(take_words(size), column.hi[0]);
  }
  if (!out.bytes) out.bytes = spell(take_bytes(size), std::uint8_t{kValue});
  if (!out.hi) out.hi = out.lo;
  return out;
}

}  // namespace jianlu::exec
