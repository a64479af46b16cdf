#include <catch2/catch.hpp>

#include <string>

#include "adapters/transcript/transcript.h"

using jianlu::transcript::read;
using jianlu::transcript::Transcript;

TEST_CASE("Whisper and faster-whisper: segments with seconds") {
  const Transcript t = read(R"({"text": "甲乙", "segments": [
    {"id": 0, "seek": 0, "start": 0.0, "end": 3.24, "text": " 甲", "tokens": [1, 2], "avg_logprob": NaN},
    {"id": 1, "start": 3.24, "end": 3.24, "text": "  "},
    {"id": 2, "text": "乙\u3002", "end": 7, "start": 5.5}],
   "language": "zh", "duration": 12.5})");
  REQUIRE(t.faults.empty());
  REQUIRE(t.cues.size() == 2);
  CHECK(t.cues[0].text == "甲");
  CHECK(t.cues[0].start == 0);
  CHECK(t.cues[0].end == 3'240'000);
  CHECK(t.cues[0].line == 2);
  CHECK(t.cues[1].text == "乙。");
  CHECK(t.cues[1].start == 5'500'000);
  CHECK(t.cues[1].line == 4);
  CHECK(t.covers == 12'500'000);
}

TEST_CASE("whisper.cpp: transcription with offsets in milliseconds") {
  const Transcript t = read(R"({"systeminfo": "x", "transcription": [{"timestamps": {"from": "00:00:01,000", "to": "00:00:02,500"},
    "offsets": {"from": 1000, "to": 2500}, "text": "您好"}]})");
  REQUIRE(t.faults.empty());
  REQUIRE(t.cues.size() == 1);
  CHECK(t.cues[0].start == 1'000'000);
  CHECK(t.cues[0].end == 2'500'000);
  CHECK(t.cues[0].text == "您好");
}

TEST_CASE("FunASR: a list, sentences with milliseconds, or characters with time stamps") {
  const Transcript t = read(R"([{"key": "a", "text": "您好，请坐。", "timestamp": [[380, 500]],
    "sentence_info": [{"text": "您好，", "start": 380, "end": 900, "spk": 0}, {"text": "请坐。", "start": 1200, "end": 2000}]},
    {"key": "b", "text": "坐 下", "timestamp": [[3000, 3200], [3200, 3500]]}, {"key": "c", "text": ""}])");
  REQUIRE(t.faults.empty());
  REQUIRE(t.cues.size() == 3);
  CHECK(t.cues[0].start == 380'000);
  CHECK(t.cues[1].text == "请坐。");
  CHECK(t.cues[2].start == 3'000'000);
  CHECK(t.cues[2].end == 3'500'000);
  CHECK(t.cues[2].text == "坐 下");
}

TEST_CASE("Vosk: one value per utterance, with the times of its words") {
  const Transcript t = read(R"({"result": [{"conf": 1.0, "end": 1.2, "start": 0.9, "word": "您"}, {"end": 1.5, "start": 1.2, "word": "好"}], "text": "您 好"}
{"text": ""}
{"result": [{"end": 4, "start": 3, "word": "请"}]}
)");
  REQUIRE(t.faults.empty());
  REQUIRE(t.cues.size() == 2);
  CHECK(t.cues[0].text == "您 好");
  CHECK(t.cues[0].start == 900'000);
  CHECK(t.cues[0].end == 1'500'000);
  CHECK(t.cues[1].text == "请");
  CHECK(t.cues[1].line == 3);
}

TEST_CASE("A recogniser that heard nobody is no fault") {
  for (const char* text : {R"({"segments": []})", R"({"text": ""})", R"([{"key": "a", "text": ""}])", "WEBVTT\n\n"}) {
    INFO(text);
    CHECK(read(text).faults.empty());
    CHECK(read(text).cues.empty());
  }
}

TEST_CASE("A damaged segment costs itself and says its line") {
  const Transcript t = read(R"({"segments": [
    {"start": 1, "end": 2, "text": "一"},
    {"start": "2", "end": 3, "text": "二"},
    {"start": 5, "end": 4, "text": "三"},
    {"start": -1, "end": 4, "text": "四"},
    {"start": 6, "end": 1e300, "text": "五"},
    {"start": 6, "end": 7},
    7,
    {"start": 8, "end": 9, "text": "九"}]})");
  REQUIRE(t.cues.size() == 2);
  CHECK(t.cues[1].text == "九");
  REQUIRE(t.faults.size() == 6);
  for (int i = 0; i < 6; ++i) CHECK(t.faults[i].line == 3 + i);
}

TEST_CASE("What is no recogniser's JSON is one clear fault") {
  const std::string deep(100'000, '[');
  const struct { std::string text; int line; const char* says; } bad[] = {
      {"{\"segments\": [{\"start\": 1,", 1, "breaks off"},
      {"{\"text\": \"\"}\n{\"text\"", 2, "breaks off"},
      {"{\"a\": 1}", 1, "no output of a known recogniser"},
      {"[]", 1, "no output of a known recogniser"},
      {"[1]", 1, "no result"},
      {"{\"segments\": 3}", 1, "faulty"},
      {"{\"segments\" [}", 1, "JSON"},
      {"{\"text\": \"你好\"}", 1, "no times"},
      {"{}\nhello", 2, "no JSON begins here"},
      {deep, 1, "nests deeper"},
      {"{\"segments\":" + deep, 1, "nests deeper"},
      {std::string(17u << 20, ' '), 1, "16 MiB"},
  };
  for (const auto& [text, line, says] : bad) {
    INFO(text.substr(0, 60));
    const Transcript t = read(text);
    CHECK(t.cues.empty());
    REQUIRE(t.faults.size() == 1);
    CHECK(t.faults[0].line == line);
    INFO(t.faults[0].en);
    CHECK(t.faults[0].en.find(says) != std::string::npos);
    CHECK(!t.faults[0].zh.empty());
  }
}

TEST_CASE("What stands before a break is kept, and many faults are counted") {
  const Transcript cut = read("{\"result\": [{\"start\": 1, \"end\": 2, \"word\": \"您\"}], \"text\": \"您\"}\n{\"result\": [{\"st");
  CHECK(cut.cues.size() == 1);
  CHECK(cut.faults.size() == 1);
  std::string many = "{\"segments\": [1";
  for (int i = 1; i < 5000; ++i) many += ",1";
  const Transcript t = read(many + "]}");
  REQUIRE(t.faults.size() == jianlu::transcript::max_faults + 1);
  CHECK(t.faults.back().en == "4900 more faults follow");
}

TEST_CASE("A transcript in GB18030 reads like one in UTF-8") {
  const Transcript t = read("1\n00:00:01,000 --> 00:00:02,000\n\xC4\xFA\xBA\xC3\n");
  REQUIRE(t.cues.size() == 1);
  CHECK(t.cues[0].text == "您好");
  const Transcript broken = read("1\n00:00:01,000 --> 00:00:02,000\n\xFF\xFF\n");
  REQUIRE(broken.faults.size() == 1);
  CHECK(broken.faults[0].line == 3);
}
