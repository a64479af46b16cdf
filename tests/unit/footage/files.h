// Files that live as long as one test, and the facts about them.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "adapters/footage/client.h"

struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "jianlu-footage-XXXXXX").string();
    path = mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string add(const std::string& name, const std::string& bytes) const {
    std::ofstream(path / name, std::ios::binary) << bytes;
    return (path / name).string();
  }
};

inline std::vector<jianlu::footage::FootageFacts> probe(
    const std::vector<std::string>& paths, int jobs = 2, std::int64_t gap = 1'000'000,
    jianlu::footage::Depth depth = jianlu::footage::Depth::packets) {
  std::vector<jianlu::footage::FootageFacts> facts(paths.size());
  std::vector<int> answers(paths.size());
  const auto error =
      jianlu::footage::probe_files(paths, {JIANLU_PROBE, jobs, gap, depth}, [&](std::size_t i, auto&& f) {
        ++answers[i];
        facts[i] = std::move(f);
      });
  if (error) FAIL(error->en);
  for (const int n : answers) CHECK(n == 1);
  return facts;
}
