#include "engine/model/scope.h"

#include <algorithm>

#include "engine/model/names.h"

namespace jianlu::model {
namespace {

std::vector<std::string> code_points(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t n = 1;
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0xF0) n = 4;
    else if (byte >= 0xE0) n = 3;
    else if (byte >= 0xC0) n = 2;
    n = std::min(n, text.size() - i);
    out.emplace_back(text.substr(i, n));
    i += n;
  }
  return out;
}

std::size_t edit_distance(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t cost = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, cost});
    }
  }
  return row[b.size()];
}

std::vector<std::string> known_words(const Scope& scope, const Vocabulary& vocabulary) {
  std::vector<std::string> words;
  const auto add = [&](const auto& name) {
    words.push_back(scope.language == source::Language::zh ? std::string(name.zh) : std::string(name.en));
  };
  for (const auto& [name, var] : scope.variables) words.push_back(name);
  for (const auto& [name, id] : scope.definitions) {
    const bool ascii = static_cast<unsigned char>(name.front()) < 0x80;
    if (ascii == (scope.language == source::Language::en)) words.push_back(name);
  }
  for (const FunctionName& f : functions()) add(f);
  for (const Enumeration& e : vocabulary.enums) {
    for (const Name& value : e.values) {
      if (vocabulary.visible(value)) add(value);
    }
  }
  return words;
}

}  // namespace

std::string nearest(std::string_view name, const std::vector<std::string>& candidates) {
  const std::vector<std::string> wanted = code_points(name);
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, wanted.size() / 2) + 1;
  for (const std::string& candidate : candidates) {
    const std::vector<std::string> points = code_points(candidate);
    const std::size_t distance = edit_distance(wanted, points);
    if (distance < best_distance && distance < std::max(points.size(), wanted.size())) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string split_words(std::string_view name, const std::vector<std::string>& words) {
  // best[i]: a split of the first i bytes with the fewest words.
  std::vector<std::optional<std::pair<std::size_t, std::string>>> best(name.size() + 1);
  best[0] = {0, ""};
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (!best[i]) continue;
    for (const std::string& word : words) {
      if (word.empty() || name.substr(i, word.size()) != word) continue;
      const std::size_t end = i + word.size();
      if (best[end] && best[end]->first <= best[i]->first + 1) continue;
      best[end] = {best[i]->first + 1, best[i]->second + (i == 0 ? "" : " ") + word};
    }
  }
  return best[name.size()] && best[name.size()]->first > 1 ? best[name.size()]->second : "";
}

void report_unknown(std::string_view name, source::Span span, const Scope& scope, const Vocabulary& vocabulary,
                    diag::Diagnostics& diagnostics, EnumId wanted) {
  if (scope.faulty.find(name) != scope.faulty.end()) return;
  std::vector<std::string> words = known_words(scope, vocabulary);
  std::vector<std::string> with_keywords = words;
  for (const char* keyword : {"非", "且", "或", "有", "没有", "于", "使", "其中", "均", "计数", "已填", "未填", "已认定", "属于", "当", "是", "否"}) {
    with_keywords.emplace_back(keyword);
  }
  if (const std::string split = split_words(name, with_keywords); !split.empty()) {
    diagnostics.add(diag::Kind::missing_space_in_name, span, {name, split});
    return;
  }
  if (wanted != kNone) {
    const Enumeration& e = vocabulary.enums[wanted];
    words.clear();
    for (const Name& value : e.values) {
      if (vocabulary.visible(value)) words.push_back(value.in(scope.language));
    }
    diag::Diagnostic& d = diagnostics.add(diag::Kind::unknown_value, span, {{e.name.zh, e.name.en}, name});
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : scope.language == source::Language::zh ? "、" : ", ") + word;
    const std::string near = nearest(name, words);
    d.fix = {(near.empty() ? "" : "是不是“" + near + "”？") + ("可用的取值：" + all),
             (near.empty() ? "" : "did you mean '" + near + "'? ") + ("the values are: " + all)};
    return;
  }
  diag::Diagnostic& d = diagnostics.add(diag::Kind::unknown_name, span, {name});
  if (const std::string near = nearest(name, words); !near.empty()) {
    d.fix = {"是不是“" + near + "”？", "did you mean '" + near + "'?"};
  }
}

}  // namespace jianlu::model
