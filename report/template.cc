#include "report/template.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "report/escape.h"
#include "report/html_place.h"

namespace jianlu::report {

struct Templates::Node {
  enum class Kind { literal, hole, section, inverted, partial } kind = Kind::literal;
  enum class Escape { text, address, address_part } escape = Escape::text;
  std::string text;            // literal, or the name
  std::string where;           // template:line
  std::vector<Node> children;  // of sections
};

constexpr int kDeepest = 2000;  // templates within templates; explanations are far flatter

// Reads one template after another; what stands inside tags decides how holes are escaped.
struct Templates::Reader {
  const Find& find;
  std::map<std::string, std::vector<Node>, std::less<>>& files;

  struct Position {
    std::string_view name, text;
    std::size_t at = 0;
    HtmlPlace place;

    std::string where() const {
      return fmt::format("{}:{}", name,
                         1 + std::count(text.begin(), text.begin() + static_cast<long>(at), '\n'));
    }
  };

  [[noreturn]] static void fail(const Position& p, std::string_view what) {
    throw std::logic_error(fmt::format("template {}: {}", p.where(), what));
  }

  void read_file(std::string_view name, const Position* from) {
    if (files.contains(name)) return;
    const std::string* text = find(name);
    if (text == nullptr) {
      const std::string what = fmt::format("no template named {}", name);
      if (from) fail(*from, what);
      throw std::logic_error(what);
    }
    files.emplace(name, std::vector<Node>{});  // stands for itself while it is read: templates may recurse
    Position p{name, *text, 0, {}};
    std::vector<Node> nodes = read_nodes(p, "");
    if (p.place.kind != HtmlPlace::Kind::text) fail(p, "ends inside a tag");
    files.find(name)->second = std::move(nodes);
  }

  // Up to {{/closing}}, or the end of the template when `closing` is empty.
  std::vector<Node> read_nodes(Position& p, std::string_view closing) {
    const HtmlPlace::Kind begun_in = p.place.kind;
    std::vector<Node> nodes;
    while (true) {
      const std::size_t open = p.text.find("{{", p.at);
      const bool at_end = open == std::string_view::npos;
      const std::size_t close = at_end ? p.text.size() : p.text.find("}}", open);
      if (close == std::string_view::npos) fail(p, "{{ without }}");
      std::string_view literal = p.text.substr(p.at, at_end ? std::string_view::npos : open - p.at);
      std::size_t next = at_end ? close : close + 2;
      const bool is_hole =
          !at_end && std::string_view("#^/>!").find(p.text[open + 2]) == std::string_view::npos;
      if (!at_end && !is_hole) drop_line(p, literal, next);
      add_literal(p, nodes, literal);
      if (p.place.kind == HtmlPlace::Kind::script) fail(p, "a script");
      if (at_end) {
        if (!closing.empty()) fail(p, fmt::format("{{{{#{}}}}} is not closed", closing));
        p.at = next;
        return nodes;
      }
      p.at = open;
      const std::string_view tag = p.text.substr(open + 2, close - open - 2);
      if (tag.starts_with('/')) {
        if (tag.substr(1) != closing) fail(p, fmt::format("{{{{{}}}}} closes nothing", tag));
        if (p.place.kind != begun_in)
          fail(p, fmt::format("{{{{{}}}}} stands in another kind of place than its opening", tag));
        p.at = next;
        return nodes;
      }
      if (tag.starts_with('!')) {
        p.at = next;
      } else {
        nodes.push_back(read_tag(p, tag, next));
      }
    }
  }

  // Takes the rest of the line along when the tag stands alone on it.
  static void drop_line(const Position& p, std::string_view& literal, std::size_t& next) {
    const std::size_t indent = literal.find_last_not_of(' ');
    const bool begins =
        indent == std::string_view::npos ? p.at == 0 || p.text[p.at - 1] == '\n' : literal[indent] == '\n';
    if (!begins || (next < p.text.size() && p.text[next] != '\n')) return;
    literal = literal.substr(0, indent == std::string_view::npos ? 0 : indent + 1);
    if (next < p.text.size()) ++next;
  }

  static void add_literal(Position& p, std::vector<Node>& nodes, std::string_view literal) {
    if (literal.empty()) return;
    p.place.read(literal);
    nodes.push_back({Node::Kind::literal, {}, std::string(literal), p.where(), {}});
  }

  // Moves on to `next`, or past the end of the section that begins there.
  Node read_tag(Position& p, std::string_view tag, std::size_t next) {
    Node node;
    node.where = p.where();
    const Position here = p;
    p.at = next;
    const char sign = tag.empty() ? ' ' : tag[0];
    if (sign == '#' || sign == '^') {
      node.kind = sign == '#' ? Node::Kind::section : Node::Kind::inverted;
      node.text = tag.substr(1);
      if (p.place.kind == HtmlPlace::Kind::tag || p.place.kind == HtmlPlace::Kind::bare)
        fail(here, "a section inside a tag");
      node.children = read_nodes(p, node.text);
      return node;
    }
    if (sign == '>') {
      node.kind = Node::Kind::partial;
      node.text = tag.substr(1);
      if (p.place.kind == HtmlPlace::Kind::raw) {
        const std::string* raw = find(node.text);
        if (raw == nullptr) fail(here, fmt::format("no template named {}", node.text));
        if (raw->find("</") != std::string::npos) fail(here, "a style that could close itself");
        return {Node::Kind::literal, {}, *raw, node.where, {}};
      }
      if (p.place.kind != HtmlPlace::Kind::text) fail(here, "a template inside a tag");
      read_file(node.text, &here);
      return node;
    }
    node.kind = Node::Kind::hole;
    node.text = tag;
    node.escape = escape_for(here);
    p.place.value_begun = true;
    return node;
  }

  static Node::Escape escape_for(const Position& p) {
    if (p.place.kind == HtmlPlace::Kind::text) return Node::Escape::text;
    if (p.place.kind != HtmlPlace::Kind::value)
      fail(p, "a hole in a tag, a comment, a style or an unquoted attribute");
    if (p.place.is_unsafe_attribute()) fail(p, "a hole in attribute " + p.place.attribute);
    if (!p.place.holds_address()) return Node::Escape::text;
    return p.place.value_begun ? Node::Escape::address_part : Node::Escape::address;
  }
};

struct Templates::Writer {
  const Templates& templates;
  std::string out;
  std::vector<const Value*> scopes;
  int depth = 0;

  void write(const std::vector<Node>& nodes) {
    for (const Node& node : nodes) write(node);
  }

  void write(const Node& node) {
    switch (node.kind) {
      case Node::Kind::literal:
        out += node.text;
        break;
      case Node::Kind::hole:
        write_hole(node);
        break;
      case Node::Kind::section:
        write_section(node);
        break;
      case Node::Kind::inverted:
        if (!shows(look_up(node))) write(node.children);
        break;
      case Node::Kind::partial:
        if (++depth > kDeepest) throw std::logic_error(fmt::format("template {}: nested too deeply", node.where));
        write(templates.files_.find(node.text)->second);
        --depth;
        break;
    }
  }

  void write_hole(const Node& node) {
    const auto* text = std::get_if<std::string>(&look_up(node).data);
    if (!text) throw std::logic_error(fmt::format("template {}: {} is no text", node.where, node.text));
    switch (node.escape) {
      case Node::Escape::text:
        out += escape_text(*text);
        break;
      case Node::Escape::address:
        out += escape_address(*text);
        break;
      case Node::Escape::address_part:
        out += escape_address_part(*text);
        break;
    }
  }

  void write_section(const Node& node) {
    const Value& value = look_up(node);
    if (const auto* list = std::get_if<Value::List>(&value.data)) {
      for (const Value& element : *list) write_in(element, node);
    } else if (shows(value)) {
      write_in(value, node);
    }
  }

  void write_in(const Value& scope, const Node& node) {
    scopes.push_back(&scope);
    write(node.children);
    scopes.pop_back();
  }

  static bool shows(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value.data)) return !text->empty();
    if (const auto* list = std::get_if<Value::List>(&value.data)) return !list->empty();
    if (const bool* flag = std::get_if<bool>(&value.data)) return *flag;
    return true;
  }

  const Value& look_up(const Node& node) const {
    std::string_view path = node.text;
    if (path == ".") return *scopes.back();
    std::string_view name = path.substr(0, path.find('.'));
    const Value* found = nullptr;
    for (auto scope = scopes.rbegin(); scope != scopes.rend() && !found; ++scope)
      found = member(**scope, name);
    while (found && name.size() < path.size()) {
      path.remove_prefix(name.size() + 1);
      name = path.substr(0, path.find('.'));
      found = member(*found, name);
    }
    if (!found) throw std::logic_error(fmt::format("template {}: nothing named {}", node.where, node.text));
    return *found;
  }

  static const Value* member(const Value& value, std::string_view name) {
    const auto* object = std::get_if<Value::Object>(&value.data);
    if (!object) return nullptr;
    const auto found = object->find(name);
    return found == object->end() ? nullptr : &found->second;
  }
};

Templates::Templates(std::string_view name, const Find& find) : main_(name) {
  Reader{find, files_}.read_file(name, nullptr);
}

Templates::~Templates() = default;

std::string Templates::render(const Value& root) const {
  Writer writer{*this, {}, {&root}, 0};
  writer.write(files_.find(main_)->second);
  return std::move(writer.out);
}

}  // namespace jianlu::report
