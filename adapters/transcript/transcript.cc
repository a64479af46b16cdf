#include "adapters/transcript/transcript.h"

#include <variant>

#include "adapters/encoding/encoding.h"
#include "adapters/transcript/cues.h"
#include "adapters/transcript/json.h"

namespace jianlu::transcript {

Transcript read(std::string_view bytes) {
  Transcript out;
  if (bytes.size() > max_bytes) {
    out.faults.push_back({1, "转写超过 16 MiB，没有采用", "the transcript is larger than 16 MiB; it is left out"});
    return out;
  }
  const auto decoded = encoding::to_utf8(bytes);
  if (const auto* fault = std::get_if<encoding::Fault>(&decoded)) {
    out.faults.push_back({fault->line, fault->what.zh + "；另存为 UTF-8 编码后重新交付，文件也可能已经损坏",
                          fault->what.en + "; save it as UTF-8 and hand it in again; it may also be damaged"});
    return out;
  }
  const std::string& text = std::get<encoding::Text>(decoded).utf8;
  const std::string_view content = trimmed(text);
  out = !content.empty() && (content.front() == '{' || content.front() == '[') ? read_json(text) : read_cues(text);
  if (out.faults.size() > max_faults) {
    const std::string more = std::to_string(out.faults.size() - max_faults);
    out.faults.resize(max_faults);
    out.faults.push_back({out.faults.back().line, "其后还有 " + more + " 处有误", more + " more faults follow"});
  }
  return out;
}

}  // namespace jianlu::transcript
