#include "report/policy.h"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

#include "report/escape.h"

namespace jianlu::report {
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

std::string content_policy(const std::vector<std::string_view>& sheets) {
  std::string styles;
  for (const std::string_view sheet : sheets) styles += " 'sha256-" + sha256_base64(sheet) + "'";
  return "default-src 'none'; style-src" + styles + "; img-src data:; base-uri 'none'; form-action 'none'";
}

}  // namespace jianlu::report
