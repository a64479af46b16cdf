// What decoding shows: on clips that ffmpeg and espeak-ng make, sampled and frame by frame.
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>

#include "adapters/footage/watch/clock_watch.h"
#include "adapters/footage/watch/speech.h"
#include "adapters/footage/watching.h"
#include "tests/unit/footage/files.h"

using namespace jianlu::footage;

namespace {

std::string made(const Folder& folder, const std::string& name, const std::string& arguments) {
  const auto path = (folder.path / name).string();
  const auto command = "ffmpeg -v error -y " + arguments + " '" + path + "'";
  REQUIRE(std::system(command.c_str()) == 0);
  return path;
}

FootageFacts watched(const std::string& path, bool every_frame, const Watching& watching = {}) {
  ProbeOptions options{JIANLU_PROBE};
  options.depth = Depth::frames;
  options.every_frame = every_frame;
  options.watching = watching;
  FootageFacts facts;
  const auto error =
      probe_files({path}, options, [&](std::size_t, FootageFacts&& f) { facts = std::move(f); });
  CHECK_FALSE(error);
  INFO(facts.reason);
  CHECK(facts.depth == Depth::frames);
  return facts;
}

std::vector<Observed> of(const FootageFacts& facts, Event event) {
  std::vector<Observed> out;
  for (const auto& o : facts.observed)
    if (o.event == event) out.push_back(o);
  return out;
}

void check_one(const FootageFacts& facts, Event event, double start, double length, double margin = 0.1,
               double confidence = 0.8) {
  const auto found = of(facts, event);
  INFO(wording(event).id << ", " << found.size() << " found");
  REQUIRE(found.size() == 1);
  CHECK(found[0].start / 1e6 == Approx(start).margin(margin));
  CHECK(found[0].length / 1e6 == Approx(length).margin(margin));
  CHECK(found[0].confidence >= confidence);
}

const std::string live = "testsrc2=s=640x360:r=25:d=12,noise=alls=8:allf=t";
// Dark from 3 to 6 s; the picture of second 9 stands for three seconds.
const std::string dark_and_frozen =
    "-f lavfi -i \"" + live +
    ",drawbox=t=fill:color=black:enable='between(t,3,5.99)',split=3[a][b][c];[a]trim=end_frame=225[x];"
    "[b]trim=start_frame=224:end_frame=225,loop=loop=74:size=1,setpts=N/25/TB[y];"
    "[c]trim=start_frame=225,setpts=PTS-STARTPTS[z];[x][y][z]concat=n=3\" ";
const std::string quick = "-c:v libx264 -preset ultrafast -g 50 ";

std::int64_t limit(const FootageFacts& facts, Event event) {
  for (const auto& d : facts.detects)
    if (d.event == event) return d.shortest;
  return -1;
}

// The longest time of ten seconds or so in which no clock was read.
std::int64_t widest_unread(const FootageFacts& facts) {
  const auto& readings = facts.clock->readings;
  auto widest = std::max(readings.front().time, *facts.duration - readings.back().time);
  for (std::size_t i = 1; i < readings.size(); ++i) widest = std::max(widest, readings[i].time - readings[i - 1].time);
  return widest;
}

const std::string sans = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

}  // namespace

TEST_CASE("black and frozen pictures are found, sampled as well as frame by frame") {
  Folder folder;
  const auto path = made(folder, "a.mp4", dark_and_frozen + quick);
  for (const bool every : {false, true}) {
    const auto f = watched(path, every);
    check_one(f, Event::black, 3, 3);
    check_one(f, Event::frozen, 9, 3, 0.5);
    CHECK(limit(f, Event::black) == 2'000'000);
    CHECK(limit(f, Event::frozen) == (every ? 3'000'000 : 4'000'000));
    CHECK((f.frames_decoded < 300) == !every);
  }
}

TEST_CASE("of a stretch only what happens in it is decoded") {
  Folder folder;
  // Dark in the middle of two stretches of two seconds; a key frame half way tells where the first one is still bright.
  const auto path = made(folder, "a.mp4",
                         "-f lavfi -i \"testsrc2=s=640x360:r=25:d=8,noise=alls=8:allf=t,drawbox=t=fill:color=black:enable='between(t,3.4,5.5)'\" "
                         "-c:v libx264 -preset ultrafast -g 25 ");
  const auto f = watched(path, false);
  check_one(f, Event::black, 3.4, 2.12, 0.01);
  CHECK(limit(f, Event::black) == 2'000'000);
  CHECK(f.frames_decoded < 80);  // of 104 with all of both
}

TEST_CASE("a picture that stands is found where the bit rate is held up and the encoder refines it; a static scene is none") {
  Folder folder;
  const std::string held = "-c:v libx264 -preset ultrafast -b:v 3000k -maxrate 3000k -bufsize 3M -sc_threshold 0 ";
  for (const std::string gop : {"25", "50"}) {
    // Picture 130 stands for 2 s, picture 260 for 4 s; no key frame at either end.
    const auto stands = made(folder, "held" + gop + ".mp4",
                             "-f lavfi -i \"testsrc2=s=640x360:r=25:d=12,noise=alls=10:allf=t,loop=49:1:130,setpts=N/25/TB,"
                             "loop=99:1:260,setpts=N/25/TB\" -t 18 " + held + "-g " + gop);
    const auto scene = made(folder, "scene" + gop + ".mp4",
                            "-f lavfi -i \"testsrc2=s=640x360:r=25:d=5,noise=alls=10:allf=t\" -f lavfi -i \"smptebars=s=640x360:r=25:"
                            "d=7,noise=alls=10:allf=t\" -filter_complex concat=n=2:v=1 " + held + "-g " + gop);
    for (const bool every : {false, true}) {
      INFO("key frame every " << gop << (every ? ", every frame" : ", sampled"));
      const auto facts = watched(stands, every);
      // What is shorter than the limit stated may be found, and often is.
      const auto shortest = limit(facts, Event::frozen);
      CHECK(shortest == (every ? 3'000'000 : 4'000'000));
      const auto found = of(facts, Event::frozen);
      REQUIRE(found.size() >= 1);
      REQUIRE(found.size() <= 2);
      if (found.size() == 2) {
        CHECK(found[0].start / 1e6 == Approx(5.2).margin(0.25));
        CHECK(found[0].length / 1e6 == Approx(2).margin(0.25));
      }
      CHECK(found.back().start / 1e6 == Approx(10.4).margin(0.25));
      CHECK(found.back().length / 1e6 == Approx(4).margin(0.25));
      for (const auto& o : found) CHECK(o.confidence >= 0.6);
      CHECK(of(watched(scene, every), Event::frozen).empty());
    }
  }
}

TEST_CASE("the same events in other containers and codecs") {
  Folder folder;
  for (const auto& [name, codec] :
       {std::pair("b.ts", "-c:v libx264 -preset ultrafast -g 25"), std::pair("b.avi", "-c:v mjpeg -q:v 6"),
        std::pair("b.mov", "-c:v mpeg4 -g 25 -q:v 5")}) {
    const auto path = made(folder, name, dark_and_frozen + codec);
    for (const bool every : {false, true}) {
      INFO(name << (every ? ", every frame" : ", sampled"));
      const auto f = watched(path, every);
      const auto zero = f.streams[0].first_pts.value_or(0) / 1e6;
      check_one(f, Event::black, zero + 3, 3);
      check_one(f, Event::frozen, zero + 9, 3, 0.5, 0.6);
    }
  }
}

TEST_CASE("a scene that is cut at a key frame off the rhythm is found; either alone is none") {
  Folder folder;
  // Another scene from picture 110, and a key frame there, where every 25th is one.
  const std::string two = "-f lavfi -i \"testsrc2=s=640x360:r=25:d=4.4,noise=alls=8:allf=t\" -f lavfi -i \"smptebars=s=640x360:"
                          "r=25:d=4.6,noise=alls=8:allf=t\" -filter_complex concat=n=2:v=1 ";
  const std::string coded = "-c:v libx264 -preset ultrafast -g 25 -sc_threshold 0 ";
  const auto cut = made(folder, "cut.mp4", two + coded + "-force_key_frames 4.4");
  const auto scene = made(folder, "scene.mp4", two + coded);
  const auto key = made(folder, "key.mp4", "-f lavfi -i \"" + live + "\" " + coded + "-force_key_frames 4.4");
  for (const bool every : {false, true}) {
    const auto found = of(watched(cut, every), Event::scene_cut);
    REQUIRE(found.size() == 1);
    CHECK(found[0].start == 4'400'000);
    CHECK(of(watched(scene, every), Event::scene_cut).empty());
    CHECK(of(watched(key, every), Event::scene_cut).empty());
  }
}

TEST_CASE("a static scene with a sensor's noise is not frozen, and a dark one is not black") {
  Folder folder;
  const auto path =
      made(folder, "c.mp4",
           "-f lavfi -i \"color=gray:s=640x360:r=25:d=8,drawbox=x=100:y=80:w=200:h=120:color=white:t=fill,"
           "noise=alls=10:allf=t\" " +
               quick);
  const auto night = made(
      folder, "n.mp4",
      "-f lavfi -i \"testsrc2=s=640x360:r=25:d=6,eq=brightness=-0.35:contrast=0.5,noise=alls=8:allf=t\" " +
          quick);
  for (const bool every : {false, true}) {
    CHECK(of(watched(path, every), Event::frozen).empty());
    CHECK(of(watched(night, every), Event::black).empty());
  }
}

TEST_CASE("silence, muting and a track without any sound") {
  Folder folder;
  const auto sound = [&](const char* name, const std::string& graph, const char* codec) {
    return made(folder, name, "-f lavfi -i \"" + graph + "\" " + codec);
  };
  const std::string noise = "anoisesrc=r=48000:a=0.1:d=14";
  Watching watching;
  for (const bool speech : {false, true}) {
    watching.speech = speech;  // all of the sound is decoded then
    const auto muted =
        watched(sound("m.m4a", noise + ",volume=0:enable='between(t,4,7)'", "-c:a aac"), false, watching);
    check_one(muted, Event::muted, 4, 3);
    check_one(muted, Event::silence, 4, 3);
    // A microphone in a quiet room: below the threshold, yet not digital silence.
    const auto quiet =
        watched(sound("q.m4a", noise + ",volume=0.003:enable='between(t,4,7)'", "-c:a pcm_s16le -f mov"),
                false, watching);
    check_one(quiet, Event::silence, 4, 3);
    CHECK(of(quiet, Event::muted).empty());
    const auto none = watched(sound("z.m4a", "anullsrc=r=48000:d=1.5", "-c:a aac"), false, watching);
    REQUIRE(of(none, Event::silence).size() == 1);
    CHECK(of(none, Event::silence)[0].length == Approx(1'500'000).margin(50'000));
    CHECK(of(none, Event::muted).empty());
  }
}

TEST_CASE("speech is told from tones, noise and silence") {
  Folder folder;
  const auto say =
      "espeak-ng -v en -s 150 -w '" + (folder.path / "say.wav").string() +
      "' 'This conversation is being recorded. You have the right to know the officer and the reason. "
      "Please tell me your name and show me your licence.'";
  REQUIRE(std::system(say.c_str()) == 0);
  const auto said = "-i '" + (folder.path / "say.wav").string() + "' ";
  const auto heard = [&](const std::string& name, const std::string& arguments) {
    return of(watched(made(folder, name, arguments), false), Event::speech);
  };
  const auto clean = heard("clean.wav", said + "-af adelay=4000");
  REQUIRE(!clean.empty());
  CHECK(clean.front().start / 1e6 == Approx(4).margin(1));
  double total = 0;
  for (const auto& o : clean) total += o.length / 1e6;
  CHECK(total > 4);
  CHECK_FALSE(heard("noisy.wav",
                    said + "-f lavfi -i anoisesrc=c=pink:a=0.02:d=8 -filter_complex amix=duration=longest")
                  .empty());
  CHECK_FALSE(heard("coded.m4a", said + "-ar 8000 -ac 1 -c:a aac").empty());
  for (const std::string source :
       {"sine=440:d=8", "sine=440:beep_factor=4:d=8", "anoisesrc=d=8:a=0.3", "anoisesrc=c=pink:d=8:a=0.3",
        "anoisesrc=c=brown:d=8:a=0.3", "anullsrc=d=8",
        "aevalsrc='0.3*sin(2*PI*50*t)+0.1*sin(2*PI*150*t):d=8'", "sine=300:d=8,tremolo=f=4:d=0.9"}) {
    INFO(source);
    CHECK(heard("not.wav", "-f lavfi -i \"" + source + "\"").empty());
  }
}

TEST_CASE("a burnt-in clock is read, and the frame is found where it jumps") {
  Folder folder;
  // Ten seconds of a clock that is put forward by 30 s after 5.2 s.
  const auto path = made(folder, "clock.mp4",
                         "-f lavfi -i \"" + live + ",drawtext=fontfile=" + sans +
                             ":fontsize=24:fontcolor=white:borderw=2:x=20:y=h-th-20:text='%{pts\\:gmtime\\:"
                             "1795255200\\:%Y-%m-%d %T}':enable='lt(t,5.2)',"
                             "drawtext=fontfile=" +
                             sans +
                             ":fontsize=24:fontcolor=white:borderw=2:x=20:y=h-th-20:text='%{pts\\:gmtime\\:"
                             "1795255230\\:%Y-%m-%d %T}':enable='gte(t,5.2)'\" " +
                             quick);
  for (const bool every : {false, true}) {
    const auto f = watched(path, every);
    REQUIRE(f.clock);
    CHECK(f.clock->text == "2026-11-21 10:00:00");
    REQUIRE(f.clock->steps.size() == 1);
    CHECK(f.clock->steps[0].after / 1e6 == Approx(5.2).margin(0.05));
    CHECK(f.clock->steps[0].jump / 1e6 == Approx(30).margin(0.6));
    CHECK(limit(f, Event::clock_step) == std::max<std::int64_t>(1'000'000, widest_unread(f)));
  }
}

TEST_CASE("one key frame shows no clock's way: all of it is decoded, or no limit is stated") {
  Folder folder;
  const auto clock = [](const std::string& from) {
    return "drawtext=fontfile=" + sans + ":fontsize=24:fontcolor=white:borderw=2:x=20:y=h-th-20:text='%{pts\\:gmtime\\:" + from + "\\:%Y-%m-%d %T}'";
  };
  const auto path = made(folder, "one.mp4",
                         "-f lavfi -i \"" + live + "," + clock("1795255200") + ":enable='lt(t,5.2)'," + clock("1795255230") +
                             ":enable='gte(t,5.2)'\" -c:v libx264 -preset ultrafast -g 999 -sc_threshold 0");
  const auto f = watched(path, false);
  REQUIRE(f.streams.at(0).key_frames <= 2);
  REQUIRE(f.clock);
  REQUIRE(f.clock->steps.size() == 1);
  CHECK(f.clock->steps[0].after / 1e6 == Approx(5.2).margin(0.05));
  CHECK(limit(f, Event::clock_step) == std::max<std::int64_t>(1'000'000, widest_unread(f)));
}

TEST_CASE("pictures that were written over are counted, and the recording reads as no original") {
  Folder folder;
  const auto path = made(folder, "a.mp4", "-f lavfi -i \"" + live + "\" " + quick);
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto middle = bytes.size() / 2;
  for (const auto content : {'\0', '\x55'}) {
    auto over = bytes;
    over.replace(middle, 60'000, std::string(60'000, content));
    const auto packets = probe({folder.add("over.mp4", over)})[0], frames = watched(folder.add("over.mp4", over), true);
    for (const auto* f : {&packets, &frames}) {
      CHECK(f->verdict == Verdict::readable);
      CHECK(f->streams.at(0).corrupt >= 1);
      CHECK(f->streams[0].corrupt <= 20);
      CHECK_FALSE(f->reason.empty());
      CHECK_FALSE(f->reason_zh.empty());
    }
    CHECK(frames.reason.find("errors in decoding") != std::string::npos);
  }
  CHECK(probe({path})[0].reason.empty());
  CHECK(watched(path, true).streams.at(0).corrupt == 0);
}

TEST_CASE("a clock that runs true shows no step, and a picture without clock shows none") {
  Folder folder;
  const auto clock = made(folder, "true.mp4",
                          "-f lavfi -i \"" + live + ",drawtext=fontfile=" + sans +
                              ":fontsize=28:fontcolor=white:box=1:boxcolor=black:x=w-tw-20:y=h-th-20:text='%{"
                              "pts\\:gmtime\\:1795255199\\:%d/%m/%Y %T}'\" " +
                              quick);
  const auto f = watched(clock, false);
  REQUIRE(f.clock);
  CHECK(f.clock->steps.empty());
  CHECK(f.clock->readings.size() >= 4);
  for (const auto& r : f.clock->readings) CHECK(std::abs((r.local - r.time) / 1e6 - 1795255199) <= 1);
  CHECK_FALSE(watched(made(folder, "none.mp4", "-f lavfi -i \"" + live + "\" " + quick), false).clock);
}

TEST_CASE("stills are kept where they are asked for") {
  Folder folder;
  Watching watching;
  watching.pictures = watching.sound = watching.speech = watching.clock = false;
  watching.stills = {1'000'000, 7'230'000, 60'000'000};
  const auto f = watched(made(folder, "s.mp4", "-f lavfi -i \"" + live + "\" " + quick), false, watching);
  REQUIRE(f.stills.size() == 3);
  CHECK(f.stills[0].time == 1'000'000);
  CHECK(f.stills[1].time == 7'200'000);   // the picture shown then
  CHECK(f.stills[2].time == 11'960'000);  // the last
  for (const auto& s : f.stills) CHECK(s.jpeg.substr(0, 4) == "/9j/");
  CHECK(f.frames_decoded < 160);
}

namespace {
// Reads whatever the test says stands there, and counts what it is asked.
struct Teller : TextReader {
  std::string date, time;
  int dates = 0, times = 0;
  std::string read(const Plane& word) override {
    const bool is_date = word.width > 315;
    ++(is_date ? dates : times);
    return is_date ? date : time;
  }
};
}  // namespace

TEST_CASE("the reader is asked for digits that are not known yet, and never about a clock that something covers") {
  Folder folder;
  const int width = 640, height = 360, seconds = 60, covered = 30;
  const auto path = made(folder, "clock.gray",
                         "-f lavfi -i \"color=c=0x404040:s=640x360:r=1:d=60,drawtext=fontfile=" + sans +
                             ":fontsize=28:fontcolor=white:box=1:boxcolor=black:x=20:y=h-th-20:text='%{pts\\:gmtime\\:1795255200\\:%Y-%m-%d %T}',"
                             "drawbox=x=0:y=300:w=80:h=60:t=fill:color=white:enable='gte(t,30)'\" -pix_fmt gray -f rawvideo");
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  REQUIRE(bytes.size() == static_cast<std::size_t>(width) * height * seconds);
  Teller teller;
  ClockWatch clock(teller, 0);
  int dates = 0, times = 0;
  for (int second = 0; second < seconds; ++second) {
    if (second == covered) dates = teller.dates, times = teller.times;
    const auto shown = shown_time((1795255200 + second) * 1'000'000ll);
    teller.date = shown.substr(0, 10);
    teller.time = shown.substr(11);
    const auto* pixels = reinterpret_cast<const std::uint8_t*>(bytes.data()) + static_cast<std::ptrdiff_t>(second) * width * height;
    clock.look(second * 1'000'000ll, {pixels, width, width, height, true});
  }
  CHECK(dates <= 2);
  CHECK(times >= 5);
  CHECK(times <= 14);
  CHECK(teller.dates == dates);
  CHECK(teller.times == times);
  std::optional<BurntInClock> found;
  REQUIRE(clock.finish(0, 0, found));
  CHECK(found->readings.size() >= 29);
  CHECK(found->steps.empty());
}

TEST_CASE("misread digits are no jump") {
  const auto at = [](double time, std::int64_t local, double confidence) {
    return ClockReading{static_cast<std::int64_t>(time * 1e6), local * 1'000'000, confidence};
  };
  std::vector<ClockReading> readings{at(0, 100, 1), at(2, 102, 1), at(4, 184, 0.9), at(6, 106, 1),
                                     at(8, 108, 1)};
  CHECK(clock_steps(readings).empty());
  CHECK(readings.size() == 4);
  readings = {at(0, 100, 1), at(2, 102, 1), at(4, 184, 0.9), at(6, 186, 0.9), at(8, 188, 0.9)};
  const auto steps = clock_steps(readings);
  REQUIRE(steps.size() == 1);
  CHECK(steps[0].before == 2'000'000);
  CHECK(steps[0].after == 4'000'000);
  CHECK(steps[0].jump / 1e6 == Approx(80).margin(0.1));
}

TEST_CASE("what to look for survives the way through text") {
  Watching w;
  CHECK(to_text(w).empty());
  w.speech = false;
  w.black_level = 0.25;
  w.shortest = 500'000;
  w.stills = {5, 7};
  Watching back;
  REQUIRE(read_watching(to_text(w), back));
  CHECK(to_text(back) == to_text(w));
  CHECK(back.black_level == 0.25);
  CHECK(back.stills.size() == 2);
  for (const char* bad : {"speech", "speech=maybe", "black_level=2", "unknown=1", "still=x", "shortest=-1"})
    CHECK_FALSE(read_watching(bad, back));
}
