#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <thread>

#include "adapters/devices/devices.h"
#include "adapters/footage/client.h"
#include "adapters/footage/json.h"
#include "cli/command.h"
#include "cli/files.h"
#include "cli/profiles.h"
#include "cli/transfer.h"
#include "report/inspection.h"

namespace jianlu::cli {
namespace {

void print_text(const std::string& path, const footage::FootageFacts& f, const Options& options) {
  const auto say = [&](const footage::Wording& w) { return options.say(w.zh, w.en); };
  const std::string& reason = options.language == source::Language::zh ? f.reason_zh : f.reason;
  fmt::print("{}: {}{}{}\n", path, say(footage::wording(f.verdict)), reason.empty() ? "" : options.say("：", ": "), reason);
  fmt::print("  {} {}  sha256 {}\n", f.size, options.say("字节", "bytes"), f.sha256.empty() ? "-" : f.sha256);
  if (!f.format.empty()) {
    fmt::print("  {} {}{}\n", options.say("容器", "container"), f.format,
               f.duration ? "  " + footage::seconds_text(*f.duration) : "");
  }
  for (const footage::StatedTime& t : f.times) {
    fmt::print("  {} {}（{}）\n", t.source, t.text, say(footage::wording(t.trust)));
  }
  for (const footage::StreamFacts& s : f.streams) {
    std::string size = s.width > 0 ? fmt::format(" {}x{}", s.width, s.height) : "";
    if (s.sample_rate > 0) size += fmt::format(" {} Hz", s.sample_rate);
    fmt::print("  #{} {} {}{}  {} {}", s.index, say(footage::wording(s.kind)), s.codec, size, s.packets,
               options.say("个包", "packets"));
    if (s.duration) fmt::print("  {}", footage::seconds_text(*s.duration));
    if (s.gap_count > 0) fmt::print("  {} {}", s.gap_count, options.say("处时间跳跃", "jumps in time"));
    if (s.discarded > 0) fmt::print("  {} {}", s.discarded, options.say("个包被编辑列表隐藏", "packets hidden by the edit list"));
    if (s.missing > 0) fmt::print("  {} {}", s.missing, options.say("个包索引里有、文件里没有", "packets indexed but absent"));
    fmt::print("\n");
  }
  if (f.clock && f.clock->clock_length && f.clock->stream_length) {
    fmt::print("  {}“{}”  {} {}，{} {}\n", options.say("画面时钟", "burnt-in clock "), f.clock->text, options.say("时钟走了", "by the clock"),
               footage::seconds_text(*f.clock->clock_length), options.say("录像走了", "by the stream"), footage::seconds_text(*f.clock->stream_length));
  }
  if (f.signs.empty()) return;
  fmt::print("  {}{}\n", options.say("来源迹象，合起来像：", "signs of origin, read together: "), say(footage::wording(f.reading)));
  for (const footage::Sign* sign : report::signs_in_order(f)) {
    const footage::SignWording words = footage::wording(sign->kind);
    std::string where;
    if (sign->time) where += " @" + report::footage_time(*sign->time);
    if (sign->length) where += "+" + footage::seconds_text(*sign->length);
    if (sign->byte_offset) where += fmt::format(" {} {}", options.say("字节", "byte"), *sign->byte_offset);
    fmt::print("    - [{}]{} {}{}{}\n", say(footage::wording(sign->weight)), where, say(words.name), options.say("：", ": "), sign->evidence.in(options.language));
    const std::string_view innocent = options.say(words.innocent_zh, words.innocent_en);
    if (!innocent.empty()) fmt::print("      {}{}\n", options.say("也可能只是：", "may be innocent: "), innocent);
  }
}

// Pictures for the page, taken in a second reading: what the burnt-in clock showed first, before and after each jump, last.
void take_stills(const std::vector<std::string>& files, std::vector<footage::FootageFacts>& all, footage::ProbeOptions probe) {
  constexpr std::size_t most = 8;
  probe.watching.sound = probe.watching.speech = probe.watching.clock = false;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto& clock = all[i].clock;
    if (!clock || clock->readings.empty()) continue;
    std::set<std::int64_t> times{clock->readings.front().time, clock->readings.back().time};
    for (const footage::ClockStep& step : clock->steps) {
      if (times.size() + 2 > most) break;
      times.insert({step.before, step.after});
    }
    probe.watching.stills.assign(times.begin(), times.end());
    footage::probe_files({files[i]}, probe, [&](std::size_t, footage::FootageFacts&& f) { all[i].stills = std::move(f.stills); });
  }
}

bool write_page(const std::string& path, const std::vector<std::string>& files, const std::vector<footage::FootageFacts>& all,
                const Options& options) {
  std::vector<report::Inspected> shown;
  for (std::size_t i = 0; i < files.size(); ++i) shown.push_back({files[i], &all[i]});
  std::ofstream out(path, std::ios::binary);
  out << report::render_inspection(shown, options.language);
  out.close();
  if (!out) fmt::print(stderr, "jianlu: {}: {}\n", path, options.say("写不了这个文件", "cannot write this file"));
  return static_cast<bool>(out);
}

}  // namespace

void add_inspect(Program program) {
  const Options& o = program.options;
  CLI::App* command = program.app.add_subcommand(
      "inspect", std::string(o.say("查看录像文件本身：能不能读、时长、编码、来源迹象", "Look at footage files: readable or not, length, codecs, signs of origin")));
  struct Wanted {
    std::vector<std::string> paths, profiles;
    std::string html;
    footage::ProbeOptions probe;
    std::string depth;
  };
  auto wanted = std::make_shared<Wanted>();
  wanted->probe.jobs = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  command->add_option("files", wanted->paths, std::string(o.say("文件或者文件夹", "files or folders")))->required();
  command->add_option("--jobs", wanted->probe.jobs, std::string(o.say("同时打开几个文件", "files opened at once")))->check(CLI::Range(1, 64));
  command->add_option("--profiles", wanted->profiles, std::string(o.say("另外的设备档案：文件或者文件夹", "further device profiles: files or folders")))->allow_extra_args(false);
  command->add_option("--html", wanted->html, std::string(o.say("另写一个网页，可以单独打开和打印", "write a page too, which needs nothing else")));
  command->add_option("--depth", wanted->depth, std::string(o.say("看多深：container、packets（默认）或 frames", "how deep: container, packets (default) or frames")))
      ->check(CLI::IsMember({"container", "packets", "frames"}));
  command->add_flag("--every-frame", wanted->probe.every_frame, std::string(o.say("解码每一帧（用于 frames）", "decode every frame (at frames)")));
  command->add_flag("--unsafe-no-sandbox", wanted->probe.unsafe_no_sandbox, std::string(o.say("无法建立沙箱时，仍然读取", "read files even where no sandbox can be made")));
  command->callback([program, wanted] {
    const Options& options = program.options;
    bool whole = true;
    const std::vector<std::string> files = files_below(wanted->paths, options, whole);
    if (!whole) program.status = kFailed;
    std::vector<footage::FootageFacts> all(files.size());
    if (const auto depth = footage::depth_of(wanted->depth)) wanted->probe.depth = *depth;
    const auto profiles = read_profiles(wanted->profiles, options);
    if (!profiles) {
      program.status = kFailed;
      return;
    }
    const auto error = probe_shown(files, wanted->probe, options, [&](std::size_t i, footage::FootageFacts&& f) { all[i] = std::move(f); });
    if (error) {
      fmt::print(stderr, "jianlu: {}\n", options.say(error->zh, error->en));
      program.status = kFailed;
      return;
    }
    std::vector<devices::Footage> compared;
    for (std::size_t i = 0; i < files.size(); ++i) compared.push_back({files[i], &all[i]});
    devices::compare(*profiles, std::move(compared));
    if (!wanted->html.empty()) take_stills(files, all, wanted->probe);
    if (!wanted->html.empty() && !write_page(wanted->html, files, all, options)) program.status = kFailed;
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (options.format == "json") fmt::print("{{\"file\":{},\"facts\":{}}}\n", footage::json_quoted(files[i]), footage::to_json(all[i]));
      else print_text(files[i], all[i], options);
      if (all[i].verdict == footage::Verdict::unreadable) program.status = kFailed;
    }
  });
}

}  // namespace jianlu::cli
