// Which statement of a regulation is carried by which declaration of its rule file.
//
// A citation covers a statement only when it names that one alone: of 第六条第一款 the lead-in, never the items; of a
// sentence divided into clauses, nothing; of an article with several statements, nothing. So a declaration without a
// citation covers its article only where that has one statement.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/model/rulebook.h"
#include "engine/statute/citation.h"

namespace jianlu::coverage {

enum class Kind : std::uint8_t {
  norm, definition, ground, act, exemption, interpretation, derivation, category, sanction, manual, restatement,
  application, declarative,
};
constexpr int kKinds = 13;
std::string_view name(Kind kind, source::Language language);   // 义务等 / norm
std::string_view id(Kind kind);                                // "norm"

// A citation of the rule file: of a declaration, an item of a ground, or an exception of a definition.
struct Claim {
  Kind kind{};
  model::Name name;                  // empty for restatement, application and declarative
  statute::Citation cited;           // as written, made absolute
  source::Span span;                 // of what cites
  bool judged = false;               // something is computed from it: see `executable`
  std::vector<std::size_t> named;    // statements that it names; none: the regulation has no such place
  std::optional<std::size_t> covers; // the one that it covers
};

struct Statement {
  statute::Citation at;              // full
  statute::Citation brief;           // shortest unambiguous form
  std::vector<std::size_t> claims;   // that cover it
};

struct Totals {
  std::size_t articles = 0, articles_covered = 0;      // an article is covered when all its statements are
  std::size_t statements = 0, statements_covered = 0;
  // Covered by a norm, definition, ground, act, exemption or derivation, or by a category with a condition of its own:
  // by something that is evaluated over facts. An interpretation alone is a value, not an evaluation.
  std::size_t executable = 0;
  std::size_t by_kind[kKinds] = {};                    // statements covered by it; one may count under several
};

struct Table {
  std::vector<Claim> claims;         // in the order of the file
  std::vector<Statement> statements; // in the order of the text
  Totals totals;
  // Claims, article headings and targets that name no place of the regulation.
  std::vector<std::size_t> nowhere;  // indices of claims
  std::vector<model::Article> no_article;
  bool complete() const {
    return totals.statements_covered == totals.statements && nowhere.empty() && no_article.empty();
  }
};

// `outline`: the statements of the regulation in the order of its text.
Table cover(const model::Rulebook& book, const model::Regulation& regulation, std::span<const statute::Citation> outline);

// Norms that rest on each statement: those that cite it or part of it, and those that read a definition that does.
std::vector<std::vector<model::NormId>> resting_on(const model::Rulebook& book, const model::Regulation& regulation,
                                                   std::span<const statute::Citation> outline);

}  // namespace jianlu::coverage
