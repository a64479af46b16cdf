#include "cli/texts.h"

#include <filesystem>
#include <optional>
#include <variant>

#include "engine/rules/catalogue.h"
#include "engine/source/read.h"
#include "engine/statute/outline.h"

namespace jianlu::cli {

Texts::Texts(const rules::Rules& rules, const std::string& folder) {
  for (const model::Regulation& r : rules.book.regulations) {
    const std::filesystem::path beside = std::filesystem::path(rules.files[r.file].path()).parent_path();
    if (const auto text = source::read((beside / "regulation.en.yaml").string())) {
      auto catalogue = rules::read_catalogue(*text);
      if (const auto* fault = std::get_if<yaml::Fault>(&catalogue)) {
        const std::string at = (beside / "regulation.en.yaml").string() + ":" + std::to_string(fault->line) + ": ";
        faults_.emplace_back(at + fault->zh, at + fault->en);
      } else {
        catalogues_[r.id] = std::get<rules::Catalogue>(catalogue).entries();
      }
    }
    if (folder.empty()) continue;
    const auto text = source::read((std::filesystem::path(folder) / (r.id + ".txt")).string());
    const auto fingerprints = source::read((beside / "source.yaml").string());
    if (!text || !fingerprints) {
      faults_.emplace_back("没有 " + r.id + " 的原文或者 source.yaml，不引用原文", "no text or source.yaml of " + r.id + ": nothing is quoted");
      continue;
    }
    const auto parsed = statute::read_source(*fingerprints);
    if (const auto* s = std::get_if<statute::Source>(&parsed)) statements_[r.id] = statute::divide(statute::split(*text), *s);
  }
}

std::string Texts::quote(const std::string& bureau, const statute::Citation& at) const {
  const auto found = statements_.find(bureau);
  if (found == statements_.end()) return "";
  std::vector<statute::Citation> outline;
  for (const statute::Statement& s : found->second) outline.push_back(s.at);
  std::string out;
  for (const std::size_t i : statute::select(outline, at).statements) out += found->second[i].text;
  return out;
}

const std::vector<statute::Statement>& Texts::statements(const std::string& bureau) const {
  static const std::vector<statute::Statement> kNoText;
  const auto found = statements_.find(bureau);
  return found == statements_.end() ? kNoText : found->second;
}

std::string Texts::english(const std::string& bureau, const std::string& path) const {
  const auto catalogue = catalogues_.find(bureau);
  if (catalogue == catalogues_.end()) return "";
  const auto entry = catalogue->second.find(path);
  return entry == catalogue->second.end() ? "" : entry->second;
}

}  // namespace jianlu::cli
