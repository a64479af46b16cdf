// From a batch of documents to what follows for its findings. Depends on nothing but what it is given, so batches may be
// judged on any thread and in any order.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/audit.h"
#include "engine/exec/exec.h"
#include "engine/store/work.h"

namespace jianlu {

// What all batches of a run share.
struct JudgingContext {
  const AuditRules& rules;
  const plan::Plan& plan;
  calendar::Zone zone;                                 // of the bureau
  outcome::Context context;
  const std::vector<fact::Delivery>& deliveries;
  const std::vector<fact::Doubt>& doubts;
  const std::vector<std::string>& norms;               // names, by NormId
  const std::vector<std::int32_t>& number_of_norm;     // as Work numbers them
  const std::vector<std::int32_t>& slices;             // by number
};

class Judging {
 public:
  explicit Judging(const JudgingContext& context) : context_(context), evaluator_(context.plan) {}
  store::Verdicts judge(const store::Batch& batch);

 private:
  const JudgingContext& context_;
  exec::Evaluator evaluator_;
};

}  // namespace jianlu
