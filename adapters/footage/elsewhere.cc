#include <algorithm>
#include <map>
#include <unordered_map>

#include "adapters/footage/footage.h"

namespace jianlu::footage {
namespace {

struct Sighting {
  std::size_t file = 0;
  std::int64_t time = 0;
};

struct Shared {
  std::size_t count = 0;
  std::int64_t first = INT64_MAX, last = INT64_MIN;            // in this file
  std::int64_t there = 0;                                      // where the first one is in the other
};

}  // namespace

void add_once(FootageFacts& facts, Sign sign) {
  const bool there = std::any_of(facts.signs.begin(), facts.signs.end(),
                                 [&](const Sign& s) { return s.kind == sign.kind && s.evidence.en == sign.evidence.en; });
  if (!there) facts.signs.push_back(std::move(sign));
}

void add_shared_picture_signs(const std::vector<FootageFacts*>& files, const std::vector<std::string>& names, std::size_t known) {
  std::unordered_map<std::uint64_t, std::vector<Sighting>> places;
  for (std::size_t i = 0; i < files.size(); ++i)
    for (const auto& print : files[i]->prints) {
      auto& here = places[print.hash];
      if (here.size() < 64 && (here.empty() || here.back().file != i)) here.push_back({i, print.time});
    }
  std::map<std::pair<std::size_t, std::size_t>, Shared> pairs;
  for (const auto& [hash, here] : places)
    for (const auto& a : here)
      for (const auto& b : here) {
        if (a.file == b.file || (a.file >= known && b.file >= known)) continue;
        auto& shared = pairs[{a.file, b.file}];
        ++shared.count;
        if (a.time < shared.first) shared.first = a.time, shared.there = b.time;
        shared.last = std::max(shared.last, a.time);
      }
  std::vector<Reading> before;
  for (const auto* f : files) before.push_back(f->reading);
  for (const auto& [pair, shared] : pairs) {
    auto& facts = *files[pair.first];
    const auto& other = *files[pair.second];
    if (shared.count < least_shared_pictures || (!facts.sha256.empty() && facts.sha256 == other.sha256)) continue;
    const std::string count = std::to_string(shared.count), first = seconds_text(shared.first), last = seconds_text(shared.last),
                      there = seconds_text(shared.there);
    auto sign = make_sign(SignKind::same_pictures_elsewhere,
                          {count + " 帧编码画面相同，自 " + first + " 至 " + last + "；在 " + names[pair.second] + " 中自 " + there + " 起",
                           count + " coded pictures compared equal, from " + first + " to " + last + "; in " + names[pair.second] + " from " + there},
                          std::nullopt, shared.first);
    sign.length = shared.last - shared.first;
    if (before[pair.second] == Reading::original && before[pair.first] != Reading::original)
      sign.weight = Weight::medium;
    add_once(facts, std::move(sign));
    read_together(facts);
  }
}

}  // namespace jianlu::footage
