#include "adapters/devices/template.h"

#include <algorithm>
#include <array>

namespace jianlu::devices {
namespace {

constexpr std::size_t max_pieces = 64;
constexpr std::size_t longest_name = 255;  // bytes, as file systems allow

struct Named {
  std::string_view name;
  Field field;
};
constexpr std::array fields{
    Named{"device", Field::device},     Named{"officer", Field::officer},
    Named{"any", Field::any},           Named{"digits", Field::digits},
    Named{"ext", Field::ext},           Named{"epoch", Field::epoch},
    Named{"epoch_ms", Field::epoch_ms}, Named{"epoch_local", Field::epoch_local},
};
constexpr std::array clock{
    Named{"yyyy", Field::year}, Named{"MM", Field::month},  Named{"dd", Field::day},
    Named{"HH", Field::hour},   Named{"mm", Field::minute}, Named{"ss", Field::second},
};

bool digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

struct Extent {
  std::size_t least, most;
};
Extent extent(const Piece& piece) {
  switch (piece.field) {
    case Field::literal:
      return {piece.text.size(), piece.text.size()};
    case Field::year:
      return {4, 4};
    case Field::month:
    case Field::day:
    case Field::hour:
    case Field::minute:
    case Field::second:
      return {2, 2};
    case Field::epoch:
    case Field::epoch_local:
      return {10, 10};
    case Field::epoch_ms:
      return {13, 13};
    default:
      return {1, longest_name};
  }
}

bool takes(const Piece& piece, std::size_t at, char c) {
  switch (piece.field) {
    case Field::literal:
      return lower(piece.text[at]) == lower(c);
    case Field::device:
    case Field::officer:
    case Field::any:
      return c != '_';
    case Field::ext:
      return digit(c) || letter(c);
    default:
      return digit(c);
  }
}

// Leaves out of the search what has already failed, so that a match costs at most pieces × name × name.
class Search {
 public:
  Search(const std::vector<Piece>& pieces, std::string_view name)
      : pieces_(pieces), name_(name), failed_(pieces.size() * (name.size() + 1)), taken_(pieces.size()) {}

  bool from(std::size_t piece, std::size_t at) {
    if (piece == pieces_.size()) return at == name_.size();
    const auto seen = piece * (name_.size() + 1) + at;
    if (failed_[seen]) return false;
    const auto [least, most] = extent(pieces_[piece]);
    for (std::size_t n = 0; n <= most && at + n <= name_.size(); ++n) {
      if (n > 0 && !takes(pieces_[piece], n - 1, name_[at + n - 1])) break;
      if (n < least) continue;
      taken_[piece] = name_.substr(at, n);
      if (from(piece + 1, at + n)) return true;
    }
    failed_[seen] = true;
    return false;
  }

  std::vector<std::string_view> taken() { return std::move(taken_); }

 private:
  const std::vector<Piece>& pieces_;
  std::string_view name_;
  std::vector<bool> failed_;
  std::vector<std::string_view> taken_;
};

// "yyyyMMdd_HHmmss": clock fields with fixed text between them.
bool add_clock(std::string_view text, std::vector<Piece>& to) {
  while (!text.empty()) {
    const auto* named =
        std::find_if(clock.begin(), clock.end(), [&](const Named& n) { return text.starts_with(n.name); });
    if (named != clock.end()) {
      to.push_back({named->field, ""});
      text.remove_prefix(named->name.size());
    } else if (!letter(text[0]) && !digit(text[0])) {
      to.push_back({Field::literal, std::string(1, text[0])});
      text.remove_prefix(1);
    } else {
      return false;
    }
  }
  return true;
}

TemplateFault unknown(std::string_view field) {
  const auto name = std::string(1, '{').append(field).append(1, '}');
  return {"没有字段 " + name +
              "；可用：{device} {officer} {any} {digits} {ext} {epoch} {epoch_ms} {epoch_local}，或时间 "
              "{yyyyMMddHHmmss}",
          "no field " + name +
              "; use {device} {officer} {any} {digits} {ext} {epoch} {epoch_ms} {epoch_local}, or a time "
              "such as {yyyyMMddHHmmss}"};
}

std::optional<TemplateFault> fault(const Template& t) {
  for (const auto& piece : t.pieces()) {
    const bool free =
        piece.field == Field::literal || piece.field == Field::any || piece.field == Field::digits;
    const auto same = std::count_if(t.pieces().begin(), t.pieces().end(),
                                    [&](const Piece& p) { return p.field == piece.field; });
    if (!free && same > 1)
      return TemplateFault{"同一字段出现了两次；每个字段只写一次",
                           "a field appears twice; write each field once"};
  }
  const int clocks =
      t.has(Field::year) + t.has(Field::epoch) + t.has(Field::epoch_ms) + t.has(Field::epoch_local);
  if (clocks > 1) return TemplateFault{"写了两种时间；只保留一种", "two kinds of time; keep one"};
  bool any = false, all = true;
  for (const auto field : {Field::year, Field::month, Field::day, Field::hour, Field::minute}) {
    any = any || t.has(field);
    all = all && t.has(field);
  }
  if ((any || t.has(Field::second)) && !all)
    return TemplateFault{"时间不完整；至少写 yyyy MM dd HH mm",
                         "the time is incomplete; write at least yyyy MM dd HH mm"};
  return std::nullopt;
}

}  // namespace

bool Template::has(Field field) const {
  return std::any_of(pieces_.begin(), pieces_.end(), [&](const Piece& p) { return p.field == field; });
}

std::variant<Template, TemplateFault> Template::compile(std::string_view text) {
  Template out;
  auto& pieces = out.pieces_;
  if (text.empty() || text.size() > longest_name)
    return TemplateFault{"模板为空或超过 255 字节", "the template is empty or longer than 255 bytes"};
  while (!text.empty()) {
    const auto open = text.find_first_of("{}");
    if (open > 0) pieces.push_back({Field::literal, std::string(text.substr(0, open))});
    if (open == text.npos) break;
    const auto close = text.find('}', open);
    if (text[open] == '}' || close == text.npos)
      return TemplateFault{"花括号不成对；字段写作 {device}",
                           "a brace has no partner; write a field as {device}"};
    const auto field = text.substr(open + 1, close - open - 1);
    const auto* named =
        std::find_if(fields.begin(), fields.end(), [&](const Named& n) { return n.name == field; });
    if (named != fields.end())
      pieces.push_back({named->field, ""});
    else if (field.empty() || !add_clock(field, pieces))
      return unknown(field);
    text.remove_prefix(close + 1);
  }
  if (pieces.size() > max_pieces)
    return TemplateFault{"模板的组成部分超过 64 个", "the template has more than 64 parts"};
  if (auto wrong = fault(out)) return *wrong;
  return out;
}

std::optional<std::vector<std::string_view>> Template::match(std::string_view name) const {
  if (name.size() > longest_name) return std::nullopt;
  Search search(pieces_, name);
  if (!search.from(0, 0)) return std::nullopt;
  return search.taken();
}

}  // namespace jianlu::devices
