#include "engine/source/source.h"

#include <algorithm>
#include <utility>

namespace jianlu::source {

Span cover(Span a, Span b) { return {a.file, std::min(a.begin, b.begin), std::max(a.end, b.end)}; }

File::File(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {
  lines_.push_back(0);
  for (std::uint32_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') lines_.push_back(i + 1);
  }
}

std::string_view File::text(Span span) const {
  const std::size_t end = std::min<std::size_t>(span.end, text_.size());
  if (span.begin >= end) return {};
  return std::string_view(text_).substr(span.begin, end - span.begin);
}

Position File::position(std::uint32_t offset) const {
  offset = std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(text_.size()));
  const auto next = std::upper_bound(lines_.begin(), lines_.end(), offset);
  Position at;
  at.line = static_cast<std::uint32_t>(next - lines_.begin());
  for (std::uint32_t i = lines_[at.line - 1]; i < offset; ++i) {
    const auto byte = static_cast<unsigned char>(text_[i]);
    if ((byte & 0xC0) == 0x80) continue;
    ++at.column;
    at.utf16 += byte >= 0xF0 ? 2 : 1;
  }
  return at;
}

std::string_view File::line(std::uint32_t number) const {
  if (number == 0 || number > lines_.size()) return {};
  const std::uint32_t begin = lines_[number - 1];
  std::size_t end = number < lines_.size() ? lines_[number] : text_.size();
  while (end > begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) --end;
  return std::string_view(text_).substr(begin, end - begin);
}

std::uint32_t File::line_begin(std::uint32_t number) const {
  return number == 0 || number > lines_.size() ? static_cast<std::uint32_t>(text_.size()) : lines_[number - 1];
}

FileId Files::add(std::string path, std::string text) {
  files_.emplace_back(std::move(path), std::move(text));
  return static_cast<FileId>(files_.size() - 1);
}

}  // namespace jianlu::source
