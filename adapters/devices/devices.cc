#include "adapters/devices/devices.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "adapters/devices/clocks.h"
#include "adapters/devices/learned.h"
#include "adapters/devices/template.h"
#include "engine/calendar/zone.h"
#include "engine/source/read.h"
#include "engine/yaml/document.h"

namespace jianlu::devices {

struct Profiles::Profile {
  std::string id;
  Template name;
  calendar::Zone zone = calendar::Zone::utc();
  std::optional<calendar::Zone> stated_zone;
  std::int64_t uncertainty = 0;
  std::optional<std::int64_t> drift_per_day, segment_gap;
  std::optional<bool> container_utc;
  std::optional<std::string> device, officer;
  std::optional<Learned> learned;

  std::int64_t resolution() const {
    if (name.has(Field::epoch_ms)) return calendar::millisecond;
    if (name.has(Field::minute) && !name.has(Field::second)) return calendar::minute;
    return calendar::second;
  }
};

namespace {

using yaml::Node;

std::int64_t number(std::string_view digits) {
  std::int64_t n = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), n);
  return n;
}

std::optional<calendar::Instant> local_instant(const calendar::LocalTime& local, const calendar::Zone& zone) {
  if (!zone.exists(local)) return std::nullopt;
  return zone.to_instant(local);
}

// False when the pieces name a time that no clock shows.
bool read_time(const Template& name, const std::vector<std::string_view>& taken, const calendar::Zone& zone,
               std::optional<std::int64_t>& to) {
  std::int64_t year = -1, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  for (std::size_t i = 0; i < taken.size(); ++i) {
    const auto n = number(taken[i]);
    switch (name.pieces()[i].field) {
      case Field::year:
        year = n;
        break;
      case Field::month:
        month = n;
        break;
      case Field::day:
        day = n;
        break;
      case Field::hour:
        hour = n;
        break;
      case Field::minute:
        minute = n;
        break;
      case Field::second:
        second = n;
        break;
      case Field::epoch:
        return to = n * calendar::second, true;
      case Field::epoch_ms:
        return to = n * calendar::millisecond, true;
      case Field::epoch_local:
        return to = local_instant(calendar::Zone::utc().to_local(n * calendar::second), zone), to.has_value();
      default:
        break;
    }
  }
  if (year < 0) return true;
  const calendar::Date date{static_cast<std::int32_t>(year), static_cast<std::uint8_t>(month),
                            static_cast<std::uint8_t>(day)};
  if (!calendar::is_valid(date) || hour > 23 || minute > 59 || second > 59) return false;
  to = local_instant(
      {calendar::to_day(date), hour * calendar::hour + minute * calendar::minute + second * calendar::second},
      zone);
  return to.has_value();
}

}  // namespace

class ProfileReader {
 public:
  ProfileReader(const std::string& file, std::vector<Profiles::Profile>& to) : file_(file), to_(to) {}

  std::vector<ProfileError> read(std::string_view text) {
    auto document = yaml::read(text);
    if (const auto* fault = std::get_if<yaml::Fault>(&document)) {
      errors_.push_back({file_, fault->line, fault->column, "", fault->zh, fault->en});
      return std::move(errors_);
    }
    const auto& root = std::get<Node>(document);
    const auto* list = root.find("profiles");
    if (!list || !list->is(Node::Kind::sequence)) {
      complain(root, "profiles", "缺少 profiles 列表；请写 profiles: 并逐项列出",
               "no list of profiles; write profiles: and list them");
      return std::move(errors_);
    }
    for (std::size_t i = 0; i < list->items.size(); ++i)
      read_profile(list->items[i], "profiles[" + std::to_string(i) + "]");
    return std::move(errors_);
  }

 private:
  void complain(const Node& at, const std::string& field, std::string zh, std::string en) {
    errors_.push_back({file_, at.line, at.column, field, std::move(zh), std::move(en)});
  }

  // The text of a key; absent and empty are alike.
  const Node* text_of(const Node& node, const std::string& path, std::string_view key) {
    const auto* value = node.find(key);
    if (!value || value->is(Node::Kind::null)) return nullptr;
    if (value->is(Node::Kind::scalar)) return value->text.empty() ? nullptr : value;
    complain(*value, path + "." + std::string(key), "应为一段文字", "this must be plain text");
    return nullptr;
  }

  void read_profile(const Node& node, const std::string& path) {
    const auto before = errors_.size();
    if (!node.is(Node::Kind::mapping))
      return complain(node, path, "应为带有 id 和 template 的条目",
                      "this must be an entry with id and template");
    check_keys(node, path);
    const auto* id = text_of(node, path, "id");
    const auto* name = text_of(node, path, "template");
    if (!id)
      complain(node, path + ".id", "缺少 id；请给该配置一个短名称", "no id; give the profile a short name");
    if (!name)
      complain(node, path + ".template", "缺少 template；例如 \"{device}_{officer}_{yyyyMMddHHmmss}.{ext}\"",
               "no template; for instance \"{device}_{officer}_{yyyyMMddHHmmss}.{ext}\"");
    if (!id || !name) return;
    if (std::any_of(to_.begin(), to_.end(), [&](const auto& p) { return p.id == id->text; }))
      complain(*id, path + ".id", "id “" + id->text + "” 已被使用；请换一个",
               "the id \"" + id->text + "\" is taken; choose another");
    auto compiled = Template::compile(name->text);
    if (const auto* fault = std::get_if<TemplateFault>(&compiled))
      return complain(*name, path + ".template", fault->zh, fault->en);
    Profiles::Profile profile;
    profile.id = id->text;
    profile.name = std::move(std::get<Template>(compiled));
    read_zone(node, path, profile);
    if (const auto uncertainty = whole(node, path, "clock_uncertainty_seconds", 31'536'000, {"整数秒", "whole seconds"}))
      profile.uncertainty = *uncertainty * calendar::second;
    if (const auto gap = whole(node, path, "segment_gap_milliseconds", 60'000, {"整数毫秒", "whole milliseconds"}))
      profile.segment_gap = *gap * calendar::millisecond;
    if (const auto drift = whole(node, path, "clock_drift_milliseconds_per_day", 86'400'000, {"整数毫秒", "whole milliseconds"}))
      profile.drift_per_day = *drift * calendar::millisecond;
    read_container(node, path, profile);
    if (const auto* device = text_of(node, path, "device")) profile.device = device->text;
    if (const auto* officer = text_of(node, path, "officer")) profile.officer = officer->text;
    read_learned_part(node, path, profile);
    if (errors_.size() == before) to_.push_back(std::move(profile));
  }

  void check_keys(const Node& node, const std::string& path) {
    static constexpr std::array known{"id", "template", "zone", "clock_uncertainty_seconds", "clock_drift_milliseconds_per_day", "segment_gap_milliseconds",
                                      "creation_time", "device", "officer", "learned", "note"};
    for (const auto& entry : node.entries)
      if (std::find(known.begin(), known.end(), entry.key.text) == known.end())
        complain(entry.key, path + "." + entry.key.text,
                 "不认识的键；可用：id template zone clock_uncertainty_seconds clock_drift_milliseconds_per_day segment_gap_milliseconds creation_time device officer learned note",
                 "unknown key; use id, template, zone, clock_uncertainty_seconds, clock_drift_milliseconds_per_day, segment_gap_milliseconds, creation_time, device, officer, learned, note");
  }

  void read_zone(const Node& node, const std::string& path, Profiles::Profile& profile) {
    const auto* zone = text_of(node, path, "zone");
    if (zone) {
      if (const auto found = calendar::Zone::find(zone->text))
        profile.zone = *(profile.stated_zone = *found);
      else
        complain(*zone, path + ".zone", "没有时区 “" + zone->text + "”；例如 Asia/Shanghai",
                 "no time zone \"" + zone->text + "\"; for instance Asia/Shanghai");
    } else if (profile.name.has_local_time()) {
      complain(node, path + ".zone", "模板中有本地时间，须写明时区 zone，例如 Asia/Shanghai",
               "the template holds a local time, so zone is needed, for instance Asia/Shanghai");
    }
  }

  // From 0 to `most`; `what` in both languages.
  std::optional<std::int64_t> whole(const Node& node, const std::string& path, std::string_view key, std::int64_t most,
                                    std::pair<std::string, std::string> what) {
    const auto* value = text_of(node, path, key);
    if (!value) return std::nullopt;
    const auto& t = value->text;
    std::int64_t n = -1;
    const auto [end, error] = std::from_chars(t.data(), t.data() + t.size(), n);
    if (error == std::errc() && end == t.data() + t.size() && n >= 0 && n <= most) return n;
    const auto limit = std::to_string(most);
    complain(*value, path + "." + std::string(key), "应为 0 至 " + limit + " 的" + what.first,
             "this must be " + what.second + " from 0 to " + limit);
    return std::nullopt;
  }

  void read_container(const Node& node, const std::string& path, Profiles::Profile& profile) {
    const auto* value = text_of(node, path, "creation_time");
    if (!value) return;
    if (value->text == "utc" || value->text == "local") profile.container_utc = value->text == "utc";
    else complain(*value, path + ".creation_time", "应为 utc 或 local", "this must be utc or local");
  }

  void read_learned_part(const Node& node, const std::string& path, Profiles::Profile& profile) {
    const auto* learned = node.find("learned");
    if (!learned) return;
    auto read = read_learned(*learned);
    if (auto* fault = std::get_if<LearnedFault>(&read))
      errors_.push_back({file_, fault->line, fault->column, path + ".learned." + fault->field, std::move(fault->zh),
                         std::move(fault->en)});
    else
      profile.learned = std::move(std::get<Learned>(read));
  }

  const std::string& file_;
  std::vector<Profiles::Profile>& to_;
  std::vector<ProfileError> errors_;
};

Profiles::Profiles() = default;
Profiles::~Profiles() = default;
Profiles::Profiles(Profiles&&) noexcept = default;
Profiles& Profiles::operator=(Profiles&&) noexcept = default;

std::vector<ProfileError> Profiles::add(const std::string& file, std::string_view text) {
  return ProfileReader(file, profiles_).read(text);
}

std::vector<ProfileError> Profiles::add_from(const std::string& path) {
  const auto files = source::files_of(path, ".yaml");
  if (!files) return {{path, 0, 0, "", "无法读取该文件夹；请检查路径和权限", "cannot read this folder; check its path and permissions"}};
  std::vector<ProfileError> errors;
  for (const auto& file : *files) {
    const auto text = source::read(file);
    if (!text) {
      errors.push_back({file, 0, 0, "", "无法读取该文件；请检查路径和权限", "cannot read this file; check its path and permissions"});
      continue;
    }
    for (auto& error : add(file, *text)) errors.push_back(std::move(error));
  }
  return errors;
}

std::optional<NameFacts> Profiles::match(std::string_view file_name) const {
  if (const auto slash = file_name.rfind('/'); slash != file_name.npos) file_name.remove_prefix(slash + 1);
  for (const auto& profile : profiles_) {
    const auto taken = profile.name.match(file_name);
    if (!taken) continue;
    NameFacts facts{profile.id,          profile.device,      profile.officer,     std::nullopt,
                    profile.resolution(), profile.uncertainty, profile.drift_per_day, profile.segment_gap, profile.stated_zone,
                    profile.container_utc};
    if (!read_time(profile.name, *taken, profile.zone, facts.start)) continue;
    for (std::size_t i = 0; i < taken->size(); ++i) {
      if (profile.name.pieces()[i].field == Field::device) facts.device = (*taken)[i];
      if (profile.name.pieces()[i].field == Field::officer) facts.officer = (*taken)[i];
    }
    return facts;
  }
  return std::nullopt;
}

void Profiles::compare(std::string_view path, footage::FootageFacts& facts) const {
  if (facts.verdict != footage::Verdict::readable) return;
  const auto slash = path.rfind('/');
  const auto name = slash == path.npos ? path : path.substr(slash + 1);
  // Of several profiles that fit, the one that has least against the file.
  struct Candidate {
    std::vector<footage::Sign> against;
    bool by_name = false;
  };
  std::optional<Candidate> best;
  for (const auto& profile : profiles_) {
    if (!profile.learned) continue;
    const auto taken = profile.name.match(name);
    std::optional<std::int64_t> start;
    const bool by_name = taken && read_time(profile.name, *taken, profile.zone, start);
    if (!by_name && !has_parameters_of(*profile.learned, facts)) continue;
    Candidate candidate{deviations(*profile.learned, profile.id, facts, start, profile.uncertainty), by_name};
    if (!best || std::pair(!candidate.by_name, candidate.against.size()) < std::pair(!best->by_name, best->against.size()))
      best = std::move(candidate);
  }
  if (best)
    for (auto& sign : best->against) facts.signs.push_back(std::move(sign));
  const bool learned = best && best->by_name;  // knows how far its clocks lie apart
  if (const auto name_facts = match(name); name_facts && !learned)
    if (auto sign = clocks_apart(*name_facts, facts)) facts.signs.push_back(std::move(*sign));
  footage::read_together(facts);
}

std::size_t Profiles::size() const { return profiles_.size(); }

}  // namespace jianlu::devices
