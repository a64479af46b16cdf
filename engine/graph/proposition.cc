#include "engine/graph/proposition.h"

#include <algorithm>

namespace jianlu::graph {

using Kind = Proposition::Kind;

PropId Propositions::add(Proposition p) {
  nodes_.push_back(p);
  return static_cast<PropId>(nodes_.size() - 1);
}

PropId Propositions::constant(bool truth) { return add({.kind = Kind::constant, .truth = truth}); }

std::optional<bool> Propositions::known(PropId a) const {
  const Proposition& p = nodes_[static_cast<std::size_t>(a)];
  return p.kind == Kind::constant ? std::optional(p.truth) : std::nullopt;
}

PropId Propositions::negation(PropId a) {
  if (const auto truth = known(a)) return constant(!*truth);
  return add({.kind = Kind::negation, .a = a});
}

PropId Propositions::both(PropId a, PropId b) {
  if (const auto truth = known(a)) return *truth ? b : a;
  if (const auto truth = known(b)) return *truth ? a : b;
  return add({.kind = Kind::both, .a = a, .b = b});
}

PropId Propositions::either(PropId a, PropId b) { return negation(both(negation(a), negation(b))); }

PropId Propositions::flag(std::int32_t thing) { return add({.kind = Kind::test, .thing = thing}); }

PropId Propositions::value(std::int32_t thing, std::uint64_t codes) {
  return add({.kind = Kind::test, .thing = thing, .codes = codes});
}

PropId Propositions::place(std::int32_t thing, Relation relation, std::int64_t mark) {
  return add({.kind = Kind::test, .thing = thing, .relation = relation, .mark = mark});
}

std::int32_t Propositions::thing(Thing made) {
  for (std::size_t i = 0; i < things_.size(); ++i) {
    if (things_[i].key == made.key && things_[i].kind == made.kind) return static_cast<std::int32_t>(i);
  }
  things_.push_back(std::move(made));
  return static_cast<std::int32_t>(things_.size() - 1);
}

// Depth first over the things that the truth of the root still hangs on.
class Search {
 public:
  Search(const Propositions& all, const std::vector<bool>& usable) : all_(all), usable_(usable), chosen_(all.things_.size(), -1) {}

  bool find(PropId root) {
    const std::optional<bool> truth = value(root);
    if (truth) return *truth;
    steps_ += 1 + all_.nodes_.size() / 64;
    if (steps_ > kSteps) {
      gave_up_ = true;
      return false;
    }
    const std::int32_t next = open(root);
    if (next < 0) return false;
    const Thing& thing = all_.things_[static_cast<std::size_t>(next)];
    int& choice = chosen_[static_cast<std::size_t>(next)];
    for (choice = 0; choice < choices(thing); ++choice) {
      if (possible(thing, choice) && find(root)) return true;
    }
    choice = -1;
    return false;
  }

  bool gave_up() const { return gave_up_; }
  std::vector<std::pair<std::int32_t, int>> chosen() const {
    std::vector<std::pair<std::int32_t, int>> out;
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      if (chosen_[i] >= 0) out.emplace_back(static_cast<std::int32_t>(i), chosen_[i]);
    }
    return out;
  }

 private:
  static constexpr std::size_t kSteps = 50'000;

  static int choices(const Thing& thing) {
    switch (thing.kind) {
      case Thing::Kind::flag: return 2;
      case Thing::Kind::value: return static_cast<int>(thing.values.size());
      default: return static_cast<int>(2 * thing.marks.size() + 1);
    }
  }

  // A count is a whole number and not below zero.
  static bool possible(const Thing& thing, int choice) {
    if (!thing.whole) return true;
    constexpr std::int64_t one = 1'000'000;
    const auto i = static_cast<std::size_t>(choice / 2);
    if (choice % 2 == 1) return thing.marks[i].first >= 0 && thing.marks[i].first % one == 0;
    if (i == thing.marks.size()) return true;
    const std::int64_t next = i == 0 || thing.marks[i - 1].first < 0 ? 0 : (thing.marks[i - 1].first / one + 1) * one;
    return next < thing.marks[i].first;
  }

  std::optional<bool> test(const Proposition& p) const {
    const int choice = chosen_[static_cast<std::size_t>(p.thing)];
    if (choice < 0) return std::nullopt;
    const Thing& thing = all_.things_[static_cast<std::size_t>(p.thing)];
    if (thing.kind == Thing::Kind::flag) return choice == 0;
    if (thing.kind == Thing::Kind::value) return ((p.codes >> choice) & 1) != 0;
    const auto at = std::find_if(thing.marks.begin(), thing.marks.end(), [&](const auto& m) { return m.first == p.mark; });
    const int mark = static_cast<int>(2 * (at - thing.marks.begin()) + 1);
    switch (p.relation) {
      case Relation::equal: return choice == mark;
      case Relation::not_equal: return choice != mark;
      case Relation::less: return choice < mark;
      case Relation::less_equal: return choice <= mark;
      case Relation::greater: return choice > mark;
      default: return choice >= mark;
    }
  }

  std::optional<bool> value(PropId id) const {
    const Proposition& p = all_.nodes_[static_cast<std::size_t>(id)];
    switch (p.kind) {
      case Kind::constant: return p.truth;
      case Kind::test: return test(p);
      case Kind::negation: {
        const std::optional<bool> a = value(p.a);
        return a ? std::optional(!*a) : a;
      }
      default: {
        const std::optional<bool> a = value(p.a);
        if (a && !*a) return false;
        const std::optional<bool> b = value(p.b);
        if (b && !*b) return false;
        return a && b ? std::optional(true) : std::nullopt;
      }
    }
  }

  // The first usable thing without a choice in a part that is not decided; -1 where there is none.
  std::int32_t open(PropId id) const {
    const Proposition& p = all_.nodes_[static_cast<std::size_t>(id)];
    if (value(id)) return -1;
    if (p.kind == Kind::test) return usable_[static_cast<std::size_t>(p.thing)] ? p.thing : -1;
    const std::int32_t a = p.a < 0 ? -1 : open(p.a);
    return a >= 0 || p.b < 0 ? a : open(p.b);
  }

  const Propositions& all_;
  const std::vector<bool>& usable_;
  std::vector<int> chosen_;
  std::size_t steps_ = 0;
  bool gave_up_ = false;
};

std::optional<Propositions::Found> Propositions::satisfy(PropId root, bool& gave_up) const {
  gave_up = false;
  // A thing that shares what it reads with a thing of another subject is not free.
  std::vector<bool> free(things_.size()), any(things_.size(), true);
  for (std::size_t i = 0; i < things_.size(); ++i) {
    free[i] = things_[i].free;
    for (std::size_t j = 0; j < things_.size() && free[i]; ++j) {
      if (i == j || (!things_[i].subject.empty() && things_[i].subject == things_[j].subject)) continue;
      free[i] = std::none_of(things_[i].reads.begin(), things_[i].reads.end(),
                             [&](const std::string& path) { return things_[j].reads.contains(path); });
    }
  }
  Search certain(*this, free);
  if (certain.find(root)) return Found{true, certain.chosen()};
  Search loose(*this, any);
  if (loose.find(root)) return Found{false, loose.chosen()};
  gave_up = loose.gave_up();
  return std::nullopt;
}

diag::Words Propositions::say(std::int32_t id, int choice) const {
  const Thing& thing = things_[static_cast<std::size_t>(id)];
  if (thing.kind == Thing::Kind::flag) return choice == 0 ? thing.holds : thing.fails;
  const auto join = [&](const char* sign, const diag::Words& other) {
    return diag::Words{thing.shown.zh + " " + sign + " " + other.zh, thing.shown.en + " " + sign + " " + other.en};
  };
  const auto at = static_cast<std::size_t>(choice);
  if (thing.kind == Thing::Kind::value) return join("=", thing.values[at]);
  if (choice % 2 == 1) return join("=", thing.marks[at / 2].second);
  const bool above = at > 0, below = at / 2 < thing.marks.size();
  if (!above) return join("<", thing.marks[0].second);
  diag::Words out = join(">", thing.marks[at / 2 - 1].second);
  if (below) {
    out.zh += " 且 < " + thing.marks[at / 2].second.zh;
    out.en += " and < " + thing.marks[at / 2].second.en;
  }
  return out;
}

}  // namespace jianlu::graph
