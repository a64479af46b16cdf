#include "cli/audit_from.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <optional>

#include "cli/files.h"
#include "cli/judge.h"
#include "cli/open_store.h"
#include "cli/profiles.h"
#include "cli/stream_file.h"
#include "engine/stream_audit.h"

namespace jianlu::cli {
namespace {

using outcome::Outcome;

std::string count_findings(const std::array<std::int64_t, outcome::kOutcomes>& outcomes, const Options& options) {
  std::string out;
  for (const Outcome o : {Outcome::breached, Outcome::conflict, Outcome::unknown, Outcome::pending}) {
    out += fmt::format("{}{} {}", out.empty() ? "" : options.say("，", ", "), outcome::name(o, options.language), outcomes[static_cast<std::size_t>(o)]);
  }
  return out;
}

int failed(const std::string& path, int error, const Options& options) {
  fmt::print(stderr, "jianlu: {}: {}{}\n", path, options.say("读写失败：", "cannot be read or written: "), std::strerror(error));
  return kFailed;
}

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void summary(const StreamResult& result, const Judge& judge, double seconds, const Options& options) {
  const bool zh = options.language == source::Language::zh;
  fmt::print(stderr, fmt::runtime(zh ? "{} 行，审核 {} 条，搁置 {} 行\n{}\n读入 {} 字节，写出 {} 字节，用时 {:.2f} 秒（处理器 {:.2f} 秒）\n"
                        : "{} lines, {} rows judged, {} lines kept aside\n{}\n{} bytes in, {} bytes out, {:.2f} s ({:.2f} s of processor)\n"),
             result.lines, result.rows, result.rejected, count_findings(result.outcomes, options), result.bytes, result.written, seconds, processor_seconds());
  if (result.notes > 0) fmt::print(stderr, "{}{}\n", options.say("另有提示：", "further notes: "), result.notes);
  if (!result.not_judged.empty()) {
    std::string names;
    for (const model::NormId id : result.not_judged) names += ' ' + judge.rules.book.norms[static_cast<std::size_t>(id)].name.in(options.language);
    fmt::print(stderr, "{}{}\n", options.say("逐条审核时看不到整个期间，以下各条没有审核：", "a stream never shows a whole period; not judged:"), names);
  }
  if (result.stopped) fmt::print(stderr, "{}\n", options.say("没有读完", "broken off before the end"));
}

int audit_lines(const AuditFrom& arguments, const Judge& judge, calendar::Instant as_of, FindingLines::Style style, const Options& options) {
  const auto start = std::chrono::steady_clock::now();
  File in = File::reading(arguments.path), out = File::writing("-");
  if (!in.is_open()) return failed(arguments.path, in.error(), options);
  std::optional<File> rejects;
  if (!arguments.rejects.empty()) {
    rejects.emplace(File::writing(arguments.rejects));
    if (!rejects->is_open()) return failed(arguments.rejects, rejects->error(), options);
  }
  const StopRequest stop;
  manifest::Stream stream([&](char* to, std::size_t size) { return in.read(to, size); }, judge.rules.book.vocabulary);
  if (stream.fault()) {
    fmt::print(stderr, "jianlu: {}: {}\n", arguments.path, stream.fault()->in(options.language));
    return kFailed;
  }
  const StreamRules rules{judge.rules.book, judge.plan, judge.zones, {as_of, &judge.rules.working_days}};
  Progress progress(std::string(options.say("审核", "judging")));
  StreamOptions how;
  how.style = style;
  how.language = options.language;
  how.threads = arguments.threads;
  how.stop = &StopRequest::requested;
  how.findings = [&](std::string_view lines) { return out.write(lines); };
  how.rejected = [&](std::string_view lines) { return !rejects || rejects->write(lines); };
  how.problem = [&](const fact::Problem& problem, std::size_t more) {
    progress.clear();
    print_problem(problem, arguments.path, more, stderr, options);
  };
  how.progress = [&, of = static_cast<std::int64_t>(in.size())](std::size_t bytes) { progress(static_cast<std::int64_t>(bytes), of); };
  const StreamResult result = audit(stream, arguments.path, rules, how);
  progress.clear();
  summary(result, judge, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), options);
  if (StopRequest::requested) StopRequest::follow();
  if (in.error() != 0) return failed(arguments.path, in.error(), options);
  if (out.error() != 0) return failed("-", out.error(), options);
  if (rejects && rejects->error() != 0) return failed(arguments.rejects, rejects->error(), options);
  const bool breached = result.outcomes[static_cast<std::size_t>(Outcome::breached)] > 0;
  return result.rejected > 0 || (arguments.fail_on_breach && breached) ? kWanting : kFine;
}

int audit_files(const AuditFrom& arguments, const Judge& judge, calendar::Instant as_of, FindingLines::Style style, const Options& options) {
  gather::Options how;
  how.profiles = with_default_profiles({});
  how.mappings = {default_mappings()};
  how.probe.jobs = static_cast<int>(arguments.threads);
  bool whole = true;
  const gather::Gathered gathered = gather::gather(files_below({arguments.path}, options, whole), judge.rules.book.vocabulary, judge.zones.front(), how);
  print_gathered(gathered, stderr, options);
  std::vector<fact::Problem> problems;
  const fact::Facts facts = join(gathered, judge, problems);
  print_problems(problems, facts.sources, stderr, options);

  const outcome::Context context{as_of, &judge.rules.working_days};
  exec::Evaluator evaluator(judge.plan);
  exec::Options run;
  run.threads = arguments.threads;
  FindingLines lines(judge.rules.book, judge.zones, context, style, options.language);
  evaluator.evaluate(facts, context, judge.zones, run, [&](std::span<const exec::NormVerdicts> verdicts) { lines.take(verdicts, facts); });
  std::string text;
  lines.write(facts, text);
  File out = File::writing("-");
  if (!out.write(text)) return failed("-", out.error(), options);
  fmt::print(stderr, "{}\n", count_findings(lines.outcomes(), options));
  const bool unsound = !std::all_of(gathered.sources.begin(), gathered.sources.end(), [](const gather::Source& s) { return s.problems.empty(); });
  const bool breached = lines.outcomes()[static_cast<std::size_t>(Outcome::breached)] > 0;
  const auto unreadable = [](const gather::Source& s) { return s.digest == fact::Digest{}; };
  if (!whole || std::any_of(gathered.sources.begin(), gathered.sources.end(), unreadable)) return kFailed;
  const bool aside = std::any_of(problems.begin(), problems.end(), [](const fact::Problem& p) { return p.effect != fact::Problem::Effect::noted; });
  return unsound || aside || (arguments.fail_on_breach && breached) ? kWanting : kFine;
}

}  // namespace

int audit_from(const AuditFrom& arguments, const Options& options) {
  int status = kFine;
  const std::unique_ptr<Judge> judge = load_judge(options, status);
  if (!judge) return status;
  const auto instant = as_of(arguments.at, judge->zones.front(), options);
  if (!instant) return kFailed;
  const auto style = options.format == "text" ? FindingLines::Style::text : FindingLines::Style::json;
  if (arguments.path != "-" && !is_lines(arguments.path)) {
    std::error_code error;
    if (!std::filesystem::exists(arguments.path, error)) return failed(arguments.path, ENOENT, options);
    return audit_files(arguments, *judge, *instant, style, options);
  }
  return audit_lines(arguments, *judge, *instant, style, options);
}

}  // namespace jianlu::cli
