// SIGKILL at 100 points of a night: ingest and audit are killed, run again, and must end up with the findings, the ledger
// and the receipts of an undisturbed night, byte for byte. Sixty points are spread over every write, sync and truncation
// (every other one tears the write in half), twenty over those of the database file itself, which are checkpoints, and
// twenty over time, whatever happens there.
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>

#include "engine/store/findings.h"
#include "engine/store/intake.h"
#include "engine/store/verify.h"
#include "tests/kill/faulty_vfs.h"
#include "tests/unit/support/audit_world.h"

namespace {

using namespace jianlu;
using namespace jianlu::test;
namespace files = std::filesystem;

constexpr int kSessions = 400;
constexpr int kWalPages = 150;

void take(store::Intake& intake, const std::string& name, const std::vector<fact::Document>& documents,
          const std::vector<fact::Delivery>& deliveries) {
  if (!intake.begin({name, "manifest", fact::digest(name), 1})) return;
  for (const fact::Document& d : documents) intake.put(d);
  for (const fact::Delivery& d : deliveries) intake.put(d);
  intake.finish("read");
}

fact::Document session(const model::Vocabulary& v, int i, bool later) {
  Say said = a_session(v, "S" + std::to_string(i), "U" + std::to_string(i % 3), i)
                 .row(a_recording(v, "R1", i % 2 ? "D1" : "D2", i));
  if (i % 5 || later) said.row(a_transfer(v, i + i % 40));
  if (i % 7 == 0) said.value("had_violation", i % 11 == 0 && later ? fact::kFalse : fact::kTrue);
  if (i == 231 && later) said.value("had_violation", fact::kFalse);   // said twice: no document; it cannot be judged
  return said.document;
}

AuditResult audit(store::Store& store, const SmallRules& small, std::int64_t hours, unsigned threads) {
  AuditOptions options;
  options.as_of = kMay + hours * hour;
  options.batch_rows = 24;
  options.threads = threads;
  return jianlu::audit(store, small.rules(), options);
}

// What is there before the night: one ingest, one audit.
void day_before(const files::path& path, const SmallRules& small) {
  const model::Vocabulary& v = small.book.vocabulary;
  store::Store store(path.string(), v, small.zone, store::Access::write, "the day before");
  store::Intake intake(store, kMay);
  std::vector<fact::Document> documents{a_unit(v, "U0"), a_device(v, "D1", "U1", 50), a_device(v, "D2", "U1", 500)};
  for (int i = 0; i < kSessions; ++i) documents.push_back(session(v, i, false));
  take(intake, "first", documents, {a_delivery(v, "transfer", "U1", 150), a_delivery(v, "recording", "U2", 400)});
  audit(store, small, 200, 1);
}

// Changes of every kind, so that findings open, change, close and open again.
void night(const files::path& path, const SmallRules& small, unsigned threads) {
  const model::Vocabulary& v = small.book.vocabulary;
  store::Store store(path.string(), v, small.zone, store::Access::write, "the night");
  store::Intake intake(store, kMay + 1);
  std::vector<fact::Document> documents{a_device(v, "D2", "U1", 90)};
  for (int i = 0; i < kSessions; i += 3) documents.push_back(session(v, i, true));
  take(intake, "second", documents, {a_delivery(v, "transfer", "U0", 500)});
  documents.clear();
  for (int i = 0; i < 60; ++i) {
    documents.push_back(a_complaint(v, "C" + std::to_string(i), "U0", "S" + std::to_string(i * 5), 300));
    documents.push_back(a_session(v, "N" + std::to_string(i), "U1", 400 + i).document);
  }
  take(intake, "third", documents, {a_delivery(v, "complaint", "U1", 500)});
  audit(store, small, 450, threads);
}

// All that counts, as text.
std::string dump(const files::path& path, const SmallRules& small) {
  store::Store store(path.string(), small.book.vocabulary, small.zone, store::Access::read);
  std::string out;
  store::for_each_finding(store, {true, {}, {}, {}}, [&](const store::Finding& f) {
    out += f.key.norm + ' ' + f.key.subject + ' ' + std::string(finding::id(f.event)) + ' ' +
           std::string(outcome::id(f.verdict.outcome)) + ' ' + std::to_string(f.verdict.due) + ' ' +
           std::to_string(f.verdict.cured_at) + ' ' + f.slice + ' ' + std::to_string(f.opened) + ' ' + std::to_string(f.last) + '\n';
  });
  store::for_each_entry(store, std::nullopt, [&](const store::Entry& e) {
    const finding::Transition& t = e.transition;
    out += std::to_string(e.number) + ' ' + e.hash + ' ' + t.key.norm + ' ' + t.key.subject + ' ' +
           std::string(finding::id(t.event)) + ' ' + std::to_string(t.as_of) + ' ' + t.reason + '\n';
  });
  for (const store::Receipt& r : store::receipts(store)) out += r.body + r.digest + '\n';
  for (const diag::Words& fault : store::verify(store, false).faults) out += "FAULT " + fault.en + '\n';
  return out;
}

// The first line that is not the same.
std::string difference(const std::string& expected, const std::string& found) {
  const auto at = std::mismatch(expected.begin(), expected.end(), found.begin(), found.end());
  const auto line = [](const std::string& text, std::size_t place) {
    const std::size_t begin = text.rfind('\n', place == 0 ? 0 : place - 1) + 1;
    return text.substr(begin, text.find('\n', place) - begin) + '\n';
  };
  return "  expected " + line(expected, static_cast<std::size_t>(at.first - expected.begin())) + "  found    " +
         line(found, static_cast<std::size_t>(at.second - found.begin()));
}

void copy_store(const files::path& from, const files::path& to) {
  for (const char* tail : {"", "-wal", "-shm"}) files::remove(to.string() + tail);
  files::copy_file(from, to);
}

// Runs in a process of its own; `after` may kill it. Returns how it ended (as waitpid says).
int run(const std::function<void()>& work, const std::function<void(pid_t)>& after = {}) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    try {
      work();
    } catch (const std::exception& e) {
      std::fprintf(stderr, "%s\n", e.what());
      _exit(9);
    }
    _exit(0);
  }
  if (after) after(child);
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

}  // namespace

int main() {
  const files::path memory = "/dev/shm";
  const files::path folder = (access(memory.c_str(), W_OK) == 0 ? memory : files::temp_directory_path()) /
                             ("jianlu-kill-" + std::to_string(getpid()));
  files::create_directories(folder);
  const files::path base = folder / "base.db", work = folder / "work.db";
  const SmallRules small;
  auto* counts = static_cast<kill::Counts*>(
      mmap(nullptr, sizeof(kill::Counts), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));

  if (run([&] { day_before(base, small); }) != 0) return 2;
  copy_store(base, work);
  const auto start = std::chrono::steady_clock::now();
  *counts = {};
  if (run([&] {
        kill::install(*counts, {}, kWalPages);
        night(work, small, 1);
      }) != 0) return 2;
  const auto took = std::chrono::steady_clock::now() - start;
  const kill::Counts whole = *counts;
  std::string expected;
  expected = dump(work, small);
  std::printf("undisturbed: %lld steps, %lld of them checkpoints, %zu bytes compared\n",
              static_cast<long long>(whole.steps), static_cast<long long>(whole.main_steps), expected.size());

  int failures = 0, killed = 0;
  for (int point = 0; point < 100; ++point) {
    kill::Plan plan;
    std::chrono::nanoseconds delay{};
    std::string where;
    if (point < 60) {
      plan.at_step = 1 + whole.steps * point / 60;
      plan.torn = point % 2 == 1;
      where = "step " + std::to_string(plan.at_step) + (plan.torn ? " (torn)" : "");
    } else if (point < 80) {
      plan.at_main_step = 1 + whole.main_steps * (point - 60) / 20;
      plan.torn = point % 2 == 1;
      where = "checkpoint step " + std::to_string(plan.at_main_step) + (plan.torn ? " (torn)" : "");
    } else {
      delay = took * (point - 79) / 21;
      where = "after " + std::to_string(delay.count() / 1000) + " us";
    }
    // A kill by time that came after the end is tried again earlier.
    bool died = false;
    int ended = 0;
    const unsigned threads = 1 + static_cast<unsigned>(point % 2);
    for (int attempt = 0; attempt < (point < 80 ? 1 : 6) && !died; ++attempt, delay = delay * 2 / 3) {
      copy_store(base, work);
      *counts = {};
      ended = run(
          [&] {
            kill::install(*counts, plan, kWalPages);
            night(work, small, threads);
          },
          [&](pid_t child) {
            if (point < 80) return;
            std::this_thread::sleep_for(delay);
            ::kill(child, SIGKILL);
          });
      died = WIFSIGNALED(ended) && WTERMSIG(ended) == SIGKILL;
    }
    killed += died;
    if (!died && point < 80) {
      std::printf("FAILED: was not killed at %s\n", where.c_str());
      ++failures;
    }
    if (run([&] { night(work, small, threads); }) != 0) {
      std::printf("FAILED: the night after being killed at %s did not end\n", where.c_str());
      ++failures;
      continue;
    }
    if (const std::string found = dump(work, small); found != expected) {
      std::printf("FAILED: killed at %s, findings, ledger or receipts differ:\n%s", where.c_str(),
                  difference(expected, found).c_str());
      ++failures;
    }
  }
  files::remove_all(folder);
  std::printf("%d of 100 runs killed, %d failures\n", killed, failures);
  return failures == 0 && killed >= 90 ? 0 : 1;
}
