// Memory of a batch: handed out in order, taken back all at once. After the first batches nothing is allocated.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

namespace jianlu::exec {

class Arena {
 public:
  template <typename T>
  T* take(std::size_t count) {
    return static_cast<T*>(take_bytes(count * sizeof(T)));
  }

  void clear() {
    // One block instead of several from the next batch on.
    if (blocks_.size() > 1) {
      const std::size_t total = capacity_;
      blocks_.clear();
      capacity_ = 0;
      grow(total);
    }
    used_ = 0;
  }

 private:
  static constexpr std::size_t kAlign = 64, kBlock = std::size_t{1} << 20;

  void grow(std::size_t bytes) {
    size_ = std::max(bytes, kBlock);
    blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(size_ + kAlign));
    capacity_ += size_;
    used_ = 0;
    void* start = blocks_.back().get();
    std::size_t space = size_ + kAlign;
    base_ = static_cast<std::byte*>(std::align(kAlign, size_, start, space));
  }

  void* take_bytes(std::size_t bytes) {
    bytes = (bytes + kAlign - 1) / kAlign * kAlign;
    if (blocks_.empty() || used_ + bytes > size_) grow(bytes);
    void* taken = base_ + used_;
    used_ += bytes;
    return taken;
  }

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* base_ = nullptr;
  std::size_t used_ = 0, size_ = 0, capacity_ = 0;
};

}  // namespace jianlu::exec
