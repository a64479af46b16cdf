#include <nlohmann/json.hpp>

#include "engine/diag/render.h"

namespace jianlu::diag {
namespace {

using Json = nlohmann::ordered_json;

Json place(const source::Files& files, std::uint32_t offset, source::FileId file) {
  const source::Position at = files[file].position(offset);
  return {{"offset", offset}, {"line", at.line}, {"column", at.column}};
}

}  // namespace

std::string render_json(const std::vector<Diagnostic>& diagnostics, const source::Files& files,
                        const RenderOptions& options) {
  Json list = Json::array();
  for (const Diagnostic& d : diagnostics) {
    const source::Language language = shown_in(d, files, options);
    const KindInfo& kind = info(d.kind);
    Json entry{{"code", kind.code},
               {"name", kind.name},
               {"severity", severity_name(kind.severity, source::Language::en)},
               {"language", language == source::Language::zh ? "zh" : "en"},
               {"message", message(d, language)},
               {"fix", fix(d, language)},
               {"messages",
                {{"zh", message(d, source::Language::zh)}, {"en", message(d, source::Language::en)}}},
               {"path", files[d.span.file].path()},
               {"begin", place(files, d.span.begin, d.span.file)},
               {"end", place(files, d.span.end, d.span.file)}};
    if (!d.example.in(language).empty()) entry["example"] = d.example.in(language);
    if (options.heading) entry["heading"] = options.heading(d.span);
    entry["related"] = Json::array();
    for (const Label& label : d.related) {
      entry["related"].push_back({{"message", label.text.in(language)},
                                  {"path", files[label.span.file].path()},
                                  {"begin", place(files, label.span.begin, label.span.file)},
                                  {"end", place(files, label.span.end, label.span.file)}});
    }
    list.push_back(std::move(entry));
  }
  return Json{{"diagnostics", std::move(list)}}.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace jianlu::diag
