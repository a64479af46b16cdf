// Tesseract as a reader of words. Loaded once, before any worker is forked: a worker opens no file.
#pragma once

#include <memory>

#include "adapters/footage/watch/text_reader.h"

namespace jianlu::footage {

// Nothing when the module beside the program, Tesseract or its English data is not installed.
std::unique_ptr<TextReader> load_ocr();

}  // namespace jianlu::footage
