#include "engine/fact/texts.h"

#include <catch2/catch.hpp>

#include <string>

using jianlu::fact::Texts;

TEST_CASE("equal texts share an id, and ids survive growth") {
  Texts texts;
  for (int i = 0; i < 5000; ++i) CHECK(texts.intern("文本" + std::to_string(i)) == i);
  const std::string_view first = texts[0];
  for (int i = 0; i < 5000; ++i) CHECK(texts.intern("文本" + std::to_string(i)) == i);
  CHECK(texts[0].data() == first.data());
  CHECK(texts.find("文本4999") == 4999);
  CHECK(texts.find("文本5000") == -1);
  CHECK(texts.intern("") == 5000);
  CHECK(texts[5000].empty());
}

TEST_CASE("texts of any length that differ in one byte stay apart") {
  Texts texts;
  std::int64_t next = 0;
  for (std::size_t size = 0; size < 70; ++size) {
    std::string text(size, 'a');
    CHECK(texts.intern(text) == next++);
    for (std::size_t at = 0; at < size; ++at) {
      text[at] = 'b';
      CHECK(texts.intern(text) == next++);
      CHECK(texts.find(text) == next - 1);
      text[at] = 'a';
    }
    CHECK(texts[texts.find(text)] == text);
  }
}

TEST_CASE("truncating forgets the later texts and keeps the earlier ones") {
  Texts texts;
  for (int i = 0; i < 100; ++i) texts.intern("kept " + std::to_string(i));
  const std::string_view kept = texts[99];
  for (int round = 0; round < 50; ++round) {
    for (int i = 0; i < 3000; ++i) {
      CHECK(texts.intern("batch " + std::to_string(round) + "/" + std::to_string(i) + std::string(i % 200, 'x')) == 100 + i);
    }
    texts.truncate(100);
    CHECK(texts.size() == 100);
    CHECK(texts.find("batch " + std::to_string(round) + "/0") == -1);
    for (int i = 0; i < 100; ++i) CHECK(texts.find("kept " + std::to_string(i)) == i);
  }
  CHECK(texts[99].data() == kept.data());
  CHECK(texts[99] == "kept 99");
}
