// Conditions as cases of things that must hold, and how one set of cases lies to another.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/diag/diag.h"
#include "engine/model/rulebook.h"

namespace jianlu::comparison {

using diag::Words;

// One thing that must hold. Equal keys say the same. An atom with values holds where the field has one of them.
struct Atom {
  std::string key;
  Words text;
  model::EnumId values_of = model::kNone;
  std::uint64_t values = 0;
  bool set = false;          // the field is a set, and has any of them
  std::string guards;        // key of what it only tests to be there: left out where another atom reads that
  std::string row;           // that a row exists: its name; not shown where another atom says something of it
  bool times = false;        // compares two instants
  std::string shows;         // key of an act that holds wherever this does: left out beside it
};

using Case = std::vector<Atom>;   // all hold; empty: always
using Cases = std::vector<Case>;  // one of them holds; empty: never

// Whether one holds wherever the other does, as far as their atoms tell.
bool implies(const Atom& a, const Atom& b);
bool implies(const Cases& a, const Cases& b);
// Atoms of `a` that no case of `b` knows, or values of theirs that it does not have; texts without repetition.
std::vector<Words> only_in(const model::Rulebook& book, const Cases& a, const Cases& b);
Words values_text(const model::Rulebook& book, model::EnumId of, std::uint64_t values);
// What a norm applies to, held against what it forbids: guards that the latter makes superfluous left out.
Cases beside(Cases scope, const Cases& forbidden);
// The cases for people: atoms joined by 且, cases by 或者.
Words text(const Cases& cases);

// Both hold; either holds. Repetitions go, cases within another go, and cases that differ in the values of one field become one.
Cases both(const model::Rulebook& book, const Cases& a, const Cases& b);
Cases either(const model::Rulebook& book, Cases a, const Cases& b);

}  // namespace jianlu::comparison
