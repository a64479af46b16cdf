// The files of a new bureau, made from the text of its regulation: every statement stands in its place, none is encoded.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/diag/diag.h"
#include "engine/statute/regulation.h"

namespace jianlu::rules {

struct Scaffold {
  std::string law, english, cases, source;   // regulation.law, regulation.en.yaml, cases.yaml, source.yaml
  std::size_t articles = 0;
  std::size_t statements = 0;
  std::vector<diag::Words> doubts;           // what a person should compare with the printed text: numbers left out, lists without numbers
};

// The name of a bureau's folder: small letters and digits in groups joined by "-", the first a letter.
bool is_bureau_id(std::string_view id);

// Why no files can be made of a text: no articles, or two that one number cannot tell apart; empty words where they can.
diag::Words unusable(const statute::Regulation& regulation);

// Of a usable text. A statement is a comment in regulation.law, with its citation and no more than its first characters,
// so that nothing counts as covered; the official text does not get into the files.
Scaffold scaffold(const statute::Regulation& regulation, std::string_view bureau);

}  // namespace jianlu::rules
