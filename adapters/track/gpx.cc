// GPX 1.0 and 1.1: points with a time. A document type declaration stops the reading: it is where entities would come from.
#include <expat.h>

#include <cstring>
#include <memory>

#include "adapters/track/parts.h"
#include "adapters/track/track.h"

namespace jianlu::track {
namespace {

constexpr int max_depth = 64;

struct Reader {
  Track out;
  XML_Parser parser = nullptr;
  int depth = 0;
  std::optional<Fix> point;
  bool in_time = false;
  std::string time;
  bool forbidden = false;
};

// "gpx:trkpt" and "trkpt" alike.
std::string_view local(const char* name) {
  const char* colon = std::strrchr(name, ':');
  return colon ? colon + 1 : name;
}

bool is_point(std::string_view name) { return name == "trkpt" || name == "rtept" || name == "wpt"; }

void start(void* data, const char* raw, const char** attributes) {
  Reader& r = *static_cast<Reader*>(data);
  if (++r.depth > max_depth) {
    r.forbidden = true;
    XML_StopParser(r.parser, XML_FALSE);
    return;
  }
  const std::string_view name = local(raw);
  if (is_point(name)) {
    Fix fix;
    fix.line = static_cast<int>(XML_GetCurrentLineNumber(r.parser));
    std::optional<double> latitude, longitude;
    for (; *attributes; attributes += 2) {
      if (std::strcmp(attributes[0], "lat") == 0) latitude = number(attributes[1]);
      if (std::strcmp(attributes[0], "lon") == 0) longitude = number(attributes[1]);
    }
    r.time.clear();
    if (latitude && longitude) {
      fix.latitude = *latitude;
      fix.longitude = *longitude;
      r.point = fix;
    } else {
      ++r.out.corrupt;
    }
  }
  r.in_time = r.point && name == "time";
}

void end(void* data, const char* raw) {
  Reader& r = *static_cast<Reader*>(data);
  --r.depth;
  r.in_time = false;
  if (!is_point(local(raw)) || !r.point) return;
  const auto at = iso_time(r.time);
  if (!plausible(r.point->latitude, r.point->longitude)) {
    ++r.out.refused;
  } else if (!at) {
    ++r.out.corrupt;
  } else {
    r.point->utc = *at;
    r.out.fixes.push_back(*r.point);
  }
  r.point.reset();
}

void text(void* data, const char* s, int length) {
  Reader& r = *static_cast<Reader*>(data);
  constexpr std::size_t longest = 64;
  if (r.in_time && r.time.size() + static_cast<std::size_t>(length) <= longest) r.time.append(s, static_cast<std::size_t>(length));
}

void doctype(void* data, const char*, const char*, const char*, int) {
  Reader& r = *static_cast<Reader*>(data);
  r.forbidden = true;
  XML_StopParser(r.parser, XML_FALSE);
}

}  // namespace

Track read_gpx(std::string_view xml) {
  Reader r;
  r.out.format = "gpx";
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreate(nullptr), &XML_ParserFree);
  r.parser = parser.get();
  XML_SetUserData(r.parser, &r);
  XML_SetElementHandler(r.parser, start, end);
  XML_SetCharacterDataHandler(r.parser, text);
  XML_SetStartDoctypeDeclHandler(r.parser, doctype);
  constexpr std::size_t step = 1 << 20;
  bool good = true;
  for (std::size_t at = 0; good && at <= xml.size(); at += step) {
    const std::string_view piece = xml.substr(at, step);
    good = XML_Parse(r.parser, piece.data(), static_cast<int>(piece.size()), at + step > xml.size()) != XML_STATUS_ERROR;
  }
  if (good) return std::move(r.out);
  const int line = static_cast<int>(XML_GetCurrentLineNumber(r.parser));
  if (r.forbidden) {
    r.out.faults.push_back({line, "有文档类型声明（DOCTYPE）或者嵌套过深；轨迹文件用不着，到此为止",
                            "a document type declaration, or elements nested too deep; a track needs neither, reading stopped"});
  } else {
    const std::string why = XML_ErrorString(XML_GetErrorCode(r.parser));
    r.out.faults.push_back({line, "XML 有误，此后没有读：" + why, "the XML is broken, nothing was read beyond: " + why});
  }
  return std::move(r.out);
}

}  // namespace jianlu::track
