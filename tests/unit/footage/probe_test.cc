// The whole way: client, process, demuxer, verdict.
#include <sys/stat.h>

#include "tests/unit/footage/files.h"
#include "tests/unit/footage/make_mp4.h"

using namespace jianlu::footage;

TEST_CASE("a whole recording is read with its facts") {
  Folder folder;
  made::Mp4 mp4;
  for (const bool first : {false, true}) {
    mp4.index_first = first;
    const auto f = probe({folder.add("a.mp4", mp4.build())})[0];
    CHECK(f.verdict == Verdict::readable);
    CHECK(f.format == "mp4");
    CHECK(f.major_brand == "mp42");
    CHECK(f.layout == (first ? "ftyp moov mdat" : "ftyp mdat moov"));
    CHECK(f.duration == 2'000'000);
    REQUIRE(f.streams.size() == 1);
    const auto& s = f.streams[0];
    CHECK(s.codec == "h264");
    CHECK(s.kind == StreamKind::video);
    CHECK(s.width == 640);
    CHECK(s.packets == 50);
    CHECK(s.key_frames == 1);
    CHECK(s.first_pts == 0);
    CHECK(s.last_pts == 1'960'000);
    CHECK(s.duration == 2'000'000);
    CHECK(s.frame_rate == Approx(25));
    CHECK(s.gaps.empty());
    REQUIRE(f.times.size() == 1);
    CHECK(f.times[0].text == "2023-12-31T00:00:00.000000Z");
    CHECK(f.times[0].instant == 1703980800000000);
    CHECK(f.times[0].trust == TimeTrust::utc_claimed);
    CHECK(f.reading == Reading::unknown);
  }
}

TEST_CASE("the digest is SHA-256 of the file") {
  Folder folder;
  // FIPS 180-4, the message "abc"
  CHECK(probe({folder.add("a", "abc")})[0].sha256 ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  // the million 'a' of the same standard crosses the read buffers
  CHECK(probe({folder.add("b", std::string(1'000'000, 'a'))})[0].sha256 ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("gaps follow the threshold that was passed in") {
  Folder folder;
  made::Mp4 mp4;
  mp4.gap_after = 10;
  const auto path = folder.add("gap.mp4", mp4.build());
  const auto f = probe({path}, 1, 1'000'000)[0];
  REQUIRE(f.streams.at(0).gaps.size() == 1);
  CHECK(f.streams[0].gaps[0].start == 360'000);
  CHECK(f.streams[0].gaps[0].length == 4'000'000);
  CHECK(probe({path}, 1, 4'000'000)[0].streams.at(0).gaps.empty());
}

TEST_CASE("frames hidden by an edit list are counted and named") {
  Folder folder;
  made::Mp4 mp4;
  mp4.edit_start = 10;
  const auto f = probe({folder.add("cut.mp4", mp4.build())})[0];
  CHECK(f.streams.at(0).packets == 50);
  CHECK(f.streams[0].discarded == 10);
  REQUIRE(f.streams[0].edits.size() == 1);
  CHECK(f.streams[0].edits[0].media_start == 400'000);
  CHECK(f.reading == Reading::edited);
  REQUIRE(!f.signs.empty());
  CHECK(f.signs[0].kind == SignKind::hidden_video);
}

TEST_CASE("user data names devices and programs, with the place") {
  Folder folder;
  made::Mp4 mp4;
  mp4.user_data = made::box("\xa9inf", std::string("\0\x08\0\0HIKVISION", 13));
  const auto camera = mp4.build();
  CHECK(probe({folder.add("camera.mp4", camera)})[0].reading == Reading::original);
  mp4.user_data += made::box("\xa9swr", std::string("\0\x08\0\0TEEditor", 12));
  const auto bytes = mp4.build();
  const auto f = probe({folder.add("cut.mp4", bytes)})[0];
  CHECK(f.reading == Reading::edited);
  const auto sign = std::find_if(f.signs.begin(), f.signs.end(),
                                 [](const Sign& s) { return s.kind == SignKind::editor_named; });
  REQUIRE(sign != f.signs.end());
  CHECK(sign->byte_offset == std::int64_t(bytes.find("TEEditor")));
}

TEST_CASE("each kind of damage has its own verdict") {
  Folder folder;
  made::Mp4 mp4;
  const auto whole = mp4.build();
  mp4.index_first = true;
  const auto streamable = mp4.build();
  made::Mp4 none;
  none.frames = 0;
  none.claimed_frames = 50;
  const auto f = probe({
      folder.add("no-index.mp4", whole.substr(0, 3000)),
      folder.add("cut.mp4", streamable.substr(0, streamable.size() - 2550)),
      folder.add("header.mp4", none.build()),
      folder.add("empty.mp4", ""),
      folder.add("list.mp4", "#EXTM3U\n#EXTINF:1,\n/etc/passwd\n"),
      folder.add("concat.mp4", "ffconcat version 1.0\nfile whole.mp4\n"),
      folder.add("track.gps", "[1591027084000]$GPRMC,155804,A,3301.1,N,11648.5,W,0.0,,010620,,*00\r\n"),
      folder.add("noise.mp4", std::string("\x93\x02\x00\x8a\x71\xff\x13\x05", 8) + std::string(2000, '\x9c')),
      folder.add("photo.jpg",
                 std::string("\xff\xd8\xff\xe0\0\x04JF\xff\xc0\0\x0b\x08\0\x10\0\x20\x01\x01\x11\0", 21)),
  });
  CHECK(f[0].verdict == Verdict::no_index);
  CHECK(f[1].verdict == Verdict::truncated);
  CHECK(f[1].streams.at(0).packets == 25);  // the 25th is there in part
  CHECK(f[1].streams.at(0).missing == 26);
  CHECK(f[2].verdict == Verdict::header_only);
  CHECK(f[3].verdict == Verdict::not_media);
  CHECK(f[4].verdict == Verdict::text);
  CHECK(f[4].format == "m3u8");
  CHECK(f[5].verdict == Verdict::text);
  CHECK(f[6].format == "nmea");
  CHECK(f[7].verdict == Verdict::not_media);
  CHECK(f[8].verdict == Verdict::photo);
  CHECK(f[8].streams.at(0).width == 32);
  for (const auto& facts : f) {
    CHECK(facts.sha256.size() == 64);
    CHECK_FALSE(facts.reason.empty());
    CHECK_FALSE(facts.reason_zh.empty());
  }
}

TEST_CASE("a claim beyond the limits costs the file, not the batch") {
  Folder folder;
  made::Mp4 huge;
  huge.width = huge.height = 65535;
  made::Mp4 bomb;  // five kilobytes that ask for gigabytes of index
  bomb.claimed_frames = 0xffffff00;
  made::Mp4 smaller_bomb;
  smaller_bomb.claimed_frames = 19'000'000;
  made::Mp4 honest;
  const auto f =
      probe({folder.add("pixels.mp4", huge.build()), folder.add("bomb.mp4", bomb.build()),
             folder.add("smaller.mp4", smaller_bomb.build()), folder.add("honest.mp4", honest.build())});
  CHECK(f[0].verdict == Verdict::over_limit);
  CHECK(f[0].reason == "limit reached: pixels");
  CHECK(f[1].verdict == Verdict::over_limit);
  CHECK(f[1].sha256.size() == 64);
  CHECK(f[2].verdict == Verdict::over_limit);
  CHECK(f[3].verdict == Verdict::readable);
}

TEST_CASE("what is no file is answered at once") {
  Folder folder;
  const auto pipe = (folder.path / "pipe.mp4").string();
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  const auto f = probe({folder.path.string(), pipe, (folder.path / "gone.mp4").string(), "/dev/null"});
  for (const auto& facts : f) {
    CHECK(facts.verdict == Verdict::unreadable);
    CHECK_FALSE(facts.reason.empty());
  }
  CHECK(f[0].reason == "a folder, not a file");
}

TEST_CASE("a program that cannot be started is an error, not an exception") {
  const auto error =
      probe_files({"a"}, {"/nonexistent/jianlu-probe", 1, 1}, [](std::size_t, FootageFacts&&) {});
  REQUIRE(error);
  CHECK_FALSE(error->zh.empty());
}

TEST_CASE("a program that leaves early is an error that counts what is open") {
  Folder folder;
  const auto path = folder.add("a.mp4", made::Mp4().build());
  const auto error = probe_files({path}, {"/bin/true", 1, 1}, [](std::size_t, FootageFacts&&) {});
  REQUIRE(error);
  CHECK(error->en.find("1 files were not examined") != std::string::npos);
}

TEST_CASE("each depth says how far it went and what it would have seen") {
  Folder folder;
  made::Mp4 mp4;
  mp4.gap_after = 10;
  mp4.edit_start = 5;
  const auto path = folder.add("gap.mp4", mp4.build());
  const auto deep = probe({path})[0], shallow = probe({path}, 1, 500'000, Depth::container)[0];
  CHECK(deep.depth == Depth::packets);
  CHECK(shallow.depth == Depth::container);
  REQUIRE(shallow.detects.size() == 1);
  CHECK(shallow.detects[0].event == Event::gap);
  CHECK(shallow.detects[0].shortest == 500'000);
  CHECK(shallow.verdict == Verdict::readable);
  CHECK(shallow.sha256 == deep.sha256);
  const auto &a = shallow.streams.at(0), &b = deep.streams.at(0);
  CHECK(a.packets == b.packets);
  CHECK(a.discarded == b.discarded);
  CHECK(a.key_frames == b.key_frames);
  CHECK(a.first_pts == b.first_pts);
  REQUIRE(a.gaps.size() == 1);
  CHECK(a.gaps[0].start == b.gaps.at(0).start);
  CHECK(a.gaps[0].length == b.gaps[0].length);
}

TEST_CASE("without a digest only what the depth asks for is read") {
  Folder folder;
  ProbeOptions options{JIANLU_PROBE};
  options.depth = Depth::container;
  options.hash = false;
  const auto error =
      probe_files({folder.add("a.mp4", made::Mp4().build())}, options, [](std::size_t, FootageFacts&& f) {
        CHECK(f.verdict == Verdict::readable);
        CHECK(f.sha256.empty());
        CHECK(f.streams.at(0).packets == 50);
      });
  CHECK_FALSE(error);
}
