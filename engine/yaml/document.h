#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace jianlu::yaml {

struct Entry;

// A value of a YAML document with its place (line and column from 1, columns in characters). Scalars stay text: what a text means is the
// reader's to say, so that NO is no boolean and 1.10 no number.
struct Node {
  enum class Kind : std::uint8_t { null, scalar, sequence, mapping };

  Kind kind = Kind::null;
  int line = 0;
  int column = 0;
  std::string text;            // of a scalar
  std::vector<Node> items;     // of a sequence
  std::vector<Entry> entries;  // of a mapping, as written

  bool is(Kind wanted) const { return kind == wanted; }
  // The value of a key, or null when this is no mapping or has no such key.
  const Node* find(std::string_view key) const;
};

struct Entry {
  Node key;
  Node value;
};

// One thing wrong with a file, in both languages.
struct Fault {
  int line = 0;
  int column = 0;
  std::string zh;
  std::string en;
};

inline constexpr std::size_t max_bytes = 16u << 20;
inline constexpr int max_depth = 32;

// Reads one document. Stricter than YAML, since yaml-cpp 0.7 takes alias bombs, cycles and duplicate keys without a
// word: anchors, aliases, merge keys, tags, keys that are no scalars and duplicate keys are faults, and size and depth
// are bounded. An empty text is a null node.
std::variant<Node, Fault> read(std::string_view text);

}  // namespace jianlu::yaml
