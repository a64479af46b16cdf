#include "engine/statute/compare.h"

#include <algorithm>
#include <map>
#include <optional>

#include "engine/statute/normal_form.h"

namespace jianlu::statute {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

// The entries of one sentence of the file: itself, or its clauses.
struct Group {
  std::size_t first;
  std::size_t count;
};

Citation sentence_of(Citation at) {
  at.clause = 0;
  return at;
}

std::vector<Group> groups_of(const Source& source) {
  std::vector<Group> groups;
  const auto& entries = source.statements;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i > 0 && sentence_of(entries[i].at) == sentence_of(entries[i - 1].at)) {
      ++groups.back().count;
    } else {
      groups.push_back({i, 1});
    }
  }
  return groups;
}

class Comparison {
 public:
  Comparison(const Source& source, const Regulation& text)
      : entries_(source.statements),
        sentences_(text.sentences),
        groups_(groups_of(source)),
        partner_(groups_.size(), none),
        taken_(sentences_.size(), false) {}

  std::vector<Difference> run() {
    align_in_order();
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      if (partner_[g] == none) pair(g, moved(g));
    }
    pair_rest();
    report();
    return std::move(out_);
  }

 private:
  bool same(std::size_t group, std::size_t sentence) {
    const Group& g = groups_[group];
    if (!entries_[g.first].cut) return entries_[g.first].sha256 == sentences_[sentence].sha256;
    const auto [found, is_new] = lengths_.try_emplace(sentence, 0);
    if (is_new) found->second = decode(sentences_[sentence].normalised).size();
    if (found->second != entries_[g.first + g.count - 1].cut->to) return false;
    std::vector<Cut> cuts;
    for (std::size_t i = 0; i < g.count; ++i) cuts.push_back(*entries_[g.first + i].cut);
    const std::vector<Statement> clauses = subdivide(sentences_[sentence], cuts);
    for (std::size_t i = 0; i < g.count; ++i) {
      if (clauses[i].sha256 != entries_[g.first + i].sha256) return false;
    }
    return true;
  }

  // The longest common subsequence of sentences with the same words.
  void align_in_order() {
    const std::size_t rows = groups_.size();
    const std::size_t columns = sentences_.size();
    std::vector<std::vector<std::uint32_t>> longest(rows + 1, std::vector<std::uint32_t>(columns + 1, 0));
    std::vector<std::vector<bool>> equal(rows, std::vector<bool>(columns));
    for (std::size_t g = rows; g-- > 0;) {
      for (std::size_t s = columns; s-- > 0;) {
        equal[g][s] = same(g, s);
        longest[g][s] = equal[g][s] ? longest[g + 1][s + 1] + 1 : std::max(longest[g + 1][s], longest[g][s + 1]);
      }
    }
    for (std::size_t g = 0, s = 0; g < rows && s < columns;) {
      if (equal[g][s]) {
        pair(g++, s++);
      } else if (longest[g + 1][s] >= longest[g][s + 1]) {
        ++g;
      } else {
        ++s;
      }
    }
    identical_ = partner_;
    anchor_ = partner_;
  }

  void pair(std::size_t group, std::size_t sentence) {
    if (sentence == none) return;
    partner_[group] = sentence;
    taken_[sentence] = true;
  }

  std::size_t moved(std::size_t group) {
    for (std::size_t s = 0; s < sentences_.size(); ++s) {
      if (!taken_[s] && same(group, s)) {
        identical_[group] = s;
        return s;
      }
    }
    return none;
  }

  // Words that changed: those between the same neighbours answer each other, those with a clause in common or the same
  // citation first, then in order.
  void pair_rest() {
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      if (partner_[g] != none) continue;
      const auto [from, to] = free_range(g);
      std::size_t best = none;
      for (std::size_t s = from; s < to && best == none; ++s) {
        if (!taken_[s] && shares_clause(g, s)) best = s;
      }
      for (std::size_t s = from; s < to && best == none; ++s) {
        if (!taken_[s] && sentences_[s].at == sentence_of(entries_[groups_[g].first].at)) best = s;
      }
      pair(g, best);
      anchor_[g] = best;
    }
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      if (partner_[g] != none) continue;
      const auto [from, to] = free_range(g);
      std::size_t s = from;
      while (s < to && (taken_[s] || !same_kind(g, s))) ++s;
      if (s == to) continue;
      pair(g, s);
      anchor_[g] = s;
    }
  }

  // An item answers an item, a paragraph's own words a paragraph's.
  bool same_kind(std::size_t group, std::size_t sentence) const {
    return (entries_[groups_[group].first].at.item != 0) == (sentences_[sentence].at.item != 0);
  }

  // The sentences between those that answer the nearest neighbours, moved ones left aside.
  std::pair<std::size_t, std::size_t> free_range(std::size_t group) const {
    std::size_t from = 0;
    for (std::size_t g = group; g-- > 0 && from == 0;) {
      if (anchor_[g] != none) from = anchor_[g] + 1;
    }
    std::size_t to = sentences_.size();
    for (std::size_t g = group + 1; g < groups_.size() && to == sentences_.size(); ++g) {
      if (anchor_[g] != none) to = anchor_[g];
    }
    return {from, to};
  }

  // Where the words of a clause stand in a normalised sentence, from `begin` on; none if they do not.
  std::size_t find(const SourceEntry& entry, std::u32string_view text, std::size_t begin) const {
    const std::size_t length = entry.cut->to - entry.cut->from;
    for (std::size_t at = begin; at + length <= text.size(); ++at) {
      if (sha256_hex(encode(normalise(text.substr(at, length)).text)) == entry.sha256) return at;
    }
    return none;
  }

  bool shares_clause(std::size_t group, std::size_t sentence) const {
    const std::vector<bool> kept = kept_clauses(group, sentence);
    return std::find(kept.begin(), kept.end(), true) != kept.end();
  }

  // Of each entry of a group, whether it is a clause whose words a sentence still has, in the same order and with no
  // new words beside it. Words between two clauses that nothing explains count against both.
  std::vector<bool> kept_clauses(std::size_t group, std::size_t sentence) const {
    const Group& g = groups_[group];
    std::vector<bool> kept(g.count, false);
    if (!entries_[g.first].cut) return kept;
    const std::u32string text = decode(sentences_[sentence].normalised);
    std::size_t end = 0;            // of the clause found last
    std::size_t last = none;        // its index
    const auto close_slot = [&](std::size_t slot_end, std::size_t next) {
      const std::size_t first_unfound = last == none ? 0 : last + 1;
      const bool explained = first_unfound < next;
      const std::u32string_view between = std::u32string_view(text).substr(end, slot_end - end);
      if (explained || normalise(between).text.empty()) return;
      if (last != none) kept[last] = false;
      if (next < g.count) kept[next] = false;
    };
    for (std::size_t i = 0; i < g.count; ++i) {
      const std::size_t at = find(entries_[g.first + i], text, end);
      if (at == none) continue;
      kept[i] = true;
      close_slot(at, i);
      last = i;
      end = at + (entries_[g.first + i].cut->to - entries_[g.first + i].cut->from);
    }
    close_slot(text.size(), g.count);
    return kept;
  }

  void report() {
    // Of each paragraph, where its own words are now; nothing when they changed.
    std::map<Citation, std::optional<Citation>> lead_ins;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      const Citation& at = entries_[groups_[g].first].at;
      const Citation paragraph{at.article, at.paragraph, 0, 0, 0};
      std::optional<Citation> place;  // the paragraph in which the same words are now
      if (identical_[g] != none) {
        const Citation& now = sentences_[partner_[g]].at;
        place = Citation{now.article, now.paragraph, 0, 0, 0};
      }
      if (at.item == 0) {
        const auto [lead_in, is_first] = lead_ins.try_emplace(paragraph, place);
        if (!is_first && lead_in->second != place) lead_in->second.reset();
      }
      const auto lead_in = lead_ins.find(paragraph);
      const bool under_same_words = at.item == 0 || (lead_in != lead_ins.end() && lead_in->second == place);
      report(g, under_same_words);
    }
    for (std::size_t s = 0; s < sentences_.size(); ++s) {
      if (!taken_[s]) out_.push_back({Drift::added, {}, sentences_[s].at});
    }
  }

  void report(std::size_t group, bool under_same_words) {
    const Group& g = groups_[group];
    const bool identical = identical_[group] != none;
    const std::vector<bool> kept = partner_[group] == none ? std::vector<bool>() : kept_clauses(group, partner_[group]);
    for (std::size_t i = 0; i < g.count; ++i) {
      const Citation& at = entries_[g.first + i].at;
      if (partner_[group] == none) {
        out_.push_back({Drift::missing, at, {}});
        continue;
      }
      Citation now = sentences_[partner_[group]].at;
      if (identical) now.clause = at.clause;
      const Drift same = identical && !under_same_words ? Drift::lead_in_changed : Drift::same;
      out_.push_back({identical || kept[i] ? same : Drift::changed, at, now});
    }
  }

  const std::vector<SourceEntry>& entries_;
  const std::vector<Statement>& sentences_;
  std::vector<Group> groups_;
  std::vector<std::size_t> partner_;    // of each group: the sentence that answers it
  std::vector<std::size_t> identical_;  // of each group: the same, where the words are the same
  std::vector<std::size_t> anchor_;     // of each group: its partner, unless the words moved out of order
  std::vector<bool> taken_;
  std::map<std::size_t, std::size_t> lengths_;
  std::vector<Difference> out_;
};

}  // namespace

std::vector<Difference> compare(const Source& source, const Regulation& text) { return Comparison(source, text).run(); }

}  // namespace jianlu::statute
