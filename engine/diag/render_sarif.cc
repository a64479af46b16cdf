// SARIF 2.1.0 (OASIS): https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
#include <nlohmann/json.hpp>

#include <algorithm>

#include "engine/diag/render.h"

namespace jianlu::diag {
namespace {

using Json = nlohmann::ordered_json;

// Percent-encodes what RFC 3986 does not allow in a path (§3.10.1 wants a valid URI reference).
std::string uri(const std::string& path) {
  static const char* hex = "0123456789ABCDEF";
  std::string out;
  for (const char ch : path) {
    const auto byte = static_cast<unsigned char>(ch);
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
                       std::string_view("-._~/").find(ch) != std::string_view::npos;
    if (plain) {
      out += ch;
    } else {
      out += '%';
      out += hex[byte >> 4];
      out += hex[byte & 15];
    }
  }
  return out;
}

Json location(const source::Files& files, source::Span span) {
  const source::Position begin = files[span.file].position(span.begin);
  const source::Position end = files[span.file].position(std::max(span.begin, span.end));
  return {{"physicalLocation",
           {{"artifactLocation", {{"uri", uri(files[span.file].path())}}},
            {"region",
             {{"startLine", begin.line},
              {"startColumn", begin.utf16},
              {"endLine", end.line},
              {"endColumn", end.utf16}}}}}};
}

Json text(const std::string& words) { return {{"text", words}}; }

Json rules(const std::vector<Kind>& kinds) {
  Json list = Json::array();
  for (const Kind kind : kinds) {
    const KindInfo& k = info(kind);
    list.push_back({{"id", k.code},
                    {"name", k.name},
                    {"shortDescription", text(std::string(k.en))},
                    {"helpUri", "docs/diagnostics/" + std::string(k.code) + ".md"},
                    {"defaultConfiguration", {{"level", severity_name(k.severity, source::Language::en)}}}});
  }
  return list;
}

}  // namespace

std::string render_sarif(const std::vector<Diagnostic>& diagnostics, const source::Files& files,
                         const RenderOptions& options) {
  std::vector<Kind> kinds;
  for (const Diagnostic& d : diagnostics) {
    if (std::find(kinds.begin(), kinds.end(), d.kind) == kinds.end()) kinds.push_back(d.kind);
  }
  std::sort(kinds.begin(), kinds.end());
  Json results = Json::array();
  for (const Diagnostic& d : diagnostics) {
    const source::Language language = shown_in(d, files, options);
    std::string words = message(d, language);
    if (const std::string& example = d.example.in(language); !example.empty()) {
      words += (language == source::Language::zh ? "。举例：" : ". Example: ") + example;
    }
    if (const std::string mend = fix(d, language); !mend.empty()) {
      words += (language == source::Language::zh ? "。改法：" : ". Fix: ") + mend;
    }
    const auto rule = std::find(kinds.begin(), kinds.end(), d.kind) - kinds.begin();
    Json result{{"ruleId", info(d.kind).code},
                {"ruleIndex", rule},
                {"level", severity_name(info(d.kind).severity, source::Language::en)},
                {"message", text(words)},
                {"locations", Json::array({location(files, d.span)})}};
    if (!d.related.empty()) {
      result["relatedLocations"] = Json::array();
      for (const Label& label : d.related) {
        Json place = location(files, label.span);
        place["message"] = text(label.text.in(language));
        result["relatedLocations"].push_back(std::move(place));
      }
    }
    if (options.heading) {
      if (const std::string heading = options.heading(d.span); !heading.empty()) {
        result["properties"] = {{"heading", heading}};
      }
    }
    results.push_back(std::move(result));
  }
  const Json log{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                 {"version", "2.1.0"},
                 {"runs", Json::array({{{"tool", {{"driver", {{"name", "jianlu"}, {"rules", rules(kinds)}}}}},
                                        {"columnKind", "utf16CodeUnits"},
                                        {"results", std::move(results)}}})}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace jianlu::diag
