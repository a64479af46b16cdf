// Which clauses a declaration may have. The grammar accepts any clause in any declaration, so that a misplaced one gets
// a message of its own; this table is what the language allows.
#pragma once

#include "engine/syntax/ast.h"
#include "engine/syntax/tree.h"

namespace jianlu::syntax {

bool allows(DeclKind kind, Rule clause);
// A clause that may stand several times in one declaration: 除非, 例外, 可归入, 步骤.
bool repeatable(Rule clause);

}  // namespace jianlu::syntax
