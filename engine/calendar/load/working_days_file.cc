#include "engine/calendar/load/working_days_file.h"

#include <charconv>
#include <map>
#include <optional>
#include <string>

#include "engine/calendar/text.h"

namespace jianlu::calendar {
namespace {

using yaml::Entry;
using yaml::Fault;
using yaml::Node;

class Reader {
 public:
  std::variant<WorkingDays, Fault> read(const Node& root) {
    const Node* years = root.find("years");
    if (years == nullptr || !years->is(Node::Kind::mapping)) {
      return Fault{root.line, root.column, "缺少 years：按年份列出的放假安排", "years is missing: the notices by year"};
    }
    only(root, {"years"});
    std::vector<YearNotice> notices;
    for (const Entry& entry : years->entries) notices.push_back(year(entry));
    if (fault_) return *fault_;
    return WorkingDays(std::move(notices));
  }

 private:
  void fail(const Node& at, std::string zh, std::string en) {
    if (!fault_) fault_ = Fault{at.line, at.column, std::move(zh), std::move(en)};
  }

  void only(const Node& mapping, std::initializer_list<std::string_view> keys) {
    for (const Entry& entry : mapping.entries) {
      bool known = false;
      for (const std::string_view key : keys) known = known || entry.key.text == key;
      if (!known) fail(entry.key, "不认识的键“" + entry.key.text + "”", "unknown key '" + entry.key.text + "'");
    }
  }

  YearNotice year(const Entry& entry) {
    YearNotice notice;
    const std::string& text = entry.key.text;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), notice.year);
    if (error != std::errc{} || end != text.data() + text.size() || notice.year < 1949 || notice.year > 9999) {
      fail(entry.key, "年份应为四位数字", "a year is a number of four digits");
      return notice;
    }
    const Node& body = entry.value;
    only(body, {"notices", "days_off", "make_up_workdays"});
    const Node* sources = body.find("notices");
    if (sources == nullptr || sources->items.empty()) {
      fail(entry.key, "缺少 notices：安排的出处", "notices is missing: where the arrangement was published");
    } else {
      for (const Node& source : sources->items) notice.sources.push_back(source.text);
    }
    const Node* off = body.find("days_off");
    if (off == nullptr || off->entries.empty()) {
      fail(entry.key, "缺少 days_off：各节日的放假日期", "days_off is missing: the days off by occasion");
    } else {
      for (const Entry& occasion : off->entries) days(occasion.value, notice.year, DayKind::off, notice.days_off);
    }
    if (const Node* worked = body.find("make_up_workdays")) {
      days(*worked, notice.year, DayKind::working, notice.make_up_days);
    }
    return notice;
  }

  void days(const Node& list, int year, DayKind kind, std::vector<Day>& out) {
    if (!list.is(Node::Kind::sequence)) fail(list, "应为日期列表", "a list of dates is expected");
    for (const Node& item : list.items) {
      const ParsedDay parsed = parse_day(item.text);
      if (parsed.fault != TimeFault::none) {
        fail(item, "日期“" + item.text + "”：" + std::string(describe_zh(parsed.fault)),
             "date '" + item.text + "': " + std::string(describe_en(parsed.fault)));
        continue;
      }
      const Date date = to_date(parsed.day);
      if (date.year != year && !(date.year == year - 1 && date.month == 12)) {
        fail(item, item.text + " 不在该年份内", item.text + " does not lie in this year");
      }
      if (kind == DayKind::working && weekday(parsed.day) < Weekday::saturday) {
        fail(item, item.text + " 不是周末，不能是调休上班日", item.text + " is no weekend, so it cannot be made up");
      }
      const auto [named, is_new] = named_.try_emplace(parsed.day, Named{year, kind});
      if (!is_new && (named->second.year == year || named->second.kind != kind)) {
        fail(item, item.text + " 已经列出过", item.text + " is named already");
      }
      out.push_back(parsed.day);
    }
  }

  struct Named {
    int year;
    DayKind kind;
  };
  std::map<Day, Named> named_;
  std::optional<Fault> fault_;
};

}  // namespace

std::variant<WorkingDays, yaml::Fault> load_working_days(std::string_view text) {
  auto document = yaml::read(text);
  if (auto* fault = std::get_if<yaml::Fault>(&document)) return std::move(*fault);
  return Reader{}.read(std::get<yaml::Node>(document));
}

}  // namespace jianlu::calendar
