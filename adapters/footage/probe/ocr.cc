#include "adapters/footage/probe/ocr.h"

#include <dlfcn.h>
#include <limits.h>
#include <unistd.h>

#include <string>

namespace jianlu::footage {

std::unique_ptr<TextReader> load_ocr() {
  char self[PATH_MAX];
  const auto length = readlink("/proc/self/exe", self, sizeof self);
  if (length <= 0 || length == PATH_MAX) return nullptr;
  std::string path(self, static_cast<std::size_t>(length));
  path.resize(path.rfind('/') + 1);
  auto* module = dlopen((path + "jianlu-ocr.so").c_str(), RTLD_NOW | RTLD_LOCAL);  // stays until the end
  auto* make = module ? reinterpret_cast<TextReader* (*)()>(dlsym(module, "jianlu_text_reader")) : nullptr;
  return std::unique_ptr<TextReader>(make ? make() : nullptr);
}

}  // namespace jianlu::footage
