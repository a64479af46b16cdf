#include "adapters/transcript/transcript.h"

#include <catch2/catch.hpp>

using jianlu::transcript::read;
using jianlu::transcript::Transcript;

TEST_CASE("SubRip cues have times, text without markup and their line") {
  const Transcript t = read("\xEF\xBB\xBF" "1\r\n00:00:01,500 --> 00:00:04,000\r\n<i>为保护您的</i>\r\n合法权益\r\n\r\n2\r\n01:00:00,000 --> 01:00:01,000\r\n{\\an8}你好\r\n");
  REQUIRE(t.faults.empty());
  REQUIRE(t.cues.size() == 2);
  CHECK(t.cues[0].start == 1'500'000);
  CHECK(t.cues[0].end == 4'000'000);
  CHECK(t.cues[0].text == "为保护您的 合法权益");
  CHECK(t.cues[0].line == 2);
  CHECK(t.cues[1].start == 3'600'000'000);
  CHECK(t.cues[1].text == "你好");
}

TEST_CASE("WebVTT may leave the hours out and add settings") {
  const Transcript t = read("WEBVTT\n\n00:05.250 --> 00:06.000 align:start\n中断是因为没有电\n");
  REQUIRE(t.cues.size() == 1);
  CHECK(t.cues[0].start == 5'250'000);
  CHECK(t.cues[0].text == "中断是因为没有电");
}

TEST_CASE("A damaged cue is reported and the next one is read") {
  const Transcript t = read("1\n00:00:xx,000 --> 00:00:04,000\n一\n\n2\n00:00:09,000 --> 00:00:05,000\n二\n\n3\n00:00:10,000 --> 00:00:11,000\n三\n");
  REQUIRE(t.faults.size() == 2);
  CHECK(t.faults[0].line == 2);
  CHECK(t.faults[1].line == 6);
  REQUIRE(t.cues.size() == 1);
  CHECK(t.cues[0].text == "三");
}

TEST_CASE("A cue without a blank line before the next is still its own") {
  const Transcript t = read("00:00:01,000 --> 00:00:02,000\n甲\n00:00:03,000 --> 00:00:04,000\n乙\n");
  REQUIRE(t.cues.size() == 2);
  CHECK(t.cues[0].text == "甲");
  CHECK(t.cues[1].text == "乙");
}

TEST_CASE("A text that is no transcript says so") {
  CHECK(read("not a transcript").faults.size() == 1);
  CHECK(read("").faults.size() == 1);
}

TEST_CASE("Another arrow, or full-width signs, are read as what they stand for, with one note") {
  for (const char* times : {"00:00:07,100 -> 00:00:09,000", "00:00:07,100 —> 00:00:09,000", "00:00:07,100－－＞00:00:09,000", "00:00:07.100 → 00:00:09",
                            "００：００：０７，１００　－－＞　００：００：０９，０００", "00:00:07,100 ——》 00:00:09,000", "00:00:07,100 ---> 00:00:09,000"}) {
    INFO(times);
    const Transcript t = read(std::string("1\n00:00:01,000 --> 00:00:02,000\n一\n\n2\n") + times + "\n二\n\n3\n" + "00:00:10,000 -> 00:00:11,000\n三\n");
    CHECK(t.faults.empty());
    REQUIRE(t.cues.size() == 3);
    CHECK(t.cues[1].start == 7'100'000);
    CHECK(t.cues[1].end == 9'000'000);
    CHECK(t.cues[1].text == "二");
    REQUIRE(t.notes.size() == 1);
    CHECK(t.notes[0].line == 6);
  }
  CHECK(read("1\n00:00:01,000 --> 00:00:02,000\n血压 120->80，时间 1:30\n").notes.empty());
}

TEST_CASE("A line that belongs to no cue is one diagnostic with its line") {
  const std::string good = "1\n00:00:01,000 --> 00:00:02,000\n一\n\n", next = "\n3\n00:00:10,000 --> 00:00:11,000\n三\n";
  const struct { const char* bad; int line; } damaged[] = {
      {"2\n二\n二点\n", 6},                              // no times
      {"2\n00:00:07,100 00:00:09,000\n二\n", 6},          // no arrow
      {"2\n00:00:07,100 - 00:00:09,000\n二\n", 6},
      {"2\n00:00:07,100 = 00:00:09,000\n二\n", 6},
      {"2\n00:00:xx,100 -> 00:00:09,000\n二\n", 6},
      {"2\n7.1 --> 9\n二\n", 6},
      {"二\n", 5},                                        // a blank line within a cue
      {"二\n2\n00:00:07,100 --> 00:00:09,000\n好\n", 5},
      {"2\n", 5},
      {"二\n00:00:07,100 --> 00:00:09,000\n好\n", 5},
  };
  for (const auto& [bad, line] : damaged) {
    INFO(bad);
    const Transcript t = read(good + bad + next);
    REQUIRE(t.faults.size() == 1);
    CHECK(t.faults[0].line == line);
    REQUIRE(t.cues.size() >= 2);
    CHECK(t.cues.front().text == "一");
    CHECK(t.cues.back().text == "三");
  }
  CHECK(read(good + "2\n00:00:30,000 --> 00:00:31,000\n").faults.size() == 1);   // it breaks off
  CHECK(read(good + "2\n00:00:3").faults.size() == 1);
  CHECK(read(good + "2").faults.size() == 1);
  // Times without an arrow, without a blank line before them, are no text either.
  const Transcript t = read("00:00:01,000 --> 00:00:02,000\n一\n00:00:03,000 00:00:04,000\n二\n");
  REQUIRE(t.faults.size() == 1);
  CHECK(t.faults[0].line == 3);
  REQUIRE(t.cues.size() == 1);
  CHECK(t.cues[0].text == "一");
}

TEST_CASE("What WebVTT says beside its cues is no text, and the number of the next cue neither") {
  const Transcript t = read("WEBVTT - 标题\nKind: captions\n\nNOTE 说明\n第二行\n\nSTYLE\n::cue {}\n\n开头\n00:01.000 --> 00:02.000\n<v 张伟>一<00:01.500>二</v>\n\n00:03.000 --> 00:04.000\n三\n");
  CHECK(t.faults.empty());
  REQUIRE(t.cues.size() == 2);
  CHECK(t.cues[0].text == "一二");
  CHECK(t.cues[1].text == "三");
  const Transcript close = read("1\n00:00:01,000 --> 00:00:02,000\n一\n2\n00:00:03,000 --> 00:00:04,000\n二\n");
  CHECK(close.faults.empty());
  REQUIRE(close.cues.size() == 2);
  CHECK(close.cues[0].text == "一");
  CHECK(read("WEBVTT\n\n谁也不知道何时\n\n00:03.000 --> 00:04.000\n三\n").faults.size() == 1);
}

TEST_CASE("What only looks like markup is text") {
  for (const char* text : {"体温<38度，为保护您，录像。", "体温<38度，血压>90", "a {b 录像", "{大}录像", "录像<", "录像{", "x<<y>"}) {
    const Transcript t = read(std::string("1\n00:00:01,000 --> 00:00:02,000\n") + text + "\n");
    REQUIRE(t.cues.size() == 1);
    CHECK(t.cues[0].text == (std::string_view(text) == "x<<y>" ? "x<" : text));
  }
}

TEST_CASE("A fault of the encoding says how to mend a transcript") {
  const Transcript t = read("1\n00:00:01,000 --> 00:00:02,000\n\xFF\xFF\n");
  REQUIRE(t.faults.size() == 1);
  CHECK(t.faults[0].en.find("save it as UTF-8") != std::string::npos);
  CHECK(t.faults[0].zh.find("CSV") == std::string::npos);
}
