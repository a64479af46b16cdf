#include "adapters/gather/known.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>
#include <utility>

#include "engine/fact/hex.h"

namespace jianlu::gather {
namespace {

// The same bytes under the same name are the same file, wherever it lies now.
std::pair<std::string, std::string> file_of(const std::string& path, const footage::FootageFacts& facts) {
  return {facts.sha256, std::filesystem::path(path).filename().string()};
}

auto identity(const Known& k) { return std::tie(k.facts.sha256, k.path, k.match.session, k.match.recording); }

const std::string* name_of(const fact::Document& row, model::FieldId field) {
  const auto found = std::find_if(row.cells.begin(), row.cells.end(), [&](const fact::Cell& c) { return c.field == field; });
  return found == row.cells.end() ? nullptr : &found->text;
}

}  // namespace

void KnownFootage::compare(std::vector<Source>& sources, const devices::Profiles& profiles, const Options& options) {
  std::vector<devices::Footage> files;
  std::vector<const footage::FootageFacts*> facts;
  std::set<std::pair<std::string, std::string>> read;
  for (Source& source : sources) {
    if (source.kind != Source::Kind::footage) continue;
    files.push_back({source.path, &source.footage});
    facts.push_back(&source.footage);
    read.insert(file_of(source.path, source.footage));
  }
  const auto is_read = [&](const Known& k) { return read.count(file_of(k.path, k.facts)) != 0; };
  std::erase_if(clips_, is_read);
  std::vector<std::size_t> alike;
  if (options.alike && !facts.empty()) {
    for (Known& k : options.alike(facts)) {
      if (is_read(k)) continue;
      const auto there = std::find_if(clips_.begin(), clips_.end(), [&](const Clip& other) { return identity(other) == identity(k); });
      alike.push_back(static_cast<std::size_t>(there - clips_.begin()));
      if (there == clips_.end()) clips_.push_back({std::move(k)});
    }
  }
  std::vector<devices::Footage> known;
  std::vector<std::size_t> before;
  for (const std::size_t i : alike) {
    known.push_back({clips_[i].path, &clips_[i].facts});
    before.push_back(clips_[i].facts.signs.size());
  }
  devices::compare(profiles, std::move(files), known);
  for (std::size_t n = 0; n < alike.size(); ++n) clips_[alike[n]].gained = clips_[alike[n]].facts.signs.size() > before[n];
}

Source source_of(const Known& known) {
  Source source;
  source.kind = Source::Kind::footage;
  source.path = known.path;
  source.digest = fact::digest_from_hex(known.facts.sha256).value_or(fact::Digest{});
  source.bytes = known.facts.size;
  source.footage = known.facts;
  source.match = known.match;
  source.verdict = {"先前读过", "read earlier"};
  return source;
}

void put_signs(fact::Document& recording, const footage::FootageFacts& facts, const model::Vocabulary& vocabulary) {
  for (fact::Document& mark : match::sign_rows(facts, recording.origin, vocabulary)) {
    const model::FieldId name = vocabulary.field(mark.entity, "sign");
    const auto there = std::find_if(recording.rows.begin(), recording.rows.end(), [&](const fact::Document& row) {
      return row.entity == mark.entity && name_of(row, name) != nullptr && *name_of(row, name) == *name_of(mark, name);
    });
    if (there == recording.rows.end()) recording.rows.push_back(std::move(mark));
    else *there = std::move(mark);
  }
}

}  // namespace jianlu::gather
