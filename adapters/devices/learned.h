// How a device builds its files, as learned from originals, and what a file shows against it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/footage/footage.h"
#include "engine/yaml/document.h"

namespace jianlu::devices {

// One way in which the device codes picture or sound. What a short clip did not show is 0 or empty.
struct SeenStream {
  footage::StreamKind kind = footage::StreamKind::data;
  std::string codec, encoder, parameters;
  int width = 0, height = 0, key_interval = 0;
  std::int64_t time_scale = 0;
  double rate = 0;
};

struct Learned {
  int files = 0;
  std::vector<std::string> structures;  // FootageFacts::structure
  std::vector<SeenStream> streams;
  // Creation time less the start that the file name states, whole seconds; less the length too when the device
  // writes the time of the end.
  struct Creation {
    bool of_end = false;
    std::int64_t least = 0, most = 0;
  };
  std::optional<Creation> creation;
};

// From fewer files a profile may not know every setting of the device: what it says counts as medium.
inline constexpr int enough_files = 3;

struct LearnedFault {
  int line = 0, column = 0;
  std::string field, zh, en;
};
std::variant<Learned, LearnedFault> read_learned(const yaml::Node& node);
std::string learned_yaml(const Learned& learned, const std::string& indent);

// Creation time less name, by either count; nothing where one is not stated.
std::optional<std::int64_t> creation_lag(const footage::FootageFacts& facts,
                                         const std::optional<std::int64_t>& name_start, bool of_end);

// Signs of deviation. `name_start`: what the file's name states. `slack`: of the clock, microseconds.
std::vector<footage::Sign> deviations(const Learned& learned, const std::string& profile,
                                      const footage::FootageFacts& facts,
                                      const std::optional<std::int64_t>& name_start, std::int64_t slack);

// A file by its content alone: the parameter sets of its pictures are the device's.
bool has_parameters_of(const Learned& learned, const footage::FootageFacts& facts);

SeenStream seen(const footage::StreamFacts& stream);

}  // namespace jianlu::devices
