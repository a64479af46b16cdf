#include "cli/open_store.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

#include "engine/graph/graph.h"
#include "engine/store/failure.h"

namespace jianlu::cli {

int with_store(const Options& options, store::Access access, const std::string& who, const std::function<int(Opened&)>& work) {
  int status = kFine;
  Opened opened;
  opened.judge = load_judge(options, status);
  if (!opened.judge) return status;
  std::error_code error;
  if (access == store::Access::read && !std::filesystem::exists(options.store, error)) {
    fmt::print(stderr, "jianlu: {}{}{}\n", options.say("没有数据库 ", "there is no store "), options.store,
               options.say("；先用 jianlu ingest 采集", "; take something in with jianlu ingest first"));
    return kFailed;
  }
  try {
    opened.store = std::make_unique<store::Store>(options.store, opened.judge->rules.book.vocabulary,
                                                  opened.judge->zones.front(), access, who);
    const int done = work(opened);
    if (opened.store->steady()) return done;
    fmt::print(stderr, "jianlu: {}{}\n", options.store, options.say(" 在读取时被改写，以上内容不可靠；请重新运行", " was written while it was read: what is shown above cannot be relied on; run again"));
    return kFailed;
  } catch (const store::Failure& failure) {
    fmt::print(stderr, "jianlu: {}\n", failure.words().in(options.language));
    if (!failure.mend().in(options.language).empty()) fmt::print(stderr, "  {}\n", failure.mend().in(options.language));
    return kFailed;
  }
}

AuditRules audit_rules(const Judge& judge) {
  AuditRules rules{judge.rules.book, {}, judge.zones, &judge.rules.working_days, {}};
  for (std::size_t i = 0; i < judge.rules.book.norms.size(); ++i) {
    rules.slices.push_back(graph::slice_hash(judge.rules.book, static_cast<model::NormId>(i)));
  }
  for (const rules::Loaded& file : judge.rules.loaded) {
    const bool calendar = file.path.find("calendars/") != std::string::npos;
    const bool vocabulary = file.path.find("vocabulary") != std::string::npos;
    rules.files.push_back({calendar ? "calendar" : vocabulary ? "vocabulary" : "rules", file.path, file.sha256});
  }
  return rules;
}

Progress::Progress(std::string label) : label_(std::move(label)), terminal_(isatty(STDERR_FILENO) != 0) {}

Progress::~Progress() { clear(); }

void Progress::clear() {
  if (shown_) fmt::print(stderr, "\r\033[K");
  shown_ = false;
}

void Progress::operator()(std::int64_t done, std::int64_t of, const std::string& what) {
  if (!terminal_ || of == 0) return;
  const std::int64_t permille = done * 1000 / of;
  if (permille == last_ && done != of) return;
  last_ = permille;
  shown_ = true;
  fmt::print(stderr, "\r\033[K{} {}/{} ({}%) {}", label_, done, of, permille / 10, std::filesystem::path(what).filename().string());
}

}  // namespace jianlu::cli
