#include "adapters/manifest/line_tree.h"

#include <utility>

namespace jianlu::manifest {

namespace od = simdjson::ondemand;
using yaml::Node;

bool Tree::read(od::document& document, Node& root) {
  od::object object;
  const simdjson::error_code error = document.get_object().get(object);
  return error ? fail(error) : entries(object, root, 1) && (at_end(document) || fail(simdjson::TRAILING_CONTENT));
}

bool Tree::fail(simdjson::error_code error) {
  why_ = simdjson::error_message(error);
  return false;
}

void Tree::place(Node& node, const char* at) const {
  node.line = number_;
  node.column = 1;
  for (const char* c = line_.data(); c < at && c < line_.data() + line_.size(); ++c) node.column += (*c & 0xC0) != 0x80;
}

bool Tree::entries(od::object& object, Node& node, int depth) {
  node.kind = Node::Kind::mapping;
  if (depth == 1) place(node, line_.data());
  for (auto field : object) {
    yaml::Entry entry;
    od::raw_json_string raw;
    std::string_view key;
    od::value value;
    simdjson::error_code error = field.key().get(raw);
    if (!error) {
      place(entry.key, raw.raw() - 1);
      error = field.unescaped_key().get(key);
    }
    if (!error) error = field.value().get(value);
    if (error) return fail(error);
    entry.key.kind = Node::Kind::scalar;
    entry.key.text = key;
    if (!any(value, entry.value, depth + 1)) return false;
    node.entries.push_back(std::move(entry));
  }
  return true;
}

bool Tree::any(od::value& value, Node& node, int depth) {
  if (depth > yaml::max_depth) return fail(simdjson::DEPTH_ERROR);
  place(node, value.raw_json_token().data());
  od::json_type type;
  if (const auto error = value.type().get(type)) return fail(error);
  switch (type) {
    case od::json_type::object: {
      od::object object;
      const auto error = value.get_object().get(object);
      return error ? fail(error) : entries(object, node, depth);
    }
    case od::json_type::array: {
      node.kind = Node::Kind::sequence;
      od::array array;
      if (const auto error = value.get_array().get(array)) return fail(error);
      for (auto item : array) {
        od::value inner;
        if (const auto error = item.get(inner)) return fail(error);
        if (!any(inner, node.items.emplace_back(), depth + 1)) return false;
      }
      return true;
    }
    case od::json_type::string: {
      std::string_view text;
      if (const auto error = value.get_string().get(text)) return fail(error);
      node.kind = Node::Kind::scalar;
      node.text = text;
      return true;
    }
    case od::json_type::number: {
      std::string_view token = value.raw_json_token();
      double number = 0;
      if (const auto error = value.get_double().get(number)) return fail(error);
      while (!token.empty() && (token.back() == ' ' || token.back() == '\t' || token.back() == '\r')) token.remove_suffix(1);
      node.kind = Node::Kind::scalar;
      node.text = token;
      return true;
    }
    case od::json_type::boolean: {
      bool truth = false;
      if (const auto error = value.get_bool().get(truth)) return fail(error);
      node.kind = Node::Kind::scalar;
      node.text = truth ? "true" : "false";
      return true;
    }
    case od::json_type::null: {
      bool null = false;
      const auto error = value.is_null().get(null);
      node.kind = Node::Kind::null;
      return error ? fail(error) : null || fail(simdjson::N_ATOM_ERROR);
    }
  }
  return false;
}

}  // namespace jianlu::manifest
