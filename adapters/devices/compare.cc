#include <map>

#include "adapters/devices/devices.h"

namespace jianlu::devices {
namespace {

std::string_view name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// Two names of the same bytes that tell another device or time: one of them does not say what was recorded.
bool contradict(const std::optional<NameFacts>& a, const std::optional<NameFacts>& b) {
  if (!a || !b) return false;
  return (a->start && b->start && a->start != b->start) || (a->device && b->device && a->device != b->device);
}

// A copy that kept its name is a copy; one that bears another name stands for another recording.
void add_copy_signs(const Profiles& profiles, const std::vector<Footage>& files, std::size_t known) {
  std::map<std::string_view, std::vector<std::size_t>> by_bytes;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const footage::Verdict verdict = files[i].facts->verdict;
    const bool shows = verdict == footage::Verdict::readable || verdict == footage::Verdict::truncated;
    if (shows && !files[i].facts->sha256.empty()) by_bytes[files[i].facts->sha256].push_back(i);
  }
  for (const auto& [bytes, alike] : by_bytes)
    for (const std::size_t a : alike)
      for (const std::size_t b : alike) {
        if (name_of(files[a].path) == name_of(files[b].path) || (a >= known && b >= known)) continue;
        const std::string other(name_of(files[b].path));
        const bool apart = contradict(profiles.match(files[a].path), profiles.match(files[b].path));
        auto sign = footage::make_sign(
            footage::SignKind::same_file_elsewhere,
            {"与 " + other + " 逐字节相同" + (apart ? "，两个文件名所称的设备或时间却不同" : ""),
             "byte for byte the same as " + other + (apart ? ", but the names tell different devices or times" : "")});
        if (!apart) sign.weight = footage::Weight::weak;
        footage::add_once(*files[a].facts, std::move(sign));
        footage::read_together(*files[a].facts);
      }
}

}  // namespace

void compare(const Profiles& profiles, std::vector<Footage> files, const std::vector<Footage>& known) {
  for (const Footage& file : files) profiles.compare(file.path, *file.facts);
  const std::size_t read = files.size();
  files.insert(files.end(), known.begin(), known.end());
  add_copy_signs(profiles, files, read);
  std::vector<footage::FootageFacts*> facts;
  std::vector<std::string> paths;
  for (const Footage& file : files) {
    facts.push_back(file.facts);
    paths.push_back(file.path);
  }
  footage::add_shared_picture_signs(facts, paths, read);
}

}  // namespace jianlu::devices
