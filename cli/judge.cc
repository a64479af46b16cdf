#include "cli/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "adapters/manifest/words.h"
#include "cli/bureaus.h"
#include "cli/output.h"
#include "cli/report_diagnostics.h"
#include "engine/calendar/text.h"
#include "engine/fact/builder.h"

namespace jianlu::cli {

std::unique_ptr<Judge> load_judge(const Options& options, int& status) {
  const auto laws = laws_of_judge(options);
  if (!laws) {
    status = kFailed;
    return nullptr;
  }
  auto judge = std::make_unique<Judge>();
  judge->rules = rules::load(options.rules, *laws);
  if (!judge->rules.usable()) {
    report_diagnostics(judge->rules, options);
    status = judge->rules.unreadable.empty() ? kWanting : kFailed;
    return nullptr;
  }
  for (const model::Regulation& r : judge->rules.book.regulations) {
    judge->zones.push_back(calendar::Zone::find(r.zone).value_or(calendar::Zone::utc()));
  }
  if (judge->zones.empty()) {
    fmt::print(stderr, "jianlu: {}\n", std::string(options.say("规则文件夹里没有规定：", "the rules folder holds no regulation: ")) + options.rules);
    status = kFailed;
    return nullptr;
  }
  if (judge->rules.book.regulations.size() == 1) judge->rules.book.vocabulary.viewer = judge->rules.book.regulations.front().id;
  judge->plan = plan::compile(judge->rules.book);
  return judge;
}

std::optional<calendar::Instant> as_of(const std::string& text, const calendar::Zone& zone, const Options& options) {
  const calendar::Instant now = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  if (text.empty()) return now;
  if (const calendar::ParsedDay day = calendar::parse_day(text); day.fault == calendar::TimeFault::none) {
    const calendar::Instant start = zone.start_of_day(day.day), end = zone.start_of_day(day.day + 1);
    return now < start ? end : std::min(now, end);
  }
  const calendar::ParsedInstant parsed = calendar::parse_instant(text, zone);
  if (parsed.fault == calendar::TimeFault::none) return parsed.instant;
  fmt::print(stderr, "jianlu: --as-of {}: {}\n", text, options.say(calendar::describe_zh(parsed.fault), calendar::describe_en(parsed.fault)));
  return std::nullopt;
}

fact::Facts join(const gather::Gathered& gathered, const Judge& judge, std::vector<fact::Problem>& problems) {
  fact::Builder builder(judge.rules.book.vocabulary, judge.zones.front());
  for (const gather::Source& source : gathered.sources) builder.source(source.path);
  for (const gather::Source& source : gathered.sources) {
    for (const fact::Document& document : source.documents) builder.add(document);
    for (const fact::Delivery& delivery : source.deliveries) builder.add(delivery);
    for (const fact::Doubt& doubt : source.doubts) builder.add(doubt);
  }
  builder.build();
  problems.insert(problems.end(), builder.problems().begin(), builder.problems().end());
  return builder.take();
}

namespace {

std::string words_of(const fact::Problem& p, const std::string& path, const Options& options) {
  const std::string& inside = p.path.in(options.language);
  std::string mend = p.mend.in(options.language);
  if (p.effect == fact::Problem::Effect::file_aside && manifest::word::bureau == p.path.zh) {
    std::string known;
    for (const std::string& id : rules::bureaus(options.rules)) known += (known.empty() ? std::string() : std::string(options.say("、", ", "))) + id;
    if (!known.empty()) mend += std::string(options.say("；现有：", "; there are: ")) + known;
  }
  const std::string line = p.origin.line > 0 ? ":" + std::to_string(p.origin.line) : "", column = p.column > 0 ? ":" + std::to_string(p.column) : "";
  return plain(fmt::format("{}{}{}: {}{}{}{}", path, line, column, inside, inside.empty() ? "" : ": ",
                           p.what.in(options.language), mend.empty() ? "" : std::string(options.say("；", "; ")) + mend));
}

}  // namespace

void print_problem(const fact::Problem& problem, const std::string& path, std::size_t more, std::FILE* to, const Options& options) {
  fmt::print(to, "{}{}\n", words_of(problem, path, options),
             more == 0 ? "" : options.language == source::Language::zh ? fmt::format("（这一行另有 {} 处）", more) : fmt::format(" ({} more in this line)", more));
}

void print_problems(const std::vector<fact::Problem>& problems, const std::vector<std::string>& sources, std::FILE* to, const Options& options) {
  for (const fact::Problem& p : problems) {
    const std::string path = p.origin.source >= 0 && p.origin.source < static_cast<std::int32_t>(sources.size())
                                 ? sources[p.origin.source] : "";
    fmt::print(to, "{}\n", words_of(p, path, options));
  }
}

void print_gathered(const gather::Gathered& gathered, std::FILE* to, const Options& options) {
  std::vector<std::string> paths;
  for (const gather::Source& source : gathered.sources) paths.push_back(source.path);
  for (const gather::Source& source : gathered.sources) {
    std::string note;
    if (source.kind == gather::Source::Kind::footage) {
      if (!source.match.session.empty()) note = std::string(options.say("→ 场次 ", "→ session ")) + source.match.session;
      else if (!source.match.how.zh.empty()) note = source.match.how.in(options.language);
      if (source.match.time.start) {
        note += std::string(options.say("；", "; ")) + std::string(clock::describe(source.match.time).in(options.language));
      }
    }
    fmt::print(to, "{} {}: {}{}\n", source.sound ? " " : "!", plain(source.path), source.verdict.in(options.language), note.empty() ? "" : "  " + plain(note));
    print_problems(source.problems, paths, to, options);
  }
  for (const std::string& key : gathered.sessions_without_clip) {
    fmt::print(to, "  {} {}: {}\n", options.say("场次", "session"), plain(key), options.say("没有对应的录像文件", "no clip fits it"));
  }
  for (const diag::Words& fault : gathered.faults) fmt::print(stderr, "jianlu: {}\n", plain(fault.in(options.language)));
}

}  // namespace jianlu::cli
