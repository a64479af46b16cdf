#include "adapters/footage/probe/video_watch.h"

extern "C" {
#include <libavformat/avformat.h>
}

#include <algorithm>

#include "adapters/footage/probe/watch.h"

namespace jianlu::footage {
namespace {

// A track without key frames in sight is cut here, and all of it is decoded.
constexpr std::size_t most_packets = 1500, most_unsettled = 4;
constexpr std::int64_t most_weight = 48 << 20;

constexpr double near_mean = 4;     // two key frames of a picture that may stand
constexpr double alike_mean = 0.5;  // … whose packets between them do not tell
constexpr std::size_t early_packets = 5;

// … or of at most this share of what its neighbours cost, whose number levels it out.
constexpr std::int64_t tiny_share = 25, typical_memory = 32;

constexpr std::int64_t many_tiny = 8;  // one in so many: half of the shortest event, of which some are refined

constexpr std::size_t rhythm_memory = 200, least_rhythm = 3;
constexpr int still_side = 960;
constexpr std::size_t most_stills_bytes = 4 << 20;

// What a coded picture costs that only says "as before".
std::int64_t tiny(const AVCodecParameters& par) {
  const auto blocks = (par.width + 15) / 16 * std::int64_t((par.height + 15) / 16);
  const bool arithmetic =
      par.codec_id == AV_CODEC_ID_H264 || par.codec_id == AV_CODEC_ID_HEVC || par.codec_id == AV_CODEC_ID_VP9;
  return 40 + (arithmetic ? blocks * 3 / 100 : blocks / 4);
}

bool same_picture(const Frame& a, const Frame& b) {
  const auto d = difference(a.plane(), b.plane());
  return d.changed == 0 && d.mean <= 0.1;
}

}  // namespace

VideoWatch::VideoWatch(const AVStream& stream, const Examination& examination, Packets packets,
                       TextReader* reader, bool stills)
    : watching_(examination.watching),
      stream_(stream.index),
      time_base_(stream.time_base),
      packets_(std::move(packets)),
      alone_(*stream.codecpar, stream.time_base, examination.limits.pixels, true),
      turn_(*stream.codecpar, stream.time_base, examination.limits.pixels, false),
      events_(examination.watching, stream.index),
      every_frame_(examination.every_frame),
      sampling_((watching_.pictures || reader) && !examination.every_frame),
      tiny_(tiny(*stream.codecpar)) {
  if (reader) clock_.emplace(*reader, stream.index);
  if (stills) wanted_ = watching_.stills;
}

void VideoWatch::take(const AVPacket& packet, std::optional<std::int64_t> time) {
  auto kept = packets_.keep(packet, time);
  const auto at = time.value_or(current_ ? current_->end : 0);
  if (!(packet.flags & AV_PKT_FLAG_DISCARD)) begin_ = std::min(begin_, at);
  const bool off_rhythm = kept.key && rhythm_breaks();
  if (!kept.key && since_key_ > 0) ++since_key_;
  const bool hidden = packet.flags & AV_PKT_FLAG_DISCARD;
  // Two samples for the shortest event; one where the packets between them tell of a picture that stands.
  const auto step = current_ && current_->only_keys ? watching_.shortest / 2 : watching_.shortest;
  Sample seen;
  bool starts = kept.key && !hidden && (!current_ || off_rhythm || at - current_->start >= step);
  if (starts && sampling_) {
    seen = sample(kept);
    // What is marked as a key frame and needs those before it, or the field after it, parts nothing.
    if (!seen.whole && current_) {
      current_->doubt = true;
      starts = false;
    }
  }
  if (starts) {
    Stretch next;
    next.start = next.end = at;
    next.doubt = off_rhythm || (sampling_ && !seen.whole);
    next.first = std::move(seen.frame);
    next.dark = dark(next.first);
    if (current_ && off_rhythm) {
      current_->doubt = true;
      off_rhythm_.push_back(at);
    }
    begin(std::move(next));
  } else if (current_ && (current_->packets.size() >= most_packets || current_->weight >= most_weight)) {
    current_->doubt = true;
    Stretch next;
    next.start = next.end = at;
    next.doubt = true;
    begin(std::move(next));
  }
  if (!current_) return;  // before the first key frame nothing can be decoded
  if (!kept.key) {
    current_->only_keys = false;
    const bool tiny = kept.size <= std::max(tiny_, typical_ / tiny_share);
    if (tiny) current_->tiny.push_back(current_->packets.size());
    if (tiny && current_->packets.size() < early_packets) current_->begins_tiny = true;
    if (!tiny) typical_ += (kept.size - typical_) / typical_memory;
  }
  current_->weight += packets_.weight(kept);
  const auto duration = av_rescale_q(std::max<std::int64_t>(packet.duration, 0), time_base_, {1, 1'000'000});
  current_->end = std::max(current_->end, at + duration);
  end_ = std::max(end_, current_->end);
  current_->packets.push_back(std::move(kept));
}

// A key frame that comes earlier than those before it let expect.
bool VideoWatch::rhythm_breaks() {
  const int length = since_key_;
  since_key_ = 1;
  if (length == 0) return false;
  auto sorted = rhythm_;
  std::sort(sorted.begin(), sorted.end());
  const bool known = sorted.size() >= least_rhythm;
  const int usual = known ? sorted[sorted.size() / 2] : 0;
  const auto regular =
      std::count_if(sorted.begin(), sorted.end(), [&](int n) { return std::abs(n - usual) <= 1; });
  if (rhythm_.size() < rhythm_memory) rhythm_.push_back(length);
  return known && length < usual - 1 && regular * 5 >= static_cast<std::ptrdiff_t>(sorted.size()) * 4;
}

VideoWatch::Sample VideoWatch::sample(const KeptPacket& key) {
  Sample out;
  const auto* packet = packets_.fetch(key);
  if (!packet) return out;
  const auto keep = [&](const AVFrame& f) {
    if (!out.whole) out = {Frame(f, time_base_), f.key_frame || f.pict_type == AV_PICTURE_TYPE_I};
    ++decoded_;
  };
  alone_.send(*packet, keep);
  alone_.drain(keep);
  return out;
}

bool VideoWatch::dark(const Frame& frame) const {
  return frame && is_dark(frame.plane(), watching_.black_level, watching_.black_share);
}

void VideoWatch::begin(Stretch&& next) {
  const bool breaks = next.first && clock_ && clock_->look(next.start, next.first.plane());
  if (current_) {
    current_->doubt = current_->doubt || breaks;
    judge(*current_, next.first ? &next : nullptr);
    if (breaks)
      for (auto& stretch : waiting_) stretch.doubt = true;
    waiting_.push_back(std::move(*current_));
    // The stretch after it has a say in whether one is decoded; a clock that is not sure yet, a few more.
    const std::size_t kept = clock_ && clock_->unsettled() ? most_unsettled : 1;
    while (waiting_.size() > kept) settle_first();
  }
  current_ = std::move(next);
}

// Whether the key frames at both ends, the sizes between them, or the caller ask for all of a stretch.
void VideoWatch::judge(Stretch& stretch, const Stretch* next) {
  if (every_frame_) stretch.doubt = true;
  for (const auto time : wanted_)
    if (time >= stretch.start && time <= stretch.end) stretch.doubt = true;
  if (stretch.doubt || !watching_.pictures || !stretch.first) return;
  const auto packets = static_cast<std::int64_t>(stretch.packets.size()), tiny = static_cast<std::int64_t>(stretch.tiny.size());
  const bool from_dark = stretch.dark, to_dark = next ? next->dark : from_dark;
  stretch.event = from_dark != to_dark;
  stretch.darkens = !from_dark && to_dark;
  if (from_dark && to_dark) return;
  if (next) {
    const auto change = difference(stretch.first.plane(), next->first.plane()).mean;
    stretch.still = (change <= near_mean && tiny * 2 >= packets) ||
                    (change <= alike_mean && repeats_early(stretch));
  }
  // Enough of it may stand for an event, or the part of one that reaches into its neighbours.
  const auto tiny_time = (stretch.end - stretch.start) * tiny / packets;
  if (!from_dark && !to_dark && tiny_time * 2 >= watching_.shortest) stretch.still = true;
  // Many packets that hold next to nothing, where others do not: whatever the rest of them weigh.
  const bool many = tiny * many_tiny >= packets;
  if (many && !from_dark && !to_dark && stretches_of_tiny_ * 2 <= stretches_) stretch.still = true;
  ++stretches_;
  stretches_of_tiny_ += many;
  if (stretch.still || tiny_time * 2 >= watching_.shortest) stretch.event = true;
}

// Whether the first pictures after the key frame repeat it, whatever they weigh.
bool VideoWatch::repeats_early(const Stretch& stretch) {
  Frame before;
  bool repeats = false;
  const auto compare = [&](const AVFrame& f) {
    Frame frame(f, time_base_);
    repeats = repeats || (before && frame && same_picture(before, frame));
    before = std::move(frame);
    ++decoded_;
  };
  for (std::size_t i = 0; i < std::min(early_packets, stretch.packets.size()); ++i)
    if (const auto* packet = packets_.fetch(stretch.packets[i])) alone_.send(*packet, compare);
  alone_.drain(compare);
  return repeats;
}

void VideoWatch::settle_first() {
  const auto stretch = std::move(waiting_.front());
  waiting_.pop_front();
  const bool before_a_still = !waiting_.empty() && waiting_.front().still;
  // A picture that stands into this stretch leaves nothing for its first packets to say.
  const bool after_a_still = before_still_ && (stretch.begins_tiny || stretch.only_keys || !stretch.first);
  if (stretch.doubt || stretch.event || before_a_still || after_a_still) {
    decode(stretch);
  } else {
    const bool turned = turning_;
    leave();
    longest_ = std::max(longest_, stretch.end - stretch.start);
    std::optional<Difference> since;
    if (turned && before_ && stretch.first) since = difference(before_.plane(), stretch.first.plane());
    if (watching_.pictures && stretch.first) events_.add({stretch.start, stretch.dark, true, false, since, std::nullopt});
  }
  before_still_ = stretch.still;
}

// Whether all of a stretch is wanted, though what happens in it may be over before: the next one goes on from there.
bool VideoWatch::to_its_end(const Stretch& stretch) const {
  if (stretch.doubt || !wanted_.empty() || waiting_.empty()) return true;
  const auto& next = waiting_.front();
  return next.doubt || next.event || next.still || next.dark || !next.first;
}

// The key frame to begin with where a stretch ends dark: the last one of those in it that is not, unless something stands before.
std::size_t VideoWatch::last_bright(const Stretch& stretch) {
  std::size_t from = 0;
  for (std::size_t i = 1; i < stretch.packets.size() && (stretch.tiny.empty() || i < stretch.tiny.front()); ++i) {
    if (!stretch.packets[i].key || !stretch.packets[i].time) continue;
    const auto seen = sample(stretch.packets[i]);
    if (!seen.whole || dark(seen.frame)) break;
    from = i;
  }
  return from;
}

void VideoWatch::decode(const Stretch& stretch) {
  const bool to_end = to_its_end(stretch);
  read_clock_ = stretch.doubt;  // what its key frames say of the clock is known
  std::size_t from = 0;
  if (!turning_) {
    if (stretch.darkens && !stretch.doubt && !stretch.still && !stretch.only_keys) from = last_bright(stretch);
    before_ = Frame();
    key_ = Frame();
    not_before_ = from > 0 ? *stretch.packets[from].time : stretch.start;
    turning_ = true;
  }
  for (auto i = from; i < stretch.packets.size(); ++i) {
    // What is left is as good as a stretch that was not decoded, and too short for an event.
    const bool over = before_ && events_.moving() && (stretch.tiny.empty() || i > stretch.tiny.back()) &&
                      stretch.end - before_.time() <= watching_.shortest;
    if (over && !to_end) return leave();
    if (const auto* packet = packets_.fetch(stretch.packets[i]))
      if (!turn_.send(*packet, [this](const AVFrame& frame) { take_frame(frame); }))
        errors_.add(stretch.packets[i].time.value_or(stretch.start));
  }
}

// The next stretch is not decoded.
void VideoWatch::leave() {
  if (!turning_) return;
  turn_.drain([this](const AVFrame& frame) { take_frame(frame); });
  turning_ = false;
}

void VideoWatch::take_frame(const AVFrame& decoded) {
  Frame frame(decoded, time_base_);
  // Before it, pictures lean on others that were not decoded.
  if (has_errors(decoded) && frame.time() >= *not_before_) errors_.add(frame.time());
  seen(std::move(frame));
}

void VideoWatch::seen(Frame&& frame) {
  ++decoded_;
  if (!frame || frame.time() < *not_before_) return;
  if (watching_.pictures) {
    const bool off_rhythm =
        frame.key() && std::find(off_rhythm_.begin(), off_rhythm_.end(), frame.time()) != off_rhythm_.end();
    std::optional<Difference> since;
    if (before_) since = difference(before_.plane(), frame.plane());
    std::optional<Difference> anew;
    if (frame.key() && key_) anew = difference(key_.plane(), frame.plane());
    if (frame.key()) key_ = frame.copy();
    events_.add({frame.time(), dark(frame), frame.key(), off_rhythm, since, anew});
  }
  if (clock_ && read_clock_) clock_->look(frame.time(), frame.plane());
  keep_stills(&frame);
  before_ = std::move(frame);
}

// Those that the frame before shows, now that `next` comes after it, or nothing does.
void VideoWatch::keep_stills(const Frame* next) {
  while (!wanted_.empty() && (!next || wanted_.front() < next->time())) {
    const auto& shown = before_ ? before_ : *next;
    if (!shown || stills_bytes_ > most_stills_bytes) return;
    stills_.push_back({shown.time(), stream_, base64(shown.jpeg(still_side))});
    stills_bytes_ += stills_.back().jpeg.size();
    wanted_.erase(wanted_.begin());
  }
}

void VideoWatch::finish(FootageFacts& out) {
  if (current_) {
    judge(*current_, nullptr);
    waiting_.push_back(std::move(*current_));
    current_.reset();
  }
  while (!waiting_.empty()) {
    // After the last key frame nothing else would look.
    auto& stretch = waiting_.front();
    const bool ends_dark = watching_.pictures && stretch.dark;
    if (waiting_.size() == 1 && (ends_dark || !wanted_.empty() || (clock_ && (clock_->disagrees() || clock_->unsettled()))))
      stretch.doubt = true;
    settle_first();
  }
  leave();
  if (before_) keep_stills(nullptr);
  if (watching_.pictures) {
    events_.finish(end_, out.observed);
    detect(out, Event::black, std::max(watching_.shortest, longest_));
    detect(out, Event::frozen, std::max(watching_.shortest + PictureEvents::refining, 2 * longest_));
  }
  if (clock_)
    if (const auto widest = clock_->finish(begin_, end_, out.clock)) detect(out, Event::clock_step, std::max(*widest, ClockWatch::shortest_step));
  out.stills.insert(out.stills.end(), stills_.begin(), stills_.end());
  out.frames_decoded += decoded_;
}

}  // namespace jianlu::footage
