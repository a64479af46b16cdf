#include "adapters/manifest/lines.h"

#include <utility>
#include <vector>

#include "adapters/manifest/line_reader.h"
#include "engine/fact/recorder.h"

namespace jianlu::manifest {

void read_lines(Blocks::Read read, std::int32_t source, const model::Vocabulary& vocabulary, const calendar::Zone& zone,
                const std::function<void(Manifest&&)>& take) {
  using Reader = LineReader<fact::Recorder>;
  std::vector<fact::Problem> problems;
  fact::Recorder recorder(vocabulary, problems);
  Reader reader(source, vocabulary, zone, recorder);
  Blocks blocks(std::move(read), 256u << 10);
  for (Block block; blocks.next(block);) {
    std::string_view line;
    for (LineCursor lines(block); lines.next(line);) {
      const Reader::Got got = block.too_long() ? reader.refuse(lines.number(), line_too_long())
                                               : reader.read(line, lines.readable(line), lines.number(), model::kNone);
      if (got == Reader::Got::nothing) continue;
      Manifest manifest;
      if (got == Reader::Got::manifest) {
        manifest = std::move(reader.manifest());
      } else if (recorder.kept()) {
        manifest.documents.push_back(std::move(recorder.document()));
      } else {
        manifest.doubts.push_back(recorder.doubt());
      }
      for (fact::Problem& problem : problems) manifest.problems.push_back(std::move(problem));
      problems.clear();
      const bool ours = !other_bureau(manifest.bureau, vocabulary);
      take(std::move(manifest));
      if (!ours) return;
    }
  }
}

}  // namespace jianlu::manifest
