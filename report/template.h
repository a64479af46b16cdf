// Page templates that know where their holes are. The template is read as HTML, so each hole is escaped for
// the place in which it stands, and a template that would put a value where no escaping can be safe does not
// load.
//
//   {{name}} {{a.b}} {{.}}           a text; looked up in the innermost scope that has the first name
//   {{#name}}…{{/name}}              for each element of a list; once for a text that is not empty, `true`,
//   an object
//   {{^name}}…{{/name}}              where the above shows nothing
//   {{>file}}                        another template; inside <style>, the file as it is
//   {{! remark}}
// A tag of the last four kinds that is alone on its line takes the line with it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace jianlu::report {

// What a template is filled with.
struct Value {
  using List = std::vector<Value>;
  using Object = std::map<std::string, Value, std::less<>>;

  Value() = default;
  Value(std::string text) : data(std::move(text)) {}
  Value(std::string_view text) : data(std::string(text)) {}
  Value(const char* text) : data(std::string(text)) {}
  Value(bool flag) : data(flag) {}
  Value(List list) : data(std::move(list)) {}
  Value(Object object) : data(std::move(object)) {}

  std::variant<std::string, bool, List, Object> data;
};

// The templates of a page, read and checked together.
class Templates {
 public:
  // The text of a template by its name; nullptr when there is none.
  using Find = std::function<const std::string*(std::string_view name)>;

  // Reads `name` and whatever it refers to. Throws std::logic_error, with template and line, for one that is
  // malformed or unsafe: a hole in a tag, a comment, a script, a style, an unquoted attribute, or one named
  // style, srcdoc or on….
  Templates(std::string_view name, const Find& find);
  ~Templates();

  // Throws std::logic_error, naming template and hole, when `root` lacks what a hole names.
  std::string render(const Value& root) const;

 private:
  struct Node;
  struct Reader;
  struct Writer;
  std::string main_;
  std::map<std::string, std::vector<Node>, std::less<>> files_;
};

}  // namespace jianlu::report
