#include "engine/syntax/build_declaration.h"

#include <set>
#include <utility>

#include "engine/source/screen.h"
#include "engine/syntax/build_expression.h"
#include "engine/syntax/clauses.h"
#include "engine/syntax/words.h"

namespace jianlu::syntax {
namespace {

using diag::Kind;

DeclKind kind_of(TokenKind token) {
  switch (token) {
    case TokenKind::INTERPRETATION: return DeclKind::interpretation;
    case TokenKind::DEFINE: return DeclKind::definition;
    case TokenKind::GROUND: return DeclKind::ground;
    case TokenKind::ACT: return DeclKind::act;
    case TokenKind::DUTY: return DeclKind::duty;
    case TokenKind::BAN: return DeclKind::ban;
    case TokenKind::PERMIT: return DeclKind::permit;
    case TokenKind::EXEMPTION: return DeclKind::exemption;
    case TokenKind::DERIVE: return DeclKind::derived;
    case TokenKind::APPROVAL: return DeclKind::approval;
    case TokenKind::CATEGORY: return DeclKind::category;
    case TokenKind::SANCTION: return DeclKind::sanction;
    case TokenKind::MANUAL: return DeclKind::manual;
    case TokenKind::RESTATES: return DeclKind::restatement;
    case TokenKind::APPLIES: return DeclKind::application;
    default: return DeclKind::declarative;
  }
}

class Builder {
 public:
  explicit Builder(const Context& context) : context_(context) {}

  Decl build(const Node& node) {
    decl_.span = node.span;
    bool head = true;
    for (const Node& child : node.children) {
      if (child.rule == Rule::cites) {
        cites(child);
      } else if (head && child.rule == Rule::token && is_keyword(child.kind)) {
        decl_.kind = kind_of(child.kind);
        keyword_ = child.kind;
        head = false;
      } else if (child.rule == Rule::declaredName) {
        decl_.name = context_.declared(child);
      } else if (child.rule == Rule::token) {
        target(child);
      } else {
        clause(child);
      }
    }
    name_result();
    return std::move(decl_);
  }

 private:
  ExprPtr expression(const Node& node) { return build_expression(node, context_); }
  // The expression after the keyword of that kind, or null.
  ExprPtr after(const Node& clause, TokenKind sign) {
    for (std::size_t i = 0; i + 1 < clause.children.size(); ++i) {
      if (clause.children[i].is(sign)) return expression(clause.children[i + 1]);
    }
    return nullptr;
  }

  void cites(const Node& node) {
    for (const Node& child : node.children) {
      if (!child.is(TokenKind::CITE)) continue;
      Cite cite = context_.cite(child);
      if (!cite.citation.relative()) {
        context_.diagnostics.add(Kind::citation_of_article, child.span, {context_.spelled(child.span)});
      }
      decl_.cites.push_back(std::move(cite));
    }
  }

  void target(const Node& leaf) {
    if (leaf.kind == TokenKind::CITE) {
      decl_.target = context_.cite(leaf);
    } else {
      decl_.target_name = context_.reference(leaf);
    }
  }

  void clause(const Node& node) {
    const std::string word = context_.spelled(node.rule == Rule::groundItem ? node.span : node.children.front().span);
    if (!allows(decl_.kind, node.rule)) {
      context_.diagnostics.add(Kind::clause_not_here, node.span, {word, describe(keyword_, context_.language)});
      return;
    }
    if (!seen_.insert(node.rule).second && !repeatable(node.rule)) {
      context_.diagnostics.add(Kind::repeated_clause, node.span, {word});
      return;
    }
    read(node);
  }

  void read(const Node& node) {
    const std::vector<Node>& parts = node.children;
    switch (node.rule) {
      case Rule::subject: return subject(node);
      case Rule::parameters: return parameters(node);
      case Rule::asClause: case Rule::inClause: decl_.value = expression(parts[1]); return;
      case Rule::defaultClause: return alternative(node, nullptr, expression(parts[1]), true);
      case Rule::exceptionClause:
        return alternative(node, after(node, TokenKind::WHEN), after(node, TokenKind::THEN), false);
      case Rule::groundItem: return alternative(node, expression(parts.back()), nullptr, false);
      case Rule::whenClause: decl_.when = expression(parts[1]); return;
      case Rule::unlessClause: decl_.unless.push_back(expression(parts[1])); return;
      case Rule::shallClause: case Rule::mustNotClause: case Rule::mayClause: case Rule::claimedBy:
        decl_.condition = Condition{expression(parts[1].children[0]), after(parts[1], TokenKind::WITH)};
        return;
      case Rule::deadline: return deadline(node);
      case Rule::before:
        decl_.deadline = Deadline{nullptr, nullptr, expression(parts[1]), true, node.span};
        return;
      case Rule::awaiting: decl_.await = expression(parts[1]); return;
      case Rule::timedBy: decl_.governing = expression(parts[1]); return;
      case Rule::category:
        decl_.may_fall_under.push_back({context_.cite(parts[1]), after(node, TokenKind::WHEN)});
        return;
      case Rule::restingOn: return names(node, decl_.rests_on);
      case Rule::formerly: return names(node, decl_.formerly);
      case Rule::by: decl_.who = context_.reference(parts[1]); return;
      case Rule::checks: decl_.text = context_.text(parts[1]); return;
      case Rule::text: decl_.text = context_.text(parts[0]); return;
      case Rule::frequency: decl_.frequency = context_.text(parts[1]); return;
      case Rule::because: decl_.because = context_.text(parts[1]); return;
      case Rule::message: decl_.message = context_.text(parts[1]); return;
      case Rule::step: return step(node);
      case Rule::valid: return valid(node);
      case Rule::ordered: decl_.ordered = true; return;
      case Rule::noRollover: decl_.no_rollover = true; return;
      case Rule::rollover: decl_.rollover = true; return;
      case Rule::generally: decl_.in_principle = true; return;
      case Rule::cumulative: decl_.cumulative = true; return;
      default: return;
    }
  }

  Reference variable(const Node& leaf) {
    Reference reference = context_.reference(leaf);
    context_.refuse_keyword(reference);
    return reference;
  }

  void subject(const Node& node) {
    Subject subject;
    subject.entity = context_.reference(node.children[1]);
    subject.variable = variable(node.children[2]);
    if (node.children.size() > 3) {
      subject.list = context_.field(node.children[3]);
      subject.element = variable(node.children[4]);
    }
    subject.span = node.span;
    decl_.subject = std::move(subject);
  }

  void parameters(const Node& node) {
    for (const Node& child : node.children) {
      if (child.rule != Rule::parameter) continue;
      decl_.parameters.push_back({context_.reference(child.children[0]), variable(child.children[1])});
    }
  }

  void alternative(const Node& node, ExprPtr when, ExprPtr value, bool first) {
    Alternative a;
    if (const Node* cite = node.child(TokenKind::CITE)) a.cite = context_.cite(*cite);
    a.catch_all = node.child(TokenKind::CATCH_ALL) != nullptr;
    a.when = std::move(when);
    a.value = std::move(value);
    a.span = node.span;
    decl_.alternatives.insert(first ? decl_.alternatives.begin() : decl_.alternatives.end(), std::move(a));
  }

  void deadline(const Node& node) {
    Deadline d;
    d.from = after(node, TokenKind::FROM);
    d.within = after(node, TokenKind::WITHIN);
    d.by = after(node, TokenKind::NO_LATER_THAN);
    d.strict = node.child(TokenKind::BEFORE) != nullptr;
    if (d.strict) d.by = after(node, TokenKind::BEFORE);
    d.span = node.span;
    decl_.deadline = std::move(d);
  }

  void step(const Node& node) {
    Step s;
    s.role = context_.reference(node.children[1]);
    s.variable = variable(node.children[2]);
    s.list = after(node, TokenKind::IN);
    s.where = after(node, TokenKind::SUCH_THAT);
    s.decisive = after(node, TokenKind::WITH);
    s.span = node.span;
    decl_.steps.push_back(std::move(s));
  }

  void valid(const Node& node) {
    for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
      if (node.children[i].is(TokenKind::FROM)) decl_.valid_from = context_.day(node.children[i + 1]);
      if (node.children[i].is(TokenKind::UNTIL)) decl_.valid_until = context_.day(node.children[i + 1]);
    }
  }

  void names(const Node& node, std::vector<Reference>& out) {
    for (const Node& child : node.children) {
      if (child.is(TokenKind::NAME)) out.push_back(context_.reference(child));
    }
  }

  // 为 names the type of the result where a default follows, and is the whole definition where none does.
  void name_result() {
    if (decl_.kind != DeclKind::definition || decl_.alternatives.empty() || !decl_.value) return;
    if (decl_.value->kind == ExprKind::name) {
      decl_.result = Reference{decl_.value->name, decl_.value->span};
    } else {
      context_.diagnostics.add(Kind::type_expected, decl_.value->span, {context_.spelled(decl_.value->span)});
    }
    decl_.value = nullptr;
  }

  const Context& context_;
  Decl decl_;
  TokenKind keyword_{};
  std::set<Rule> seen_;
};

}  // namespace

Decl build_declaration(const Node& declaration, const Context& context) { return Builder(context).build(declaration); }

bool read_declared_name(const Token* tokens, std::size_t count, const Context& context, Name& name) {
  for (std::size_t i = 1; i + 1 < count; ++i) {
    const bool named = tokens[i].kind == TokenKind::NAME && tokens[i + 1].kind == TokenKind::EQUALS &&
                       is_keyword(tokens[i - 1].kind) && keyword(tokens[i - 1].kind).group == "declaration";
    if (!named) continue;
    const bool paired = i + 2 < count && tokens[i + 2].kind == TokenKind::NAME;
    name.span = source::cover(tokens[i].span, tokens[paired ? i + 2 : i].span);
    for (const std::size_t at : {i, paired ? i + 2 : i}) {
      const std::string text = context.spelled(tokens[at].span);
      (source::contains_han(text) ? name.zh : name.en) = text;
    }
    return true;
  }
  return false;
}

}  // namespace jianlu::syntax
