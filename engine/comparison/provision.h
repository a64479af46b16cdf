// What one declaration of a regulation says, ready to be held against others: to whom it applies, what it demands, by when,
// what excuses it. Nothing is read but the rulebook.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/comparison/subjects.h"
#include "engine/comparison/terms.h"

namespace jianlu::comparison {

enum class Force { duty, ban, permit, excuse, category, sanction, manual, remark };
std::string_view id(Force force);
Words name(Force force);

struct Step {
  Words text;
};

struct Provision {
  Force force{};
  bool in_principle = false;
  std::size_t regulation = 0;
  model::NormId norm = model::kNone;   // of a norm; of an excuse, the norm excused
  model::Name name;                    // empty for a remark
  std::vector<statute::Citation> at;
  Words about;                         // the rows judged: 场次, 场次的间断
  // When it applies; of an excuse and a category, when it is met. Not for sanctions, manual lines and remarks, nor for a
  // category without a condition.
  std::optional<Cases> scope;
  Words scope_text;                    // in the words of the rule file; empty: always
  std::uint64_t catch_all = 0;         // values of `scope` that stand for 其他…, a person's ruling
  std::optional<Cases> demand;         // of a duty; of a ban, what must not be
  Words demand_text;
  std::vector<Choice> deadline;        // of a duty; of an excuse, by when it is to be claimed
  bool before = false;                 // the deadline itself is too late
  std::vector<Choice> keep_until;      // of a ban: not before this
  std::vector<Cases> excuses;          // of a norm
  std::vector<Words> excuse_texts;
  std::vector<Step> steps;             // of an approval
  bool ordered = false;
  std::string wording;                 // prescribed words
  std::vector<Words> interpretations;  // name = value, of those it uses
  std::vector<model::NormId> rests_on; // of a category
  Words note;                          // sanction: text and condition; manual: question; remark: what it refers to
  std::size_t topic = 0;               // index into Subjects::topics
};

// Every norm, excuse, category, sanction, manual line, restatement and application of the regulations, each with its topic;
// in the order of the files. Declarative statements set nothing and are left out.
std::vector<Provision> provisions(const model::Rulebook& book, const std::vector<std::size_t>& regulations,
                                  const Subjects& subjects, const calendar::WorkingDays& working_days);

}  // namespace jianlu::comparison
