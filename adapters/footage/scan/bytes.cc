#include "adapters/footage/scan/bytes.h"

namespace jianlu::footage {
namespace {
bool plain(char c) { return c >= 0x20 && c < 0x7f; }
}  // namespace

std::string printable(std::string_view s) {
  std::string out(s);
  for (auto& c : out)
    if (!plain(c)) c = c == '\xa9' ? '@' : '?';
  return out;
}

std::string trimmed(std::string_view s) {
  const auto blank = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
  while (!s.empty() && blank(s.front())) s.remove_prefix(1);
  while (!s.empty() && blank(s.back())) s.remove_suffix(1);
  return std::string(s);
}

std::string run_at(std::string_view s, std::size_t at, std::size_t limit) {
  auto from = at, to = at;
  while (from > 0 && plain(s[from - 1]) && at - from < limit / 4) --from;
  while (to < s.size() && plain(s[to]) && to - from < limit) ++to;
  return trimmed(s.substr(from, to - from));
}

void Layout::flush() {
  if (run_ == 0 || out_.size() > 300) return;
  if (!out_.empty()) out_ += ' ';
  out_ += last_;
  if (run_ > 1) out_ += '*' + std::to_string(run_);
}

void Layout::add(const std::string& name) {
  if (name != last_) {
    flush();
    last_ = name;
    run_ = 0;
  }
  ++run_;
}

std::string Layout::text() {
  flush();
  run_ = 0;
  return out_;
}

}  // namespace jianlu::footage
