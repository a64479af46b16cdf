#include "adapters/footage/probe/worker.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <new>

#include "adapters/footage/json.h"

namespace jianlu::footage {
namespace {

constexpr std::size_t max_answer = 8 << 20;
constexpr int exit_memory = 10, exit_sandbox = 11, exit_no_mapping = 12;

void write_all(int to, const std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const auto n = write(to, text.data() + done, text.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) _exit(1);
    done += static_cast<std::size_t>(n);
  }
}

std::optional<std::string_view> mapped(const OpenedFile& file, bool whole) {
  const auto size = static_cast<std::size_t>(file.size);
  if (size == 0) return "";
  auto* bytes = mmap(nullptr, size, PROT_READ, MAP_SHARED, file.descriptor, 0);
  if (bytes == MAP_FAILED) return std::nullopt;
  if (whole) madvise(bytes, size, MADV_SEQUENTIAL);
  return std::string_view(static_cast<const char*>(bytes), size);
}

[[noreturn]] void child(const OpenedFile& file, const Sandbox& sandbox, const Sandbox::Confines& confines,
                        const Examination& examination, const FootageFacts* only_identify) {
  const auto bytes = mapped(file, examination.sha256 != nullptr);
  if (!bytes) _exit(exit_no_mapping);
  if (!sandbox.enter(confines)) _exit(exit_sandbox);
  try {
    FootageFacts facts;
    if (only_identify) {
      facts = *only_identify;
      identify(*bytes, examination, facts);
    } else {
      facts = examine(*bytes, examination);
    }
    write_all(1, to_json(facts));
  } catch (const std::bad_alloc&) {
    _exit(exit_memory);
  }
  _exit(0);
}

FootageFacts failed(Verdict verdict, std::string en, std::string zh) {
  FootageFacts facts;
  facts.verdict = verdict;
  facts.reason = std::move(en);
  facts.reason_zh = std::move(zh);
  return facts;
}

}  // namespace

std::optional<Worker> Worker::start(const OpenedFile& file, const Examination& examination,
                                    const Sandbox& sandbox, const FootageFacts* only_identify) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
  const auto seconds = seconds_for(examination.limits, file.size);
  Worker worker;
  worker.process_ = fork();
  if (worker.process_ < 0) {
    close(ends[0]);
    close(ends[1]);
    return std::nullopt;
  }
  if (worker.process_ == 0)
    child(file, sandbox, {ends[1], seconds, examination.limits.memory}, examination, only_identify);
  close(ends[1]);
  worker.pipe_ = ends[0];
  fcntl(worker.pipe_, F_SETFL, O_NONBLOCK);
  worker.deadline_ = std::chrono::steady_clock::now() + std::chrono::seconds(seconds * 2);
  return worker;
}

bool Worker::drain() {
  char buffer[64 * 1024];
  for (;;) {
    const auto n = read(pipe_, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno != EAGAIN;
    if (n == 0) return true;
    if (answer_.size() + static_cast<std::size_t>(n) <= max_answer)
      answer_.append(buffer, static_cast<std::size_t>(n));
    else
      kill(process_, SIGKILL);
  }
}

void Worker::kill_late() {
  late_ = true;
  kill(process_, SIGKILL);
}

Worker::End Worker::finish() {
  close(pipe_);
  int status = 0;
  while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
  if (late_ || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) ||
      (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL))
    return {"", failed(Verdict::over_limit, "limit reached: time", "达到上限：时间")};
  if ((WIFSIGNALED(status) && WTERMSIG(status) == SIGBUS) ||
      (WIFEXITED(status) && WEXITSTATUS(status) == exit_no_mapping))
    return {"", failed(Verdict::unreadable, "I/O error, or the file shrank while it was read",
                       "读取出错，或文件在读取过程中变短")};
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
    return {"", failed(Verdict::forbidden, "the reader tried what no reader may do, and was stopped",
                       "读取程序试图做不允许的事，已被终止")};
  if (WIFEXITED(status) && WEXITSTATUS(status) == exit_sandbox)
    return {"", failed(Verdict::unreadable, "the sandbox could not be entered", "无法进入沙箱")};
  if (WIFEXITED(status) && WEXITSTATUS(status) == exit_memory)
    return {"", failed(Verdict::over_limit, "limit reached: memory", "达到上限：内存")};
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && !answer_.empty() &&
      answer_.find('\n') == std::string::npos)
    return {std::move(answer_), std::nullopt};
  const auto how = WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status))
                                       : "exit " + std::to_string(WEXITSTATUS(status));
  return {"", failed(Verdict::crashed, "the reader ended with " + how, "读取程序异常退出（" + how + "）")};
}

}  // namespace jianlu::footage
