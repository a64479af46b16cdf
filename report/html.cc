#include "report/page.h"
#include "report/policy.h"

namespace jianlu::report {

std::string render_html(const Report& report, source::Language language) {
  static const Templates templates("report.html", template_text);
  static const std::string policy = content_policy({*template_text("report.css")});
  const Words words(language, report.zone);
  Value root = page(report, words);
  std::get<Value::Object>(root.data).emplace("policy", policy);
  return templates.render(root);
}

}  // namespace jianlu::report
