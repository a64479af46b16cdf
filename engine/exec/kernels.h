// One function per operator of a plan; each writes the column of a node from those of its operands.
#pragma once

#include "engine/exec/frame.h"

namespace jianlu::exec {

using Operator = Column (*)(Frame&, const plan::Node&);

// load.cc
Column constant(Frame&, const plan::Node&);
Column text_constant(Frame&, const plan::Node&);
Column as_of(Frame&, const plan::Node&);
Column row(Frame&, const plan::Node&);
Column load(Frame&, const plan::Node&);
Column gap_field(Frame&, const plan::Node&);
Column broadcast(Frame&, const plan::Node&);
Column pick(Frame&, const plan::Node&);
// logic.cc
Column is_given(Frame&, const plan::Node&);
Column logical_not(Frame&, const plan::Node&);
Column logical_and(Frame&, const plan::Node&);
Column logical_or(Frame&, const plan::Node&);
Column same_truth(Frame&, const plan::Node&);
Column is_decided(Frame&, const plan::Node&);
Column is_ruled_on(Frame&, const plan::Node&);
// compare.cc
Column equal(Frame&, const plan::Node&);
Column less(Frame&, const plan::Node&);
Column less_equal(Frame&, const plan::Node&);
// enums.cc
Column is_in(Frame&, const plan::Node&);
Column has_any(Frame&, const plan::Node&);
Column has_all(Frame&, const plan::Node&);
Column set_union(Frame&, const plan::Node&);
// arithmetic.cc
Column negate(Frame&, const plan::Node&);
Column add(Frame&, const plan::Node&);
Column subtract(Frame&, const plan::Node&);
Column multiply(Frame&, const plan::Node&);
Column divide(Frame&, const plan::Node&);
Column later(Frame&, const plan::Node&);
Column earlier(Frame&, const plan::Node&);
Column distance(Frame&, const plan::Node&);
Column joined(Frame&, const plan::Node&);
// calendar.cc
Column add_period(Frame&, const plan::Node&);
Column end_of_day(Frame&, const plan::Node&);
Column start_of_day(Frame&, const plan::Node&);
Column same_day(Frame&, const plan::Node&);
// text.cc
Column contains(Frame&, const plan::Node&);
Column similarity(Frame&, const plan::Node&);
// choose.cc
Column choose(Frame&, const plan::Node&);
Column choose_truth(Frame&, const plan::Node&);
// reduce.cc
Column closed(Frame&, const plan::Node&);
Column all_exist(Frame&, const plan::Node&);
Column any(Frame&, const plan::Node&);
Column every(Frame&, const plan::Node&);
Column count(Frame&, const plan::Node&);
Column sum(Frame&, const plan::Node&);
Column earliest(Frame&, const plan::Node&);
Column latest(Frame&, const plan::Node&);
// judge.cc
Column upper(Frame&, const plan::Node&);
Column if_undecided(Frame&, const plan::Node&);
Column after_claim(Frame&, const plan::Node&);
// sets.cc: the result is in Frame::sets
Column merged(Frame&, const plan::Node&);
Column one_interval(Frame&, const plan::Node&);
Column interval_union(Frame&, const plan::Node&);
Column interval_intersection(Frame&, const plan::Node&);
Column interval_difference(Frame&, const plan::Node&);
Column choose_set(Frame&, const plan::Node&);
Column set_covers(Frame&, const plan::Node&);
Column total_length(Frame&, const plan::Node&);

// Of what listed rows are compared with.
struct Side {
  Column column;
  Listed listed;   // where the column is of rows
  enum class Kind { row, owner, other } kind = Kind::other;   // `owner`: of the row that the list is of, or the same for all
};
Side side_of(Frame& frame, NodeId node, DomainId domain);
// Works out a truth by slot.
Lanes lanes_of(Frame& frame, NodeId node, DomainId domain);

// The states of a result whose operands must all be values: nullptr where they are.
const std::uint8_t* both_states(Frame& frame, const Column& a, const Column& b, std::int32_t n);
// Makes a truth undecided where the operand is no value.
void undecide(std::uint8_t* truth, const Column& operand, std::int32_t n);

}  // namespace jianlu::exec
