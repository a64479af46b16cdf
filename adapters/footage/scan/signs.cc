#include "adapters/footage/scan/signs.h"

#include <algorithm>

#include "adapters/footage/scan/bytes.h"
#include "adapters/footage/scan/marks.h"

namespace jianlu::footage {
namespace {

constexpr std::int64_t saved_later_slack = 10'000'000;  // beyond the recording's own length

struct Found {
  const Mark* mark;
  std::string place, run;
  std::optional<std::int64_t> offset;
};

class Signs {
 public:
  Signs(const Structure& structure, FootageFacts& facts) : structure_(structure), facts_(facts) {}

  void of_footage() {
    of_texts();  // first, because they give the place in the file
    for (const auto& [key, value] : facts_.tags) {
      look(key, value, std::nullopt);
      if (std::find(device_tags.begin(), device_tags.end(), key) != device_tags.end())
        add(SignKind::device_marks, key + "=" + value);
    }
    for (const auto& s : facts_.streams) {
      look("stream " + std::to_string(s.index) + " handler", s.handler, std::nullopt);
      look("stream " + std::to_string(s.index) + " encoder", s.encoder, std::nullopt);
    }
    for (const auto& s : facts_.streams) of_stream(s);
    for (const auto& t : structure_.tracks)
      if (t.descriptions > 1 && (t.kind == "vide" || t.kind == "soun"))
        add(SignKind::several_descriptions,
            {"第 " + std::to_string(t.id) + " 轨：" + std::to_string(t.descriptions) + " 种编码描述",
             "track " + std::to_string(t.id) + ": " + std::to_string(t.descriptions) + " sample descriptions"});
    of_times();
    of_box_times();
    named();
    read_together(facts_);
  }

  void of_photo() {
    of_texts();
    named();
    read_together(facts_);
  }

 private:
  void add(SignKind kind, diag::Words evidence, std::optional<std::int64_t> offset = std::nullopt,
           std::optional<std::int64_t> time = std::nullopt) {
    if (facts_.signs.size() < 200) facts_.signs.push_back(make_sign(kind, std::move(evidence), offset, time));
  }

  void look(const std::string& place, std::string_view text, std::optional<std::int64_t> base) {
    for (const auto& mark : marks)
      if (const auto at = text.find(mark.needle); at != text.npos) {
        const bool seen = std::any_of(found_.begin(), found_.end(),
                                      [&](const Found& f) { return f.mark->name == mark.name; });
        if (seen) continue;
        auto run = run_at(text, at, 120);
        if (run.empty()) run = mark.needle;  // a needle outside ASCII
        found_.push_back(
            {&mark, place, std::move(run), base ? std::optional(*base + std::int64_t(at)) : std::nullopt});
      }
  }

  void of_texts() {
    for (const auto& t : structure_.texts) {
      look(t.place, t.bytes, t.offset);
      if (const auto at = t.bytes.find("<x:xmpmeta"); at != std::string::npos)
        add(SignKind::metadata_added, {t.place + "：XMP 数据", t.place + ": XMP packet"}, t.offset + std::int64_t(at));
    }
  }

  void of_stream(const StreamFacts& s) {
    // What wrote the coded stream names itself in it, or the container does.
    const auto& program = s.encoder_message.empty() && s.encoder.find("Lavc") != std::string::npos ? s.encoder : s.encoder_message;
    if (!program.empty())
      add(SignKind::software_encoder, at_stream(s.index, program.substr(0, 100), program.substr(0, 100)), std::nullopt, s.first_pts);
    const bool listed = std::any_of(facts_.signs.begin(), facts_.signs.end(),
                                    [](const Sign& sign) { return sign.kind == SignKind::hidden_video; });
    if (s.kind == StreamKind::video && s.discarded > 0 && !listed)
      add(SignKind::hidden_video,
          at_stream(s.index, "存有 " + std::to_string(s.packets) + " 帧，其中 " + std::to_string(s.discarded) + " 帧被编辑列表隐藏",
                    std::to_string(s.discarded) + " of " + std::to_string(s.packets) + " stored frames hidden by the edit list"),
          std::nullopt, s.first_pts);
  }

  static std::string apart(std::int64_t seconds) { return std::to_string(std::abs(seconds)); }

  void of_box_times() {
    const auto& times = structure_.times;
    const auto slack = facts_.duration.value_or(0) / 1'000'000 + 10;
    for (std::size_t i = 1; i < times.size(); ++i)
      if (std::abs(times[i].seconds - times[0].seconds) > slack)
        return add(SignKind::times_disagree,
                   {times[0].place + " 与 " + times[i].place + " 的创建时间相差 " + apart(times[i].seconds - times[0].seconds) + " 秒",
                    times[0].place + " and " + times[i].place + " were made " + apart(times[i].seconds - times[0].seconds) + " s apart"},
                   times[0].offset);
    for (const auto& t : times)
      if (t.modified && *t.modified + slack < t.seconds)
        return add(SignKind::times_disagree,
                   {t.place + " 的修改时间比创建时间早 " + apart(t.seconds - *t.modified) + " 秒",
                    t.place + " was changed " + apart(t.seconds - *t.modified) + " s before it was made"},
                   t.offset);
  }

  void of_times() {
    const StatedTime* container = nullptr;
    for (const auto& t : facts_.times) {
      if (t.trust == TimeTrust::implausible) add(SignKind::default_clock, t.source + "=" + t.text);
      if (t.trust == TimeTrust::utc_claimed && !container) container = &t;
      if (t.trust == TimeTrust::zone_stated && container && t.instant && container->instant) {
        const auto later = *container->instant - *t.instant;
        if (-later > facts_.duration.value_or(0) + saved_later_slack)
          add(SignKind::times_disagree, {container->source + " 比 " + t.source + "=" + t.text + " 早 " + apart(later / 1'000'000) + " 秒",
                                         container->source + " is " + apart(later / 1'000'000) + " s before " + t.source + "=" + t.text});
        if (later > facts_.duration.value_or(0) + saved_later_slack)
          add(SignKind::saved_later, {container->source + " 比 " + t.source + "=" + t.text + " 晚 " + apart(later / 1'000'000) + " 秒",
                                      container->source + " is " + apart(later / 1'000'000) + " s after " + t.source + "=" + t.text});
      }
    }
  }

  void named() {
    const Found* library = nullptr;
    for (const auto& f : found_)
      if (f.mark->kind == MarkKind::library) library = &f;
    for (const auto& f : found_) {
      const auto evidence = std::string(f.mark->name) + ", " + f.place + ": " + f.run;
      if (f.mark->kind == MarkKind::editor) {
        add(SignKind::editor_named, evidence, f.offset);
      } else if (f.mark->kind == MarkKind::library) {
        if (&f == library) add(SignKind::container_library, evidence, f.offset);
      } else {
        add(SignKind::device_marks, evidence, f.offset);
        if (library)
          add(SignKind::device_names_in_foreign_container,
              {evidence + "；可是 " + std::string(library->mark->name) + ", " + library->place + ": " + library->run,
               evidence + "; yet " + std::string(library->mark->name) + ", " + library->place + ": " + library->run},
              f.offset);
      }
    }
  }

  const Structure& structure_;
  FootageFacts& facts_;
  std::vector<Found> found_;
};

}  // namespace

void read_signs(const Structure& structure, FootageFacts& facts) { Signs(structure, facts).of_footage(); }

void read_photo_signs(const Structure& structure, FootageFacts& facts) { Signs(structure, facts).of_photo(); }

}  // namespace jianlu::footage
