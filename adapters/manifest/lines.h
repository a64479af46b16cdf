// Manifests as JSON lines, for bulk: one object per line, with the names and values of a YAML manifest.
//   {"zone": "Asia/Shanghai"}  {"delivery": {…}}  {"unit": {…}}  {"session": {…}}
//   {"stream": "session"}      from here on only sessions, so that they can be judged batch by batch
#pragma once

#include <cstddef>
#include <functional>
#include <istream>
#include <memory>
#include <string_view>
#include <vector>

#include "adapters/manifest/manifest.h"
#include "engine/calendar/zone.h"
#include "engine/fact/fact.h"
#include "engine/fact/problem.h"
#include "engine/model/vocabulary.h"

namespace jianlu::manifest {

inline constexpr std::size_t max_line = 16u << 20;

// Fills facts straight from the lines, with memory that does not grow with the input once the stream line has come.
// A file without a stream line is one batch.
class BatchReader {
 public:
  // `in`, `name` (of the source) and the vocabulary must outlive the reader.
  BatchReader(std::istream& in, std::string_view name, const model::Vocabulary& vocabulary, const calendar::Zone& zone);
  ~BatchReader();

  // The facts of the next batch of at most `rows` streamed rows, with all rows that came before the stream line; null
  // at the end. Valid until the next call.
  const fact::Facts* next(std::size_t rows);
  // The ledger that is streamed, and whether this is the first batch: rows of other ledgers are the same in every
  // batch, so they are to be judged in the first.
  model::EntityId streamed() const;
  bool first() const;

  std::vector<fact::Problem>& problems();  // so far; take them out to keep memory flat
  std::size_t lines() const;
  std::size_t bytes() const;
  std::size_t documents() const;           // root rows taken in
  std::size_t general() const;             // lines that needed the general reader
  const std::string& bureau() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Reads the lines one by one for a store; a stream line changes nothing. What `take` gets is one line as a manifest:
// mostly one document.
void read_lines(std::istream& in, std::int32_t source, const model::Vocabulary& vocabulary,
                const calendar::Zone& zone, const std::function<void(Manifest&&)>& take);

}  // namespace jianlu::manifest
