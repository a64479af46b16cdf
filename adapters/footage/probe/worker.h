// One forked process per file, in a sandbox.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>

#include "adapters/footage/open.h"
#include "adapters/footage/probe/examine.h"
#include "adapters/footage/sandbox/sandbox.h"

namespace jianlu::footage {

class Worker {
 public:
  // Forks; the child examines the descriptor and answers on a pipe. Nothing when the system refuses to fork.
  // `only_identify`: the facts so far are kept, size and digest are added.
  static std::optional<Worker> start(const OpenedFile& file, const Examination& examination,
                                     const Sandbox& sandbox, const FootageFacts* only_identify = nullptr);

  int pipe() const { return pipe_; }
  std::chrono::steady_clock::time_point deadline() const { return deadline_; }

  // Takes what the pipe holds; true once the child has closed it.
  bool drain();
  void kill_late();  // past its deadline

  // Waits for the end and gives the facts as JSON; a violent end becomes facts with their own verdict.
  struct End {
    std::string json;
    std::optional<FootageFacts> failure;  // set instead of json
  };
  End finish();

 private:
  pid_t process_ = -1;
  int pipe_ = -1;
  bool late_ = false;
  std::string answer_;
  std::chrono::steady_clock::time_point deadline_;
};

}  // namespace jianlu::footage
