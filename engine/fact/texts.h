#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace jianlu::fact {

// Distinct texts: equal texts have equal ids, counted from 0 in order of arrival. A view stays valid, and an id keeps
// its text, until `truncate` drops it.
class Texts {
 public:
  std::int64_t intern(std::string_view text);
  std::int64_t find(std::string_view text) const;  // -1: not there
  std::string_view operator[](std::int64_t id) const { return texts_[static_cast<std::size_t>(id)]; }
  std::size_t size() const { return texts_.size(); }
  // Forgets the texts from id `size` on; their memory is used again. A batch that is done with leaves nothing behind.
  void truncate(std::size_t size);

 private:
  struct Slot {
    std::uint32_t hash = 0, place = 0;  // of the text; id + 1, 0 where free
  };
  struct Block {
    std::unique_ptr<char[]> bytes;
    std::size_t capacity = 0;
  };

  void grow();
  char* allocate(std::size_t size);

  std::vector<std::string_view> texts_;
  std::vector<Slot> slots_;             // open addressing
  std::vector<Block> blocks_;
  std::size_t block_ = 0, used_ = 0;    // where the next text goes
};

}  // namespace jianlu::fact
