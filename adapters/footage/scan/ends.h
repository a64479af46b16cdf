// Where a file ends against what its own units promise; read from their headers, footage is passed over.
#pragma once

#include <cstdint>
#include <optional>

#include "adapters/footage/scan/input.h"

namespace jianlu::footage {

struct MatroskaEnd {
  std::int64_t missing = 0;                // bytes that its elements promise beyond the end of the file
  std::optional<std::int64_t> last_block;  // when the last one begins, microseconds
};
MatroskaEnd read_matroska_end(Input& input);

// Bytes that the last page of an Ogg file lacks.
std::int64_t missing_of_ogg(Input& input);
// … that the last packet (PES) of an MPEG programme stream lacks.
std::int64_t missing_of_program_stream(Input& input);

}  // namespace jianlu::footage
