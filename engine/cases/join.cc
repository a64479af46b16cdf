#include "adapters/manifest/words.h"
#include "engine/cases/case.h"

namespace jianlu::cases {

using model::EntityId;
using model::FieldId;
using model::kNone;
using yaml::Node;

namespace {

const std::string* key_of(const Node& row, const model::Vocabulary& vocabulary, EntityId entity) {
  const FieldId key = vocabulary.entities[entity].key;
  if (key == kNone) return nullptr;
  for (const yaml::Entry& entry : row.entries) {
    if (vocabulary.field(entity, entry.key.text) == key) return &entry.value.text;
  }
  return nullptr;
}

void replace_fields(Node& row, const Node& with, const model::Vocabulary& vocabulary, EntityId entity) {
  for (const yaml::Entry& entry : with.entries) {
    const FieldId field = vocabulary.field(entity, entry.key.text);
    yaml::Entry* old = nullptr;
    for (yaml::Entry& known : row.entries) {
      if (field != kNone && vocabulary.field(entity, known.key.text) == field) old = &known;
    }
    if (old != nullptr) *old = entry;
    else row.entries.push_back(entry);
  }
}

void join_rows(Node& rows, const Node& more, const model::Vocabulary& vocabulary, EntityId entity) {
  for (const Node& row : more.items) {
    const std::string* key = key_of(row, vocabulary, entity);
    Node* same = nullptr;
    for (Node& known : rows.items) {
      const std::string* other = key == nullptr ? nullptr : key_of(known, vocabulary, entity);
      if (other != nullptr && *other == *key) same = &known;
    }
    if (same != nullptr) replace_fields(*same, row, vocabulary, entity);
    else rows.items.push_back(row);
  }
}

}  // namespace

Node join(const std::vector<const Node*>& pieces, const model::Vocabulary& vocabulary) {
  Node out;
  out.kind = Node::Kind::mapping;
  const auto is_deliveries = [](const std::string& key) { return manifest::word::deliveries == key; };
  for (const Node* piece : pieces) {
    if (out.line == 0) {
      out.line = piece->line;
      out.column = piece->column;
    }
    for (const yaml::Entry& entry : piece->entries) {
      const EntityId entity = vocabulary.entity(entry.key.text);
      yaml::Entry* known = nullptr;
      for (yaml::Entry& other : out.entries) {
        const bool same = is_deliveries(entry.key.text)
                              ? is_deliveries(other.key.text)
                              : entity != kNone && vocabulary.entity(other.key.text) == entity;
        if (same && other.value.is(Node::Kind::sequence)) known = &other;
      }
      if (known == nullptr || !entry.value.is(Node::Kind::sequence)) {
        out.entries.push_back(entry);
      } else if (entity == kNone) {
        auto& items = known->value.items;
        items.insert(items.end(), entry.value.items.begin(), entry.value.items.end());
      } else {
        join_rows(known->value, entry.value, vocabulary, entity);
      }
    }
  }
  return out;
}

}  // namespace jianlu::cases
