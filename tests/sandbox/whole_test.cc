// The sandbox as jianlu-probe uses it: no sandbox, no reading; a worker opens no file whatever the one it
// holds asks for.
#include <seccomp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <sstream>

#include "adapters/footage/json.h"
#include "tests/unit/footage/files.h"
#include "tests/unit/footage/make_mp4.h"

using namespace jianlu::footage;

namespace {

// Runs `go` where the kernel refuses filters, as some containers do; false when it returned false.
template <typename Go>
bool without_filters(Go go) {
  const pid_t child = fork();
  if (child == 0) {
    auto* context = seccomp_init(SCMP_ACT_ALLOW);
    seccomp_rule_add(context, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(seccomp), 0);
    _exit(seccomp_load(context) == 0 && go() ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// The paths that the traced processes asked to open, or whatever else takes a path.
std::vector<std::string> traced(const std::string& file, const std::string& log) {
  const auto command = "strace -f -qq -e trace=%file,%network,%process -e signal=none -o " + log + " " +
                       JIANLU_PROBE + " " + file + " > /dev/null 2> /dev/null";
  REQUIRE(std::system(command.c_str()) == 0);
  std::vector<std::string> lines;
  std::ifstream in(log);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string url_reference(const std::string& url) {
  return made::box("url ", std::string(4, '\0') + url + '\0');
}

}  // namespace

TEST_CASE("where no sandbox can be made nothing is read, unless that is asked for") {
  Folder folder;
  const std::vector<std::string> paths{folder.add("a.mp4", made::Mp4().build())};
  const auto run = [&](bool unsafe, bool& readable) {
    ProbeOptions options{JIANLU_PROBE};
    options.unsafe_no_sandbox = unsafe;
    return probe_files(paths, options,
                       [&](std::size_t, FootageFacts&& f) { readable = f.verdict == Verdict::readable; });
  };
  CHECK(without_filters([&] {
    bool readable = false;
    const auto error = run(false, readable);
    return error && error->en.find("--unsafe-no-sandbox") != std::string::npos && !readable;
  }));
  CHECK(without_filters([&] {
    bool readable = false;
    return !run(true, readable) && readable;
  }));
}

TEST_CASE("playlists and references named .mp4 open nothing") {
  Folder folder;
  const auto other = folder.add("other.mp4", made::Mp4().build());
  made::Mp4 outside;
  outside.data_reference = url_reference("file://" + other);
  made::Mp4 far;
  far.data_reference = url_reference("http://127.0.0.1:9/other.mp4");
  made::Mp4 alias;
  alias.data_reference = made::box("alis", std::string(4, '\0') + std::string(150, '\0') + other);
  const std::vector<std::string> paths{
      folder.add("hls.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n" + other + "\n#EXT-X-ENDLIST\n"),
      folder.add("concat.mp4", "ffconcat version 1.0\nfile " + other + "\n"),
      folder.add("session.mp4",
                 "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n"),
      folder.add("dash.mp4",
                 "<?xml version=\"1.0\"?><MPD><Period><BaseURL>" + other + "</BaseURL></Period></MPD>"),
      folder.add("redirect.mp4", "[Reference]\nRef1=http://127.0.0.1:9/a\n"),
      folder.add("outside.mp4", outside.build()),
      folder.add("far.mp4", far.build()),
      folder.add("alias.mp4", alias.build()),
  };
  for (const auto& path : paths) {
    const auto lines = traced(path, (folder.path / "log").string());
    // The program is known to have read its libraries once it opens what it was given.
    const auto given = std::find_if(lines.begin(), lines.end(),
                                    [&](auto& l) { return l.find(path + "\", O_RDONLY") != l.npos; });
    REQUIRE(given != lines.end());
    bool forked = false;
    for (auto line = given + 1; line != lines.end(); ++line) {
      INFO(path << ": " << *line);
      const auto says = [&](const char* word) { return line->find(word) != line->npos; };
      forked = forked || says("clone");
      const bool by_descriptor = says("newfstatat(") && says(", \"\", ");
      CHECK((by_descriptor || says("clone") || says("wait4") || says("exit")));
    }
    CHECK(forked);
  }
}
