// Sources that are text: what each says, and the verdict on it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "adapters/gather/gather.h"
#include "adapters/ledger/ledger.h"
#include "adapters/track/track.h"

namespace jianlu::gather {

// The bytes of a source, with its size and digest; nothing, and its verdict says so, where it cannot be opened.
std::optional<std::string> read(Source& source);

// `index`: of the source, in all of them.
void read_manifest(Source& source, std::int32_t index, const std::string& text, const model::Vocabulary& vocabulary,
                   const calendar::Zone& zone);

class Tables {
 public:
  Tables(const Options& options, const model::Vocabulary& vocabulary, const calendar::Zone& zone, std::vector<diag::Words>& faults)
      : options_(options), vocabulary_(vocabulary), zone_(zone), faults_(faults) {}

  // The mappings are read with the first table.
  void read(Source& source, std::int32_t index, const std::string& text);

 private:
  struct Mappings {
    std::vector<ledger::Mapping> usual, given;
  };
  const Mappings& mappings();

  const Options& options_;
  const model::Vocabulary& vocabulary_;
  const calendar::Zone& zone_;
  std::vector<diag::Words>& faults_;
  std::optional<Mappings> mappings_;
};

// Where what was taken for footage is a satellite track, it becomes one.
std::optional<track::Track> read_track(Source& source);

}  // namespace jianlu::gather
