#include "adapters/footage/scan/signature.h"

namespace jianlu::footage {
namespace {

constexpr std::size_t max_text = 8192;
constexpr std::size_t max_children = 256;

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : " ") + part;
  return out;
}

}  // namespace

void Signature::open(const std::string& type) { open_.push_back({type, "", {}}); }

void Signature::note(const std::string& value) {
  if (!open_.empty()) open_.back().notes += (open_.back().notes.empty() ? "" : " ") + value;
}

void Signature::close() {
  Element done = std::move(open_.back());
  open_.pop_back();
  std::string text = std::move(done.type);
  if (!done.notes.empty()) text += "[" + done.notes + "]";
  if (!done.children.empty()) text += "(" + joined(done.children) + ")";
  add(open_.empty() ? top_ : open_.back().children, std::move(text));
}

void Signature::add(std::vector<std::string>& to, std::string element) {
  if (to.size() >= max_children || element.size() > max_text) return;
  const auto n = to.size();
  if (n > 0 && to.back() == element) return;
  if (n > 2 && to[n - 2] == element && to[n - 3] == to[n - 1]) {
    to.pop_back();
    return;
  }
  to.push_back(std::move(element));
}

std::string Signature::text() const { return joined(top_).substr(0, max_text); }

}  // namespace jianlu::footage
