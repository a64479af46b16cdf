// What rule files leave outside themselves: the official texts, when attached, and the English catalogues.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/diag/diag.h"
#include "engine/rules/load.h"
#include "engine/statute/regulation.h"
#include "engine/statute/source_file.h"

namespace jianlu::cli {

class Texts {
 public:
  // `folder` holds <bureau-id>.txt; empty: none are attached.
  Texts(const rules::Rules& rules, const std::string& folder);

  // The official words of a citation; empty where no text is attached.
  std::string quote(const std::string& bureau, const statute::Citation& at) const;
  // All statements of a bureau's text; none where no text is attached.
  const std::vector<statute::Statement>& statements(const std::string& bureau) const;
  // The English entry of the catalogue; empty where there is none.
  std::string english(const std::string& bureau, const std::string& path) const;
  const std::vector<diag::Words>& faults() const { return faults_; }

 private:
  std::map<std::string, std::vector<statute::Statement>> statements_;   // by bureau
  std::map<std::string, std::map<std::string, std::string, std::less<>>> catalogues_;
  std::vector<diag::Words> faults_;
};

}  // namespace jianlu::cli
