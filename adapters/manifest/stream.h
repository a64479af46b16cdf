// JSON lines that are judged as they come, with memory that does not grow: the rows that others refer to stand at the
// head and stay, the rows of one ledger follow and are seen block by block.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/manifest/blocks.h"
#include "engine/calendar/zone.h"
#include "engine/diag/diag.h"
#include "engine/fact/fact.h"
#include "engine/fact/problem.h"
#include "engine/model/vocabulary.h"

namespace jianlu::manifest {

// Finds the head: what stands before the stream line. Without one, an input up to these bounds is all head; of a
// longer one the head ends where rows of the last ledger begin, as if a stream line stood there.
class Stream {
 public:
  static constexpr std::size_t head_lines = 50'000, head_bytes = 8u << 20;

  Stream(Blocks::Read read, const model::Vocabulary& vocabulary, std::size_t block = 256u << 10);

  // The ledger streamed; kNone: the head is everything.
  model::EntityId streamed() const { return streamed_; }
  // Why the input cannot be streamed; nothing can be read then.
  const std::optional<diag::Words>& fault() const { return fault_; }
  const std::vector<Block>& head() const { return head_; }
  void drop_head() { head_.clear(); }          // once every reader is made
  bool next(Block& block) { return streamed_ != model::kNone && blocks_.next(block); }
  std::size_t lines() const { return blocks_.lines(); }
  std::size_t bytes() const { return blocks_.bytes(); }

 private:
  Blocks blocks_;
  std::vector<Block> head_;
  model::EntityId streamed_ = model::kNone;
  std::optional<diag::Words> fault_;
};

// Facts straight from blocks of lines. A line with an error is kept aside whole, so each line is judged in full or not at
// all. Several readers may work on blocks of one stream, and each finds in a block what any other would.
class BatchReader {
 public:
  // `name` of the source. The vocabulary must outlive the reader.
  BatchReader(const Stream& stream, std::string_view name, const model::Vocabulary& vocabulary, const calendar::Zone& zone);
  ~BatchReader();

  // Valid until the next call: the rows of the head alone; the rows of the block with those of the head.
  const fact::Facts& head();
  const fact::Facts& read(const Block& block);

  // Of the head, or of the block read last.
  const std::vector<fact::Problem>& problems() const;
  const std::string& rejected() const;         // the lines kept aside, as they came
  std::size_t documents() const;               // rows taken in that have no owner
  std::size_t general() const;                 // lines that needed the general reader, of all blocks

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jianlu::manifest
