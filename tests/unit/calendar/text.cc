#include "engine/calendar/text.h"

#include <catch2/catch.hpp>

using namespace jianlu::calendar;

TEST_CASE("instants are read with an offset, with Z, or in the zone at hand") {
  const Zone zone = Zone::find("Asia/Shanghai").value();
  const Instant expected = std::int64_t{to_day({2024, 1, 1})} * hours_24;
  for (const char* text : {"2024-01-01T08:00", "2024-01-01 08:00:00", "2024-01-01T08:00:00.000000",
                           "2024-01-01T08:00+08:00", "2024-01-01T00:00:00Z", "2023-12-31T19:00-0500"}) {
    CAPTURE(text);
    const ParsedInstant parsed = parse_instant(text, zone);
    CHECK(parsed.fault == TimeFault::none);
    CHECK(parsed.instant == expected);
  }
  CHECK(parse_instant("2024-01-01T00:00:00.5Z", zone).instant == expected + 500 * millisecond);
  CHECK(parse_instant("2024-01-01T00:00:00.123456789Z", zone).instant == expected + 123'456);
}

TEST_CASE("a text that is no instant says why and where") {
  const Zone zone = Zone::find("America/New_York").value();
  struct Case {
    const char* text;
    TimeFault fault;
    std::size_t at;
  };
  const Case cases[] = {{"", TimeFault::shape, 0},
                        {"2024", TimeFault::shape, 4},
                        {"2024-1-01T08:00", TimeFault::shape, 5},
                        {"2024年1月1日", TimeFault::shape, 4},
                        {"2024-01-01", TimeFault::shape, 10},
                        {"2023-02-29T08:00", TimeFault::no_such_date, 0},
                        {"2024-13-01T08:00", TimeFault::no_such_date, 0},
                        {"2024-00-10T08:00", TimeFault::no_such_date, 0},
                        {"2024-01-01T24:00", TimeFault::no_such_time, 11},
                        {"2024-01-01T24:00Z", TimeFault::no_such_time, 11},
                        {"2024-01-01T08:60", TimeFault::no_such_time, 11},
                        {"2024-01-01T08:00:60Z", TimeFault::no_such_time, 11},
                        {"2024-03-10T02:30", TimeFault::no_such_time, 11},
                        {"2024-01-01T08", TimeFault::shape, 13},
                        {"2024-01-01T08:00:00.", TimeFault::shape, 20},
                        {"2024-01-01T08:00:00.1234567890", TimeFault::shape, 30},
                        {"2024-01-01T08:00 ", TimeFault::bad_offset, 16},
                        {"2024-01-01T08:00+8", TimeFault::bad_offset, 16},
                        {"2024-01-01T08:00Zx", TimeFault::bad_offset, 17}};
  for (const Case& c : cases) {
    CAPTURE(c.text);
    const ParsedInstant parsed = parse_instant(c.text, zone);
    CHECK(parsed.fault == c.fault);
    CHECK(parsed.at == c.at);
    CHECK_FALSE(describe_zh(parsed.fault).empty());
    CHECK_FALSE(describe_en(parsed.fault).empty());
  }
}

TEST_CASE("dates read back as written") {
  for (Day day = to_day({1, 1, 1}); day <= to_day({9999, 12, 31}); day += 17) {
    const ParsedDay parsed = parse_day(format_day(day));
    if (parsed.fault != TimeFault::none || parsed.day != day) FAIL(format_day(day));
  }
  CHECK(parse_day("2024-01-01T08:00").fault == TimeFault::shape);
  CHECK(parse_day("2023-02-29").fault == TimeFault::no_such_date);
}

TEST_CASE("instants read back as written, in every zone and year") {
  for (const char* name : {"Asia/Shanghai", "America/New_York", "Asia/Kathmandu", "UTC"}) {
    const Zone zone = Zone::find(name).value();
    std::uint64_t state = 20240229;
    for (int i = 0; i < 50'000; ++i) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      // From the year 1885 to 2115, on whole seconds for every other instant.
      Instant t = static_cast<Instant>(state >> 11) % (115 * 365 * hours_24) * (i % 4 < 2 ? 1 : -1);
      if (i % 2 == 0) t -= t % second;
      const std::string text = format_instant(t, zone);
      const ParsedInstant parsed = parse_instant(text, Zone::utc());
      if (parsed.fault != TimeFault::none || parsed.instant != t) FAIL(name << " " << text);
    }
  }
  CHECK(format_instant(0, Zone::find("Asia/Shanghai").value()) == "1970-01-01T08:00:00+08:00");
  CHECK(format_instant(-1, Zone::utc()) == "1969-12-31T23:59:59.999999Z");
}
