// The subject matters of a comparison and what belongs to each: rules/subjects.yaml. docs/compare.md describes the file.
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "engine/model/vocabulary.h"
#include "engine/yaml/document.h"

namespace jianlu::comparison {

// One way in which a declaration can belong to a topic.
struct Place {
  enum class Kind {
    act,         // 行为 录像: regulates an act that runs over this ledger
    about,       // 对象 查阅: judges rows of this ledger
    field,       // 字段 语音.认定为告知: what it demands reads this field or list
    decisive,    // 为准 录像.开始: performed at this instant
    ledger,      // 台账 移交: what it demands reads this ledger. Wider than those above, and tried after them
    excuse,      // 除非 activities: excuses norms of this topic
    manual,      // 人工 worn: a manual line of this id
    category,    // 类别 录像.弄虚作假: a category whose own condition reads this field or list
    rests_on,    // 依 tampering: a category that rests on norms of this topic; tried after its condition
    open,        // 兜底: a category without condition and without norms
    sanction,    // 处理: every sanction
  } kind{};
  model::EntityId entity = model::kNone;
  model::FieldId field = model::kNone;
  std::string id;   // of a manual line or a topic
};

struct Topic {
  model::Name name;
  std::size_t subject = 0;
  std::vector<Place> places;
};

struct Subjects {
  std::vector<model::Name> subjects;
  std::vector<Topic> topics;         // in order; the topics of a subject follow one another
  // Places left out, since the vocabulary has no such ledger or field: derived rows exist only where a regulation derives them.
  std::vector<std::string> unknown;
};

// Names are those of the vocabulary, in either language. A topic that 除非 or 依 names must stand above. At the end there is
// always the subject and topic 其他 = other.
std::variant<Subjects, yaml::Fault> read_subjects(std::string_view text, const model::Vocabulary& vocabulary);

}  // namespace jianlu::comparison
