#include <fmt/format.h>

#include <array>

#include "adapters/clock/clock.h"

namespace jianlu::clock {
namespace {

std::string seconds(std::int64_t micros) {
  std::string text = fmt::format("{:.3f}", static_cast<double>(micros) / static_cast<double>(calendar::second));
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string zone(std::int64_t offset) {
  const std::int64_t minutes = std::abs(offset) / calendar::minute;
  return fmt::format("UTC{}{:02}:{:02}", offset < 0 ? "-" : "+", minutes / 60, minutes % 60);
}

}  // namespace

Wording wording(Source source) {
  static constexpr std::array<Wording, 5> all{{{"gps", "卫星定位", "the satellite track"},
                                               {"manifest", "清单", "the manifest"},
                                               {"burnt_in", "画面时钟", "the burnt-in clock"},
                                               {"file_name", "文件名", "the file's name"},
                                               {"container", "封装时间", "the container"}}};
  return all[static_cast<std::size_t>(source)];
}

diag::Words describe(const Time& time) {
  if (!time.start) return {"没有来源说明何时开始录制", "no source states when it began"};
  std::string zh = "时间按", en = "timed by ";
  for (std::size_t i = 0; i < time.sources.size(); ++i) {
    const Wording w = wording(time.sources[i]);
    zh += (i == 0 ? "" : "、") + std::string(w.zh);
    en += (i == 0 ? "" : ", ") + std::string(w.en);
  }
  const std::int64_t half = (time.start->hi - time.start->lo + 1) / 2;
  zh += "，误差 ±" + seconds(half) + " 秒";
  en += ", within ±" + seconds(half) + " s";
  if (time.written_in) {
    zh += "；封装时间把 " + zone(*time.written_in) + " 的本地时间写成了 UTC";
    en += "; the container writes local time (" + zone(*time.written_in) + ") as UTC";
  }
  for (const Disagreement& d : time.disagreements) {
    const Wording w = wording(d.source);
    const std::int64_t by = (d.ahead.lo + d.ahead.hi) / 2;
    zh += fmt::format("；{}不一致：“{}”{} {} 秒", w.zh, d.text, by < 0 ? "早" : "晚", seconds(std::abs(by)));
    en += fmt::format("; {} disagrees: \"{}\" is {} s {}", w.en, d.text, seconds(std::abs(by)), by < 0 ? "earlier" : "later");
  }
  return {zh, en};
}

}  // namespace jianlu::clock
