// Propositions over things with finitely many values, and the search for values that make one true.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/diag/diag.h"

namespace jianlu::graph {

using PropId = std::int32_t;

enum class Relation : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal };

struct Thing {
  enum class Kind : std::uint8_t {
    flag,     // choice 0: it holds, 1: it does not
    value,    // choice i: the value of code i
    place,    // choice 2i+1: equal to mark i; 2i: between mark i-1 and mark i
  } kind{};
  std::string key;
  std::string subject;                 // things of one subject do not disturb each other: members of one set
  diag::Words shown;                   // value, place: what has the value
  diag::Words holds, fails;            // flag
  std::vector<diag::Words> values;     // value: by code
  std::vector<std::pair<std::int64_t, diag::Words>> marks;   // place, ascending
  bool whole = false;                  // place: a count, in millionths
  std::set<std::string> reads;         // what its value hangs on
  bool free = true;                    // takes any of its values, whatever else holds
};

struct Proposition {
  enum class Kind : std::uint8_t { constant, test, negation, both, either } kind{};
  bool truth = false;                  // constant
  std::int32_t thing = -1;             // test
  std::uint64_t codes = 0;             // test of a value: the codes that pass
  Relation relation{};                 // test of a place
  std::int64_t mark = 0;
  PropId a = -1, b = -1;
};

class Propositions {
 public:
  PropId constant(bool truth);
  PropId negation(PropId a);
  PropId both(PropId a, PropId b);
  PropId either(PropId a, PropId b);
  PropId flag(std::int32_t thing);
  PropId value(std::int32_t thing, std::uint64_t codes);
  PropId place(std::int32_t thing, Relation relation, std::int64_t mark);
  std::optional<bool> known(PropId a) const;   // of a constant

  // The thing of that key, made on first sight.
  std::int32_t thing(Thing made);
  Thing& operator[](std::int32_t thing) { return things_[static_cast<std::size_t>(thing)]; }
  const std::vector<Thing>& things() const { return things_; }
  bool too_many() const { return nodes_.size() > kMost; }

  struct Found {
    bool certain = false;                             // only things that are free were needed
    std::vector<std::pair<std::int32_t, int>> choices;   // thing, choice
  };
  // Choices that make it true; nothing where none do. `gave_up`: the search was cut off.
  std::optional<Found> satisfy(PropId root, bool& gave_up) const;
  diag::Words say(std::int32_t thing, int choice) const;

 private:
  static constexpr std::size_t kMost = 20'000;
  PropId add(Proposition p);
  friend class Search;
  std::vector<Thing> things_;
  std::vector<Proposition> nodes_;
};

}  // namespace jianlu::graph
