#include <algorithm>
#include <array>

#include "adapters/footage/footage.h"

namespace jianlu::footage {
namespace {

using enum Weight;

constexpr std::array<Wording, 6> weights{{
    {"strong", "强", "strong"},
    {"medium", "中", "medium"},
    {"weak", "弱", "weak"},
    {"copy", "另存", "copy"},
    {"none", "提示", "note"},
    {"device", "设备", "device"},
}};

// In the order of SignKind.
constexpr std::array<SignWording, 33> signs{{
    {{"editor_named", "写有编辑软件名称", "names an editing program"},
     "采集站或管理软件可能在登记时写入自身名称",
     "a docking station or asset manager may write its own name when it registers a file",
     strong},
    {{"device_names_in_foreign_container", "设备名称出现在非设备封装中",
      "device names inside a container the device did not write"},
     "采集站为去除分段或校正时长而重新封装，内容未变",
     "a docking station may re-wrap segments or repair lengths without touching the pictures",
     strong},
    {{"hidden_video", "编辑列表隐藏了仍存于文件内的画面", "the edit list hides stored video frames"},
     "预录缓存或在关键帧前开始的录制也会隐藏开头数帧",
     "pre-record buffers and starts between key frames hide a few leading frames",
     strong},
    {{"shared_bytes", "索引中两处指向同一段数据", "two entries of the index show the same bytes"},
     "修复断电录像的工具可能重复登记最后几帧", "a repair tool may list the last frames of a cut recording twice",
     strong},
    {{"repeated_pictures", "同一段编码画面出现两次", "a run of coded pictures occurs twice"},
     "传输中断后设备可能把缓存重写一遍", "a device may write its buffer again after a broken transfer",
     strong},
    {{"signs_at_one_place", "多种迹象指向同一时刻", "different signs point at one moment"},
     "设备卡顿后重启编码，也会在同一时刻丢帧并另起关键帧",
     "an encoder that restarts after a stall drops frames and begins anew at the same moment",
     strong},
    {{"profile_structure", "封装结构与该设备的原始录像不同", "container not built as this device builds it"},
     "固件升级、设置不同或采集站导出也会改变封装", "new firmware, other settings or a docking station change the container",
     strong},
    {{"profile_coding", "编码方式与该设备的原始录像不同", "coded otherwise than this device codes"},
     "设备的分辨率、帧率、码率设置可能不同", "the device may have been set to another resolution, rate or quality",
     strong},
    {{"profile_clock", "记载的创建时间与文件名的相差不合该设备的规律",
      "creation time and file name apart as this device never has them"},
     "时区或校时在两次写入之间改变；文件被改名", "the zone or the clock was set between the two, or the file was renamed",
     strong},
    {{"speed_disagrees", "封装的播放速度与编码流自身的速度不符", "the container plays at another pace than the stream was coded for"},
     "慢动作、延时录像本来如此", "slow motion and time lapse are made so",
     strong},
    {{"software_encoder", "由软件编码器编码", "coded by a software encoder"},
     "无硬件编码器的设备和手机应用自身使用 x264", "devices and apps without a hardware encoder use x264 themselves",
     medium},
    {{"unindexed_pictures", "文件内存有索引未登记的影像数据", "coded footage in the file that no index entry shows"},
     "断电修复、循环录制的预分配空间会留下旧数据", "repair after power loss and preallocated space leave old data",
     medium},
    {{"key_rhythm", "关键帧间隔在此处打破了节律", "a key frame off the rhythm of the others"},
     "画面突变、远程预览请求、补光切换会使设备另起关键帧",
     "devices begin anew at a change of scene, when somebody opens the live view, or when lights switch",
     medium},
    {{"phase_step", "匀速的时间戳从此处起整体错位", "regular time stamps go on at another phase"},
     "传感器重启（夜视切换、过载）后，帧的节拍不再与原来对齐；只是丢帧则仍会对齐",
     "a sensor that restarts (night mode, overload) no longer keeps its beat; pictures merely dropped leave it as it was",
     medium},
    {{"still_stretch", "一段画面没有任何新内容，与其余部分的噪声不符",
      "a stretch of pictures that hold nothing new, unlike the noise of the rest"},
     "镜头被遮挡、画面全黑，或编码器对静止画面强力降噪",
     "a covered lens, full darkness, or an encoder that strips the noise of still scenes",
     medium},
    {{"silent_stretch", "一段声音全无内容，与其余部分的底噪不符",
      "a stretch of sound that holds nothing, unlike the background of the rest"},
     "设备上按了静音，或麦克风断开", "the mute button, or a microphone that lost contact",
     medium},
    {{"clock_jumps", "画面上的时钟跳变", "the burnt-in clock jumps"},
     "设备在录制中校时；进入封装之前丢帧", "the clock was set while recording, or frames were lost before the muxer",
     medium},
    {{"times_disagree", "各处记载的时间互相矛盾（影片、轨道、文件名、画面时钟）",
      "times stated by movie, tracks, file name and burnt-in clock contradict each other"},
     "部分设备只在结束时改写其中一处；采集站为文件改名", "some devices rewrite one of them at the end; a docking station renames files",
     medium},
    {{"several_descriptions", "同一轨道中途改变编码参数", "one track changes its coding parameters"},
     "设备在录制中切换光照或网络档位", "a device may switch profile with light or network while recording",
     weak},
    {{"parameters_change", "编码流内部中途改变参数", "the coded stream changes its parameters midway"},
     "设备在录制中切换光照或网络档位", "a device may switch profile with light or network while recording",
     medium},
    {{"container_library", "由通用封装库写成", "container written by a general library"},
     "不少摄像机固件和手机应用自身使用 libavformat", "many camera firmwares and phone apps embed libavformat themselves",
     weak},
    {{"metadata_added", "附加了 XMP 元数据", "XMP metadata present"},
     "部分相机自行写入 XMP；编目软件只加注不改画面", "some cameras write XMP; cataloguing software annotates without touching pictures",
     weak},
    {{"time_step", "匀速的时间戳在此处跳了一步", "one step in time off an otherwise regular pace"},
     "存储卡或处理器忙时丢帧", "frames dropped while the card or the processor was busy",
     weak},
    {{"size_step", "数据包大小在此处突变，此后持续", "packet sizes change at once and stay so"},
     "光线、运动或码率控制发生变化", "light, motion or rate control changed",
     weak},
    {{"size_burst", "一帧普通画面大如关键帧", "one ordinary picture is as large as a key frame"},
     "镜头急转、遮挡或光线突变", "a quick turn of the camera, something close passing by, or a change of light",
     weak},
    {{"scene_cut", "画面在一帧之内换了场景", "one scene ends and another begins within one frame"},
     "镜头被突然遮挡或转开，灯光开关", "the camera was covered or swung away, or lights were switched",
     weak},
    {{"encoder_scene_cut", "软件编码器在此处判为场景切换", "a software encoder took this for a change of scene"},
     "镜头急转或光线突变", "a quick turn of the camera or a change of light",
     weak},
    {{"lengths_differ", "声音与画面长度不一", "sound and picture end apart"},
     "进入封装之前丢帧，或先停一路后停另一路", "frames lost before the muxer, or one track stopped before the other",
     weak},
    {{"same_pictures_elsewhere", "与另一文件含有相同的编码画面", "coded pictures of this file are in another one"},
     "导出副本；设备自身的低码率副本或重叠分段", "an exported copy; the device's own overlapping segments",
     weak},
    {{"same_file_elsewhere", "与另一名称的文件逐字节相同", "the same bytes under another name"},
     "备份、整理时改了名；采集站校时后重新登记", "renamed for a backup or a case file; a docking station that registered it again after its clock was set",
     medium},
    {{"saved_later", "封装时间晚于录制时间", "container made after the recording"},
     "应用在停止录制后才保存；时钟在其间校正", "apps save after the stop; a clock may be set in between",
     copy},
    {{"default_clock", "设备时钟疑未设置", "the clock seems never set"},
     "更换电池后时钟复位", "a clock resets when the battery is changed",
     none},
    {{"device_marks", "带有设备标识", "carries marks of a device"},
     "标识可被复制，剪辑后往往保留", "marks can be copied and often survive editing",
     device},
}};
static_assert(signs.size() == static_cast<std::size_t>(SignKind::device_marks) + 1);

}  // namespace

SignWording wording(SignKind v) { return signs[static_cast<std::size_t>(v)]; }
Wording wording(Weight v) { return weights[static_cast<std::size_t>(v)]; }

std::optional<SignKind> sign_kind_of(std::string_view id) {
  const auto found = std::find_if(signs.begin(), signs.end(), [&](const SignWording& s) { return s.name.id == id; });
  if (found == signs.end()) return std::nullopt;
  return static_cast<SignKind>(found - signs.begin());
}

std::optional<Weight> weight_of(std::string_view id) {
  const auto found = std::find_if(weights.begin(), weights.end(), [&](const Wording& w) { return w.id == id; });
  if (found == weights.end()) return std::nullopt;
  return static_cast<Weight>(found - weights.begin());
}

diag::Words at_stream(int index, const std::string& zh, const std::string& en) {
  const std::string number = std::to_string(index);
  return {"第 " + number + " 路：" + zh, "stream " + number + ": " + en};
}

std::string seconds_text(std::int64_t micros) {
  char text[40];
  std::snprintf(text, sizeof text, "%.3f s", static_cast<double>(micros) / 1e6);
  return text;
}

Sign make_sign(SignKind kind, diag::Words evidence, std::optional<std::int64_t> byte_offset,
               std::optional<std::int64_t> time) {
  return {kind, std::move(evidence), byte_offset, time, std::nullopt, wording(kind).weight};
}

}  // namespace jianlu::footage
