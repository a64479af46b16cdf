#include "engine/comparison/ranking.h"

#include <algorithm>

namespace jianlu::comparison {
void append(Words& out, const Words& more, std::string_view zh, std::string_view en) {
  if (more.zh.empty()) return;
  out.zh += (out.zh.empty() ? "" : std::string(zh)) + more.zh;
  out.en += (out.en.empty() ? "" : std::string(en)) + more.en;
}

namespace {

class Ranking {
 public:
  Ranking(const Respect& respect, const std::vector<Words>& bureaus, std::size_t all) : r_(respect), bureaus_(bureaus), all_(all) {}

  Order order(std::size_t a, std::size_t b) const {
    if (a == b) return Order::same;
    for (const Relation& x : r_.relations) {
      if (x.a == a && x.b == b) return x.verdict.order;
      if (x.a == b && x.b == a) return opposite(x.verdict.order);
    }
    return Order::apart;
  }

  // Bureaus of equal strictness together, ranked where every two of them can be.
  Words operator()() const {
    std::vector<std::vector<std::size_t>> groups;
    for (const std::size_t c : r_.columns) {
      const auto same = std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return order(g.front(), c) == Order::same; });
      if (same == groups.end()) groups.push_back({c});
      else same->push_back(c);
    }
    if (groups.size() == 1) {
      // Named where others, about other rows, are not among them.
      const Words who = r_.columns.size() < all_ ? named(groups[0], false) : Words{};
      return who.zh.empty() ? Words{"相同", "the same"} : Words{who.zh + " 相同", who.en + ": the same"};
    }
    const auto ranked = [&](std::size_t a, std::size_t b) { return order(groups[a].front(), groups[b].front()); };
    std::vector<std::size_t> by_rank(groups.size());
    for (std::size_t i = 0; i < by_rank.size(); ++i) by_rank[i] = i;
    const auto below = [&](std::size_t g) {
      return std::count_if(by_rank.begin(), by_rank.end(), [&](std::size_t h) { return ranked(g, h) == Order::stricter; });
    };
    std::vector<std::size_t> sorted = by_rank;
    std::stable_sort(sorted.begin(), sorted.end(), [&](std::size_t a, std::size_t b) { return below(a) > below(b); });
    bool chain = true;
    for (std::size_t i = 0; i + 1 < sorted.size(); ++i) chain = chain && ranked(sorted[i], sorted[i + 1]) == Order::stricter;
    Words out;
    if (chain) {
      for (const std::size_t g : sorted) append(out, named(groups[g], true), " ＞ ", " > ");
      return {"从严到宽：" + out.zh, "from strict to lax: " + out.en};
    }
    for (const std::size_t a : sorted) {
      for (const std::size_t b : sorted) {
        if (ranked(a, b) != Order::stricter) continue;
        const Words x = named(groups[a], false), y = named(groups[b], false);
        append(out, {x.zh + " 严于 " + y.zh, x.en + " stricter than " + y.en}, "；", "; ");
      }
    }
    Words apart;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      std::vector<Words> reasons;
      bool alone = true;
      for (std::size_t h = 0; h < groups.size(); ++h) {
        if (ranked(g, h) != Order::apart) continue;
        alone = false;
        reason(groups[g].front(), groups[h].front(), reasons);
      }
      if (alone) continue;
      Words own = reasons.empty() ? Words{"没有另外的", "nothing of its own"} : Words{};
      for (const Words& w : reasons) {
        // A longer reason says it, too; a longer name is another name.
        const bool said = std::any_of(reasons.begin(), reasons.end(), [&](const Words& x) {
          return x.zh != w.zh && x.zh.find(' ') != std::string::npos && x.zh.find(w.zh) != std::string::npos;
        });
        if (!said) append(own, w, "、", ", ");
      }
      const Words x = named(groups[g], false);
      append(apart, {x.zh + "——" + own.zh, x.en + " - " + own.en}, "；", "; ");
    }
    append(out, apart.zh.empty() ? Words{"不可比", "cannot be ordered"} : Words{"不可比：" + apart.zh, "cannot be ordered: " + apart.en}, "。", ". ");
    return out;
  }

  // What keeps the first apart from the second, added to what is already said of it.
  void reason(std::size_t a, std::size_t b, std::vector<Words>& known) const {
    for (const Relation& x : r_.relations) {
      if (!((x.a == a && x.b == b) || (x.a == b && x.b == a))) continue;
      for (const Words& why : x.a == a ? x.verdict.first : x.verdict.second) {
        if (std::none_of(known.begin(), known.end(), [&](const Words& w) { return w.zh == why.zh; })) known.push_back(why);
      }
    }
  }

  Words named(const std::vector<std::size_t>& group, bool with_value) const {
    Words out;
    for (const std::size_t c : group) append(out, bureaus_[c], "、", ", ");
    const bool brief = r_.facet == Facet::deadline || r_.facet == Facet::keep_until;
    if (!with_value || !brief) return out;
    const auto at = std::find(r_.columns.begin(), r_.columns.end(), group.front()) - r_.columns.begin();
    const Words& v = r_.values[static_cast<std::size_t>(at)];
    return v.zh.empty() ? out : Words{out.zh + "（" + v.zh + "）", out.en + " (" + v.en + ")"};
  }

  const Respect& r_;
  const std::vector<Words>& bureaus_;
  std::size_t all_;
};

}  // namespace

Words ranking(const Respect& respect, const std::vector<Words>& bureaus, std::size_t all) { return Ranking(respect, bureaus, all)(); }

}  // namespace jianlu::comparison
