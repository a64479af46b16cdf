#pragma once

#include <string>

namespace jianlu::store {

// The one writer of a store: an advisory lock on <store>.lock, which says who holds it. Released when the process ends,
// however it ends. Throws Failure with the holder's own words when somebody else has it.
class WriterLock {
 public:
  // `who`: what to tell others, "jianlu audit".
  WriterLock(const std::string& store, const std::string& who);
  ~WriterLock();
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace jianlu::store
