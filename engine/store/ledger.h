// Appending to the ledger and keeping the findings that follow from it. Only .cc files of this folder include it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/finding/finding.h"
#include "engine/store/impl.h"

namespace jianlu::store {

// One appending transaction's view of the ledger: made inside the transaction, it reads the head once.
class Ledger {
 public:
  explicit Ledger(Store::Impl& store);

  struct Numbers {                       // of this store
    std::optional<std::int64_t> run;
    RootId root = 0;
    std::int64_t norm = 0, slice = 0;
  };
  // `suffix`: of the subject, behind its root.
  void append(const finding::Transition& transition, const Numbers& numbers, std::string_view suffix);

  std::int64_t entries() const { return seq_; }
  const fact::Digest& head() const { return head_; }

 private:
  std::int64_t seq_ = 0;
  fact::Digest head_{};
  std::string text_;
  Statement insert_, open_, update_, review_;
};

}  // namespace jianlu::store
