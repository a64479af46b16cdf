// Mutated media files through jianlu-probe: each gets a verdict, and nothing else happens.
//
//   jianlu_fuzz_media [OPTIONS] FOLDER...   the clips of these folders, mutated
//
// Between them an honest clip, whose facts must not change. Of the server: no child that nobody waits for, no
// descriptor and no memory kept. Exit 1 when any of that fails, or a file makes a reader break out or crash.
#include <dirent.h>
#include <sys/mman.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>

#include "adapters/footage/client.h"
#include "adapters/footage/json.h"
#include "tests/fuzz/mutate.h"

namespace {

using namespace jianlu::footage;

constexpr std::size_t honest_every = 500;
constexpr long kept_memory = 8 << 10;  // KiB that the server may grow by, for its allocator
constexpr int kept_descriptors = 4;

std::vector<pid_t> processes_of(pid_t parent, bool dead) {
  std::vector<pid_t> out;
  auto* processes = opendir("/proc");
  while (const auto* entry = readdir(processes)) {
    const auto pid = static_cast<pid_t>(atoi(entry->d_name));
    if (pid <= 0) continue;
    std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
    std::string text;
    std::getline(in, text);
    const auto name_end = text.rfind(')');
    if (name_end == std::string::npos) continue;
    std::istringstream rest(text.substr(name_end + 1));
    char state = 0;
    pid_t of = 0;
    rest >> state >> of;
    if (of == parent && (state == 'Z') == dead) out.push_back(pid);
  }
  closedir(processes);
  return out;
}

struct Usage {
  int descriptors = 0, zombies = 0;
  long memory = 0;  // KiB, private
};

Usage usage_of(pid_t process) {
  Usage out;
  const auto folder = "/proc/" + std::to_string(process);
  if (auto* all = opendir((folder + "/fd").c_str())) {
    while (readdir(all)) ++out.descriptors;
    closedir(all);
  }
  out.zombies = static_cast<int>(processes_of(process, true).size());
  std::ifstream in(folder + "/status");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("RssAnon:")) out.memory = std::atol(line.c_str() + 8);
  return out;
}

class Fuzz {
 public:
  std::vector<fuzz::Clip> clips;
  std::uint64_t seed = 1;
  std::size_t count = 0;
  ProbeOptions options;

  int run() {
    const auto start = std::chrono::steady_clock::now();
    const auto error = probe_opened(
        count, [&](std::size_t i) { return file(i); }, options,
        [&](std::size_t i, FootageFacts&& f) { take(i, f); });
    if (error) complain(error->en);
    if (answers_ != count)
      complain(std::to_string(answers_) + " answers for " + std::to_string(count) + " files");
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::printf("%zu files from %zu clips, seed %llu, %.0f s\n", count, clips.size(),
                static_cast<unsigned long long>(seed), took.count());
    for (const auto& [verdict, n] : verdicts_) std::printf("  %-12s %zu\n", verdict.c_str(), n);
    std::printf(
        "server: descriptors %d to %d, private memory %ld to %ld KiB, most children not yet waited for %d\n",
        least_.descriptors, most_.descriptors, least_.memory, most_.memory, most_.zombies);
    if (most_.descriptors - least_.descriptors > kept_descriptors * options.jobs)
      complain("the server keeps descriptors");
    if (most_.memory - least_.memory > kept_memory) complain("the server keeps memory");
    if (most_.zombies > options.jobs) complain("the server leaves children behind");
    return failures_ > 0;
  }

 private:
  static bool honest(std::size_t i) { return i % honest_every == 0; }

  OpenedFile file(std::size_t i) {
    const auto bytes = honest(i) ? clips.front().bytes : fuzz::mutant(clips, seed, i);
    OpenedFile out;
    out.descriptor = memfd_create("mutant", MFD_CLOEXEC);
    if (write(out.descriptor, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) std::abort();
    return out;
  }

  void take(std::size_t i, const FootageFacts& facts) {
    ++answers_;
    ++verdicts_[std::string(wording(facts.verdict).id)];
    if (facts.verdict == Verdict::crashed || facts.verdict == Verdict::forbidden ||
        facts.verdict == Verdict::unreadable)
      complain("file " + std::to_string(i) + ": " + facts.reason);
    if (facts.sha256.size() != 64 && facts.verdict != Verdict::unreadable)
      complain("file " + std::to_string(i) + " has no digest");
    if (!honest(i)) return;
    const auto json = to_json(facts);
    if (honest_facts_.empty()) honest_facts_ = json;
    if (json != honest_facts_) complain("the honest file reads differently at " + std::to_string(i));
    look();
  }

  void look() {
    if (server_ == 0) {
      const auto children = processes_of(getpid(), false);
      if (children.empty()) return;
      server_ = children.front();
    }
    const auto now = usage_of(server_);
    if (now.memory == 0) return;  // it has ended already
    if (most_.memory == 0) least_ = now;
    least_.descriptors = std::min(least_.descriptors, now.descriptors);
    most_ = {std::max(most_.descriptors, now.descriptors), std::max(most_.zombies, now.zombies),
             std::max(most_.memory, now.memory)};
  }

  void complain(const std::string& what) {
    ++failures_;
    std::printf("! %s\n", what.c_str());
    std::fflush(stdout);
  }

  std::size_t answers_ = 0, failures_ = 0;
  std::map<std::string, std::size_t> verdicts_;
  std::string honest_facts_;
  pid_t server_ = 0;
  Usage least_, most_;
};

}  // namespace

int main(int count, char** arguments) {
  Fuzz fuzz;
  CLI::App app("mutated media files through jianlu-probe");
  std::vector<std::string> folders;
  std::string write_to, depth = "packets";
  std::size_t only = 0;
  fuzz.count = 2000;
  fuzz.options.jobs = 2;
  app.add_option("folders", folders, "folders of clips")->required();
  app.add_option("--files", fuzz.count, "how many mutants");
  app.add_option("--seed", fuzz.seed);
  app.add_option("--jobs", fuzz.options.jobs);
  app.add_option("--depth", depth, "container, packets or frames");
  app.add_option("--only", only, "write this mutant to --to and stop");
  app.add_option("--to", write_to);
  CLI11_PARSE(app, count, arguments);
  for (const auto& folder : folders)
    for (auto& clip : fuzz::clips_of(folder)) fuzz.clips.push_back(std::move(clip));
  if (fuzz.clips.empty() || !depth_of(depth)) return 2;
  fuzz.options.depth = *depth_of(depth);
  if (!write_to.empty()) {
    std::ofstream(write_to, std::ios::binary) << fuzz::mutant(fuzz.clips, fuzz.seed, only);
    return 0;
  }
  return fuzz.run();
}
