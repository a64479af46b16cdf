// What a text must satisfy before it is lexed: UTF-8, size, no control characters that hide what is written.
#pragma once

#include "engine/diag/diag.h"
#include "engine/source/source.h"

namespace jianlu::syntax {

// False when the text cannot be read at all (size, encoding); other faults are reported and the text is still read.
bool screen(const source::Files& files, source::FileId file, diag::Diagnostics& diagnostics);

}  // namespace jianlu::syntax
