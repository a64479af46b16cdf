#include "engine/comparison/atoms.h"

#include <algorithm>
#include <map>
#include <utility>

namespace jianlu::comparison {

using model::kNone;

namespace {

// Names are Chinese, so that a longer name goes on with a byte above 0x7f.
bool reads(const Atom& atom, const std::string& field) {
  const auto in_name = [&](std::size_t at) { return at < atom.key.size() && static_cast<unsigned char>(atom.key[at]) >= 0x80; };
  for (std::size_t at = atom.key.find(field); at != std::string::npos; at = atom.key.find(field, at + 1)) {
    const bool ends = field.back() == '.' || !in_name(at + field.size());
    if (ends && (at == 0 || !in_name(at - 1))) return true;
  }
  return false;
}

// Whether an atom tells what a guard only asks to be there: that it was read. That something is missing, or was not ruled
// out, reads nothing.
bool tells(const Atom& atom, const Atom& guard) {
  return !guard.guards.empty() && atom.key != guard.key && atom.key != "非 " + guard.key && atom.key != "未否定 " + guard.guards && reads(atom, guard.guards);
}

// Guards that another atom makes superfluous, and repetitions.
void tidy(Case& c) {
  Case out;
  for (const Atom& a : c) {
    const bool guard = std::any_of(c.begin(), c.end(), [&](const Atom& b) { return tells(b, a); });
    const bool known = std::any_of(out.begin(), out.end(), [&](const Atom& b) { return implies(b, a); }) ||
                       std::any_of(c.begin(), c.end(), [&](const Atom& b) { return b.shows == a.key; });
    if (guard || known) continue;
    std::erase_if(out, [&](const Atom& b) { return implies(a, b); });
    out.push_back(a);
  }
  c = std::move(out);
}

// Of a set, one case may ask for several.
bool asks_twice(const Case& c) {
  return std::any_of(c.begin(), c.end(), [&](const Atom& a) { return std::count_if(c.begin(), c.end(), [&](const Atom& b) { return b.key == a.key; }) > 1; });
}

// The one field with values in which two cases differ, or nothing.
Atom* differ_in_values(Case& a, const Case& b) {
  Atom* found = nullptr;
  if (a.size() != b.size() || asks_twice(a) || asks_twice(b)) return nullptr;
  for (Atom& atom : a) {
    const auto same = std::find_if(b.begin(), b.end(), [&](const Atom& x) { return x.key == atom.key; });
    if (same == b.end()) return nullptr;
    if (same->values == atom.values) continue;
    if (found != nullptr || atom.values_of == kNone) return nullptr;
    found = &atom;
  }
  return found;
}

}  // namespace

bool implies(const Atom& a, const Atom& b) {
  if (a.key != b.key) return false;
  return a.values_of == kNone || (a.values & ~b.values) == 0;
}

bool implies(const Cases& a, const Cases& b) {
  return std::all_of(a.begin(), a.end(), [&](const Case& x) {
    return std::any_of(b.begin(), b.end(), [&](const Case& y) {
      return std::all_of(y.begin(), y.end(), [&](const Atom& wanted) {
        return std::any_of(x.begin(), x.end(), [&](const Atom& given) { return implies(given, wanted) || tells(given, wanted); });
      });
    });
  });
}

Cases beside(Cases scope, const Cases& forbidden) {
  for (Case& c : scope) {
    std::erase_if(c, [&](const Atom& a) {
      return !forbidden.empty() && std::all_of(forbidden.begin(), forbidden.end(), [&](const Case& f) {
        return std::any_of(f.begin(), f.end(), [&](const Atom& b) {
          return implies(b, a) || b.shows == a.key || tells(b, a);
        });
      });
    });
  }
  Cases out;
  for (const Case& c : scope) {
    if (std::none_of(out.begin(), out.end(), [&](const Case& known) { return implies(Cases{c}, Cases{known}); })) out.push_back(c);
  }
  return out;
}

Words text(const Cases& cases) {
  // What all cases share stands before them.
  Case shared;
  for (const Atom& a : cases.empty() ? Case{} : cases.front()) {
    const bool everywhere = std::all_of(cases.begin(), cases.end(), [&](const Case& c) {
      return std::any_of(c.begin(), c.end(), [&](const Atom& b) { return implies(a, b) && implies(b, a); });
    });
    if (everywhere) shared.push_back(a);
  }
  const auto conjunction = [](const Case& c, const Case& within) {
    Words out;
    for (const Atom& a : c) {
      const bool said = !a.row.empty() && std::any_of(within.begin(), within.end(), [&](const Atom& b) { return b.key != a.key && reads(b, a.row + "."); });
      if (said) continue;
      out.zh += (out.zh.empty() ? "" : " 且 ") + a.text.zh;
      out.en += (out.en.empty() ? "" : " and ") + a.text.en;
    }
    return out;
  };
  if (cases.empty()) return {"从不", "never"};
  const Words common = conjunction(shared, cases.front());
  Words out;
  for (const Case& c : cases) {
    Case own;
    for (const Atom& a : c) {
      if (std::none_of(shared.begin(), shared.end(), [&](const Atom& b) { return b.key == a.key; })) own.push_back(a);
    }
    const Words one = conjunction(own, c);
    if (one.zh.empty()) return common.zh.empty() ? Words{"一律", "always"} : common;
    out.zh += (out.zh.empty() ? "" : "，或者 ") + one.zh;
    out.en += (out.en.empty() ? "" : ", or ") + one.en;
  }
  return common.zh.empty() ? out : Words{common.zh + " 且（" + out.zh + "）", common.en + " and (" + out.en + ")"};
}

Words values_text(const model::Rulebook& book, model::EnumId of, std::uint64_t values) {
  Words out;
  const auto& names = book.vocabulary.enums[static_cast<std::size_t>(of)].values;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (((values >> i) & 1) == 0) continue;
    out.zh += (out.zh.empty() ? "" : "、") + names[i].zh;
    out.en += (out.en.empty() ? "" : ", ") + names[i].en;
  }
  return out;
}

std::vector<Words> only_in(const model::Rulebook& book, const Cases& a, const Cases& b) {
  std::vector<Words> out;
  std::map<std::string, std::uint64_t> known;
  for (const Case& c : b) {
    for (const Atom& atom : c) known[atom.key] |= atom.values_of == kNone ? 1 : atom.values;
  }
  std::map<std::string, std::pair<const Atom*, std::uint64_t>> more;
  for (const Case& c : a) {
    for (const Atom& atom : c) {
      const auto found = known.find(atom.key);
      const std::uint64_t values = found == known.end() ? ~std::uint64_t{0} : ~found->second;
      if (atom.values_of == kNone ? found != known.end() : (atom.values & values) == 0) continue;
      if (atom.values_of == kNone || found == known.end()) {
        if (std::none_of(out.begin(), out.end(), [&](const Words& w) { return w.en == atom.text.en; })) out.push_back(atom.text);
      } else {
        auto& entry = more[atom.key];
        entry.first = &atom;
        entry.second |= atom.values & values;
      }
    }
  }
  for (const auto& [key, entry] : more) {
    for (std::uint64_t left = entry.second; left != 0; left &= left - 1) out.push_back(values_text(book, entry.first->values_of, left & ~(left - 1)));
  }
  return out;
}

Cases both(const model::Rulebook& book, const Cases& a, const Cases& b) {
  Cases out;
  for (const Case& x : a) {
    for (const Case& y : b) {
      Case c = x;
      c.insert(c.end(), y.begin(), y.end());
      tidy(c);
      out = either(book, std::move(out), {c});
    }
  }
  return out;
}

Cases either(const model::Rulebook& book, Cases a, const Cases& b) {
  for (const Case& c : b) {
    bool taken = std::any_of(a.begin(), a.end(), [&](const Case& known) { return implies(Cases{c}, Cases{known}); });
    for (Case& known : a) {
      if (taken) break;
      Atom* atom = differ_in_values(known, c);
      if (atom == nullptr) continue;
      const auto other = std::find_if(c.begin(), c.end(), [&](const Atom& x) { return x.key == atom->key; });
      atom->values |= other->values;
      const Words field{atom->text.zh.substr(0, atom->text.zh.find('{')), atom->text.en.substr(0, atom->text.en.find('{'))};
      const Words names = values_text(book, atom->values_of, atom->values);
      atom->text = {field.zh + "{" + names.zh + "}", field.en + "{" + names.en + "}"};
      taken = true;
    }
    if (taken) continue;
    std::erase_if(a, [&](const Case& known) { return implies(Cases{known}, Cases{c}); });
    a.push_back(c);
  }
  return a;
}

}  // namespace jianlu::comparison
