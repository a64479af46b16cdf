#include "adapters/manifest/faults.h"

#include <fmt/format.h>

#include "adapters/manifest/words.h"

namespace jianlu::manifest {
namespace {

using model::Name;

// What was written, short enough for one line.
std::string shown(std::string_view text) {
  if (text.size() <= 60) return std::string(text);
  std::size_t end = 57;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

diag::Words suggestion(std::string_view written, const std::vector<Name>& names) {
  const std::string near = nearest(written, names);
  if (!near.empty()) return {"是否应为“" + near + "”？", "did you mean `" + near + "`?"};
  std::string zh, en;
  for (const Name& name : names) {
    if (!zh.empty()) {
      zh += "、";
      en += ", ";
    }
    zh += name.zh;
    en += name.en;
  }
  return {"可用的有：" + zh, "known are: " + en};
}

std::vector<Name> ledgers(const model::Vocabulary& vocabulary) {
  std::vector<Name> names;
  for (const model::Entity& e : vocabulary.entities) {
    if (!e.derived && e.calendar == model::Entity::Calendar::no && vocabulary.visible(e.name)) names.push_back(e.name);
  }
  return names;
}

Name name_of(const Word& w) { return {std::string(w.zh), std::string(w.en)}; }

}  // namespace

Fault unknown_top(std::string_view name, const model::Vocabulary& vocabulary) {
  std::vector<Name> names = ledgers(vocabulary);
  for (const Word& w : {word::bureau, word::zone, word::deliveries}) names.push_back(name_of(w));
  return {{"没有名为“" + shown(name) + "”的台账，其下各行未读入", "there is no ledger `" + shown(name) + "`; its rows were not read"},
          suggestion(name, names)};
}

Fault unknown_ledger(std::string_view name, const model::Vocabulary& vocabulary) {
  return {{"没有名为“" + shown(name) + "”的台账", "there is no ledger `" + shown(name) + "`"}, suggestion(name, ledgers(vocabulary))};
}

Fault unknown_field(std::string_view name, const model::Vocabulary& vocabulary, model::EntityId entity) {
  const model::Entity& e = vocabulary.entities[entity];
  std::vector<Name> names;
  for (const model::Field& f : e.fields) {
    if (vocabulary.visible(f.name)) names.push_back(f.name);
  }
  return {{e.name.zh + "没有字段“" + shown(name) + "”", e.name.en + " has no field `" + shown(name) + "`"}, suggestion(name, names)};
}

Fault unknown_value(std::string_view text, const model::Enumeration& enumeration) {
  return {{"“" + shown(text) + "”不是" + enumeration.name.zh + "的取值", "`" + shown(text) + "` is no " + enumeration.name.en},
          suggestion(text, enumeration.values)};
}

Fault unknown_zone(std::string_view name) {
  return {{"没有名为“" + shown(name) + "”的时区", "there is no time zone `" + shown(name) + "`"},
          {"例如 Asia/Shanghai", "for example Asia/Shanghai"}};
}

Fault unknown_part(std::string_view name, std::string_view expected_zh, std::string_view expected_en) {
  return {{"不认识“" + shown(name) + "”", "`" + shown(name) + "` is not known here"},
          {fmt::format("这里可写：{}", expected_zh), fmt::format("write one of: {}", expected_en)}};
}

Fault given_twice(std::string_view name) {
  return {{"“" + shown(name) + "”写了两次", "`" + shown(name) + "` is given twice"},
          {"只留一个；中文名和英文名是同一个字段", "keep one; the Chinese and the English name are the same field"}};
}

Fault no_source(const model::Entity& entity) {
  return {{entity.name.zh + "由系统推出，不能交付", "rows of " + entity.name.en + " are derived, not delivered"},
          {"删去这些行", "leave these rows out"}};
}

Fault not_nested(const model::Vocabulary& vocabulary, const model::Field& list) {
  const Name& name = vocabulary.entities[list.list_of].name;
  return {{"“" + list.name.zh + "”不写在这里", "`" + list.name.en + "` is not written here"},
          {"写在最外层的“" + name.zh + "”之下", "write these rows under the top level's `" + name.en + "`"}};
}

Fault not_a_mapping() {
  return {{"这里应是“字段: 值”", "expected `field: value` pairs here"}, {"每行一个字段", "one field per line"}};
}

Fault not_a_list() {
  return {{"这里应是列表", "expected a list here"}, {"每项以“- ”开头，或写成 [甲, 乙]", "start each item with `- `, or write [a, b]"}};
}

Fault not_our_bureau(std::string_view name, std::string_view ours) {
  const std::string other = shown(name), own(ours);
  return {{"这是“" + other + "”的清单，而这里按“" + own + "”的规定采集和审核；整个文件没有读入",
           "this is a manifest of `" + other + "`, and `" + own + "` judges here; nothing of the file was read"},
          {"写错了的改为 " + own + "；否则用 --bureau 按它自己的规定，另建数据库", "if it is wrong, write " + own + "; otherwise take it in with --bureau, into a store of its own"}};
}

Fault not_an_instant(std::string_view text, calendar::TimeFault fault) {
  // Some instants may be written as a day, and calendar's words say so; this one may not.
  const bool day = calendar::parse_day(text).fault == calendar::TimeFault::none, shape = fault == calendar::TimeFault::shape;
  return {{"“" + shown(text) + "”不是时刻：" + (day ? "只有日期，没有钟点" : shape ? "应写作 2024-05-07T09:30" : std::string(calendar::describe_zh(fault))),
           "`" + shown(text) + "` is no instant: " +
               (day ? "a day without a time" : shape ? "it is written 2024-05-07T09:30" : std::string(calendar::describe_en(fault)))},
          {"例如 2024-05-07T09:30，或带时差 2024-05-07T09:30+08:00；只知道大概时写 {最早: …, 最晚: …}",
           "for example 2024-05-07T09:30, or with an offset 2024-05-07T09:30+08:00; where it is known only roughly, "
           "{earliest: …, latest: …}"}};
}

Fault wrong_value(std::string_view text, model::TypeKind kind) {
  const std::string zh = "“" + shown(text) + "”不是", en = "`" + shown(text) + "` is no ";
  using model::TypeKind;
  switch (kind) {
    case TypeKind::truth: return {{zh + "是否", en + "truth value"}, {"写“是”或“否”", "write yes or no"}};
    case TypeKind::number:
      return {{zh + "数", en + "number"}, {"写十进制数，至多六位小数", "write a decimal number with at most six decimals"}};
    case TypeKind::duration:
      return {{zh + "时长", en + "duration"},
              {"例如 1h20m、90s、2小时30分，或 PT1H20M；日、月不是时长", "for example 1h20m, 90s or PT1H20M; days and months are no durations"}};
    case TypeKind::interval:
      return {{zh + "期间", en + "interval"}, {"写 {从: 时刻, 至: 时刻}", "write {from: instant, to: instant}"}};
    case TypeKind::reference:
      return {{zh + "标识", en + "key"}, {"写所指那一行的标识", "write the key of the row that is meant"}};
    case TypeKind::instant: return not_an_instant(text, calendar::TimeFault::shape);
    case TypeKind::enum_value:
      return {{"这里应是一个取值", "expected one value here"}, {"只写一个取值", "write a single value"}};
    case TypeKind::enum_set:
      return {{"这里应是取值的列表", "expected a list of values here"}, {"写成 [甲, 乙]；没有则写 []", "write [a, b], or [] for none"}};
    default: return {{zh + "文本", en + "text"}, {"写一段文字", "write a text"}};
  }
}

Fault empty_key() {
  return {{"标识是空的", "the key is empty"}, {"给这一行一个标识", "give the row a key"}};
}

Fault backwards() {
  return {{"终点早于起点", "the end comes before the start"}, {"核对两个时刻", "check both instants"}};
}

Fault ends_before_start(const model::Entity& entity) {
  const Name &start = entity.fields[entity.starts].name, &end = entity.fields[entity.ends].name;
  return {{"“" + end.zh + "”早于“" + start.zh + "”", "`" + end.en + "` lies before `" + start.en + "`"},
          {"核对两个时刻；过了零点的，“" + end.zh + "”写次日的日期", "check both instants; past midnight, `" + end.en + "` has the date of the next day"}};
}

Fault bound_not_allowed() {
  return {{"这个字段不能写范围", "this field takes no range"}, {"写一个值，或写 {不明: 是}", "write one value, or {unknown: true}"}};
}

Fault only_in_lines() {
  return {{"“逐条”只用于 JSON 行文件", "`stream` belongs into JSON lines only"}, {"删去", "leave it out"}};
}

Fault not_json(std::string_view why) {
  return {{"这一行不是 JSON：" + std::string(why), "this line is no JSON: " + std::string(why)},
          {"每行一个完整的 JSON 对象，UTF-8 编码", "write one complete JSON object per line, in UTF-8"}};
}

Fault line_too_long() {
  return {{"这一行过长，未读入", "this line is too long and was not read"},
          {"一行只写一条记录，不超过 16 MiB", "write one row per line, at most 16 MiB"}};
}

Fault after_stream(const model::Entity& streamed) {
  return {{"“逐条”之后只能有" + streamed.name.zh + "，这一行未读入",
           "after `stream` only rows of " + streamed.name.en + " may come; this line was not read"},
          {"把这一行移到“逐条”之前", "move this line before the `stream` line"}};
}

Fault before_stream(const model::Entity& streamed) {
  return {{"“逐条”写在" + streamed.name.zh + "之后，按整个文件一次读入",
           "`stream` comes after rows of " + streamed.name.en + "; the file is read as a whole"},
          {"把“逐条”移到第一条" + streamed.name.zh + "之前", "move it before the first row of " + streamed.name.en}};
}

Fault missing_part(std::string_view zh, std::string_view en) {
  return {{fmt::format("缺少“{}”", zh), fmt::format("`{}` is missing", en)},
          {fmt::format("补上“{}”", zh), fmt::format("give `{}`", en)}};
}

}  // namespace jianlu::manifest
