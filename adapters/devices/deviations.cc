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
std::string parting(const std::string& original, const std::string& file) {
  std::size_t at = 0;
  while (at < original.size() && at < file.size() && original[at] == file[at]) ++at;
  const auto begin = at > 24 ? at - 24 : 0;
  return "originals have \"…" + original.substr(begin, 60) + "…\", this file \"…" + file.substr(begin, 60) + "…\"";
}

std::size_t common_prefix(const std::string& a, const std::string& b) {
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

// How one stream differs from one that was seen. A picture of another size tells of another setting only.
struct Difference {
  std::string text;
  int count = 0;
  bool setting = false;
};

Difference difference(const SeenStream& original, const SeenStream& file) {
  Difference out;
  const auto differ = [&](const char* what, const std::string& a, const std::string& b) {
    if (a == b) return;
    ++out.count;
    out.text += (out.text.empty() ? "" : ", ") + std::string(what) + " " + (b.empty() ? "none" : b) + " instead of " +
                (a.empty() ? "none" : a);
  };
  differ("codec", original.codec, file.codec);
  differ("encoder", original.encoder, file.encoder);
  differ("time scale", std::to_string(original.time_scale), std::to_string(file.time_scale));
  if (original.rate > 0 && file.rate > 0 && std::abs(original.rate - file.rate) > original.rate * 0.02)
    differ("packets a second", std::to_string(original.rate), std::to_string(file.rate));
  if (original.key_interval > 0 && file.key_interval > 0)
    differ("key interval", std::to_string(original.key_interval), std::to_string(file.key_interval));
  out.setting = original.width != file.width || original.height != file.height;
  if (out.setting) {
    out.text += (out.text.empty() ? "" : ", ") + std::string("a picture size not seen before");
  } else {
    differ("coding parameters", original.parameters, file.parameters);
  }
  return out;
}

void of_streams(const Learned& learned, const FootageFacts& facts, Weight full,
                const std::function<void(SignKind, std::string, Weight, std::optional<std::int64_t>)>& add) {
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
      add(SignKind::profile_coding, "stream " + std::to_string(stream.index) + ": " + closest->text,
          closest->count == 0 ? Weight::weak : full, stream.first_pts);
    }
    if (!present)
      add(SignKind::profile_coding,
          "the device records " + std::string(footage::wording(kind).en) + ", this file holds none", full, std::nullopt);
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
  const auto add = [&](SignKind kind, std::string text, Weight weight, std::optional<std::int64_t> time) {
    out.push_back(make_sign(kind, "profile " + profile + " (" + std::to_string(learned.files) + " originals): " + text,
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
          "the creation time is " + std::to_string(*lag) + " s after the " + (c->of_end ? "end" : "start") +
              " that the file name states; originals: " + std::to_string(c->least) + " to " + std::to_string(c->most),
          *lag < c->least - days || *lag > c->most + days ? Weight::strong : full, std::nullopt);
  }
  return out;
}

}  // namespace jianlu::devices
