#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <thread>
#include <variant>

#include "adapters/footage/json.h"
#include "adapters/gather/depth.h"
#include "adapters/manifest/lines.h"
#include "adapters/speech/recogniser.h"
#include "cli/files.h"
#include "cli/known_clips.h"
#include "cli/open_store.h"
#include "cli/profiles.h"
#include "cli/stream_file.h"
#include "cli/transfer.h"
#include "cli/waiting.h"
#include "engine/store/contents.h"
#include "engine/store/intake.h"
#include "engine/store/verify.h"

namespace jianlu::cli {
namespace {

std::string_view kind_name(gather::Source::Kind kind) {
  switch (kind) {
    case gather::Source::Kind::manifest: return "manifest";
    case gather::Source::Kind::table: return "table";
    case gather::Source::Kind::footage: return "footage";
    case gather::Source::Kind::transcript: return "transcript";
    case gather::Source::Kind::track: return "track";
    case gather::Source::Kind::other: break;
  }
  return "other";
}

std::vector<match::Session> known_sessions(store::Store& store, const model::Vocabulary& vocabulary) {
  std::vector<match::Session> out;
  const model::EntityId session = vocabulary.entity("session");
  if (session == model::kNone) return out;
  store::for_each_document(store, session, [&](const store::StoredDocument& d) {
    if (const auto document = fact::deserialise(d.bytes, vocabulary, {})) {
      if (auto found = match::session_of(*document, vocabulary)) out.push_back(std::move(*found));
    }
  });
  return out;
}

// What tells a source from one that was taken in before. A manifest is its content. What a clip or a transcript says hangs
// on the session that it fits as well: two transcripts may hold the same words, and a session may come after its clip; and
// on the other clips that it shares pictures with. What a table says hangs on its mapping.
fact::Digest identity(const gather::Source& source, const model::Vocabulary& vocabulary) {
  if (source.kind == gather::Source::Kind::manifest) return source.digest;
  std::string bytes(source.digest.begin(), source.digest.end());
  for (const fact::Document& document : source.documents) fact::serialise(document, vocabulary, bytes);
  for (const footage::Sign& sign : source.footage.signs) bytes += '\n' + sign.evidence.en;
  for (const fact::Doubt& d : source.doubts) bytes += fmt::format("\n? {} {} {}", d.ledger, d.unit, d.owner);
  for (const fact::Delivery& d : source.deliveries) bytes += fmt::format("\n{} {} {}", d.ledger, d.unit, d.through);
  return fact::digest(bytes);
}

void add(store::IntakeCounts& total, const store::IntakeCounts& counts) {
  total.added += counts.added;
  total.same += counts.same;
  total.superseded += counts.superseded;
  total.deliveries += counts.deliveries;
  total.set_aside += counts.set_aside;
}

// What a manifest or a source says; `say` gets what is found wrong only on the way in.
template <typename Said, typename Say>
void put(const Said& said, store::Intake& intake, const Say& say) {
  for (const fact::Document& document : said.documents) {
    if (const auto problem = intake.put(document)) say(*problem);
  }
  for (const fact::Delivery& delivery : said.deliveries) intake.put(delivery);
  for (const fact::Doubt& doubt : said.doubts) intake.put(doubt);
  for (const fact::Problem& problem : said.problems) intake.put(problem);
}

// JSON lines go into the store as they are read, so that memory does not grow with them. False: it could not be read.
bool take_in_lines(Opened& opened, store::Intake& intake, const std::string& path, Progress& progress, const Options& options,
                   store::IntakeCounts& total) {
  const auto fail = [&](int error) {
    progress.clear();
    fmt::print("! {}: {}\n", path, error == 0 ? std::string(options.say("读不了", "cannot be read")) : std::strerror(error));
    return false;
  };
  File in = File::reading(path);
  const auto digest = in.is_open() ? store::file_digest(path) : std::nullopt;
  if (!digest) return fail(in.error());
  const auto size = static_cast<std::int64_t>(in.size());
  if (!intake.begin({path, "manifest", *digest, size})) {
    ++total.same;
    return true;
  }
  std::int64_t done = 0;
  const auto read = [&](char* to, std::size_t room) {
    const std::size_t got = in.read(to, room);
    progress(done += static_cast<std::int64_t>(got), size, path);
    return got;
  };
  const model::Vocabulary& vocabulary = opened.judge->rules.book.vocabulary;
  manifest::read_lines(read, 0, vocabulary, opened.judge->zones.front(), [&](manifest::Manifest&& line) {
    const auto say = [&](const fact::Problem& problem) {
      progress.clear();
      print_problem(problem, path, 0, stdout, options);
    };
    put(line, intake, say);
    for (const fact::Problem& problem : line.problems) say(problem);
  });
  if (in.error() != 0) return fail(in.error());
  add(total, intake.finish("read"));
  return true;
}

store::IntakeCounts take_in(Opened& opened, store::Intake& intake, const gather::Gathered& gathered, const Options& options) {
  store::IntakeCounts total;
  const model::EntityId session = opened.judge->rules.book.vocabulary.entity("session");
  for (const gather::Source& source : gathered.sources) {
    if (source.digest == fact::Digest{}) continue;   // it could not be read: nothing to keep but its verdict, printed
    store::Source s;
    s.path = source.path;
    s.kind = kind_name(source.kind);
    s.digest = identity(source, opened.judge->rules.book.vocabulary);
    s.bytes = source.bytes;
    // A clip and its transcript are read as a whole; manifests and tables may state only what is new.
    s.whole = source.kind == gather::Source::Kind::footage || source.kind == gather::Source::Kind::transcript;
    const bool fresh = intake.begin(s);
    if (!fresh) {
      ++total.same;
      continue;
    }
    put(source, intake, [&](const fact::Problem& problem) { print_problem(problem, source.path, 0, stdout, options); });
    if (source.kind == gather::Source::Kind::footage) {
      intake.footage(source.footage.sha256, footage::wording(source.footage.verdict).id, footage::to_json(source.footage));
      std::vector<std::uint64_t> pictures;
      for (const footage::Print& print : source.footage.prints) pictures.push_back(print.hash);
      intake.pictures(source.footage.sha256, std::move(pictures));
      if (!source.match.session.empty() && session != model::kNone) {
        intake.match(source.footage.sha256, session, source.match.session, source.match.recording, source.match.how.zh);
      }
    }
    add(total, intake.finish(source.sound ? "read" : source.verdict.en));
  }
  return total;
}

// What the norms of these rules read of footage decides how deep it is looked into.
footage::Depth demanded_depth(const model::Rulebook& book) {
  const graph::RuleGraph graph(book);
  std::vector<graph::FieldOf> fields;
  for (std::size_t n = 0; n < book.norms.size(); ++n) {
    const std::vector<graph::FieldOf> read = graph::demand(graph, static_cast<model::NormId>(n));
    fields.insert(fields.end(), read.begin(), read.end());
  }
  return gather::depth_for(fields, book.vocabulary);
}

}  // namespace

void add_ingest(Program program) {
  const Options& o = program.options;
  CLI::App* command = program.app.add_subcommand(
      "ingest", std::string(o.say("采集：清单（YAML、JSON 行）、表格（CSV）、录像、转写（SRT、VTT、识别程序的 JSON）；可以重复运行", "Take in manifests (YAML, JSON lines), tables (CSV), footage, transcripts (SRT, VTT, recognisers' JSON); safe to repeat")));
  auto paths = std::make_shared<std::vector<std::string>>();
  auto jobs = std::make_shared<int>(static_cast<int>(std::max(1u, std::thread::hardware_concurrency())));
  auto depth = std::make_shared<std::string>("rules");
  auto every_frame = std::make_shared<bool>(false), unsafe = std::make_shared<bool>(false);
  auto profiles = std::make_shared<std::vector<std::string>>();
  auto at = std::make_shared<std::string>();
  command->add_option("paths", *paths, std::string(o.say("文件或者文件夹", "files or folders")))->required();
  command->add_option("--jobs", *jobs, std::string(o.say("同时打开几个录像文件", "footage files opened at once")))->check(CLI::Range(1, 64));
  command->add_option("--depth", *depth, std::string(o.say("录像看到哪一层：rules 由规则读什么来定（默认），container 封装，packets 数据包，frames 解码",
                                                          "how deep footage is looked into: rules, as what they read asks for (default), container, packets, frames")))
      ->check(CLI::IsMember({"rules", "container", "packets", "frames"}));
  command->add_flag("--every-frame", *every_frame, std::string(o.say("解码每一帧，不抽样；等于 --depth frames", "decode every frame, not samples; includes --depth frames")));
  command->add_flag("--unsafe-no-sandbox", *unsafe, std::string(o.say("无法建立沙箱时，仍然读取录像", "read footage even where no sandbox can be made")));
  command->add_option("--profiles", *profiles, std::string(o.say("另外的设备命名规则文件", "further device profiles")))->allow_extra_args(false);
  command->add_option("--as-of", *at, std::string(o.say("采集时刻，默认现在", "the instant of taking in; now by default")));
  auto mappings = std::make_shared<std::vector<std::string>>();
  command->add_option("--mapping", *mappings,
                      std::string(o.say("表格（CSV）的列怎样对应台账，见 docs/sources.md", "how the columns of tables (CSV) become rows of ledgers, see docs/sources.md")));
  auto command_line = std::make_shared<std::string>();
  auto seconds = std::make_shared<std::int64_t>(speech::Recogniser{}.seconds);
  auto memory = std::make_shared<std::int64_t>(speech::Recogniser{}.memory >> 20);
  command->add_option("--recogniser", *command_line,
                      std::string(o.say("语音识别命令，用于旁边没有转写的录像：\"命令 {file}\"；输出 SRT、VTT 或者 JSON",
                                        "speech recogniser for clips without transcript: \"CMD {file}\"; prints SRT, VTT or JSON")));
  command->add_option("--recogniser-seconds", *seconds, std::string(o.say("每段录像识别的时限，秒", "seconds that it may take per clip")))
      ->check(CLI::Range(1, 86'400))->capture_default_str();
  command->add_option("--recogniser-memory", *memory, std::string(o.say("识别程序的内存上限，MiB", "memory that it may use, MiB")))
      ->check(CLI::Range(16, 1 << 20))->capture_default_str();
  command->callback([=] {
    const Options& options = program.options;
    program.status = with_store(options, store::Access::write, "jianlu ingest", [&](Opened& opened) {
      const auto instant = as_of(*at, opened.judge->zones.front(), options);
      if (!instant) return kFailed;
      Progress progress(std::string(options.say("读取", "reading")));
      gather::Options how;
      how.profiles = with_default_profiles(*profiles);
      how.probe.jobs = *jobs;
      how.probe.depth = *every_frame ? footage::Depth::frames
                        : *depth == "rules" ? demanded_depth(opened.judge->rules.book) : *footage::depth_of(*depth);
      how.probe.every_frame = *every_frame;
      how.probe.unsafe_no_sandbox = *unsafe;
      how.readings = options.store + ".readings";
      promise_to_resume(options);
      how.mappings = {default_mappings()};
      how.given = *mappings;
      if (!command_line->empty()) {
        auto parsed = speech::recogniser(*command_line);
        if (const auto* fault = std::get_if<diag::Words>(&parsed)) {
          fmt::print(stderr, "jianlu ingest: --recogniser: {}\n", fault->in(options.language));
          return kFailed;
        }
        how.recogniser = std::get<speech::Recogniser>(parsed);
        how.recogniser->seconds = *seconds;
        how.recogniser->memory = *memory << 20;
        how.transcripts = options.store + ".transcripts";
      }
      bool readable = true;
      std::vector<std::string> files = files_below(*paths, options, readable);
      const auto others = std::stable_partition(files.begin(), files.end(), is_lines);
      store::Intake intake(*opened.store, *instant);
      store::IntakeCounts counts;
      for (auto file = files.begin(); file != others; ++file) {
        readable &= take_in_lines(opened, intake, *file, progress, options, counts);
      }
      const std::size_t lines = static_cast<std::size_t>(others - files.begin());
      files.erase(files.begin(), others);
      const KnownClips known_clips(*opened.store, opened.judge->rules.book.vocabulary);
      how.clips = known_clips.touched_by(files);
      how.alike = [&](const std::vector<const footage::FootageFacts*>& read) { return known_clips.alike(read); };
      if (!files.empty() || !how.clips.empty()) how.sessions = known_sessions(*opened.store, opened.judge->rules.book.vocabulary);
      Transfer transfer(options);
      std::size_t known = 0;
      how.progress = [&](const gather::Progress& p) {
        known = p.known;
        transfer({p.files, p.of_files, p.bytes, p.of_bytes, p.known_bytes}, p.path);
      };
      const gather::Gathered gathered =
          gather::gather(files, opened.judge->rules.book.vocabulary, opened.judge->zones.front(), how);
      transfer.clear();
      print_gathered(gathered, stdout, options);
      add(counts, take_in(opened, intake, gathered, options));
      if (gathered.faults.empty()) std::filesystem::remove(how.readings);
      if (known > 0) {
        fmt::print("{}\n", options.language == source::Language::zh ? fmt::format("上次已读完 {} 个文件，没有再读", known)
                                                                      : fmt::format("{} files were finished by the run before, and not read again", known));
      }
      print_waiting(waiting_rows(opened, intake.finished()), stdout, options);
      fmt::print("{}\n", options.language == source::Language::zh
                             ? fmt::format("文件 {} 个；新增 {} 行，不变 {}，更新 {}，交付 {} 项，搁置 {} 处", gathered.sources.size() + lines, counts.added,
                                           counts.same, counts.superseded, counts.deliveries, counts.set_aside)
                             : fmt::format("{} files; {} rows added, {} the same, {} superseded, {} deliveries, {} set aside",
                                           gathered.sources.size() + lines, counts.added, counts.same, counts.superseded, counts.deliveries,
                                           counts.set_aside));
      if (!gathered.faults.empty()) return kFailed;
      const bool unreadable = std::any_of(gathered.sources.begin(), gathered.sources.end(),
                                          [](const gather::Source& s) { return s.digest == fact::Digest{}; });
      return unreadable || !readable ? kFailed : kFine;
    });
  });
}

}  // namespace jianlu::cli
