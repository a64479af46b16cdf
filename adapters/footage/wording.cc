#include <array>

#include "adapters/footage/footage.h"

namespace jianlu::footage {
namespace {

template <typename T, std::size_t N>
std::optional<T> find_id(const std::array<Wording, N>& table, std::string_view id) {
  for (std::size_t i = 0; i < N; ++i)
    if (table[i].id == id) return static_cast<T>(i);
  return std::nullopt;
}

// Each table is in the order of its enum.
constexpr std::array<Wording, 11> verdicts{{
    {"readable", "可读", "readable"},
    {"no_index", "缺少索引（多为断电所致）", "no usable index (typically power loss)"},
    {"header_only", "只有文件头，没有影像", "header only, no footage"},
    {"truncated", "文件不完整，尾部缺失", "truncated, the end is missing"},
    {"not_media", "不是音视频文件", "not media"},
    {"text", "文本或附属文件（轨迹、日志、字幕等）", "text or sidecar (track, log, subtitles …)"},
    {"photo", "照片", "photo"},
    {"over_limit", "超出处理上限", "over a processing limit"},
    {"crashed", "读取程序在该文件上异常退出", "the reader died on this file"},
    {"forbidden", "读取程序在该文件上试图越出沙箱，已终止",
     "the reader tried to leave its sandbox on this file"},
    {"unreadable", "无法读取", "cannot be read"},
}};

constexpr std::array<Wording, 4> readings{{
    {"original", "有设备原始录制的迹象", "reads as written by the device"},
    {"exported", "疑似导出或另存的副本", "reads as an exported or re-saved copy"},
    {"edited", "疑似经过剪辑或转码，须人工认定", "suspected of editing or re-encoding, a person must rule"},
    {"unknown", "无从判断", "nothing to tell by"},
}};

constexpr std::array<Wording, 5> trusts{{
    {"absent", "未记载", "not stated"},
    {"utc_claimed", "按格式应为协调世界时，但不少设备写入本地时间",
     "UTC by the format, though many devices write local time"},
    {"zone_stated", "本地时间，注明时区", "local time with its zone"},
    {"zone_unstated", "本地时间，未注明时区", "local time, zone not stated"},
    {"implausible", "不可信（时钟未设置或晚于检查时间）", "implausible (clock never set, or in the future)"},
}};

constexpr std::array<Wording, 4> kinds{{
    {"video", "视频", "video"},
    {"audio", "音频", "audio"},
    {"subtitle", "字幕", "subtitle"},
    {"data", "数据", "data"},
}};

constexpr std::array<Wording, 3> depths{{
    {"container", "封装", "container"},
    {"packets", "数据包", "packets"},
    {"frames", "解码画面和声音", "decoded frames and sound"},
}};

constexpr std::array<Wording, 8> events{{
    {"gap", "时间间断", "gap in time"},
    {"black", "黑屏", "black picture"},
    {"frozen", "画面冻结", "frozen picture"},
    {"silence", "无声", "silence"},
    {"muted", "声音被静音", "muted"},
    {"speech", "疑有人说话", "somebody seems to speak"},
    {"clock_step", "画面时钟跳变", "the burnt-in clock jumps"},
    {"scene_cut", "画面突变", "scene cut"},
}};

template <typename T, std::size_t N>
Wording at(const std::array<Wording, N>& table, T value) {
  return table[static_cast<std::size_t>(value)];
}

}  // namespace

Wording wording(Verdict v) { return at(verdicts, v); }
Wording wording(Reading v) { return at(readings, v); }
Wording wording(TimeTrust v) { return at(trusts, v); }
Wording wording(StreamKind v) { return at(kinds, v); }
Wording wording(Depth v) { return at(depths, v); }
Wording wording(Event v) { return at(events, v); }

std::optional<Verdict> verdict_of(std::string_view id) { return find_id<Verdict>(verdicts, id); }
std::optional<Reading> reading_of(std::string_view id) { return find_id<Reading>(readings, id); }
std::optional<TimeTrust> trust_of(std::string_view id) { return find_id<TimeTrust>(trusts, id); }
std::optional<StreamKind> stream_kind_of(std::string_view id) { return find_id<StreamKind>(kinds, id); }
std::optional<Depth> depth_of(std::string_view id) { return find_id<Depth>(depths, id); }
std::optional<Event> event_of(std::string_view id) { return find_id<Event>(events, id); }

}  // namespace jianlu::footage
