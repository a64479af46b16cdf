#include "adapters/speech/recogniser.h"

#include <signal.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>

using namespace jianlu;
using speech::recognise;
using speech::Recognised;
using speech::Recogniser;

namespace {

struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "jianlu-recogniser-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string script(const std::string& body) const {
    const std::filesystem::path at = path / "asr";
    std::ofstream(at) << "#!/bin/sh\n" << body << "\n";
    std::filesystem::permissions(at, std::filesystem::perms::owner_all);
    return at.string();
  }
};

Recogniser parsed(const std::string& command) {
  auto result = speech::recogniser(command);
  REQUIRE(std::holds_alternative<Recogniser>(result));
  return std::get<Recogniser>(std::move(result));
}

std::string refused(const std::string& command) {
  const auto result = speech::recogniser(command);
  REQUIRE(std::holds_alternative<diag::Words>(result));
  CHECK_FALSE(std::get<diag::Words>(result).zh.empty());
  return std::get<diag::Words>(result).en;
}

struct Limits {
  std::int64_t seconds = 20;
  std::size_t output = 1u << 20;
};

Recognised run(const Folder& folder, const std::string& body, Limits limits = {}) {
  Recogniser how = parsed(folder.script(body) + " {file}");
  how.seconds = limits.seconds;
  how.output = limits.output;
  return recognise(how, "/clips/a b;c.mp4");
}

}  // namespace

TEST_CASE("A command is parted into words without a shell") {
  CHECK(parsed("asr --lang zh {file}").arguments == std::vector<std::string>{"asr", "--lang", "zh", "{file}"});
  CHECK(parsed("'my asr' \"--a=b c\" --in={file} x\\ y ''").arguments ==
        std::vector<std::string>{"my asr", "--a=b c", "--in={file}", "x y", ""});
  CHECK(refused("asr --lang zh").find("no {file}") != std::string::npos);
  CHECK(refused("").find("no {file}") != std::string::npos);
  CHECK(refused("asr 'a {file}").find("partner") != std::string::npos);
  CHECK(refused("sh -c 'asr {file} | jq .'").find("argument of its own") != std::string::npos);
  CHECK(refused("{file}").find("argument of its own") != std::string::npos);
}

TEST_CASE("The clip's name reaches the recogniser as one argument, and its output comes back") {
  const Folder folder;
  const Recognised result = run(folder, "printf '%s|%s' \"$#\" \"$1\"");
  REQUIRE_FALSE(result.fault);
  CHECK(result.output == "1|/clips/a b;c.mp4");
  Recogniser shell = parsed("sh -c 'printf %s \"$1\" | tr a-z A-Z' sh {file}");
  CHECK(recognise(shell, "/x;y").output == "/X;Y");
  CHECK(recognise(shell, "-x").output.substr(0, 1) == "/");
}

TEST_CASE("A recogniser that cannot be started, fails or crashes says so") {
  const Folder folder;
  Recognised result = recognise(parsed("/nowhere/asr {file}"), "/a.mp4");
  REQUIRE(result.fault);
  CHECK(result.fault->en.find("cannot be started") != std::string::npos);
  result = run(folder, "echo first >&2; echo 'no model' >&2; echo '{\"segments\": []}'; exit 3");
  REQUIRE(result.fault);
  CHECK(result.output.empty());
  CHECK(result.fault->en == "the recogniser failed with exit code 3; it said: no model");
  CHECK(result.fault->zh.find("退出码 3") != std::string::npos);
  result = run(folder, "kill -SEGV $$");
  REQUIRE(result.fault);
  CHECK(result.fault->en.find("died of signal 11") != std::string::npos);
}

TEST_CASE("A recogniser that hangs is stopped with everything it started") {
  const Folder folder;
  const std::string child = (folder.path / "child").string();
  // In its group; in a session of its own; and one whose parent is gone, too.
  for (const std::string& start : {"(trap '' TERM; sleep 300) & echo $! > " + child, "setsid sh -c 'echo $$ > " + child + "; exec sleep 300' &",
                                   "setsid sh -c 'setsid sh -c \"echo \\$\\$ > " + child + "; exec sleep 300\" & exit' & sleep 0.2"}) {
    INFO(start);
    std::filesystem::remove(child);
    const auto begun = std::chrono::steady_clock::now();
    const Recognised result = run(folder, "trap '' TERM\n" + start + "\nsleep 300", {1});
    REQUIRE(result.fault);
    CHECK(result.fault->en == "the recogniser had not ended after 1 s and was stopped");
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(15));
    int pid = 0;
    std::ifstream(child) >> pid;
    REQUIRE(pid > 1);
    CHECK(kill(pid, 0) == -1);
  }
}

TEST_CASE("What a recogniser leaves behind does not keep us waiting") {
  const Folder folder;
  const auto begun = std::chrono::steady_clock::now();
  const Recognised result = run(folder, "sleep 300 & printf 'WEBVTT\\n'");
  CHECK_FALSE(result.fault);
  CHECK(result.output == "WEBVTT\n");
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(15));
}

TEST_CASE("What a recogniser that ended well leaves behind is gone, wherever it went") {
  const Folder folder;
  const std::string child = (folder.path / "child").string();
  const Recognised result = run(folder, "setsid sh -c 'echo $$ > " + child + "; exec sleep 300' & while [ ! -s " + child + " ]; do sleep 0.02; done; printf 'WEBVTT\\n'");
  CHECK_FALSE(result.fault);
  CHECK(result.output == "WEBVTT\n");
  int pid = 0;
  std::ifstream(child) >> pid;
  REQUIRE(pid > 1);
  CHECK(kill(pid, 0) == -1);
}

TEST_CASE("A recogniser that floods its output is stopped, and complaints are cut") {
  const Folder folder;
  Recognised result = run(folder, "exec cat /dev/zero");
  REQUIRE(result.fault);
  CHECK(result.output.empty());
  CHECK(result.fault->en.find("printed more than 1 MiB") != std::string::npos);
  result = run(folder, "head -c 3000000 /dev/zero | tr '\\0' x >&2; exit 1");
  REQUIRE(result.fault);
  CHECK(result.fault->en.size() < 500);
  // As much as is allowed is taken whole, however it is chopped.
  result = run(folder, "head -c 1048576 /dev/zero");
  CHECK_FALSE(result.fault);
  CHECK(result.output.size() == 1048576);
}

TEST_CASE("A recogniser has no more memory than it was given") {
  const Folder folder;
  Recogniser how = parsed("python3 -c 'x = bytearray(1 << 30); print(len(x))' {file}");
  how.memory = std::int64_t{256} << 20;
  const Recognised result = recognise(how, "/a.mp4");
  REQUIRE(result.fault);
  CHECK(result.fault->en.find("MemoryError") != std::string::npos);
  how.memory = std::int64_t{4} << 30;
  CHECK(recognise(how, "/a.mp4").output == "1073741824\n");
}
