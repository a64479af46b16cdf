// Text buffers and spans. A span is a half-open range of bytes in one file; every later stage
// carries spans instead of copies of the text.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace jianlu::source {

using FileId = std::uint32_t;

struct Span {
  FileId file = 0;
  std::uint32_t begin = 0;  // first byte
  std::uint32_t end = 0;    // one past the last byte
  bool operator==(const Span&) const = default;
};

// The smallest span that holds both; they must be of one file.
Span cover(Span a, Span b);

// zh: the file is written in Chinese; en: in English. Decides the language of its diagnostics.
enum class Language { zh, en };

// 1-based. `column` counts code points, as people do; `utf16` counts code units, as editors do.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint32_t utf16 = 1;
};

class File {
 public:
  File(std::string path, std::string text);

  const std::string& path() const { return path_; }
  std::string_view text() const { return text_; }
  std::string_view text(Span span) const;
  Position position(std::uint32_t offset) const;
  // The line (1-based) without its line ending; empty beyond the last line.
  std::string_view line(std::uint32_t number) const;
  std::uint32_t line_begin(std::uint32_t number) const;

  Language language = Language::zh;

 private:
  std::string path_;
  std::string text_;
  std::vector<std::uint32_t> lines_;
};

// Owns the files of one run; ids and references stay valid as files are added.
class Files {
 public:
  FileId add(std::string path, std::string text);
  File& operator[](FileId id) { return files_[id]; }
  const File& operator[](FileId id) const { return files_[id]; }
  std::size_t size() const { return files_.size(); }

 private:
  std::deque<File> files_;
};

}  // namespace jianlu::source
