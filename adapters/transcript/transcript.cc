#include "adapters/transcript/transcript.h"

#include <optional>
#include <variant>

#include "adapters/encoding/encoding.h"
#include "adapters/transcript/json.h"

namespace jianlu::transcript {
namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

void trim(std::string_view& text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
}

// "00:01:23,456", "00:01:23.456" or, in WebVTT, "01:23.456"; microseconds.
std::optional<std::int64_t> time_of(std::string_view text) {
  trim(text);
  std::int64_t parts[3] = {0, 0, 0};
  int count = 0;
  std::size_t i = 0;
  const auto digits = [&](std::int64_t& value, std::size_t most) {
    const std::size_t begin = i;
    value = 0;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9' && i - begin < most) value = value * 10 + (text[i++] - '0');
    return i > begin;
  };
  while (count < 3) {
    if (!digits(parts[count++], 4)) return std::nullopt;
    if (i >= text.size() || text[i] != ':') break;
    ++i;
  }
  if (count < 2) return std::nullopt;
  std::int64_t millis = 0;
  if (i < text.size() && (text[i] == ',' || text[i] == '.')) {
    const std::size_t begin = ++i;
    if (!digits(millis, 3)) return std::nullopt;
    for (std::size_t n = i - begin; n < 3; ++n) millis *= 10;
  }
  if (i != text.size()) return std::nullopt;
  const std::int64_t hours = count == 3 ? parts[0] : 0;
  const std::int64_t minutes = count == 3 ? parts[1] : parts[0];
  const std::int64_t seconds = count == 3 ? parts[2] : parts[1];
  if (minutes > 59 || seconds > 59) return std::nullopt;
  return ((hours * 60 + minutes) * 60 + seconds) * 1'000'000 + millis * 1'000;
}

// Without <b>…</b> and {\an8}.
std::string plain(std::string_view text) {
  std::string out;
  char closing = 0;
  for (const char ch : text) {
    if (closing != 0) {
      if (ch == closing) closing = 0;
    } else if (ch == '<') {
      closing = '>';
    } else if (ch == '{') {
      closing = '}';
    } else {
      out += ch;
    }
  }
  return out;
}

Transcript read_cues(std::string_view text) {
  Transcript out;
  const std::vector<std::string_view> lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t arrow = lines[i].find("-->");
    if (arrow == std::string_view::npos) continue;
    Cue cue;
    cue.line = static_cast<int>(i) + 1;
    std::string_view after = lines[i].substr(arrow + 3);
    trim(after);
    after = after.substr(0, after.find_first_of(" \t"));   // WebVTT settings follow the time
    const std::optional<std::int64_t> start = time_of(lines[i].substr(0, arrow)), end = time_of(after);
    for (++i; i < lines.size() && !lines[i].empty() && lines[i].find("-->") == std::string_view::npos; ++i) {
      const std::string words = plain(lines[i]);
      if (!cue.text.empty() && !words.empty()) cue.text += ' ';
      cue.text += words;
    }
    --i;
    if (!start || !end || *end < *start) {
      out.faults.push_back({cue.line, "这一行的起止时间读不懂，这句话没有采用",
                            "the times on this line cannot be read; what was said there is left out"});
      continue;
    }
    cue.start = *start;
    cue.end = *end;
    out.cues.push_back(std::move(cue));
  }
  const bool silent = lines.empty() ? false : lines[0].substr(0, 6) == "WEBVTT";
  if (out.cues.empty() && out.faults.empty() && !silent) {
    out.faults.push_back({1, "没有找到带时间的话：应为 SRT、WebVTT 或者语音识别的 JSON",
                          "no timed words found: SubRip, WebVTT or the JSON of a speech recogniser is expected"});
  }
  return out;
}

}  // namespace

Transcript read(std::string_view bytes) {
  Transcript out;
  if (bytes.size() > max_bytes) {
    out.faults.push_back({1, "转写超过 16 MiB，没有采用", "the transcript is larger than 16 MiB; it is left out"});
    return out;
  }
  const auto decoded = encoding::to_utf8(bytes);
  if (const auto* fault = std::get_if<encoding::Fault>(&decoded)) {
    out.faults.push_back({fault->line, fault->what.zh + "；" + fault->mend.zh, fault->what.en + "; " + fault->mend.en});
    return out;
  }
  const std::string& text = std::get<encoding::Text>(decoded).utf8;
  const std::string_view content = trimmed(text);
  out = !content.empty() && (content.front() == '{' || content.front() == '[') ? read_json(text) : read_cues(text);
  if (out.faults.size() > max_faults) {
    const std::string more = std::to_string(out.faults.size() - max_faults);
    out.faults.resize(max_faults);
    out.faults.push_back({out.faults.back().line, "其后还有 " + more + " 处有误", more + " more faults follow"});
  }
  return out;
}

}  // namespace jianlu::transcript
