#include "adapters/transcript/json.h"

#include <simdjson.h>

#include <algorithm>
#include <cmath>

namespace jianlu::transcript {
namespace {

namespace od = simdjson::ondemand;

constexpr int kDepth = 32;
constexpr double kLongest = 1e7;   // seconds: 115 days

// The values of a text that follow each other, told apart before any is read: how deep they nest is known then, too.
class Values {
 public:
  explicit Values(std::string_view text) : text_(text) {}

  std::string_view next() {
    while (at_ < text_.size() && blank(text_[at_])) ++at_;
    const std::size_t begin = at_;
    if (begin == text_.size()) return {};
    if (text_[at_] != '{' && text_[at_] != '[') return stop("这里不是 JSON 的开头", "no JSON begins here");
    int depth = 0;
    bool quoted = false;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (quoted) {
        if (c == '\\') ++at_;
        else if (c == '"') quoted = false;
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{' || c == '[') {
        if (++depth > kDepth) return stop("嵌套超过 32 层", "it nests deeper than 32 levels");
      } else if ((c == '}' || c == ']') && --depth == 0) {
        ++at_;
        return text_.substr(begin, at_ - begin);
      }
    }
    at_ = begin;
    return stop("JSON 没有写完就断了", "the JSON breaks off");
  }
  const std::optional<Fault>& fault() const { return fault_; }

 private:
  static bool blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\x1E'; }
  std::string_view stop(const char* zh, const char* en) {
    const int line = 1 + static_cast<int>(std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(std::min(at_, text_.size())), '\n'));
    fault_ = Fault{line, std::string(zh) + "，其后的没有采用", std::string(en) + "; what follows is left out"};
    at_ = text_.size();
    return {};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::optional<Fault> fault_;
};

class Reader {
 public:
  explicit Reader(std::string_view text) : padded_(text), counted_(padded_.data()) {}

  Transcript read() {
    Values values(std::string_view(padded_.data(), padded_.size()));
    for (std::string_view value = values.next(); !value.empty(); value = values.next()) {
      const char* const begin = value.data();
      const std::size_t readable = static_cast<std::size_t>(padded_.data() + padded_.size() - begin) + simdjson::SIMDJSON_PADDING;
      od::document document;
      if (const auto error = parser_.iterate(begin, value.size(), readable).get(document)) {
        fault(begin, std::string("JSON 读不懂，没有采用：") + simdjson::error_message(error),
              std::string("the JSON cannot be read and is left out: ") + simdjson::error_message(error));
        continue;
      }
      const simdjson::error_code error = value[0] == '[' ? list(document) : root(document);
      if (error) {
        fault(begin, std::string("JSON 有误，其中余下的没有采用：") + simdjson::error_message(error),
              std::string("the JSON is faulty; the rest of it is left out: ") + simdjson::error_message(error));
      }
    }
    if (values.fault()) out_.faults.push_back(*values.fault());
    if (!known_ && out_.faults.empty()) {
      out_.faults.push_back({1, "不是认得的识别结果：应有 segments、sentence_info、transcription 或者 result",
                             "no output of a known recogniser: segments, sentence_info, transcription or result is expected"});
    }
    return std::move(out_);
  }

 private:
  // Lines are counted forward only: values come in the order of the text.
  int line(const char* at) {
    line_ += static_cast<int>(std::count(counted_, std::max(counted_, at), '\n'));
    counted_ = std::max(counted_, at);
    return line_;
  }

  void fault(const char* at, std::string zh, std::string en) { out_.faults.push_back({line(at), std::move(zh), std::move(en)}); }

  void cue(int at, std::optional<double> start, std::optional<double> end, std::optional<std::string_view> words) {
    const bool good = start && end && words && *start >= 0 && *end >= *start && *end <= kLongest;
    if (!good) {
      out_.faults.push_back({at, "这一段没有可读的起止时间和文字，没有采用", "this segment has no readable times and text; it is left out"});
      return;
    }
    const std::string_view text = trimmed(*words);
    if (text.empty()) return;
    out_.cues.push_back({micros(*start), micros(*end), std::string(text), at});
  }
  static std::int64_t micros(double seconds) { return std::llround(seconds * 1e6); }

  simdjson::error_code list(od::document& document) {
    od::array array;
    if (const auto error = document.get_array().get(array)) return error;
    for (auto item : array) {
      od::value value;
      if (const auto error = item.get(value)) return error;
      od::object object;
      if (value.get_object().get(object)) {
        fault(value.raw_json_token().data(), "这一项不是一段识别结果，没有采用", "this item is no result of a recogniser; it is left out");
        continue;
      }
      if (const auto error = result(object)) return error;
    }
    return simdjson::SUCCESS;
  }

  simdjson::error_code root(od::document& document) {
    od::object object;
    if (const auto error = document.get_object().get(object)) return error;
    return result(object);
  }

  // Each name with its value, to `take(name, value)`, until that answers with an error.
  template <typename Take>
  static simdjson::error_code fields(od::object& object, Take&& take) {
    for (auto field : object) {
      std::string_view key;
      od::value value;
      if (const auto error = field.unescaped_key().get(key)) return error;
      const std::string name(key);
      if (const auto error = field.value().get(value)) return error;
      if (const simdjson::error_code error = take(name, value)) return error;
    }
    return simdjson::SUCCESS;
  }

  simdjson::error_code result(od::object object) {
    std::string text;
    std::vector<Cue> words;              // of Vosk; their times count, joined, with the text
    bool in_words = false, timed = false, in_text = false;
    std::optional<double> first, last;   // of FunASR's time stamps of single characters
    int at = 0;
    const auto error = fields(object, [&](const std::string& name, od::value& value) {
      if (at == 0) at = line(value.raw_json_token().data());
      simdjson::error_code inner = simdjson::SUCCESS;
      if (name == "segments") {
        inner = each(value, 1.0, false);
        timed = true;
      } else if (name == "sentence_info") {
        inner = each(value, 1e-3, false);
        timed = true;
      } else if (name == "transcription") {
        inner = each(value, 1e-3, true);
        timed = true;
      } else if (name == "result") {
        inner = spoken(value, words);
        in_words = true;
      } else if (name == "timestamp") {
        inner = span(value, first, last);
      } else if (name == "text" || name == "partial") {
        std::string_view words_said;
        if (!value.get_string().get(words_said)) text = trimmed(words_said);
        in_text = true;
      } else if (name == "duration") {
        double seconds = 0;
        if (!value.get_double().get(seconds) && seconds > 0 && seconds <= kLongest) out_.covers = micros(seconds);
      }
      return inner;
    });
    if (error) return error;
    if (timed) {
      known_ = true;
    } else if (in_words) {
      known_ = true;
      if (!words.empty()) out_.cues.push_back({words.front().start, words.back().end, said(text, words), words.front().line});
    } else if (first && last) {
      known_ = true;
      cue(at, first, last, text);
    } else if (!text.empty()) {
      out_.faults.push_back({at, "这段话没有时间，没有采用", "these words have no times; they are left out"});
    } else if (in_text) {
      known_ = true;   // nobody spoke
    }
    return simdjson::SUCCESS;
  }

  static std::string said(const std::string& text, const std::vector<Cue>& words) {
    if (!text.empty()) return text;
    std::string out;
    for (const Cue& word : words) out += (out.empty() ? "" : " ") + word.text;
    return out;
  }

  // start, end and text of each; of whisper.cpp, offsets.from and offsets.to.
  simdjson::error_code each(od::value& value, double unit, bool offsets) {
    od::array array;
    if (const auto error = value.get_array().get(array)) return error;
    for (auto item : array) {
      od::value one;
      if (const auto error = item.get(one)) return error;
      const int at = line(one.raw_json_token().data());
      std::optional<double> start, end;
      std::optional<std::string> words;
      od::object object;
      if (!one.get_object().get(object)) {
        const auto error = fields(object, [&](const std::string& name, od::value& part) {
          od::object between;
          if (offsets && name == "offsets" && !part.get_object().get(between)) {
            return times(between, "from", "to", unit, start, end);
          } else if (!offsets && name == "start") {
            number(part, unit, start);
          } else if (!offsets && name == "end") {
            number(part, unit, end);
          } else if (name == "text") {
            std::string_view text;
            if (!part.get_string().get(text)) words = std::string(text);
          }
          return simdjson::SUCCESS;
        });
        if (error) return error;
      }
      cue(at, start, end, words ? std::optional<std::string_view>(*words) : std::nullopt);
    }
    return simdjson::SUCCESS;
  }

  simdjson::error_code times(od::object& object, std::string_view from, std::string_view to, double unit,
                             std::optional<double>& start, std::optional<double>& end) {
    return fields(object, [&](const std::string& name, od::value& value) {
      if (name == from || name == to) number(value, unit, name == from ? start : end);
      return simdjson::SUCCESS;
    });
  }

  static void number(od::value& value, double unit, std::optional<double>& out) {
    double read = 0;
    if (!value.get_double().get(read)) out = read * unit;
  }

  simdjson::error_code spoken(od::value& value, std::vector<Cue>& words) {
    od::array array;
    if (const auto error = value.get_array().get(array)) return error;
    for (auto item : array) {
      od::value one;
      if (const auto error = item.get(one)) return error;
      const int at = line(one.raw_json_token().data());
      std::optional<double> start, end;
      std::string word;
      od::object object;
      if (!one.get_object().get(object)) {
        const auto error = fields(object, [&](const std::string& name, od::value& part) {
          std::string_view text;
          if (name == "start") number(part, 1.0, start);
          else if (name == "end") number(part, 1.0, end);
          else if (name == "word" && !part.get_string().get(text)) word = text;
          return simdjson::SUCCESS;
        });
        if (error) return error;
      }
      if (!start || !end || *start < 0 || *end < *start || *end > kLongest || (!words.empty() && micros(*end) < words.front().start)) {
        out_.faults.push_back({at, "这个词没有可读的起止时间，没有采用", "this word has no readable times; it is left out"});
      } else {
        words.push_back({micros(*start), micros(*end), std::move(word), at});
      }
    }
    return simdjson::SUCCESS;
  }

  // [[380, 620], [620, 800], …], milliseconds
  static simdjson::error_code span(od::value& value, std::optional<double>& first, std::optional<double>& last) {
    od::array array;
    if (const auto error = value.get_array().get(array)) return error;
    for (auto item : array) {
      od::array pair;
      if (const auto error = item.get_array().get(pair)) return error;
      std::size_t n = 0;
      for (auto part : pair) {
        double read = 0;
        if (const auto error = part.get_double().get(read)) return error;
        if (n++ == 0 && !first) first = read / 1e3;
        last = read / 1e3;
      }
    }
    return simdjson::SUCCESS;
  }

  simdjson::padded_string padded_;
  const char* counted_;
  int line_ = 1;
  bool known_ = false;
  od::parser parser_;
  Transcript out_;
};

}  // namespace

Transcript read_json(std::string_view utf8) { return Reader(utf8).read(); }

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace jianlu::transcript
