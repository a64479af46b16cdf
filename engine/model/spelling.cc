#include "engine/model/spelling.h"

#include "engine/model/names.h"

namespace jianlu::model {

void Spellings::add(Table& table, std::string_view zh, std::string_view en) {
  if (zh.empty() || en.empty()) return;
  table.emplace(zh, en);
  table.emplace(en, zh);
}

Spellings::Spellings(const Rulebook& book, const std::vector<Unit>& units, const source::Files& files) : files_(files) {
  for (const Unit& unit : units) {
    const syntax::SourceFile* tree = unit.file;
    bureau_of_[tree->file] = unit.id;
    Declared& table = declared_[unit.id];
    const auto declared = [&](const syntax::Name& name) { add(table.names, name.zh, name.en); };
    add(declared_[""].names, tree->name.zh, tree->name.en);
    for (const syntax::EnumDecl& e : tree->enums) {
      declared(e.name);
      for (const syntax::Name& value : e.values) declared(value);
    }
    for (const syntax::EntityDecl& e : tree->entities) {
      declared(e.name);
      Ledger& ledger = ledgers_.emplace_back();
      ledger.span = e.span;
      for (const syntax::FieldDecl& f : e.fields) {
        add(ledger.fields, f.name.zh, f.name.en);
        add(table.fields, f.name.zh, f.name.en);
      }
      if (e.list) add(table.fields, e.list->zh, e.list->en);
    }
    for (const syntax::Article& a : tree->articles) {
      for (const syntax::Decl& d : a.decls) add(own_[tree->file], d.name.zh, d.name.en);
    }
    for (const syntax::Decl& d : tree->decls) declared(d.name);
  }
  for (const Expr& e : book.exprs) {
    if (e.field == kNone || e.operands.empty()) continue;
    const Type& row = book.exprs[e.operands.front()].type;
    if (row.of == kNone) continue;
    // The span may take closing parentheses in.
    const std::string_view text = files[e.span.file].text();
    std::uint32_t end = e.span.end;
    for (;;) {
      const std::string_view before = text.substr(0, end);
      if (before.ends_with(")") || before.ends_with(" ")) end -= 1;
      else if (before.ends_with("）")) end -= 3;
      else break;
    }
    read_[{e.span.file, end}] = book.vocabulary.entities[row.of].fields[e.field].name;
  }
}

// The bureau's own words before the shared ones.
std::string Spellings::look(Table Declared::*table, std::string_view name, source::FileId file) const {
  const auto bureau = bureau_of_.find(file);
  for (const std::string& of : {bureau == bureau_of_.end() ? std::string() : bureau->second, std::string()}) {
    const auto declared = declared_.find(of);
    if (declared == declared_.end()) continue;
    const auto found = (declared->second.*table).find(name);
    if (found != (declared->second.*table).end()) return found->second;
  }
  return "";
}

std::string Spellings::other(std::string_view name, source::Span place) const {
  if (const auto read = read_.find({place.file, place.end}); read != read_.end()) {
    if (read->second.zh == name) return read->second.en;
    if (read->second.en == name) return read->second.zh;
  }
  const auto in = [&](const Table& table) {
    const auto found = table.find(name);
    return found == table.end() ? std::string() : found->second;
  };
  const std::string_view before = files_[place.file].text().substr(0, place.begin);
  const bool field = before.ends_with(".") || before.ends_with("．") || before.ends_with("的") || before.ends_with("'s ");
  // In the head of a ledger, 标识, 时点, 自, 至, 归属 and 计时 name fields of it.
  for (const Ledger& ledger : ledgers_) {
    const bool inside = ledger.span.file == place.file && ledger.span.begin <= place.begin && place.end <= ledger.span.end;
    if (!inside) continue;
    for (const std::string_view word : {"标识 ", "时点 ", "自 ", "至 ", "归属 ", "计时 ", "key ", "timed by ", "from ", "until ", "belongs to ", "clocked by "}) {
      if (before.ends_with(word)) return in(ledger.fields);
    }
  }
  if (field) {
    if (const std::string known = look(&Declared::fields, name, place.file); !known.empty()) return known;
  }
  if (const std::string known = look(&Declared::names, name, place.file); !known.empty()) return known;
  if (const auto own = own_.find(place.file); own != own_.end()) {
    if (const std::string known = in(own->second); !known.empty()) return known;
  }
  if (const auto built_in = other_spelling(name)) return *built_in;
  return look(&Declared::fields, name, place.file);
}

}  // namespace jianlu::model
