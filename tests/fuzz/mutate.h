// Media files a little wrong: each decided by its number and the seed alone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fuzz {

struct Clip {
  std::string name, bytes;
};

// The files of a folder, in order of name. What is large is cut to what a parser reads first: of an ISO file
// the footage, of another all but the head.
std::vector<Clip> clips_of(const std::string& folder);

// One to eight changes of one clip: bytes, counts and lengths, names of boxes, parts removed, repeated,
// swapped or taken from another clip, the end cut off.
std::string mutant(const std::vector<Clip>& clips, std::uint64_t seed, std::uint64_t number);

}  // namespace fuzz
