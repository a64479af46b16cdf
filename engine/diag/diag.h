// Diagnostics judge rule files (findings judge sessions; the two are never mixed).
// A diagnostic names what was written, what is wrong and how to mend it. Its wording lives in one
// registry, kinds.def, in Chinese and English; the arguments fill {0}, {1} … there.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "engine/source/source.h"

namespace jianlu::diag {

enum class Severity { error, warning, note };

enum class Kind {
#define JIANLU_DIAGNOSTIC(name, code, severity, zh, en, fix_zh, fix_en) name,
#include "engine/diag/kinds.def"
#undef JIANLU_DIAGNOSTIC
};

struct KindInfo {
  std::string_view name;
  std::string_view code;  // stable, e.g. "JL0101"; docs/diagnostics/<code>.md explains it
  Severity severity;
  std::string_view zh, en;          // what is wrong
  std::string_view fix_zh, fix_en;  // how to mend it; may be empty
};
const KindInfo& info(Kind kind);
const std::vector<KindInfo>& all_kinds();

// A piece of text in both languages; the same in both where only one is given.
struct Words {
  std::string zh, en;
  Words() = default;
  Words(std::string both) : zh(both), en(std::move(both)) {}
  Words(const char* both) : zh(both), en(both) {}
  Words(std::string_view both) : zh(both), en(both) {}
  Words(std::string chinese, std::string english) : zh(std::move(chinese)), en(std::move(english)) {}
  const std::string& in(source::Language language) const {
    return language == source::Language::zh ? zh : en;
  }
};

struct Label {
  source::Span span;
  Words text;
};

struct Diagnostic {
  Kind kind{};
  source::Span span;            // the primary place
  std::vector<Words> args;
  std::vector<Label> related;   // every other place involved
  Words example;                // facts under which the fault shows; may be empty
  Words fix;                    // replaces the registry's fix where it depends on the case
};

std::string message(const Diagnostic& diagnostic, source::Language language);
std::string fix(const Diagnostic& diagnostic, source::Language language);

// Collects the diagnostics of a run, in source order once sorted.
class Diagnostics {
 public:
  Diagnostic& add(Kind kind, source::Span span, std::vector<Words> args = {});
  // Takes over what another collector holds.
  void add(const Diagnostics& other);
  bool has_errors() const;
  std::size_t count(Severity severity) const;
  // Sorts by file and place; drops exact repetitions.
  void sort();
  const std::vector<Diagnostic>& all() const { return all_; }

 private:
  std::vector<Diagnostic> all_;
};

}  // namespace jianlu::diag
