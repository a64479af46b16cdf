// Reads a folder of rules: vocabulary, common files, bureaus and calendar, into one rulebook.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/calendar/working_days.h"
#include "engine/diag/diag.h"
#include "engine/model/build.h"
#include "engine/source/source.h"
#include "engine/syntax/ast.h"

namespace jianlu::rules {

// A file that was read, for receipts.
struct Loaded {
  std::string path;     // relative to the rules folder
  std::string sha256;   // of its bytes, hex
};

struct Rules {
  std::string folder;
  source::Files files;
  diag::Diagnostics diagnostics;
  std::vector<std::unique_ptr<syntax::SourceFile>> trees;   // in order of path
  std::vector<model::Unit> units;                           // the trees, each with its bureau
  model::Rulebook book;
  calendar::WorkingDays working_days;
  std::vector<Loaded> loaded;
  // What could not be read at all: path and reason, zh and en.
  std::vector<std::pair<std::string, diag::Words>> unreadable;

  bool usable() const { return unreadable.empty() && !diagnostics.has_errors(); }
};

// The bureaus of a rules folder by id, in order: the folders bureaus/<id> that hold a regulation.law.
std::vector<std::string> bureaus(const std::string& folder);
// The rule files in a folder, in order.
std::vector<std::string> laws_in(const std::string& folder);

// `folder` holds vocabulary.law, common/*.law, calendars/*.yaml and bureaus/<id>/*.law. With `regulations`, those
// files are read instead of the bureaus', and with a file of a bureau its own vocabulary; the id of a bureau is the name of
// the folder that holds its file.
Rules load(const std::string& folder, const std::vector<std::string>& regulations = {});

// The rulebook and the diagnostics again, from trees that were changed.
void rebuild(Rules& rules);

}  // namespace jianlu::rules
