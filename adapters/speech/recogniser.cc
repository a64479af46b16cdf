#include "adapters/speech/recogniser.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>

#include "adapters/encoding/encoding.h"
#include "adapters/speech/keeper.h"

namespace jianlu::speech {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kSaid = 300;          // of what it wrote to its standard error, the end
constexpr int kLook = 20;                   // milliseconds between two looks whether it has ended
constexpr auto kDrain = std::chrono::seconds(1);

class Descriptor {
 public:
  Descriptor() = default;
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  void take(int fd) {
    close();
    fd_ = fd;
  }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  int get() const { return fd_; }

 private:
  int fd_ = -1;
};

struct Pipe {
  Descriptor read, write;
  bool open() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    read.take(ends[0]);
    write.take(ends[1]);
    return true;
  }
};

enum class End { running, ended, overtime, flooded };

class Run {
 public:
  Run(const Recogniser& how, const std::string& file) : how_(how) {
    for (std::string word : how.arguments) {
      for (std::size_t at = 0; (at = word.find("{file}", at)) != std::string::npos; at += file.size()) word.replace(at, 6, file);
      words_.push_back(std::move(word));
    }
    for (std::string& word : words_) arguments_.push_back(word.data());
    arguments_.push_back(nullptr);
  }

  Recognised operator()() {
    for (Pipe* pipe : {&out_, &err_, &failed_, &control_, &status_}) {
      if (!pipe->open()) return cannot_start(errno);
    }
    keeper_ = fork();
    if (keeper_ < 0) return cannot_start(errno);
    if (keeper_ == 0) keep(arguments_.data(), how_, {out_.write.get(), err_.write.get(), failed_.write.get(), control_.read.get(), status_.write.get()});
    for (Pipe* pipe : {&out_, &err_, &failed_, &status_}) pipe->write.close();
    control_.read.close();
    int error = 0;
    const bool started = ::read(failed_.read.get(), &error, sizeof error) == 0;
    for (Pipe* pipe : {&out_, &err_}) fcntl(pipe->read.get(), F_SETFL, O_NONBLOCK);
    const End end = started ? wait_for_it() : End::ended;
    const int status = finish();
    return started ? verdict(end, status) : cannot_start(error);
  }

 private:
  // How the recogniser ended; where nobody can say, how its keeper did.
  int finish() {
    control_.write.close();
    int status = 0, told = 0;
    while (waitpid(keeper_, &status, 0) < 0 && errno == EINTR) {}
    if (::read(status_.read.get(), &told, sizeof told) == sizeof told) status = told;
    const Clock::time_point until = Clock::now() + kDrain;
    while (output_.size() <= how_.output && out_.read.get() >= 0 && Clock::now() < until && look(0)) {}
    return status;
  }

  bool exited() const {
    pollfd told{status_.read.get(), POLLIN, 0};
    return poll(&told, 1, 0) > 0;
  }

  End wait_for_it() {
    const Clock::time_point until = Clock::now() + std::chrono::seconds(how_.seconds);
    for (;;) {
      if (exited()) return End::ended;
      if (Clock::now() >= until) return End::overtime;
      look(kLook);
      if (output_.size() > how_.output) return End::flooded;
    }
  }

  // Reads what is there, waiting so many milliseconds. False: there was nothing.
  bool look(int milliseconds) {
    std::array<pollfd, 2> fds{{{out_.read.get(), POLLIN, 0}, {err_.read.get(), POLLIN, 0}}};   // a closed one is passed over
    if (poll(fds.data(), fds.size(), milliseconds) <= 0) return false;
    bool any = false;
    if (fds[0].revents != 0) any |= read(out_.read, output_);
    if (fds[1].revents != 0) any |= read(err_.read, said_);
    if (said_.size() > 2 * kSaid) said_.erase(0, said_.size() - kSaid);
    return any;
  }

  static bool read(Descriptor& from, std::string& into) {
    std::array<char, 64 << 10> buffer;
    const ssize_t got = ::read(from.get(), buffer.data(), buffer.size());
    if (got > 0) into.append(buffer.data(), static_cast<std::size_t>(got));
    if (got == 0) from.close();
    return got > 0;
  }

  // The last line of what it complained about, shortened, as plain UTF-8.
  std::string complaint() const {
    std::string_view text = said_;
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) text.remove_suffix(1);
    const std::size_t line = text.rfind('\n');
    if (line != std::string_view::npos) text.remove_prefix(line + 1);
    if (text.size() > kSaid) text.remove_prefix(text.size() - kSaid);
    while (!text.empty() && (text.front() & 0xC0) == 0x80) text.remove_prefix(1);
    std::string out(text);
    std::replace_if(out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    auto decoded = encoding::to_utf8(out);
    if (auto* const plain = std::get_if<encoding::Text>(&decoded)) return std::move(plain->utf8);
    std::replace_if(out.begin(), out.end(), [](char c) { return (c & 0x80) != 0; }, '?');
    return out;
  }

  Recognised failed(std::string zh, std::string en) const {
    const std::string said = complaint();
    if (!said.empty()) {
      zh += "；它说：" + said;
      en += "; it said: " + said;
    }
    return {"", diag::Words(std::move(zh), std::move(en))};
  }

  Recognised cannot_start(int error) const {
    const std::string program = words_.empty() ? "" : words_[0], why = std::strerror(error);
    return {"", diag::Words("语音识别命令“" + program + "”启动不了：" + why, "the recogniser `" + program + "` cannot be started: " + why)};
  }

  Recognised verdict(End end, int status) {
    const std::string seconds = std::to_string(how_.seconds), megabytes = std::to_string(how_.output >> 20);
    if (end == End::overtime) {
      return failed("语音识别超过 " + seconds + " 秒没有结束，已停止", "the recogniser had not ended after " + seconds + " s and was stopped");
    }
    if (end == End::flooded || output_.size() > how_.output) {
      return failed("语音识别的输出超过 " + megabytes + " MiB，已停止", "the recogniser printed more than " + megabytes + " MiB and was stopped");
    }
    if (WIFSIGNALED(status)) {
      const std::string signal = std::to_string(WTERMSIG(status));
      return failed("语音识别程序异常终止（信号 " + signal + "）", "the recogniser died of signal " + signal);
    }
    if (WEXITSTATUS(status) != 0) {
      const std::string code = std::to_string(WEXITSTATUS(status));
      return failed("语音识别没有成功（退出码 " + code + "）", "the recogniser failed with exit code " + code);
    }
    return {std::move(output_), std::nullopt};
  }

  const Recogniser& how_;
  std::vector<std::string> words_;
  std::vector<char*> arguments_;
  Pipe out_, err_, failed_, control_, status_;
  pid_t keeper_ = -1;
  std::string output_, said_;
};

}  // namespace

Recognised recognise(const Recogniser& recogniser, const std::string& file) {
  std::error_code ignored;
  // Absolute, so that a name that begins with a dash is no option.
  const std::filesystem::path whole = std::filesystem::absolute(file, ignored);
  return Run(recogniser, ignored ? file : whole.string())();
}

}  // namespace jianlu::speech
