#include "engine/model/build.h"

#include <memory>

#include "engine/model/regulation_builder.h"
#include "engine/model/vocabulary_builder.h"

namespace jianlu::model {

Rulebook build(const std::vector<Unit>& units, const source::Files& files, diag::Diagnostics& diagnostics) {
  Rulebook book;
  book.vocabulary = build_vocabulary(units, diagnostics);

  std::vector<std::unique_ptr<RegulationBuilder>> builders;
  for (const Unit& unit : units) {
    if (unit.file->kind == syntax::FileKind::vocabulary) continue;
    builders.push_back(std::make_unique<RegulationBuilder>(book, files, diagnostics, *unit.file, unit.id));
    builders.back()->declare();
  }
  for (const auto& builder : builders) {
    for (const syntax::Reference& used : builder->file().uses) {
      // 共用.录制 names the common file 录制.
      const std::string name = used.text.substr(used.text.rfind('.') == std::string::npos ? 0 : used.text.rfind('.') + 1);
      const RegulationBuilder* common = nullptr;
      for (const auto& other : builders) {
        const syntax::SourceFile& file = other->file();
        if (file.kind == syntax::FileKind::common && (file.name.zh == name || file.name.en == name)) common = other.get();
      }
      if (common == nullptr) diagnostics.add(diag::Kind::unknown_name, used.span, {used.text});
      else builder->use(*common);
    }
  }
  // Common files first: the definitions of a regulation may read the types of theirs.
  for (const bool common : {true, false}) {
    for (const auto& builder : builders) {
      if ((builder->file().kind == syntax::FileKind::common) == common) builder->build();
    }
  }
  book.vocabulary.viewer.reset();
  return book;
}

}  // namespace jianlu::model
