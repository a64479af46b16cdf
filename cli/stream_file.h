// Files that are written and read line by line, whatever signals come.
#pragma once

#include <atomic>
#include <string>
#include <string_view>

namespace jianlu::cli {

// While one exists, Ctrl-C (and SIGTERM) set `requested` instead of ending the program; the second ends it.
class StopRequest {
 public:
  StopRequest();
  ~StopRequest();
  static std::atomic<bool> requested;
  // Ends the program by the signal that came, if one came.
  static void follow();
};

class File {
 public:
  // "-": standard input or output. is_open() tells whether it could be opened.
  static File reading(const std::string& path);
  static File writing(const std::string& path);
  File(File&& other) noexcept;
  File& operator=(File&&) = delete;
  ~File();
  bool is_open() const { return descriptor_ >= 0; }
  std::size_t size() const;                       // 0: not known
  // Ends where a stop is requested. An error that comes while reading is kept in error().
  std::size_t read(char* to, std::size_t size);
  bool write(std::string_view text);              // all of it, or false
  int error() const { return error_; }            // errno, 0: none

 private:
  explicit File(int descriptor, int error) : descriptor_(descriptor), error_(error) {}
  int descriptor_ = -1, error_ = 0;
};

}  // namespace jianlu::cli
