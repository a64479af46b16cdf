#pragma once

#include <stdexcept>

#include "engine/diag/diag.h"

namespace jianlu::store {

// The store cannot do its work: it cannot be opened, is in use, damaged, of a later version, or the disk is full.
// Nothing of the transaction under way was kept.
class Failure : public std::runtime_error {
 public:
  Failure(diag::Words what, diag::Words mend)
      : std::runtime_error(what.en), what_(std::move(what)), mend_(std::move(mend)) {}
  const diag::Words& words() const { return what_; }
  const diag::Words& mend() const { return mend_; }

 private:
  diag::Words what_, mend_;
};

}  // namespace jianlu::store
