#include "adapters/footage/probe/examine.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "adapters/footage/probe/demux.h"
#include "adapters/footage/probe/describe.h"
#include "adapters/footage/probe/length.h"
#include "adapters/footage/scan/bytes.h"
#include "adapters/footage/scan/damage.h"
#include "adapters/footage/scan/ends.h"
#include "adapters/footage/scan/packet_signs.h"
#include "adapters/footage/scan/photo.h"
#include "adapters/footage/scan/place.h"
#include "adapters/footage/scan/signs.h"
#include "adapters/footage/scan/times.h"

namespace jianlu::footage {
namespace {

constexpr std::int64_t head_size = 64 * 1024;

std::int64_t now() {
  using namespace std::chrono;
  return duration_cast<std::chrono::microseconds>(system_clock::now().time_since_epoch()).count();
}

void judge(FootageFacts& facts, Verdict verdict, std::string en, std::string zh) {
  facts.verdict = verdict;
  facts.reason = std::move(en);
  facts.reason_zh = std::move(zh);
}

void over(FootageFacts& facts, const std::string& limit) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> chinese{{
      {"memory", "内存"},
      {"size", "文件大小"},
      {"streams", "流的数目"},
      {"index", "索引大小"},
      {"packets", "数据包数目"},
      {"pixels", "画面尺寸"},
      {"boxes", "封装单元（box）数目"},
      {"chunks", "封装单元（chunk）数目"},
  }};
  std::string zh = limit;
  for (const auto& [en, name] : chinese)
    if (limit == en) zh = name;
  judge(facts, Verdict::over_limit, "limit reached: " + limit, "达到上限：" + zh);
}

// Packets known to be whole. In a transport stream nothing but the next packet confirms the end of one.
std::int64_t packets(const FootageFacts& facts) {
  std::int64_t n = 0;
  for (const auto& s : facts.streams)
    if (s.kind == StreamKind::video || s.kind == StreamKind::audio)
      n += std::max<std::int64_t>(0, s.packets - s.corrupt - (facts.format == "mpegts" ? 1 : 0));
  return n;
}

// Bytes that the last packet of a transport stream lacks: the file was cut there. Zero when what is left over at
// the end is no packet of its streams.
std::int64_t missing_of_transport(Input& input, const PacketLog& log) {
  const auto head = input.read_text(0, 2 * 192);
  const std::int64_t stride = head.size() == 2 * 192 && head[4] == 'G' && head[4 + 192] == 'G' ? 192 : 188;
  const auto last = input.size() / stride * stride, lead = stride - 188;
  const auto rest = input.view(last + lead, input.size() - last - lead);
  if (rest.size() < 4 || rest[0] != 'G') return 0;
  const auto pid = static_cast<int>(big_endian(rest, 1, 2) & 0x1fff);
  const bool known = std::any_of(log.streams.begin(), log.streams.end(), [&](const auto& s) { return s.track == pid; });
  return known ? last + stride - input.size() : 0;
}

std::int64_t missing(const FootageFacts& facts) {
  std::int64_t n = 0;
  for (const auto& s : facts.streams) n += s.missing;
  return n;
}

void judge_footage(const Sniffed& sniffed, const Structure& structure, const DemuxResult& demuxed,
                   FootageFacts& facts) {
  const bool indexed = sniffed.family != Family::stream;
  if (!demuxed.limit.empty()) return over(facts, demuxed.limit);
  if (indexed && structure.has_index && structure.payload_present == 0)
    return judge(facts, Verdict::header_only, "the header is complete, no footage follows",
                 "文件头完整，其后没有影像数据");
  if (!demuxed.opened)
    return judge(facts, indexed && !structure.has_index ? Verdict::no_index : Verdict::truncated,
                 "no demuxer could read it: " + demuxed.error, "解封装失败：" + demuxed.error);
  if (packets(facts) == 0 && !demuxed.tables_only) {
    if (missing(facts) > 0 || !indexed)
      return judge(facts, Verdict::truncated, "no complete packet is left", "没有一个完整的数据包");
    return judge(facts, Verdict::header_only, "the header is complete, no packet follows",
                 "文件头完整，其后没有数据包");
  }
  if (!judge_truncated(sniffed, structure, demuxed, facts)) facts.verdict = Verdict::readable;
}

void say_decode_errors(const DemuxResult& demuxed, FootageFacts& facts) {
  for (const auto& [index, errors] : demuxed.decode_errors) {
    auto& corrupt = facts.streams[static_cast<std::size_t>(index)].corrupt;
    corrupt = std::max(corrupt, errors.count);
    const auto number = std::to_string(errors.count);
    const auto words = at_stream(index, "解码出错 " + number + " 处，首处在 " + seconds_text(errors.first),
                                 number + " errors in decoding, the first at " + seconds_text(errors.first));
    facts.reason += (facts.reason.empty() ? "" : "; ") + words.en;
    facts.reason_zh += (facts.reason_zh.empty() ? "" : "；") + words.zh;
  }
}

void examine_footage(Input& input, const Sniffed& sniffed, const Examination& examination,
                     FootageFacts& facts) {
  Structure structure;
  if (sniffed.family == Family::iso) structure = read_iso(input);
  if (sniffed.family == Family::avi || sniffed.family == Family::wav) structure = read_riff(input);
  facts.layout = structure.layout;
  facts.major_brand = structure.major_brand;
  facts.structure = structure.signature;
  if (!structure.over_limit.empty()) return over(facts, structure.over_limit);
  if (sniffed.family == Family::iso && !structure.has_index)
    return judge(
        facts, Verdict::no_index,
        "no complete moov box: the recording was cut before its index was written; it may be repairable",
        "没有完整的 moov 索引：录制在写入索引前中断，或可修复");
  // Where packets are read they go first, so that the file is read forwards.
  const auto read_end = [&] {
    const auto end = read_matroska_end(input);
    structure.payload_missing = end.missing;
    structure.last_block = end.last_block;
  };
  const bool matroska = sniffed.format == "matroska", headers_only = examination.depth == Depth::container;
  if (matroska && headers_only) read_end();
  auto demuxed = demux(input, sniffed, structure, examination, facts);
  if (matroska && !headers_only) read_end();
  if (sniffed.format == "ogg") structure.payload_missing = missing_of_ogg(input);
  if (sniffed.format == "mpeg-ps") structure.payload_missing = missing_of_program_stream(input);
  if (sniffed.format == "mpegts") structure.payload_missing = missing_of_transport(input, demuxed.packets);
  facts.times = stated_times(facts.tags, sniffed.family == Family::iso || sniffed.format == "matroska", now());
  for (const auto& [name, value] : facts.tags)
    if (!facts.place && (name == "location" || name == "com.apple.quicktime.location.ISO6709"))
      facts.place = stated_place(name, value);
  if (!facts.place && !facts.fixes.empty())
    facts.place = Place{"gpmf", facts.fixes.front().latitude, facts.fixes.front().longitude};
  // FFmpeg's own mark stands in the frame before the first sound, which the demuxer keeps to itself.
  if (sniffed.format == "mp3" && !facts.streams.empty() && facts.streams[0].encoder_message.empty())
    facts.streams[0].encoder_message = encoder_message(input.read_text(0, head_size));
  judge_footage(sniffed, structure, demuxed, facts);
  if (facts.verdict != Verdict::readable && facts.verdict != Verdict::truncated) return;
  if (examination.depth != Depth::container) {
    read_prints(input, demuxed.packets);
    read_damage(input, demuxed.packets, facts);
    say_decode_errors(demuxed, facts);
    read_packet_signs(demuxed.packets, structure, facts);
  }
  add_observed_signs(facts);
  read_signs(structure, facts);
}

void examine_content(Input& input, const Examination& examination, FootageFacts& facts) {
  const auto sniffed = sniff(input.read_text(0, head_size));
  facts.format = sniffed.format;
  switch (sniffed.family) {
    case Family::unknown:
      return judge(facts, Verdict::not_media, "no signature of a known format", "没有已知格式的特征");
    case Family::text:
      return judge(facts, Verdict::text,
                   "text (" + sniffed.format + "): not opened as media, nothing it names is opened",
                   "文本（" + sniffed.format + "）：不按音视频打开，其中提到的文件一律不打开");
    case Family::photo: {
      const auto structure = read_photo(input, sniffed.format, now(), facts);
      facts.layout = structure.layout;
      read_photo_signs(structure, facts);
      return judge(facts, Verdict::photo, "a photo", "照片");
    }
    default:
      examine_footage(input, sniffed, examination, facts);
  }
}

}  // namespace

FootageFacts examine(std::string_view file, const Examination& examination) {
  FootageFacts facts;
  facts.size = static_cast<std::int64_t>(file.size());
  if (facts.size > examination.limits.size) {
    over(facts, "size");
    return facts;
  }
  if (facts.size == 0) judge(facts, Verdict::not_media, "the file is empty", "文件为空");
  Input input(file, examination.sha256);
  if (facts.size > 0) examine_content(input, examination, facts);
  facts.sha256 = input.digest().value_or("");
  if (input.failed())
    judge(facts, Verdict::unreadable, "I/O error, or the file shrank while it was read",
          "读取出错，或文件在读取过程中变短");
  return facts;
}

void identify(std::string_view file, const Examination& examination, FootageFacts& facts) {
  facts.size = static_cast<std::int64_t>(file.size());
  if (facts.size > examination.limits.size || !examination.sha256) return;
  Input input(file, examination.sha256);
  facts.sha256 = input.digest().value_or("");
}

}  // namespace jianlu::footage
