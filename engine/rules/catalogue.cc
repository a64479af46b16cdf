#include "engine/rules/catalogue.h"

#include <algorithm>

namespace jianlu::rules {
namespace {

void flatten(const yaml::Node& node, const std::string& path, Catalogue& out) {
  if (node.is(yaml::Node::Kind::scalar)) out.add(path, node.text);
  for (const yaml::Entry& entry : node.entries) {
    flatten(entry.value, path.empty() ? entry.key.text : path + "/" + entry.key.text, out);
  }
}

const yaml::Node* first_list(const yaml::Node& node) {
  if (node.is(yaml::Node::Kind::sequence)) return &node;
  for (const yaml::Entry& entry : node.entries) {
    if (const yaml::Node* found = first_list(entry.value)) return found;
  }
  return nullptr;
}

}  // namespace

const std::string& Catalogue::text(std::string_view path, const std::string& otherwise) const {
  const auto found = entries_.find(path);
  return found == entries_.end() ? otherwise : found->second;
}

std::vector<model::MessagePart> Catalogue::message(const model::Norm& norm) const {
  const auto found = entries_.find("norms/" + norm.name.en);
  if (found == entries_.end()) return norm.message;
  std::vector<model::ExprId> values;
  for (const model::MessagePart& part : norm.message) {
    if (part.value != model::kNone) values.push_back(part.value);
  }
  std::vector<model::MessagePart> out;
  std::string literal;
  const std::string& text = found->second;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t close = text[i] == '{' ? text.find('}', i) : std::string::npos;
    const std::string number = close == std::string::npos ? "" : text.substr(i + 1, close - i - 1);
    const bool digits = !number.empty() && number.size() < 3 && std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
    const std::size_t index = digits ? std::stoul(number) : 0;
    if (index == 0 || index > values.size()) {
      literal += text[i];
      continue;
    }
    out.push_back({std::move(literal), model::kNone});
    literal.clear();
    out.push_back({"", values[index - 1]});
    i = close;
  }
  out.push_back({std::move(literal), model::kNone});
  return out;
}

std::variant<Catalogue, yaml::Fault> read_catalogue(std::string_view text) {
  auto parsed = yaml::read(text);
  if (auto* fault = std::get_if<yaml::Fault>(&parsed)) return std::move(*fault);
  const auto& root = std::get<yaml::Node>(parsed);
  if (const yaml::Node* list = first_list(root)) {
    return yaml::Fault{list->line, list->column, "这里不能是清单", "a list cannot stand here"};
  }
  Catalogue out;
  flatten(root, "", out);
  return out;
}

std::vector<std::string> catalogue_paths(const model::Rulebook& book, const model::Regulation& regulation) {
  std::vector<std::string> out{"regulation/title", "regulation/authority"};
  if (!regulation.commencement_because.empty()) out.push_back("regulation/commencement");
  for (const model::Article& a : regulation.articles) out.push_back("articles/" + std::to_string(a.at.article));
  for (const model::NormId id : regulation.norms) {
    if (!book.norms[id].message.empty()) out.push_back("norms/" + book.norms[id].name.en);
  }
  for (const model::DefId id : regulation.definitions) {
    if (!book.definitions[id].because.empty()) out.push_back("interpretations/" + book.definitions[id].name.en);
  }
  for (const model::Reason& r : regulation.reasons) out.push_back("reasons/" + r.name.en);
  for (const model::Manual& m : regulation.manuals) {
    for (const auto& [part, text] : {std::pair{"question", &m.question}, {"who", &m.who}, {"frequency", &m.frequency}}) {
      if (!text->empty()) out.push_back("manual/" + m.name.en + "/" + part);
    }
  }
  for (const model::Category& c : regulation.categories) out.push_back("categories/" + c.name.en);
  for (const model::Sanction& s : regulation.sanctions) {
    out.push_back("sanctions/" + s.name.en + "/text");
    if (!s.condition.empty()) out.push_back("sanctions/" + s.name.en + "/condition");
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::size_t values_of(const std::vector<model::MessagePart>& message) {
  return static_cast<std::size_t>(std::count_if(message.begin(), message.end(), [](const model::MessagePart& p) { return p.value != model::kNone; }));
}

}  // namespace jianlu::rules
