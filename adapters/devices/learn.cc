#include "adapters/devices/learn.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "adapters/devices/devices.h"
#include "adapters/devices/learned.h"
#include "adapters/devices/template.h"
#include "adapters/footage/json.h"

namespace jianlu::devices {
namespace {

constexpr std::size_t most_structures = 16, most_streams = 32;

bool digits(std::string_view text, std::size_t count) {
  return text.size() == count && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c); });
}

struct Part {
  std::string text;
  bool number = false;
};

// Runs of digits and what stands between them.
std::vector<Part> parts_of(std::string_view stem) {
  std::vector<Part> parts;
  for (const char c : stem) {
    const bool number = c >= '0' && c <= '9', joint = c == '_';
    if (parts.empty() || parts.back().number != number || joint || parts.back().text == "_")
      parts.push_back({"", number && !joint});
    parts.back().text += c;
  }
  return parts;
}

std::string field_of(const std::vector<Part>& column) {
  const auto& first = column.front().text;
  if (std::all_of(column.begin(), column.end(), [&](const Part& p) { return p.text == first; }) && !column.front().number)
    return first;
  const auto all = [&](std::size_t count) {
    return std::all_of(column.begin(), column.end(), [&](const Part& p) { return p.number && digits(p.text, count); });
  };
  if (all(14)) return "{yyyyMMddHHmmss}";
  if (all(13)) return "{epoch_ms}";
  if (all(8)) return "{yyyyMMdd}";
  if (all(6)) return "{HHmmss}";
  const bool numbers = std::all_of(column.begin(), column.end(), [](const Part& p) { return p.number; });
  return numbers ? "{digits}" : "{any}";
}

void add_structure(const footage::FootageFacts& facts, Learned& learned) {
  auto& seen_structures = learned.structures;
  if (facts.structure.empty() || seen_structures.size() >= most_structures) return;
  if (std::find(seen_structures.begin(), seen_structures.end(), facts.structure) == seen_structures.end())
    seen_structures.push_back(facts.structure);
}

bool alike(const SeenStream& a, const SeenStream& b) {
  const bool rates = a.rate == 0 || b.rate == 0 || std::abs(a.rate - b.rate) <= a.rate * 0.02;
  const bool keys = a.key_interval == 0 || b.key_interval == 0 || a.key_interval == b.key_interval;
  return a.kind == b.kind && a.codec == b.codec && a.encoder == b.encoder && a.parameters == b.parameters &&
         a.width == b.width && a.height == b.height && a.time_scale == b.time_scale && rates && keys;
}

void add_streams(const footage::FootageFacts& facts, Learned& learned) {
  for (const auto& stream : facts.streams) {
    if (stream.kind != footage::StreamKind::video && stream.kind != footage::StreamKind::audio) continue;
    const auto now = seen(stream);
    const auto known = std::find_if(learned.streams.begin(), learned.streams.end(),
                                    [&](const SeenStream& s) { return alike(s, now); });
    if (known == learned.streams.end()) {
      if (learned.streams.size() < most_streams) learned.streams.push_back(now);
    } else {
      if (known->rate == 0) known->rate = now.rate;
      if (known->key_interval == 0) known->key_interval = now.key_interval;
    }
  }
}

// Start or end, whichever the creation times follow more closely.
void add_creation(const std::vector<Original>& originals, const Profiles& names, Learned& learned) {
  for (const bool of_end : {false, true}) {
    Learned::Creation c{of_end, INT64_MAX, INT64_MIN};
    for (const auto& original : originals) {
      const auto name = names.match(original.path);
      const auto lag = creation_lag(original.facts, name ? name->start : std::nullopt, of_end);
      if (!lag) return;
      c.least = std::min(c.least, *lag);
      c.most = std::max(c.most, *lag);
    }
    if (!learned.creation || c.most - c.least < learned.creation->most - learned.creation->least) learned.creation = c;
  }
}

}  // namespace

std::string template_of(const std::vector<std::string>& names) {
  std::vector<std::vector<Part>> rows;
  for (const auto& name : names) rows.push_back(parts_of(std::filesystem::path(name).stem().string()));
  if (rows.empty() || rows[0].empty()) return "";
  for (const auto& row : rows)
    if (row.size() != rows[0].size()) return "";
  std::string out;
  for (std::size_t i = 0; i < rows[0].size(); ++i) {
    std::vector<Part> column;
    for (const auto& row : rows) column.push_back(row[i]);
    out += field_of(column);
  }
  // A date and its time of day are one clock, whatever stands between them.
  for (const char* between : {"", "_", "-", "T", " "}) {
    const std::string apart = std::string("{yyyyMMdd}") + between + "{HHmmss}";
    if (const auto at = out.find(apart); at != out.npos)
      out.replace(at, apart.size(), std::string("{yyyyMMdd") + between + "HHmmss}");
  }
  for (const std::string field : {"{yyyyMMdd}", "{HHmmss}"})
    for (auto at = out.find(field); at != out.npos; at = out.find(field)) out.replace(at, field.size(), "{digits}");
  out += ".{ext}";
  const auto compiled = Template::compile(out);
  const auto* made = std::get_if<Template>(&compiled);
  return made && std::all_of(names.begin(), names.end(), [&](const auto& n) { return made->match(n).has_value(); })
             ? out
             : "";
}

LearnResult learn(const std::vector<Original>& originals, const LearnOptions& options) {
  if (originals.empty()) return {"", "没有可供学习的原始录像", "there is no original to learn from"};
  std::vector<std::string> names;
  for (const auto& o : originals) names.push_back(std::filesystem::path(o.path).filename().string());
  const auto name_template = options.name_template.empty() ? template_of(names) : options.name_template;
  if (name_template.empty())
    return {"", "这些文件名没有共同的样式；请用 --template 写明，例如 \"{device}_{officer}_{yyyyMMddHHmmss}.{ext}\"",
            "the names have no pattern in common; state one with --template, for instance "
            "\"{device}_{officer}_{yyyyMMddHHmmss}.{ext}\""};
  const auto quoted = [](const std::string& text) { return footage::json_quoted(text); };
  const std::string head = "profiles:\n  - id: " + quoted(options.id) + "\n    template: " + quoted(name_template) +
                           "\n    zone: " + quoted(options.zone) +
                           "\n    clock_uncertainty_seconds: " + std::to_string(options.clock_uncertainty) + "\n";
  Profiles profile;
  for (const auto& error : profile.add("profile", head)) return {"", error.zh, error.en};
  Learned learned;
  learned.files = static_cast<int>(originals.size());
  for (const auto& o : originals) {
    add_structure(o.facts, learned);
    add_streams(o.facts, learned);
  }
  add_creation(originals, profile, learned);
  return {head + "    learned:\n" + learned_yaml(learned, "      "), "", ""};
}

}  // namespace jianlu::devices
