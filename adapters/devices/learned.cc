#include "adapters/devices/learned.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "adapters/footage/json.h"

namespace jianlu::devices {
namespace {

using yaml::Node;

class Reader {
 public:
  std::variant<Learned, LearnedFault> read(const Node& node) {
    Learned out;
    if (!node.is(Node::Kind::mapping)) return fault(node, "", "应为键值对", "this must be a mapping");
    for (const auto& entry : node.entries) {
      const auto& key = entry.key.text;
      const auto& value = entry.value;
      if (key == "files") {
        out.files = static_cast<int>(number(value, key));
      } else if (key == "structures") {
        for (const auto& item : value.items) out.structures.push_back(item.text);
      } else if (key == "streams") {
        for (const auto& item : value.items) out.streams.push_back(stream(item));
      } else if (key == "creation") {
        out.creation = creation(value);
      } else {
        complain(entry.key, key, "不认识的键；可用：files structures streams creation",
                 "unknown key; use files, structures, streams, creation");
      }
    }
    if (fault_) return *fault_;
    return out;
  }

 private:
  LearnedFault fault(const Node& at, const std::string& field, std::string zh, std::string en) {
    return {at.line, at.column, field, std::move(zh), std::move(en)};
  }
  void complain(const Node& at, const std::string& field, std::string zh, std::string en) {
    if (!fault_) fault_ = fault(at, field, std::move(zh), std::move(en));
  }

  std::int64_t number(const Node& node, const std::string& field) {
    std::int64_t n = 0;
    const auto& t = node.text;
    const auto [end, error] = std::from_chars(t.data(), t.data() + t.size(), n);
    if (!node.is(Node::Kind::scalar) || error != std::errc() || end != t.data() + t.size() ||
        std::abs(n) > 1'000'000'000'000)
      complain(node, field, "应为整数", "this must be a whole number");
    return n;
  }

  SeenStream stream(const Node& node) {
    SeenStream out;
    for (const auto& entry : node.entries) {
      const auto& key = entry.key.text;
      const auto& value = entry.value;
      if (key == "kind") {
        if (const auto kind = footage::stream_kind_of(value.text))
          out.kind = *kind;
        else
          complain(value, key, "应为 video 或 audio", "use video or audio");
      } else if (key == "codec") {
        out.codec = value.text;
      } else if (key == "encoder") {
        out.encoder = value.text;
      } else if (key == "parameters") {
        out.parameters = value.text;
      } else if (key == "width") {
        out.width = static_cast<int>(number(value, key));
      } else if (key == "height") {
        out.height = static_cast<int>(number(value, key));
      } else if (key == "time_scale") {
        out.time_scale = number(value, key);
      } else if (key == "key_interval") {
        out.key_interval = static_cast<int>(number(value, key));
      } else if (key == "rate") {
        out.rate = std::strtod(value.text.c_str(), nullptr);
        if (!(out.rate >= 0)) complain(value, key, "应为不小于 0 的数", "this must be a number from 0");
      } else {
        complain(entry.key, key, "不认识的键", "unknown key");
      }
    }
    return out;
  }

  Learned::Creation creation(const Node& node) {
    Learned::Creation out;
    for (const auto& entry : node.entries) {
      const auto& key = entry.key.text;
      if (key == "of") {
        out.of_end = entry.value.text == "end";
        if (!out.of_end && entry.value.text != "start")
          complain(entry.value, key, "应为 start 或 end", "use start or end");
      } else if (key == "least_seconds") {
        out.least = number(entry.value, key);
      } else if (key == "most_seconds") {
        out.most = number(entry.value, key);
      } else {
        complain(entry.key, key, "不认识的键；可用：of least_seconds most_seconds",
                 "unknown key; use of, least_seconds, most_seconds");
      }
    }
    return out;
  }

  std::optional<LearnedFault> fault_;
};

std::string two_digits(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

}  // namespace

std::variant<Learned, LearnedFault> read_learned(const Node& node) { return Reader().read(node); }

std::string learned_yaml(const Learned& learned, const std::string& indent) {
  const auto quoted = [](const std::string& text) { return footage::json_quoted(text); };
  std::string out = indent + "files: " + std::to_string(learned.files) + "\n";
  if (!learned.structures.empty()) out += indent + "structures:\n";
  for (const auto& s : learned.structures) out += indent + "  - " + quoted(s) + "\n";
  if (!learned.streams.empty()) out += indent + "streams:\n";
  for (const auto& s : learned.streams) {
    out += indent + "  - kind: " + std::string(footage::wording(s.kind).id) + "\n";
    const auto line = [&](const std::string& key, const std::string& value) {
      out += indent + "    " + key + ": " + value + "\n";
    };
    line("codec", quoted(s.codec));
    if (!s.encoder.empty()) line("encoder", quoted(s.encoder));
    if (!s.parameters.empty()) line("parameters", quoted(s.parameters));
    if (s.width > 0) line("width", std::to_string(s.width)), line("height", std::to_string(s.height));
    if (s.time_scale > 0) line("time_scale", std::to_string(s.time_scale));
    if (s.rate > 0) line("rate", two_digits(s.rate));
    if (s.key_interval > 0) line("key_interval", std::to_string(s.key_interval));
  }
  if (const auto& c = learned.creation)
    out += indent + "creation: {of: " + (c->of_end ? "end" : "start") +
           ", least_seconds: " + std::to_string(c->least) + ", most_seconds: " + std::to_string(c->most) + "}\n";
  return out;
}

SeenStream seen(const footage::StreamFacts& s) {
  return {s.kind, s.codec, s.encoder, s.parameters, s.width, s.height, s.key_interval, s.time_scale, s.usual_rate};
}

std::optional<std::int64_t> creation_lag(const footage::FootageFacts& facts,
                                         const std::optional<std::int64_t>& name_start, bool of_end) {
  if (!name_start || facts.times.empty() || !facts.times[0].instant ||
      facts.times[0].trust == footage::TimeTrust::implausible)
    return std::nullopt;
  const auto from = *name_start + (of_end ? facts.duration.value_or(0) : 0);
  return static_cast<std::int64_t>(std::llround(static_cast<double>(*facts.times[0].instant - from) / 1e6));
}

}  // namespace jianlu::devices
