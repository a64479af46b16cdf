#include "report/timeline.h"

#include <algorithm>
#include <array>

namespace jianlu::report {
namespace {

constexpr double kWidth = 760, kPlotLeft = 128, kPlotRight = 736, kAxisHeight = 36, kLaneHeight = 26,
                 kBarHeight = 16;
constexpr double kNarrow = 6.2, kWide = 11;  // of a character at the size of the style sheet

double text_width(std::string_view text) {
  double width = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) width += kNarrow;
    if (byte >= 0xC0) width += kWide;
  }
  return width;
}

std::string unit(double x) { return fmt::format("{:.1f}", x); }

class Drawing {
 public:
  Drawing(const Session& session, const Words& words) : session_(session), words_(words) {}

  Value draw() {
    find_domain();
    if (first_ > last_) return false;
    add_lane(Word::lane_act, {Bar{session_.act, {}, {}}}, "act");
    for (const Track& track : session_.tracks) {
      const std::string name = track.device.empty() ? std::string(words_[Word::lane_recording])
                                                    : words_.fill(Word::lane_device, track.device);
      add_lane(name, track.recordings, "recording");
    }
    add_lane(Word::lane_gap, session_.gaps, "gap");
    add_lane(Word::lane_interruption, session_.interruptions, "interruption");
    add_lane(Word::lane_excused, session_.excused, "excused");
    add_notices();
    Value::List marked = ticks();
    return Value::Object{{"width", unit(kWidth)},
                         {"height", unit(lane_top() + 4)},
                         {"label", words_.fill(Word::timeline, session_.key)},
                         {"ticks", std::move(marked)},
                         {"lanes", std::move(lanes_)}};
  }

 private:
  void find_domain() {
    const auto see = [&](Instant instant) {
      if (!is_known(instant)) return;
      first_ = std::min(first_, instant);
      last_ = std::max(last_, instant);
    };
    const auto see_all = [&](const std::vector<Bar>& bars) {
      for (const Bar& bar : bars) see(bar.period.start), see(bar.period.end);
    };
    see(session_.act.start), see(session_.act.end);
    for (const Track& track : session_.tracks) see_all(track.recordings);
    see_all(session_.gaps), see_all(session_.interruptions), see_all(session_.excused);
    for (const Mark& mark : session_.notices) see(mark.at);
    if (first_ > last_) return;
    const Instant margin = std::max<Instant>((last_ - first_) / 50, calendar::second);
    first_ -= margin, last_ += margin;
  }

  double x(Instant instant) const {
    const double share = static_cast<double>(std::clamp(instant, first_, last_) - first_) /
                         static_cast<double>(last_ - first_);
    return kPlotLeft + share * (kPlotRight - kPlotLeft);
  }
  double lane_top() const { return kAxisHeight + kLaneHeight * static_cast<double>(lanes_.size()); }

  void add_lane(Word name, const std::vector<Bar>& bars, const char* kind) {
    add_lane(std::string(words_[name]), bars, kind);
  }

  void add_lane(std::string name, const std::vector<Bar>& bars, const char* kind) {
    Value::List drawn;
    for (const Bar& bar : bars) {
      if (is_known(bar.period.start) || is_known(bar.period.end)) drawn.push_back(draw_bar(bar, kind));
    }
    if (!drawn.empty()) finish_lane(std::move(name), std::move(drawn), {});
  }

  Value draw_bar(const Bar& bar, const char* kind) const {
    const double left = x(bar.period.start), width = std::max(x(bar.period.end) - left, 2.0);
    const double top = lane_top() + (kLaneHeight - kBarHeight) / 2;
    const std::string text = bar.label.empty() ? words_.length(bar.period) : bar.label;
    std::string tip = words_.period(bar.period);
    if (!bar.label.empty()) tip = bar.label + " " + tip;
    return Value::Object{{"kind", kind},
                         {"x", unit(left)},
                         {"y", unit(top)},
                         {"bar_width", unit(width)},
                         {"bar_height", unit(kBarHeight)},
                         {"tip", tip},
                         {"text", text_width(text) + 8 <= width ? text : std::string()},
                         {"text_x", unit(left + 4)},
                         {"text_y", unit(top + 12)}};
  }

  void add_notices() {
    std::vector<Mark> marks;
    std::copy_if(session_.notices.begin(), session_.notices.end(), std::back_inserter(marks),
                 [](const Mark& mark) { return is_known(mark.at); });
    std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.at < b.at; });
    Value::List drawn;
    const double middle = lane_top() + kLaneHeight / 2;
    for (std::size_t i = 0; i < marks.size(); ++i) {
      const double at = x(marks[i].at);
      const double room = (i + 1 < marks.size() ? x(marks[i + 1].at) - 8 : kWidth) - at - 10;
      drawn.push_back(
          Value::Object{{"path", fmt::format("M{:.1f} {:.1f}l5 5l-5 5l-5 -5z", at, middle - 5)},
                        {"tip", fmt::format("{} {}", marks[i].label, words_.instant(marks[i].at))},
                        {"text", text_width(marks[i].label) <= room ? marks[i].label : std::string()},
                        {"text_x", unit(at + 8)},
                        {"text_y", unit(middle + 4)}});
    }
    if (!drawn.empty()) finish_lane(std::string(words_[Word::lane_notice]), {}, std::move(drawn));
  }

  void finish_lane(std::string name, Value::List bars, Value::List marks) {
    const double top = lane_top();
    lanes_.push_back(Value::Object{{"name", shortened(std::move(name))},
                                   {"text_y", unit(top + kLaneHeight / 2 + 4)},
                                   {"bottom", unit(top + kLaneHeight)},
                                   {"bars", std::move(bars)},
                                   {"marks", std::move(marks)}});
  }

  // What fits before the plot.
  static std::string shortened(std::string name) {
    const double room = kPlotLeft - 12;
    if (text_width(name) <= room) return name;
    while (!name.empty() && text_width(name) + kWide > room) {
      while (!name.empty() && (static_cast<unsigned char>(name.back()) & 0xC0) == 0x80) name.pop_back();
      if (!name.empty()) name.pop_back();
    }
    return name + "…";
  }

  // At most eight, at round local times.
  Value::List ticks() const {
    using calendar::hour, calendar::minute, calendar::second;
    constexpr std::array<std::int64_t, 16> steps{
        second,      5 * second,  10 * second, 30 * second, minute,   2 * minute, 5 * minute, 10 * minute,
        15 * minute, 30 * minute, hour,        2 * hour,    3 * hour, 6 * hour,   12 * hour,  24 * hour};
    const auto fits = [&](std::int64_t step) { return (last_ - first_) / step <= 8; };
    const auto found = std::find_if(steps.begin(), steps.end(), fits);
    std::int64_t step = found != steps.end() ? *found : steps.back();
    while (!fits(step)) step *= 2;

    Value::List list;
    const std::int64_t offset = words_.zone().offset_at(first_);
    calendar::Day shown = 0;
    for (Instant local = (first_ + offset) / step * step; local - offset <= last_; local += step) {
      const Instant at = local - offset;
      if (at < first_) continue;
      const calendar::Day day = words_.zone().day_of(at);
      const bool new_day = list.empty() || day != shown;
      shown = day;
      list.push_back(Value::Object{{"x", unit(x(at))},
                                   {"top", unit(kAxisHeight - 4)},
                                   {"bottom", unit(lane_top())},
                                   {"text", words_.clock(at, step < minute)},
                                   {"text_y", unit(kAxisHeight - 8)},
                                   {"day", new_day ? words_.date(day) : std::string()},
                                   {"day_y", unit(kAxisHeight - 22)}});
    }
    return list;
  }

  const Session& session_;
  const Words& words_;
  Instant first_ = calendar::end_of_time, last_ = calendar::beginning_of_time;
  Value::List lanes_;
};

}  // namespace

Value timeline(const Session& session, const Words& words) { return Drawing(session, words).draw(); }

}  // namespace jianlu::report
