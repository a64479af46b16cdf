#include "adapters/footage/probe/demux.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <algorithm>
#include <cstdio>
#include <map>
#include <new>

#include "adapters/footage/probe/describe.h"
#include "adapters/footage/probe/listed.h"
#include "adapters/footage/probe/source.h"
#include "adapters/footage/probe/transport.h"
#include "adapters/footage/probe/watch.h"
#include "adapters/footage/scan/bytes.h"
#include "adapters/footage/scan/damage.h"
#include "adapters/footage/scan/gpmf.h"
#include "adapters/footage/scan/timeline.h"
#include "adapters/footage/scan/units.h"

namespace jianlu::footage {
namespace {

constexpr int max_tags = 64;
constexpr std::size_t max_tag = 1024;
constexpr std::int64_t max_misses = 10'000;  // in a row
constexpr std::int64_t message_search = 64 * 1024;
constexpr std::int64_t first_packets = 128;  // after which the rest may be read without the demuxer

int deny_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) { return AVERROR(EACCES); }

std::string error_text(int code) {
  char text[AV_ERROR_MAX_STRING_SIZE] = {};
  av_strerror(code, text, sizeof text);
  return text;
}

class Demuxer {
 public:
  Demuxer(Input& input, const Sniffed& sniffed, const Structure& structure, const Examination& examination,
          FootageFacts& out)
      : input_(input),
        sniffed_(sniffed),
        structure_(structure),
        examination_(examination),
        limits_(examination.limits),
        out_(out),
        source_(input, sniffed.family != Family::stream, seekable(sniffed, examination)) {}
  ~Demuxer() {
    av_packet_free(&packet_);
    if (context_) avformat_close_input(&context_);
  }

  DemuxResult run() {
    if (!open()) return std::move(result_);
    if (sniffed_.family == Family::stream)
      avformat_find_stream_info(context_, nullptr);  // a failure leaves less in the streams, nothing else
    describe_file();
    if (result_.limit.empty()) read_footage();
    finish();
    return std::move(result_);
  }

 private:
  // MP3 states its length where the size of the file is known, ASF where it is not, or fits.
  static bool seekable(const Sniffed& sniffed, const Examination& examination) {
    if (sniffed.format == "asf" || sniffed.format == "mp3") return sniffed.format == "mp3";
    return sniffed.family != Family::stream || examination.depth == Depth::container;
  }

  bool open() {
    av_log_set_level(AV_LOG_QUIET);
    av_max_alloc(static_cast<std::size_t>(limits_.memory) / 2);
    const auto* format = av_find_input_format(sniffed_.demuxer.c_str());
    context_ = avformat_alloc_context();
    packet_ = av_packet_alloc();
    if (!format || !context_ || !packet_) throw std::bad_alloc();
    context_->pb = source_.context();
    context_->io_open = deny_open;
    context_->flags |= AVFMT_FLAG_CUSTOM_IO;
    if (sniffed_.family != Family::stream) context_->flags |= AVFMT_FLAG_NOPARSE;
    context_->max_streams = limits_.streams;
    context_->probesize = 1 << 20;
    context_->format_whitelist = av_strdup(format->name);
    context_->protocol_whitelist = av_strdup("none");
    context_->codec_whitelist = av_strdup("none");  // no decoder may be opened
    const int code = avformat_open_input(&context_, "", format, nullptr);
    if (code == AVERROR(ENOMEM)) result_.limit = "memory";
    if (code < 0) result_.error = error_text(code);
    return result_.opened = code >= 0;
  }

  void describe_file() {
    if (context_->nb_streams > static_cast<unsigned>(limits_.streams)) result_.limit = "streams";
    if (!guessed()) out_.duration = microseconds(context_->duration, AV_TIME_BASE_Q);
    keep_tags(context_->metadata);
    for (unsigned i = 0; i < context_->nb_streams && result_.limit.empty(); ++i) add_stream();
    pass_over_footage();
    for (unsigned i = 0; i < context_->nb_streams && result_.limit.empty(); ++i) read_satellite_track(context_->streams[i]);
  }

  // From the bit rate of the first packets: no statement.
  bool guessed() const { return context_->duration_estimation_method == AVFMT_DURATION_FROM_BITRATE; }

  void keep_tags(const AVDictionary* tags) {
    const AVDictionaryEntry* entry = nullptr;
    while ((entry = av_dict_get(tags, "", entry, AV_DICT_IGNORE_SUFFIX)) && out_.tags.size() < max_tags)
      out_.tags.emplace_back(std::string_view(entry->key).substr(0, 100),
                             trimmed(std::string_view(entry->value).substr(0, max_tag)));
  }

  void add_stream() {
    auto* stream = context_->streams[out_.streams.size()];
    auto facts = describe(*stream);
    if (guessed()) facts.duration.reset();
    PacketStream log{facts.index, stream->id, facts.kind, facts.codec, facts.sample_rate, facts.time_scale, {}};
    if (const auto& par = *stream->codecpar; par.extradata_size > 0)
      log.unit_length_bytes = unit_length_bytes(facts.codec, {reinterpret_cast<const char*>(par.extradata), static_cast<std::size_t>(par.extradata_size)});
    for (const auto& track : structure_.tracks) {
      if (track.id != stream->id) continue;
      if (examination_.depth != Depth::container)
        log.packets = read_samples(input_, track, PacketLog::most - result_.packets.count);
      result_.packets.count += log.packets.size();
      if (facts.width == 0) facts.width = track.width;
      if (facts.height == 0) facts.height = track.height;
      facts.edits = track.edits;
    }
    for (int i = 0; i < avformat_index_get_entries_count(stream); ++i) {
      const auto* entry = avformat_index_get_entry(stream, i);
      if (sniffed_.family == Family::iso) facts.missing += entry->pos + entry->size > input_.size();
    }
    // libavformat drops an index that it cannot allocate without a word.
    const bool dropped = stream->nb_frames > 0 && avformat_index_get_entries_count(stream) == 0;
    if (sniffed_.family == Family::iso && !structure_.fragmented && structure_.payload_present > 0 &&
        facts.kind != StreamKind::data && (dropped || stream->nb_frames > limits_.packets))
      result_.limit = "index";
    missing_ += facts.missing;
    tabled_.push_back(!log.packets.empty());
    result_.packets.streams.push_back(std::move(log));
    timelines_.emplace_back(facts.kind == StreamKind::video, examination_.gap_threshold);
    check_pixels(facts);
    out_.streams.push_back(std::move(facts));
  }

  // Where an index places the packets, their bytes need not pass through the demuxer.
  void pass_over_footage() {
    auto ranges = structure_.payload;
    if (sniffed_.family == Family::avi) {
      constexpr int chunk_header = 8;
      for (unsigned i = 0; i < context_->nb_streams; ++i)
        for (int k = 0; k < avformat_index_get_entries_count(context_->streams[i]); ++k) {
          const auto* entry = avformat_index_get_entry(context_->streams[i], k);
          ranges.push_back({entry->pos + chunk_header, entry->pos + chunk_header + entry->size});
        }
    }
    std::sort(ranges.begin(), ranges.end(), [](auto& a, auto& b) { return a.from < b.from; });
    for (std::size_t i = 1; i < ranges.size(); ++i)
      if (ranges[i].from < ranges[i - 1].to) return;  // an index that contradicts itself: read everything
    passing_over_ = !ranges.empty();
    source_.pass_over(std::move(ranges));
    source_.context()->direct = passing_over_;  // packets that hold nothing need not go through its buffer
  }

  // Fragments have their tables all over the file: they are walked like packets, footage passed over.
  void read_footage() {
    bool tables = false;
    // Those of the other formats list key frames, or what was read so far.
    for (unsigned i = 0; i < context_->nb_streams && sniffed_.family != Family::stream; ++i)
      tables = tables || avformat_index_get_entries_count(context_->streams[i]) > 0;
    const bool fetch = examination_.depth != Depth::container || structure_.fragmented || length_is_open(tables);
    result_.all_packets = fetch || tables;
    result_.tables_only = !fetch && !tables && (sniffed_.family != Family::stream || has_whole_packet());
    if (examination_.depth == Depth::frames) watch_.emplace(input_, passing_over_, examination_);
    if (fetch && !index_tells_all())
      read_packets();
    else if (tables)
      read_tables();
    if (examination_.depth != Depth::container) out_.depth = Depth::packets;
    if (watch_ && result_.limit.empty()) {
      watch_->finish(out_);
      result_.decode_errors = watch_->decode_errors();
      out_.depth = Depth::frames;
    }
    if (fetch || tables) out_.detects.push_back({Event::gap, examination_.gap_threshold});
  }

  // Whether only the packets tell how much is there: nothing states it, or what does was written apart from them.
  bool length_is_open(bool tables) const {
    constexpr std::int64_t slack = 1'000'000;
    if (sniffed_.family != Family::stream) return structure_.payload_missing > 0 && !tables;
    if (!out_.duration || sniffed_.format == "flv" || sniffed_.format == "asf" || sniffed_.format == "flac" || sniffed_.format == "mp3")
      return true;
    if (sniffed_.format != "matroska") return false;
    return structure_.payload_missing > 0 || !structure_.last_block || *out_.duration > *structure_.last_block + slack;
  }

  // The satellite track of GoPro cameras: small payloads, a second apart, placed by the index. The first ones tell when and
  // where the recording began.
  void read_satellite_track(const AVStream* stream) {
    constexpr std::uint32_t gpmd = MKTAG('g', 'p', 'm', 'd');
    constexpr int most_payloads = 8;
    constexpr int largest = 256 * 1024;
    if (stream->codecpar->codec_tag != gpmd || !out_.fixes.empty()) return;
    const int count = std::min(avformat_index_get_entries_count(stream), most_payloads);
    for (int k = 0; k < count; ++k) {
      const auto entry = *avformat_index_get_entry(const_cast<AVStream*>(stream), k);
      if (entry.size > largest || entry.pos < 0 || entry.pos + entry.size > input_.size()) continue;
      const auto time = microseconds(entry.timestamp, stream->time_base);
      if (!time) continue;
      if (const auto fix = read_gpmf(input_.read_text(entry.pos, entry.size), *time)) out_.fixes.push_back(*fix);
    }
  }

  // Where no table lists any, the first ones show whether there is footage at all. In a transport stream nothing but the next
  // packet confirms the end of one.
  bool has_whole_packet() {
    const int enough = sniffed_.format == "mpegts" ? 2 : 1;
    std::map<int, int> seen;
    bool found = false;
    for (int k = 0; k < 64 && !found && av_read_frame(context_, packet_) >= 0; ++k) {
      const auto kind = context_->streams[packet_->stream_index]->codecpar->codec_type;
      const bool whole = !(packet_->flags & AV_PKT_FLAG_CORRUPT);
      found = whole && (kind == AVMEDIA_TYPE_VIDEO || kind == AVMEDIA_TYPE_AUDIO) && ++seen[packet_->stream_index] >= enough;
      av_packet_unref(packet_);
    }
    return found;
  }

  // Where nothing reorders or hides a track, libavformat's index says all that its packets would, and nothing need be fetched.
  bool index_tells_all() const {
    if (sniffed_.family != Family::iso || structure_.fragmented || watch_ || missing_ > 0 || !passing_over_) return false;
    for (unsigned i = 0; i < timelines_.size(); ++i) {
      auto* stream = context_->streams[i];
      const auto track = std::find_if(structure_.tracks.begin(), structure_.tracks.end(),
                                      [&](const Track& t) { return t.id == stream->id; });
      if (!tabled_[i] || stream->discard != AVDISCARD_DEFAULT || (stream->disposition & AV_DISPOSITION_ATTACHED_PIC) ||
          track == structure_.tracks.end() || track->tables.offsets.to > track->tables.offsets.from || track->descriptions != 1)
        return false;
      const int count = avformat_index_get_entries_count(stream);
      for (int k = 0; k < count; ++k)
        if (after(stream, k) <= avformat_index_get_entry(stream, k)->timestamp) return false;
    }
    return true;
  }

  // Where the entry behind this one begins, in the stream's ticks.
  static std::int64_t after(AVStream* stream, int k) {
    return k + 1 < avformat_index_get_entries_count(stream) ? avformat_index_get_entry(stream, k + 1)->timestamp
                                                            : stream->duration;
  }

  // What the sample tables say of the packets that they place, in decoding order.
  void read_tables() {
    std::int64_t packets = 0;
    for (unsigned i = 0; i < timelines_.size(); ++i) {
      auto* stream = context_->streams[i];
      const int count = avformat_index_get_entries_count(stream);
      if ((packets += count) > limits_.packets) result_.limit = "packets";
      for (int k = 0; k < count && result_.limit.empty(); ++k) {
        const auto entry = *avformat_index_get_entry(stream, k);
        if (entry.pos + entry.size > input_.size()) continue;
        CodedPacket packet;
        packet.pts = entry.timestamp;
        packet.duration = after(stream, k) - entry.timestamp;
        packet.key = entry.flags & AVINDEX_KEYFRAME;
        packet.hidden = entry.flags & AVINDEX_DISCARD_FRAME;
        auto& facts = out_.streams[i];
        const bool played = facts.kind == StreamKind::video || facts.kind == StreamKind::audio;
        if (tabled_[i] && k < 2 && played && facts.encoder_message.empty())
          facts.encoder_message = encoder_message(input_.read_text(entry.pos, std::min<std::int64_t>(entry.size, message_search)));
        add(i, packet);
      }
    }
  }

  void read_packets() {
    std::int64_t count = 0;
    // Past the end of a cut file the demuxer reports the end once for each packet that the index still lists;
    // packets of another stream may yet follow.
    std::int64_t misses = 0;
    if (may_walk()) first_.resize(out_.streams.size());
    for (;;) {
      const int code = av_read_frame(context_, packet_);
      if (code == AVERROR(ENOMEM)) {
        result_.limit = "memory";
        return;
      }
      if (code < 0) {
        if (++misses <= std::min(missing_, max_misses)) continue;
        // In transport streams a flag says that something is missing before.
        result_.cut = sniffed_.family == Family::stream && sniffed_.format != "mpegts" &&
                      std::find(incomplete_.begin(), incomplete_.end(), true) != incomplete_.end();
        return;
      }
      misses = 0;
      if (++count > limits_.packets) result_.limit = "packets";
      if (static_cast<unsigned>(packet_->stream_index) >= timelines_.size()) {
        if (context_->nb_streams > static_cast<unsigned>(limits_.streams)) result_.limit = "streams";
        while (timelines_.size() < context_->nb_streams && result_.limit.empty()) add_stream();
      }
      if (result_.limit.empty()) take_packet();
      av_packet_unref(packet_);
      if (!result_.limit.empty()) return;
      if (first_.size() > 0 && count == first_packets) {
        if (walk_on(count)) return;
        first_.clear();
      }
    }
  }

  bool may_walk() const {
    if (watch_) return false;  // it wants packets, not what is known of them
    if (sniffed_.format == "mpegts") return true;
    const bool tabled = std::find(tabled_.begin(), tabled_.end(), true) != tabled_.end();
    return passing_over_ && !tabled && (structure_.fragmented || sniffed_.family == Family::avi);
  }

  std::optional<std::vector<CodedPackets>> walk() {
    if (sniffed_.format == "mpegts") return walk_transport(input_, *context_, first_);
    if (structure_.fragmented) return listed_in_fragments(input_, structure_, *context_, first_);
    return listed_in_chunks(input_, *context_, first_);
  }

  // The rest of a file in which nothing is unclear.
  bool walk_on(std::int64_t count) {
    if (first_.size() != out_.streams.size()) return false;
    for (const auto& facts : out_.streams)
      if (facts.kind == StreamKind::video && facts.width == 0) return false;
    const auto all = walk();
    if (!all) return false;
    for (std::size_t i = 0; i < all->size(); ++i)
      for (auto k = first_[i].size(); k < (*all)[i].size(); ++k) {
        if (++count > limits_.packets) result_.limit = "packets";
        if (!result_.limit.empty()) return true;
        add(i, (*all)[i][k]);
      }
    return true;
  }

  void take_packet() {
    incomplete_.resize(out_.streams.size());
    incomplete_[static_cast<std::size_t>(packet_->stream_index)] = incomplete();
    auto& facts = out_.streams[packet_->stream_index];
    const auto* stream = context_->streams[packet_->stream_index];
    const bool played = facts.kind == StreamKind::video || facts.kind == StreamKind::audio;
    if (played && looked_.size() < 256 && facts.encoder_message.empty()) {
      // x264 names itself in the first picture, FFmpeg's AAC in the first sound; look at two packets of a stream.
      const auto seen = std::count(looked_.begin(), looked_.end(), packet_->stream_index);
      if (seen < 2) {
        looked_.push_back(packet_->stream_index);
        facts.encoder_message = packet_message();
      }
    }
    const auto index = static_cast<std::size_t>(packet_->stream_index);
    auto coded = coded_packet(facts.kind == StreamKind::video && !tabled_[index] && !passing_over_, facts.codec);
    if (stream->codecpar->codec_id == AV_CODEC_ID_AAC && stream->codecpar->sample_rate == 0) complete_sound(facts, coded);
    if (!first_.empty()) {
      first_.resize(out_.streams.size());
      first_[index].push_back(coded);
    }
    const auto time = add(index, coded);
    if (watch_) watch_->take(*stream, *packet_, time);
    if (facts.kind == StreamKind::video && facts.width == 0 && coded.key && !passing_over_)
      read_picture_size(*stream->codecpar, *packet_, facts), check_pixels(facts);
  }

  bool incomplete() const {
    if (packet_->flags & AV_PKT_FLAG_CORRUPT) return true;
    if (sniffed_.format != "aac" && sniffed_.format != "mp3") return false;
    const std::string_view bytes(reinterpret_cast<const char*>(packet_->data), static_cast<std::size_t>(packet_->size));
    return audio_frame(bytes, sniffed_.format == "aac").value_or(0) > bytes.size();
  }

  CodedPacket coded_packet(bool prints, const std::string& codec) const {
    CodedPacket coded;
    coded.pts = packet_->pts != AV_NOPTS_VALUE ? packet_->pts : packet_->dts;
    coded.duration = packet_->duration;
    coded.position = packet_->pos;
    coded.size = static_cast<std::uint32_t>(packet_->size);
    coded.key = packet_->flags & AV_PKT_FLAG_KEY;
    coded.hidden = packet_->flags & AV_PKT_FLAG_DISCARD;
    coded.corrupt = packet_->flags & AV_PKT_FLAG_CORRUPT;
    const std::string_view bytes(reinterpret_cast<const char*>(packet_->data), coded.size);
    if (sniffed_.family == Family::stream && sniffed_.format != "mpegts" && !coded.corrupt)
      coded.damaged = is_damaged(codec, result_.packets.streams[static_cast<std::size_t>(packet_->stream_index)].unit_length_bytes, coded.size,
                                 [&](std::uint32_t from, std::uint32_t count) { return bytes.substr(from, count); });
    if (!prints) return coded;
    // Zeros at the end are the next start code's, or stuffing; no coded picture ends in one.
    const bool units = codec == "h264" || codec == "hevc";
    coded.print = print_of(units ? bytes.substr(0, bytes.find_last_not_of('\0') + 1) : bytes);
    if (coded.key) coded.parameters = parameters_of(bytes.substr(0, 512), codec, true);
    return coded;
  }

  // A stream of ADTS frames tells its rate in each; the demuxer leaves rate and times to a decoder, and none may be opened.
  void complete_sound(StreamFacts& facts, CodedPacket& coded) {
    const auto header = adts_header({reinterpret_cast<const char*>(packet_->data), coded.size});
    if (!header || !header->one_block) return;
    const auto& base = context_->streams[facts.index]->time_base;
    if (facts.sample_rate == 0) {
      facts.sample_rate = result_.packets.streams[static_cast<std::size_t>(facts.index)].sample_rate = header->rate;
      facts.channels = header->channels;
    }
    if (coded.duration <= 0) coded.duration = av_rescale_rnd(1024, base.den, std::int64_t{base.num} * header->rate, AV_ROUND_DOWN);
    if (coded.pts != AV_NOPTS_VALUE)
      sound_times_[facts.index] = {coded.pts, 0};
    else if (sniffed_.format == "aac")
      sound_times_.try_emplace(facts.index);
    const auto times = sound_times_.find(facts.index);
    if (times == sound_times_.end()) return;
    coded.pts = times->second.next(base.den / base.num, header->rate);
    ++times->second.frames;
  }

  // Gives its time.
  std::optional<std::int64_t> add(std::size_t index, const CodedPacket& coded) {
    const auto* stream = context_->streams[index];
    Timeline::Packet packet;
    packet.pts = microseconds(coded.pts, stream->time_base);
    packet.duration = std::max<std::int64_t>(0, microseconds(coded.duration, stream->time_base).value_or(0));
    if (const int rate = out_.streams[index].sample_rate; stream->codecpar->codec_id == AV_CODEC_ID_AAC && rate > 0)
      // One access unit; a container that stretches it to the next one hides a gap.
      packet.duration = std::min<std::int64_t>(packet.duration, 2048'000'000ll / rate);
    packet.key = coded.key;
    packet.discarded = coded.hidden;
    packet.corrupt = coded.corrupt;
    timelines_[index].add(packet);
    auto& log = result_.packets;
    const bool logged = examination_.depth != Depth::container && !tabled_[index], seen_whole = sniffed_.family == Family::stream;
    if (!logged || log.count >= PacketLog::most || !packet.pts) return packet.pts;
    log.streams[index].packets.push_back(
        {*packet.pts, coded.position, coded.print, coded.size, coded.parameters, coded.key, coded.hidden, seen_whole, coded.damaged});
    ++log.count;
    return packet.pts;
  }

  void check_pixels(const StreamFacts& facts) {
    if (static_cast<std::int64_t>(facts.width) * facts.height > limits_.pixels) result_.limit = "pixels";
  }

  std::string packet_message() {
    const auto size = std::min<std::int64_t>(packet_->size, message_search);
    if (passing_over_) return packet_->pos < 0 ? "" : encoder_message(input_.read_text(packet_->pos, size));
    return encoder_message({reinterpret_cast<const char*>(packet_->data), static_cast<std::size_t>(size)});
  }

  void finish() {
    std::optional<std::int64_t> from, to;
    for (std::size_t i = 0; i < out_.streams.size(); ++i) {
      auto& facts = out_.streams[i];
      result_.extents.push_back(timelines_[i].extent());
      timelines_[i].finish(facts);
      const bool played = facts.kind == StreamKind::video || facts.kind == StreamKind::audio;
      if (!played || !facts.first_pts || !facts.duration) continue;
      from = std::min(from.value_or(*facts.first_pts), *facts.first_pts);
      to = std::max(to.value_or(*facts.first_pts), *facts.first_pts + *facts.duration);
    }
    if (out_.duration && *out_.duration > 0) return;
    if (from) out_.duration = *to - *from;
    for (const auto& facts : out_.streams)
      if (!from && facts.duration) out_.duration = std::max(out_.duration.value_or(0), *facts.duration);
  }

  Input& input_;
  const Sniffed& sniffed_;
  const Structure& structure_;
  const Examination& examination_;
  const Limits& limits_;
  FootageFacts& out_;
  Source source_;
  AVFormatContext* context_ = nullptr;
  AVPacket* packet_ = nullptr;
  DemuxResult result_;
  std::vector<Timeline> timelines_;
  std::vector<bool> tabled_;  // streams whose packets a sample table has listed
  std::vector<int> looked_;
  std::map<int, SoundTimes> sound_times_;  // of streams of ADTS frames
  std::vector<CodedPackets> first_;  // of a file that may be walked; by stream
  std::int64_t missing_ = 0;
  std::vector<bool> incomplete_;  // the last packet of each stream
  bool passing_over_ = false;
  std::optional<Watch> watch_;
};

}  // namespace

DemuxResult demux(Input& input, const Sniffed& sniffed, const Structure& structure,
                  const Examination& examination, FootageFacts& out) {
  return Demuxer(input, sniffed, structure, examination, out).run();
}

}  // namespace jianlu::footage
