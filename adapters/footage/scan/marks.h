// Names that programs, libraries and devices leave in files. Extend the table, not the code.
#pragma once

#include <array>
#include <string_view>

namespace jianlu::footage {

enum class MarkKind { editor, library, device };

struct Mark {
  std::string_view needle;  // compared byte for byte
  MarkKind kind;
  std::string_view name;  // whose mark it is
};

inline constexpr std::array marks{
    Mark{"After Effects", MarkKind::editor, "Adobe After Effects"},
    Mark{"Adobe Premiere", MarkKind::editor, "Adobe Premiere"},
    Mark{"Adobe Media Encoder", MarkKind::editor, "Adobe Media Encoder"},
    Mark{"Adobe Audition", MarkKind::editor, "Adobe Audition"},
    Mark{"Adobe Photoshop", MarkKind::editor, "Adobe Photoshop"},
    Mark{"Adobe Bridge", MarkKind::editor, "Adobe Bridge"},
    Mark{"Lightroom", MarkKind::editor, "Adobe Lightroom"},
    Mark{"Final Cut", MarkKind::editor, "Final Cut"},
    Mark{"iMovie", MarkKind::editor, "iMovie"},
    Mark{"DaVinci", MarkKind::editor, "DaVinci Resolve"},
    Mark{"VEGAS", MarkKind::editor, "VEGAS"},
    Mark{"EDIUS", MarkKind::editor, "EDIUS"},
    Mark{"Corel", MarkKind::editor, "会声会影 (Corel)"},
    Mark{"Camtasia", MarkKind::editor, "Camtasia"},
    Mark{"TEEditor", MarkKind::editor, "剪映 (TEEditor)"},
    Mark{"vicut", MarkKind::editor, "剪映 (vicut)"},
    Mark{"videocut", MarkKind::editor, "剪映 (videocut)"},
    Mark{"CapCut", MarkKind::editor, "CapCut"},
    Mark{"剪映", MarkKind::editor, "剪映"},
    Mark{"必剪", MarkKind::editor, "必剪"},
    Mark{"快影", MarkKind::editor, "快影"},
    Mark{"格式工厂", MarkKind::editor, "格式工厂"},
    Mark{"FormatFactory", MarkKind::editor, "格式工厂 (FormatFactory)"},
    Mark{"InShot", MarkKind::editor, "InShot"},
    Mark{"KineMaster", MarkKind::editor, "KineMaster"},
    Mark{"HandBrake", MarkKind::editor, "HandBrake"},
    Mark{"Shotcut", MarkKind::editor, "Shotcut"},
    Mark{"kdenlive", MarkKind::editor, "Kdenlive"},
    Mark{"Avidemux", MarkKind::editor, "Avidemux"},
    Mark{"VirtualDub", MarkKind::editor, "VirtualDub"},
    Mark{"LosslessCut", MarkKind::editor, "LosslessCut"},
    Mark{"Audacity", MarkKind::editor, "Audacity"},
    Mark{"GoldWave", MarkKind::editor, "GoldWave"},
    Mark{"opso_metadata", MarkKind::editor, "OpenSoundscape"},
    Mark{"Camera Trap File Manager", MarkKind::editor, "Camera Trap File Manager"},

    Mark{"Lavf", MarkKind::library, "libavformat"},
    Mark{"GPAC", MarkKind::library, "GPAC"},
    Mark{"MP4Box", MarkKind::library, "GPAC"},
    Mark{"mkvmerge", MarkKind::library, "mkvmerge"},
    Mark{"Bento4", MarkKind::library, "Bento4"},
    Mark{"L-SMASH", MarkKind::library, "L-SMASH"},

    Mark{"GoPro", MarkKind::device, "GoPro"},
    Mark{"Ambarella", MarkKind::device, "Ambarella"},
    Mark{"Garmin", MarkKind::device, "Garmin"},
    Mark{"CanonMVI", MarkKind::device, "Canon"},
    Mark{"PENTAX", MarkKind::device, "Pentax"},
    Mark{"NIKON", MarkKind::device, "Nikon"},
    Mark{"AudioMoth", MarkKind::device, "AudioMoth"},
    Mark{"FLIR", MarkKind::device, "FLIR"},
    Mark{"smta", MarkKind::device, "Samsung"},
    Mark{"NOVATEK", MarkKind::device, "Novatek"},
    Mark{"HIKVISION", MarkKind::device, "Hikvision"},
    Mark{"Hikvision", MarkKind::device, "Hikvision"},
    Mark{"Dahua", MarkKind::device, "Dahua"},
    Mark{"DJI", MarkKind::device, "DJI"},
    Mark{"BlackVue", MarkKind::device, "BlackVue"},
    Mark{"VoiceMemos", MarkKind::device, "Apple Voice Memos"},
};

// Tags that devices fill with their maker, model or firmware.
inline constexpr std::array device_tags{
    std::string_view("com.apple.quicktime.make"),
    std::string_view("com.apple.quicktime.model"),
    std::string_view("com.android.manufacturer"),
    std::string_view("com.android.model"),
    std::string_view("com.android.version"),
    std::string_view("make"),
    std::string_view("model"),
    std::string_view("firmware"),
};

}  // namespace jianlu::footage
