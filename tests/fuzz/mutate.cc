#include "tests/fuzz/mutate.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string_view>

namespace fuzz {
namespace {

constexpr std::size_t large = 64 << 10, kept = 8 << 10;

using Random = std::mt19937_64;

std::uint32_t big_endian(std::string_view bytes) {
  std::uint32_t out = 0;
  for (int i = 0; i < 4; ++i) out = out << 8 | static_cast<unsigned char>(bytes[i]);
  return out;
}

void put_big_endian(std::string& bytes, std::size_t at, std::uint32_t n) {
  for (std::size_t i = 0; i < 4 && at + i < bytes.size(); ++i)
    bytes[at + i] = static_cast<char>(n >> (24 - 8 * i));
}

std::string cut_down(std::string bytes) {
  if (bytes.size() <= large) return bytes;
  std::string out;
  for (std::size_t at = 0; at + 16 <= bytes.size();) {
    const std::string_view type = std::string_view(bytes).substr(at + 4, 4);
    if (at == 0 && type != "ftyp") return bytes.substr(0, large);
    const std::size_t size = big_endian(std::string_view(bytes).substr(at, 4));
    if (size < 8) break;
    auto box = bytes.substr(at, size);
    if (type == "mdat" && box.size() > kept) {
      box.resize(kept);
      put_big_endian(box, 0, kept);
    }
    out += box;
    at += size;
  }
  return out;
}

// Parsers read the first and the last of a file; most changes go there.
std::size_t place(Random& random, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t part = std::min<std::size_t>(size, 2048);
  switch (random() % 4) {
    case 0:
      return random() % part;
    case 1:
      return size - 1 - random() % part;
    default:
      return random() % size;
  }
}

constexpr std::array<std::uint32_t, 12> telling{
    0, 1, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff, 0x00ffffff, 8};
constexpr std::array<std::string_view, 28> names{"moov", "trak", "mdia", "stbl", "stsd", "stts", "ctts",
                                                 "stsc", "stsz", "stco", "co64", "elst", "moof", "traf",
                                                 "tfhd", "trun", "sidx", "mfra", "mdat", "udta", "meta",
                                                 "ilst", "dref", "uuid", "LIST", "idx1", "indx", "free"};

void change(std::string& bytes, const std::vector<Clip>& clips, Random& random) {
  const auto at = place(random, bytes.size());
  const auto some = 1 + random() % std::min<std::size_t>(std::max<std::size_t>(bytes.size() / 4, 1), 4096);
  switch (random() % 10) {
    case 0:
      if (!bytes.empty()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
      break;
    case 1:
      for (std::size_t i = at; i < std::min(bytes.size(), at + random() % 16); ++i)
        bytes[i] = static_cast<char>(random());
      break;
    case 2:
    case 3:
      put_big_endian(bytes, at, telling[random() % telling.size()]);
      break;
    case 4:
      if (at + 4 <= bytes.size())
        put_big_endian(bytes, at, big_endian(std::string_view(bytes).substr(at, 4)) + random() % 33 - 16);
      break;
    case 5:
      bytes.erase(at, some);
      break;
    case 6:
      bytes.insert(at, bytes.substr(place(random, bytes.size()), some));
      break;
    case 7: {
      const auto name = names[random() % names.size()];
      if (at + 4 <= bytes.size()) bytes.replace(at, 4, name);
      break;
    }
    case 8: {
      const auto& other = clips[random() % clips.size()].bytes;
      if (!other.empty()) bytes.insert(at, other.substr(random() % other.size(), some));
      break;
    }
    default:
      bytes.resize(at);
  }
}

}  // namespace

std::vector<Clip> clips_of(const std::string& folder) {
  std::vector<Clip> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ostringstream bytes;
    bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    out.push_back({entry.path().filename().string(), cut_down(bytes.str())});
  }
  std::sort(out.begin(), out.end(), [](const Clip& a, const Clip& b) { return a.name < b.name; });
  return out;
}

std::string mutant(const std::vector<Clip>& clips, std::uint64_t seed, std::uint64_t number) {
  std::seed_seq mixed{seed, seed >> 32, number, number >> 32};
  Random random(mixed);
  auto bytes = clips[random() % clips.size()].bytes;
  for (auto changes = 1 + random() % 8; changes-- > 0;) change(bytes, clips, random);
  return bytes;
}

}  // namespace fuzz
