#include "adapters/transcript/cues.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "adapters/transcript/timing.h"

namespace jianlu::transcript {
namespace {

struct Line {
  std::string_view text;
  std::optional<Timing> timing;

  bool blank() const { return text.find_first_not_of(" \t") == text.npos; }
  bool number() const { return !blank() && text.find_first_not_of(" \t0123456789") == text.npos; }
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back({line, timing(line)});
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// How long the markup is with which this text begins: <b>, </b>, <v 姓名>, <00:01.000>, {\an8}. Where it is
// not closed, or is something else ("体温<38度"), it is text.
std::size_t markup(std::string_view text) {
  const std::size_t end = text.find(text.front() == '<' ? '>' : '}');
  if (end == text.npos) return 0;
  const std::string_view inner = text.substr(1, end - 1);
  if (text.front() == '{') return inner.starts_with('\\') ? end + 1 : 0;
  const std::string_view name = inner.substr(inner.starts_with('/') ? 1 : 0);
  const bool time = name.find(':') != name.npos && name.find_first_not_of("0123456789:.") == name.npos;
  return time || (!name.empty() && letter(name.front())) ? end + 1 : 0;
}

std::string without_markup(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = text.front() == '<' || text.front() == '{' ? markup(text) : 0;
    if (length == 0) out += text.front();
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : lines_(lines_of(text)) {}

  Transcript read() {
    vtt_ = !lines_.empty() && lines_[0].text.starts_with("WEBVTT");
    if (vtt_) skip_block();
    while (at_ < lines_.size()) {
      if (lines_[at_].blank())
        ++at_;
      else if (lines_[at_].timing)
        cue();
      else if (vtt_ && comment())
        skip_block();
      else if (named(at_))
        ++at_;
      else
        stray();
    }
    if (!timed_ && !vtt_)
      out_.faults.assign(
          1, {1, "没有找到带时间的话：应为 SRT、WebVTT 或者语音识别的 JSON",
              "no timed words found: SubRip, WebVTT or the JSON of a speech recogniser is expected"});
    return std::move(out_);
  }

 private:
  // The line before the times: a number; in WebVTT any name.
  bool named(std::size_t i) const {
    return i + 1 < lines_.size() && lines_[i + 1].timing && !lines_[i].timing && (vtt_ || lines_[i].number());
  }
  bool comment() const {
    const std::string_view word = lines_[at_].text.substr(0, lines_[at_].text.find_first_of(" \t"));
    return word == "NOTE" || word == "STYLE" || word == "REGION";
  }
  void skip_block() {
    while (at_ < lines_.size() && !lines_[at_].blank()) ++at_;
  }
  int line(std::size_t i) const { return static_cast<int>(i) + 1; }

  // What belongs to no cue, up to the next blank line or times: once, at the line where times should be.
  void stray() {
    const std::size_t first = at_;
    while (at_ < lines_.size() && !lines_[at_].blank() && !lines_[at_].timing &&
           (at_ == first || !named(at_)))
      ++at_;
    const std::size_t shown = lines_[first].number() && at_ - first > 1 ? first + 1 : first;
    out_.faults.push_back(
        {line(shown),
         "这一行不属于任何一句话：它之前没有可读的起止时间（应写作 00:00:01,000 --> 00:00:02,000），没有采用",
         "this line belongs to no cue: no readable times stand before it (write 00:00:01,000 --> "
         "00:00:02,000); it is left out"});
  }

  void cue() {
    const Timing times = *lines_[at_].timing;
    Cue made;
    made.line = line(at_);
    timed_ = true;
    for (++at_; at_ < lines_.size() && !lines_[at_].blank() && !lines_[at_].timing; ++at_) {
      if (lines_[at_].number() && named(at_) && !made.text.empty())
        continue;  // of the next cue, without a blank line before it
      const std::string words = without_markup(lines_[at_].text);
      if (!made.text.empty() && !words.empty()) made.text += ' ';
      made.text += words;
    }
    if (!times.start || !times.end || *times.end < *times.start) {
      out_.faults.push_back({made.line, "这一行的起止时间读不懂，这句话没有采用",
                             "the times on this line cannot be read; what was said there is left out"});
      return;
    }
    if (times.odd && !odd_) {
      odd_ = true;
      out_.notes.push_back(
          {made.line,
           "起止时间应写作 00:00:01,000 --> 00:00:02,000；这一行写得不同，照此读入（其后同样写法的不再提示）",
           "times are written 00:00:01,000 --> 00:00:02,000; this line is not and was read as if it were "
           "(later ones are not mentioned)"});
    }
    made.start = *times.start;
    made.end = *times.end;
    if (!made.text.empty()) {
      out_.cues.push_back(std::move(made));
    } else if (at_ == lines_.size()) {
      out_.faults.push_back({made.line, "这句话只有起止时间，没有文字：文件可能没有写完",
                             "this cue has times and no words: the file may break off here"});
    }
  }

  std::vector<Line> lines_;
  std::size_t at_ = 0;
  bool vtt_ = false, timed_ = false, odd_ = false;
  Transcript out_;
};

}  // namespace

Transcript read_cues(std::string_view utf8) { return Reader(utf8).read(); }

}  // namespace jianlu::transcript
