// jianlu-probe: the only program that links FFmpeg. Files in, facts out, under limits.
#include <fcntl.h>
#include <openssl/evp.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <map>
#include <string_view>
#include <vector>

#include "adapters/footage/json.h"
#include "adapters/footage/open.h"
#include "adapters/footage/probe/ocr.h"
#include "adapters/footage/probe/pool.h"

namespace {

using namespace jianlu::footage;

constexpr const char* help_en =
    R"(jianlu-probe [OPTIONS] FILE...    facts about footage, one line of JSON per file: {"file": …, "facts": {…}}
jianlu-probe [OPTIONS] --serve    answers requests from a Unix socket on standard input (see adapters/footage/wire.h)

  --jobs N       files examined side by side (default 1)
  --gap-us N     report steps between packets longer than this many microseconds (default 1000000)
  --depth container|packets|frames
                 headers and sample tables, every packet (default), or decoded pictures and sound too
  --every-frame  at depth frames: decode every frame instead of samples
  --watch KEY=VALUE,...
                 at depth frames: what to look for and from which thresholds on
                 pictures, sound, speech, clock: yes or no; shortest: microseconds of the shortest event;
                 black_level, black_share: 0 to 1; silence_db; still: microseconds at which to keep a still
  --no-hash      no digest; only what the depth asks for is read
  --memory MB    memory of one worker (default 768)
  --seconds N    time for one file, plus one second per 20 MB (default 30)
  --unsafe-no-sandbox
                 read files without a sandbox, where none can be made
  --lang zh|en   language of this text
  --help         this text

Each file has its own process in a sandbox: a crash, a hang or a bomb costs that file its facts and nothing else.
Exit: 0 every file was answered, whatever its verdict; 2 usage; 3 no sandbox can be made.
)";

constexpr const char* help_zh =
    R"(jianlu-probe [选项] 文件...    读取影像文件的事实，每个文件输出一行 JSON：{"file": …, "facts": {…}}
jianlu-probe [选项] --serve    从标准输入的 Unix 套接字接收请求（见 adapters/footage/wire.h）

  --jobs N       同时检查的文件数（默认 1）
  --gap-us N     相邻数据包间隔超过此微秒数时列出（默认 1000000）
  --depth container|packets|frames
                 只看封装和索引，或每个数据包（默认），或再解码画面和声音
  --every-frame  解码每一帧，不抽样（用于 --depth frames）
  --watch 键=值,...
                 用于 --depth frames：查什么，按什么阈值
                 pictures（画面）、sound（声音）、speech（说话）、clock（画面时钟）：yes 或 no；
                 shortest：最短事件的微秒数；black_level、black_share：0 至 1；silence_db；
                 still：在此微秒处截图
  --no-hash      不算摘要，只读取所需深度的内容
  --memory MB    单个文件的内存上限（默认 768）
  --seconds N    单个文件的时间上限，每 20 MB 另加 1 秒（默认 30）
  --unsafe-no-sandbox
                 无法建立沙箱时，仍然读取文件
  --lang zh|en   本说明的语言
  --help         显示本说明

每个文件由沙箱里的单独进程检查：崩溃、卡死或恶意文件只影响该文件自身。
退出码：0 每个文件都已答复（不论结论）；2 用法错误；3 无法建立沙箱。
)";

struct Options {
  Pool pool;
  bool serve = false, hash = true, sandbox = true, help = false, zh = false;
  std::vector<std::string_view> files;
  std::string bad;  // the argument that could not be understood
};

bool locale_is_chinese() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value && *value)
      return std::string_view(value).starts_with("zh");
  return false;
}

bool number(std::string_view text, std::int64_t least, std::int64_t& to) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), to);
  return error == std::errc() && end == text.data() + text.size() && to >= least && to <= 1'000'000'000'000;
}

Options parse(int count, char** arguments) {
  Options o;
  o.zh = locale_is_chinese();
  bool only_files = false;
  for (int i = 1; i < count; ++i) {
    const std::string_view a = arguments[i];
    if (only_files || !a.starts_with("--")) {
      o.files.push_back(a);
      continue;
    }
    if (a == "--") {
      only_files = true;
    } else if (a == "--serve") {
      o.serve = true;
    } else if (a == "--every-frame") {
      o.pool.examination.every_frame = true;
    } else if (a == "--no-hash") {
      o.hash = false;
    } else if (a == "--unsafe-no-sandbox") {
      o.sandbox = false;
    } else if (a == "--help") {
      o.help = true;
    } else {
      const std::string_view value = i + 1 < count ? arguments[++i] : "";
      std::int64_t n = 0;
      auto& examination = o.pool.examination;
      if (a == "--lang" && (value == "zh" || value == "en"))
        o.zh = value == "zh";
      else if (a == "--jobs" && number(value, 1, n) && n <= 256)
        o.pool.jobs = static_cast<int>(n);
      else if (a == "--gap-us" && number(value, 0, n))
        examination.gap_threshold = n;
      else if (a == "--depth" && depth_of(value))
        examination.depth = *depth_of(value);
      else if (a == "--watch" && read_watching(value, examination.watching))
        ;
      else if (a == "--memory" && number(value, 16, n) && n <= 1 << 20)
        examination.limits.memory = n << 20;
      else if (a == "--seconds" && number(value, 1, n) && n <= 86'400)
        examination.limits.seconds = static_cast<int>(n);
      else
        o.bad = a;
    }
  }
  return o;
}

// False when nobody listens any more.
bool put(const std::string& line) {
  for (std::size_t done = 0; done < line.size();) {
    const auto n = write(STDOUT_FILENO, line.data() + done, line.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

void serve(Pool& pool, const Sandbox& sandbox) {
  pool.next = [] { return receive_request(STDIN_FILENO); };
  pool.done = [](std::uint64_t id, const std::string& json) {
    if (!put(std::to_string(id) + '\t' + json + '\n')) _exit(2);
  };
  pool.run(sandbox);
}

void probe_named(Pool& pool, const Sandbox& sandbox, const std::vector<std::string_view>& files) {
  const auto answer = [&](std::uint64_t id, const std::string& json) {
    if (!put("{\"file\":" + json_quoted(files[id]) + ",\"facts\":" + json + "}\n")) _exit(2);
  };
  std::uint64_t at = 0;
  pool.next = [&]() -> std::optional<Request> {
    for (; at < files.size(); ++at) {
      auto opened = open_footage(std::string(files[at]));
      if (opened.descriptor >= 0) return Request{at++, opened.descriptor};
      answer(at, to_json(opened.failure));
    }
    return std::nullopt;
  };
  pool.done = answer;
  pool.run(sandbox);
}

}  // namespace

int main(int count, char** arguments) {
  auto options = parse(count, arguments);
  if (options.help) {
    std::fputs(options.zh ? help_zh : help_en, stdout);
    return 0;
  }
  if (!options.bad.empty() || options.serve != options.files.empty()) {
    if (!options.bad.empty())
      std::fprintf(stderr, options.zh ? "不能理解的参数：%s\n" : "cannot understand: %s\n",
                   options.bad.c_str());
    std::fputs(options.zh ? help_zh : help_en, stderr);
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  tzset();                                                  // reads a file, which no worker may
  auto* sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);  // once, before any worker is forked
  if (!sha256) return 2;
  if (options.hash) options.pool.examination.sha256 = sha256;
  auto& examination = options.pool.examination;
  const bool decodes = examination.depth == Depth::frames;
  const auto ocr = decodes && examination.watching.clock ? load_ocr() : nullptr;  // likewise
  examination.reader = ocr.get();
  if (decodes) examination.limits.slowest = examination.every_frame ? slowest_every_frame : slowest_frames;
  auto sandbox = options.sandbox ? Sandbox::make(options.pool.examination.depth == Depth::frames)
                                 : std::optional(Sandbox::unsafe());
  if (!sandbox) {
    std::fprintf(stderr, "%s\n", (options.zh ? no_sandbox().zh : no_sandbox().en).data());
    return exit_no_sandbox;
  }
  if (options.serve)
    serve(options.pool, *sandbox);
  else
    probe_named(options.pool, *sandbox, options.files);
  EVP_MD_free(sha256);
  return 0;
}
