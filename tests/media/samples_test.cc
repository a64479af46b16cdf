// Every recording of $JIANLU_SAMPLES against its MANIFEST.yaml, and what is left of one when it is cut or its
// pipe breaks.
#define CATCH_CONFIG_RUNNER
#include <yaml-cpp/yaml.h>

#include <array>
#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <sstream>

#include "tests/unit/footage/files.h"

using namespace jianlu::footage;

namespace {

std::string samples() {
  const char* folder = std::getenv("JIANLU_SAMPLES");
  return folder ? folder : "";
}

std::string read(const std::string& name) {
  std::ostringstream out;
  out << std::ifstream(samples() + "/" + name, std::ios::binary).rdbuf();
  return out.str();
}

Verdict expected_verdict(const std::string& file, const std::string& kind, const std::string& provenance) {
  static const std::map<std::string, Verdict> damaged{
      {"canon-avchd-truncated-1344b.mts", Verdict::truncated},
      {"gopro-hero5-karma-cut-nomoov.mp4", Verdict::no_index},
      {"pentax-mov-header-only.mov", Verdict::header_only},
  };
  if (provenance == "damaged") return damaged.at(file);
  if (kind == "sidecar") return Verdict::text;
  if (kind == "photo") return Verdict::photo;
  if (kind == "none") return Verdict::not_media;
  return Verdict::readable;
}

const StreamFacts* first(const FootageFacts& f, StreamKind kind) {
  for (const auto& s : f.streams)
    if (s.kind == kind) return &s;
  return nullptr;
}

bool has(const FootageFacts& f, SignKind kind) {
  return std::any_of(f.signs.begin(), f.signs.end(), [&](const Sign& s) { return s.kind == kind; });
}

void check_stream(const YAML::Node& expected, const FootageFacts& f, StreamKind kind) {
  const auto* s = first(f, kind);
  if (!expected || !expected.IsMap()) {
    CHECK(s == nullptr);
    return;
  }
  REQUIRE(s);
  CHECK(s->codec == expected["codec"].as<std::string>());
  CHECK(s->packets == expected["packets"].as<std::int64_t>());
  if (expected["width"]) {
    CHECK(s->width == expected["width"].as<int>());
    CHECK(s->height == expected["height"].as<int>());
  }
  if (expected["duration_s"].IsNull()) return;
  REQUIRE(s->duration);
  const auto seconds = expected["duration_s"].as<double>();
  const int packets_per_frame = f.format == "mpegts" ? 2 : 1;  // the one sample of it is coded in fields
  const auto frame = packets_per_frame * seconds / expected["packets"].as<double>();
  CHECK(std::abs(*s->duration / 1e6 - seconds) <= frame);
}

void check_reading(const std::string& provenance, const FootageFacts& f) {
  if (provenance == "original") CHECK(f.reading != Reading::edited);
  if (provenance == "exported") CHECK(f.reading == Reading::exported);
  if (provenance == "edited") CHECK(f.reading == Reading::edited);
  if (provenance == "trimmed") {
    CHECK(has(f, SignKind::hidden_video));
    CHECK(f.reading == Reading::edited);
  }
}

}  // namespace

TEST_CASE("each sample gets its own verdict and the manifest's facts") {
  const auto manifest = YAML::LoadFile(samples() + "/MANIFEST.yaml")["files"];
  std::vector<std::string> paths;
  for (const auto& entry : manifest) paths.push_back(samples() + "/" + entry["file"].as<std::string>());
  const auto facts = probe(paths, 2);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const auto& entry = manifest[i];
    const auto& f = facts[i];
    const auto file = entry["file"].as<std::string>();
    const auto kind = entry["kind"].as<std::string>();
    const auto provenance = entry["provenance"].as<std::string>();
    INFO(file << ": " << wording(f.verdict).en << ", " << f.reason);
    CHECK(wording(f.verdict).id == wording(expected_verdict(file, kind, provenance)).id);
    CHECK(f.sha256 == entry["sha256"].as<std::string>());
    CHECK(f.size == entry["bytes"].as<std::int64_t>());
    check_reading(provenance, f);
    if (f.verdict != Verdict::readable) continue;
    check_stream(entry["video"], f, StreamKind::video);
    check_stream(entry["audio"], f, StreamKind::audio);
    if (entry["major_brand"]) CHECK(f.major_brand == entry["major_brand"].as<std::string>());
    if (entry["creation_time"]) {
      REQUIRE(!f.times.empty());
      CHECK(f.times[0].text == entry["creation_time"].as<std::string>());
    }
    REQUIRE(f.duration);
    CHECK(*f.duration / 1e6 == Approx(entry["container_duration_s"].as<double>()).margin(0.001));
    if (entry["encoder"])
      CHECK(std::any_of(f.tags.begin(), f.tags.end(), [&](const auto& tag) {
        return tag.second == entry["encoder"].template as<std::string>();
      }));
  }
}

TEST_CASE("originals raise no sign above weak; edits and exports are told, misses named") {
  const auto manifest = YAML::LoadFile(samples() + "/MANIFEST.yaml")["files"];
  std::vector<std::string> paths, names, truths;
  for (const auto& entry : manifest) {
    const auto kind = entry["kind"].as<std::string>();
    if (kind != "video" && kind != "audio" && kind != "photo") continue;
    names.push_back(entry["file"].as<std::string>());
    truths.push_back(entry["provenance"].as<std::string>());
    paths.push_back(samples() + "/" + names.back());
  }
  auto facts = probe(paths, 2);
  std::vector<FootageFacts*> all;
  for (auto& f : facts) all.push_back(&f);
  add_shared_picture_signs(all, names);
  std::map<std::string, std::array<int, 3>> score;  // of a reading: right, wrong, missed
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const auto& f = facts[i];
    if (truths[i] == "damaged") continue;  // has a verdict of its own
    const std::string truth = truths[i] == "trimmed" ? "edited" : truths[i];
    const std::string read(wording(f.reading).id);
    std::cout << (read == truth ? "  " : "! ") << names[i] << ": " << truths[i] << ", reads " << read;
    for (const auto& s : f.signs)
      if (s.weight <= Weight::weak) std::cout << "; " << wording(s.weight).id << ' ' << wording(s.kind).name.id;
    std::cout << '\n';
    if (read == truth) {
      ++score[truth][0];
    } else {
      ++score[read][1];
      ++score[truth][2];
    }
    INFO(names[i]);
    if (truth == "original")
      for (const auto& s : f.signs) {
        INFO(s.evidence.en);
        CHECK((s.weight != Weight::strong && s.weight != Weight::medium));
      }
    if (truth == "edited") CHECK(read == "edited");
    if (truth == "exported") CHECK(read == "exported");
  }
  for (const std::string reading : {"edited", "exported", "original"}) {
    const auto [right, wrong, missed] = score[reading];
    std::cout << reading << ": precision " << right << '/' << right + wrong << ", recall " << right << '/'
              << right + missed << '\n';
  }
  CHECK(score["edited"][1] == 0);
}

TEST_CASE("headers alone tell damage and length too") {
  const auto facts = probe({samples() + "/canon-avchd-truncated-1344b.mts", samples() + "/sony-ilce7m3-avchd.mts",
                            samples() + "/audiomoth-20200404.wav"},
                           2, 1'000'000, Depth::container);
  CHECK(facts[0].verdict == Verdict::truncated);
  CHECK(facts[1].verdict == Verdict::readable);
  CHECK(facts[2].duration == 14'969'438);
}

TEST_CASE("coded pictures that two samples share") {
  auto facts = probe({samples() + "/iphone-hevc-editlist-trimmed.mov", samples() + "/iphone-hevc-editlist-export.mp4",
                      samples() + "/iphone6-gps.mov"});
  add_shared_picture_signs({&facts[0], &facts[1], &facts[2]}, {"trimmed", "export", "other"});
  CHECK(has(facts[0], SignKind::same_pictures_elsewhere));
  CHECK(has(facts[1], SignKind::same_pictures_elsewhere));
  CHECK_FALSE(has(facts[2], SignKind::same_pictures_elsewhere));
  const auto& signs = facts[1].signs;
  const auto shared = std::find_if(signs.begin(), signs.end(),
                                   [](const Sign& s) { return s.kind == SignKind::same_pictures_elsewhere; });
  CHECK(shared->evidence.en.starts_with("85 coded pictures"));  // all that it has; 8 of them end alike
}

TEST_CASE("signs that the samples are known for are found") {
  const auto f =
      probe({samples() + "/garmin-minidash2-seg1-lavf58.mp4", samples() + "/adobe-aftereffects-export.mov",
             samples() + "/android-hevc-hdr-lavf57.mp4", samples() + "/flir-one-thermal-pts-gaps.mp4",
             samples() + "/gopro-hero6-remuxed-lavf62.mp4"});
  CHECK(has(f[0], SignKind::software_encoder));
  CHECK(f[0].streams[0].encoder_message.find("x264 - core 163") != std::string::npos);
  CHECK(has(f[0], SignKind::device_names_in_foreign_container));
  CHECK(has(f[1], SignKind::editor_named));
  CHECK(has(f[2], SignKind::container_library));
  CHECK(f[2].reading == Reading::unknown);
  CHECK(f[3].streams[0].longest_step == 1'996'667);
  CHECK(has(f[4], SignKind::device_names_in_foreign_container));
  CHECK_FALSE(has(f[4], SignKind::software_encoder));
}

TEST_CASE("decoded: the Amcrest clock runs ahead of its pictures, and a static scene is not frozen") {
  ProbeOptions options{JIANLU_PROBE};
  options.depth = Depth::frames;
  const auto path = samples() + "/amcrest-ipcam-1591028951-osd.mp4";
  const auto decoded = [&](const std::string& file) {
    FootageFacts facts;
    CHECK_FALSE(probe_files({file}, options, [&](std::size_t, FootageFacts&& f) { facts = std::move(f); }));
    return facts;
  };
  for (const bool every : {false, true}) {
    options.every_frame = every;
    const auto f = decoded(path);
    REQUIRE(f.clock);
    CHECK(f.clock->text == "2020-06-01 16:29:10");
    CHECK(f.clock->clock_length == 27'000'000);
    CHECK(f.clock->stream_length == 25'000'000);
    REQUIRE(f.clock->steps.size() == 1);
    CHECK(f.clock->steps[0].before == 0);
    CHECK(f.clock->steps[0].after == 100'000);
    CHECK(f.clock->steps[0].jump / 1e6 == Approx(2.4).margin(0.6));
    for (const auto& o : f.observed) CHECK(o.event != Event::frozen);
  }
  // Two stills, one on either side.
  options.every_frame = false;
  options.watching = {
      .pictures = false, .sound = false, .speech = false, .clock = false, .stills = {0, 100'000}};
  const auto f = decoded(path);
  REQUIRE(f.stills.size() == 2);
  CHECK(f.stills[0].time == 0);
  CHECK(f.stills[1].time == 100'000);
  CHECK(f.stills[0].jpeg != f.stills[1].jpeg);
  options.watching = {};
  const auto silent = decoded(samples() + "/samsung-3gp5-silent-zero-gps.mp4");
  REQUIRE(silent.observed.size() == 1);
  CHECK(silent.observed[0].event == Event::silence);
  CHECK(silent.observed[0].length / 1e6 == Approx(1.3).margin(0.1));
}

TEST_CASE("decoded, originals raise no sign above weak, sampled or frame by frame") {
  const auto manifest = YAML::LoadFile(samples() + "/MANIFEST.yaml")["files"];
  std::vector<std::string> paths;
  for (const auto& entry : manifest)
    if (entry["provenance"].as<std::string>() == "original" &&
        (entry["kind"].as<std::string>() == "video" || entry["kind"].as<std::string>() == "audio"))
      paths.push_back(samples() + "/" + entry["file"].as<std::string>());
  REQUIRE(paths.size() >= 9);
  ProbeOptions options{JIANLU_PROBE, 2};
  options.depth = Depth::frames;
  for (const bool every : {false, true}) {
    options.every_frame = every;
    CHECK_FALSE(probe_files(paths, options, [&](std::size_t i, FootageFacts&& f) {
      INFO(paths[i] << (every ? ", every frame" : ", sampled"));
      if (first(f, StreamKind::video)) CHECK(f.frames_decoded > 0);
      for (const auto& o : f.observed) CHECK((o.event != Event::frozen && o.event != Event::black));
      for (const auto& s : f.signs) {
        INFO(s.evidence.en);
        CHECK((s.weight != Weight::strong && s.weight != Weight::medium));
      }
    }));
  }
}

TEST_CASE("recordings cut at random points always get a verdict of damage") {
  Folder folder;
  std::mt19937 random(20240101);
  std::vector<std::string> paths;
  for (const auto* name : {"gopro-hero10-proxy-original.lrv", "phone-2012-reencoded-lavf53.mp4",
                           "canon-mjpg.avi", "audiomoth-20200404.wav", "iphone-hevc-editlist-trimmed.mov"}) {
    const auto whole = read(name);
    REQUIRE(whole.size() > 1000);
    for (int i = 0; i < 12; ++i)
      paths.push_back(
          folder.add(std::to_string(i) + name, whole.substr(0, 16 + random() % (whole.size() - 1016))));
  }
  const auto facts = probe(paths);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    INFO(paths[i] << ' ' << facts[i].size << ": " << wording(facts[i].verdict).id << ' ' << facts[i].reason);
    CHECK((facts[i].verdict == Verdict::truncated || facts[i].verdict == Verdict::no_index ||
           facts[i].verdict == Verdict::header_only));
    CHECK(facts[i].sha256.size() == 64);
  }
}

TEST_CASE("recordings with random bytes changed never take the batch down") {
  Folder folder;
  std::mt19937 random(7);
  std::vector<std::string> paths;
  for (const auto* name : {"gopro-hero10-proxy-original.lrv", "iphone14pro-hevc-short.mov", "canon-mjpg.avi",
                           "sony-ilce7m3-avchd.mts"}) {
    const auto whole = read(name);
    for (int i = 0; i < 10; ++i) {
      auto bytes = whole;
      for (int k = 0; k < 200; ++k) bytes[random() % bytes.size()] = static_cast<char>(random());
      paths.push_back(folder.add(std::to_string(i) + name, bytes));
    }
  }
  for (const auto& f : probe(paths)) CHECK(f.sha256.size() == 64);
}

TEST_CASE("a file deleted while the batch runs costs only itself") {
  Folder folder;
  const auto whole = read("gopro-hero10-proxy-original.lrv");
  std::vector<std::string> paths;
  for (int i = 0; i < 12; ++i) paths.push_back(folder.add(std::to_string(i) + ".mp4", whole));
  int readable = 0, unreadable = 0;
  const auto error = probe_files(paths, {JIANLU_PROBE, 1, 1'000'000}, [&](std::size_t, FootageFacts&& f) {
    std::filesystem::remove(paths.back());
    readable += f.verdict == Verdict::readable;
    unreadable += f.verdict == Verdict::unreadable;
  });
  CHECK_FALSE(error);
  CHECK(readable == 11);
  CHECK(unreadable == 1);
}

int main(int count, char** arguments) {
  if (samples().empty() || !std::filesystem::exists(samples() + "/MANIFEST.yaml")) {
    std::cout << "SKIPPED: 14 tests, JIANLU_SAMPLES names no folder with a MANIFEST.yaml\n";
    return 0;
  }
  return Catch::Session().run(count, arguments);
}
