#include "engine/yaml/document.h"

#include <yaml-cpp/yaml.h>
#include <yaml-cpp/eventhandler.h>

#include <set>
#include <sstream>
#include <utility>

namespace jianlu::yaml {
namespace {

// Leaves yaml-cpp's parser from inside a handler; never leaves this file.
struct Stop {
  Fault fault;
};

[[noreturn]] void stop(const YAML::Mark& mark, std::string zh, std::string en) {
  throw Stop{{mark.line + 1, mark.column + 1, std::move(zh), std::move(en)}};
}

class Builder final : public YAML::EventHandler {
 public:
  Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnAnchor(const YAML::Mark& mark, const std::string&) override {
    stop(mark, "不允许锚点（&）", "anchors (&) are not allowed");
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    stop(mark, "不允许引用（*）", "aliases (*) are not allowed");
  }
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { add(node(Node::Kind::null, mark), mark); }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, const std::string& value) override {
    check_tag(mark, tag);
    Node scalar = node(Node::Kind::scalar, mark);
    scalar.text = value;
    add(std::move(scalar), mark);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(Node::Kind::sequence, mark, tag);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    open(Node::Kind::mapping, mark, tag);
  }
  void OnMapEnd() override { close(); }

 private:
  // A collection that is still being read; `key` waits for its value.
  struct Level {
    Node collection;
    bool has_key = false;
    Node key;
    std::set<std::string> keys;
  };

  static Node node(Node::Kind kind, const YAML::Mark& mark) {
    Node out;
    out.kind = kind;
    out.line = mark.line + 1;
    out.column = mark.column + 1;
    return out;
  }

  // yaml-cpp tags plain scalars "?", quoted ones "!".
  static void check_tag(const YAML::Mark& mark, const std::string& tag) {
    if (!tag.empty() && tag != "?" && tag != "!") stop(mark, "不允许标签（!）", "tags (!) are not allowed");
  }

  void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag) {
    check_tag(mark, tag);
    if (levels_.size() >= static_cast<std::size_t>(max_depth)) {
      stop(mark, "嵌套过深", "nested too deeply");
    }
    if (awaits_key()) stop(mark, "键必须是文字", "a key must be plain text");
    levels_.push_back({node(kind, mark), false, {}, {}});
  }

  void close() {
    Node done = std::move(levels_.back().collection);
    levels_.pop_back();
    place(std::move(done));
  }

  bool awaits_key() const {
    return !levels_.empty() && levels_.back().collection.is(Node::Kind::mapping) && !levels_.back().has_key;
  }

  void add(Node value, const YAML::Mark& mark) {
    if (awaits_key()) {
      if (!value.is(Node::Kind::scalar)) stop(mark, "键必须是文字", "a key must be plain text");
      if (value.text == "<<") stop(mark, "不允许合并键（<<）", "merge keys (<<) are not allowed");
      if (!levels_.back().keys.insert(value.text).second) {
        stop(mark, "键“" + value.text + "”重复", "the key '" + value.text + "' is given twice");
      }
      levels_.back().key = std::move(value);
      levels_.back().has_key = true;
      return;
    }
    place(std::move(value));
  }

  void place(Node value) {
    if (levels_.empty()) {
      root_ = std::move(value);
      return;
    }
    Level& level = levels_.back();
    if (level.collection.is(Node::Kind::sequence)) {
      level.collection.items.push_back(std::move(value));
    } else {
      level.collection.entries.push_back({std::move(level.key), std::move(value)});
      level.has_key = false;
    }
  }

  Node root_;
  std::vector<Level> levels_;
};

// yaml-cpp counts bytes; people count characters.
class Columns {
 public:
  explicit Columns(std::string_view text) : text_(text), lines_{0} {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') lines_.push_back(i + 1);
    }
  }
  // Asked in the order of the text, it reads each line once.
  int in_characters(int line, int column) {
    if (line < 1 || static_cast<std::size_t>(line) > lines_.size()) return column;
    const std::size_t begin = lines_[line - 1], end = begin + static_cast<std::size_t>(column) - 1;
    if (line != line_ || end < at_) {
      line_ = line;
      at_ = begin;
      characters_ = 1;
    }
    for (; at_ < end && at_ < text_.size(); ++at_) {
      if ((static_cast<unsigned char>(text_[at_]) & 0xC0) != 0x80) ++characters_;
    }
    return characters_;
  }
  void apply(Node& node) {
    node.column = in_characters(node.line, node.column);
    for (Node& item : node.items) apply(item);
    for (Entry& entry : node.entries) {
      apply(entry.key);
      apply(entry.value);
    }
  }

 private:
  std::string_view text_;
  std::vector<std::size_t> lines_;
  int line_ = 0, characters_ = 1;
  std::size_t at_ = 0;
};

std::variant<Node, Fault> parse(std::string_view text) {
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    Builder builder;
    parser.HandleNextDocument(builder);
    Builder rest;
    if (parser.HandleNextDocument(rest)) {
      const Node second = rest.take();
      return Fault{second.line, second.column, "一个文件只能有一个 YAML 文档", "a file holds one YAML document"};
    }
    return builder.take();
  } catch (const Stop& stopped) {
    return stopped.fault;
  } catch (const YAML::Exception& problem) {
    return Fault{problem.mark.line + 1, problem.mark.column + 1, "YAML 语法错误：" + problem.msg,
                 "YAML syntax: " + problem.msg};
  }
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  for (const Entry& entry : entries) {
    if (entry.key.text == key) return &entry.value;
  }
  return nullptr;
}

std::variant<Node, Fault> read(std::string_view text) {
  if (text.size() > max_bytes) return Fault{1, 1, "文件过大", "the file is too large"};
  std::variant<Node, Fault> result = parse(text);
  Columns columns(text);
  if (auto* const node = std::get_if<Node>(&result)) {
    columns.apply(*node);
  } else {
    Fault& fault = std::get<Fault>(result);
    fault.column = columns.in_characters(fault.line, fault.column);
  }
  return result;
}

}  // namespace jianlu::yaml
