#include "adapters/footage/watch/clock_face.h"

#include <algorithm>
#include <cmath>

namespace jianlu::footage {
namespace {

constexpr int reader_height = 40;  // of a digit as the reader gets it
// On the clips at hand a digit's own shape scores 0.95 and more, another's 0.79 at most.
constexpr double sure = 0.92, sure_margin = 0.05, least = 0.75, least_margin = 0.02;
constexpr double shown_least = 0.80, shown_behind = 0.03;

bool is_certain(const Glyphs::Match& match) { return match.score >= sure && match.score - match.other >= sure_margin; }

struct Group {
  std::vector<std::size_t> cells;
};

// Digits side by side; a sign, a space or another word ends a group.
std::vector<Group> groups_of(const PrintedLine& line) {
  const double advance = (line.cells[line.time + 6].middle() - line.cells[line.time + 3].middle()) / 3;
  std::vector<Group> groups;
  for (std::size_t i = 0; i < line.cells.size(); ++i) {
    if (!line.digits[i]) continue;
    const bool joined = i > 0 && line.digits[i - 1] && line.words[i] == line.words[i - 1] &&
                        line.cells[i].middle() - line.cells[i - 1].middle() < 1.7 * advance;
    if (!joined) groups.emplace_back();
    groups.back().cells.push_back(i);
  }
  return groups;
}

// Half way from the print of the time to what surrounds each of its digits.
int level_between(const Plane& picture, const PrintedLine& line) {
  std::vector<int> levels;
  for (std::size_t k = 0; k < 8; ++k) {
    const auto& cell = line.cells[line.time + k];
    for (int y = std::max(0, cell.y - 1); y < std::min(picture.height, cell.bottom() + 1); ++y)
      for (int x = std::max(0, cell.x - 1); x < std::min(picture.width, cell.right() + 1); ++x)
        levels.push_back(line.ink.bright ? picture.row(y)[x] : 255 - picture.row(y)[x]);
  }
  std::sort(levels.begin(), levels.end());
  return levels[levels.size() / 10] + (levels[levels.size() * 19 / 20] - levels[levels.size() / 10]) * 80 / 100;
}

}  // namespace

std::optional<ClockFace> ClockFace::find(const Plane& picture, TextReader& reader) {
  for (auto& line : find_times(picture))
    for (const bool outlined : {true, false}) {
      line.ink.outlined = outlined;
      if (auto face = read(line, picture, reader)) return face;
    }
  return std::nullopt;
}

std::optional<ClockFace> ClockFace::read(PrintedLine line, const Plane& picture, TextReader& reader) {
  ClockFace face;
  face.ink_ = line.ink;
  face.ink_.threshold = level_between(picture, line);
  auto box = line.cells.front();
  for (const auto& cell : line.cells) box = around(box, cell);
  const int margin = box.height / 2 + 4;
  const int x = std::max(0, box.x - margin), y = std::max(0, box.y - margin);
  face.place_ = {x, y, std::min(picture.width, box.right() + margin) - x,
                 std::min(picture.height, box.bottom() + margin) - y};
  for (auto& cell : line.cells) cell = {cell.x - x, cell.y - y, cell.width, cell.height};
  const auto window = face.window(picture);
  const auto local = face.lay_out(std::move(line), face.plane(window), reader);
  if (!local) return std::nullopt;
  face.learn(face.plane(window), *local);
  return face;
}

std::vector<std::uint8_t> ClockFace::window(const Plane& picture) const {
  if (place_.right() > picture.width || place_.bottom() > picture.height) return {};
  return printed(picture, place_, ink_);
}

Plane ClockFace::plane(const std::vector<std::uint8_t>& window) const {
  return {window.data(), place_.width, place_.width, place_.height, true};
}

std::optional<std::int64_t> ClockFace::lay_out(PrintedLine line, const Plane& window, TextReader& reader) {
  part_dates(line, window, reader);
  if (!take_groups(line)) return std::nullopt;
  if (!take_half_day(line, window, reader)) return std::nullopt;
  const auto signs = digits(window, reader);
  if (!signs) return std::nullopt;
  // Of two groups that may be month or day, only one of them may be above 12; else twelve-hour clocks put the
  // month first, others the day.
  const auto value = [&](std::size_t group) {
    int n = 0;
    for (std::size_t i = 0; i < cells_.size(); ++i)
      if (cells_[i].group == group) n = n * 10 + ((*signs)[i] - '0');
    return n;
  };
  if (lengths_[form_.year] == 4 && form_.year > form_.month) {
    const auto first = form_.year - 2, second = form_.year - 1;
    const bool month_first = value(second) > 12 || (value(first) <= 12 && half_days_);
    form_ = *clock_form(lengths_, form_.hour, month_first);
  }
  return time_of(*signs);
}

// A slash has the shape of a 1: in a date of ten cells only the reader tells which are which.
void ClockFace::part_dates(PrintedLine& line, const Plane& window, TextReader& reader) {
  constexpr std::size_t date = 10;  // dd/dd/dddd
  for (const auto& group : groups_of(line)) {
    if (group.cells.size() != date) continue;
    auto box = line.cells[group.cells.front()];
    for (const auto i : group.cells) box = around(box, line.cells[i]);
    const auto text = print(window, box, reader);
    if (text.size() != date) continue;
    for (std::size_t i = 0; i < date; ++i)
      if (text[i] < '0' || text[i] > '9') line.digits[group.cells[i]] = false;
  }
}

bool ClockFace::take_groups(const PrintedLine& line) {
  auto groups = groups_of(line);
  std::size_t time = 0;
  while (time < groups.size() && groups[time].cells.front() != line.time) ++time;
  if (time == groups.size()) return false;
  for (const auto& g : groups) lengths_.push_back(static_cast<int>(g.cells.size()));
  const auto form = clock_form(lengths_, time, false);
  if (!form) return false;
  const auto from = std::min({form->year, form->month, form->day, form->hour});
  groups = {groups.begin() + std::ptrdiff_t(from), groups.begin() + std::ptrdiff_t(from + 6)};
  lengths_ = {lengths_.begin() + std::ptrdiff_t(from), lengths_.begin() + std::ptrdiff_t(from + 6)};
  form_ = *clock_form(lengths_, form->hour - from, false);

  int widest = 0, highest = 0;
  top_ = line.cells[line.time].y;
  std::vector<std::size_t> taken;
  for (const auto& g : groups)
    for (const auto i : g.cells) {
      taken.push_back(i);
      widest = std::max(widest, line.cells[i].width);
      highest = std::max(highest, line.cells[i].height);
      top_ = std::min(top_, line.cells[i].y);
    }
  top_ = std::max(0, top_ - 1);
  glyphs_.set(widest + 2, highest + 2, std::max(2, widest / 5));

  // A narrow digit stands somewhere in its cell: its neighbours say where the cell is.
  const double advance = (line.cells[line.time + 6].middle() - line.cells[line.time + 3].middle()) / 3;
  const auto wide = [&](std::size_t i) { return line.cells[i].width * 10 >= widest * 7; };
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const auto& cells = groups[g].cells;
    for (std::size_t k = 0; k < cells.size(); ++k) {
      double middle = line.cells[cells[k]].middle(), step = advance;
      if (cells.size() > 1 && wide(cells[0]) && wide(cells[1]))
        step = line.cells[cells[1]].middle() - line.cells[cells[0]].middle();
      if (!wide(cells[k]) && k > 0 && wide(cells[k - 1]))
        middle = line.cells[cells[k - 1]].middle() + std::min(step, widest * 1.4);
      else if (!wide(cells[k]) && k + 1 < cells.size() && wide(cells[k + 1]))
        middle = line.cells[cells[k + 1]].middle() - std::min(step, widest * 1.4);
      cells_.push_back({middle, g});
    }
  }
  take_words(line, taken);
  return true;
}

void ClockFace::take_words(const PrintedLine& line, const std::vector<std::size_t>& taken) {
  std::size_t first = 0;
  for (std::size_t n = 0; n < taken.size(); ++n) {
    const auto i = taken[n];
    if (n == 0 || line.words[i] != line.words[taken[n - 1]]) {
      words_.push_back({line.cells[i], {}, 0});
      first = i;
    }
    auto& word = words_.back();
    word.box = around(word.box, line.cells[i]);
    word.digits.push_back(i - first);
    word.size = i - first + 1;
  }
}

// False when something stands there that begins like AM or PM but cannot be read.
bool ClockFace::take_half_day(const PrintedLine& line, const Plane& window, TextReader& reader) {
  const auto at = line.time + 8;
  if (line.cells.size() < at + 2) return true;
  const int height = line.cells[line.time].height;
  auto box = line.cells[at];
  for (auto i = at + 1; i < line.cells.size() && line.cells[i].x - box.right() < height / 2; ++i)
    box = around(box, line.cells[i]);
  const auto text = print(window, box, reader);
  if (text == "AM" || text == "PM") {
    half_ = box;
    half_days_ = true;
    cells_.push_back({line.cells[at].middle(), lengths_.size()});
    return true;
  }
  return text.empty() || (text[0] != 'A' && text[0] != 'P');
}

// One word, enlarged, dark on white with a margin.
std::string ClockFace::print(const Plane& window, const Box& box, TextReader& reader) const {
  const double scale = std::max(1.0, static_cast<double>(reader_height) / box.height);
  const int margin = reader_height / 2;
  const int width = static_cast<int>(box.width * scale), height = static_cast<int>(box.height * scale);
  const int full_width = width + 2 * margin, full_height = height + 2 * margin;
  std::vector<std::uint8_t> out(static_cast<std::size_t>(full_width) * full_height, 255);
  const auto at = [&](int x, int y) {
    return static_cast<double>(
        window.row(std::clamp(y, 0, window.height - 1))[std::clamp(x, 0, window.width - 1)]);
  };
  // One pixel around the box belongs to the print: its edges are soft.
  const int rim = static_cast<int>(scale);
  for (int y = -rim; y < height + rim; ++y)
    for (int x = -rim; x < width + rim; ++x) {
      const double u = box.x + (x + 0.5) / scale - 0.5, v = box.y + (y + 0.5) / scale - 0.5;
      const int i = static_cast<int>(std::floor(u)), k = static_cast<int>(std::floor(v));
      const double a = u - i, b = v - k;
      const double value = (at(i, k) * (1 - a) + at(i + 1, k) * a) * (1 - b) +
                           (at(i, k + 1) * (1 - a) + at(i + 1, k + 1) * a) * b;
      const int row = y + margin, column = x + margin;
      if (row >= 0 && row < full_height && column >= 0 && column < full_width)
        out[static_cast<std::size_t>(row) * full_width + column] = static_cast<std::uint8_t>(value);
    }
  return reader.read({out.data(), full_width, full_width, full_height, true});
}

std::optional<std::string> ClockFace::digits(const Plane& window, TextReader& reader) const {
  std::string signs;
  for (const auto& word : words_) {
    std::string found;
    for (std::size_t i = signs.size(); i < signs.size() + word.digits.size(); ++i)
      if (const auto sign = certain(window, i)) found += *sign;
    if (found.size() == word.digits.size()) {
      signs += found;
      continue;
    }
    found.clear();
    const auto text = print(window, word.box, reader);
    // A sign for each cell: what stands between the digits may be read as whatever it likes.
    if (text.size() == word.size)
      for (const auto i : word.digits) found += text[i];
    else
      found = text;
    std::erase_if(found, [](char c) { return c < '0' || c > '9'; });
    if (found.size() != word.digits.size()) return std::nullopt;
    signs += found;
  }
  if (half_) {
    const auto text = print(window, *half_, reader);
    if (text != "AM" && text != "PM") return std::nullopt;
    signs += text[0];
  }
  return signs;
}

std::optional<std::int64_t> ClockFace::time_of(const std::string& signs) const {
  std::vector<std::string> groups(lengths_.size());
  for (std::size_t i = 0; i < cells_.size(); ++i)
    if (cells_[i].group < groups.size()) {
      if (signs[i] < '0' || signs[i] > '9') return std::nullopt;
      groups[cells_[i].group] += signs[i];
    }
  auto half = HalfDay::none;
  if (half_) {
    if (signs.back() != 'A' && signs.back() != 'P') return std::nullopt;
    half = signs.back() == 'A' ? HalfDay::am : HalfDay::pm;
  }
  return local_time(form_, groups, half);
}

std::string ClockFace::signs_of(std::int64_t local) const {
  const auto text = shown_time(local);  // 2020-06-01 16:29:10
  std::vector<std::string> groups(lengths_.size());
  groups[form_.year] = text.substr(form_.short_year ? 2 : 0, form_.short_year ? 2 : 4);
  groups[form_.month] = text.substr(5, 2);
  groups[form_.day] = text.substr(8, 2);
  groups[form_.hour] = text.substr(11, 2);
  groups[form_.hour + 1] = text.substr(14, 2);
  groups[form_.hour + 2] = text.substr(17, 2);
  const int hour = std::stoi(groups[form_.hour]);
  if (half_) {
    const int twelve = hour % 12 == 0 ? 12 : hour % 12;
    groups[form_.hour] = {static_cast<char>('0' + twelve / 10), static_cast<char>('0' + twelve % 10)};
  }
  std::string signs;
  for (const auto& group : groups) signs += group;
  if (half_) signs += hour < 12 ? 'A' : 'P';
  return signs;
}

// Most pictures show the second that the one before them shows. A digit that changes moves a twentieth of its cell from
// print to ground at the least; what noise leaves of a cell after printed() stays far below.
bool ClockFace::unchanged(const Plane& window) const {
  constexpr int most = 4;  // levels a pixel, over a cell
  if (compared_.empty()) return false;
  const int width = glyphs_.width(), height = glyphs_.height();
  for (const auto& cell : cells_) {
    const int left = std::clamp(static_cast<int>(std::lround(cell.middle - width / 2.0)), 0, std::max(0, window.width - width));
    const int top = std::min(top_, std::max(0, window.height - height));
    int sum = 0;
    for (int y = top; y < std::min(window.height, top + height); ++y)
      for (int x = left; x < std::min(window.width, left + width); ++x)
        sum += std::abs(window.row(y)[x] - compared_[static_cast<std::size_t>(y) * window.width + x]);
    if (sum > most * width * height) return false;
  }
  return true;
}

std::optional<ClockFace::Reading> ClockFace::compare(const Plane& window) {
  if (unchanged(window)) return last_;
  const auto reading = by_glyphs(window);
  compared_.clear();
  if (!reading || !reading->certain) return reading;
  for (int y = 0; y < window.height; ++y) compared_.insert(compared_.end(), window.row(y), window.row(y) + window.width);
  last_ = *reading;
  return reading;
}

bool ClockFace::blotted(const Plane& window) const {
  return std::any_of(cells_.begin(), cells_.end(), [&](const Cell& cell) { return glyphs_.blank(window, cell.middle, top_); });
}

std::optional<char> ClockFace::certain(const Plane& window, std::size_t cell) const {
  const auto match = glyphs_.read(window, cells_[cell].middle, top_);
  return is_certain(match) ? std::optional(match.sign) : std::nullopt;
}

std::optional<ClockFace::Reading> ClockFace::by_glyphs(const Plane& window) const {
  std::string signs;
  bool certain = true;
  for (const auto& cell : cells_) {
    const auto match = glyphs_.read(window, cell.middle, top_);
    if (match.score < least || match.score - match.other < least_margin) return std::nullopt;
    certain = certain && is_certain(match);
    signs += match.sign;
  }
  const auto local = time_of(signs);
  if (!local) return std::nullopt;
  return Reading{*local, certain};
}

bool ClockFace::shows(const Plane& window, std::int64_t local) const {
  const auto signs = signs_of(local);
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const auto fit = glyphs_.fit(signs[i], window, cells_[i].middle, top_);
    if (fit < shown_least || fit < glyphs_.read(window, cells_[i].middle, top_).score - shown_behind)
      return false;
  }
  return true;
}

std::optional<std::int64_t> ClockFace::ask(const Plane& window, TextReader& reader) const {
  const auto signs = digits(window, reader);
  return signs ? time_of(*signs) : std::nullopt;
}

void ClockFace::learn(const Plane& window, std::int64_t local) {
  const auto signs = signs_of(local);
  for (std::size_t i = 0; i < cells_.size(); ++i) glyphs_.learn(signs[i], window, cells_[i].middle, top_);
}

}  // namespace jianlu::footage
