// Where a worker lives: it may think about what is in its memory and answer, and nothing else, for good.
//
// Mandatory: resource limits, no_new_privs, a seccomp allow-list. Where the kernel has it: Landlock, which
// then refuses every path, TCP port, abstract socket and signal to processes outside.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace jianlu::footage {

class Sandbox {
 public:
  // Made once, before any worker is forked, and tried once in a child. With `threads` a worker may start
  // threads, never processes. Nothing where the system lacks what is mandatory.
  static std::optional<Sandbox> make(bool threads);
  // Resource limits only.
  static Sandbox unsafe() { return {}; }

  ~Sandbox();
  Sandbox(Sandbox&& other) noexcept;
  Sandbox& operator=(Sandbox&&) = delete;

  struct Confines {
    int answer = -1;  // becomes descriptor 1; every other descriptor is closed
    std::int64_t seconds = 0, memory = 0;
  };
  // In the worker. False: it must end at once.
  bool enter(const Confines& confines) const;

 private:
  struct Instruction {  // sock_filter
    std::uint16_t code;
    std::uint8_t yes, no;
    std::uint32_t value;
  };
  Sandbox() = default;
  bool works() const;

  std::vector<Instruction> filter_;
  bool threads_ = false;
  int landlock_ = -1;  // the ruleset that allows nothing
};

}  // namespace jianlu::footage
