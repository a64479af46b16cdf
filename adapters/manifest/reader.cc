#include <algorithm>
#include <utility>

#include "adapters/manifest/faults.h"
#include "adapters/manifest/manifest.h"
#include "adapters/manifest/values.h"
#include "adapters/manifest/words.h"
#include "engine/fact/recorder.h"

namespace jianlu::manifest {
namespace {

using model::EntityId;
using model::FieldId;
using model::FieldKind;
using model::kNone;
using model::TypeKind;
using yaml::Node;

class Reader {
 public:
  Reader(std::int32_t source, const model::Vocabulary& vocabulary, const calendar::Zone& zone, bool lines)
      : source_(source), vocabulary_(vocabulary), zone_(zone), lines_(lines), recorder_(vocabulary, manifest_.problems) {}

  Manifest read(const Node& root) {
    if (root.is(Node::Kind::null)) return std::move(manifest_);
    if (!root.is(Node::Kind::mapping)) {
      problem(root, not_a_mapping(), fact::Problem::Effect::file_aside);
      manifest_.doubts.push_back({});
      return std::move(manifest_);
    }
    for (const yaml::Entry& entry : root.entries) {
      if (word::zone == entry.key.text) set_zone(entry.value);
      if (word::stream == entry.key.text) set_stream(entry);
      if (word::bureau == entry.key.text) manifest_.bureau = entry.value.text;
      if (word::bureau == entry.key.text && other_bureau(manifest_.bureau, vocabulary_)) return refuse_bureau(entry);
    }
    for (const yaml::Entry& entry : root.entries) {
      const std::string& key = entry.key.text;
      if (word::zone == key || word::bureau == key || word::stream == key) continue;
      path_ = key;
      if (word::deliveries == key || word::delivery == key) {
        one_or_each(entry.value, [&](const Node& node) { delivery(node); });
      } else if (const EntityId id = vocabulary_.entity(key); id == kNone) {
        problem(entry.key, unknown_top(key, vocabulary_));
        manifest_.doubts.push_back({});
      } else if (vocabulary_.entities[id].derived ||
                 vocabulary_.entities[id].calendar != model::Entity::Calendar::no) {
        problem(entry.key, no_source(vocabulary_.entities[id]));
      } else if (!one_or_each(entry.value, [&](const Node& node) { document(node, id); })) {
        manifest_.doubts.push_back({id, {}});
      }
    }
    return std::move(manifest_);
  }

 private:
  // A name or number appended to the path while it is in scope.
  class Step {
   public:
    Step(std::string& path, std::string_view name) : path_(path), size_(path.size()) {
      if (!path.empty()) path += '.';
      path += name;
    }
    Step(std::string& path, std::size_t index) : path_(path), size_(path.size()) {
      path += '[' + std::to_string(index + 1) + ']';
    }
    ~Step() { path_.resize(size_); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

   private:
    std::string& path_;
    std::size_t size_;
  };

  void problem(const Node& at, Fault fault, fact::Problem::Effect effect = fact::Problem::Effect::row_aside) {
    fact::Problem p;
    p.effect = effect;
    p.origin = {source_, at.line};
    p.column = at.column;
    p.path = path_;
    p.what = std::move(fault.what);
    p.mend = std::move(fault.mend);
    manifest_.problems.push_back(std::move(p));
  }

  template <typename Read>
  bool each(const Node& list, Read read) {
    if (list.is(Node::Kind::null)) return true;
    if (!list.is(Node::Kind::sequence)) {
      problem(list, not_a_list());
      return false;
    }
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      const Step step(path_, i);
      read(list.items[i]);
    }
    return true;
  }

  // At the top level a single row may stand without its list.
  template <typename Read>
  bool one_or_each(const Node& node, Read read) {
    if (!node.is(Node::Kind::mapping)) return each(node, read);
    read(node);
    return true;
  }

  // What another bureau says touches no list of this one; what is only misspelt might.
  Manifest refuse_bureau(const yaml::Entry& entry) {
    const std::string& ours = *vocabulary_.viewer;
    path_ = entry.key.text;
    problem(entry.value, not_our_bureau(manifest_.bureau, ours), fact::Problem::Effect::file_aside);
    if (!nearest(manifest_.bureau, {{ours, ours}}).empty()) manifest_.doubts.push_back({});
    return std::move(manifest_);
  }

  void set_stream(const yaml::Entry& entry) {
    path_ = entry.key.text;
    manifest_.stream = vocabulary_.entity(entry.value.text);
    if (!lines_) {
      problem(entry.key, only_in_lines());
    } else if (manifest_.stream == kNone) {
      problem(entry.value, unknown_ledger(entry.value.text, vocabulary_));
    }
  }

  void set_zone(const Node& node) {
    path_ = word::zone.zh;
    if (const auto found = calendar::Zone::find(node.text)) {
      zone_ = *found;
      manifest_.zone = found;
    } else {
      problem(node, unknown_zone(node.text), fact::Problem::Effect::noted);
    }
  }

  // One ledger or unit, or a list of them.
  template <typename Read>
  bool one_or_more(const Node& node, Read read) {
    if (node.is(Node::Kind::scalar)) return read(node);
    if (!node.is(Node::Kind::sequence) || node.items.empty()) {
      problem(node, not_a_list());
      return false;
    }
    for (const Node& item : node.items) {
      if (!item.is(Node::Kind::scalar)) {
        problem(item, wrong_value(item.text, TypeKind::text));
        return false;
      }
      if (!read(item)) return false;
    }
    return true;
  }

  void delivery(const Node& node) {
    if (!node.is(Node::Kind::mapping)) return problem(node, not_a_mapping());
    std::vector<EntityId> ledgers;
    std::vector<std::string> units;
    fact::Delivery delivery;
    delivery.origin = {source_, node.line};
    bool good = true, timed = false;
    for (const yaml::Entry& entry : node.entries) {
      const Step step(path_, entry.key.text);
      if (word::ledger == entry.key.text) {
        good &= one_or_more(entry.value, [&](const Node& name) {
          ledgers.push_back(vocabulary_.entity(name.text));
          if (ledgers.back() == kNone) problem(name, unknown_ledger(name.text, vocabulary_));
          return ledgers.back() != kNone;
        });
      } else if (word::unit == entry.key.text) {
        good &= one_or_more(entry.value, [&](const Node& name) {
          units.push_back(name.text);
          return true;
        });
      } else if (word::through == entry.key.text) {
        const calendar::ParsedInstant parsed = parse_through(entry.value.text, zone_);
        timed = true;
        delivery.through = parsed.instant;
        if (parsed.fault != calendar::TimeFault::none) {
          problem(entry.value, not_an_instant(entry.value.text, parsed.fault));
          good = false;
        }
      } else if (word::by == entry.key.text) {
        delivery.by = entry.value.text;
      } else {
        problem(entry.key, unknown_part(entry.key.text, "台账、单位、截至、提供人", "ledger, unit, complete_through, by"));
        good = false;
      }
    }
    if (!good) return;
    if (ledgers.empty()) return problem(node, missing_part(word::ledger.zh, word::ledger.en));
    if (units.empty()) return problem(node, missing_part(word::unit.zh, word::unit.en));
    if (!timed) return problem(node, missing_part(word::through.zh, word::through.en));
    for (const EntityId ledger : ledgers) {
      for (const std::string& unit : units) {
        delivery.ledger = ledger;
        delivery.unit = unit;
        manifest_.deliveries.push_back(delivery);
      }
    }
  }

  void document(const Node& node, EntityId id) {
    row(node, id);
    if (recorder_.kept()) {
      manifest_.documents.push_back(std::move(recorder_.document()));
    } else {
      manifest_.doubts.push_back(recorder_.doubt());
    }
  }

  // Reads everything of the row before keeping it aside, so that one run shows all its errors.
  void row(const Node& node, EntityId id) {
    recorder_.begin(id, {source_, node.line});
    bool good = node.is(Node::Kind::mapping);
    if (!good) problem(node, not_a_mapping());
    std::vector<FieldId> lists;
    for (const yaml::Entry& entry : node.entries) {
      const Step step(path_, entry.key.text);
      good &= field(entry, id, lists);
    }
    good &= period(node, id);
    if (good) {
      recorder_.end();
    } else {
      recorder_.abandon();
    }
  }

  bool period(const Node& node, EntityId id) {
    const model::Entity& e = vocabulary_.entities[id];
    if (e.starts == kNone || !recorder_.reversed(e.starts, e.ends)) return true;
    const auto end = std::find_if(node.entries.begin(), node.entries.end(),
                                  [&](const yaml::Entry& entry) { return vocabulary_.field(id, entry.key.text) == e.ends; });
    const Step step(path_, end->key.text);
    return refuse(end->value, ends_before_start(e));
  }

  bool field(const yaml::Entry& entry, EntityId id, std::vector<FieldId>& lists) {
    const FieldId f = vocabulary_.field(id, entry.key.text);
    if (f == kNone) {
      problem(entry.key, unknown_field(entry.key.text, vocabulary_, id));
      return false;
    }
    const model::Field& field = vocabulary_.field(id, f);
    if (field.kind == FieldKind::list) {
      if (vocabulary_.entities[field.list_of].owner != id || vocabulary_.entities[field.list_of].owner_list != f) {
        problem(entry.key, not_nested(vocabulary_, field));
        return false;
      }
      if (std::find(lists.begin(), lists.end(), f) != lists.end()) return refuse(entry.key, given_twice(entry.key.text));
      lists.push_back(f);
      return each(entry.value, [&](const Node& owned) { row(owned, field.list_of); });
    }
    if (recorder_.has(f)) {
      problem(entry.key, given_twice(entry.key.text));
      return false;
    }
    return cell(entry.value, id, f);
  }

  bool refuse(const Node& at, Fault fault) {
    problem(at, std::move(fault));
    return false;
  }

  bool cell(const Node& node, EntityId id, FieldId f) {
    const model::Type type = vocabulary_.field(id, f).type;
    if (node.is(Node::Kind::null)) {
      recorder_.put_state(f, fact::kNothing);
      return true;
    }
    if (node.is(Node::Kind::mapping)) return mapping(node, f, type);
    if (type.kind == TypeKind::enum_set) return set(node, f, vocabulary_.enums[type.of]);
    if (!node.is(Node::Kind::scalar)) return refuse(node, wrong_value("[…]", type.kind));
    switch (type.kind) {
      case TypeKind::text:
      case TypeKind::reference:
        if (node.text.empty() && (type.kind == TypeKind::reference || vocabulary_.entities[id].key == f)) {
          return refuse(node, empty_key());
        }
        recorder_.put_text(f, node.text);
        return true;
      case TypeKind::enum_value: {
        const std::int32_t code = vocabulary_.value(type.of, node.text);
        if (code == kNone) return refuse(node, unknown_value(node.text, vocabulary_.enums[type.of]));
        recorder_.put(f, code);
        return true;
      }
      default: {
        const auto value = scalar(node, type.kind);
        if (value) recorder_.put(f, *value);
        return value.has_value();
      }
    }
  }

  // Truth, number, duration, instant.
  std::optional<std::int64_t> scalar(const Node& node, TypeKind kind) {
    std::optional<std::int64_t> value;
    if (kind == TypeKind::instant) {
      const calendar::ParsedInstant parsed = read_instant(node.text, zone_);
      if (node.is(Node::Kind::scalar) && parsed.fault == calendar::TimeFault::none) return parsed.instant;
      problem(node, not_an_instant(node.text, parsed.fault));
      return std::nullopt;
    }
    if (node.is(Node::Kind::scalar)) {
      if (kind == TypeKind::truth) value = parse_truth(node.text);
      if (kind == TypeKind::number) value = parse_number(node.text);
      if (kind == TypeKind::duration) value = parse_duration(node.text);
    }
    if (!value) problem(node, wrong_value(node.text, kind));
    return value;
  }

  bool set(const Node& node, FieldId f, const model::Enumeration& enumeration) {
    if (!node.is(Node::Kind::sequence)) return refuse(node, wrong_value(node.text, TypeKind::enum_set));
    std::int64_t bits = 0;
    for (const Node& item : node.items) {
      const std::int32_t code = item.is(Node::Kind::scalar) ? vocabulary_.value(vocabulary_id(enumeration), item.text) : kNone;
      if (code == kNone) return refuse(item, unknown_value(item.text, enumeration));
      bits |= std::int64_t{1} << code;
    }
    recorder_.put(f, bits);
    return true;
  }
  model::EnumId vocabulary_id(const model::Enumeration& e) const {
    return static_cast<model::EnumId>(&e - vocabulary_.enums.data());
  }

  // {不明: 是}, {从: …, 至: …}, {最早: …, 最晚: …}, {最小: …, 最大: …}
  bool mapping(const Node& node, FieldId f, model::Type type) {
    if (node.entries.size() == 1 && word::unknown == node.entries[0].key.text &&
        parse_truth(node.entries[0].value.text) == fact::kTrue) {
      recorder_.put_state(f, fact::kUnknown);
      return true;
    }
    if (type.kind == TypeKind::interval) {
      const Node* from = nullptr;
      const Node* to = nullptr;
      if (!parts(node, word::from, word::to, from, to)) return false;
      const auto start = bound(*from, TypeKind::instant), end = bound(*to, TypeKind::instant);
      if (!start || !end) return false;
      if (end->hi < start->lo || end->lo < start->lo) return refuse(*to, backwards());
      recorder_.put_interval(f, *start, *end);
      return true;
    }
    if (type.kind != TypeKind::instant && type.kind != TypeKind::number) return refuse(node, bound_not_allowed());
    const auto value = bound(node, type.kind);
    if (value) recorder_.put_bound(f, value->lo, value->hi);
    return value.has_value();
  }

  std::optional<calendar::Bound> bound(const Node& node, TypeKind kind) {
    if (!node.is(Node::Kind::mapping)) {
      const auto value = scalar(node, kind);
      if (!value) return std::nullopt;
      return calendar::Bound{*value, *value};
    }
    const bool number = kind == TypeKind::number;
    const Node* low = nullptr;
    const Node* high = nullptr;
    if (!parts(node, number ? word::least : word::earliest, number ? word::most : word::latest, low, high)) return std::nullopt;
    const auto lo = scalar(*low, kind), hi = scalar(*high, kind);
    if (!lo || !hi) return std::nullopt;
    if (*hi < *lo) {
      problem(*high, backwards());
      return std::nullopt;
    }
    return calendar::Bound{*lo, *hi};
  }

  bool parts(const Node& node, const Word& first, const Word& second, const Node*& a, const Node*& b) {
    for (const yaml::Entry& entry : node.entries) {
      const Node** const slot = first == entry.key.text ? &a : second == entry.key.text ? &b : nullptr;
      if (slot == nullptr) {
        return refuse(entry.key, unknown_part(entry.key.text, std::string(first.zh) + "、" + std::string(second.zh) + "，或单写 不明: 是",
                                              std::string(first.en) + ", " + std::string(second.en) + ", or alone unknown: true"));
      }
      if (*slot != nullptr) return refuse(entry.key, given_twice(entry.key.text));
      *slot = &entry.value;
    }
    if (a == nullptr) return refuse(node, missing_part(first.zh, first.en));
    if (b == nullptr) return refuse(node, missing_part(second.zh, second.en));
    return true;
  }

  std::int32_t source_;
  const model::Vocabulary& vocabulary_;
  calendar::Zone zone_;
  bool lines_;
  Manifest manifest_;
  fact::Recorder recorder_;
  std::string path_;
};

}  // namespace

Manifest read_node(const Node& node, std::int32_t source, const model::Vocabulary& vocabulary, const calendar::Zone& zone) {
  return Reader(source, vocabulary, zone, false).read(node);
}

Manifest read_line(const Node& node, std::int32_t source, const model::Vocabulary& vocabulary, const calendar::Zone& zone) {
  return Reader(source, vocabulary, zone, true).read(node);
}

}  // namespace jianlu::manifest
