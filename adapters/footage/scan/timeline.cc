#include "adapters/footage/scan/timeline.h"

#include <algorithm>
#include <iterator>

namespace jianlu::footage {
namespace {
constexpr std::size_t reorder_window = 32;  // field-coded pictures double the 16 frames
}

void Timeline::add(const Packet& packet) {
  ++packets_;
  key_frames_ += packet.key;
  corrupt_ += packet.corrupt;
  discarded_ += packet.discarded;
  if (packet.discarded || !packet.pts) return;
  const auto pts = *packet.pts;
  // Pictures shown before the first key frame but coded after it lean on one that is not in the file.
  if (frames_ && packets_ == 1 && packet.key) earliest_ = pts;
  if (pts < earliest_) return;
  first_ = std::min(first_.value_or(pts), pts);
  last_ = std::max(last_.value_or(pts), pts);
  end_ = std::max(end_.value_or(pts), pts + packet.duration);
  ++shown_;
  auto place = reorder_.end();  // most packets come as they are presented
  while (place != reorder_.begin() && std::prev(place)->pts > pts) --place;
  reorder_.insert(place, {pts, packet.duration});
  if (reorder_.size() > reorder_window) {
    present(reorder_.front());
    reorder_.pop_front();
  }
}

void Timeline::present(const Shown& next) {
  if (before_) {
    const auto start = frames_ ? before_->pts : before_->pts + before_->duration;
    const auto step = next.pts - start;
    longest_ = std::max(longest_, frames_ ? step : next.pts - before_->pts);
    if (step > threshold_) {
      ++gap_count_;
      if (gaps_.size() < max_gaps) gaps_.push_back({start, step});
    }
  }
  if (!before_ || next.pts >= before_->pts) before_ = next;
}

void Timeline::finish(StreamFacts& out) {
  for (const auto& shown : reorder_) present(shown);
  reorder_.clear();
  out.packets = packets_;
  out.key_frames = key_frames_;
  out.discarded = discarded_;
  out.corrupt = corrupt_;
  out.first_pts = first_;
  out.last_pts = last_;
  out.longest_step = longest_;
  out.gaps = std::move(gaps_);
  out.gap_count = gap_count_;
  if (!out.duration && first_) {
    out.duration = *end_ - *first_;
    out.duration_measured = true;
  }
  if (frames_ && shown_ > 1 && *last_ > *first_)
    out.frame_rate = static_cast<double>(shown_ - 1) * 1e6 / static_cast<double>(*last_ - *first_);
}

}  // namespace jianlu::footage
