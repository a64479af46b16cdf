#include "adapters/footage/json.h"

#include <nlohmann/json.hpp>

namespace jianlu::footage {
namespace {

using Json = nlohmann::ordered_json;

template <typename T>
void put(Json& to, const char* key, const std::optional<T>& value) {
  if (value) to[key] = *value;
}

// Earlier versions wrote one text.
diag::Words evidence_of(const Json& from) {
  if (from.is_string()) return from.get<std::string>();
  return {from.at("zh").get<std::string>(), from.at("en").get<std::string>()};
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
  j.update({{"handler", s.handler},
            {"encoder", s.encoder},
            {"encoder_message", s.encoder_message},
            {"parameters", s.parameters},
            {"time_scale", s.time_scale},
            {"usual_rate", s.usual_rate},
            {"key_interval", s.key_interval}});
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
  s.parameters = j.at("parameters");
  s.time_scale = j.at("time_scale");
  s.usual_rate = j.at("usual_rate");
  s.key_interval = j.at("key_interval");
  return s;
}

Json observed_json(const Observed& o) {
  return {{"event", wording(o.event).id},
          {"stream", o.stream},
          {"start_us", o.start},
          {"length_us", o.length},
          {"uncertainty_us", o.uncertainty},
          {"confidence", o.confidence}};
}

Observed observed_from(const Json& j) {
  return {need(event_of(j.at("event").get<std::string>())),
          j.at("stream"),
          j.at("start_us"),
          j.at("length_us"),
          j.at("uncertainty_us"),
          j.at("confidence")};
}

Json clock_json(const BurntInClock& c) {
  Json j{{"stream", c.stream}, {"x", c.x},       {"y", c.y},          {"width", c.width},
         {"height", c.height}, {"text", c.text}, {"unread", c.unread}};
  j["readings"] = Json::array();
  for (const auto& r : c.readings)
    j["readings"].push_back({{"time_us", r.time}, {"local_us", r.local}, {"confidence", r.confidence}});
  j["steps"] = Json::array();
  for (const auto& s : c.steps)
    j["steps"].push_back(
        {{"before_us", s.before}, {"after_us", s.after}, {"jump_us", s.jump}, {"confidence", s.confidence}});
  put(j, "clock_length_us", c.clock_length);
  put(j, "stream_length_us", c.stream_length);
  return j;
}

BurntInClock clock_from(const Json& j) {
  BurntInClock c;
  c.stream = j.at("stream");
  c.x = j.at("x");
  c.y = j.at("y");
  c.width = j.at("width");
  c.height = j.at("height");
  c.text = j.at("text");
  c.unread = j.at("unread");
  for (const auto& r : j.at("readings"))
    c.readings.push_back({r.at("time_us"), r.at("local_us"), r.at("confidence")});
  for (const auto& s : j.at("steps"))
    c.steps.push_back({s.at("before_us"), s.at("after_us"), s.at("jump_us"), s.at("confidence")});
  c.clock_length = maybe<std::int64_t>(j, "clock_length_us");
  c.stream_length = maybe<std::int64_t>(j, "stream_length_us");
  return c;
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
  for (const auto& x : j.value("fixes", Json::array()))
    f.fixes.push_back({x.at("time_us"), x.at("utc_us"), x.at("latitude"), x.at("longitude")});
  if (const auto p = j.find("place"); p != j.end())
    f.place = Place{p->at("source"), p->at("latitude"), p->at("longitude")};
  for (const auto& t : j.at("tags")) f.tags.emplace_back(t.at(0), t.at(1));
  for (const auto& s : j.at("streams")) f.streams.push_back(stream_from(s));
  f.frames_decoded = j.at("frames_decoded");
  for (const auto& o : j.at("observed")) f.observed.push_back(observed_from(o));
  if (const auto it = j.find("clock"); it != j.end()) f.clock = clock_from(*it);
  for (const auto& s : j.at("stills")) f.stills.push_back({s.at("time_us"), s.at("stream"), s.at("jpeg")});
  f.structure = j.at("structure");
  for (const auto& p : j.at("prints")) f.prints.push_back({p.at(0), p.at(1)});
  for (const auto& s : j.at("signs"))
    f.signs.push_back({need(sign_kind_of(s.at("sign").get<std::string>())), evidence_of(s.at("evidence")),
                       maybe<std::int64_t>(s, "byte_offset"), maybe<std::int64_t>(s, "time_us"),
                       maybe<std::int64_t>(s, "length_us"),
                       need(weight_of(s.at("weight").get<std::string>()))});
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
  for (const auto& x : f.fixes)
    j["fixes"].push_back({{"time_us", x.time}, {"utc_us", x.utc}, {"latitude", x.latitude}, {"longitude", x.longitude}});
  if (f.place) j["place"] = {{"source", f.place->source}, {"latitude", f.place->latitude}, {"longitude", f.place->longitude}};
  j["tags"] = Json::array();
  for (const auto& [key, value] : f.tags) j["tags"].push_back(Json::array({key, value}));
  j["streams"] = Json::array();
  for (const auto& s : f.streams) j["streams"].push_back(stream_json(s));
  j["frames_decoded"] = f.frames_decoded;
  j["observed"] = Json::array();
  for (const auto& o : f.observed) j["observed"].push_back(observed_json(o));
  if (f.clock) j["clock"] = clock_json(*f.clock);
  j["stills"] = Json::array();
  for (const auto& s : f.stills)
    j["stills"].push_back({{"time_us", s.time}, {"stream", s.stream}, {"jpeg", s.jpeg}});
  j["structure"] = f.structure;
  j["prints"] = Json::array();
  for (const auto& p : f.prints) j["prints"].push_back(Json::array({p.hash, p.time}));
  j["signs"] = Json::array();
  for (const auto& s : f.signs) {
    Json sign{{"sign", wording(s.kind).name.id}, {"weight", wording(s.weight).id}, {"evidence", {{"zh", s.evidence.zh}, {"en", s.evidence.en}}}};
    put(sign, "byte_offset", s.byte_offset);
    put(sign, "time_us", s.time);
    put(sign, "length_us", s.length);
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
