// Memory of a batch: handed out in order, taken back all at once. After the first batches nothing is allocated.
#pragma once

#include <sys/mman.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
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
  static constexpr std::size_t kAlign = 64, kBlock = std::size_t{1} << 20, kLargePage = std::size_t{2} << 20;

  struct Free {
    void operator()(std::byte* block) const { std::free(block); }
  };

  void grow(std::size_t bytes) {
    const std::size_t wanted = std::max(bytes, kBlock), align = wanted < kLargePage ? kAlign : kLargePage;
    size_ = (wanted + align - 1) / align * align;
    base_ = static_cast<std::byte*>(std::aligned_alloc(align, size_));
    if (!base_) throw std::bad_alloc();
    blocks_.emplace_back(base_);
#ifdef MADV_HUGEPAGE
    // The columns of a batch lie on more small pages than the processor remembers the places of.
    if (align == kLargePage) madvise(base_, size_, MADV_HUGEPAGE);
#endif
    capacity_ += size_;
    used_ = 0;
  }

  void* take_bytes(std::size_t bytes) {
    bytes = (bytes + kAlign - 1) / kAlign * kAlign;
    if (blocks_.empty() || used_ + bytes > size_) grow(bytes);
    void* taken = base_ + used_;
    used_ += bytes;
    return taken;
  }

  std::vector<std::unique_ptr<std::byte, Free>> blocks_;
  std::byte* base_ = nullptr;
  std::size_t used_ = 0, size_ = 0, capacity_ = 0;
};

}  // namespace jianlu::exec
