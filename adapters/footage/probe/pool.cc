#include "adapters/footage/probe/pool.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

#include "adapters/footage/json.h"
#include "adapters/footage/probe/worker.h"

namespace jianlu::footage {
namespace {

struct Job {
  std::uint64_t id;
  OpenedFile file;
  Worker worker;
  std::optional<FootageFacts> failure;  // set on the second try, which only identifies the file
};

FootageFacts system_refused() {
  FootageFacts facts;
  facts.verdict = Verdict::unreadable;
  facts.reason = "the system cannot start another process or pipe";
  facts.reason_zh = "系统无法再启动进程或管道";
  return facts;
}

int wait_milliseconds(const std::vector<Job>& jobs) {
  auto first = jobs.front().worker.deadline();
  for (const auto& job : jobs) first = std::min(first, job.worker.deadline());
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(first - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count() + 1, 0, 60'000));
}

}  // namespace

void Pool::run(const Sandbox& sandbox) {
  std::vector<Job> running;
  bool more = true;
  while (more || !running.empty()) {
    while (more && running.size() < static_cast<std::size_t>(std::max(jobs, 1))) {
      const auto request = next();
      if (!request) {
        more = false;
        break;
      }
      auto file = take_footage(request->descriptor);
      if (file.descriptor < 0) {
        done(request->id, to_json(file.failure));
      } else if (auto worker = Worker::start(file, examination, sandbox)) {
        running.push_back({request->id, std::move(file), std::move(*worker), std::nullopt});
      } else {
        close(file.descriptor);
        done(request->id, to_json(system_refused()));
      }
    }
    if (running.empty()) continue;
    std::vector<pollfd> waits;
    for (const auto& job : running) waits.push_back({job.worker.pipe(), POLLIN, 0});
    poll(waits.data(), waits.size(), wait_milliseconds(running));
    const auto now = std::chrono::steady_clock::now();
    for (std::size_t i = running.size(); i-- > 0;) {
      auto& job = running[i];
      if (now >= job.worker.deadline()) job.worker.kill_late();
      const bool late = now >= job.worker.deadline();
      if (!late && !(waits[i].revents && job.worker.drain())) continue;
      auto end = job.worker.finish();
      if (end.failure && !job.failure) {
        // The file keeps its identity even when it cannot be examined.
        if (auto again = Worker::start(job.file, examination, sandbox, &*end.failure)) {
          job.worker = std::move(*again);
          job.failure = std::move(end.failure);
          continue;
        }
      }
      const auto& failure = job.failure ? job.failure : end.failure;
      done(job.id, end.json.empty() ? to_json(*failure) : end.json);
      close(job.file.descriptor);
      running.erase(running.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
}

}  // namespace jianlu::footage
