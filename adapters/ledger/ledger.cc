#include "adapters/ledger/ledger.h"

#include <algorithm>
#include <map>
#include <set>
#include <variant>

#include "adapters/encoding/encoding.h"
#include "adapters/ledger/row.h"
#include "adapters/manifest/words.h"
#include "engine/source/read.h"

namespace jianlu::ledger {
namespace {

using model::EntityId;
using model::kNone;
using yaml::Node;

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

// Without the line by which some programs say what separates (sep=;), and the number of lines cut off.
std::string_view without_hint(std::string_view text, int& lines) {
  lines = 0;
  if (text.substr(0, 4) != "sep=") return text;
  const std::size_t end = text.find('\n');
  lines = 1;
  return end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
}

// The record that names the columns; nothing where the text ends before it.
std::optional<Record> header_of(Csv& csv, int number) {
  Record record;
  CsvFault fault;
  for (int n = 0; n < number;) {
    const Csv::Got got = csv.next(record, fault);
    if (got == Csv::Got::end) return std::nullopt;
    if (got == Csv::Got::record && ++n == number) return record;
  }
  return std::nullopt;
}

Columns columns_of(const Record& header) {
  Columns out;
  for (std::size_t i = 0; i < header.cells.size(); ++i) {
    const std::string name = trimmed(header.cells[i].text);
    if (!name.empty()) out.emplace(name, i);
  }
  return out;
}

void needed(const Value& value, std::set<std::string>& out) {
  if (value.kind == Value::Kind::take) out.insert(value.take.column);
  for (const auto& [key, part] : value.parts) needed(part, out);
  for (const Value& row : value.rows) needed(row, out);
}

std::set<std::string> columns_needed(const Mapping& mapping) {
  std::set<std::string> out;
  for (const auto& [entity, value] : mapping.rows) needed(value, out);
  for (const Value& value : mapping.deliveries) needed(value, out);
  if (mapping.only) out.insert(mapping.only->column);
  return out;
}

bool fits(const Mapping& mapping, std::string_view text) {
  Csv csv(text, mapping.separator);
  const auto header = header_of(csv, mapping.header_line);
  if (!header) return false;
  const Columns columns = columns_of(*header);
  return std::all_of(mapping.header.begin(), mapping.header.end(), [&](const std::string& name) { return columns.count(name) != 0; });
}

const Mapping* choose(const std::vector<Mapping>& mappings, std::string_view text) {
  const Mapping* best = nullptr;
  for (const Mapping& mapping : mappings) {
    if (fits(mapping, text) && (best == nullptr || mapping.header.size() > best->header.size())) best = &mapping;
  }
  return best;
}

class Reader {
 public:
  Reader(std::int32_t source, const Mapping& mapping, const model::Vocabulary& vocabulary, const calendar::Zone& zone, Table& table)
      : source_(source), mapping_(mapping), vocabulary_(vocabulary), zone_(zone), table_(table) {}

  void operator()(std::string_view text, int cut) {
    cut_ = cut;
    Csv csv(text, mapping_.separator);
    const auto header = header_of(csv, mapping_.header_line);
    if (!header || !take_header(*header)) return;
    Record record;
    CsvFault fault;
    for (Csv::Got got = csv.next(record, fault); got != Csv::Got::end; got = csv.next(record, fault)) {
      if (table_.manifest.problems.size() >= max_problems) {
        aside(record.line, 0, "", {"错误已有 " + std::to_string(max_problems) + " 处，从这一行起没有再读", std::to_string(max_problems) + " errors: from this line on nothing was read"},
              {"多半是对照或者分隔不对，请先改正", "the mapping or the separator is probably wrong: mend that first"});
        doubt_all({});
        break;
      }
      if (got == Csv::Got::fault) {
        ++table_.rows;
        aside(fault.line, fault.column, "", fault.what, fault.mend);
        doubt_all({});
      } else if (!record.blank()) {
        ++table_.rows;
        line(record);
      }
    }
    for (const auto& [what, delivery] : deliveries_) table_.manifest.deliveries.push_back(delivery);
  }

 private:
  void aside(int line, int column, const std::string& name, diag::Words what, diag::Words mend,
             fact::Problem::Effect effect = fact::Problem::Effect::row_aside) {
    fact::Problem problem;
    problem.effect = effect;
    problem.origin = {source_, line + cut_};
    problem.column = column;
    problem.path = name;
    problem.what = std::move(what);
    problem.mend = std::move(mend);
    table_.manifest.problems.push_back(std::move(problem));
  }

  void doubt_all(const std::string& unit) {
    for (const auto& [entity, value] : mapping_.rows) table_.manifest.doubts.push_back({entity, unit});
  }

  bool take_header(const Record& header) {
    width_ = header.cells.size();
    while (width_ > 0 && trimmed(header.cells[width_ - 1].text).empty()) --width_;
    columns_ = columns_of(header);
    names_.resize(header.cells.size());
    std::string found, missing;
    std::set<std::string> twice;
    for (std::size_t i = 0; i < header.cells.size(); ++i) {
      names_[i] = trimmed(header.cells[i].text);
      if (!names_[i].empty()) found += (found.empty() ? "" : "、") + names_[i];
      if (!names_[i].empty() && columns_[names_[i]] != i) twice.insert(names_[i]);
    }
    const auto stop = [&](diag::Words what, diag::Words mend) {
      aside(header.line, 0, "", std::move(what), std::move(mend), fact::Problem::Effect::file_aside);
      doubt_all({});
      return false;
    };
    for (const std::string& name : columns_needed(mapping_)) {
      if (twice.count(name) != 0) {
        return stop({"表头有两列都叫“" + name + "”", "two columns are called `" + name + "`"}, {"给其中一列改名", "rename one of them"});
      }
      if (columns_.count(name) == 0) missing += (missing.empty() ? "" : "、") + name;
    }
    if (missing.empty()) return true;
    return stop({"对照“" + mapping_.id + "”要的列没有：" + missing, "columns that the mapping `" + mapping_.id + "` needs are missing: " + missing},
                {"表头有：" + found + "；补上列，或者改对照", "the header has: " + found + "; add the columns, or change the mapping"});
  }

  void line(Record& record) {
    while (record.cells.size() > width_ && trimmed(record.cells.back().text).empty()) record.cells.pop_back();
    if (record.cells.size() != width_) {
      const std::string has = std::to_string(record.cells.size()), wants = std::to_string(width_);
      aside(record.line, 0, "", {"这一行有 " + has + " 格，表头有 " + wants + " 格", "this line has " + has + " cells, the header has " + wants},
            {"单元格里有分隔符的，整格加引号；缺格的补上", "put quotation marks around cells that hold the separator; fill in missing cells"});
      doubt_all({});
      return;
    }
    if (mapping_.only && !wanted(record)) return;
    for (const auto& [entity, value] : mapping_.rows) row(record, entity, value);
    for (const Value& value : mapping_.deliveries) delivery(record, value);
  }

  bool wanted(const Record& record) {
    const Only& only = *mapping_.only;
    const std::size_t at = columns_.at(only.column);
    const std::string text = trimmed(record.cells[at].text);
    const auto has = [&](const std::vector<std::string>& texts) { return std::find(texts.begin(), texts.end(), text) != texts.end(); };
    if (has(only.take)) return true;
    if (has(only.leave)) {
      ++table_.left;
      return false;
    }
    aside(record.cells[at].line, record.cells[at].column, only.column, {"“" + text + "”既不在“取”里，也不在“略去”里", "`" + text + "` is neither to be taken nor to be left out"},
          {"改正这一格，或者在对照的“只取”里写明", "correct the cell, or say in the mapping's `only` what it means"});
    doubt_all({});
    return false;
  }

  // A row of a ledger, as a manifest that holds nothing else.
  void row(const Record& record, EntityId entity, const Value& value) {
    Row maker(mapping_, columns_, record);
    std::optional<Node> made = maker.make(value);
    if (!made) return;
    manifest::Manifest read = manifest::read_node(manifest_of(vocabulary_.entities[entity].name.zh, std::move(*made), record), source_, vocabulary_, zone_);
    if (cut_ != 0) shift(read);
    // A cell that was refused leaves its field out, which is then missing: said once.
    const std::size_t wrong = maker.faults().empty() ? read.problems.size() : maker.faults().size();
    if (wrong == 0) {
      std::move(read.documents.begin(), read.documents.end(), std::back_inserter(table_.manifest.documents));
      return;
    }
    diag::Words more;
    if (wrong > 1) {
      const std::string n = std::to_string(wrong - 1);
      more = {"；这一行另有 " + n + " 处", "; " + n + " more in this line"};
    }
    if (!maker.faults().empty()) {
      const RowFault& f = maker.faults().front();
      aside(f.line, f.column, f.name, f.what, {f.mend.zh + more.zh, f.mend.en + more.en});
    } else {
      fact::Problem problem = std::move(read.problems.front());
      problem.path = name_at(record, problem) + problem.path.zh;
      problem.mend = {problem.mend.zh + more.zh, problem.mend.en + more.en};
      table_.manifest.problems.push_back(std::move(problem));
    }
    // Whose row it was is known where the rest of it could be read.
    fact::Doubt doubt{entity, {}};
    if (!read.doubts.empty()) doubt.unit = read.doubts.front().unit;
    else if (!read.documents.empty()) doubt.unit = unit_of(read.documents.front());
    table_.manifest.doubts.push_back(std::move(doubt));
  }

  std::string unit_of(const fact::Document& document) const {
    for (const fact::Cell& cell : document.cells) {
      if (cell.field == vocabulary_.entities[document.entity].unit && cell.state == fact::kValue) return cell.text;
    }
    return {};
  }

  Node manifest_of(const std::string& name, Node value, const Record& record) const {
    Node root;
    root.kind = Node::Kind::mapping;
    const auto scalar = [&](const std::string& text) {
      Node node;
      node.kind = Node::Kind::scalar;
      node.text = text;
      node.line = record.line;
      node.column = 1;
      return node;
    };
    if (!mapping_.zone.is(Node::Kind::null)) root.entries.push_back({scalar(std::string(manifest::word::zone.zh)), mapping_.zone});
    Node list;
    list.kind = Node::Kind::sequence;
    list.items.push_back(std::move(value));
    root.entries.push_back({scalar(name), std::move(list)});
    return root;
  }

  void shift(manifest::Manifest& read) const {
    for (fact::Problem& problem : read.problems) problem.origin.line += cut_;
    for (fact::Document& document : read.documents) document.origin.line += cut_;
  }

  // The column in whose cell a problem stands: "start_time → ".
  std::string name_at(const Record& record, const fact::Problem& problem) const {
    for (std::size_t i = 0; i < record.cells.size() && i < names_.size(); ++i) {
      const Cell& cell = record.cells[i];
      if (cell.line + cut_ == problem.origin.line && cell.column == problem.column) return names_[i] + " → ";
    }
    return {};
  }

  void delivery(const Record& record, const Value& value) {
    Row maker(mapping_, columns_, record);
    std::optional<Node> made = maker.make(value);
    for (const RowFault& f : maker.faults()) aside(f.line, f.column, f.name, f.what, f.mend, fact::Problem::Effect::noted);
    if (!made || !maker.faults().empty()) return;
    manifest::Manifest read = manifest::read_node(manifest_of(std::string(manifest::word::deliveries.zh), std::move(*made), record), source_, vocabulary_, zone_);
    if (cut_ != 0) shift(read);
    for (fact::Problem& problem : read.problems) {
      problem.effect = fact::Problem::Effect::noted;
      table_.manifest.problems.push_back(std::move(problem));
    }
    for (fact::Delivery& d : read.deliveries) {
      const auto [at, fresh] = deliveries_.try_emplace({d.ledger, d.unit}, d);
      if (!fresh && at->second.through < d.through) at->second = std::move(d);
    }
  }

  std::int32_t source_;
  const Mapping& mapping_;
  const model::Vocabulary& vocabulary_;
  const calendar::Zone& zone_;
  Table& table_;
  int cut_ = 0;
  std::size_t width_ = 0;
  Columns columns_;
  std::vector<std::string> names_;
  std::map<std::pair<EntityId, std::string>, fact::Delivery> deliveries_;
};

void file_aside(Table& table, std::int32_t source, int line, diag::Words what, diag::Words mend) {
  fact::Problem problem;
  problem.effect = fact::Problem::Effect::file_aside;
  problem.origin = {source, line};
  problem.what = std::move(what);
  problem.mend = std::move(mend);
  table.manifest.problems.push_back(std::move(problem));
  table.manifest.doubts.push_back({});
}

}  // namespace

Table read_table(std::string_view bytes, std::int32_t source, const std::vector<Mapping>& mappings, const std::vector<Mapping>& given,
                 const model::Vocabulary& vocabulary, const calendar::Zone& zone) {
  Table table;
  if (bytes.size() > max_bytes) {
    file_aside(table, source, 1, {"表格超过 256 MiB，没有读入", "the table is larger than 256 MiB and was not read"}, {"分成几个文件", "split it"});
    return table;
  }
  const auto decoded = encoding::to_utf8(bytes);
  if (const auto* fault = std::get_if<encoding::Fault>(&decoded)) {
    file_aside(table, source, fault->line, fault->what, fault->mend);
    return table;
  }
  const encoding::Text& text = std::get<encoding::Text>(decoded);
  table.encoding = text.name;
  int cut = 0;
  const std::string_view body = without_hint(text.utf8, cut);
  const Mapping* mapping = choose(given, body);
  if (mapping == nullptr) mapping = choose(mappings, body);
  if (mapping == nullptr && given.size() == 1) mapping = &given.front();
  if (mapping == nullptr) {
    std::string known;
    for (const std::vector<Mapping>* of : {&given, &mappings}) {
      for (const Mapping& m : *of) known += (known.empty() ? "" : "、") + m.id;
    }
    file_aside(table, source, 1, {"没有一份对照认得这个表头", "no mapping knows this header"},
               {"写一份对照，用 --mapping 给出（见 docs/sources.md）；已有：" + known,
                "write a mapping and give it with --mapping (see docs/sources.md); known are: " + known});
    return table;
  }
  table.mapping = mapping->id;
  Reader(source, *mapping, vocabulary, zone, table)(body, cut);
  return table;
}

std::vector<Mapping> read_mappings(const std::vector<std::string>& paths, const model::Vocabulary& vocabulary, std::vector<MappingFault>& faults) {
  std::vector<Mapping> out;
  for (const std::string& path : paths) {
    const auto files = source::files_of(path, ".yaml");
    if (!files) faults.push_back({path, 0, 0, {"无法列出文件夹", "cannot list the folder"}, {}});
    for (const std::string& file : files.value_or(std::vector<std::string>())) {
      const auto text = source::read(file);
      if (!text) faults.push_back({file, 0, 0, {"打不开文件", "cannot open the file"}, {}});
      else if (auto mapping = read_mapping(file, *text, vocabulary, faults)) out.push_back(std::move(*mapping));
    }
  }
  return out;
}

}  // namespace jianlu::ledger
