// Templates of file names, compiled and matched. See docs/footage.md for the language.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace jianlu::devices {

// What one piece of a template takes from the name.
enum class Field {
  literal,
  device,
  officer,
  any,
  digits,
  ext,
  year,
  month,
  day,
  hour,
  minute,
  second,
  epoch,
  epoch_ms,
  epoch_local
};

struct Piece {
  Field field = Field::literal;
  std::string text;  // of a literal
};

struct TemplateFault {
  std::string zh, en;
};

class Template {
 public:
  static std::variant<Template, TemplateFault> compile(std::string_view text);

  // What each piece took, in order; nothing when the name does not fit.
  std::optional<std::vector<std::string_view>> match(std::string_view name) const;

  const std::vector<Piece>& pieces() const { return pieces_; }
  bool has(Field field) const;
  bool has_local_time() const { return has(Field::year) || has(Field::epoch_local); }

 private:
  std::vector<Piece> pieces_;
};

}  // namespace jianlu::devices
