#include "adapters/footage/scan/fragments.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "adapters/footage/scan/bytes.h"

namespace jianlu::footage {
namespace {

// Fields one after the other; what is not there reads as zero and is remembered.
class Fields {
 public:
  explicit Fields(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t next(std::size_t count) {
    whole_ = whole_ && bytes_.size() >= count;
    if (!whole_) return 0;
    const auto value = big_endian(bytes_, 0, count);
    bytes_.remove_prefix(count);
    return value;
  }
  std::uint32_t word() { return static_cast<std::uint32_t>(next(4)); }
  std::uint32_t word_if(bool there, std::uint32_t otherwise) { return there ? word() : otherwise; }
  bool whole() const { return whole_; }
  std::size_t left() const { return bytes_.size(); }

 private:
  std::string_view bytes_;
  bool whole_ = true;
};

struct Defaults {
  std::uint32_t description = 1, duration = 0, size = 0, flags = 0;
};

class Walk {
 public:
  Walk(Input& input, const std::vector<int>& tracks, std::size_t most)
      : input_(input), tracks_(tracks), most_(most), samples_(tracks.size()), before_(tracks.size(), -1) {}

  bool defaults(const ByteRange& range) {
    return each_box(input_.view(range.from, range.to - range.from),
                    [&](std::string_view type, std::string_view body) {
                      if (type != "trex") return type == "mehd";
                      Fields fields(body.substr(std::min<std::size_t>(4, body.size())));
                      const auto id = static_cast<int>(fields.word());
                      Defaults of;
                      for (auto* to : {&of.description, &of.duration, &of.size, &of.flags})
                        *to = fields.word();
                      return fields.whole() && defaults_.emplace(id, of).second;
                    });
  }

  bool fragment(const Fragment& box) {
    fragment_ = end_of_run_ = box.start;
    return each_box(input_.view(box.body.from, box.body.to - box.body.from),
                    [&](std::string_view type, std::string_view body) {
                      return type == "traf" ? track(body) : type == "mfhd";
                    });
  }

  std::vector<std::vector<FragmentSample>> take() { return std::move(samples_); }

 private:
  template <typename Told>
  static bool each_box(std::string_view bytes, Told told) {
    while (!bytes.empty()) {
      if (bytes.size() < 8) return false;
      const auto size = big_endian(bytes, 0, 4);
      if (size < 8 || size > bytes.size()) return false;
      if (!told(bytes.substr(4, 4), bytes.substr(8, size - 8))) return false;
      bytes.remove_prefix(size);
    }
    return true;
  }

  bool track(std::string_view body) {
    index_ = tracks_.size();
    timed_ = false;
    return each_box(body, [&](std::string_view type, std::string_view box) {
      Fields fields(box);
      const auto head = fields.word();
      if (type == "tfhd") return index_ == tracks_.size() && header(head & 0xffffff, fields);
      if (index_ == tracks_.size()) return false;
      if (type == "tfdt") {
        decode_ = static_cast<std::int64_t>(fields.next(head >> 24 ? 8 : 4));
        return !std::exchange(timed_, true) && fields.whole() && decode_ >= 0 && decode_ < 1ll << 56;
      }
      return type == "trun" && timed_ && run(head & 0xffffff, fields);
    });
  }

  bool header(std::uint32_t flags, Fields& fields) {
    const auto id = static_cast<int>(fields.word());
    const auto of = defaults_.find(id);
    if (of == defaults_.end()) return false;
    index_ = static_cast<std::size_t>(std::find(tracks_.begin(), tracks_.end(), id) - tracks_.begin());
    base_ = flags & 0x1       ? static_cast<std::int64_t>(fields.next(8))
            : flags & 0x20000 ? fragment_
                              : end_of_run_;
    here_.description = fields.word_if(flags & 0x2, of->second.description);
    here_.duration = fields.word_if(flags & 0x8, of->second.duration);
    here_.size = fields.word_if(flags & 0x10, of->second.size);
    here_.flags = fields.word_if(flags & 0x20, of->second.flags);
    return fields.whole() && index_ < tracks_.size() && here_.description == 1 && base_ >= 0 &&
           base_ <= input_.size();
  }

  bool run(std::uint32_t flags, Fields& fields) {
    constexpr std::uint32_t not_sync = 0x10000, leans_on_others = 0x1000000;
    const auto entries = fields.word();
    auto at = base_ + static_cast<std::int32_t>(fields.word_if(flags & 0x1, 0));
    const auto first_flags = fields.word_if(flags & 0x4, here_.flags);
    auto& samples = samples_[index_];
    // What a sample states takes room in the box; one that states nothing must not be repeated for ever.
    if (!fields.whole() || (flags & 0x300) == 0 || entries > fields.left() / 4 || (count_ += entries) > most_)
      return false;
    for (std::uint32_t i = 0; i < entries; ++i) {
      const auto duration = fields.word_if(flags & 0x100, here_.duration);
      FragmentSample sample;
      sample.size = fields.word_if(flags & 0x200, here_.size);
      const auto own_flags = fields.word_if(flags & 0x400, i == 0 ? first_flags : here_.flags);
      const auto shift = static_cast<std::int32_t>(fields.word_if(flags & 0x800, 0));
      sample.time = decode_ + shift;
      sample.position = at;
      sample.key = !(own_flags & (not_sync | leans_on_others));
      if (!fields.whole() || shift < 0 || sample.size == 0 || at < 0 || at + sample.size > input_.size() ||
          decode_ <= before_[index_])
        return false;
      before_[index_] = decode_;
      samples.push_back(sample);
      at += sample.size;
      decode_ += duration;
    }
    end_of_run_ = at;
    return fields.left() == 0;
  }

  Input& input_;
  const std::vector<int>& tracks_;
  std::size_t most_, count_ = 0;
  std::vector<std::vector<FragmentSample>> samples_;
  std::vector<std::int64_t> before_;  // decoding times
  std::map<int, Defaults> defaults_;
  // Of the fragment and the track in it that are being read.
  std::int64_t fragment_ = 0, end_of_run_ = 0, base_ = 0, decode_ = 0;
  std::size_t index_ = 0;
  Defaults here_;
  bool timed_ = false;
};

}  // namespace

std::optional<std::vector<std::vector<FragmentSample>>> read_fragments(Input& input,
                                                                       const Structure& structure,
                                                                       const std::vector<int>& tracks,
                                                                       std::size_t most) {
  if (!structure.plain_fragments || structure.fragments.empty()) return std::nullopt;
  Walk walk(input, tracks, most);
  if (!walk.defaults(structure.extends)) return std::nullopt;
  for (const auto& fragment : structure.fragments)
    if (!walk.fragment(fragment)) return std::nullopt;
  return walk.take();
}

}  // namespace jianlu::footage
