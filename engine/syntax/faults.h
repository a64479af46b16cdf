// Inside engine/syntax: turns "token k does not fit" into a sentence that says what to write instead.
#pragma once

#include <string_view>
#include <vector>

#include "engine/syntax/context.h"
#include "engine/syntax/pieces.h"

namespace jianlu::syntax {

// Reports the fault of a piece that did not parse; nothing where one of its tokens was reported already.
// `known` are the names that the file declares.
void report_fault(const std::vector<Token>& tokens, const Piece& piece, const ParseFault& fault,
                  const std::vector<std::string_view>& known, const Context& context);

// Reports a piece that begins with no known kind of declaration, with those that such a file holds.
void report_unknown_declaration(const std::vector<Token>& tokens, const Piece& piece, FileKind file,
                                const std::vector<std::string_view>& known, const Context& context);

}  // namespace jianlu::syntax
