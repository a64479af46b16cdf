#include "engine/comparison/by_value.h"

#include <algorithm>

namespace jianlu::comparison {
namespace {

class Values {
 public:
  Values(const model::Rulebook& book, const Table& table, const Row& row) : book_(book), table_(table), row_(row) {}

  bool has_place(Place::Kind kind) const {
    const auto& places = table_.subjects.topics[row_.topic].places;
    return std::any_of(places.begin(), places.end(), [&](const Place& p) { return p.kind == kind; });
  }

  // Where an act is regulated, or excused: each value of the set that decides, with what each bureau says of it.
  std::vector<ByValue> operator()() const {
    std::vector<ByValue> out;
    const bool act = has_place(Place::Kind::act), excuse = has_place(Place::Kind::excuse);
    if (!act && !excuse) return out;
    const Atom* field = nullptr;
    std::uint64_t listed = 0;
    for (const auto& cell : row_.cells) {
      for (const std::size_t i : cell) {
        const Provision& p = table_.provisions[i];
        if (!p.scope) continue;
        for (const Case& c : *p.scope) {
          for (const Atom& a : c) {
            if (!a.set || (field != nullptr && a.values_of != field->values_of)) continue;
            field = &a;
            listed |= a.values;
          }
        }
      }
    }
    for (int code = 0; field != nullptr && code < 64; ++code) {
      const std::uint64_t bit = std::uint64_t{1} << code;
      if ((listed & bit) == 0) continue;
      ByValue now{values_text(book_, field->values_of, bit), {}, false};
      bool demanded = false, otherwise = false;
      for (std::size_t c = 0; c < row_.cells.size(); ++c) {
        bool strong = false, weak = false;
        now.columns.push_back(act ? treatment(row_.cells[c], *field, bit, strong, weak) : excused(c, *field, bit, strong, weak));
        demanded = demanded || strong;
        otherwise = otherwise || (weak && !strong);
      }
      now.conflict = demanded && otherwise;
      const auto alike = std::find_if(out.begin(), out.end(), [&](const ByValue& v) {
        return v.conflict == now.conflict && std::equal(v.columns.begin(), v.columns.end(), now.columns.begin(), [](const Words& a, const Words& b) { return a.zh == b.zh; });
      });
      if (alike == out.end()) out.push_back(std::move(now));
      else alike->values = {alike->values.zh + "、" + now.values.zh, alike->values.en + ", " + now.values.en};
    }
    return out;
  }

  // Forbidden, excused, or owed without an excuse. Only the first is strong: excused and owed do not clash.
  Words excused(std::size_t column, const Atom& field, std::uint64_t bit, bool& strong, bool& weak) const {
    const auto covers = [&](Force force) {
      const Side of = side(table_, row_, column, force);
      return std::any_of(of.begin(), of.end(), [&](const Provision* p) {
        return p->scope && std::any_of(p->scope->begin(), p->scope->end(), [&](const Case& c) {
          return std::any_of(c.begin(), c.end(), [&](const Atom& a) { return a.values_of == field.values_of && (a.values & bit) != 0; });
        });
      });
    };
    if (covers(Force::ban)) {
      strong = true;
      return name(Force::ban);
    }
    if (covers(Force::excuse)) {
      weak = true;
      return name(Force::excuse);
    }
    const std::string id = excused_topic();
    const bool owed = std::any_of(table_.provisions.begin(), table_.provisions.end(), [&](const Provision& p) {
      return p.regulation == table_.regulations[column] && p.force == Force::duty && table_.subjects.topics[p.topic].name.en == id;
    });
    if (!owed) return {};
    weak = true;
    return {"应当（没有例外）", "duty (not excused)"};
  }

  std::string excused_topic() const {
    for (const Place& p : table_.subjects.topics[row_.topic].places) {
      if (p.kind == Place::Kind::excuse) return p.id;
    }
    return {};
  }

  // Duty before permit, without further conditions before with.
  Words treatment(const std::vector<std::size_t>& cell, const Atom& field, std::uint64_t bit, bool& strong, bool& weak) const {
    Words out;
    int best = 0;
    for (const std::size_t i : cell) {
      const Provision& p = table_.provisions[i];
      if (!p.scope || (p.force != Force::duty && p.force != Force::permit && p.force != Force::ban)) continue;
      for (const Case& c : *p.scope) {
        const auto own = std::find_if(c.begin(), c.end(), [&](const Atom& a) { return a.key == field.key; });
        if (own != c.end() && (own->values & bit) == 0) continue;
        const bool plain = own != c.end() && c.size() == 1;
        (p.force == Force::permit ? weak : strong) = true;
        const int rank = (p.force == Force::permit ? 0 : 4) + (own != c.end() ? 2 : 0) + (plain ? 1 : 0) + 1;
        if (rank <= best) continue;
        best = rank;
        out = name(p.force);
        if (p.force == Force::permit ? own == c.end() : !plain) out = {out.zh + "（附条件）", out.en + " (on a condition)"};
        if ((p.catch_all & bit) != 0) out = {out.zh + "（兜底）", out.en + " (catch-all)"};
      }
    }
    return out;
  }

  const model::Rulebook& book_;
  const Table& table_;
  const Row& row_;
};

}  // namespace

std::vector<ByValue> by_value(const model::Rulebook& book, const Table& table, const Row& row) { return Values(book, table, row)(); }

}  // namespace jianlu::comparison
