#include "engine/diag/render.h"

namespace jianlu::diag {

source::Language shown_in(const Diagnostic& diagnostic, const source::Files& files, const RenderOptions& options) {
  return options.language.value_or(files[diagnostic.span.file].language);
}

std::string_view severity_name(Severity severity, source::Language language) {
  const bool zh = language == source::Language::zh;
  switch (severity) {
    case Severity::error: return zh ? "错误" : "error";
    case Severity::warning: return zh ? "警告" : "warning";
    default: return zh ? "提示" : "note";
  }
}

// East Asian Width W and F of Unicode 15, in whole blocks.
int display_width(char32_t c) {
  const bool combining = (c >= 0x0300 && c <= 0x036F) || (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE20 && c <= 0xFE2F);
  if (combining) return 0;
  const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0x303E) || (c >= 0x3041 && c <= 0xA4CF) ||
                    (c >= 0xA960 && c <= 0xA97C) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                    (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF01 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6) ||
                    (c >= 0x1F300 && c <= 0x1F64F) || (c >= 0x1F680 && c <= 0x1F6FF) ||
                    (c >= 0x1F900 && c <= 0x1F9FF) || (c >= 0x20000 && c <= 0x3FFFD) || c == 0x3000;
  return wide ? 2 : 1;
}

}  // namespace jianlu::diag
