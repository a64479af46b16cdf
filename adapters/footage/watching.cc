#include "adapters/footage/watching.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace jianlu::footage {
namespace {

struct Switch {
  std::string_view name;
  bool Watching::*member;
};
constexpr std::array<Switch, 4> switches{{{"pictures", &Watching::pictures},
                                          {"sound", &Watching::sound},
                                          {"speech", &Watching::speech},
                                          {"clock", &Watching::clock}}};

struct Threshold {
  std::string_view name;
  double Watching::*member;
  double least, most;
};
constexpr std::array<Threshold, 3> thresholds{{{"black_level", &Watching::black_level, 0, 1},
                                               {"black_share", &Watching::black_share, 0, 1},
                                               {"silence_db", &Watching::silence_db, -120, 0}}};

constexpr std::size_t most_stills = 64;

template <typename T>
bool number(std::string_view text, T& to) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), to);
  return error == std::errc() && end == text.data() + text.size();
}

bool read_one(std::string_view name, std::string_view value, Watching& to) {
  for (const auto& s : switches)
    if (s.name == name) {
      to.*s.member = value == "yes";
      return value == "yes" || value == "no";
    }
  for (const auto& t : thresholds)
    if (t.name == name)
      return number(value, to.*t.member) && to.*t.member >= t.least && to.*t.member <= t.most;
  if (name == "shortest") return number(value, to.shortest) && to.shortest >= 0;
  std::int64_t time = 0;
  if (name != "still" || !number(value, time) || to.stills.size() == most_stills) return false;
  to.stills.insert(std::upper_bound(to.stills.begin(), to.stills.end(), time), time);
  return true;
}

std::string shown(double value) {
  char text[32];
  const auto [end, error] = std::to_chars(text, text + sizeof text, value);
  return error == std::errc() ? std::string(text, end) : std::string("0");
}

}  // namespace

std::string to_text(const Watching& watching) {
  const Watching usual;
  std::string out;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!out.empty()) out += ',';
    out += std::string(name) + '=' + value;
  };
  for (const auto& s : switches)
    if (watching.*s.member != usual.*s.member) add(s.name, watching.*s.member ? "yes" : "no");
  for (const auto& t : thresholds)
    if (watching.*t.member != usual.*t.member) add(t.name, shown(watching.*t.member));
  if (watching.shortest != usual.shortest) add("shortest", std::to_string(watching.shortest));
  for (const auto time : watching.stills) add("still", std::to_string(time));
  return out;
}

bool read_watching(std::string_view text, Watching& watching) {
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    const auto one = text.substr(0, comma);
    text.remove_prefix(std::min(comma + 1, text.size()));
    const auto equals = one.find('=');
    if (equals == one.npos || !read_one(one.substr(0, equals), one.substr(equals + 1), watching))
      return false;
  }
  return true;
}

}  // namespace jianlu::footage
