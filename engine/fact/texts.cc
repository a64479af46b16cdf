#include "engine/fact/texts.h"

#include <algorithm>
#include <cstring>

#include "engine/fact/short_text.h"

namespace jianlu::fact {
namespace {

constexpr std::size_t kBlock = 64u << 10;

inline std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// Multiply and fold, sixteen bytes at a time. Texts come from the office's own files: no defence against chosen
// collisions beyond linear probing is attempted. In line, since most texts are short.
[[gnu::always_inline]] inline std::uint32_t hash(std::string_view text) {
  constexpr std::uint64_t a = 0x9E3779B97F4A7C15u, b = 0xD6E8FEB86659FD93u;
  const char* at = text.data();
  std::size_t left = text.size();
  std::uint64_t state = left * a;
  if (left <= 8) [[likely]] {
    state = fold(short_text({at, left}) ^ state, b);
    return static_cast<std::uint32_t>(state ^ (state >> 32));
  }
  for (; left > 16; left -= 16, at += 16) state = fold(load<std::uint64_t>(at) ^ state, load<std::uint64_t>(at + 8) ^ b);
  state = left > 8 ? fold(load<std::uint64_t>(at) ^ state, load<std::uint64_t>(at + left - 8) ^ b) : fold(short_text({at, left}) ^ state, b);
  return static_cast<std::uint32_t>(state ^ (state >> 32));
}

[[gnu::always_inline]] inline bool same(std::string_view a, std::string_view b) {
  const std::size_t size = a.size();
  if (size != b.size()) return false;
  if (size <= 8) return short_text(a) == short_text(b);
  if (size > 16) return std::memcmp(a.data(), b.data(), size) == 0;
  return load<std::uint64_t>(a.data()) == load<std::uint64_t>(b.data()) &&
         load<std::uint64_t>(a.data() + size - 8) == load<std::uint64_t>(b.data() + size - 8);
}

}  // namespace

std::int64_t Texts::find(std::string_view text) const {
  if (slots_.empty()) return -1;
  const std::uint32_t code = hash(text);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = code & mask; slots_[i].place != 0; i = (i + 1) & mask) {
    if (slots_[i].hash == code && same(texts_[slots_[i].place - 1], text)) return slots_[i].place - 1;
  }
  return -1;
}

std::int64_t Texts::intern(std::string_view text) {
  if (texts_.size() * 2 >= slots_.size()) grow();
  const std::uint32_t code = hash(text);
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = code & mask;
  for (; slots_[i].place != 0; i = (i + 1) & mask) {
    if (slots_[i].hash == code && same(texts_[slots_[i].place - 1], text)) return slots_[i].place - 1;
  }
  char* bytes = allocate(text.size());
  std::copy(text.begin(), text.end(), bytes);
  texts_.emplace_back(bytes, text.size());
  slots_[i] = {code, static_cast<std::uint32_t>(texts_.size())};
  return static_cast<std::int64_t>(texts_.size() - 1);
}

// Entries leave in the reverse of the order in which they came (a rehash inserts by id), so an emptied slot never
// breaks the probe sequence of one that stays.
void Texts::truncate(std::size_t size) {
  if (size >= texts_.size()) return;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t id = texts_.size(); id-- > size;) {
    std::size_t i = hash(texts_[id]) & mask;
    while (slots_[i].place != id + 1) i = (i + 1) & mask;
    slots_[i] = {};
  }
  texts_.resize(size);
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
  slots_.assign(size, {});
  for (std::size_t id = 0; id < texts_.size(); ++id) {
    const std::uint32_t code = hash(texts_[id]);
    std::size_t i = code & (size - 1);
    while (slots_[i].place != 0) i = (i + 1) & (size - 1);
    slots_[i] = {code, static_cast<std::uint32_t>(id + 1)};
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
