#include "adapters/manifest/schema.h"

#include <nlohmann/json.hpp>

#include "adapters/manifest/words.h"

namespace jianlu::manifest {
namespace {

using Json = nlohmann::ordered_json;
using model::FieldKind;
using model::kNone;
using model::Presence;
using model::TypeKind;

Json use(const std::string& name) { return {{"$ref", "#/$defs/" + name}}; }
Json both(const std::string& a, const std::string& b) { return Json::array({a, b}); }

Json one_of_spellings(const std::string& zh, const std::string& en) {
  return {{"oneOf", Json::array({{{"required", Json::array({zh})}}, {{"required", Json::array({en})}}})}};
}
Json not_twice(const std::string& zh, const std::string& en) { return {{"not", {{"required", both(zh, en)}}}}; }

// An object of words, each in either spelling; all required but the last `optional` ones.
Json record(const std::vector<std::pair<Word, Json>>& parts, std::size_t optional = 0) {
  Json properties = Json::object(), all = Json::array();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string zh(parts[i].first.zh), en(parts[i].first.en);
    properties[zh] = properties[en] = parts[i].second;
    all.push_back(i + optional < parts.size() ? one_of_spellings(zh, en) : not_twice(zh, en));
  }
  return {{"type", "object"}, {"additionalProperties", false}, {"properties", properties}, {"allOf", all}};
}

Json names_of(const model::Vocabulary& vocabulary, const std::vector<model::Name>& names) {
  Json values = Json::array();
  for (const model::Name& name : names) {
    if (!vocabulary.visible(name)) continue;
    values.push_back(name.zh);
    if (name.en != name.zh) values.push_back(name.en);
  }
  return values;
}

std::string rows_of(const model::Entity& e) { return "row-" + e.name.en; }

Json value_of(const model::Vocabulary& vocabulary, const model::Entity& e, model::FieldId f) {
  const model::Field& field = e.fields[f];
  switch (field.type.kind) {
    case TypeKind::truth: return use("truth");
    case TypeKind::number: return {{"anyOf", Json::array({use("number"), use("number-range")})}};
    case TypeKind::instant: return {{"anyOf", Json::array({use("instant"), use("instant-range")})}};
    case TypeKind::duration: return use("duration");
    case TypeKind::interval: return use("interval");
    case TypeKind::enum_value: return use("enum-" + vocabulary.enums[field.type.of].name.en);
    case TypeKind::enum_set:
      return {{"type", "array"}, {"items", use("enum-" + vocabulary.enums[field.type.of].name.en)}};
    case TypeKind::reference: return use("key");
    default: return f == e.key ? use("key") : Json{{"type", "string"}};
  }
}

Json row_of(const model::Vocabulary& vocabulary, model::EntityId id) {
  const model::Entity& e = vocabulary.entities[id];
  Json properties = Json::object(), all = Json::array();
  for (std::size_t i = 0; i < e.fields.size(); ++i) {
    const auto f = static_cast<model::FieldId>(i);
    const model::Field& field = e.fields[i];
    if (!vocabulary.visible(field.name)) continue;
    Json value;
    if (field.kind == FieldKind::list) {
      const model::Entity& of = vocabulary.entities[field.list_of];
      if (of.owner != id || of.owner_list != f) continue;
      value = {{"type", Json::array({"array", "null"})}, {"items", use(rows_of(of))}};
    } else {
      value = value_of(vocabulary, e, f);
      if (field.presence != Presence::required || field.kind == FieldKind::owner) {
        value = {{"anyOf", Json::array({value, {{"type", "null"}}, use("unknown")})}};
      }
      std::string text = field.text;
      if (e.starts != model::kNone && f == e.ends) {   // JSON Schema cannot compare two fields
        const model::Name& start = e.fields[e.starts].name;
        text += (text.empty() ? "" : " ") + ("不早于" + start.zh + " / not before " + start.en);
      }
      if (!text.empty()) value["description"] = text;
    }
    properties[field.name.zh] = properties[field.name.en] = value;
    const bool required = field.kind == FieldKind::stored && field.presence == Presence::required;
    if (field.name.zh != field.name.en) {
      all.push_back(required ? one_of_spellings(field.name.zh, field.name.en) : not_twice(field.name.zh, field.name.en));
    } else if (required) {
      all.push_back({{"required", Json::array({field.name.en})}});
    }
  }
  Json row = {{"title", e.name.zh + " " + e.name.en}};
  if (!e.text.empty()) row["description"] = e.text;
  row["type"] = "object";
  row["additionalProperties"] = false;
  row["properties"] = properties;
  if (!all.empty()) row["allOf"] = all;
  return row;
}

bool delivered(const model::Entity& e) { return !e.derived && e.calendar == model::Entity::Calendar::no; }

Json text_matching(const char* pattern) { return {{"type", "string"}, {"pattern", pattern}}; }

}  // namespace

std::string schema(const model::Vocabulary& vocabulary) {
  constexpr const char* kInstant =
      "^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?$";
  Json defs = Json::object();
  defs["key"] = {{"type", "string"}, {"minLength", 1}};
  defs["truth"] = {{"enum", Json::array({true, false, "是", "否", "yes", "no", "true", "false"})}};
  defs["number"] = {{"anyOf", Json::array({{{"type", "number"}}, text_matching("^-?[0-9]+(\\.[0-9]{1,6})?$")})}};
  defs["instant"] = text_matching(kInstant);
  defs["duration"] = text_matching(
      "^-?(PT)?([0-9.]+(h|H|小时|时))?([0-9.]+(m|M|分钟|分))?([0-9.]+(s|S|秒))?$");
  defs["duration"]["minLength"] = 2;
  defs["instant-range"] = record({{word::earliest, use("instant")}, {word::latest, use("instant")}});
  defs["number-range"] = record({{word::least, use("number")}, {word::most, use("number")}});
  const Json end = {{"anyOf", Json::array({use("instant"), use("instant-range")})}};
  defs["interval"] = record({{word::from, end}, {word::to, end}});
  defs["unknown"] = record({{word::unknown, {{"enum", Json::array({true, "是", "yes", "true"})}}}});
  for (const model::Enumeration& e : vocabulary.enums) {
    if (!vocabulary.visible(e.name)) continue;
    defs["enum-" + e.name.en] = {{"title", e.name.zh + " " + e.name.en}, {"enum", names_of(vocabulary, e.values)}};
  }
  std::vector<model::Name> ledgers;
  for (const model::Entity& e : vocabulary.entities) {
    if (delivered(e) && vocabulary.visible(e.name)) ledgers.push_back(e.name);
  }
  defs["ledger"] = {{"enum", names_of(vocabulary, ledgers)}};
  const auto one_or_more = [](const std::string& of) {
    return Json{{"anyOf", Json::array({use(of), {{"type", "array"}, {"items", use(of)}, {"minItems", 1}}})}};
  };
  const Json through = {{"anyOf", Json::array({use("instant"), text_matching("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")})}};
  defs["delivery"] = record({{word::ledger, one_or_more("ledger")}, {word::unit, one_or_more("key")},
                             {word::through, through}, {word::by, {{"type", "string"}}}}, 1);
  defs["delivery"]["description"] = "台账对某单位已完整交付到何时；其外“没有”不作数 / complete through; beyond it absence proves nothing";
  for (std::size_t id = 0; id < vocabulary.entities.size(); ++id) {
    const model::Entity& e = vocabulary.entities[id];
    if (delivered(e) && vocabulary.visible(e.name)) defs[rows_of(e)] = row_of(vocabulary, static_cast<model::EntityId>(id));
  }

  const auto one_or_list = [](const Json& of) {
    return Json{{"anyOf", Json::array({of, {{"type", Json::array({"array", "null"})}, {"items", of}}})}};
  };
  Json properties = Json::object();
  const auto add = [&](std::string_view zh, std::string_view en, const Json& value) {
    properties[std::string(zh)] = properties[std::string(en)] = value;
  };
  add(word::bureau.zh, word::bureau.en, {{"type", "string"}});
  add(word::zone.zh, word::zone.en, {{"type", "string"}});
  add(word::deliveries.zh, word::deliveries.en, one_or_list(use("delivery")));
  add(word::delivery.zh, word::delivery.en, one_or_list(use("delivery")));
  add(word::stream.zh, word::stream.en, use("ledger"));
  for (const model::Entity& e : vocabulary.entities) {
    if (delivered(e) && vocabulary.visible(e.name)) add(e.name.zh, e.name.en, one_or_list(use(rows_of(e))));
  }
  const Json root = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                     {"title", "鉴录交付清单 jianlu manifest"},
                     {"type", Json::array({"object", "null"})},
                     {"additionalProperties", false},
                     {"properties", properties},
                     {"$defs", defs}};
  return root.dump(2) + "\n";
}

}  // namespace jianlu::manifest
