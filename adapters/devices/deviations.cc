#include <algorithm>
#include <cmath>
#include <functional>

#include "adapters/devices/learned.h"

namespace jianlu::devices {
namespace {

using footage::FootageFacts;
using footage::make_sign;
using footage::Sign;
using footage::SignKind;
using footage::StreamKind;
using footage::Weight;

// Where two texts part, with what stands there in each.
diag::Words parting(const std::string& original, const std::string& file) {
  std::size_t at = 0;
  while (at < original.size() && at < file.size() && original[at] == file[at]) ++at;
  const auto begin = at > 24 ? at - 24 : 0;
  const std::string there = original.substr(begin, 60), here = file.substr(begin, 60);
  return {"原始录像为“…" + there + "…”，本文件为“…" + here + "…”", "originals have \"…" + there + "…\", this file \"…" + here + "…\""};
}

std::size_t common_prefix(const std::string& a, const std::string& b) {
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

// How one stream differs from one that was seen. A picture of another size tells of another setting only.
struct Difference {
  diag::Words text;
  int count = 0;
  bool setting = false;
};

Difference difference(const SeenStream& original, const SeenStream& file) {
  Difference out;
  const auto say = [&](const std::string& zh, const std::string& en) {
    out.text.zh += (out.text.zh.empty() ? "" : "；") + zh;
    out.text.en += (out.text.en.empty() ? "" : ", ") + en;
  };
  const auto differ = [&](const std::string& zh, const std::string& en, const std::string& a, const std::string& b) {
    if (a == b) return;
    ++out.count;
    say(zh + "应为 " + (a.empty() ? "无" : a) + "，实为 " + (b.empty() ? "无" : b),
        en + " " + (b.empty() ? "none" : b) + " instead of " + (a.empty() ? "none" : a));
  };
  differ("编码", "codec", original.codec, file.codec);
  differ("编码器", "encoder", original.encoder, file.encoder);
  differ("时间刻度", "time scale", std::to_string(original.time_scale), std::to_string(file.time_scale));
  if (original.rate > 0 && file.rate > 0 && std::abs(original.rate - file.rate) > original.rate * 0.02)
    differ("每秒包数", "packets a second", std::to_string(original.rate), std::to_string(file.rate));
  if (original.key_interval > 0 && file.key_interval > 0)
    differ("关键帧间隔", "key interval", std::to_string(original.key_interval), std::to_string(file.key_interval));
  out.setting = original.width != file.width || original.height != file.height;
  if (out.setting) {
    say("画面尺寸未曾见过", "a picture size not seen before");
  } else {
    differ("编码参数", "coding parameters", original.parameters, file.parameters);
  }
  return out;
}

void of_streams(const Learned& learned, const FootageFacts& facts, Weight full,
                const std::function<void(SignKind, diag::Words, Weight, std::optional<std::int64_t>)>& add) {
  for (const auto kind : {StreamKind::video, StreamKind::audio}) {
    const bool known =
        std::any_of(learned.streams.begin(), learned.streams.end(), [&](const SeenStream& s) { return s.kind == kind; });
    if (!known) continue;
    bool present = false;
    for (const auto& stream : facts.streams) {
      if (stream.kind != kind) continue;
      present = true;
      std::optional<Difference> closest;
      for (const auto& original : learned.streams) {
        if (original.kind != kind) continue;
        auto d = difference(original, seen(stream));
        if (!closest || d.count + d.setting < closest->count + closest->setting) closest = std::move(d);
      }
      if (closest->count == 0 && !closest->setting) continue;
      add(SignKind::profile_coding, footage::at_stream(stream.index, closest->text.zh, closest->text.en),
          closest->count == 0 ? Weight::weak : full, stream.first_pts);
    }
    if (!present)
      add(SignKind::profile_coding,
          {"该设备录有" + std::string(footage::wording(kind).zh) + "，本文件没有",
           "the device records " + std::string(footage::wording(kind).en) + ", this file holds none"},
          full, std::nullopt);
  }
}

}  // namespace

bool has_parameters_of(const Learned& learned, const FootageFacts& facts) {
  for (const auto& stream : facts.streams)
    if (stream.kind == StreamKind::video && !stream.parameters.empty())
      for (const auto& original : learned.streams)
        if (original.kind == stream.kind && original.parameters == stream.parameters) return true;
  return false;
}

std::vector<Sign> deviations(const Learned& learned, const std::string& profile, const FootageFacts& facts,
                             const std::optional<std::int64_t>& name_start, std::int64_t slack) {
  std::vector<Sign> out;
  const Weight full = learned.files >= enough_files ? Weight::strong : Weight::medium;
  const auto add = [&](SignKind kind, const diag::Words& text, Weight weight, std::optional<std::int64_t> time) {
    const std::string files = std::to_string(learned.files);
    out.push_back(make_sign(kind,
                            {"档案 " + profile + "（原始录像 " + files + " 段）：" + text.zh, "profile " + profile + " (" + files + " originals): " + text.en},
                            std::nullopt, time));
    out.back().weight = weight;
  };
  const auto& seen_structures = learned.structures;
  if (!seen_structures.empty() &&
      std::find(seen_structures.begin(), seen_structures.end(), facts.structure) == seen_structures.end()) {
    const auto closest =
        std::max_element(seen_structures.begin(), seen_structures.end(), [&](const auto& a, const auto& b) {
          return common_prefix(a, facts.structure) < common_prefix(b, facts.structure);
        });
    add(SignKind::profile_structure, parting(*closest, facts.structure), full, std::nullopt);
  }
  of_streams(learned, facts, full, add);
  if (const auto& c = learned.creation) {
    const auto lag = creation_lag(facts, name_start, c->of_end);
    const auto seconds = slack / 1'000'000 + 1;
    // No setting of a device moves one of its clocks by days against the other.
    constexpr std::int64_t days = 2 * 86'400;
    if (lag && (*lag < c->least - seconds || *lag > c->most + seconds))
      add(SignKind::profile_clock,
          {"创建时间比文件名所示的" + std::string(c->of_end ? "结束" : "开始") + "晚 " + std::to_string(*lag) + " 秒，原始录像为 " +
               std::to_string(c->least) + " 至 " + std::to_string(c->most) + " 秒",
           "the creation time is " + std::to_string(*lag) + " s after the " + (c->of_end ? "end" : "start") +
               " that the file name states; originals: " + std::to_string(c->least) + " to " + std::to_string(c->most)},
          *lag < c->least - days || *lag > c->most + days ? Weight::strong : full, std::nullopt);
  }
  return out;
}

}  // namespace jianlu::devices
