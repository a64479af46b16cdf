#include "adapters/footage/probe/length.h"

#include <algorithm>

namespace jianlu::footage {
namespace {

struct There {
  std::int64_t length = 0;
  std::int64_t step = 0;  // from packet to packet, in the stream where they are furthest apart
};

std::optional<There> there(const DemuxResult& demuxed, const FootageFacts& facts) {
  if (!demuxed.all_packets) return std::nullopt;
  std::optional<Extent> all;
  There out;
  for (std::size_t i = 0; i < facts.streams.size(); ++i) {
    const auto& s = facts.streams[i];
    const auto& extent = demuxed.extents[i];
    if ((s.kind != StreamKind::video && s.kind != StreamKind::audio) || !extent) continue;
    all = {std::min(all.value_or(*extent).from, extent->from),
           std::max(all.value_or(*extent).to, extent->to)};
    if (s.packets > 0) out.step = std::max(out.step, (extent->to - extent->from) / s.packets);
  }
  if (!all) return std::nullopt;
  out.length = all->to - all->from;
  return out;
}

// Whether a header, written before or apart from the packets, states more than they fill. Sample tables are
// written of the packets themselves, and an edit list may rightly state more.
bool states_more(const Sniffed& sniffed, const Structure& structure, const There& is,
                 const FootageFacts& facts) {
  constexpr std::int64_t slack = 1'000'000;
  if ((sniffed.family == Family::iso && !structure.fragmented) || sniffed.family == Family::wav ||
      !facts.duration)
    return false;
  return *facts.duration > is.length + std::max(slack, 2 * is.step);
}

}  // namespace

bool judge_truncated(const Sniffed& sniffed, const Structure& structure, const DemuxResult& demuxed,
                     FootageFacts& facts) {
  std::int64_t missing = 0;
  for (const auto& s : facts.streams) missing += s.missing;
  const auto is = there(demuxed, facts);
  const bool promised = structure.payload_missing > 0 || missing > 0,
             more = is && states_more(sniffed, structure, *is, facts);
  if (!promised && !more && !demuxed.cut) return false;
  diag::Words why;
  const auto add = [&](const std::string& zh, const std::string& en) {
    why.zh += (why.zh.empty() ? "" : "；") + zh;
    why.en += (why.en.empty() ? "" : "; ") + en;
  };
  const auto bytes = std::to_string(structure.payload_missing), packets = std::to_string(missing);
  if (promised)
    add("缺少封装所载的 " + bytes + " 字节，索引中 " + packets + " 个数据包不在文件内",
        bytes + " bytes promised by the container are missing, " + packets + " indexed packets with them");
  if (demuxed.cut && !promised) add("最后一个数据包不完整", "the last packet is incomplete");
  if (is && facts.duration && (more || *facts.duration > is->length))
    add("所载时长 " + seconds_text(*facts.duration) + "，实存 " + seconds_text(is->length),
        seconds_text(*facts.duration) + " are stated, " + seconds_text(is->length) + " are there");
  facts.verdict = Verdict::truncated;
  facts.reason = std::move(why.en);
  facts.reason_zh = std::move(why.zh);
  if (!is) return true;
  facts.duration = is->length;
  for (std::size_t i = 0; i < facts.streams.size(); ++i)
    if (const auto& extent = demuxed.extents[i]) {
      facts.streams[i].duration = extent->to - extent->from;
      facts.streams[i].duration_measured = true;
    }
  return true;
}

}  // namespace jianlu::footage
