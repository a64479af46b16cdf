// The store of a command, with the rules that it is read by.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "cli/judge.h"
#include "engine/audit.h"
#include "engine/store/store.h"

namespace jianlu::cli {

struct Opened {
  std::unique_ptr<Judge> judge;
  std::unique_ptr<store::Store> store;
};

// Loads the rules, opens the store and runs `work`; what fails is said in the user's language and gives the exit code.
// Reading a store that does not exist is a failure; writing makes one.
int with_store(const Options& options, store::Access access, const std::string& who,
               const std::function<int(Opened&)>& work);

// The rules as an audit and its receipt need them.
AuditRules audit_rules(const Judge& judge);

// Progress on the standard error, when it is a terminal: "label 3/20 path".
class Progress {
 public:
  explicit Progress(std::string label);
  ~Progress();
  void operator()(std::int64_t done, std::int64_t of, const std::string& what = {});
  void clear();   // takes the line away until more is done

 private:
  std::string label_;
  bool shown_ = false;
  bool terminal_;
  std::int64_t last_ = -1;
};

}  // namespace jianlu::cli
