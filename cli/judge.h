// From files to verdicts without a store.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "adapters/gather/gather.h"
#include "cli/command.h"
#include "engine/exec/exec.h"
#include "engine/outcome/outcome.h"
#include "engine/plan/plan.h"
#include "engine/rules/load.h"

namespace jianlu::cli {

// Rules ready to judge: compiled, with a zone per regulation. Prints what is wrong and gives nothing when they are not sound.
struct Judge {
  rules::Rules rules;
  std::vector<calendar::Zone> zones;
  plan::Plan plan;
};
std::unique_ptr<Judge> load_judge(const Options& options, int& status);

// "2024-05-08T08:00" in the bureau's zone; empty: now.
std::optional<calendar::Instant> as_of(const std::string& text, const calendar::Zone& zone, const Options& options);

// Facts from what was gathered; problems found while joining are appended.
fact::Facts join(const gather::Gathered& gathered, const Judge& judge, std::vector<fact::Problem>& problems);

// One line per file, and what fits no session.
void print_gathered(const gather::Gathered& gathered, std::FILE* to, const Options& options);
void print_problems(const std::vector<fact::Problem>& problems, const std::vector<std::string>& sources, std::FILE* to, const Options& options);
// `more`: how many others its line has.
void print_problem(const fact::Problem& problem, const std::string& path, std::size_t more, std::FILE* to, const Options& options);

}  // namespace jianlu::cli
