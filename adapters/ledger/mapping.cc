#include "adapters/ledger/mapping.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "adapters/ledger/times.h"
#include "adapters/manifest/words.h"

namespace jianlu::ledger {
namespace {

using manifest::Word;
using model::EntityId;
using model::FieldId;
using model::kNone;
using yaml::Node;

namespace word {
constexpr Word id{"编号", "id"}, note{"说明", "note"}, header{"表头", "header"}, header_line{"表头行", "header_line"},
    separator{"分隔", "separator"}, excel{"表格软件", "excel"}, only{"只取", "only"}, rows{"行", "rows"};
constexpr Word column{"列", "column"}, values{"对照", "values"}, written{"写法", "written"}, split{"拆分", "split"}, empty{"空", "empty"};
constexpr Word take{"取", "take"}, leave{"略去", "leave"};
}  // namespace word

class Reader {
 public:
  Reader(const std::string& file, const model::Vocabulary& vocabulary, std::vector<MappingFault>& faults)
      : vocabulary_(vocabulary), faults_(faults), before_(faults.size()) {
    mapping_.file = file;
  }

  std::optional<Mapping> read(std::string_view text) {
    const auto parsed = yaml::read(text);
    if (const auto* fault = std::get_if<yaml::Fault>(&parsed)) {
      faults_.push_back({mapping_.file, fault->line, fault->column, {fault->zh, fault->en}, {}});
      return std::nullopt;
    }
    const Node& root = std::get<Node>(parsed);
    if (!root.is(Node::Kind::mapping)) {
      complain(root, {"应为一份对照：编号、表头、行", "this must be a mapping with id, header and rows"});
      return std::nullopt;
    }
    for (const yaml::Entry& entry : root.entries) top(entry.key, entry.value);
    if (mapping_.id.empty()) complain(root, {"缺少“编号”", "`id` is missing"});
    if (mapping_.header.empty()) complain(root, {"缺少“表头”：凭哪些列认出这种表", "`header` is missing: the columns that tell such a table"});
    if (!has_rows_) complain(root, {"缺少“行”：每一行成为哪本台账的什么", "`rows` is missing: what a line becomes, in which ledger"});
    if (faults_.size() != before_) return std::nullopt;
    return std::move(mapping_);
  }

 private:
  void complain(const Node& at, diag::Words what, diag::Words mend = {}) {
    faults_.push_back({mapping_.file, at.line, at.column, std::move(what), std::move(mend)});
  }

  void unknown_key(const Node& key, std::string_view zh, std::string_view en) {
    complain(key, {"不认得“" + key.text + "”", "`" + key.text + "` is not known here"},
             {"可用的有：" + std::string(zh), "known are: " + std::string(en)});
  }

  std::string text(const Node& node) {
    if (!node.is(Node::Kind::scalar) || node.text.empty()) complain(node, {"应为一段文字", "this must be plain text"});
    return node.text;
  }

  // One text, or a list of them.
  std::vector<std::string> texts(const Node& node) {
    std::vector<std::string> out;
    if (!node.is(Node::Kind::sequence)) out.push_back(text(node));
    for (const Node& item : node.items) out.push_back(text(item));
    return out;
  }

  void top(const Node& key, const Node& value) {
    if (word::id == key.text) mapping_.id = text(value);
    else if (word::note == key.text) mapping_.note = text(value);
    else if (word::header == key.text) mapping_.header = texts(value);
    else if (word::header_line == key.text) header_line(value);
    else if (word::separator == key.text) separator(value);
    else if (word::excel == key.text) mapping_.excel = truth(value);
    else if (manifest::word::zone == key.text) mapping_.zone = value;
    else if (word::only == key.text) only(value);
    else if (word::rows == key.text) rows(value);
    else if (manifest::word::deliveries == key.text) deliveries(value);
    else unknown_key(key, "编号、说明、表头、表头行、分隔、表格软件、时区、只取、行、交付",
                     "id, note, header, header_line, separator, excel, zone, only, rows, deliveries");
  }

  void header_line(const Node& value) {
    const std::string n = text(value);
    const auto [end, error] = std::from_chars(n.data(), n.data() + n.size(), mapping_.header_line);
    if (error != std::errc() || end != n.data() + n.size() || mapping_.header_line < 1 || mapping_.header_line > 100) {
      complain(value, {"表头行应为 1 到 100", "header_line must be 1 to 100"});
    }
  }

  void separator(const Node& value) {
    constexpr std::pair<Word, char> known[] = {{{"逗号", "comma"}, ','}, {{"分号", "semicolon"}, ';'}, {{"制表符", "tab"}, '\t'}};
    for (const auto& [name, character] : known) {
      if (!(name == value.text)) continue;
      mapping_.separator = character;
      return;
    }
    complain(value, {"分隔应为逗号、分号或者制表符", "separator must be comma, semicolon or tab"});
  }

  bool truth(const Node& value) {
    if (value.text == "是" || value.text == "true" || value.text == "yes") return true;
    if (value.text != "否" && value.text != "false" && value.text != "no") complain(value, {"应为是或者否", "this must be yes or no"});
    return false;
  }

  void only(const Node& value) {
    Only only;
    for (const yaml::Entry& entry : value.entries) {
      if (word::column == entry.key.text) only.column = text(entry.value);
      else if (word::take == entry.key.text) only.take = texts(entry.value);
      else if (word::leave == entry.key.text) only.leave = texts(entry.value);
      else unknown_key(entry.key, "列、取、略去", "column, take, leave");
    }
    if (only.column.empty() || only.take.empty()) {
      complain(value, {"“只取”要写列，和取哪些", "`only` needs a column, and which texts to take"});
    }
    mapping_.only = std::move(only);
  }

  void rows(const Node& value) {
    has_rows_ = !value.entries.empty();
    for (const yaml::Entry& entry : value.entries) {
      const EntityId id = vocabulary_.entity(entry.key.text);
      if (id == kNone || vocabulary_.entities[id].derived || vocabulary_.entities[id].calendar != model::Entity::Calendar::no) {
        complain(entry.key, {"没有名为“" + entry.key.text + "”的台账", "there is no ledger `" + entry.key.text + "`"}, suggest(entry.key.text, ledgers()));
      } else if (!entry.value.is(Node::Kind::mapping)) {
        complain(entry.value, {"应为各字段", "the fields of the row must stand here"});
      } else {
        mapping_.rows.emplace_back(id, row(entry.value, id));
      }
    }
  }

  std::vector<model::Name> ledgers() const {
    std::vector<model::Name> names;
    for (const model::Entity& e : vocabulary_.entities) {
      if (!e.derived && e.calendar == model::Entity::Calendar::no) names.push_back(e.name);
    }
    return names;
  }

  static diag::Words suggest(const std::string& written, const std::vector<model::Name>& names) {
    const std::string near = manifest::nearest(written, names);
    if (near.empty()) return {"名称见 docs/manifest.md 说的数据字典", "the data dictionary has the names (docs/manifest.md)"};
    return {"是否应为“" + near + "”？", "did you mean `" + near + "`?"};
  }

  Value row(const Node& node, EntityId id) {
    const model::Entity& e = vocabulary_.entities[id];
    Value out;
    out.kind = Value::Kind::parts;
    out.line = node.line;
    std::set<FieldId> given;
    for (const yaml::Entry& entry : node.entries) {
      const FieldId f = vocabulary_.field(id, entry.key.text);
      if (f == kNone) {
        std::vector<model::Name> names;
        for (const model::Field& field : e.fields) names.push_back(field.name);
        complain(entry.key, {e.name.zh + "没有字段“" + entry.key.text + "”", e.name.en + " has no field `" + entry.key.text + "`"},
                 suggest(entry.key.text, names));
        continue;
      }
      if (!given.insert(f).second) complain(entry.key, {"“" + entry.key.text + "”写了两次", "`" + entry.key.text + "` is given twice"});
      out.parts.emplace_back(entry.key, field(entry.value, e.fields[f], id));
    }
    for (FieldId f = 0; f < static_cast<FieldId>(e.fields.size()); ++f) {
      const model::Field& field = e.fields[f];
      if (field.kind != model::FieldKind::stored || field.presence != model::Presence::required || given.count(f) != 0) continue;
      complain(node, {"没有说必填字段“" + field.name.zh + "”从哪一列来", "nothing says where the required field `" + field.name.en + "` comes from"},
               {"写上：" + field.name.zh + ": {列: …}", "write: " + field.name.en + ": {column: …}"});
    }
    return out;
  }

  Value field(const Node& node, const model::Field& field, EntityId id) {
    if (field.kind == model::FieldKind::list) {
      Value out;
      out.kind = Value::Kind::rows;
      out.line = node.line;
      if (!node.is(Node::Kind::sequence) || vocabulary_.entities[field.list_of].owner != id) {
        complain(node, {"应为一列所属的行", "a list of rows that it owns must stand here"});
        return out;
      }
      for (const Node& item : node.items) out.rows.push_back(row(item, field.list_of));
      return out;
    }
    Value out = value(node);
    check_targets(node, out, field);
    check_ends(node, out);
    return out;
  }

  // The ends of an interval and the bounds of an instant or a number say how they are written.
  void check_ends(const Node& node, const Value& value) {
    for (const auto& [key, part] : value.parts) {
      if (part.kind == Value::Kind::take && part.take.times.empty()) {
        complain(node, {"没有说“" + key.text + "”的写法", "nothing says how `" + key.text + "` is written"},
                 {"时刻写：写法: \"yyyy-MM-dd HH:mm:ss\"；数写：写法: 数", "write: written: \"yyyy-MM-dd HH:mm:ss\" for a time, written: number for a number"});
      }
      check_ends(node, part);
    }
  }

  // What a text is said to mean must be a value of the field's enumeration.
  void check_targets(const Node& node, const Value& value, const model::Field& field) {
    const bool is_enum = field.type.kind == model::TypeKind::enum_value || field.type.kind == model::TypeKind::enum_set;
    if (!is_enum) {
      if (value.kind == Value::Kind::take && field.type.kind == model::TypeKind::instant && value.take.times.empty() && value.take.values.empty()) {
        complain(node, {"没有说时刻的写法", "nothing says how the time is written"},
                 {"写上：写法: \"yyyy-MM-dd HH:mm:ss\"", "write: written: \"yyyy-MM-dd HH:mm:ss\""});
      }
      return;
    }
    const auto check = [&](const Node& target) {
      if (!target.is(Node::Kind::scalar) || vocabulary_.value(field.type.of, target.text) != kNone) return;
      const model::Enumeration& e = vocabulary_.enums[field.type.of];
      complain(target, {"“" + target.text + "”不是" + e.name.zh + "的取值", "`" + target.text + "` is no " + e.name.en}, suggest(target.text, e.values));
    };
    if (value.kind == Value::Kind::constant) {
      check(value.constant);
      for (const Node& item : value.constant.items) check(item);
    }
    for (const auto& [text, target] : value.take.values) check(target);
  }

  Value value(const Node& node) {
    Value out;
    out.line = node.line;
    if (!node.is(Node::Kind::mapping)) {
      out.constant = node;
      return out;
    }
    const bool takes = std::any_of(node.entries.begin(), node.entries.end(), [](const yaml::Entry& e) { return word::column == e.key.text; });
    if (takes) {
      out.kind = Value::Kind::take;
      out.take = take(node);
      return out;
    }
    out.kind = Value::Kind::parts;
    for (const yaml::Entry& entry : node.entries) {
      out.parts.emplace_back(entry.key, value(entry.value));
    }
    return out;
  }

  Take take(const Node& node) {
    Take out;
    for (const yaml::Entry& entry : node.entries) {
      if (word::column == entry.key.text) {
        out.column = text(entry.value);
      } else if (word::written == entry.key.text) {
        out.times = texts(entry.value);
        for (const std::string& form : out.times) {
          if (auto fault = form_fault(form)) complain(entry.value, *fault);
        }
      } else if (word::split == entry.key.text) {
        out.split = text(entry.value);
      } else if (word::empty == entry.key.text) {
        out.empty = entry.value;
      } else if (word::values == entry.key.text) {
        if (!entry.value.is(Node::Kind::mapping)) complain(entry.value, {"应为“单元格里的字: 意思”", "this must be `text of the cell: meaning`"});
        for (const yaml::Entry& pair : entry.value.entries) out.values.emplace(pair.key.text, pair.value);
      } else {
        unknown_key(entry.key, "列、对照、写法、拆分、空", "column, values, written, split, empty");
      }
    }
    return out;
  }

  void deliveries(const Node& node) {
    if (!node.is(Node::Kind::sequence)) {
      complain(node, {"应为一列交付：台账、单位、截至", "a list of deliveries must stand here: ledger, unit, complete_through"});
      return;
    }
    for (const Node& item : node.items) {
      Value delivery = value(item);
      if (delivery.kind != Value::Kind::parts) complain(item, {"应为台账、单位、截至、提供人", "ledger, unit, complete_through, by must stand here"});
      mapping_.deliveries.push_back(std::move(delivery));
    }
  }

  const model::Vocabulary& vocabulary_;
  std::vector<MappingFault>& faults_;
  std::size_t before_;
  bool has_rows_ = false;
  Mapping mapping_;
};

}  // namespace

std::optional<Mapping> read_mapping(const std::string& file, std::string_view text, const model::Vocabulary& vocabulary,
                                    std::vector<MappingFault>& faults) {
  return Reader(file, vocabulary, faults).read(text);
}

}  // namespace jianlu::ledger
