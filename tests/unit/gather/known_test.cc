// Footage known from an earlier ingest, whose session arrives now.
#include <catch2/catch.hpp>

#include <algorithm>

#include "adapters/gather/gather.h"
#include "engine/calendar/text.h"
#include "engine/rules/load.h"

using namespace jianlu;

namespace {

// A clip that was compared with another one when it was read.
gather::Known compared(const std::string& path, char digit) {
  gather::Known out;
  out.path = path;
  footage::FootageFacts& f = out.facts;
  f.verdict = footage::Verdict::readable;
  f.duration = 10 * calendar::second;
  f.sha256 = std::string(64, digit);
  for (std::uint64_t i = 1; i <= 5; ++i) f.prints.push_back({i, static_cast<std::int64_t>(i) * calendar::second});
  footage::Sign sign;
  sign.kind = footage::SignKind::same_pictures_elsewhere;
  sign.weight = footage::Weight::medium;
  f.signs.push_back(sign);
  return out;
}

}  // namespace

TEST_CASE("What was held against a clip when it was read is held against it once") {
  const rules::Rules rules = rules::load(JIANLU_SOURCE_DIR "/rules");
  const model::Vocabulary& v = rules.book.vocabulary;
  const calendar::Zone zone = *calendar::Zone::find("Asia/Shanghai");
  gather::Options options;
  options.profiles = {JIANLU_SOURCE_DIR "/adapters/devices"};
  options.clips = {compared("TA1_JX1_20240520093000.MP4", 'a'), compared("TA2_JX2_20240520093000.MP4", 'b')};
  const auto at = [&](const char* time) { return calendar::parse_instant(time, zone).instant; };
  options.sessions = {{"S", "甲", at("2024-05-20T09:00"), at("2024-05-20T10:00"), {}, {}}};
  const gather::Gathered gathered = gather::gather({}, v, zone, options);
  REQUIRE(gathered.faults.empty());
  REQUIRE(gathered.sources.size() == 2);
  for (const gather::Source& source : gathered.sources) {
    CHECK(source.match.session == "S");
    CHECK(source.footage.signs.size() == 1);
  }
}
