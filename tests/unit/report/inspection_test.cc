#include "report/inspection.h"

#include <catch2/catch.hpp>

using namespace jianlu;
using footage::SignKind;

namespace {

footage::FootageFacts facts() {
  footage::FootageFacts f;
  f.verdict = footage::Verdict::readable;
  f.reading = footage::Reading::edited;
  f.signs.push_back(footage::make_sign(SignKind::time_step, "a step", std::nullopt, 3'000'000));
  f.signs.push_back(footage::make_sign(SignKind::editor_named, "\"><img src=x onerror=alert(1)>", 42));
  f.signs.push_back(footage::make_sign(SignKind::still_stretch, "still", std::nullopt, 61'500'000));
  f.signs.back().length = 2'000'000;
  f.stills.push_back({61'500'000, 0, "/9j/4AAQ"});
  f.stills.push_back({62'000'000, 0, "x\" onerror=\"alert(1)"});
  return f;
}

std::size_t count(const std::string& page, const std::string& what) {
  std::size_t n = 0;
  for (auto at = page.find(what); at != page.npos; at = page.find(what, at + 1)) ++n;
  return n;
}

}  // namespace

TEST_CASE("a page of inspected files shows each sign with its weight, place and innocent explanation") {
  const auto f = facts();
  const auto page = report::render_inspection({{"clips/a.mp4", &f}}, source::Language::en);
  CHECK(page.find("0:03.000") != page.npos);
  CHECK(page.find("1:01.500 – 1:03.500") != page.npos);
  CHECK(page.find("byte 42") != page.npos);
  CHECK(page.find("a docking station or asset manager may write its own name") != page.npos);
  CHECK(page.find("names an editing program") < page.find("a step"));  // strong before weak
  const auto chinese = report::render_inspection({{"clips/a.mp4", &f}}, source::Language::zh);
  CHECK(chinese.find("写有编辑软件名称") != chinese.npos);
  CHECK(chinese.find("lang=\"zh-CN\"") != chinese.npos);
}

TEST_CASE("what the burnt-in clock says stands beside the stills") {
  auto f = facts();
  f.clock.emplace();
  f.clock->text = "2020-06-01 16:29:10";
  f.clock->readings = {{61'500'000, 1'591'028'950'000'000, 1}};   // 16:29:10
  f.clock->clock_length = 27'000'000;
  f.clock->stream_length = 25'000'000;
  const auto page = report::render_inspection({{"a.mp4", &f}}, source::Language::en);
  CHECK(page.find("2020-06-01 16:29:10; by the clock 27.000 s, by the stream 25.000 s") != page.npos);
  CHECK(count(page, "1:01.500 · clock 2020-06-01 16:29:10<") == 1);
  CHECK(count(page, "1:02.000<") == 1);   // not read there
  const auto chinese = report::render_inspection({{"a.mp4", &f}}, source::Language::zh);
  CHECK(chinese.find("时钟走了 27.000 s，录像走了 25.000 s") != chinese.npos);
}

TEST_CASE("nothing that a file says becomes markup, and nothing is loaded or run") {
  const auto f = facts();
  const auto page = report::render_inspection({{"<script>alert(1)</script>.mp4", &f}}, source::Language::en);
  CHECK(page.find("<script") == page.npos);
  CHECK(page.find("<img src=x") == page.npos);
  CHECK(count(page, "<img ") == 2);
  CHECK(count(page, "src=\"data:image/jpeg;base64,/9j/4AAQ\"") == 1);
  CHECK(count(page, "src=\"#\"") == 1);
  CHECK(page.find("default-src &#39;none&#39;; style-src &#39;sha256-") != page.npos);
  CHECK(page.find("unsafe") == page.npos);
  CHECK(page.find("http:") == page.npos);
}

TEST_CASE("times in footage") {
  CHECK(report::footage_time(0) == "0:00.000");
  CHECK(report::footage_time(25'100'400) == "0:25.100");
  CHECK(report::footage_time(3'725'000'000) == "1:02:05.000");
  CHECK(report::footage_time(-20'000) == "-0:00.020");
}
