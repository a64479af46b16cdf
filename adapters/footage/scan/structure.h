// The container's own structure, read without FFmpeg: boxes of ISO base media and QuickTime files (ISO/IEC
// 14496-12), chunks of RIFF files. Only headers and small boxes are read; sample tables and footage are
// passed over.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "adapters/footage/footage.h"
#include "adapters/footage/scan/input.h"

namespace jianlu::footage {

struct ByteRange {
  std::int64_t from = 0, to = 0;  // half-open
};

// Where a track's sample tables lie; read by read_samples().
struct Tables {
  ByteRange times, offsets, keys, sizes, chunks, chunk_offsets;  // stts ctts stss stsz stsc stco
  bool wide_offsets = false, compact_sizes = false;              // co64, stz2
};

struct Track {
  int id = 0;
  std::string kind;  // handler type: "vide", "soun", "tmcd" …
  int width = 0, height = 0;
  std::string coding;  // fourcc of the first sample description
  int descriptions = 0;
  std::vector<EditSpan> edits;
  std::int64_t time_scale = 0;
  Tables tables;
};

struct BoxTime {  // a creation time in the container's own field
  std::string place;
  std::int64_t offset = 0;   // of the box
  std::int64_t seconds = 0;  // from 1970
  std::optional<std::int64_t> modified;
};

struct TextRegion {  // user data and metadata, for marks of devices and programs
  std::string place;
  std::int64_t offset = 0;
  std::string bytes;
};

struct Fragment {  // a movie fragment box (moof)
  std::int64_t start = 0;
  ByteRange body;
};

struct Structure {
  std::string layout;  // top-level boxes or chunks in order, runs folded
  std::string major_brand;
  bool has_index = false;  // a complete moov; RIFF: a complete header list
  bool fragmented = false;
  std::int64_t payload_present = 0;  // bytes of footage in the file
  std::int64_t payload_missing = 0;  // bytes promised by the container beyond the end of the file
  std::optional<std::int64_t> last_block;  // of Matroska: when it begins, microseconds
  std::vector<ByteRange> payload;    // footage bytes that hold no headers
  ByteRange extends;                 // of a fragmented file: the body of its mvex box
  std::vector<Fragment> fragments;   // likewise
  bool plain_fragments = true;       // … and nothing at its top level that could say more of them
  std::vector<Track> tracks;
  std::vector<TextRegion> texts;
  std::vector<BoxTime> times;
  std::string signature;   // boxes with their nesting, brands, handlers, time scales; runs folded
  std::string over_limit;  // which limit stopped the walk; empty when none did
};

Structure read_iso(Input& input);
Structure read_riff(Input& input);

}  // namespace jianlu::footage
