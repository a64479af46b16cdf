#include "adapters/ledger/row.h"

#include <algorithm>

#include "adapters/ledger/times.h"

namespace jianlu::ledger {
namespace {

using yaml::Node;

std::string trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return std::string(text);
}

// ="0012" and '0012, by which spreadsheets keep a number a text.
bool wrapped(std::string_view text) { return text.size() >= 3 && text.substr(0, 2) == "=\"" && text.back() == '"'; }

// 1.23E+15: a spreadsheet has cut the digits off.
bool cut_off(std::string_view text) {
  std::size_t i = 0;
  const auto digits = [&] {
    const std::size_t begin = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
    return i > begin;
  };
  if (!digits()) return false;
  if (i < text.size() && text[i] == '.' && (++i, !digits())) return false;
  if (i + 1 >= text.size() || (text[i] != 'E' && text[i] != 'e') || text[i + 1] != '+') return false;
  i += 2;
  return digits() && i == text.size();
}

bool asks(const Value& value) {
  return value.kind == Value::Kind::take ||
         std::any_of(value.parts.begin(), value.parts.end(), [](const auto& part) { return asks(part.second); }) ||
         std::any_of(value.rows.begin(), value.rows.end(), asks);
}

}  // namespace

std::string Row::text(const std::string& column) const { return trimmed(record_.cells[columns_.at(column)].text); }

Node Row::placed(Node node) const {
  node.line = record_.line;
  node.column = 1;
  for (Node& item : node.items) item = placed(std::move(item));
  for (yaml::Entry& entry : node.entries) entry = {placed(std::move(entry.key)), placed(std::move(entry.value))};
  return node;
}

std::optional<Node> Row::make(const Value& value) {
  if (value.kind == Value::Kind::constant) return placed(value.constant);
  if (value.kind == Value::Kind::take) return take(value.take);
  Node out;
  out.line = record_.line;
  out.column = 1;
  bool takes = false, filled = false;   // whether cells are asked for, and one has something
  const auto add = [&](const Value& part) {
    const std::size_t before = faults_.size();
    std::optional<Node> made = make(part);
    if (asks(part)) {
      takes = true;
      filled |= made.has_value() || faults_.size() != before;
    }
    return made;
  };
  if (value.kind == Value::Kind::rows) {
    out.kind = Node::Kind::sequence;
    for (const Value& row : value.rows) {
      if (auto made = add(row)) out.items.push_back(std::move(*made));
    }
  } else {
    out.kind = Node::Kind::mapping;
    for (const auto& [key, part] : value.parts) {
      if (auto made = add(part)) out.entries.push_back({placed(key), std::move(*made)});
    }
  }
  if (takes && !filled) return std::nullopt;
  return out;
}

std::optional<Node> Row::refuse(const Cell& cell, const Take& take, diag::Words what, diag::Words mend) {
  faults_.push_back({cell.line, cell.column, take.column, std::move(what), std::move(mend)});
  return std::nullopt;
}

std::optional<Node> Row::take(const Take& take) {
  const Cell& cell = record_.cells[columns_.at(take.column)];
  std::string text = trimmed(cell.text);
  if (wrapped(text)) {
    if (!mapping_.excel) {
      return refuse(cell, take, {"“" + text + "”是表格软件的写法", "`" + text + "` is a spreadsheet's way of writing"},
                    {"对照里写上“表格软件: 是”，或者导出为普通文字", "say `excel: yes` in the mapping, or export plain texts"});
    }
    text = text.substr(2, text.size() - 3);
  } else if (mapping_.excel && text.size() > 1 && text.front() == '\'') {
    text.erase(0, 1);
  }
  if (text.empty()) {
    if (!take.empty) return std::nullopt;
    Node out = placed(*take.empty);
    out.line = cell.line;
    out.column = cell.column;
    return out;
  }
  if (take.split.empty()) return one(take, cell, std::move(text));
  Node out;
  out.kind = Node::Kind::sequence;
  out.line = cell.line;
  out.column = cell.column;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(take.split, begin), text.size());
    std::string part = trimmed(std::string_view(text).substr(begin, end - begin));
    begin = end + take.split.size();
    if (part.empty()) continue;
    auto made = one(take, cell, std::move(part));
    if (!made) return std::nullopt;
    out.items.push_back(std::move(*made));
  }
  return out;
}

std::optional<Node> Row::one(const Take& take, const Cell& cell, std::string text) {
  Node out;
  out.kind = Node::Kind::scalar;
  if (!take.values.empty()) {
    const auto found = take.values.find(text);
    if (found == take.values.end()) {
      std::string known;
      for (const auto& [name, node] : take.values) known += (known.empty() ? "" : "、") + name;
      return refuse(cell, take, {"对照里没有“" + text + "”", "the mapping does not say what `" + text + "` means"},
                    {"改正这一格，或者在对照里补上；已有：" + known, "correct the cell, or add it to the mapping; known are: " + known});
    }
    out = placed(found->second);
  } else if (!take.times.empty()) {
    std::string forms;
    for (const std::string& form : take.times) {
      if (form == "number" || form == "数") out.text = text;
      else if (auto read = read_time(text, form)) out.text = std::move(*read);
      if (!out.text.empty()) break;
      forms += (forms.empty() ? "" : "、") + form;
    }
    if (out.text.empty()) {
      return refuse(cell, take, {"“" + text + "”不是所说写法的时刻", "`" + text + "` is no time written as said"},
                    {"应写作 " + forms + "，或者在对照里补上这种写法", "write it as " + forms + ", or add this form to the mapping"});
    }
  } else if (cut_off(text)) {
    return refuse(cell, take, {"“" + text + "”是表格软件截短了的长数字", "`" + text + "` is a long number that a spreadsheet has cut off"},
                  {"把这一列设为文本后重新导出", "format the column as text and export again"});
  } else {
    out.text = std::move(text);
  }
  out.line = cell.line;
  out.column = cell.column;
  return out;
}

}  // namespace jianlu::ledger
