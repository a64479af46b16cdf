// What this ingest adds to footage that is known from an earlier one.
#pragma once

#include <string>
#include <vector>

#include "adapters/gather/gather.h"

namespace jianlu::gather {

// The footage known from earlier that this ingest touches, and what of it is new.
class KnownFootage {
 public:
  explicit KnownFootage(const std::vector<Known>& clips) {
    for (const Known& k : clips) clips_.push_back({k});
  }

  // Compares the clips among `sources`, which were read now and are known anew, with each other and with the footage known.
  void compare(std::vector<Source>& sources, const devices::Profiles& profiles, const Options& options);

  struct Clip : Known {
    bool gained = false;   // a sign was found now
  };
  const std::vector<Clip>& clips() const { return clips_; }

 private:
  std::vector<Clip> clips_;
};

// As a source that says nothing yet.
Source source_of(const Known& known);

// The rows that its footage's signs make take the place of those of the same name in the recording.
void put_signs(fact::Document& recording, const footage::FootageFacts& facts, const model::Vocabulary& vocabulary);

}  // namespace jianlu::gather
