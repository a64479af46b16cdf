#include <openssl/evp.h>

#include <array>
#include <stdexcept>

#include "report/escape.h"
#include "report/page.h"

namespace jianlu::report {

// Made from report/templates/ at build time; nullptr for a name that is not there.
const std::string* template_text(std::string_view name);

namespace {

std::string sha256_base64(std::string_view text) {
  std::array<unsigned char, 32> digest{};
  unsigned int size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw std::logic_error("SHA-256 is not available");
  }
  return base64({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

}  // namespace

std::string render_html(const Report& report, source::Language language) {
  static const Templates templates("report.html", template_text);
  static const std::string policy = "default-src 'none'; style-src 'sha256-" +
                                    sha256_base64(*template_text("report.css")) +
                                    "'; img-src data:; base-uri 'none'; form-action 'none'";
  const Words words(language, report.zone);
  Value root = page(report, words);
  std::get<Value::Object>(root.data).emplace("policy", policy);
  return templates.render(root);
}

}  // namespace jianlu::report
