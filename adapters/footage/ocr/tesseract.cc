// Tesseract as a reader of words: a module of its own, since it brings half a hundred libraries that only the depth of
// frames needs.
#include <omp.h>
#include <tesseract/baseapi.h>

#include <cstdio>
#include <memory>

#include "adapters/footage/watch/text_reader.h"

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
}  // namespace jianlu::footage

// The caller owns it; nothing when Tesseract's English data is not installed. Looked up by name, see probe/ocr.cc.
extern "C" jianlu::footage::TextReader* jianlu_text_reader();
extern "C" jianlu::footage::TextReader* jianlu_text_reader() {
  auto ocr = std::make_unique<jianlu::footage::Ocr>();
  return ocr->load() ? ocr.release() : nullptr;
}
