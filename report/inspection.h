// What files of footage show about themselves, as one page that needs nothing else.
#pragma once

#include <string>
#include <vector>

#include "adapters/footage/footage.h"
#include "engine/source/source.h"

namespace jianlu::report {

struct Inspected {
  std::string path;
  const footage::FootageFacts* facts = nullptr;
};

// The order in which signs are shown: by weight, then by time.
std::vector<const footage::Sign*> signs_in_order(const footage::FootageFacts& facts);

// A time in the footage: "0:25.100".
std::string footage_time(std::int64_t micros);

std::string render_inspection(const std::vector<Inspected>& files, source::Language language);

}  // namespace jianlu::report
