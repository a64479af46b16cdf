#include "cli/known_clips.h"

#include <set>

#include "adapters/footage/json.h"
#include "adapters/gather/listening.h"

namespace jianlu::cli {
// A recording is the footage's own as long as no other footage of its name took its place.
void KnownClips::add(store::StoredFootage&& stored, std::vector<gather::Known>& to) const {
  auto facts = footage::facts_from_json(stored.facts);
  if (!facts) return;
  gather::Known known{stored.path, std::move(*facts), {}, {}};
  known.match.session = stored.session;
  known.match.recording = stored.recording;
  known.match.how = {stored.how, stored.how};
  const model::EntityId recording = vocabulary_.entity("recording");
  if (!stored.session.empty() && recording != model::kNone) {
    if (auto row = store::row(store_, recording, stored.recording)) {
      for (const store::StoredFootage& other : store::footage_at(store_, row->path)) {
        if (other.sha256 != stored.sha256) return;
      }
      known.path = row->path;
      known.recording = std::move(row->document);
    }
  }
  to.push_back(std::move(known));
}

std::vector<gather::Known> KnownClips::touched_by(const std::vector<std::string>& files) const {
  std::set<std::string> names;
  for (const std::string& file : files) names.insert(gather::stem(file));
  std::vector<gather::Known> out;
  for (store::StoredFootage& stored : store::footage(store_)) {
    if (stored.session.empty() || names.count(gather::stem(stored.path)) != 0) add(std::move(stored), out);
  }
  return out;
}

std::vector<gather::Known> KnownClips::alike(const std::vector<const footage::FootageFacts*>& read) const {
  std::vector<std::uint64_t> pictures;
  std::set<std::string> digests;
  for (const footage::FootageFacts* facts : read) {
    digests.insert(facts->sha256);
    for (const footage::Print& print : facts->prints) pictures.push_back(print.hash);
  }
  std::vector<gather::Known> out;
  for (store::StoredFootage& stored : store::footage_with_pictures(store_, pictures, footage::least_shared_pictures)) {
    digests.erase(stored.sha256);
    add(std::move(stored), out);
  }
  for (const std::string& digest : digests) {
    for (store::StoredFootage& stored : store::footage_with_bytes(store_, digest)) add(std::move(stored), out);
  }
  return out;
}

}  // namespace jianlu::cli
