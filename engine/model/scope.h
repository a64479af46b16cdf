// What a name means at a place in a rule file.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/diag/diag.h"
#include "engine/model/rulebook.h"

namespace jianlu::model {

// Names of one file (a regulation with the common files that it uses), and the variables in force.
struct Scope {
  std::map<std::string, DefId, std::less<>> definitions;   // by either spelling
  std::vector<std::pair<std::string, VarId>> variables;    // innermost last
  std::set<std::string, std::less<>> faulty;               // declared with a syntax fault, which is reported already
  source::Language language = source::Language::zh;

  VarId variable(std::string_view name) const {
    for (auto it = variables.rbegin(); it != variables.rend(); ++it) {
      if (it->first == name) return it->second;
    }
    return kNone;
  }
  DefId definition(std::string_view name) const {
    const auto found = definitions.find(name);
    return found == definitions.end() ? kNone : found->second;
  }
};

// Reports an unknown name, with the known words that it splits into, or the nearest known one; where a value of an
// enumeration is wanted, the nearest of its values.
void report_unknown(std::string_view name, source::Span span, const Scope& scope, const Vocabulary& vocabulary,
                    diag::Diagnostics& diagnostics, EnumId wanted = kNone);

// The nearest of `candidates` in spelling, or empty where none is near.
std::string nearest(std::string_view name, const std::vector<std::string>& candidates);

// Splits a name that has no spaces into known words: "非现场记录" -> "非 现场记录"; empty where it does not split.
std::string split_words(std::string_view name, const std::vector<std::string>& words);

}  // namespace jianlu::model
