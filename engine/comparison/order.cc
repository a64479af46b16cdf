#include "engine/comparison/order.h"

#include <algorithm>

namespace jianlu::comparison {
namespace {

void append(Words& out, const Words& more, std::string_view zh = "；", std::string_view en = "; ") {
  if (more.zh.empty() || out.zh == more.zh) return;
  out.zh += (out.zh.empty() ? "" : std::string(zh)) + more.zh;
  out.en += (out.en.empty() ? "" : std::string(en)) + more.en;
}

Order combined(Order a, Order b) {
  if (a == b || b == Order::same) return a;
  return a == Order::same ? b : Order::apart;
}

// The provisions of a side that are about rows which the other is about, too.
Side alike(const Side& side, const Side& other) {
  Side out;
  for (const Provision* p : side) {
    if (std::any_of(other.begin(), other.end(), [&](const Provision* q) { return p->about.zh == q->about.zh; })) out.push_back(p);
  }
  return out;
}

Words about(const Side& side) {
  Words out;
  for (const Provision* p : side) {
    if (out.zh.find(p->about.zh) == std::string::npos) append(out, p->about, "、", ", ");
  }
  return out;
}

// Sets of situations. The wider is stricter for a duty, a ban or a category, laxer for what excuses.
Verdict sets(const model::Rulebook& book, const Cases& a, const Cases& b, bool wider_is_stricter) {
  const bool within = implies(a, b), holds = implies(b, a);
  Verdict v;
  v.first = only_in(book, a, b);
  v.second = only_in(book, b, a);
  if (within && holds) return {};
  if (within) v.order = wider_is_stricter ? Order::laxer : Order::stricter;
  else if (holds) v.order = wider_is_stricter ? Order::stricter : Order::laxer;
  else v.order = Order::apart;
  return v;
}

Cases all_scopes(const Side& side) {
  Cases out;
  for (const Provision* p : side) {
    if (p->scope) out.insert(out.end(), p->scope->begin(), p->scope->end());
  }
  return out;
}

Cases all_demands(const Side& side) {
  Cases out{{}};
  for (const Provision* p : side) {
    if (!p->demand) continue;
    Cases next;
    for (const Case& x : out) {
      for (const Case& y : *p->demand) {
        next.push_back(x);
        next.back().insert(next.back().end(), y.begin(), y.end());
      }
    }
    out = std::move(next);
  }
  return out;
}

// What bans are about, and what they forbid. One may write under 当 what another writes under 不得: what the other forbids
// counts as forbidden here, too.
struct Banned {
  Cases about, deeds;
};

Banned banned(const Side& side, const Side& other) {
  const auto forbidden_there = [&](const Atom& atom) {
    return std::any_of(other.begin(), other.end(), [&](const Provision* p) {
      return p->demand && std::any_of(p->demand->begin(), p->demand->end(), [&](const Case& c) {
        return std::any_of(c.begin(), c.end(), [&](const Atom& a) { return a.key == atom.key; });
      });
    });
  };
  Banned out;
  for (const Provision* p : side) {
    for (const Case& situation : p->scope.value_or(Cases{{}})) {
      Case about, moved;
      for (const Atom& a : situation) (forbidden_there(a) ? moved : about).push_back(a);
      out.about.push_back(std::move(about));
      for (Case deed : p->demand.value_or(Cases{})) {
        deed.insert(deed.end(), moved.begin(), moved.end());
        out.deeds.push_back(std::move(deed));
      }
    }
  }
  return out;
}

Cases all_excuses(const Side& side) {
  Cases out;
  for (const Provision* p : side) {
    for (const Cases& c : p->excuses) out.insert(out.end(), c.begin(), c.end());
  }
  return out;
}

bool has_scope(const Side& side) {
  return std::any_of(side.begin(), side.end(), [](const Provision* p) { return p->scope.has_value(); });
}

// One choice against another: the same anchor, and a length that is shorter whatever the date.
Verdict lengths(const Choice& a, const Choice& b) {
  if (a.latest.size() != 1 || b.latest.size() != 1) {
    const bool same = a.latest.size() == b.latest.size() && std::equal(a.latest.begin(), a.latest.end(), b.latest.begin(), [](const Moment& x, const Moment& y) {
      return x.anchor == y.anchor && x.length.en == y.length.en;
    });
    return same ? Verdict{} : Verdict{Order::apart, {text({a})}, {text({b})}};
  }
  const Moment &x = a.latest[0], &y = b.latest[0];
  if (x.anchor != y.anchor) return {Order::apart, {{"自" + x.from.zh + "起算", "from " + x.from.en}}, {{"自" + y.from.zh + "起算", "from " + y.from.en}}};
  if (x.span.shortest == y.span.shortest && x.span.longest == y.span.longest) return {};
  const Words p = x.length.zh.empty() ? Words{"当时", "at once"} : x.length, q = y.length.zh.empty() ? Words{"当时", "at once"} : y.length;
  if (x.span.longest <= y.span.shortest) return {Order::stricter, {p}, {q}};
  if (y.span.longest <= x.span.shortest) return {Order::laxer, {p}, {q}};
  return {Order::apart, {{p.zh + "（看日期）", p.en + " (depends on the date)"}}, {{q.zh + "（看日期）", q.en + " (depends on the date)"}}};
}

Cases exceptions(const std::vector<Choice>& choices) {
  Cases out;
  for (std::size_t i = 1; i < choices.size(); ++i) out.insert(out.end(), choices[i].when.begin(), choices[i].when.end());
  return out;
}

// Shorter is stricter for a deadline, laxer for keeping; likewise for the exceptions that lengthen it.
Verdict times(const model::Rulebook& book, const std::vector<Choice>& a, const std::vector<Choice>& b, bool shorter_is_stricter) {
  Verdict general = lengths(a.front(), b.front());
  if (!shorter_is_stricter) general.order = opposite(general.order);
  const Verdict special = sets(book, exceptions(a), exceptions(b), !shorter_is_stricter);
  Verdict v{combined(general.order, special.order), general.first, general.second};
  const auto add = [](std::vector<Words>& out, const std::vector<Words>& more) {
    for (const Words& w : more) out.push_back({"例外：" + w.zh, "exception: " + w.en});
  };
  add(v.first, special.first);
  add(v.second, special.second);
  return v;
}

// The deadlines that count: those that no other of the same side undercuts.
std::vector<const Provision*> timed(const model::Rulebook& book, const Side& side, std::vector<Choice> Provision::* of) {
  std::vector<const Provision*> out;
  for (const Provision* p : side) {
    if ((p->*of).empty()) continue;
    const bool undercut = std::any_of(out.begin(), out.end(), [&](const Provision* q) {
      const Order order = times(book, q->*of, p->*of, of == &Provision::deadline).order;
      return order == Order::stricter || order == Order::same;
    });
    if (undercut) continue;
    std::erase_if(out, [&](const Provision* q) { return times(book, p->*of, q->*of, of == &Provision::deadline).order == Order::stricter; });
    out.push_back(p);
  }
  return out;
}

std::optional<Verdict> timed_against(const model::Rulebook& book, const Side& a, const Side& b, std::vector<Choice> Provision::* of) {
  const Side x = timed(book, a, of), y = timed(book, b, of);
  if (x.empty() && y.empty()) return std::nullopt;
  const Words none{"没有写期限", "no time given"};
  const bool deadline = of == &Provision::deadline;
  if (x.empty()) return Verdict{Order::laxer, {none}, {value(deadline ? Facet::deadline : Facet::keep_until, b)}};
  if (y.empty()) return Verdict{Order::stricter, {value(deadline ? Facet::deadline : Facet::keep_until, a)}, {none}};
  if (x.size() == 1 && y.size() == 1) {
    Verdict v = times(book, x[0]->*of, y[0]->*of, deadline);
    if (deadline && v.order == Order::same && x[0]->before != y[0]->before) v.order = x[0]->before ? Order::stricter : Order::laxer;
    return v;
  }
  const Words several{"期限有几个", "several times"};
  return Verdict{Order::apart, {several}, {several}};
}

const Provision* stepped(const Side& side) {
  const auto found = std::find_if(side.begin(), side.end(), [](const Provision* p) { return !p->steps.empty(); });
  return found == side.end() ? nullptr : *found;
}

std::optional<Verdict> steps(const Side& a, const Side& b) {
  const Provision *x = stepped(a), *y = stepped(b);
  if (x == nullptr || y == nullptr) return std::nullopt;
  const auto order = [](std::size_t p, std::size_t q) { return p == q ? Order::same : p > q ? Order::stricter : Order::laxer; };
  Verdict v{combined(order(x->steps.size(), y->steps.size()), order(x->ordered, y->ordered)), {value(Facet::steps, a)}, {value(Facet::steps, b)}};
  return v;
}

// Without signs and spaces.
std::string plain(const std::string& text) {
  std::string out = text;
  for (const std::string_view sign : {"，", "。", "、", "“", "”", " "}) {
    for (std::size_t at = out.find(sign); at != std::string::npos; at = out.find(sign, at)) out.erase(at, sign.size());
  }
  return out;
}

const std::string& longest_wording(const Side& side) {
  static const std::string kEmpty;
  const auto found = std::max_element(side.begin(), side.end(), [](const Provision* p, const Provision* q) { return p->wording.size() < q->wording.size(); });
  return found == side.end() ? kEmpty : (*found)->wording;
}

std::optional<Verdict> wordings(const Side& a, const Side& b) {
  const std::string &x = longest_wording(a), &y = longest_wording(b);
  if (x.empty() && y.empty()) return std::nullopt;
  Verdict v{Order::apart, {Words("“" + x + "”")}, {Words("“" + y + "”")}};
  if (plain(x) == plain(y)) return Verdict{};
  if (y.empty() || plain(x).find(plain(y)) != std::string::npos) v.order = Order::stricter;
  else if (x.empty() || plain(y).find(plain(x)) != std::string::npos) v.order = Order::laxer;
  return v;
}

}  // namespace

std::string_view id(Order order) {
  static constexpr std::string_view kIds[] = {"same", "stricter", "laxer", "not_comparable"};
  return kIds[static_cast<int>(order)];
}

Order opposite(Order order) {
  if (order == Order::stricter) return Order::laxer;
  return order == Order::laxer ? Order::stricter : order;
}

std::string_view id(Facet facet) {
  static constexpr std::string_view kIds[] = {"scope", "demand", "deadline", "keep_until", "excuses", "steps", "wording"};
  return kIds[static_cast<int>(facet)];
}

Words name(Facet facet, Force force) {
  switch (facet) {
    case Facet::scope:
      switch (force) {
        case Force::excuse: return {"免除的情形", "what excuses"};
        case Force::category: return {"归入的条件", "what falls under it"};
        case Force::sanction: return {"种类", "which there are"};
        default: return {"适用的范围", "to what it applies"};
      }
    case Facet::demand: return force == Force::ban ? Words{"禁止的情形", "what is forbidden"} : Words{"要求", "what is demanded"};
    case Facet::deadline: return {"期限", "deadline"};
    case Facet::keep_until: return {"期间", "how long"};
    case Facet::excuses: return {"除外", "excused where"};
    case Facet::steps: return {"步骤", "steps"};
    case Facet::wording: return {"规范用语", "prescribed words"};
  }
  return {};
}

std::optional<Verdict> compare(const model::Rulebook& book, Facet facet, const Side& one, const Side& other) {
  if (facet == Facet::wording) return wordings(one, other);
  const Side a = alike(one, other), b = alike(other, one);
  if (a.empty()) {
    if (facet != Facet::scope) return std::nullopt;
    const Words x = about(one), y = about(other);
    return Verdict{Order::apart, {{"管的是" + x.zh, "about each " + x.en}}, {{"管的是" + y.zh, "about each " + y.en}}};
  }
  switch (facet) {
    case Facet::scope:
      if (!has_scope(a) && !has_scope(b)) return std::nullopt;
      if (!has_scope(a) || !has_scope(b)) {
        const Words people{"由人认定", "for people to rule on"};
        return Verdict{Order::apart, {has_scope(a) ? value(facet, a) : people}, {has_scope(b) ? value(facet, b) : people}};
      }
      if (a.front()->force == Force::ban) return sets(book, banned(a, b).about, banned(b, a).about, true);
      return sets(book, all_scopes(a), all_scopes(b), a.front()->force != Force::excuse);
    case Facet::demand:
      if (a.front()->force == Force::ban) return sets(book, banned(a, b).deeds, banned(b, a).deeds, true);
      // Prescribed words are compared as words.
      if (a.front()->force != Force::duty || !longest_wording(a).empty() || !longest_wording(b).empty()) return std::nullopt;
      return sets(book, all_demands(a), all_demands(b), false);
    case Facet::deadline:
      if (a.front()->force == Force::excuse) return std::nullopt;   // by when it is to be claimed: shown, not compared
      return timed_against(book, a, b, &Provision::deadline);
    case Facet::keep_until: return timed_against(book, a, b, &Provision::keep_until);
    case Facet::excuses: {
      const Cases x = all_excuses(a), y = all_excuses(b);
      if (x.empty() && y.empty()) return std::nullopt;
      return sets(book, x, y, false);
    }
    case Facet::steps: return steps(a, b);
    case Facet::wording: break;
  }
  return std::nullopt;
}

Words text(const std::vector<Choice>& choices) {
  Words out;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    Words latest;
    for (const Moment& m : choices[i].latest) {
      append(latest, m.length.zh.empty() ? m.from : Words{m.from.zh + "后" + m.length.zh, m.length.en + " after " + m.from.en}, "与", " and ");
    }
    if (choices[i].latest.size() > 1) latest = {latest.zh + "的较晚者", "the later of " + latest.en};
    if (i > 0) latest = {choices[i].when_text.zh + "的，" + latest.zh, "where " + choices[i].when_text.en + ": " + latest.en};
    append(out, latest);
  }
  return out;
}

Words value(Facet facet, const Side& side) {
  Words out;
  for (const Provision* p : side) {
    switch (facet) {
      case Facet::scope: if (p->scope) append(out, text(*p->scope)); break;
      case Facet::demand: append(out, p->demand_text); break;
      case Facet::deadline: append(out, text(p->deadline)); break;
      case Facet::keep_until: append(out, text(p->keep_until)); break;
      case Facet::excuses: for (const Words& w : p->excuse_texts) append(out, w); break;
      case Facet::steps:
        for (const Step& s : p->steps) append(out, s.text, " → ", " → ");
        if (!p->steps.empty()) append(out, p->ordered ? Words{"依次", "in this order"} : Words{"不分先后", "in any order"}, "，", ", ");
        break;
      case Facet::wording: if (!p->wording.empty()) append(out, "“" + p->wording + "”"); break;
    }
  }
  return out;
}

}  // namespace jianlu::comparison
