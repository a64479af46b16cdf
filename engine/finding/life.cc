#include "engine/finding/life.h"

namespace jianlu::finding {
namespace {

bool closed(const Standing& finding) { return finding.event == Event::closed; }

Step close(const Standing& finding, const Standing* today, std::int32_t slice) {
  Step step;
  step.now = finding;
  step.now.event = Event::closed;
  if (today != nullptr) {
    step.now.verdict = today->verdict;
    step.now.slice = today->slice;
    step.reason = today->slice == finding.slice ? "facts" : "rules";
  } else {
    step.now.verdict = {};
    if (slice >= 0) step.now.slice = slice;
    step.reason = slice < 0 ? "rules" : "subject gone";
  }
  return step;
}

}  // namespace

std::vector<Step> steps(const std::vector<Standing>& before, const std::vector<Standing>& judged,
                        const std::vector<std::int32_t>& slices) {
  std::vector<Step> out;
  const auto enter = [&](const Standing& today, Event event) {
    out.push_back({today, {}});
    out.back().now.event = event;
  };
  auto was = before.begin();
  auto is = judged.begin();
  while (was != before.end() || is != judged.end()) {
    if (is == judged.end() || (was != before.end() && was->place() < is->place())) {
      if (!closed(*was)) out.push_back(close(*was, nullptr, slices[was->norm]));
      ++was;
    } else if (was == before.end() || is->place() < was->place()) {
      if (is_open(is->verdict.outcome)) enter(*is, Event::opened);
      ++is;
    } else {
      if (!is_open(is->verdict.outcome)) {
        if (!closed(*was)) out.push_back(close(*was, &*is, is->slice));
      } else if (closed(*was)) {
        enter(*is, Event::reopened);
      } else if (was->verdict != is->verdict) {
        enter(*is, Event::changed);
      }
      ++was;
      ++is;
    }
  }
  return out;
}

}  // namespace jianlu::finding
