#include <simdjson.h>

#include "adapters/manifest/manifest.h"
#include "engine/yaml/document.h"

namespace jianlu::manifest {

Manifest read_yaml(std::string_view text, std::int32_t source, const model::Vocabulary& vocabulary,
                   const calendar::Zone& zone) {
  const bool utf8 = simdjson::validate_utf8(text.data(), text.size());
  const auto parsed = utf8 ? yaml::read(text) : yaml::Fault{1, 1, "文件不是 UTF-8 编码", "the file is not UTF-8"};
  if (const auto* node = std::get_if<yaml::Node>(&parsed)) return read_node(*node, source, vocabulary, zone);
  const auto& fault = std::get<yaml::Fault>(parsed);
  Manifest manifest;
  fact::Problem problem;
  problem.effect = fact::Problem::Effect::file_aside;
  problem.origin = {source, fault.line};
  problem.column = fault.column;
  problem.what = {fault.zh, fault.en};
  problem.mend = {"改正后重新交付；本文件一行也没有读入", "mend it and hand the file in again; nothing of it was read"};
  manifest.problems.push_back(std::move(problem));
  manifest.doubts.push_back({});
  return manifest;
}

}  // namespace jianlu::manifest
