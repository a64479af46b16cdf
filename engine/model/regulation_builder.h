// Builds the declarations of one file: definitions as they are needed, then derivations, categories and norms.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/calendar/zone.h"
#include "engine/diag/diag.h"
#include "engine/model/expression_builder.h"
#include "engine/model/rulebook.h"
#include "engine/model/scope.h"
#include "engine/syntax/ast.h"

namespace jianlu::model {

class RegulationBuilder {
 public:
  RegulationBuilder(Rulebook& book, const source::Files& files, diag::Diagnostics& diagnostics,
                    const syntax::SourceFile& file, std::string id);

  // Names of definitions that this file declares; called for every file before any is built.
  void declare();
  // Definitions of a common file become visible here.
  void use(const RegulationBuilder& common);
  void build();

  const syntax::SourceFile& file() const { return file_; }

 private:
  struct Pending {  // a definition whose body is not built yet
    const syntax::Decl* decl = nullptr;
    std::uint16_t article = 0;
    enum class State { untouched, building, built } state = State::untouched;
  };

  void each(const std::function<void(const syntax::Decl&, std::uint16_t article)>& visit) const;
  void declare_definition(const syntax::Decl& decl, std::uint16_t article);
  void build_definition(DefId id);
  void build_alternatives(Definition& definition, const syntax::Decl& decl, ExpressionBuilder& expressions,
                          const statute::Citation& at);
  void build_exemption(Definition& definition, const syntax::Decl& decl, ExpressionBuilder& expressions,
                       const statute::Citation& at);
  void build_derivation(const syntax::Decl& decl, std::uint16_t article);
  void declare_category(const syntax::Decl& decl, std::uint16_t article);
  void build_category(std::int32_t index, const syntax::Decl& decl);
  void build_norm(const syntax::Decl& decl, std::uint16_t article);
  bool build_subject(Norm& norm, const syntax::Decl& decl, ExpressionBuilder& expressions);
  bool build_applicability(Norm& norm, const syntax::Decl& decl, ExpressionBuilder& expressions);
  bool build_unless(Norm& norm, const syntax::Decl& decl, ExpressionBuilder& expressions);
  NormId permit_named(const syntax::Expr& e) const;
  bool defeat(Norm& norm, NormId permit, source::Span span, ExpressionBuilder& expressions);
  bool build_condition(Norm& norm, const syntax::Decl& decl, ExpressionBuilder& expressions);
  bool build_approval(Norm& norm, const syntax::Decl& decl, ExpressionBuilder& expressions);
  void build_links(Norm& norm, const syntax::Decl& decl, ExpressionBuilder& expressions);
  void build_message(Norm& norm, const syntax::Decl& decl, ExpressionBuilder& expressions);
  void build_other(const syntax::Decl& decl, std::uint16_t article);
  void link_norms();
  void link_sanction(Sanction& sanction, const syntax::Decl& decl);
  ExprId governing_time(const Norm& norm, ExpressionBuilder& expressions);

  std::vector<statute::Citation> citations(const syntax::Decl& decl, std::uint16_t article) const;
  statute::Citation citation(const syntax::Decl& decl, std::uint16_t article) const;
  ExpressionBuilder expressions(const syntax::Decl& decl);
  EntityId entity(const syntax::Reference& ref);
  std::optional<calendar::Instant> start_of(std::optional<std::int64_t> day) const;
  NormId norm_named(const syntax::Reference& ref) const;
  void report_unknown_norm(const syntax::Reference& ref);   // unless its declaration is faulty, which is reported
  void report_unknown_article(const syntax::Cite& cite);

  Rulebook& book_;
  const source::Files& files_;
  diag::Diagnostics& diagnostics_;
  const syntax::SourceFile& file_;
  const std::string bureau_;   // whose names are seen beside the shared ones
  std::int32_t regulation_ = kNone;
  std::optional<calendar::Zone> zone_;
  Scope scope_;
  std::map<DefId, Pending> definitions_;
  std::vector<std::pair<std::int32_t, const syntax::Decl*>> categories_;
  std::vector<std::pair<std::int32_t, std::vector<syntax::Reference>>> category_norms_;
  std::vector<std::pair<std::size_t, syntax::Reference>> restated_;
  std::vector<std::pair<std::size_t, const syntax::Decl*>> sanctions_;
};

// A copy of `id` with variables replaced by expressions.
ExprId substitute(Rulebook& book, ExprId id, const std::map<VarId, ExprId>& replacement);

}  // namespace jianlu::model
