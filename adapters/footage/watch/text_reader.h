// Reads one word of print. The implementation is OCR; what a clock makes of it does not depend on which.
#pragma once

#include <string>

#include "adapters/footage/watch/plane.h"

namespace jianlu::footage {

class TextReader {
 public:
  virtual ~TextReader() = default;
  // Dark print on white. Digits, the letters A, P and M, and : - / only.
  virtual std::string read(const Plane& word) = 0;
};

}  // namespace jianlu::footage
