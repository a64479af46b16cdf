#include "engine/fact/texts.h"

#include <algorithm>
#include <cstring>

namespace jianlu::fact {
namespace {

constexpr std::size_t kBlock = 64u << 10;

std::uint64_t load(const char* bytes, std::size_t size) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, size);
  return word;
}

// Multiply and fold, eight bytes at a time. Texts come from the office's own files: no defence against chosen
// collisions beyond linear probing is attempted.
std::uint32_t hash(std::string_view text) {
  constexpr std::uint64_t k = 0x9E3779B97F4A7C15u;
  std::uint64_t state = text.size() * k;
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; left -= 8, at += 8) {
    state = (state ^ load(at, 8)) * k;
    state ^= state >> 32;
  }
  if (left != 0) state = (state ^ load(at, left)) * k;
  return static_cast<std::uint32_t>(state ^ (state >> 29));
}

}  // namespace

std::int64_t Texts::find(std::string_view text) const {
  if (slots_.empty()) return -1;
  const std::uint32_t code = hash(text);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = code & mask; slots_[i] != 0; i = (i + 1) & mask) {
    const std::uint32_t id = slots_[i] - 1;
    if (hashes_[id] == code && texts_[id] == text) return id;
  }
  return -1;
}

std::int64_t Texts::intern(std::string_view text) {
  if (texts_.size() * 2 >= slots_.size()) grow();
  const std::uint32_t code = hash(text);
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = code & mask;
  for (; slots_[i] != 0; i = (i + 1) & mask) {
    const std::uint32_t id = slots_[i] - 1;
    if (hashes_[id] == code && texts_[id] == text) return id;
  }
  char* bytes = allocate(text.size());
  std::copy(text.begin(), text.end(), bytes);
  texts_.emplace_back(bytes, text.size());
  hashes_.push_back(code);
  slots_[i] = static_cast<std::uint32_t>(texts_.size());
  return static_cast<std::int64_t>(texts_.size() - 1);
}

// Entries leave in the reverse of the order in which they came (a rehash inserts by id), so an emptied slot never
// breaks the probe sequence of one that stays.
void Texts::truncate(std::size_t size) {
  if (size >= texts_.size()) return;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t id = texts_.size(); id-- > size;) {
    std::size_t i = hashes_[id] & mask;
    while (slots_[i] != id + 1) i = (i + 1) & mask;
    slots_[i] = 0;
  }
  texts_.resize(size);
  hashes_.resize(size);
  // Texts lie in their blocks in order of arrival.
  block_ = used_ = 0;
  for (std::size_t id = size; id-- > 0;) {
    if (texts_[id].empty()) continue;
    const char* end = texts_[id].data() + texts_[id].size();
    while (end < blocks_[block_].bytes.get() || end > blocks_[block_].bytes.get() + blocks_[block_].capacity) ++block_;
    used_ = static_cast<std::size_t>(end - blocks_[block_].bytes.get());
    break;
  }
}

void Texts::grow() {
  const std::size_t size = std::max<std::size_t>(64, slots_.size() * 2);
  slots_.assign(size, 0);
  for (std::size_t id = 0; id < texts_.size(); ++id) {
    std::size_t i = hashes_[id] & (size - 1);
    while (slots_[i] != 0) i = (i + 1) & (size - 1);
    slots_[i] = static_cast<std::uint32_t>(id + 1);
  }
}

char* Texts::allocate(std::size_t size) {
  while (block_ < blocks_.size() && used_ + size > blocks_[block_].capacity) {
    ++block_;
    used_ = 0;
  }
  if (block_ == blocks_.size()) {
    const std::size_t capacity = std::max(kBlock, size);
    blocks_.push_back({std::make_unique<char[]>(capacity), capacity});
    used_ = 0;
  }
  char* bytes = blocks_[block_].bytes.get() + used_;
  used_ += size;
  return bytes;
}

}  // namespace jianlu::fact
