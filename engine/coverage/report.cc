#include "engine/coverage/report.h"

#include <algorithm>
#include <filesystem>
#include <variant>

#include "engine/source/read.h"
#include "engine/statute/source_file.h"

namespace jianlu::coverage {
namespace {

// The sentence that holds a statement; empty where the text has none.
std::string sentence(const statute::Regulation& text, statute::Citation at) {
  at.clause = 0;
  const auto found = std::find_if(text.sentences.begin(), text.sentences.end(), [&](const statute::Statement& s) { return s.at == at; });
  return found == text.sentences.end() ? std::string() : found->text;
}

}  // namespace

Report report(const rules::Rules& rules, std::size_t index, const std::string& texts, const std::string& against) {
  Report out;
  out.regulation = index;
  const model::Regulation& regulation = rules.book.regulations[index];
  const std::filesystem::path folder = std::filesystem::path(rules.files[regulation.file].path()).parent_path();
  if (const auto words = source::read((folder / "regulation.en.yaml").string())) {
    auto catalogue = rules::read_catalogue(*words);
    if (auto* english = std::get_if<rules::Catalogue>(&catalogue)) out.english = std::move(*english);
  }
  const std::string path = (folder / "source.yaml").string();
  const diag::Words missing("打不开文件", "cannot open the file");
  const std::optional<std::string> text = source::read(path);
  if (!text) {
    out.unreadable.emplace_back(path, missing);
    return out;
  }
  const auto parsed = statute::read_source(*text);
  if (const auto* fault = std::get_if<yaml::Fault>(&parsed)) {
    const std::string at = path + ":" + std::to_string(fault->line) + ":" + std::to_string(fault->column);
    out.unreadable.emplace_back(at, diag::Words(fault->zh, fault->en));
    return out;
  }
  const auto& fingerprints = std::get<statute::Source>(parsed);
  const std::vector<statute::Citation> outline = fingerprints.outline();
  out.table = cover(rules.book, regulation, outline);
  if (texts.empty()) return out;

  const std::string attached = (std::filesystem::path(texts) / (regulation.id + ".txt")).string();
  const std::optional<std::string> official = source::read(attached);
  if (!official) {
    out.unreadable.emplace_back(attached, missing);
    return out;
  }
  out.compared = true;
  const auto resting = resting_on(rules.book, regulation, outline);
  const statute::Regulation now = statute::split(*official);
  statute::Regulation before;
  if (!against.empty()) {
    const std::string earlier = (std::filesystem::path(against) / (regulation.id + ".txt")).string();
    const std::optional<std::string> words = source::read(earlier);
    if (!words) {
      out.unreadable.emplace_back(earlier, missing);
      return out;
    }
    before = statute::split(*words);
    const auto drifted = statute::compare(fingerprints, before);
    if (std::any_of(drifted.begin(), drifted.end(), [](const statute::Difference& d) { return d.drift != statute::Drift::same; })) {
      out.unreadable.emplace_back(earlier, diag::Words("不是 source.yaml 所据的文本，不能作为修改前的文本", "is not the text that source.yaml stands for, so it is no text to compare against"));
      return out;
    }
  }
  const auto differences = statute::compare(fingerprints, now);
  for (const statute::Difference& difference : differences) {
    if (difference.drift == statute::Drift::same) continue;
    Change change{difference, {}, {}};
    if (!against.empty()) change.words = statute::word_difference(sentence(before, difference.before), sentence(now, difference.now));
    for (std::size_t i = 0; i < outline.size(); ++i) {
      if (outline[i] == difference.before) change.norms = resting[i];
    }
    out.changes.push_back(std::move(change));
  }
  return out;
}

}  // namespace jianlu::coverage
