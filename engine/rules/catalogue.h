// What a regulation says in English: summaries, messages, reasons and questions by id, from regulation.en.yaml beside the
// rule file. Applied when something is shown; rules mean the same without it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/model/rulebook.h"
#include "engine/yaml/document.h"

namespace jianlu::rules {

// Entries have paths: regulation/{title,authority,commencement}, articles/6, norms/record_on_site (the message),
// interpretations/tolerated_gap (the reason; presumptions too), reasons/whole_process (of norms and the like), manual/worn/{question,who,frequency}, categories/leak,
// sanctions/no_award/{text,condition}.
class Catalogue {
 public:
  // The entry, or `otherwise` where there is none.
  const std::string& text(std::string_view path, const std::string& otherwise) const;
  // The norm's message: the catalogue's, {1}, {2} … in it replaced by the values of the rule file's message; that message
  // where the catalogue has none.
  std::vector<model::MessagePart> message(const model::Norm& norm) const;

  const std::map<std::string, std::string, std::less<>>& entries() const { return entries_; }
  void add(std::string path, std::string text) { entries_.insert_or_assign(std::move(path), std::move(text)); }

 private:
  std::map<std::string, std::string, std::less<>> entries_;
};

std::variant<Catalogue, yaml::Fault> read_catalogue(std::string_view text);

// The entries that a regulation has: a complete catalogue holds these and no other.
std::vector<std::string> catalogue_paths(const model::Rulebook& book, const model::Regulation& regulation);

// How many values a message has; a catalogue's message may use no others.
std::size_t values_of(const std::vector<model::MessagePart>& message);

}  // namespace jianlu::rules
