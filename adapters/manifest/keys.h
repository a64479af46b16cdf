#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/manifest/json_text.h"

namespace jianlu::manifest {

// Names to numbers, for names that come millions of times, mostly in the order of the time before.
class Keys {
 public:
  explicit Keys(std::vector<std::pair<std::string, std::int32_t>> names) {
    std::size_t size = 4;
    while (size < names.size() * 3) size *= 2;
    slots_.assign(size, -1);
    for (auto& [name, id] : names) {
      if (name.empty() || find(name) >= 0) continue;
      std::size_t i = hash(name) & (size - 1);
      while (slots_[i] >= 0) i = (i + 1) & (size - 1);
      slots_[i] = static_cast<std::int32_t>(entries_.size());
      const std::uint64_t mask = name.size() >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << name.size() * 8) - 1;
      std::uint64_t head = 0, tail = 0;
      std::memcpy(&head, name.data(), name.size() < 8 ? name.size() : 8);
      if (name.size() > 8) std::memcpy(&tail, name.data() + name.size() - 8, 8);
      const bool guessed = name.size() < kLongest;
      entries_.push_back({guessed ? head : 1, guessed ? mask : 0, tail, name.size(), id, 0, std::move(name)});
    }
    if (entries_.empty()) entries_.push_back({1, 0, 0, 0, -1, 0, {}});
  }

  // The place of a name, for `id`, `length` and `after`; -1: there is none.
  std::int32_t find(std::string_view name) const {
    for (std::size_t i = hash(name) & (slots_.size() - 1); slots_[i] >= 0; i = (i + 1) & (slots_.size() - 1)) {
      if (entries_[slots_[i]].name == name) return slots_[i];
    }
    return -1;
  }
  // The same for a name that starts at `text` and ends at a quotation mark; at least 64 bytes must be readable. `last`
  // is the place of the name before, -1 for the first.
  std::int32_t find(const char* text, std::int32_t last) {
    std::int32_t& guess = last < 0 ? first_ : entries_[last].next;
    if (entries_[guess].stands_at(text)) return guess;
    std::size_t size = 0;
    while (size < kLongest && text[size] != '"' && text[size] != '\\') ++size;
    if (size == kLongest || text[size] != '"') return -1;
    const std::int32_t found = find(std::string_view(text, size));
    if (found >= 0) guess = found;
    return found;
  }
  std::int32_t id(std::int32_t place) const { return entries_[place].id; }
  std::size_t length(std::int32_t place) const { return entries_[place].length; }

 private:
  static constexpr std::size_t kLongest = 63;
  struct Entry {
    std::uint64_t head, mask;  // its first eight bytes, and which of them count; 1 and 0 stand nowhere
    std::uint64_t tail;        // its last eight, of more than eight
    std::size_t length;
    std::int32_t id;
    std::int32_t next;         // the place that followed it the last time
    std::string name;

    bool stands_at(const char* text) const {
      if ((json::load(text) & mask) != head || text[length] != '"') return false;
      if (length <= 8) return true;
      return json::load(text + length - 8) == tail && (length <= 16 || std::memcmp(text + 8, name.data() + 8, length - 16) == 0);
    }
  };

  static std::size_t hash(std::string_view name) {
    std::uint64_t head = 0, tail = 0;
    const std::size_t part = name.size() < 8 ? name.size() : 8;
    std::memcpy(&head, name.data(), part);
    std::memcpy(&tail, name.data() + name.size() - part, part);
    const std::uint64_t mixed = (head ^ (tail * 0x9E3779B97F4A7C15u) ^ name.size()) * 0xD6E8FEB86659FD93u;
    return static_cast<std::size_t>(mixed >> 40);
  }

  std::vector<Entry> entries_;
  std::vector<std::int32_t> slots_;
  std::int32_t first_ = 0;
};

}  // namespace jianlu::manifest
