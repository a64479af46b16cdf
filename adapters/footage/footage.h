// What one file of footage is, as far as the file itself shows.
//
// Facts are produced by the separate program jianlu-probe and carry no judgement: whether a gap, a length or
// a missing track matters is for the rules. Times are int64 microseconds; instants are UTC, stream times
// count from the container's own zero. Text taken from the file is UTF-8, bounded, and may be a lie.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/diag/diag.h"

namespace jianlu::footage {

enum class Verdict {
  readable,     // at least one video or audio packet is there
  no_index,     // recording without a usable index (moov missing or cut): typically power loss
  header_only,  // the header describes footage, none of it is there
  truncated,    // the end is missing; what is there was read
  not_media,    // no known signature
  text,         // sidecar or text (GPS, NMEA, CSV, subtitles, playlist): never handed to FFmpeg
  photo,
  over_limit,  // memory, time, size, stream, packet or pixel limit reached
  crashed,     // the reader died on this file; nothing else was lost
  forbidden,   // the reader tried to leave its sandbox on this file: a hostile file, or a defect of ours
  unreadable   // could not be read (missing, a folder, a pipe, I/O error)
};

// How the signs read together. A suspicion for a person to rule on, never a proof: see signs.
enum class Reading { original, exported, edited, unknown };

// How deep a file is looked into; each depth holds the ones before it.
enum class Depth {
  container,  // headers, boxes and sample tables: no packet is fetched that a table places
  packets,    // every packet's time, size and flags; nothing is decoded
  frames      // pictures and sound decoded: sampled, or every frame
};

// Kinds of events in the footage that a depth sees from some length on.
enum class Event {
  gap,
  black,       // the whole picture is dark
  frozen,      // the same picture again and again: not even the sensor's noise moves
  silence,     // quieter than the threshold
  muted,       // digital silence in a track that otherwise carries sound
  speech,      // somebody seems to speak: where to listen, never what was said
  clock_step,  // the burnt-in clock jumps
  scene_cut    // one scene ends and another begins within one frame, out of the key frames' rhythm
};

// The shortest event of its kind that was sure to be seen, in microseconds.
struct DetectionLimit {
  Event event = Event::gap;
  std::int64_t shortest = 0;
};

enum class StreamKind { video, audio, subtitle, data };

// How far a stated creation time can be trusted before it is compared with other clocks.
enum class TimeTrust {
  absent,
  utc_claimed,    // the format says UTC; many devices write local time there
  zone_stated,    // local time with its offset
  zone_unstated,  // local time of unknown zone: no instant
  implausible     // a default clock (1904, 1970, 1980, 2000-01-01) or after the file was probed
};

struct StatedTime {
  std::string source;  // tag that states it
  std::string text;    // as written
  std::optional<std::int64_t> instant;
  TimeTrust trust = TimeTrust::absent;
};

// Two successive packets further apart than ProbeOptions::gap_threshold.
// Video: from the presentation of one frame to that of the next. Audio: from the end of one packet to the
// next.
struct PtsGap {
  std::int64_t start = 0;
  std::int64_t length = 0;
};

struct EditSpan {
  std::int64_t duration = 0;
  std::optional<std::int64_t> media_start;  // absent: an empty edit (the track starts later)
};

struct StreamFacts {
  int index = 0;
  StreamKind kind = StreamKind::data;
  std::string codec;  // FFmpeg's name of the codec, "unknown" when it has none
  int width = 0, height = 0;
  double frame_rate = 0;  // average over the presented frames
  int sample_rate = 0, channels = 0;
  std::optional<std::int64_t> first_pts, last_pts;  // of presented packets
  std::optional<std::int64_t> duration;             // as the container states it, else from the packets
  bool duration_measured = false;                   // true: from the packets
  std::int64_t packets = 0;
  std::int64_t key_frames = 0;
  std::int64_t discarded = 0;  // hidden by an edit list
  std::int64_t missing = 0;    // listed by the index, not in the file
  std::int64_t corrupt = 0;    // incomplete in the stream
  std::int64_t longest_step = 0;
  std::vector<PtsGap> gaps;  // the first max_gaps
  std::int64_t gap_count = 0;
  std::vector<EditSpan> edits;
  std::string handler, encoder;
  std::string encoder_message;  // what x264, x265 or libavcodec wrote into the coded stream
  std::string parameters;       // digest of the coding parameters beside the stream (avcC, hvcC, esds …)
  std::int64_t time_scale = 0;  // ticks a second
  double usual_rate = 0;        // packets a second at the commonest step; 0 where none is common
  int key_interval = 0;         // packets from key frame to key frame, where most intervals agree
};

// How much a sign says by itself. See reading_of() for how signs read together.
enum class Weight {
  strong,  // honest ways exist, but are rare
  medium,  // counts with another sign
  weak,    // honest devices do it too
  copy,    // exported or saved again, nothing worse
  none,    // worth knowing, says nothing about edits
  device   // speaks for the device
};

// In the order of the table in sign_wording.cc, which holds names, weights and innocent explanations.
enum class SignKind {
  editor_named,  // a tag, handler or XMP packet names an editing program
  device_names_in_foreign_container,
  hidden_video,           // the edit list hides video frames that are still stored
  shared_bytes,           // two entries of the index show the same bytes
  repeated_pictures,      // a run of coded pictures occurs twice
  signs_at_one_place,     // different signs point at one moment
  profile_structure,      // container not built as the device builds it
  profile_coding,         // coded otherwise than the device codes
  profile_clock,          // creation time and file name apart as the device never has them
  speed_disagrees,        // the pace of the container is not that of the coded stream
  software_encoder,       // coded by x264, x265 or libavcodec
  unindexed_pictures,     // coded footage in the file that no index entry shows
  key_rhythm,             // one key frame off the encoder's rhythm
  phase_step,             // regular time stamps go on at another phase
  still_stretch,          // pictures that hold nothing new, against the noise of the rest
  silent_stretch,         // sound packets that hold nothing, against the rest
  clock_jumps,            // the burnt-in clock moves by something else than the time between two frames
  times_disagree,         // creation times of movie, tracks and media contradict each other
  several_descriptions,   // one track changes its coding parameters
  parameters_change,      // so within the coded stream
  container_library,      // written by libavformat, GPAC or the like
  metadata_added,         // an XMP packet in a recording
  time_step,              // one step in time off a regular pace
  size_step,              // packet sizes change at once and for good
  size_burst,             // one ordinary picture as large as a key frame
  scene_cut,              // one scene ends and another begins within one frame
  encoder_scene_cut,      // a software encoder took this for a change of scene
  lengths_differ,         // sound and picture end apart
  same_pictures_elsewhere,  // coded pictures of this file are in another one
  same_file_elsewhere,      // the same bytes under another name
  saved_later,            // container made well after the recording began
  default_clock,          // the clock was never set
  device_marks            // maker, model, firmware or camera handler as devices write them
};

struct Sign {
  SignKind kind = SignKind::device_marks;
  diag::Words evidence;                     // what was seen, with the place in the file's own terms
  std::optional<std::int64_t> byte_offset;  // where in the file
  std::optional<std::int64_t> time;         // where in the footage
  std::optional<std::int64_t> length;       // of a stretch that begins there
  Weight weight = Weight::none;             // that of its kind, unless this one says less
};
// With the weight of its kind.
Sign make_sign(SignKind kind, diag::Words evidence, std::optional<std::int64_t> byte_offset = std::nullopt,
               std::optional<std::int64_t> time = std::nullopt);

// A coded picture by the hash of its last bytes, which survive every change of container.
struct Print {
  std::uint64_t hash = 0;
  std::int64_t time = 0;  // of its presentation
};

// Something that decoding showed. Times are of the stream's own presentation.
struct Observed {
  Event event = Event::black;
  int stream = 0;
  std::int64_t start = 0, length = 0;
  std::int64_t uncertainty = 0;  // either end may lie this far off
  double confidence = 0;         // 0 to 1
};

// What the clock in the picture says at one frame.
struct ClockReading {
  std::int64_t time = 0;   // of the frame
  std::int64_t local = 0;  // what the clock shows, as microseconds since 1970 in its own, unknown zone
  double confidence = 0;
};

// The clock moves by something else than the time between two frames.
struct ClockStep {
  std::int64_t before = 0, after = 0;  // the last frame of the old count, the first of the new
  std::int64_t jump = 0;               // clock less stream; negative: the clock goes back
  double confidence = 0;
};

// A clock that the device burnt into the picture.
struct BurntInClock {
  int stream = 0;
  int x = 0, y = 0, width = 0, height = 0;  // where, in stored pixels
  std::string text;                         // the first reading as it stands there
  std::vector<ClockReading> readings;       // certain ones only, in order
  std::int64_t unread = 0;                  // frames looked at whose clock could not be read for certain
  std::vector<ClockStep> steps;
  // From the first tick of the clock seen to the last, on either count; absent without two ticks.
  std::optional<std::int64_t> clock_length, stream_length;
};

struct Still {
  std::int64_t time = 0;
  int stream = 0;
  std::string jpeg;  // base64
};

// Where a file says that it was recorded; degrees, north and east positive. Never 0/0.
struct Place {
  std::string source;  // tag or track that states it
  double latitude = 0, longitude = 0;
};

// One of a satellite track inside the file, where the receiver had a fix.
struct Fix {
  std::int64_t time = 0;  // of the stream
  std::int64_t utc = 0;   // by the satellites
  double latitude = 0, longitude = 0;
};

struct FootageFacts {
  Verdict verdict = Verdict::unreadable;
  std::string reason;                   // why that verdict, in English, one line; empty when readable
  std::string reason_zh;                // the same in Chinese
  Depth depth = Depth::container;       // reached
  std::vector<DetectionLimit> detects;  // a kind that is not listed was not looked for
  std::int64_t size = 0;
  std::string sha256;  // 64 hex digits; empty when the file was not, or could not be, read to its end
  std::string format;  // "mp4", "avi", "mpegts", "nmea", "jpeg" …; empty when not known
  std::string major_brand;
  std::string layout;  // order of the top-level boxes or chunks, runs folded: "ftyp mdat*462 moov"
  std::optional<std::int64_t> duration;
  std::vector<StatedTime> times;  // the container's own first
  std::vector<Fix> fixes;         // the first ones
  std::optional<Place> place;
  std::vector<std::pair<std::string, std::string>> tags;
  std::vector<StreamFacts> streams;
  // At Depth::frames:
  std::int64_t frames_decoded = 0;  // pictures
  std::vector<Observed> observed;  // by start
  std::optional<BurntInClock> clock;
  std::vector<Still> stills;
  std::string structure;      // how the container is built, without what differs from clip to clip
  std::vector<Print> prints;  // of key frames, and of other pictures where those are few; by time
  std::vector<Sign> signs;
  Reading reading = Reading::unknown;
};

// Edited: one strong sign; or two different ones that are medium or name a program or a change of description.
// Exported: saved again and nothing worse. Original: marks of a device, and no library's name. Unknown
// otherwise: one sign alone decides nothing.
Reading reading_of(const std::vector<Sign>& signs);

// Adds the signs that different signs at one moment make, and reads all of them together. May be repeated
// after signs were added.
void read_together(FootageFacts& facts);

// Signs of what decoding observed: still and silent stretches, jumps of the burnt-in clock, cuts.
void add_observed_signs(FootageFacts& facts);

// Files that share this many coded pictures share footage.
constexpr std::size_t least_shared_pictures = 3;
// A text about one stream, by its index.
diag::Words at_stream(int index, const std::string& zh, const std::string& en);
// "12.345 s".
std::string seconds_text(std::int64_t micros);

// Unless it is there already, with the same evidence.
void add_once(FootageFacts& facts, Sign sign);

// Signs of coded pictures that two of these files share. `names` are for the evidence. Those from `known` on were compared with
// each other before.
void add_shared_picture_signs(const std::vector<FootageFacts*>& files, const std::vector<std::string>& names,
                              std::size_t known = SIZE_MAX);

// A stable id and its wording in both languages.
struct Wording {
  std::string_view id, zh, en;
};
Wording wording(Verdict);
Wording wording(Reading);
Wording wording(TimeTrust);
Wording wording(StreamKind);
Wording wording(Depth);
Wording wording(Event);
Wording wording(Weight);

struct SignWording {
  Wording name;
  std::string_view innocent_zh, innocent_en;  // honest ways in which the sign arises
  Weight weight = Weight::none;
};
SignWording wording(SignKind);

// Inverse of the ids above; nothing for an unknown id.
std::optional<Verdict> verdict_of(std::string_view id);
std::optional<Reading> reading_of(std::string_view id);
std::optional<TimeTrust> trust_of(std::string_view id);
std::optional<StreamKind> stream_kind_of(std::string_view id);
std::optional<Depth> depth_of(std::string_view id);
std::optional<Event> event_of(std::string_view id);
std::optional<SignKind> sign_kind_of(std::string_view id);
std::optional<Weight> weight_of(std::string_view id);

}  // namespace jianlu::footage
