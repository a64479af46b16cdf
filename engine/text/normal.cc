#include "engine/text/normal.h"

#include <utf8proc.h>

#include <algorithm>
#include <vector>

#include "engine/text/simplified.h"

namespace jianlu::text {
namespace {

constexpr auto kForm = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);

std::string mend(std::string_view utf8) {
  std::string result;
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(utf8.data());
  auto left = static_cast<utf8proc_ssize_t>(utf8.size());
  while (left > 0) {
    utf8proc_int32_t point = 0;
    const utf8proc_ssize_t length = utf8proc_iterate(at, left, &point);
    if (length > 0) {
      result.append(reinterpret_cast<const char*>(at), static_cast<std::size_t>(length));
    } else {
      result += "\xEF\xBF\xBD";
    }
    const utf8proc_ssize_t step = std::max<utf8proc_ssize_t>(length, 1);
    at += step;
    left -= step;
  }
  return result;
}

bool compared(utf8proc_int32_t point) {
  switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
      return false;
    default:
      return true;
  }
}

}  // namespace

std::u32string normalise(std::string_view utf8) {
  std::string mended;
  const auto decompose = [](std::string_view text, std::vector<utf8proc_int32_t>& out) {
    return utf8proc_decompose(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                              static_cast<utf8proc_ssize_t>(text.size()), out.data(),
                              static_cast<utf8proc_ssize_t>(out.size()), kForm);
  };
  std::vector<utf8proc_int32_t> points(utf8.size() + 1);
  utf8proc_ssize_t length = decompose(utf8, points);
  if (length < 0) {
    mended = mend(utf8);
    utf8 = mended;
    length = decompose(utf8, points);
  }
  if (length >= static_cast<utf8proc_ssize_t>(points.size())) {
    points.resize(static_cast<std::size_t>(length) + 1);
    length = decompose(utf8, points);
  }
  if (length > 0) length = utf8proc_normalize_utf32(points.data(), length, kForm);
  std::u32string result;
  for (utf8proc_ssize_t i = 0; i < length; ++i) {
    const utf8proc_int32_t point = points[static_cast<std::size_t>(i)];
    if (compared(point)) result += simplified(static_cast<char32_t>(point));
  }
  return result;
}

// Sellers: the best part may begin anywhere in the text (row[0] stays 0) and end anywhere (the least of all row[m]).
std::size_t distance_of_best_part(std::u32string_view text, std::u32string_view wording) {
  const std::size_t m = wording.size();
  std::vector<std::size_t> row(m + 1);   // between the first j of the wording and the best part that ends here
  for (std::size_t j = 0; j <= m; ++j) row[j] = j;
  std::size_t best = m;
  for (const char32_t c : text) {
    std::size_t diagonal = 0;
    for (std::size_t j = 1; j <= m; ++j) {
      const std::size_t replaced = diagonal + (c != wording[j - 1]);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
    best = std::min(best, row[m]);
  }
  return best;
}

std::int64_t similarity(std::u32string_view text, std::u32string_view wording) {
  if (wording.empty()) return 1'000'000;
  const std::size_t same = wording.size() - distance_of_best_part(text, wording);
  return static_cast<std::int64_t>(same * 1'000'000 / wording.size());
}

}  // namespace jianlu::text
