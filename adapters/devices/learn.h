// Makes a device profile from original clips.
#pragma once

#include <string>
#include <vector>

#include "adapters/footage/footage.h"

namespace jianlu::devices {

struct Original {
  std::string path;
  footage::FootageFacts facts;
};

struct LearnOptions {
  std::string id;
  std::string name_template;  // empty: worked out from the names
  std::string zone = "Asia/Shanghai";
  int clock_uncertainty = 60;  // seconds
};

struct LearnResult {
  std::string yaml;     // empty when nothing could be learned
  std::string zh, en;   // then why
};
LearnResult learn(const std::vector<Original>& originals, const LearnOptions& options);

// The template of names that all of these fit; empty when none is found.
std::string template_of(const std::vector<std::string>& names);

}  // namespace jianlu::devices
