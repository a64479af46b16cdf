#include "adapters/devices/devices.h"

#include <catch2/catch.hpp>

#include "adapters/devices/learn.h"
#include "adapters/devices/template.h"

using namespace jianlu::devices;

namespace {

Profiles of(const std::string& yaml) {
  Profiles profiles;
  const auto errors = profiles.add("test.yaml", yaml);
  for (const auto& e : errors) FAIL(e.line << ": " << e.field << ": " << e.en);
  return profiles;
}

std::vector<ProfileError> errors_of(const std::string& yaml) {
  Profiles profiles;
  return profiles.add("test.yaml", yaml);
}

bool fits(const std::string& name_template, const std::string& name) {
  const auto compiled = Template::compile(name_template);
  REQUIRE(std::holds_alternative<Template>(compiled));
  return std::get<Template>(compiled).match(name).has_value();
}

}  // namespace

TEST_CASE("the profiles that come with jianlu read the names they were written for") {
  Profiles profiles;
  CHECK(profiles.add_from(JIANLU_DEVICES).empty());
  CHECK(profiles.size() == 5);

  const auto station = profiles.match("/mnt/card/TA00012_JX0034_20170623093621.MOV");
  REQUIRE(station);
  CHECK(station->profile == "docking-station");
  CHECK(station->device == "TA00012");
  CHECK(station->officer == "JX0034");
  CHECK(station->start == 1498181781000000);  // 01:36:21 UTC
  CHECK(station->clock_uncertainty == 3'000'000);

  CHECK(profiles.match("TA00012_JX0034_20170623093621_0002.mp4")->profile == "docking-station-parts");
  const auto officer = profiles.match("执法仪01_张三_20240229235959.mp4");
  REQUIRE(officer);
  CHECK(officer->officer == "张三");

  const auto amcrest = profiles.match("1591028951.mp4");
  REQUIRE(amcrest);
  CHECK(amcrest->profile == "amcrest");
  CHECK(amcrest->start == (1591028951 - 8 * 3600) * 1'000'000ll);

  const auto gopro = profiles.match("GX012299.MP4");
  REQUIRE(gopro);
  CHECK(gopro->profile == "gopro-chapter");
  CHECK_FALSE(gopro->start);
  CHECK_FALSE(gopro->device);

  CHECK(profiles.match("vid_20240102_101530.MP4")->profile == "android");
  CHECK_FALSE(profiles.match("holiday.mp4"));
  CHECK_FALSE(profiles.match(""));
  CHECK_FALSE(profiles.match("TA_JX_20170623093621."));
}

TEST_CASE("a time that no clock shows is no match") {
  const auto profiles =
      of(R"(profiles: [{id: a, template: "{yyyy-MM-dd HH.mm.ss}.mp4", zone: Europe/Berlin}])");
  CHECK(profiles.match("2024-01-02 03.04.05.mp4")->start == 1704161045000000);
  CHECK_FALSE(profiles.match("2023-02-29 03.04.05.mp4"));
  CHECK_FALSE(profiles.match("2024-01-02 24.04.05.mp4"));
  CHECK_FALSE(profiles.match("2024-13-02 03.04.05.mp4"));
  CHECK_FALSE(profiles.match("2024-03-31 02.30.00.mp4"));  // skipped by summer time
}

TEST_CASE("epochs are instants whatever the zone") {
  CHECK(of(R"(profiles: [{id: a, template: "{epoch}.mp4"}])").match("1591028951.mp4")->start ==
        1591028951000000);
  CHECK(of(R"(profiles: [{id: a, template: "x{epoch_ms}.mp4"}])").match("X1591028951123.mp4")->start ==
        1591028951123000);
}

TEST_CASE("a profile can name what its file names leave out") {
  const auto facts = of(R"(profiles: [{id: a, template: "MOV{digits}.avi", device: C7, officer: "0042"}])")
                         .match("mov0001.AVI");
  REQUIRE(facts);
  CHECK(facts->device == "C7");
  CHECK(facts->officer == "0042");
}

TEST_CASE("fields give way so that the rest can match") {
  CHECK(fits("{device}-{officer}.{ext}", "a-b-c.mp4"));
  CHECK(fits("{any}{digits}.{ext}", "GOPR0123.MP4"));
  CHECK_FALSE(fits("{device}_{officer}.{ext}", "a_b_c.mp4"));
  CHECK_FALSE(fits("{digits}.mp4", "12a.mp4"));
  CHECK_FALSE(fits("a.mp4", "a.mp44"));
}

TEST_CASE("no name makes a match slow") {
  std::string many;
  for (int i = 0; i < 40; ++i) many += "{any}";
  const auto compiled = Template::compile(many + "!");
  REQUIRE(std::holds_alternative<Template>(compiled));
  CHECK_FALSE(std::get<Template>(compiled).match(std::string(255, 'a')));
}

TEST_CASE("a broken profile is told with its place and left out") {
  struct Case {
    const char* yaml;
    int line;
    const char* field;
    const char* says;
  };
  for (const auto& c : {
           Case{"profiles:\n  - id: a\n    template: \"{device}_{wann}.mp4\"\n", 3, "profiles[0].template",
                "no field {wann}"},
           Case{"profiles:\n  - id: a\n    template: \"{device\"\n", 3, "profiles[0].template", "brace"},
           Case{"profiles:\n  - id: a\n    template: \"{device}{device}\"\n", 3, "profiles[0].template",
                "twice"},
           Case{"profiles:\n  - id: a\n    template: \"{yyyyMMdd}\"\n    zone: Asia/Shanghai\n", 3,
                "profiles[0].template", "incomplete"},
           Case{"profiles:\n  - id: a\n    template: \"{epoch}{epoch_ms}\"\n", 3, "profiles[0].template",
                "two kinds"},
           Case{"profiles:\n  - id: a\n    template: \"{yyyyMMddHHmm}\"\n", 2, "profiles[0].zone",
                "zone is needed"},
           Case{"profiles:\n  - id: a\n    template: x\n    zone: Asia/Peking\n", 4, "profiles[0].zone",
                "Asia/Peking"},
           Case{"profiles:\n  - id: a\n    template: x\n    colour: red\n", 4, "profiles[0].colour",
                "unknown key"},
           Case{"profiles:\n  - id: a\n    template: x\n    clock_uncertainty_seconds: -1\n", 4,
                "profiles[0].clock_uncertainty_seconds", "whole seconds"},
           Case{"profiles:\n  - id: a\n    template: x\n  - id: a\n    template: y\n", 4, "profiles[1].id",
                "taken"},
           Case{"profiles:\n  - template: x\n", 2, "profiles[0].id", "no id"},
           Case{"profiles:\n  - id: a\n", 2, "profiles[0].template", "no template"},
           Case{"profiles:\n  - id: [a]\n    template: x\n", 2, "profiles[0].id", "plain text"},
           Case{"devices: []\n", 1, "profiles", "no list"},
       }) {
    INFO(c.yaml);
    const auto errors = errors_of(c.yaml);
    REQUIRE(!errors.empty());
    CHECK(errors[0].file == "test.yaml");
    CHECK(errors[0].line == c.line);
    CHECK(errors[0].field == c.field);
    CHECK(errors[0].en.find(c.says) != std::string::npos);
    CHECK_FALSE(errors[0].zh.empty());
  }
  Profiles profiles;
  CHECK(
      profiles.add("t", "profiles:\n  - id: bad\n    template: \"{\"\n  - id: good\n    template: good.mp4\n")
          .size() == 1);
  CHECK(profiles.size() == 1);
  CHECK(profiles.match("good.mp4"));
  CHECK(errors_of("profiles: [").size() == 1);
  CHECK(profiles.add_from("/nonexistent.yaml").size() == 1);
}

TEST_CASE("a profile says how its device keeps time and cuts files") {
  const Profiles profiles = of(R"(profiles:
  - id: a
    template: "{device}_{yyyyMMddHHmm}.{ext}"
    zone: Asia/Shanghai
    clock_uncertainty_seconds: 5
    clock_drift_milliseconds_per_day: 500
    segment_gap_milliseconds: 40
    creation_time: local
  - id: b
    template: "{epoch_ms}.{ext}"
)");
  const auto a = profiles.match("D1_202405080900.mp4");
  REQUIRE(a);
  CHECK(a->resolution == 60'000'000);
  CHECK(a->clock_uncertainty == 5'000'000);
  CHECK(a->drift_per_day == 500'000);
  CHECK(a->segment_gap == 40'000);
  CHECK(a->container_utc == false);
  REQUIRE(a->zone);
  CHECK(a->zone->name() == "Asia/Shanghai");
  const auto b = profiles.match("1715130123000.mp4");
  REQUIRE(b);
  CHECK(b->resolution == 1'000);
  CHECK_FALSE(b->segment_gap);
  CHECK_FALSE(b->container_utc);
  CHECK(errors_of("profiles:\n  - id: a\n    template: x\n    creation_time: zulu\n").size() == 1);
}

namespace {

jianlu::footage::FootageFacts clip(std::int64_t created, const std::string& structure = "ftyp[mp42] mdat moov") {
  using namespace jianlu::footage;
  FootageFacts f;
  f.verdict = Verdict::readable;
  f.duration = 60'000'000;
  f.structure = structure;
  f.times.push_back({"creation_time", "", created, TimeTrust::utc_claimed});
  f.streams.push_back({.index = 0, .kind = StreamKind::video, .codec = "h264", .width = 1280, .height = 720});
  f.streams[0].parameters = "aa";
  f.streams[0].time_scale = 90'000;
  f.streams[0].usual_rate = 25;
  f.streams[0].key_interval = 25;
  return f;
}

// 2024-05-08 09:36:21 and so on, Beijing time.
constexpr std::int64_t nine = 1'715'132'181'000'000;

std::string learned() {
  std::vector<Original> originals;
  for (const int n : {0, 1, 2})
    originals.push_back({"TA1_JX2_2024050809362" + std::to_string(1 + n) + ".mp4", clip(nine + (n + 2) * 1'000'000)});
  const auto result = learn(originals, {"cam", "", "Asia/Shanghai", 1});
  REQUIRE(result.en == "");
  return result.yaml;
}

std::vector<jianlu::footage::SignKind> against(const Profiles& profiles, jianlu::footage::FootageFacts facts,
                                               const std::string& name = "TA9_JX2_20240508093621.mp4") {
  profiles.compare(name, facts);
  std::vector<jianlu::footage::SignKind> kinds;
  for (const auto& s : facts.signs) {
    CHECK(s.weight == jianlu::footage::Weight::strong);
    kinds.push_back(s.kind);
  }
  return kinds;
}

}  // namespace

TEST_CASE("a template is worked out from names") {
  CHECK(template_of({"TA1_JX2_20240508093621.mp4", "TA1_JX2_20240509101112.mp4"}) ==
        "TA{digits}_JX{digits}_{yyyyMMddHHmmss}.{ext}");
  CHECK(template_of({"VID_20240508_093621.mp4", "VID_20240509_101112.mp4"}) == "VID_{yyyyMMdd_HHmmss}.{ext}");
  CHECK(template_of({"GX010042.MP4", "GX010043.MP4"}) == "GX{digits}.{ext}");
  CHECK(template_of({"a_1.mp4", "b.mp4"}) == "");
}

TEST_CASE("a learned profile finds nothing in another original and names each deviation") {
  using jianlu::footage::SignKind;
  const auto profiles = of(learned());
  CHECK(against(profiles, clip(nine + 1'000'000)).empty());
  CHECK(against(profiles, clip(nine + 1'000'000, "ftyp[isom] free mdat moov")) ==
        std::vector{SignKind::profile_structure});
  CHECK(against(profiles, clip(nine + 3600ll * 1'000'000)) == std::vector{SignKind::profile_clock});
  auto faster = clip(nine + 1'000'000);
  faster.streams[0].usual_rate = 31.25;
  CHECK(against(profiles, faster) == std::vector{SignKind::profile_coding});
  auto renamed = clip(nine, "ftyp[isom] moov mdat");  // told by its parameter sets
  CHECK(against(profiles, renamed, "holiday.mp4") == std::vector{SignKind::profile_structure});
  auto other = clip(nine, "ftyp[isom] moov mdat");
  other.streams[0].parameters = "bb";
  CHECK(against(profiles, other, "holiday.mp4").empty());
}

TEST_CASE("a container further from name and picture than zones explain was written by another clock") {
  using namespace jianlu::footage;
  const auto profiles = of("profiles:\n  - id: a\n    template: \"{device}_{officer}_{yyyyMMddHHmmss}.{ext}\"\n    zone: Asia/Shanghai\n");
  const auto told = [&](std::int64_t hours, std::optional<std::int64_t> shown) -> std::optional<Weight> {
    auto f = clip(nine + hours * 3'600'000'000);
    if (shown) {
      f.clock.emplace();
      f.clock->readings.push_back({2'000'000, nine + 8 * 3'600'000'000 + *shown, 1});
    }
    profiles.compare("TA9_JX2_20240508093621.mp4", f);
    if (f.signs.empty()) return std::nullopt;
    REQUIRE(f.signs.size() == 1);
    CHECK(f.signs[0].kind == SignKind::times_disagree);
    return f.signs[0].weight;
  };
  CHECK(told(30, 2'000'000) == Weight::medium);
  CHECK(told(-30, 3'500'000) == Weight::medium);
  CHECK(told(30, 30 * 3'600'000'000) == Weight::weak);  // the picture does not bear the name out: the file may be renamed
  CHECK(told(30, std::nullopt) == Weight::weak);
  CHECK_FALSE(told(14, 2'000'000));
  CHECK_FALSE(told(-12, std::nullopt));
}

TEST_CASE("a broken learned part is reported with its place and left out") {
  const auto errors = errors_of("profiles:\n  - id: a\n    template: \"{any}.{ext}\"\n    learned: {files: x}\n");
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].line == 4);
  CHECK(errors[0].field == "profiles[0].learned.files");
}
