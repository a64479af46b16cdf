#include "engine/comparison/subjects.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace jianlu::comparison {
namespace {

using yaml::Node;

struct KindName {
  Place::Kind kind;
  std::string_view zh, en;
};

constexpr std::array<KindName, 11> kKinds{{{Place::Kind::act, "行为", "act"},
                                           {Place::Kind::about, "对象", "about"},
                                           {Place::Kind::field, "字段", "field"},
                                           {Place::Kind::decisive, "为准", "decisive"},
                                           {Place::Kind::ledger, "台账", "ledger"},
                                           {Place::Kind::excuse, "除非", "unless"},
                                           {Place::Kind::manual, "人工", "manual"},
                                           {Place::Kind::category, "类别", "category"},
                                           {Place::Kind::rests_on, "依", "rests_on"},
                                           {Place::Kind::open, "兜底", "catch_all"},
                                           {Place::Kind::sanction, "处理", "sanction"}}};

class Reader {
 public:
  explicit Reader(const model::Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  std::variant<Subjects, yaml::Fault> operator()(const Node& root) {
    const Node* list = get(root, "主题", "subjects");
    if (list == nullptr || !list->is(Node::Kind::sequence)) fail(root, "这里要有“主题”的列表", "a list 'subjects' is needed here");
    else for (const Node& item : list->items) subject(item);
    if (failed_) return fault_;
    out_.subjects.push_back({"其他", "other"});
    out_.topics.push_back({{"其他", "other"}, out_.subjects.size() - 1, {}});
    return std::move(out_);
  }

 private:
  static const Node* get(const Node& node, std::string_view zh, std::string_view en) {
    const Node* found = node.find(zh);
    return found != nullptr ? found : node.find(en);
  }

  void fail(const Node& node, std::string zh, std::string en) {
    if (!failed_) fault_ = {node.line, node.column, std::move(zh), std::move(en)};
    failed_ = true;
  }

  // 应当记录的活动 = activities. A subject and its topic may share a name, two topics may not.
  model::Name name(const Node& of, bool of_topic) {
    const Node* node = get(of, "名称", "name");
    const std::size_t equals = node == nullptr ? std::string::npos : node->text.find(" = ");
    if (equals == std::string::npos || equals == 0) {
      fail(node == nullptr ? of : *node, "这里要有名称，写成“中文名 = english_id”", "a name is needed here, as '中文名 = english_id'");
      return {};
    }
    model::Name out{node->text.substr(0, equals), node->text.substr(equals + 3)};
    for (const Topic& other : out_.topics) {
      if (of_topic && (other.name.zh == out.zh || other.name.en == out.en)) fail(*node, "“" + out.zh + "”已经用过", "'" + out.en + "' is already used");
    }
    return out;
  }

  void subject(const Node& node) {
    out_.subjects.push_back(name(node, false));
    const Node* topics = get(node, "项", "topics");
    if (topics == nullptr || !topics->is(Node::Kind::sequence)) return fail(node, "主题下面要有“项”", "a subject needs 'topics'");
    for (const Node& item : topics->items) {
      Topic topic{name(item, true), out_.subjects.size() - 1, {}};
      for (const yaml::Entry& entry : item.entries) {
        if (entry.key.text == "名称" || entry.key.text == "name") continue;
        places(entry, topic);
      }
      out_.topics.push_back(std::move(topic));
    }
  }

  void places(const yaml::Entry& entry, Topic& topic) {
    const auto kind = std::find_if(kKinds.begin(), kKinds.end(),
                                   [&](const KindName& k) { return k.zh == entry.key.text || k.en == entry.key.text; });
    if (kind == kKinds.end()) {
      std::string zh, en;
      for (const KindName& k : kKinds) {
        zh += (zh.empty() ? "" : "、") + std::string(k.zh);
        en += (en.empty() ? "" : ", ") + std::string(k.en);
      }
      return fail(entry.key, "没有“" + entry.key.text + "”这种归法；可用的有：" + zh, "there is no '" + entry.key.text + "'; there are: " + en);
    }
    if (entry.value.is(Node::Kind::sequence)) {
      for (const Node& item : entry.value.items) place(kind->kind, item, topic);
    } else {
      place(kind->kind, entry.value, topic);
    }
  }

  void place(Place::Kind kind, const Node& node, Topic& topic) {
    Place out{kind, model::kNone, model::kNone, {}};
    switch (kind) {
      case Place::Kind::act: case Place::Kind::about: case Place::Kind::ledger:
        out.entity = vocabulary_.entity(node.text);
        if (out.entity == model::kNone) return out_.unknown.push_back(node.text);
        break;
      case Place::Kind::field: case Place::Kind::decisive: case Place::Kind::category: {
        const std::size_t dot = node.text.find('.');
        if (dot != std::string::npos) {
          out.entity = vocabulary_.entity(node.text.substr(0, dot));
          out.field = vocabulary_.field(out.entity, node.text.substr(dot + 1));
        }
        if (dot == std::string::npos) return fail(node, "“" + node.text + "”要写成“台账.项”", "'" + node.text + "' is to be written 'ledger.field'");
        if (out.field == model::kNone) return out_.unknown.push_back(node.text);
        break;
      }
      case Place::Kind::excuse: case Place::Kind::rests_on: {
        const auto declared = std::find_if(out_.topics.begin(), out_.topics.end(),
                                           [&](const Topic& t) { return t.name.zh == node.text || t.name.en == node.text; });
        if (declared == out_.topics.end()) return fail(node, "前面没有“" + node.text + "”这一项", "there is no topic '" + node.text + "' above");
        out.id = declared->name.en;
        break;
      }
      case Place::Kind::manual: out.id = node.text; break;
      case Place::Kind::open: case Place::Kind::sanction: break;
    }
    topic.places.push_back(std::move(out));
  }

  const model::Vocabulary& vocabulary_;
  Subjects out_;
  yaml::Fault fault_;
  bool failed_ = false;
};

}  // namespace

std::variant<Subjects, yaml::Fault> read_subjects(std::string_view text, const model::Vocabulary& vocabulary) {
  auto parsed = yaml::read(text);
  if (auto* fault = std::get_if<yaml::Fault>(&parsed)) return std::move(*fault);
  return Reader(vocabulary)(std::get<Node>(parsed));
}

}  // namespace jianlu::comparison
