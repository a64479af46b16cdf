#include "adapters/gather/readings.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <vector>

#include "adapters/footage/json.h"
#include "engine/source/read.h"

namespace jianlu::gather {
namespace {

// size, modified, how, file as JSON, facts as JSON: none holds a tab.
constexpr std::size_t kFields = 5;

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> out;
  for (std::size_t from = 0; out.size() < kFields;) {
    const std::size_t end = out.size() + 1 == kFields ? line.size() : std::min(line.find('\t', from), line.size());
    out.push_back(line.substr(from, end - from));
    if (end == line.size()) break;
    from = end + 1;
  }
  return out;
}

std::int64_t number(std::string_view text) {
  std::int64_t out = -1;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

}  // namespace

Stamp stamp_of(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return {};
  return {status.st_size, status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec};
}

Readings::Readings(const std::string& path, std::string how) : how_(std::move(how)) {
  if (path.empty()) return;
  const std::string text = source::read(path).value_or("");
  load(text);
  descriptor_ = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  // What was cut short must not run into the next line.
  const std::size_t whole = text.rfind('\n') + 1;
  if (descriptor_ >= 0 && whole < text.size() && ftruncate(descriptor_, static_cast<off_t>(whole)) != 0) {
    close(descriptor_);
    descriptor_ = -1;
  }
}

Readings::~Readings() {
  if (descriptor_ >= 0) close(descriptor_);
}

void Readings::load(std::string_view text) {
  for (std::size_t from = 0, end = 0; (end = text.find('\n', from)) != text.npos; from = end + 1) {
    const std::vector<std::string_view> fields = fields_of(text.substr(from, end - from));
    if (fields.size() != kFields || fields[2] != how_) continue;
    known_[std::string(fields[3])] = {{number(fields[0]), number(fields[1])}, std::string(fields[4])};
  }
}

std::optional<footage::FootageFacts> Readings::find(const std::string& file, const Stamp& stamp) const {
  const auto found = known_.find(footage::json_quoted(file));
  if (found == known_.end() || found->second.first != stamp || stamp.size < 0) return std::nullopt;
  return footage::facts_from_json(found->second.second);
}

void Readings::add(const std::string& file, const Stamp& stamp, const footage::FootageFacts& facts) {
  if (descriptor_ < 0 || facts.sha256.empty() || facts.size != stamp.size || stamp_of(file) != stamp) return;
  const std::string line = std::to_string(stamp.size) + '\t' + std::to_string(stamp.modified) + '\t' + how_ + '\t' +
                           footage::json_quoted(file) + '\t' + footage::to_json(facts) + '\n';
  // One call, so that a line is there or not; a full disk costs the reading, not the ingest.
  if (write(descriptor_, line.data(), line.size()) == static_cast<ssize_t>(line.size())) return;
  close(descriptor_);
  descriptor_ = -1;
}

}  // namespace jianlu::gather
