#include "adapters/footage/client.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>

#include "adapters/footage/json.h"
#include "adapters/footage/wire.h"

namespace jianlu::footage {
namespace {

constexpr std::size_t max_line = 16 << 20;

std::string beside_this_program() {
  char path[4096];
  const auto n = readlink("/proc/self/exe", path, sizeof path);
  if (n > 0) {
    std::string_view self(path, static_cast<std::size_t>(n));
    const auto program = std::string(self.substr(0, self.rfind('/') + 1)) + "jianlu-probe";
    if (access(program.c_str(), X_OK) == 0) return program;
  }
  return "jianlu-probe";
}

// The running server: requests go in by `socket`, answers come out of `answers`.
class Server {
 public:
  explicit Server(const ProbeOptions& options) {
    int sockets[2], ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) != 0) return;
    if (pipe2(ends, O_CLOEXEC) != 0) {
      close(sockets[0]);
      close(sockets[1]);
      return;
    }
    auto program = options.program.empty() ? beside_this_program() : options.program;
    std::string jobs = std::to_string(options.jobs), gap = std::to_string(options.gap_threshold);
    std::vector<std::string> words{program,    "--serve", "--jobs",  jobs,
                                   "--gap-us", gap,       "--depth", std::string(wording(options.depth).id)};
    if (options.every_frame) words.push_back("--every-frame");
    if (const auto watching = to_text(options.watching); !watching.empty()) {
      words.push_back("--watch");
      words.push_back(watching);
    }
    if (!options.hash) words.push_back("--no-hash");
    if (options.unsafe_no_sandbox) words.push_back("--unsafe-no-sandbox");
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, sockets[1], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    if (posix_spawnp(&process_, program.c_str(), &actions, nullptr, arguments.data(), environ) != 0)
      process_ = -1;
    posix_spawn_file_actions_destroy(&actions);
    close(sockets[1]);
    close(ends[1]);
    socket = sockets[0];
    answers = ends[0];
    program_ = std::move(program);
  }
  ~Server() {
    hang_up();
    if (answers >= 0) close(answers);
    wait();
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  bool started() const { return process_ > 0; }
  const std::string& program() const { return program_; }
  void hang_up() {
    if (socket >= 0) close(socket);
    socket = -1;
  }

  // Its exit status, once it has gone.
  int wait() {
    if (process_ > 0) {
      while (waitpid(process_, &status_, 0) < 0 && errno == EINTR) {
      }
      process_ = 0;
    }
    return WIFEXITED(status_) ? WEXITSTATUS(status_) : -1;
  }

  int socket = -1, answers = -1;

 private:
  int status_ = 0;
  pid_t process_ = -1;
  std::string program_;
};

class Run {
 public:
  Run(std::size_t count, const Open& open, const ProbeOptions& options, const OnFacts& on_facts)
      : count_(count),
        open_(open),
        window_(static_cast<std::size_t>(std::max(options.jobs, 1)) * 2),
        on_facts_(on_facts),
        server_(options) {}

  std::optional<ProbeError> run() {
    if (!server_.started())
      return ProbeError{"无法启动 " + server_.program() + "，请检查安装是否完整",
                        "cannot start " + server_.program() + "; check the installation"};
    sent_.resize(count_, false);
    while (answered_ < count_) {
      send_some();
      if (answered_ == count_) break;
      if (receive_some()) continue;
      if (server_.wait() == exit_no_sandbox)
        return ProbeError{std::string(no_sandbox().zh), std::string(no_sandbox().en)};
      return ProbeError{
          server_.program() + " 提前退出，尚有 " + std::to_string(count_ - answered_) + " 个文件未检查",
          server_.program() + " ended early; " + std::to_string(count_ - answered_) +
              " files were not examined"};
    }
    return std::nullopt;
  }

 private:
  void answer(std::size_t index, FootageFacts&& facts) {
    ++answered_;
    on_facts_(index, std::move(facts));
  }

  void send_some() {
    while (next_ < count_ && outstanding_ < window_ && server_.socket >= 0) {
      auto opened = open_(next_);
      if (opened.descriptor < 0) {
        answer(next_++, std::move(opened.failure));
        continue;
      }
      const auto sent = send_request(server_.socket, {next_, opened.descriptor});
      close(opened.descriptor);
      if (sent == Sent::full && outstanding_ > 0) return;
      if (sent != Sent::yes) return server_.hang_up();
      sent_[next_++] = true;
      ++outstanding_;
    }
    if (next_ == count_) server_.hang_up();
  }

  // False once the server has gone.
  bool receive_some() {
    char buffer[64 * 1024];
    ssize_t n = 0;
    do n = read(server_.answers, buffer, sizeof buffer);
    while (n < 0 && errno == EINTR);
    if (n <= 0) return false;
    pending_.append(buffer, static_cast<std::size_t>(n));
    std::size_t from = 0;
    for (auto end = pending_.find('\n'); end != std::string::npos; end = pending_.find('\n', from)) {
      if (!take_line(std::string_view(pending_).substr(from, end - from))) return false;
      from = end + 1;
    }
    pending_.erase(0, from);
    return pending_.size() <= max_line;
  }

  bool take_line(std::string_view line) {
    std::size_t index = 0;
    const auto [after, error] = std::from_chars(line.data(), line.data() + line.size(), index);
    if (error != std::errc() || index >= count_ || !sent_[index] || *after != '\t') return false;
    sent_[index] = false;
    --outstanding_;
    line.remove_prefix(static_cast<std::size_t>(after + 1 - line.data()));
    auto facts = facts_from_json(line);
    if (!facts) {
      facts.emplace();
      facts->verdict = Verdict::crashed;
      facts->reason = "the reader gave an answer that is no facts";
      facts->reason_zh = "读取程序的答复无法识别";
    }
    answer(index, std::move(*facts));
    return true;
  }

  std::size_t count_;
  const Open& open_;
  std::size_t window_;
  const OnFacts& on_facts_;
  Server server_;
  std::vector<bool> sent_;
  std::string pending_;
  std::size_t next_ = 0, outstanding_ = 0, answered_ = 0;
};

}  // namespace

std::optional<ProbeError> probe_opened(std::size_t count, const Open& open, const ProbeOptions& options,
                                       const OnFacts& on_facts) {
  return Run(count, open, options, on_facts).run();
}

std::optional<ProbeError> probe_files(const std::vector<std::string>& paths, const ProbeOptions& options,
                                      const OnFacts& on_facts) {
  const Open open = [&](std::size_t index) { return open_footage(paths[index]); };
  return probe_opened(paths.size(), open, options, on_facts);
}

}  // namespace jianlu::footage
