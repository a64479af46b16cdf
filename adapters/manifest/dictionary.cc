#include <fmt/format.h>

#include "adapters/manifest/schema.h"
#include "engine/calendar/text.h"

namespace jianlu::manifest {
namespace {

using model::FieldKind;
using model::kNone;
using model::TypeKind;

struct Words {
  bool zh;
  std::string operator()(const model::Name& name) const { return zh ? name.zh + " `" + name.en + "`" : "`" + name.en + "` " + name.zh; }
  const char* operator()(const char* chinese, const char* english) const { return zh ? chinese : english; }
};

// A cell of a Markdown table.
std::string safe(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string type_of(const model::Vocabulary& v, model::Type type, Words w) {
  const auto link = [&](const model::Name& name) { return "[" + (w.zh ? name.zh : name.en) + "](#" + name.en + ")"; };
  switch (type.kind) {
    case TypeKind::truth: return w("是否", "truth");
    case TypeKind::number: return w("数", "number");
    case TypeKind::text: return w("文本", "text");
    case TypeKind::instant: return w("时刻", "instant");
    case TypeKind::duration: return w("时长", "duration");
    case TypeKind::interval: return w("期间", "interval");
    case TypeKind::enum_value: return link(v.enums[type.of].name);
    case TypeKind::enum_set: return w("多值：", "set of ") + link(v.enums[type.of].name);
    case TypeKind::reference: return w("指向 ", "a ") + link(v.entities[type.of].name);
    case TypeKind::rows: return w("列表：", "list of ") + link(v.entities[type.of].name);
    default: return {};
  }
}

std::string presence_of(const model::Field& field, Words w) {
  if (field.kind == FieldKind::owner) return w("从属", "owner");
  if (field.kind == FieldKind::list) return w("列表", "list");
  std::string text = field.presence == model::Presence::required   ? w("必填", "required")
                     : field.presence == model::Presence::optional ? w("可缺", "optional")
                                                                   : w("待查", "observed");
  if (field.since) text += (w.zh ? "，自 " : ", since ") + calendar::format_day(static_cast<calendar::Day>(*field.since));
  return text;
}

}  // namespace

std::string data_dictionary(const model::Vocabulary& v, source::Language language) {
  const Words w{language == source::Language::zh};
  std::string out = w("# 数据字典\n\n由词汇生成（`rules/vocabulary.law`），请勿手改。必填：缺了这一行不收；可缺：交付完整时缺了就是没有，否则不明；待查：查过之前不明。\n",
                      "# Data dictionary\n\nGenerated from the vocabulary (`rules/vocabulary.law`); do not edit. Required: without it the row is "
                      "not taken in. Optional: absent means none inside a complete delivery, otherwise unknown. Observed: unknown until someone has looked.\n");
  out += w("\n## 台账\n", "\n## Ledgers\n");
  for (const model::Entity& e : v.entities) {
    if (!v.visible(e.name)) continue;
    out += fmt::format("\n<a id=\"{}\"></a>\n### {}\n\n{}\n", e.name.en, w(e.name), safe(e.text));
    const auto fact = [&](const char* zh, const char* en, const std::string& value) {
      if (!value.empty()) out += fmt::format("- {}{}\n", w(zh, en), value);
    };
    const auto field = [&](model::FieldId f) { return f == kNone ? std::string() : (w.zh ? e.fields[f].name.zh : e.fields[f].name.en); };
    if (!e.text.empty()) out += "\n";
    fact("提供：", "supplied by: ", e.supplier);
    fact("从属于：", "owned by: ", e.owner == kNone ? std::string() : w(v.entities[e.owner].name));
    fact("标识：", "key: ", field(e.key));
    fact("时点：", "governing time: ", field(e.time));
    if (e.starts != kNone) fact("起止：", "period: ", field(e.starts) + w(" 至 ", " to ") + field(e.ends));
    fact("单位：", "unit: ", field(e.unit));
    if (e.derived) fact("由推导得出", "derived", " ");
    if (e.calendar_of != kNone) {
      const char* const zh[] = {"", "日", "周", "月", "年"};
      const char* const en[] = {"", "day", "week", "month", "year"};
      const auto kind = static_cast<int>(e.calendar);
      fact("系统生成，每单位每", "made by the system, one per unit and ",
           std::string(w(zh[kind], en[kind])) + w("，汇集", ", gathers ") + w(v.entities[e.calendar_of].name));
    }
    out += w("\n| 字段 | 类型 | 填写 | 说明 |\n|---|---|---|---|\n", "\n| field | type | presence | meaning |\n|---|---|---|---|\n");
    for (const model::Field& f : e.fields) {
      if (!v.visible(f.name)) continue;
      out += fmt::format("| {} | {} | {} | {} |\n", w(f.name), type_of(v, f.type, w), presence_of(f, w), safe(f.text));
    }
  }
  out += w("\n## 取值\n", "\n## Enumerations\n");
  for (const model::Enumeration& e : v.enums) {
    if (!v.visible(e.name)) continue;
    out += fmt::format("\n<a id=\"{}\"></a>\n### {}{}\n\n", e.name.en, w(e.name), e.open ? w("（各局可增）", " (a bureau may add values)") : "");
    for (const model::Name& value : e.values) {
      if (v.visible(value)) out += fmt::format("- {}\n", w(value));
    }
  }
  return out;
}

}  // namespace jianlu::manifest
