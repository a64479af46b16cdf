// Collects the slips of one declaration. Private to this folder.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/mutation/mutant.h"

namespace jianlu::mutation {

class Slips {
 public:
  Slips(std::vector<Mutant>& out, const std::vector<const syntax::EnumDecl*>& enumerations)
      : out_(out), enumerations_(enumerations) {}

  // The slips that follow belong to this declaration; ids are numbered anew.
  void begin(std::string declaration, int article);
  void add(const char* kind, source::Span span, diag::Words what, std::function<void()> toggle);

  template <typename T>
  void exchange(const char* kind, source::Span span, diag::Words what, T& member, T other) {
    auto kept = std::make_shared<T>(std::move(other));
    add(kind, span, std::move(what), [&member, kept] { std::swap(member, *kept); });
  }

  // Leaves out element `at`. The vector keeps its storage, so the places of the other elements hold again afterwards.
  template <typename T>
  void leave_out(const char* kind, source::Span span, diag::Words what, std::vector<T>& list, std::size_t at) {
    auto kept = std::make_shared<std::vector<T>>();
    add(kind, span, std::move(what), [&list, at, kept] {
      const auto place = list.begin() + static_cast<std::ptrdiff_t>(at);
      if (kept->empty()) {
        kept->push_back(std::move(*place));
        list.erase(place);
      } else {
        list.insert(place, std::move(kept->back()));
        kept->clear();
      }
    });
  }

  // Everything that can slip in an expression, its operands included; null has nothing.
  void expression(syntax::ExprPtr& slot);
  // The whole condition turned into its opposite.
  void negation(syntax::ExprPtr& slot);

 private:
  void comparison(syntax::ExprPtr& slot);
  void connective(syntax::ExprPtr& slot);
  void quantifier(syntax::ExprPtr& slot);
  void literal(syntax::ExprPtr& slot);
  void period(syntax::ExprPtr& slot);
  void name(syntax::ExprPtr& slot);
  void operation(syntax::ExprPtr& slot);
  void becomes(const char* kind, syntax::ExprPtr& slot, syntax::ExprKind other, diag::Words what);

  std::vector<Mutant>& out_;
  const std::vector<const syntax::EnumDecl*>& enumerations_;
  std::string declaration_;
  int article_ = 0;
  std::map<std::string, int> numbers_;
};

syntax::ExprPtr clone(const syntax::Expr& expr);

}  // namespace jianlu::mutation
