// Inside engine/syntax: what every builder needs, and the leaves that all of them read.
#pragma once

#include <cstdint>
#include <string>

#include "engine/diag/diag.h"
#include "engine/syntax/ast.h"
#include "engine/syntax/tree.h"

namespace jianlu::syntax {

struct Context {
  const source::Files& files;
  source::Language language;
  diag::Diagnostics& diagnostics;

  std::string spelled(Span span) const;
  Text text(const Node& leaf) const;
  Cite cite(const Node& leaf) const;
  std::int64_t day(const Node& leaf) const;
  Reference reference(const Node& leaf) const;
  // The name inside a FIELD token.
  Reference field(const Node& leaf) const;
  // 现场记录 = record_on_site. A field or list may be called like a keyword, nothing else may.
  Name declared(const Node& declared_name, bool may_be_keyword = false) const;
  // Reports a variable or name that is a keyword of the other language.
  void refuse_keyword(const Reference& name) const;
};

}  // namespace jianlu::syntax
