// What was read of each file of footage while an ingest runs, in a file of its own, so that one that is broken off does
// not read finished files again. One line a file, written as it is finished; a line cut short counts for nothing.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/footage/footage.h"

namespace jianlu::gather {

// What tells that a file was not touched in between.
struct Stamp {
  std::int64_t size = -1, modified = 0;   // bytes; nanoseconds since 1970
  auto operator<=>(const Stamp&) const = default;
};
Stamp stamp_of(const std::string& path);   // size -1: there is no such file

class Readings {
 public:
  // `how`: what the facts hang on besides the file (depth, thresholds); lines of another `how` count for nothing. Without a
  // `path` nothing is kept.
  Readings(const std::string& path, std::string how);
  ~Readings();
  Readings(const Readings&) = delete;
  Readings& operator=(const Readings&) = delete;

  std::optional<footage::FootageFacts> find(const std::string& file, const Stamp& stamp) const;
  // Only what was read to its end is kept.
  void add(const std::string& file, const Stamp& stamp, const footage::FootageFacts& facts);

 private:
  void load(std::string_view text);

  std::string how_;
  int descriptor_ = -1;
  std::map<std::string, std::pair<Stamp, std::string>> known_;   // by file; facts as written
};

}  // namespace jianlu::gather
