// Manifests as JSON lines: one object per line, with the names and values of a YAML manifest.
//   {"zone": "Asia/Shanghai"}  {"delivery": {…}}  {"unit": {…}}  {"session": {…}}
//   {"stream": "session"}      from here on only sessions (stream.h)
#pragma once

#include <cstdint>
#include <functional>

#include "adapters/manifest/blocks.h"
#include "adapters/manifest/manifest.h"
#include "engine/calendar/zone.h"
#include "engine/model/vocabulary.h"

namespace jianlu::manifest {

// Reads the lines one by one for a store; a stream line changes nothing. What `take` gets is one line as a manifest:
// mostly one document. A line that names another bureau is the last that is read.
void read_lines(Blocks::Read read, std::int32_t source, const model::Vocabulary& vocabulary, const calendar::Zone& zone,
                const std::function<void(Manifest&&)>& take);

}  // namespace jianlu::manifest
