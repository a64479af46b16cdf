#include "cli/transfer.h"

#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

namespace jianlu::cli {
namespace {

constexpr std::chrono::milliseconds kBetween{100};

std::string_view g_promise;   // read by a signal handler: set once, before it is installed

void on_interrupt(int signal) {
  const ssize_t ignored = write(STDERR_FILENO, g_promise.data(), g_promise.size());
  static_cast<void>(ignored);
  std::signal(signal, SIG_DFL);
  raise(signal);
}

}  // namespace

std::string describe(const Transferred& done, double seconds, const Options& options) {
  const double unit = done.of_bytes >= 1'000'000'000 ? 1e9 : 1e6;
  std::string out = fmt::format("{}/{} {}, {:.1f}/{:.1f} {}", done.files, done.of_files, options.say("个文件", "files"),
                                static_cast<double>(done.bytes) / unit, static_cast<double>(done.of_bytes) / unit, unit == 1e9 ? "GB" : "MB");
  const double rate = seconds > 0 ? static_cast<double>(done.bytes - done.known) / seconds : 0;
  if (rate <= 0) return out;
  const auto left = static_cast<std::int64_t>(static_cast<double>(done.of_bytes - done.bytes) / rate + 0.5);
  out += fmt::format(", {:.0f} MB/s, ", rate / 1e6);
  const std::string time = left >= 3600 ? fmt::format("{}:{:02}:{:02}", left / 3600, left / 60 % 60, left % 60) : fmt::format("{}:{:02}", left / 60, left % 60);
  return out + (options.language == source::Language::zh ? "还需 " + time : time + " left");
}

Transfer::Transfer(const Options& options) : options_(options), terminal_(isatty(STDERR_FILENO) != 0) {}

void Transfer::clear() {
  if (shown_) fmt::print(stderr, "\r\033[K");
  shown_ = false;
}

void Transfer::operator()(const Transferred& done, const std::string& path) {
  const auto now = std::chrono::steady_clock::now();
  if (!terminal_ || (now - last_ < kBetween && done.files != done.of_files)) return;
  last_ = now;
  shown_ = true;
  fmt::print(stderr, "\r\033[K{} {}  {}", options_.say("读取", "reading"), describe(done, std::chrono::duration<double>(now - start_).count(), options_),
             std::filesystem::path(path).filename().string());
}

std::optional<footage::ProbeError> probe_shown(const std::vector<std::string>& files, const footage::ProbeOptions& probe,
                                               const Options& options, const footage::OnFacts& on_facts) {
  std::vector<std::int64_t> sizes;
  Transferred done;
  for (const std::string& file : files) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    done.of_bytes += sizes.emplace_back(error ? 0 : static_cast<std::int64_t>(size));
  }
  done.of_files = files.size();
  Transfer transfer(options);
  return footage::probe_files(files, probe, [&](std::size_t i, footage::FootageFacts&& facts) {
    ++done.files;
    done.bytes += sizes[i];
    transfer(done, files[i]);
    on_facts(i, std::move(facts));
  });
}

void promise_to_resume(const Options& options) {
  g_promise = options.say("\n已中断；再次运行同一命令，从没有读完的文件接着读\n", "\nstopped; the same command goes on with the files that were not finished\n");
  std::signal(SIGINT, on_interrupt);
}

}  // namespace jianlu::cli
