// Rulebooks and facts as text, for a person who looks at a mismatch.
#pragma once

#include <string>

#include "engine/reference/value.h"
#include "tests/differential/generate.h"

namespace jianlu::differential {

std::string op_name(model::Op op);
std::string type_name(model::TypeKind kind);
std::string print_expr(const model::Rulebook& book, model::ExprId id);
// The norm with the bans, definitions and derivations that it can reach.
std::string print_norm(const Case& c, model::NormId id);
std::string print_facts(const Case& c);
std::string print(const outcome::RowKey& key);
std::string print(const outcome::Verdict& verdict);

}  // namespace jianlu::differential
