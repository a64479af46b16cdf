#include "engine/finding/finding.h"

#include <array>

namespace jianlu::finding {
namespace {

struct Names {
  std::string_view id, zh, en;
};
constexpr std::array<Names, kEvents> kNames{{
    {"opened", "发现", "opened"},
    {"changed", "变化", "changed"},
    {"closed", "了结", "closed"},
    {"reopened", "重新出现", "reopened"},
    {"confirmed", "确认", "confirmed"},
    {"dismissed", "排除", "dismissed"},
    {"rectified", "整改", "rectified"},
}};

}  // namespace

std::string_view id(Event event) { return kNames[static_cast<std::size_t>(event)].id; }

std::string_view name(Event event, source::Language language) {
  const Names& names = kNames[static_cast<std::size_t>(event)];
  return language == source::Language::zh ? names.zh : names.en;
}

}  // namespace jianlu::finding
