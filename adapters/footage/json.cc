#include "adapters/footage/json.h"

#include <nlohmann/json.hpp>

namespace jianlu::footage {
namespace {

using Json = nlohmann::ordered_json;

template <typename T>
void put(Json& to, const char* key, const std::optional<T>& value) {
  if (value) to[key] = *value;
}

template <typename T>
std::optional<T> maybe(const Json& from, const char* key) {
  auto it = from.find(key);
  if (it == from.end()) return std::nullopt;
  return it->get<T>();
}

template <typename T>
T need(std::optional<T> value) {
  if (!value) throw std::out_of_range("unknown id");
  return *value;
}

Json stream_json(const StreamFacts& s) {
  Json j{{"index", s.index}, {"kind", wording(s.kind).id}, {"codec", s.codec}};
  if (s.kind == StreamKind::video)
    j.update({{"width", s.width}, {"height", s.height}, {"frame_rate", s.frame_rate}});
  if (s.kind == StreamKind::audio) j.update({{"sample_rate", s.sample_rate}, {"channels", s.channels}});
  put(j, "first_pts_us", s.first_pts);
  put(j, "last_pts_us", s.last_pts);
  put(j, "duration_us", s.duration);
  j.update({{"duration_measured", s.duration_measured},
            {"packets", s.packets},
            {"key_frames", s.key_frames},
            {"discarded", s.discarded},
            {"missing", s.missing},
            {"corrupt", s.corrupt},
            {"longest_step_us", s.longest_step},
            {"gap_count", s.gap_count}});
  j["gaps"] = Json::array();
  for (const auto& g : s.gaps) j["gaps"].push_back({{"start_us", g.start}, {"length_us", g.length}});
  j["edits"] = Json::array();
  for (const auto& e : s.edits) {
    Json edit{{"duration_us", e.duration}};
    put(edit, "media_start_us", e.media_start);
    j["edits"].push_back(std::move(edit));
  }
  j.update({{"handler", s.handler}, {"encoder", s.encoder}, {"encoder_message", s.encoder_message}});
  return j;
}

StreamFacts stream_from(const Json& j) {
  StreamFacts s;
  s.index = j.at("index");
  s.kind = need(stream_kind_of(j.at("kind").get<std::string>()));
  s.codec = j.at("codec");
  s.width = j.value("width", 0);
  s.height = j.value("height", 0);
  s.frame_rate = j.value("frame_rate", 0.0);
  s.sample_rate = j.value("sample_rate", 0);
  s.channels = j.value("channels", 0);
  s.first_pts = maybe<std::int64_t>(j, "first_pts_us");
  s.last_pts = maybe<std::int64_t>(j, "last_pts_us");
  s.duration = maybe<std::int64_t>(j, "duration_us");
  s.duration_measured = j.at("duration_measured");
  s.packets = j.at("packets");
  s.key_frames = j.at("key_frames");
  s.discarded = j.at("discarded");
  s.missing = j.at("missing");
  s.corrupt = j.at("corrupt");
  s.longest_step = j.at("longest_step_us");
  s.gap_count = j.at("gap_count");
  for (const auto& g : j.at("gaps")) s.gaps.push_back({g.at("start_us"), g.at("length_us")});
  for (const auto& e : j.at("edits"))
    s.edits.push_back({e.at("duration_us"), maybe<std::int64_t>(e, "media_start_us")});
  s.handler = j.at("handler");
  s.encoder = j.at("encoder");
  s.encoder_message = j.at("encoder_message");
  return s;
}

FootageFacts facts_from(const Json& j) {
  FootageFacts f;
  f.verdict = need(verdict_of(j.at("verdict").get<std::string>()));
  f.reason = j.at("reason");
  f.reason_zh = j.at("reason_zh");
  f.depth = need(depth_of(j.at("depth").get<std::string>()));
  for (const auto& d : j.at("detects"))
    f.detects.push_back({need(event_of(d.at("event").get<std::string>())), d.at("shortest_us")});
  f.size = j.at("size");
  f.sha256 = j.at("sha256");
  f.format = j.at("format");
  f.major_brand = j.at("major_brand");
  f.layout = j.at("layout");
  f.duration = maybe<std::int64_t>(j, "duration_us");
  for (const auto& t : j.at("times"))
    f.times.push_back({t.at("source"), t.at("text"), maybe<std::int64_t>(t, "instant_us"),
                       need(trust_of(t.at("trust").get<std::string>()))});
  for (const auto& t : j.at("tags")) f.tags.emplace_back(t.at(0), t.at(1));
  for (const auto& s : j.at("streams")) f.streams.push_back(stream_from(s));
  for (const auto& s : j.at("signs"))
    f.signs.push_back({need(sign_kind_of(s.at("sign").get<std::string>())), s.at("evidence"),
                       maybe<std::int64_t>(s, "byte_offset"), maybe<std::int64_t>(s, "time_us")});
  f.reading = need(reading_of(j.at("reading").get<std::string>()));
  return f;
}

std::string dump(const Json& j) { return j.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string to_json(const FootageFacts& f) {
  Json j{{"verdict", wording(f.verdict).id},
         {"reason", f.reason},
         {"reason_zh", f.reason_zh},
         {"depth", wording(f.depth).id},
         {"detects", Json::array()},
         {"size", f.size},
         {"sha256", f.sha256},
         {"format", f.format},
         {"major_brand", f.major_brand},
         {"layout", f.layout}};
  for (const auto& d : f.detects)
    j["detects"].push_back({{"event", wording(d.event).id}, {"shortest_us", d.shortest}});
  put(j, "duration_us", f.duration);
  j["times"] = Json::array();
  for (const auto& t : f.times) {
    Json time{{"source", t.source}, {"text", t.text}, {"trust", wording(t.trust).id}};
    put(time, "instant_us", t.instant);
    j["times"].push_back(std::move(time));
  }
  j["tags"] = Json::array();
  for (const auto& [key, value] : f.tags) j["tags"].push_back(Json::array({key, value}));
  j["streams"] = Json::array();
  for (const auto& s : f.streams) j["streams"].push_back(stream_json(s));
  j["signs"] = Json::array();
  for (const auto& s : f.signs) {
    Json sign{{"sign", wording(s.kind).name.id}, {"evidence", s.evidence}};
    put(sign, "byte_offset", s.byte_offset);
    put(sign, "time_us", s.time);
    j["signs"].push_back(std::move(sign));
  }
  j["reading"] = wording(f.reading).id;
  return dump(j);
}

std::optional<FootageFacts> facts_from_json(std::string_view text) try {
  const auto bounded = [](int depth, Json::parse_event_t, Json&) {
    if (depth > 8) throw std::out_of_range("too deep");
    return true;
  };
  return facts_from(Json::parse(text, bounded));
} catch (const std::exception&) {
  return std::nullopt;
}

std::string json_quoted(std::string_view text) { return dump(Json(text)); }

}  // namespace jianlu::footage
