// The samples of a fragmented ISO base media file, from its fragment headers alone (ISO/IEC 14496-12 8.8).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "adapters/footage/scan/input.h"
#include "adapters/footage/scan/structure.h"

namespace jianlu::footage {

struct FragmentSample {
  std::int64_t time = 0;      // of presentation, in the track's ticks, edits not counted
  std::int64_t position = 0;  // in the file
  std::uint32_t size = 0;
  bool key = false;
};

// The samples of each of `tracks` as stored. Nothing as soon as something is found that readers may take in
// different ways: fragments without their time or going back in it, samples that the file does not hold,
// boxes that are none of the plain ones.
std::optional<std::vector<std::vector<FragmentSample>>> read_fragments(Input& input,
                                                                       const Structure& structure,
                                                                       const std::vector<int>& tracks,
                                                                       std::size_t most);

}  // namespace jianlu::footage
