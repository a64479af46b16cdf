// Readers that hang, eat memory or die cost their own file only.
#include <dirent.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <sstream>
#include <thread>

#include "adapters/footage/json.h"
#include "tests/unit/footage/files.h"
#include "tests/unit/footage/make_mp4.h"

using namespace jianlu::footage;

namespace {

// Keeps a reader busy for seconds: millions of frames of one byte.
std::string slow_file() {
  made::Mp4 mp4;
  mp4.frames = 15'000'000;
  mp4.frame_size = 1;
  return mp4.build();
}

std::vector<FootageFacts> run_program(const std::string& arguments) {
  const auto command = std::string(JIANLU_PROBE) + " " + arguments;
  auto* out = popen(command.c_str(), "r");
  REQUIRE(out);
  std::string text;
  for (char buffer[4096]; auto n = fread(buffer, 1, sizeof buffer, out);) text.append(buffer, n);
  CHECK(pclose(out) == 0);
  std::vector<FootageFacts> all;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto facts = line.find("\"facts\":");
    REQUIRE(facts != std::string::npos);
    auto parsed = facts_from_json(std::string_view(line).substr(facts + 8, line.size() - facts - 9));
    REQUIRE(parsed);
    all.push_back(std::move(*parsed));
  }
  return all;
}

std::vector<pid_t> children_of(pid_t parent) {
  std::vector<pid_t> out;
  auto* processes = opendir("/proc");
  while (const auto* entry = readdir(processes)) {
    const auto pid = static_cast<pid_t>(atoi(entry->d_name));
    if (pid <= 0) continue;
    std::ifstream status("/proc/" + std::to_string(pid) + "/stat");
    std::string text;
    std::getline(status, text);
    const auto name_end = text.rfind(')');
    if (name_end == std::string::npos) continue;
    std::istringstream rest(text.substr(name_end + 1));
    char state;
    pid_t of = 0;
    rest >> state >> of;
    if (of == parent && state != 'Z') out.push_back(pid);
  }
  closedir(processes);
  return out;
}

}  // namespace

TEST_CASE("a reader that takes too long is stopped") {
  Folder folder;
  const auto slow = folder.add("slow.mp4", slow_file()),
             honest = folder.add("honest.mp4", made::Mp4().build());
  const auto f = run_program("--seconds 1 --memory 4096 " + slow + " " + honest);
  REQUIRE(f.size() == 2);
  INFO(f[0].reason);
  CHECK(f[0].verdict == Verdict::over_limit);
  CHECK(f[0].reason == "limit reached: time");
  CHECK(f[0].sha256.size() == 64);
  CHECK(f[1].verdict == Verdict::readable);
}

TEST_CASE("a reader that asks for too much memory is told so") {
  Folder folder;
  made::Mp4 mp4;
  mp4.claimed_frames = 3'000'000;
  const auto f = run_program("--memory 32 " + folder.add("bomb.mp4", mp4.build()));
  REQUIRE(f.size() == 1);
  CHECK(f[0].verdict == Verdict::over_limit);
  CHECK(f[0].sha256.size() == 64);
}

TEST_CASE("a reader that dies leaves the rest of the batch alone") {
  struct How {
    int signal;
    Verdict verdict;
  };
  const auto how = GENERATE(How{SIGSEGV, Verdict::crashed}, How{SIGSYS, Verdict::forbidden});
  Folder folder;
  const std::vector<std::string> paths{folder.add("victim.mp4", slow_file()),
                                       folder.add("honest.mp4", made::Mp4().build())};
  std::vector<FootageFacts> facts(2);
  std::optional<ProbeError> error;
  std::thread batch([&] {
    error = probe_files(paths, {JIANLU_PROBE, 1, 1'000'000},
                        [&](std::size_t i, FootageFacts&& f) { facts[i] = std::move(f); });
  });
  // A child of the server that is there ten times in a row is the reader; the one that tries the sandbox is gone before.
  int killed = 0, seen = 0;
  pid_t last = 0;
  for (int i = 0; i < 2000 && killed == 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    for (const auto server : children_of(getpid()))
      for (const auto worker : children_of(server)) {
        seen = worker == last ? seen + 1 : 1;
        last = worker;
        if (seen == 10) killed += kill(worker, how.signal) == 0;
      }
  }
  batch.join();
  CHECK(killed == 1);
  CHECK_FALSE(error);
  CHECK(facts[0].verdict == how.verdict);
  CHECK(facts[0].sha256.size() == 64);
  CHECK(facts[1].verdict == Verdict::readable);
}
