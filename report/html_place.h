// Where in an HTML page one stands after reading some of it: enough of a tokenizer for templates of our own.
#pragma once

#include <string>
#include <string_view>

namespace jianlu::report {

struct HtmlPlace {
  enum class Kind {
    text,   // element content
    tag,    // inside a tag, outside any attribute value
    value,  // inside an attribute value in quotes
    bare,   // after =, or inside a value without quotes
    comment,
    raw,     // inside <style>
    script,  // after <script>, for good
  } kind = Kind::text;
  char quote = 0;
  bool value_begun = false;  // something of the attribute value has been read
  std::string attribute;     // lower case; value, bare
  std::string element;       // lower case; tag, value, bare
  std::string word;          // what is being read: a name, or the last bytes of a comment or raw text

  void read(std::string_view html);
  bool holds_address() const;        // href, src and their like
  bool is_unsafe_attribute() const;  // style, srcdoc, on…
  bool operator==(const HtmlPlace&) const = default;

 private:
  void step(char c);
  void close_tag();
};

}  // namespace jianlu::report
