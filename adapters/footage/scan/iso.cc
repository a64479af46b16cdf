#include <algorithm>
#include <optional>

#include "adapters/footage/scan/bytes.h"
#include "adapters/footage/scan/signature.h"
#include "adapters/footage/scan/structure.h"

namespace jianlu::footage {
namespace {

constexpr int max_boxes = 200'000;  // an hour of one-second fragments has 7,200
constexpr int max_depth = 8;
constexpr std::int64_t max_text = 64 * 1024;

struct Box {
  std::string type;
  std::int64_t start = 0, body = 0, end = 0;  // `end` as declared, it may lie beyond the file
};

class Walk {
 public:
  explicit Walk(Input& input) : input_(input) {}

  Structure run() {
    Layout layout;
    for (std::int64_t at = 0; at < input_.size();) {
      const auto box = read_box(at, input_.size());
      if (!box) {
        if (at > 0) layout.add("?");
        break;
      }
      layout.add(box->type);
      signature_.open(box->type);
      top_level(*box);
      signature_.close();
      at = box->end;
    }
    out_.layout = layout.text();
    out_.signature = signature_.text();
    return std::move(out_);
  }

 private:
  std::optional<Box> read_box(std::int64_t at, std::int64_t limit) {
    if (++boxes_ > max_boxes) {
      out_.over_limit = "boxes";
      return std::nullopt;
    }
    const auto head = input_.read_text(at, std::min<std::int64_t>(16, limit - at));
    if (head.size() < 8) return std::nullopt;
    Box box{printable(head.substr(4, 4)), at, at + 8, 0};
    std::uint64_t size = big_endian(head, 0, 4);
    if (size == 1) {
      if (head.size() < 16) return std::nullopt;
      size = big_endian(head, 8, 8);
      box.body = at + 16;
    } else if (size == 0) {
      size = limit - at;
    }
    if (size > (1ull << 62) || static_cast<std::int64_t>(size) < box.body - at) return std::nullopt;
    box.end = at + static_cast<std::int64_t>(size);
    return box;
  }

  void top_level(const Box& box) {
    const auto present = std::min(box.end, input_.size());
    if (box.type == "ftyp") {
      const auto brands = input_.read_text(box.body, std::min<std::int64_t>(present - box.body, 256));
      out_.major_brand = trimmed(brands.substr(0, 4));
      for (std::size_t at = 0; at + 4 <= brands.size(); at += 4)
        if (at != 4) signature_.note(printable(brands.substr(at, 4)));
    } else if (box.type == "mdat") {
      out_.payload.push_back({box.body, present});
      out_.payload_present += std::max<std::int64_t>(0, present - box.body);
      out_.payload_missing += box.end - present;
    } else if (box.type == "moof") {
      out_.fragmented = true;
      out_.plain_fragments = out_.plain_fragments && out_.has_index && box.end <= input_.size();
      out_.fragments.push_back({box.start, {box.body, box.end}});
      out_.payload_missing += box.end - present;  // what it would have placed with it
    } else if (box.type == "moov" && box.end <= input_.size() && !out_.has_index) {
      out_.has_index = true;
      children(box, 1);
    } else {
      if (box.type != "free" && box.type != "skip" && box.type != "mfra") out_.plain_fragments = false;
      if (box.type == "uuid") keep_text("uuid", box);
    }
  }

  void children(const Box& parent, int depth) {
    if (depth > max_depth) return;
    std::int64_t at = parent.body;
    if (parent.type == "meta" && input_.read_text(at, 4) == std::string(4, '\0')) at += 4;
    while (at + 8 <= parent.end) {
      const auto box = read_box(at, parent.end);
      if (!box || box->end > parent.end) return;
      signature_.open(box->type);
      child(*box, parent, depth);
      signature_.close();
      at = box->end;
    }
  }

  // Of boxes whose contents count as text: which ones there are.
  void names(const Box& parent) {
    std::int64_t at = parent.body;
    if (parent.type == "uuid") return;
    if (parent.type == "meta" && input_.read_text(at, 4) == std::string(4, '\0')) at += 4;
    while (at + 8 <= parent.end) {
      const auto box = read_box(at, parent.end);
      if (!box || box->end > parent.end) return;
      signature_.open(box->type);
      signature_.close();
      at = box->end;
    }
  }

  void child(const Box& box, const Box& parent, int depth) {
    const auto& t = box.type;
    if (t == "trak") {
      out_.tracks.emplace_back();
      media_scale_ = 0;
      raw_edits_.clear();
      children(box, depth + 1);
      finish_track();
    } else if (t == "mdia" || t == "minf" || t == "stbl" || t == "edts") {
      children(box, depth + 1);
    } else if (t == "mvhd") {
      movie_scale_ = scale(box);
      keep_time("mvhd", box);
    } else if (t == "mvex") {
      out_.fragmented = true;
      out_.extends = {box.body, box.end};
    } else if (t == "udta" || t == "meta" || t == "uuid") {
      keep_text(parent.type + "/" + t, box);
      names(box);
    } else if (!out_.tracks.empty()) {
      track_box(box, parent);
    }
  }

  void table_box(const Box& box, Tables& to) {
    const ByteRange range{box.body, box.end};
    if (box.type == "stts") to.times = range;
    if (box.type == "ctts") to.offsets = range;
    if (box.type == "stss") to.keys = range;
    if (box.type == "stsc") to.chunks = range;
    if (box.type == "stsz" || box.type == "stz2") to.sizes = range, to.compact_sizes = box.type == "stz2";
    if (box.type == "stco" || box.type == "co64")
      to.chunk_offsets = range, to.wide_offsets = box.type == "co64";
  }

  void track_box(const Box& box, const Box& parent) {
    auto& track = out_.tracks.back();
    if (parent.type == "stbl" && box.type != "stsd") return table_box(box, track.tables);
    const auto body = input_.read_text(box.body, std::min<std::int64_t>(box.end - box.body, 4096));
    const bool wide = !body.empty() && body[0] == 1;
    if (box.type == "tkhd" && body.size() >= 24) {
      track.id = static_cast<int>(big_endian(body, wide ? 20 : 12, 4));
      keep_time("tkhd " + std::to_string(track.id), box);
    } else if (box.type == "mdhd") {
      media_scale_ = track.time_scale = scale(box);
      keep_time("mdhd " + std::to_string(track.id), box);
    } else if (box.type == "hdlr" && parent.type == "mdia" && body.size() >= 12) {
      track.kind = printable(body.substr(8, 4));
      signature_.note(track.kind);
      if (body.size() > 24) signature_.note(run_at(trimmed(body.substr(24)), 0, 60));
    } else if (box.type == "stsd" && body.size() >= 16) {
      track.descriptions = static_cast<int>(std::min<std::uint64_t>(big_endian(body, 4, 4), 1000));
      track.coding = printable(body.substr(12, 4));
      signature_.note(track.coding);
      if (track.kind == "vide" && body.size() >= 44) {
        track.width = static_cast<int>(big_endian(body, 40, 2));
        track.height = static_cast<int>(big_endian(body, 42, 2));
      }
    } else if (box.type == "elst" && body.size() >= 8) {
      const std::size_t step = wide ? 20 : 12;
      for (std::size_t at = 8; at + step <= body.size() && raw_edits_.size() < 64; at += step) {
        const std::size_t width = wide ? 8 : 4;
        const auto start = big_endian(body, at + width, width);
        raw_edits_.push_back({static_cast<std::int64_t>(big_endian(body, at, width)),
                              wide ? static_cast<std::int64_t>(start) : static_cast<std::int32_t>(start)});
      }
    }
  }

  std::int64_t scale(const Box& box) {
    const auto body = input_.read_text(box.body, 24);
    if (body.size() < 24) return 0;
    const auto per_second = static_cast<std::int64_t>(big_endian(body, body[0] == 1 ? 20 : 12, 4));
    signature_.note(std::to_string(per_second));
    return per_second;
  }

  void keep_time(std::string place, const Box& box) {
    const auto body = input_.read_text(box.body, 20);
    if (body.size() < 20 || out_.times.size() >= 64) return;
    constexpr std::int64_t from_1904 = 2'082'844'800;
    const std::size_t width = body[0] == 1 ? 8 : 4;
    const auto made = static_cast<std::int64_t>(big_endian(body, 4, width));
    const auto modified = static_cast<std::int64_t>(big_endian(body, 4 + width, width));
    if (made == 0) return;
    out_.times.push_back({std::move(place), box.start, made - from_1904, std::nullopt});
    if (modified > 0) out_.times.back().modified = modified - from_1904;
  }

  void finish_track() {
    for (const auto& [length, start] : raw_edits_) {
      EditSpan span{microseconds(length, movie_scale_), std::nullopt};
      if (start >= 0) span.media_start = microseconds(start, media_scale_);
      out_.tracks.back().edits.push_back(span);
    }
  }

  static std::int64_t microseconds(std::int64_t value, std::int64_t per_second) {
    if (per_second <= 0) return 0;
    return static_cast<std::int64_t>(static_cast<long double>(value) * 1e6L / per_second + 0.5L);
  }

  void keep_text(std::string place, const Box& box) {
    if (out_.texts.size() >= 64) return;
    const auto length = std::min({box.end, input_.size(), box.body + max_text}) - box.body;
    out_.texts.push_back({std::move(place), box.body, input_.read_text(box.body, length)});
  }

  struct RawEdit {
    std::int64_t length, start;
  };
  Input& input_;
  Structure out_;
  Signature signature_;
  int boxes_ = 0;
  std::int64_t movie_scale_ = 0, media_scale_ = 0;
  std::vector<RawEdit> raw_edits_;
};

}  // namespace

Structure read_iso(Input& input) { return Walk(input).run(); }

}  // namespace jianlu::footage
