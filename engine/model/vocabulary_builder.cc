#include "engine/model/vocabulary_builder.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "engine/model/names.h"
#include "engine/model/scope.h"

namespace jianlu::model {
namespace {

using diag::Kind;

class VocabularyBuilder {
 public:
  explicit VocabularyBuilder(diag::Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  // Names that are declared and looked up from here on are those of this bureau; empty: shared.
  void within(const std::string& bureau) { out_.viewer = bureau; }

  void enumeration(const syntax::EnumDecl& decl) {
    if (!complete(decl.name)) return;
    Enumeration* known = nullptr;
    for (Enumeration& e : out_.enums) {
      if (clash(e.name, decl.name)) known = &e;
    }
    if (known != nullptr && !known->open) return twice(decl.name.span, decl.name, known->span);
    if (known == nullptr) {
      known = &out_.enums.emplace_back();
      known->name = named(decl.name);
      known->open = decl.open;
      known->span = decl.name.span;
    }
    for (const syntax::Name& value : decl.values) {
      if (!complete(value)) continue;
      const bool repeated = std::any_of(known->values.begin(), known->values.end(), [&](const Name& v) { return clash(v, value); });
      if (repeated) twice(value.span, value, known->span);
      else if (known->values.size() == 64) diagnostics_.add(Kind::too_many_values, decl.name.span, {words(decl.name)});
      else known->values.push_back(named(value));
    }
  }

  // First the entities' names, so that fields may refer to any of them.
  void entity(const syntax::EntityDecl& decl) {
    if (!complete(decl.name)) return;
    const EntityId known = out_.entity(decl.name.zh);
    if (known != kNone && adds_to(out_.entities[known], decl)) {
      added_.push_back({known, &decl, *out_.viewer});
      return;
    }
    const EntityId taken = known != kNone ? known : out_.entity(decl.name.en);
    if (taken != kNone) return twice(decl.name.span, decl.name, out_.entities[taken].span);
    Entity& e = out_.entities.emplace_back();
    e.name = named(decl.name);
    e.text = decl.text ? decl.text->text : "";
    e.supplier = decl.supplier ? decl.supplier->text : "";
    e.span = decl.name.span;
    decls_.push_back(&decl);
  }

  // Rows derived from shared ledgers are the same for every bureau that derives them.
  void derived(const syntax::Decl& decl) {
    if (!complete(decl.name) || decl.parameters.empty()) return;
    if (out_.entity(decl.name.zh) != kNone) return;
    const EntityId owner = out_.entity(decl.parameters.front().entity.text), recording = covering_entity(decl, owner);
    const auto bureau = [&](EntityId of) { return of == kNone ? std::string() : out_.entities[of].name.bureau; };
    Entity& e = out_.entities.emplace_back();
    e.name = {decl.name.zh, decl.name.en, bureau(owner).empty() ? bureau(recording) : bureau(owner)};
    e.span = decl.name.span;
    e.derived = true;
    decls_.push_back(nullptr);
    derived_.push_back({static_cast<EntityId>(out_.entities.size() - 1), &decl, recording});
  }

  // What is shared comes first, so that a name that a bureau takes once more is reported in the bureau's file.
  void fields(const std::set<std::string>& bureaus) {
    own("");
    for (const std::string& bureau : bureaus) own(bureau);
    out_.viewer.reset();
  }

  Vocabulary take() { return std::move(out_); }

 private:
  static diag::Words words(const syntax::Name& name) { return {name.zh, name.en}; }
  Name named(const syntax::Name& name) const { return {name.zh, name.en, *out_.viewer}; }

  template <typename Written>   // a name of a syntax tree or of the vocabulary
  bool clash(const Name& known, const Written& name) const {
    return (known.zh == name.zh || known.en == name.en) && out_.visible(known);
  }

  template <typename Written>
  void twice(source::Span at, const Written& name, source::Span before) {
    diagnostics_.add(Kind::duplicate_name, at, {{name.zh, name.en}}).related.push_back({before, {"已在这里声明", "declared here"}});
  }

  // The ledgers that a bureau declares (or that are shared), the fields that it adds to others, and the rows that it derives.
  void own(const std::string& bureau) {
    within(bureau);
    const auto mine = [&](std::size_t entity) { return out_.entities[entity].name.bureau == bureau; };
    for (std::size_t i = 0; i < decls_.size(); ++i) {
      if (decls_[i] != nullptr && mine(i)) fields_of(static_cast<EntityId>(i), *decls_[i]);
    }
    for (const auto& [id, decl, by] : added_) {
      if (by != bureau) continue;
      // Rows of other bureaus, and those delivered already, do not have it.
      for (const syntax::FieldDecl& f : decl->fields) {
        if (f.presence != syntax::Presence::required) continue;
        diagnostics_.add(Kind::misplaced, f.name.span,
                         {{"补充字段“" + f.name.zh + "”的“必填”", "'required' of the added field '" + f.name.en + "'"}})
            .fix = {"写成“可缺”或者“待查”", "write 'optional' or 'observed'"};
      }
      fields_of(id, *decl);
    }
    for (const Derived& d : derived_) {
      if (mine(static_cast<std::size_t>(d.id))) fields_of_derived(d);
    }
    for (std::size_t i = 0; i < decls_.size(); ++i) {
      if (decls_[i] != nullptr && mine(i)) roles_of(static_cast<EntityId>(i), *decls_[i]);
    }
  }

  bool complete(const syntax::Name& name) {
    if (!name.zh.empty() && !name.en.empty()) return true;
    if (!name.zh.empty() || !name.en.empty()) {
      diagnostics_.add(Kind::missing_twin, name.span, {name.zh.empty() ? name.en : name.zh});
    }
    return false;
  }

  // Another file names the ledger again, and says nothing of it but further fields.
  static bool adds_to(const Entity& known, const syntax::EntityDecl& decl) {
    const bool only_fields = !decl.text && !decl.supplier && !decl.owner && !decl.via && !decl.list && !decl.key &&
                             !decl.time && !decl.starts && !decl.unit && !decl.clock && !decl.calendar_period;
    return known.name.en == decl.name.en && known.span.file != decl.name.span.file && only_fields;
  }

  FieldId add_field(EntityId entity, Field field) {
    Entity& e = out_.entities[entity];
    for (const Field& f : e.fields) {
      if (!clash(f.name, field.name)) continue;
      twice(field.span, field.name, f.span);
      return kNone;
    }
    e.fields.push_back(std::move(field));
    return static_cast<FieldId>(e.fields.size() - 1);
  }

  std::optional<Type> type(const syntax::TypeRef& ref) {
    const std::string& name = ref.name.text;
    if (ref.set) {
      if (const EnumId e = out_.enumeration(name); e != kNone) return Type{TypeKind::enum_set, e};
    } else {
      for (const TypeName& known : type_names()) {
        const bool storable = known.kind != TypeKind::interval_set && known.kind != TypeKind::period;
        if (storable && (known.zh == name || known.en == name)) return Type{known.kind};
      }
      if (const EntityId e = out_.entity(name); e != kNone && out_.enumeration(name) == kNone) {
        return Type{TypeKind::reference, e};
      }
      if (const EnumId e = out_.enumeration(name); e != kNone) return Type{TypeKind::enum_value, e};
    }
    diag::Diagnostic& d = diagnostics_.add(Kind::unknown_type, ref.name.span, {name});
    std::vector<std::string> known;
    for (const TypeName& t : type_names()) known.insert(known.end(), {std::string(t.zh), std::string(t.en)});
    for (const Entity& e : out_.entities) {
      if (out_.visible(e.name)) known.insert(known.end(), {e.name.zh, e.name.en});
    }
    for (const Enumeration& e : out_.enums) {
      if (out_.visible(e.name)) known.insert(known.end(), {e.name.zh, e.name.en});
    }
    if (const std::string near = nearest(name, known); !near.empty()) d.fix = {"是不是“" + near + "”？", "did you mean '" + near + "'?"};
    return std::nullopt;
  }

  EntityId entity_named(const syntax::Reference& ref) {
    const EntityId id = out_.entity(ref.text);
    if (id == kNone) diagnostics_.add(Kind::unknown_type, ref.span, {ref.text});
    return id;
  }

  FieldId field_named(EntityId entity, const syntax::Reference& ref) {
    const FieldId id = out_.field(entity, ref.text);
    const Name& name = out_.entities[entity].name;
    if (id == kNone) diagnostics_.add(Kind::unknown_field, ref.span, {ref.text, {name.zh, name.en}});
    return id;
  }

  void add_list(EntityId at, const syntax::Name& name, EntityId of, FieldId back, FieldId* made) {
    if (!complete(name)) return;
    Field list;
    list.name = named(name);
    list.type = {TypeKind::rows, of};
    list.kind = FieldKind::list;
    list.list_of = of;
    list.back = back;
    list.span = name.span;
    const FieldId id = add_field(at, std::move(list));
    if (made != nullptr) *made = id;
  }

  Field owner_field(EntityId owner) {
    Field f;
    f.name = out_.entities[owner].name;
    f.type = {TypeKind::reference, owner};
    f.kind = FieldKind::owner;
    f.span = out_.entities[owner].span;
    return f;
  }

  void fields_of(EntityId id, const syntax::EntityDecl& decl) {
    if (decl.owner) {
      if (const EntityId owner = entity_named(*decl.owner); owner != kNone) {
        out_.entities[id].owner = owner;
        out_.entities[id].owner_field = add_field(id, owner_field(owner));
      }
    }
    for (const syntax::FieldDecl& f : decl.fields) {
      if (!complete(f.name)) continue;
      const std::optional<Type> t = type(f.type);
      if (!t) continue;
      Field field;
      field.name = named(f.name);
      field.type = *t;
      field.presence = f.presence == syntax::Presence::required   ? Presence::required
                       : f.presence == syntax::Presence::optional ? Presence::optional
                                                                  : Presence::observed;
      field.since = f.since;
      field.text = f.text ? f.text->text : "";
      field.span = f.name.span;
      add_field(id, std::move(field));
    }
  }

  struct Derived {
    EntityId id = kNone;
    const syntax::Decl* decl = nullptr;
    EntityId recording = kNone;
  };

  void fields_of_derived(const Derived& derived) {
    const EntityId id = derived.id;
    const syntax::Decl& decl = *derived.decl;
    const EntityId owner = entity_named(decl.parameters.front().entity);
    if (owner == kNone) return;
    out_.entities[id].owner = owner;
    out_.entities[id].owner_field = add_field(id, owner_field(owner));
    for (const GapFieldName& known : gap_fields()) {
      Field f;
      f.name = {std::string(known.zh), std::string(known.en)};
      f.type = {known.kind, known.kind == TypeKind::reference ? derived.recording : kNone};
      f.presence = known.kind == TypeKind::reference ? Presence::optional : Presence::required;
      f.span = decl.name.span;
      const FieldId field = add_field(id, std::move(f));
      if (known.en == "to") out_.entities[id].time = field;
    }
    FieldId list = kNone;
    add_list(owner, decl.name, id, out_.entities[id].owner_field, &list);
    out_.entities[id].owner_list = list;
  }

  // The entity whose rows cover: the list of the merged quantifier in the last argument but one of the derivation.
  EntityId covering_entity(const syntax::Decl& decl, EntityId owner) {
    if (decl.value == nullptr || decl.value->children.size() < 3) return kNone;
    const syntax::Expr* merged = decl.value->children[decl.value->children.size() - 2].get();
    if (merged == nullptr || merged->kind != syntax::ExprKind::merged || merged->children.empty()) return kNone;
    const syntax::Expr* list = merged->children[0].get();
    if (list == nullptr || list->kind != syntax::ExprKind::field) return kNone;
    for (std::size_t i = 0; i < decls_.size(); ++i) {  // lists are declared by the listed entity
      const syntax::EntityDecl* d = decls_[i];
      if (d == nullptr || !d->list || !d->owner || out_.entity(d->owner->text) != owner || !out_.visible(out_.entities[i].name)) continue;
      if (d->list->zh == list->name || d->list->en == list->name) return static_cast<EntityId>(i);
    }
    return kNone;
  }

  void roles_of(EntityId id, const syntax::EntityDecl& decl) {
    const auto role = [&](const std::optional<syntax::Reference>& ref) {
      return ref ? field_named(id, *ref) : kNone;
    };
    out_.entities[id].key = role(decl.key);
    out_.entities[id].time = role(decl.time);
    out_.entities[id].unit = role(decl.unit);
    const auto instant = [&](const std::optional<syntax::Reference>& ref) {
      const FieldId field = role(ref);
      if (field == kNone || out_.entities[id].fields[field].type.kind == TypeKind::instant) return field;
      diagnostics_.add(Kind::type_mismatch, ref->span, {describe({TypeKind::instant}, out_), describe(out_.entities[id].fields[field].type, out_)});
      return kNone;
    };
    const FieldId starts = instant(decl.starts), ends = instant(decl.ends);
    if (starts != kNone && ends != kNone) {
      out_.entities[id].starts = starts;
      out_.entities[id].ends = ends;
    }
    if (const FieldId clock = role(decl.clock); clock != kNone) {
      const TypeKind kind = out_.entities[id].fields[clock].type.kind;
      if (kind == TypeKind::text || kind == TypeKind::reference) out_.entities[id].clock = clock;
      else diagnostics_.add(Kind::unknown_type, decl.clock->span, {decl.clock->text});
    }
    if (decl.via) {
      const FieldId back = role(decl.via);
      if (back != kNone && decl.list) {
        const Type t = out_.entities[id].fields[back].type;
        if (t.kind == TypeKind::reference) add_list(t.of, *decl.list, id, back, nullptr);
        else diagnostics_.add(Kind::unknown_type, decl.via->span, {decl.via->text});
      }
    } else if (decl.calendar_of) {
      calendar(id, decl);
    } else if (decl.list && out_.entities[id].owner != kNone) {
      FieldId list = kNone;
      add_list(out_.entities[id].owner, *decl.list, id, out_.entities[id].owner_field, &list);
      out_.entities[id].owner_list = list;
    }
  }

  void calendar(EntityId id, const syntax::EntityDecl& decl) {
    struct PeriodName {
      std::string_view zh, en;
      Entity::Calendar calendar;
    };
    static constexpr PeriodName kPeriods[] = {{"日", "day", Entity::Calendar::day},
                                              {"周", "week", Entity::Calendar::week},
                                              {"月", "month", Entity::Calendar::month},
                                              {"年", "year", Entity::Calendar::year}};
    if (decl.calendar_period) {
      for (const PeriodName& p : kPeriods) {
        if (p.zh == decl.calendar_period->text || p.en == decl.calendar_period->text) {
          out_.entities[id].calendar = p.calendar;
        }
      }
      if (out_.entities[id].calendar == Entity::Calendar::no) {
        diagnostics_.add(Kind::unknown_type, decl.calendar_period->span, {decl.calendar_period->text});
      }
    }
    out_.entities[id].calendar_of = entity_named(*decl.calendar_of);
    if (out_.entities[id].calendar_of != kNone && decl.list) {
      add_list(id, *decl.list, out_.entities[id].calendar_of, kNone, nullptr);
    }
  }

  Vocabulary out_;
  diag::Diagnostics& diagnostics_;
  std::vector<const syntax::EntityDecl*> decls_;   // by EntityId; null for derived ones
  struct Added {   // further fields of a ledger
    EntityId to = kNone;
    const syntax::EntityDecl* decl = nullptr;
    std::string bureau;
  };
  std::vector<Added> added_;
  std::vector<Derived> derived_;
};

}  // namespace

Vocabulary build_vocabulary(const std::vector<Unit>& units, diag::Diagnostics& diagnostics) {
  VocabularyBuilder builder(diagnostics);
  std::set<std::string> bureaus;
  const auto declare = [&](const Unit& unit) {
    builder.within(unit.id);
    for (const syntax::EnumDecl& e : unit.file->enums) builder.enumeration(e);
    for (const syntax::EntityDecl& e : unit.file->entities) builder.entity(e);
  };
  for (const Unit& unit : units) {
    if (unit.id.empty()) declare(unit);
    else bureaus.insert(unit.id);
  }
  for (const Unit& unit : units) {
    if (!unit.id.empty()) declare(unit);
  }
  const auto derived = [&](const std::vector<syntax::Decl>& decls) {
    for (const syntax::Decl& d : decls) {
      if (d.kind == syntax::DeclKind::derived) builder.derived(d);
    }
  };
  for (const Unit& unit : units) {
    builder.within(unit.id);
    derived(unit.file->decls);
    for (const syntax::Article& article : unit.file->articles) derived(article.decls);
  }
  builder.fields(bureaus);
  return builder.take();
}

}  // namespace jianlu::model
