#include "engine/statute/source_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "engine/statute/normal_form.h"

namespace jianlu::statute {
namespace {

using yaml::Entry;
using yaml::Fault;
using yaml::Node;

Citation sentence_of(Citation at) {
  at.clause = 0;
  return at;
}

Fault fault(const Node& at, std::string zh, std::string en) { return {at.line, at.column, std::move(zh), std::move(en)}; }

std::optional<std::uint32_t> number(const Node& node) {
  std::uint32_t value = 0;
  const char* end = node.text.data() + node.text.size();
  const auto [stop, error] = std::from_chars(node.text.data(), end, value);
  if (error != std::errc{} || stop != end || node.text.empty()) return std::nullopt;
  return value;
}

std::variant<SourceEntry, Fault> read_entry(const Node& node) {
  SourceEntry out;
  for (const Entry& entry : node.entries) {
    const std::string& key = entry.key.text;
    if (key != "at" && key != "cut" && key != "sha256") {
      return fault(entry.key, "不认识的键“" + key + "”", "unknown key '" + key + "'");
    }
  }
  const Node* at = node.find("at");
  if (at == nullptr) return fault(node, "缺少 at：条、款、项、句", "at is missing: the citation");
  const auto citation = parse_zh(at->text);
  if (!citation || citation->article == 0 || citation->paragraph == 0 || citation->sentence == 0) {
    return fault(*at, "“" + at->text + "”应写明条、款、句，如 第四条第一款第一句",
                 "'" + at->text + "' must give article, paragraph and sentence, as 第四条第一款第一句");
  }
  out.at = *citation;
  const Node* sha256 = node.find("sha256");
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (sha256 == nullptr || sha256->text.size() != 64 || !std::all_of(sha256->text.begin(), sha256->text.end(), is_hex)) {
    return fault(sha256 ? *sha256 : node, "sha256 应为 64 位小写十六进制数", "sha256 is 64 lower-case hexadecimal digits");
  }
  out.sha256 = sha256->text;
  const Node* cut = node.find("cut");
  if ((cut != nullptr) != (out.at.clause != 0)) {
    return fault(*at, "分句应有 cut，其他各级没有", "a clause has a cut, nothing else has");
  }
  if (cut == nullptr) return out;
  const bool is_pair = cut->items.size() == 2;
  const auto from = is_pair ? number(cut->items[0]) : std::nullopt;
  const auto to = is_pair ? number(cut->items[1]) : std::nullopt;
  if (!from || !to || *from >= *to) {
    return fault(*cut, "cut 应为 [起, 止]，止大于起", "a cut is [from, to] with to behind from");
  }
  out.cut = Cut{*from, *to};
  return out;
}

// What is wrong between an entry and the one before it; empty texts: nothing.
Fault check_order(const Node& node, const SourceEntry* before, const SourceEntry& entry) {
  if (before != nullptr && !(before->at < entry.at)) {
    return fault(node, "条文应按原文顺序排列，不得重复", "statements follow the order of the text, each once");
  }
  const bool continues = before != nullptr && entry.at.clause != 0 && sentence_of(before->at) == sentence_of(entry.at);
  const Cut expected = continues && before->cut ? *before->cut : Cut{};
  const std::uint16_t clause = continues ? before->at.clause : std::uint16_t{0};
  if (entry.at.clause != 0 && (entry.at.clause != clause + 1 || entry.cut->from != expected.to)) {
    return fault(node, "分句应从第一分句起，首尾相接", "the clauses of a sentence follow one another from its first character");
  }
  return {};
}

// The clauses of each divided sentence.
std::map<Citation, std::vector<Cut>> cuts_of(const Source& source) {
  std::map<Citation, std::vector<Cut>> cuts;
  for (const SourceEntry& entry : source.statements) {
    if (entry.cut) cuts[sentence_of(entry.at)].push_back(*entry.cut);
  }
  return cuts;
}

}  // namespace

std::vector<Citation> Source::outline() const {
  std::vector<Citation> out;
  for (const SourceEntry& entry : statements) out.push_back(entry.at);
  return out;
}

std::variant<Source, yaml::Fault> read_source(std::string_view text) {
  auto document = yaml::read(text);
  if (auto* problem = std::get_if<Fault>(&document)) return std::move(*problem);
  const Node& root = std::get<Node>(document);
  const Node* list = root.find("statements");
  if (list == nullptr || !list->is(Node::Kind::sequence) || root.entries.size() != 1) {
    return fault(root, "应只有一个键 statements，内容为列表", "one key is expected, statements, with a list");
  }
  Source out;
  for (const Node& node : list->items) {
    auto entry = read_entry(node);
    if (auto* problem = std::get_if<Fault>(&entry)) return std::move(*problem);
    const SourceEntry* before = out.statements.empty() ? nullptr : &out.statements.back();
    if (Fault wrong = check_order(node, before, std::get<SourceEntry>(entry)); !wrong.en.empty()) return wrong;
    out.statements.push_back(std::move(std::get<SourceEntry>(entry)));
  }
  return out;
}

std::string write_source(const Source& source) {
  std::string out = source.statements.empty() ? "statements: []\n" : "statements:\n";
  for (const SourceEntry& entry : source.statements) {
    const std::string cut = entry.cut ? fmt::format("cut: [{}, {}], ", entry.cut->from, entry.cut->to) : "";
    out += fmt::format("- {{at: {}, {}sha256: {}}}\n", format_zh(entry.at), cut, entry.sha256);
  }
  return out;
}

Source describe(const Regulation& regulation, std::span<const Division> divisions) {
  Source out;
  for (const Statement& sentence : regulation.sentences) {
    std::vector<Cut> cuts = clause_cuts(sentence);
    for (const Division& division : divisions) {
      if (division.sentence != sentence.at) continue;
      cuts.clear();
      std::uint32_t from = 0;
      for (const std::uint32_t start : division.starts) {
        cuts.push_back({from, start});
        from = start;
      }
      cuts.push_back({from, static_cast<std::uint32_t>(decode(sentence.normalised).size())});
    }
    if (cuts.empty()) {
      out.statements.push_back({sentence.at, std::nullopt, sentence.sha256});
      continue;
    }
    const std::vector<Statement> clauses = subdivide(sentence, cuts);
    for (std::size_t i = 0; i < clauses.size(); ++i) {
      out.statements.push_back({clauses[i].at, cuts[i], clauses[i].sha256});
    }
  }
  return out;
}

std::vector<Statement> divide(const Regulation& regulation, const Source& source) {
  const auto cuts = cuts_of(source);
  std::vector<Statement> out;
  for (const Statement& sentence : regulation.sentences) {
    const auto found = cuts.find(sentence.at);
    if (found == cuts.end()) {
      out.push_back(sentence);
      continue;
    }
    for (Statement& clause : subdivide(sentence, found->second)) out.push_back(std::move(clause));
  }
  return out;
}

}  // namespace jianlu::statute
