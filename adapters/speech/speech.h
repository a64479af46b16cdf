// Transcripts as rows of the speech ledger. In: the row of a recording and what was heard in it. Out: what was said, and
// when, by the recording's clock; and whether that is all that was said in it.
#pragma once

#include <cstdint>
#include <vector>

#include "adapters/transcript/transcript.h"
#include "engine/fact/document.h"
#include "engine/model/vocabulary.h"

namespace jianlu::speech {

struct Heard {
  const transcript::Transcript* transcript = nullptr;   // none: nobody has listened
  std::int32_t source = -1;                              // of the transcript, for origins
  bool whole = true;                                     // whether the footage is all there
};

struct Speech {
  // A row per cue, and one for cues that together may be a sentence; none where the recording belongs to no session.
  std::vector<fact::Document> rows;
  bool complete = false;                                 // every word of the whole recording is in them
};

Speech speech_of(const fact::Document& recording, const Heard& heard, const model::Vocabulary& vocabulary);

}  // namespace jianlu::speech
