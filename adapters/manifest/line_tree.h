// A line of JSON as a tree, for the general reader.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/yaml/document.h"

namespace jianlu::manifest {

// After the root object was read to its end.
inline bool at_end(simdjson::ondemand::document& document) {
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

class Tree {
 public:
  Tree(std::string_view line, std::int32_t number) : line_(line), number_(number) {}

  bool read(simdjson::ondemand::document& document, yaml::Node& root);   // false: no JSON
  const std::string& why() const { return why_; }

 private:
  bool fail(simdjson::error_code error);
  void place(yaml::Node& node, const char* at) const;
  bool entries(simdjson::ondemand::object& object, yaml::Node& node, int depth);
  bool any(simdjson::ondemand::value& value, yaml::Node& node, int depth);

  std::string_view line_;
  std::int32_t number_;
  std::string why_;
};

}  // namespace jianlu::manifest
