#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <fstream>
#include <thread>

#include "adapters/devices/learn.h"
#include "adapters/devices/learned.h"
#include "adapters/footage/client.h"
#include "cli/files.h"
#include "cli/profiles.h"

namespace jianlu::cli {
namespace {

struct Wanted {
  std::vector<std::string> paths;
  std::string out;
  devices::LearnOptions how;
};

// Originals only: what reads as edited would teach the profile to excuse edits.
std::optional<std::vector<devices::Original>> originals(const std::vector<std::string>& files, const Options& options) {
  std::vector<footage::FootageFacts> all(files.size());
  footage::ProbeOptions probe;
  probe.jobs = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  const auto error = footage::probe_files(files, probe, [&](std::size_t i, footage::FootageFacts&& f) { all[i] = std::move(f); });
  if (error) {
    fmt::print(stderr, "jianlu: {}\n", options.say(error->zh, error->en));
    return std::nullopt;
  }
  std::vector<devices::Original> out;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const footage::Wording verdict = footage::wording(all[i].verdict), reading = footage::wording(all[i].reading);
    if (all[i].verdict != footage::Verdict::readable) {
      fmt::print(stderr, "- {}: {}\n", files[i], options.say(verdict.zh, verdict.en));
    } else if (all[i].reading == footage::Reading::edited || all[i].reading == footage::Reading::exported) {
      fmt::print(stderr, "- {}: {}\n", files[i], options.say(reading.zh, reading.en));
    } else {
      out.push_back({files[i], std::move(all[i])});
    }
  }
  return out;
}

int learn(const Wanted& wanted, const Options& options) {
  bool whole = true;
  const auto from = originals(files_below(wanted.paths, options, whole), options);
  if (!from || !whole) return kFailed;
  const devices::LearnResult learned = devices::learn(*from, wanted.how);
  if (learned.yaml.empty()) {
    fmt::print(stderr, "jianlu: {}\n", options.say(learned.zh, learned.en));
    return kWanting;
  }
  if (from->size() < devices::enough_files) {
    fmt::print(stderr, "{}\n", options.say("原始录像少于三段：与档案不符只算中等程度的迹象。",
                                         "Fewer than three originals: a deviation will count as medium only."));
  }
  if (wanted.out.empty()) {
    fmt::print("{}", learned.yaml);
    return kFine;
  }
  std::ofstream out(wanted.out, std::ios::binary);
  out << learned.yaml;
  out.close();
  if (out) return kFine;
  fmt::print(stderr, "jianlu: {}: {}\n", wanted.out, options.say("写不了这个文件", "cannot write this file"));
  return kFailed;
}

}  // namespace

std::vector<std::string> with_default_profiles(std::vector<std::string> paths) {
  paths.push_back(default_profiles());
  return paths;
}

std::optional<devices::Profiles> read_profiles(const std::vector<std::string>& paths, const Options& options) {
  devices::Profiles profiles;
  bool sound = true;
  for (const std::string& path : with_default_profiles(paths)) {
    for (const devices::ProfileError& e : profiles.add_from(path)) {
      fmt::print(stderr, "{}:{}: {}: {}\n", e.file, e.line, e.field, options.say(e.zh, e.en));
      sound = false;
    }
  }
  if (!sound) return std::nullopt;
  return profiles;
}

void add_profile(Program program) {
  const Options& o = program.options;
  CLI::App* command = program.app.add_subcommand("profile", std::string(o.say("设备档案", "Device profiles")));
  command->require_subcommand(1);
  CLI::App* learning = command->add_subcommand(
      "learn", std::string(o.say("从一台设备的原始录像学出它的档案：封装结构、命名、编码、时钟",
                                 "Learn a device's profile from its original clips: container, names, coding, clock")));
  auto wanted = std::make_shared<Wanted>();
  learning->add_option("paths", wanted->paths, std::string(o.say("原始录像：文件或者文件夹", "original clips: files or folders")))->required();
  learning->add_option("--id", wanted->how.id, std::string(o.say("档案的名称", "the profile's name")))->required();
  learning->add_option("--template", wanted->how.name_template, std::string(o.say("文件名样式，默认从文件名得出", "template of the names; worked out from them by default")));
  learning->add_option("--zone", wanted->how.zone, std::string(o.say("设备时钟的时区，默认 Asia/Shanghai", "zone of the device's clock, Asia/Shanghai by default")));
  learning->add_option("--clock-uncertainty", wanted->how.clock_uncertainty, std::string(o.say("时钟误差，秒", "uncertainty of the clock, seconds")))->check(CLI::Range(0, 86'400));
  learning->add_option("--out", wanted->out, std::string(o.say("写到这个文件，默认打印", "write to this file; printed by default")));
  learning->callback([program, wanted] { program.status = learn(*wanted, program.options); });
}

}  // namespace jianlu::cli
