// The words of a report in one language, and times, lengths and numbers written with them.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar/zone.h"
#include "report/report.h"
#include "report/template.h"

namespace jianlu::report {

enum class Word {
#define WORD(name, zh, en) name,
#include "report/wording.def"
#undef WORD
};

class Words {
 public:
  // An unknown zone is shown as UTC, and named so.
  Words(source::Language language, std::string_view zone);

  std::string_view operator[](Word word) const;
  template <class... Args>
  std::string fill(Word word, const Args&... args) const {
    return fmt::format(fmt::runtime((*this)[word]), args...);
  }
  Value table() const;  // every word, for {{t.name}}
  source::Language language() const { return language_; }
  bool zh() const { return language_ == source::Language::zh; }
  const calendar::Zone& zone() const { return zone_; }

  std::string zone_name() const;               // Asia/Shanghai (UTC+08:00)
  std::string date(calendar::Day day) const;   // 2026年3月5日 / 5 March 2026
  std::string instant(Instant instant) const;  // with seconds, and milliseconds where there are any
  std::string clock(Instant instant, bool seconds) const;  // 09:12:03
  std::string period(const Period& period) const;          // the second date only where it differs
  std::string dates(const Period& period) const;           // days only
  std::string length(std::int64_t microseconds) const;
  std::string length(const Period& period) const;  // empty when an end is not known
  std::string number(std::int64_t number) const;   // 12,345
  std::string joined(const std::vector<std::string>& texts) const;

 private:
  source::Language language_;
  calendar::Zone zone_;
};

constexpr bool is_known(Instant instant) { return instant > fact::kMin && instant < fact::kMax; }

}  // namespace jianlu::report
