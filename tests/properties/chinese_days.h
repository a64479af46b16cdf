// The days that the npm package chinese-days lists, as extracted by tools/chinese_days.py.
#pragma once

#include <map>
#include <string>

#include "engine/calendar/date.h"

namespace jianlu::test {

// Whether a listed day is worked.
std::map<calendar::Day, bool> chinese_days();

// As that package sees it: what is listed, otherwise Monday to Friday.
inline bool worked(const std::map<calendar::Day, bool>& listed, calendar::Day day) {
  const auto found = listed.find(day);
  return found != listed.end() ? found->second : calendar::weekday(day) < calendar::Weekday::saturday;
}

}  // namespace jianlu::test
