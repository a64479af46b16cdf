// The byte form of documents, read as events: begin, put …, end, as Builder takes them.
//
//   document  entity, cells, lost, rows          numbers are LEB128, signed ones zigzag
//   cells     count, then by ascending field: field, form, and by form
//               exact  lo                        bound  lo, hi-lo
//               span   lo, hi-lo, end_lo-lo, end_hi-end_lo
//               text   size, bytes               nothing, unknown   no more
//   lost      count, entities ascending
//   rows      count, documents, by entity and then as given
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/fact/document.h"

namespace jianlu::fact::bytes {

enum Form : std::uint8_t { exact, bound, span, text, nothing, unknown };

class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : at_(bytes.data()), end_(at_ + bytes.size()) {}

  bool failed() const { return failed_; }
  bool done() const { return at_ == end_ && !failed_; }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64 && at_ != end_; shift += 7) {
      const auto byte = static_cast<std::uint8_t>(*at_++);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if ((byte & 0x80) == 0) return value;
    }
    failed_ = true;
    return 0;
  }
  std::int64_t difference() {
    const std::uint64_t value = number();
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
  }
  // base + difference, wrapping: any bytes give some number.
  std::int64_t after(std::int64_t base) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(base) + static_cast<std::uint64_t>(difference()));
  }
  std::string_view view(std::uint64_t size) {
    if (size > static_cast<std::uint64_t>(end_ - at_)) {
      failed_ = true;
      return {};
    }
    const std::string_view found(at_, static_cast<std::size_t>(size));
    at_ += size;
    return found;
  }

 private:
  const char* at_;
  const char* end_;
  bool failed_ = false;
};

inline void write(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(value | 0x80));
  out.push_back(static_cast<char>(value));
}
inline void write_difference(std::string& out, std::int64_t value) {
  write(out, (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
}
inline void write_after(std::string& out, std::int64_t base, std::int64_t value) {
  write_difference(out, static_cast<std::int64_t>(static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(base)));
}

inline bool fits(Form form, model::TypeKind kind) {
  using model::TypeKind;
  switch (form) {
    case exact: return kind == TypeKind::truth || kind == TypeKind::number || kind == TypeKind::instant ||
                       kind == TypeKind::duration || kind == TypeKind::enum_value || kind == TypeKind::enum_set;
    case bound: return kind == TypeKind::number || kind == TypeKind::instant;
    case span: return kind == TypeKind::interval;
    case text: return kind == TypeKind::text || kind == TypeKind::reference;
    default: return form <= unknown;
  }
}

// False where the bytes are no document; the sink then has rows open, which it must abandon.
template <typename Sink>
bool walk(Cursor& in, const model::Vocabulary& vocabulary, model::EntityId owner, Origin origin, Sink& sink) {
  const std::uint64_t id = in.number();
  if (in.failed() || id >= vocabulary.entities.size()) return false;
  const model::Entity& e = vocabulary.entities[id];
  if (owner != model::kNone && e.owner != owner) return false;
  sink.begin(static_cast<model::EntityId>(id), origin);
  std::uint64_t least = 0;
  for (std::uint64_t left = in.number(); left > 0; --left) {
    const std::uint64_t field = in.number();
    const std::uint64_t form = in.number();
    if (in.failed() || field < least || field >= e.fields.size()) return false;
    least = field + 1;
    const model::Field& f = e.fields[field];
    if (f.kind == model::FieldKind::list || (f.kind == model::FieldKind::owner && owner != model::kNone)) return false;
    if (form > unknown || !fits(static_cast<Form>(form), f.type.kind)) return false;
    const auto at = static_cast<model::FieldId>(field);
    switch (static_cast<Form>(form)) {
      case exact: sink.put(at, in.difference()); break;
      case bound: {
        const std::int64_t lo = in.difference();
        sink.put_bound(at, lo, in.after(lo));
        break;
      }
      case span: {
        const std::int64_t lo = in.difference(), hi = in.after(lo), end = in.after(lo);
        sink.put_interval(at, {lo, hi}, {end, in.after(end)});
        break;
      }
      case text: sink.put_text(at, in.view(in.number())); break;
      case nothing: sink.put_state(at, kNothing); break;
      case unknown: sink.put_state(at, kUnknown); break;
    }
    if (in.failed()) return false;
  }
  for (std::uint64_t left = in.number(); left > 0; --left) {
    const std::uint64_t lost = in.number();
    if (in.failed() || lost >= vocabulary.entities.size()) return false;
    const model::EntityId of = vocabulary.entities[lost].owner;
    if (of == model::kNone || (of != static_cast<model::EntityId>(id) && of != e.owner)) return false;
    sink.lose(static_cast<model::EntityId>(lost));
  }
  for (std::uint64_t left = in.number(); left > 0; --left) {
    if (!walk(in, vocabulary, static_cast<model::EntityId>(id), origin, sink)) return false;
  }
  if (in.failed()) return false;
  sink.end();
  return true;
}

}  // namespace jianlu::fact::bytes
