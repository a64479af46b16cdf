// Footage in the store that an ingest has to do with besides the files given.
#pragma once

#include <string>
#include <vector>

#include "adapters/gather/gather.h"
#include "engine/store/contents.h"

namespace jianlu::cli {

class KnownClips {
 public:
  KnownClips(store::Store& store, const model::Vocabulary& vocabulary) : store_(store), vocabulary_(vocabulary) {}

  // Such as waits for its session, and such as bears the name of one of these files.
  std::vector<gather::Known> touched_by(const std::vector<std::string>& files) const;
  // Such as holds the bytes of one of these, or enough of their coded pictures.
  std::vector<gather::Known> alike(const std::vector<const footage::FootageFacts*>& read) const;

 private:
  void add(store::StoredFootage&& stored, std::vector<gather::Known>& to) const;

  store::Store& store_;
  const model::Vocabulary& vocabulary_;
};

}  // namespace jianlu::cli
