#pragma once

#include "engine/syntax/context.h"

namespace jianlu::syntax {

void build_header(const Node& header, const Context& context, SourceFile& file);
Article build_heading(const Node& heading, const Context& context);
EnumDecl build_enumeration(const Node& enumeration, const Context& context);
EntityDecl build_ledger(const Node& ledger, const Context& context);
FieldDecl build_field(const Node& field_declaration, const Context& context);

}  // namespace jianlu::syntax
