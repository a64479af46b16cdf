// Which of two bureaus is stricter in one respect, where that can be told.
#pragma once

#include <optional>
#include <vector>

#include "engine/comparison/provision.h"

namespace jianlu::comparison {

enum class Order { same, stricter, laxer, apart };   // the first against the second; apart: cannot be ordered
std::string_view id(Order order);
Order opposite(Order order);

struct Verdict {
  Order order = Order::same;
  std::vector<Words> first, second;   // what the first, what the second has that the other has not; or why they are apart
};

// What a bureau says on a topic with one force: all its provisions of that force.
using Side = std::vector<const Provision*>;

enum class Facet { scope, demand, deadline, keep_until, excuses, steps, wording };
constexpr Facet kFacets[] = {Facet::scope, Facet::demand, Facet::deadline, Facet::keep_until, Facet::excuses, Facet::steps, Facet::wording};
std::string_view id(Facet facet);
Words name(Facet facet, Force force);

// Only what is about the same rows is compared. Nothing where there is nothing to compare in that respect.
std::optional<Verdict> compare(const model::Rulebook& book, Facet facet, const Side& one, const Side& other);
// What a side says in that respect, briefly; empty where it says nothing.
Words value(Facet facet, const Side& side);
Words text(const std::vector<Choice>& choices);

}  // namespace jianlu::comparison
