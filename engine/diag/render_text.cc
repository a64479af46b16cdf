#include <fmt/format.h>

#include <algorithm>

#include "engine/diag/render.h"
#include "engine/source/screen.h"

namespace jianlu::diag {
namespace {

using source::Language;
using source::Span;

constexpr std::size_t shown_columns = 160;  // of a very long line, the part around the mark

struct Paint {
  bool on;
  std::string operator()(std::string_view code, std::string_view text) const {
    return on ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  }
};

// A source line as it can be printed, and the columns of a range of its bytes.
struct Line {
  std::string text;
  std::size_t mark = 0;   // columns before the mark
  std::size_t width = 1;  // columns of the mark
};

// One character as it can be printed; what cannot be seen, or would be obeyed, is spelled out.
std::string visible(std::string_view text, std::size_t at, const source::CodePoint& point) {
  if (point.length == 0) return fmt::format("<{:02X}>", static_cast<unsigned char>(text[at]));
  if (point.value == '\t') return "  ";
  if (source::is_hidden(point.value)) return fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(point.value));
  return std::string(text.substr(at, point.length));
}

// A message may quote what was written.
std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const source::CodePoint point = source::decode(text, at);
    out += visible(text, at, point);
    at += std::max<std::size_t>(point.length, 1);
  }
  return out;
}

Line printable(std::string_view line, std::size_t begin, std::size_t end) {
  struct Cell {
    std::string text;
    std::size_t width;
    bool marked;
  };
  std::vector<Cell> cells;
  for (std::size_t at = 0; at < line.size();) {
    const source::CodePoint point = source::decode(line, at);
    const std::size_t length = std::max<std::size_t>(point.length, 1);
    // An empty range marks the character that it stands before.
    Cell cell{visible(line, at, point), 0, begin == end ? at == begin : at < end && at + length > begin};
    const bool spelled_out = point.length == 0 || point.value == '\t' || source::is_hidden(point.value);
    cell.width = spelled_out ? cell.text.size() : static_cast<std::size_t>(display_width(point.value));
    cells.push_back(std::move(cell));
    at += length;
  }
  std::size_t total = 0, before = 0;
  for (const Cell& cell : cells) total += cell.width;
  auto first = cells.begin();
  const auto marked = std::find_if(cells.begin(), cells.end(), [](const Cell& cell) { return cell.marked; });
  Line result;
  if (total > shown_columns && marked != cells.end()) {
    for (auto i = cells.begin(); i != marked; ++i) before += i->width;
    for (; first != marked && before > shown_columns / 2; ++first) before -= first->width;
    if (first != cells.begin()) result.text = "…";
  }
  std::size_t column = result.text.empty() ? 0 : 1, width = 0;
  bool seen = false;
  for (auto i = first; i != cells.end(); ++i) {
    if (column >= shown_columns) {
      result.text += "…";
      break;
    }
    if (i->marked && !seen) {
      seen = true;
      result.mark = column;
    }
    if (i->marked) width += i->width;
    result.text += i->text;
    column += i->width;
  }
  if (!seen) result.mark = column;
  result.width = std::max<std::size_t>(width, 1);
  return result;
}

class TextRenderer {
 public:
  TextRenderer(const source::Files& files, const RenderOptions& options)
      : files_(files), options_(options), paint_{options.colour} {}

  std::string render(const Diagnostic& d) const {
    const Language language = shown_in(d, files_, options_);
    const KindInfo& kind = info(d.kind);
    const std::string_view severity_colour = kind.severity == Severity::error     ? "1;31"
                                             : kind.severity == Severity::warning ? "1;33"
                                                                                  : "1;36";
    const std::size_t gutter = gutter_of(d);
    std::string out = paint_(severity_colour, fmt::format("{}[{}]", severity_name(kind.severity, language), kind.code));
    out += paint_("1", fmt::format(": {}", plain(message(d, language)))) + "\n";
    out += snippet(d.span, gutter, '^', severity_colour, "", "-->");
    for (const Label& label : d.related) {
      out += snippet(label.span, gutter, '-', "1;34", label.text.in(language), ":::");
    }
    const auto footer = [&](std::string_view name, const std::string& text) {
      if (text.empty()) return;
      out += fmt::format("{:{}} {} {}{}{}\n", "", gutter, paint_("1;34", "="), paint_("1", name),
                         language == Language::zh ? "：" : ": ", plain(text));
    };
    footer(language == Language::zh ? "举例" : "example", d.example.in(language));
    footer(language == Language::zh ? "改法" : "fix", fix(d, language));
    if (options_.heading) footer(language == Language::zh ? "所在条" : "article", options_.heading(d.span));
    return out;
  }

 private:
  std::size_t gutter_of(const Diagnostic& d) const {
    std::uint32_t last = files_[d.span.file].position(d.span.begin).line;
    for (const Label& label : d.related) {
      last = std::max(last, files_[label.span.file].position(label.span.begin).line);
    }
    return std::to_string(last).size();
  }

  std::string snippet(Span span, std::size_t gutter, char mark, std::string_view colour, const std::string& label,
                      std::string_view arrow) const {
    const source::File& file = files_[span.file];
    const source::Position at = file.position(span.begin);
    const std::string_view line = file.line(at.line);
    const std::size_t offset = span.begin - file.line_begin(at.line);
    const Line shown = printable(line, offset, std::min<std::size_t>(span.end - file.line_begin(at.line), line.size()));
    const std::string bar = paint_("1;34", "|");
    std::string out = fmt::format("{:{}}{} {}:{}:{}\n", "", gutter, paint_("1;34", arrow), file.path(), at.line, at.column);
    out += fmt::format("{:{}} {}\n", "", gutter, bar);
    out += fmt::format("{} {} {}\n", paint_("1;34", fmt::format("{:>{}}", at.line, gutter)), bar, shown.text);
    out += fmt::format("{:{}} {} {:{}}{}", "", gutter, bar, "", shown.mark,
                       paint_(colour, std::string(shown.width, mark)));
    if (!label.empty()) out.append(" ").append(paint_(colour, label));
    return out.append("\n");
  }

  const source::Files& files_;
  const RenderOptions& options_;
  Paint paint_;
};

}  // namespace

std::string render_text(const std::vector<Diagnostic>& diagnostics, const source::Files& files,
                        const RenderOptions& options) {
  const TextRenderer renderer(files, options);
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!out.empty()) out += "\n";
    out += renderer.render(diagnostic);
  }
  return out;
}

}  // namespace jianlu::diag
