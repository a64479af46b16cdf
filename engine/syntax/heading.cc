#include "engine/syntax/heading.h"

namespace jianlu::syntax {

std::string heading_at(const SourceFile& file, const source::Files& files, Span place) {
  const Article* holder = nullptr;
  for (const Article& article : file.articles) {
    if (article.cite.span.file == place.file && article.cite.span.begin <= place.begin) holder = &article;
  }
  if (holder == nullptr) return {};
  std::string heading(files[place.file].text(holder->cite.span));
  if (holder->summary) heading += " " + holder->summary->text;
  return heading;
}

}  // namespace jianlu::syntax
