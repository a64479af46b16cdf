#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "adapters/footage/client.h"
#include "adapters/footage/json.h"
#include "cli/command.h"
#include "cli/files.h"

namespace jianlu::cli {
namespace {

std::string seconds(std::int64_t micros) { return fmt::format("{:.3f}", static_cast<double>(micros) / 1e6); }

void print_text(const std::string& path, const footage::FootageFacts& f, const Options& options) {
  const auto say = [&](const footage::Wording& w) { return options.say(w.zh, w.en); };
  const std::string& reason = options.language == source::Language::zh ? f.reason_zh : f.reason;
  fmt::print("{}: {}{}{}\n", path, say(footage::wording(f.verdict)), reason.empty() ? "" : options.say("：", ": "), reason);
  fmt::print("  {} {}  sha256 {}\n", f.size, options.say("字节", "bytes"), f.sha256.empty() ? "-" : f.sha256);
  if (!f.format.empty()) {
    fmt::print("  {} {}{}\n", options.say("容器", "container"), f.format,
               f.duration ? fmt::format("  {} s", seconds(*f.duration)) : "");
  }
  for (const footage::StatedTime& t : f.times) {
    fmt::print("  {} {}（{}）\n", t.source, t.text, say(footage::wording(t.trust)));
  }
  for (const footage::StreamFacts& s : f.streams) {
    std::string size = s.width > 0 ? fmt::format(" {}x{}", s.width, s.height) : "";
    if (s.sample_rate > 0) size += fmt::format(" {} Hz", s.sample_rate);
    fmt::print("  #{} {} {}{}  {} {}", s.index, say(footage::wording(s.kind)), s.codec, size, s.packets,
               options.say("个包", "packets"));
    if (s.duration) fmt::print("  {} s", seconds(*s.duration));
    if (s.gap_count > 0) fmt::print("  {} {}", s.gap_count, options.say("处时间跳跃", "jumps in time"));
    if (s.discarded > 0) fmt::print("  {} {}", s.discarded, options.say("个包被剪辑表隐藏", "packets hidden by the edit list"));
    if (s.missing > 0) fmt::print("  {} {}", s.missing, options.say("个包索引里有、文件里没有", "packets indexed but absent"));
    fmt::print("\n");
  }
  if (f.signs.empty()) return;
  fmt::print("  {}{}\n", options.say("来源迹象，合起来像：", "signs of origin, read together: "), say(footage::wording(f.reading)));
  for (const footage::Sign& sign : f.signs) {
    const footage::SignWording words = footage::wording(sign.kind);
    fmt::print("    - {}{}{}\n", say(words.name), options.say("：", ": "), sign.evidence);
    const std::string_view innocent = options.say(words.innocent_zh, words.innocent_en);
    if (!innocent.empty()) fmt::print("      {}{}\n", options.say("也可能只是：", "may be innocent: "), innocent);
  }
}

}  // namespace

void add_inspect(Program program) {
  const Options& o = program.options;
  CLI::App* command = program.app.add_subcommand(
      "inspect", std::string(o.say("查看录像文件本身：能不能读、时长、编码、来源迹象", "Look at footage files: readable or not, length, codecs, signs of origin")));
  auto paths = std::make_shared<std::vector<std::string>>();
  auto jobs = std::make_shared<int>(static_cast<int>(std::max(1u, std::thread::hardware_concurrency())));
  command->add_option("files", *paths, std::string(o.say("文件或者文件夹", "files or folders")))->required();
  command->add_option("--jobs", *jobs, std::string(o.say("同时打开几个文件", "files opened at once")))->check(CLI::Range(1, 64));
  command->callback([program, paths, jobs] {
    const Options& options = program.options;
    const std::vector<std::string> files = files_below(*paths);
    std::vector<footage::FootageFacts> all(files.size());
    footage::ProbeOptions probe;
    probe.jobs = *jobs;
    const auto error = footage::probe_files(files, probe, [&](std::size_t i, footage::FootageFacts&& f) { all[i] = std::move(f); });
    if (error) {
      fmt::print(stderr, "jianlu: {}\n", options.say(error->zh, error->en));
      program.status = kFailed;
      return;
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (options.format == "json") fmt::print("{{\"file\":{},\"facts\":{}}}\n", footage::json_quoted(files[i]), footage::to_json(all[i]));
      else print_text(files[i], all[i], options);
      if (all[i].verdict == footage::Verdict::unreadable) program.status = kFailed;
    }
  });
}

}  // namespace jianlu::cli
