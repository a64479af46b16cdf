#include "adapters/footage/probe/ocr.h"

#include <omp.h>
#include <tesseract/baseapi.h>

#include <cstdio>

namespace jianlu::footage {
namespace {

// Takes what is written and keeps nothing.
ssize_t swallow(void*, const char*, size_t count) { return static_cast<ssize_t>(count); }

class Ocr : public TextReader {
 public:
  Ocr() : nowhere_(fopencookie(nullptr, "w", {nullptr, swallow, nullptr, nullptr})) {}
  ~Ocr() override {
    if (nowhere_) std::fclose(nowhere_);
  }
  Ocr(const Ocr&) = delete;
  Ocr& operator=(const Ocr&) = delete;

  bool load() {
    // A worker may start no thread: without this the library's own would end it.
    omp_set_max_active_levels(0);
    if (!nowhere_ || api_.Init(nullptr, "eng", tesseract::OEM_LSTM_ONLY) != 0) return false;
    api_.SetPageSegMode(tesseract::PSM_SINGLE_LINE);
    api_.SetVariable("tessedit_char_whitelist", "0123456789:-/.APM");
    api_.SetVariable("user_defined_dpi", "150");
    return true;
  }

  std::string read(const Plane& word) override {
    // Tesseract talks to the standard error stream, which a worker may not touch; glibc lets one replace it.
    const Quiet quiet(nowhere_);
    api_.SetImage(word.data, word.width, word.height, 1, word.stride);
    const std::unique_ptr<char[]> text(api_.GetUTF8Text());
    std::string out;
    // Its confidence says little about digits alone; what a clock may show catches a wrong one.
    if (text)
      for (const char* c = text.get(); *c; ++c)
        if (*c != ' ' && *c != '\n') out += *c;
    return out;
  }

 private:
  struct Quiet {
    FILE* loud = stderr;
    explicit Quiet(FILE* nowhere) { stderr = nowhere; }
    ~Quiet() { stderr = loud; }
  };
  FILE* nowhere_;
  tesseract::TessBaseAPI api_;
};

}  // namespace

std::unique_ptr<TextReader> load_ocr() {
  auto ocr = std::make_unique<Ocr>();
  if (!ocr->load()) return nullptr;
  return ocr;
}

}  // namespace jianlu::footage
