#include "report/inspection.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/calendar/text.h"
#include "report/policy.h"
#include "report/template.h"

namespace jianlu::report {
namespace {

using Object = Value::Object;
using List = Value::List;

class Page {
 public:
  Page(const std::vector<Inspected>& files, source::Language language) : files_(files), language_(language) {}

  Value operator()() const {
    List files;
    for (const Inspected& file : files_) files.push_back(one(file));
    return Object{{"lang", language_ == source::Language::zh ? "zh-CN" : "en"},
                  {"policy", content_policy({*template_text("inspection.css")})},
                  {"title", say("录像文件检验", "Inspection of footage")},
                  {"nature",
                   say("以下是文件自身显示的迹象，每条都附有正当的可能原因。迹象不是证明，是否剪辑由人认定。",
                       "These are signs that the files themselves show, each with honest ways in which it arises. A sign is "
                       "no proof; whether a file was edited is for a person to rule.")},
                  {"t_weight", say("程度", "weight")},
                  {"t_time", say("位置", "where")},
                  {"t_sign", say("迹象", "sign")},
                  {"t_innocent", say("也可能只是", "may be innocent")},
                  {"t_none", say("没有发现迹象。", "No signs were found.")},
                  {"files", std::move(files)}};
  }

 private:
  std::string_view say(std::string_view zh, std::string_view en) const {
    return language_ == source::Language::zh ? zh : en;
  }
  std::string_view say(const footage::Wording& w) const { return say(w.zh, w.en); }

  // What the burnt-in clock shows in the frame of that time, where it was read.
  std::string shown_at(const footage::FootageFacts& f, std::int64_t time) const {
    if (!f.clock) return {};
    for (const footage::ClockReading& reading : f.clock->readings) {
      if (reading.time != time) continue;
      // 2024-05-07T10:00:00+00:00, whose zone the clock does not state.
      std::string text = calendar::format_instant(reading.local, calendar::Zone::utc()).substr(0, 19);
      text[10] = ' ';
      return std::string(say(" · 时钟 ", " · clock ")) + text;
    }
    return {};
  }

  Value one(const Inspected& file) const {
    const footage::FootageFacts& f = *file.facts;
    List pairs, signs, stills;
    const auto pair = [&](std::string_view name, std::string value) {
      if (!value.empty()) pairs.push_back(Object{{"name", name}, {"value", std::move(value)}});
    };
    const bool zh = language_ == source::Language::zh;
    const std::string& reason = zh ? f.reason_zh : f.reason;
    pair(say("状态", "state"), std::string(say(footage::wording(f.verdict))) + (reason.empty() ? "" : (zh ? "：" : ": ") + reason));
    pair(say("检验深度", "depth"), std::string(say(footage::wording(f.depth))));
    pair(say("大小", "size"), fmt::format("{} {}", f.size, say("字节", "bytes")));
    pair("SHA-256", f.sha256);
    pair(say("封装", "container"), f.format + (f.major_brand.empty() ? "" : " (" + f.major_brand + ")"));
    if (f.duration) pair(say("时长", "length"), footage_time(*f.duration));
    for (const footage::StatedTime& t : f.times) {
      pair(t.source, t.text + (zh ? "（" : " (") + std::string(say(footage::wording(t.trust))) + (zh ? "）" : ")"));
    }
    for (const footage::StreamFacts& s : f.streams) {
      std::string text = s.codec;
      if (s.width > 0) text += fmt::format(" {}×{}", s.width, s.height);
      if (s.sample_rate > 0) text += fmt::format(" {} Hz", s.sample_rate);
      text += fmt::format(", {} {}", s.packets, say("个包", "packets"));
      pair(fmt::format("#{} {}", s.index, say(footage::wording(s.kind))), text);
    }
    if (f.clock) {
      std::string text = f.clock->text;
      if (f.clock->clock_length && f.clock->stream_length) {
        text += fmt::format("{} {}{} {}", say("；时钟走了", "; by the clock"), footage::seconds_text(*f.clock->clock_length),
                            say("，录像走了", ", by the stream"), footage::seconds_text(*f.clock->stream_length));
      }
      pair(say("画面时钟", "burnt-in clock"), text);
    }
    for (const footage::Sign* sign : signs_in_order(f)) signs.push_back(one(*sign));
    for (const footage::Still& still : f.stills) {
      stills.push_back(Object{{"source", "data:image/jpeg;base64," + still.jpeg}, {"time", footage_time(still.time) + shown_at(f, still.time)}});
    }
    const bool read = f.verdict == footage::Verdict::readable || f.verdict == footage::Verdict::truncated ||
                      f.verdict == footage::Verdict::photo;
    return Object{{"path", file.path},
                  {"reading", read ? say(footage::wording(f.reading)) : say(footage::wording(f.verdict))},
                  {"reading_id", read ? footage::wording(f.reading).id : "unknown"},
                  {"pairs", std::move(pairs)},
                  {"has_signs", !signs.empty()},
                  {"signs", std::move(signs)},
                  {"has_stills", !stills.empty()},
                  {"stills", std::move(stills)}};
  }

  Value one(const footage::Sign& sign) const {
    const footage::SignWording words = footage::wording(sign.kind);
    std::string where;
    if (sign.time) where = footage_time(*sign.time);
    if (sign.time && sign.length) where += " – " + footage_time(*sign.time + *sign.length);
    return Object{{"weight", say(footage::wording(sign.weight))},
                  {"weight_id", footage::wording(sign.weight).id},
                  {"where", where},
                  {"byte", sign.byte_offset ? fmt::format("{} {}", say("字节", "byte"), *sign.byte_offset) : ""},
                  {"name", say(words.name)},
                  {"evidence", sign.evidence.in(language_)},
                  {"innocent", say(words.innocent_zh, words.innocent_en)}};
  }

  const std::vector<Inspected>& files_;
  source::Language language_;
};

}  // namespace

std::vector<const footage::Sign*> signs_in_order(const footage::FootageFacts& facts) {
  std::vector<const footage::Sign*> out;
  for (const footage::Sign& sign : facts.signs) out.push_back(&sign);
  std::stable_sort(out.begin(), out.end(), [](const footage::Sign* a, const footage::Sign* b) {
    return std::pair(a->weight, a->time.value_or(-1)) < std::pair(b->weight, b->time.value_or(-1));
  });
  return out;
}

std::string footage_time(std::int64_t micros) {
  const std::int64_t ms = (std::abs(micros) + 500) / 1000;
  const std::string hours = ms >= 3'600'000 ? fmt::format("{}:{:02}", ms / 3'600'000, ms / 60'000 % 60) : fmt::format("{}", ms / 60'000);
  return fmt::format("{}{}:{:02}.{:03}", micros < 0 ? "-" : "", hours, ms / 1000 % 60, ms % 1000);
}

std::string render_inspection(const std::vector<Inspected>& files, source::Language language) {
  static const Templates templates("inspection.html", template_text);
  return templates.render(Page(files, language)());
}

}  // namespace jianlu::report
