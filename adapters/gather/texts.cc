#include "adapters/gather/texts.h"

#include "adapters/manifest/manifest.h"
#include "engine/source/read.h"

namespace jianlu::gather {
namespace {

void take(Source& source, manifest::Manifest&& manifest) {
  source.documents = std::move(manifest.documents);
  source.deliveries = std::move(manifest.deliveries);
  source.doubts = std::move(manifest.doubts);
  source.problems = std::move(manifest.problems);
  source.sound = source.problems.empty();
}

void add(diag::Words& verdict, const std::string& zh, const std::string& en) {
  verdict.zh += zh;
  verdict.en += en;
}

void add_faults(Source& source) {
  const std::string bad = std::to_string(source.problems.size());
  if (!source.sound) add(source.verdict, "，" + bad + " 处有误", ", " + bad + " faults");
}

}  // namespace

std::optional<std::string> read(Source& source) {
  std::optional<std::string> text = source::read(source.path);
  if (!text) {
    source.sound = false;
    source.verdict = {"打不开文件", "cannot open the file"};
    return std::nullopt;
  }
  source.bytes = static_cast<std::int64_t>(text->size());
  source.digest = fact::digest(*text);
  return text;
}

void read_manifest(Source& source, std::int32_t index, const std::string& text, const model::Vocabulary& vocabulary,
                   const calendar::Zone& zone) {
  take(source, manifest::read_yaml(text, index, vocabulary, zone));
  const std::string rows = std::to_string(source.documents.size());
  source.verdict = {"清单，" + rows + " 行", "manifest, " + rows + " rows"};
  add_faults(source);
}

const Tables::Mappings& Tables::mappings() {
  if (mappings_) return *mappings_;
  std::vector<ledger::MappingFault> faults;
  mappings_.emplace();
  mappings_->usual = ledger::read_mappings(options_.mappings, vocabulary_, faults);
  mappings_->given = ledger::read_mappings(options_.given, vocabulary_, faults);
  for (const ledger::MappingFault& f : faults) {
    const std::string at = f.file + ":" + std::to_string(f.line) + ": ";
    faults_.emplace_back(at + f.what.zh + (f.mend.zh.empty() ? "" : "；" + f.mend.zh), at + f.what.en + (f.mend.en.empty() ? "" : "; " + f.mend.en));
  }
  return *mappings_;
}

void Tables::read(Source& source, std::int32_t index, const std::string& text) {
  const Mappings& known = mappings();
  ledger::Table t = ledger::read_table(text, index, known.usual, known.given, vocabulary_, zone_);
  take(source, std::move(t.manifest));
  const std::string rows = std::to_string(t.rows), left = std::to_string(t.left), encoding(t.encoding);
  source.verdict = {"表格（" + t.mapping + "，" + encoding + "），" + rows + " 行", "table (" + t.mapping + ", " + encoding + "), " + rows + " rows"};
  if (t.mapping.empty()) source.verdict = {"表格，没有读入", "table, not read"};
  if (t.left > 0) add(source.verdict, "，按对照略去 " + left + " 行", ", " + left + " left out as the mapping says");
  add_faults(source);
}

std::optional<track::Track> read_track(Source& source) {
  constexpr std::int64_t longest = 64 << 20;
  if (source.kind != Source::Kind::footage || source.footage.verdict != footage::Verdict::text || source.bytes > longest) return std::nullopt;
  const std::optional<std::string> text = read(source);
  if (!text) return std::nullopt;
  track::Track t = track::read(*text);
  if (t.format.empty()) return std::nullopt;
  source.kind = Source::Kind::track;
  for (const track::Fault& fault : t.faults) {
    fact::Problem problem;
    problem.origin.line = fault.line;
    problem.what = {fault.zh, fault.en};
    source.problems.push_back(std::move(problem));
  }
  source.sound = t.faults.empty();
  const std::string fixes = std::to_string(t.fixes.size()), refused = std::to_string(t.refused), corrupt = std::to_string(t.corrupt);
  const std::string at = t.fixes.empty() ? "" : track::place(t.fixes.front().latitude, t.fixes.front().longitude);
  source.verdict = {"卫星轨迹（" + t.format + "），定位 " + fixes + " 次", "satellite track (" + t.format + "), " + fixes + " fixes"};
  if (!at.empty()) add(source.verdict, "，起于 " + at, ", from " + at);
  add(source.verdict, "；没有定位的 " + refused + "，校验不过的 " + corrupt, "; " + refused + " without a fix, " + corrupt + " corrupt");
  return t;
}

}  // namespace jianlu::gather
