#include "engine/store/chain.h"

#include <fmt/format.h>

namespace jianlu::store {
namespace {

void escape(std::string_view text, std::string& out) {
  for (const char c : text) {
    if (c == '\\' || static_cast<unsigned char>(c) < 0x20) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      out.push_back(c);
    }
  }
}

}  // namespace

void entry_text(const finding::Transition& t, std::string_view norm, std::string& out) {
  escape(norm, out);
  out += '\t';
  escape(t.key.subject, out);
  fmt::format_to(std::back_inserter(out), "\t{}\t{}\t{}\t{}\t{}\t", finding::id(t.event), outcome::id(t.verdict.outcome),
                 t.verdict.due, t.verdict.cured_at, t.as_of);
  escape(t.slice, out);
  out += '\t';
  escape(t.person, out);
  out += '\t';
  escape(t.reason, out);
}

fact::Digest chained(const fact::Digest& predecessor, std::string_view text) {
  std::string bytes(reinterpret_cast<const char*>(predecessor.data()), predecessor.size());
  bytes += text;
  return fact::digest(bytes);
}

}  // namespace jianlu::store
