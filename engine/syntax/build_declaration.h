#pragma once

#include "engine/syntax/context.h"

namespace jianlu::syntax {

// The declaration of a concrete `declaration` node. Reported: a clause that its kind does not have, a clause written
// twice, citations that name an article, names and variables that are keywords.
Decl build_declaration(const Node& declaration, const Context& context);

// Of a declaration that does not parse: kind and name, where they can be made out.
bool read_declared_name(const Token* tokens, std::size_t count, const Context& context, Name& name);

}  // namespace jianlu::syntax
