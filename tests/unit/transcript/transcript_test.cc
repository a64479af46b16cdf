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
