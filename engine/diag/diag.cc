#include "engine/diag/diag.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace jianlu::diag {
namespace {

std::string fill(std::string_view pattern, const std::vector<Words>& args, source::Language language) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}') {
      const auto index = static_cast<std::size_t>(pattern[i + 1] - '0');
      if (index < args.size()) out += args[index].in(language);
      i += 2;
    } else {
      out += pattern[i];
    }
  }
  return out;
}

std::tuple<source::FileId, std::uint32_t, std::uint32_t, int> place(const Diagnostic& d) {
  return {d.span.file, d.span.begin, d.span.end, static_cast<int>(d.kind)};
}

}  // namespace

const std::vector<KindInfo>& all_kinds() {
  static const std::vector<KindInfo> kinds{
#define JIANLU_DIAGNOSTIC(name, code, severity, zh, en, fix_zh, fix_en) \
  {#name, code, Severity::severity, zh, en, fix_zh, fix_en},
#include "engine/diag/kinds.def"
#undef JIANLU_DIAGNOSTIC
  };
  return kinds;
}

const KindInfo& info(Kind kind) { return all_kinds()[static_cast<std::size_t>(kind)]; }

std::string message(const Diagnostic& diagnostic, source::Language language) {
  const KindInfo& kind = info(diagnostic.kind);
  return fill(language == source::Language::zh ? kind.zh : kind.en, diagnostic.args, language);
}

std::string fix(const Diagnostic& diagnostic, source::Language language) {
  if (!diagnostic.fix.in(language).empty()) return diagnostic.fix.in(language);
  const KindInfo& kind = info(diagnostic.kind);
  return fill(language == source::Language::zh ? kind.fix_zh : kind.fix_en, diagnostic.args, language);
}

Diagnostic& Diagnostics::add(Kind kind, source::Span span, std::vector<Words> args) {
  Diagnostic& diagnostic = all_.emplace_back();
  diagnostic.kind = kind;
  diagnostic.span = span;
  diagnostic.args = std::move(args);
  return diagnostic;
}

void Diagnostics::add(const Diagnostics& other) {
  all_.insert(all_.end(), other.all_.begin(), other.all_.end());
}

bool Diagnostics::has_errors() const { return count(Severity::error) > 0; }

std::size_t Diagnostics::count(Severity severity) const {
  return static_cast<std::size_t>(std::count_if(
      all_.begin(), all_.end(), [&](const Diagnostic& d) { return info(d.kind).severity == severity; }));
}

void Diagnostics::sort() {
  std::stable_sort(all_.begin(), all_.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return place(a) < place(b); });
  const auto same = [](const Diagnostic& a, const Diagnostic& b) {
    return place(a) == place(b) &&
           message(a, source::Language::zh) == message(b, source::Language::zh);
  };
  all_.erase(std::unique(all_.begin(), all_.end(), same), all_.end());
}

}  // namespace jianlu::diag
