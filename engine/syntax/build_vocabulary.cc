#include "engine/syntax/build_vocabulary.h"

#include <set>
#include <utility>

namespace jianlu::syntax {
namespace {

using diag::Kind;

Version build_version(const Node& node, const Context& context) {
  Version version;
  version.name = context.declared(node.children[1]);
  if (const Node* date = node.child(TokenKind::DATE)) version.in_force_from = context.day(*date);
  if (const Node* because = node.child(Rule::because)) version.because = context.text(because->children[1]);
  version.span = node.span;
  return version;
}

}  // namespace

void build_header(const Node& header, const Context& context, SourceFile& file) {
  std::set<TokenKind> seen;
  const auto first = [&](const Node& clause) {
    const TokenKind kind = clause.rule == Rule::token ? clause.kind : clause.children.front().kind;
    if (seen.insert(kind).second) return true;
    context.diagnostics.add(Kind::repeated_clause, clause.span, {context.spelled(
        clause.rule == Rule::token ? clause.span : clause.children.front().span)});
    return false;
  };
  for (const Node& clause : header.children) {
    if (clause.rule == Rule::declaredName) {
      file.name = context.declared(clause);
    } else if (clause.rule == Rule::version) {
      file.versions.push_back(build_version(clause, context));
    } else if (clause.is(TokenKind::TEXT)) {
      if (first(clause)) file.title = context.text(clause);
    } else if (clause.rule == Rule::headerClause && first(clause)) {
      if (clause.child(TokenKind::ISSUED_BY)) file.authority = context.text(clause.children[1]);
      if (clause.child(TokenKind::TIME_ZONE)) file.zone = context.text(clause.children[1]);
      for (const Node& used : clause.children) {
        if (used.rule == Rule::usedFile) file.uses.push_back(context.field(used.children[1]));
      }
    }
  }
}

Article build_heading(const Node& heading, const Context& context) {
  Article article;
  article.cite = context.cite(heading.children[0]);
  article.summary = context.text(heading.children[2]);
  article.span = heading.span;
  const statute::Citation& c = article.cite.citation;
  if (!c.empty() && (c.article == 0 || c.paragraph + c.item + c.sentence + c.clause != 0)) {
    context.diagnostics.add(Kind::heading_citation, article.cite.span, {context.spelled(article.cite.span)});
  }
  return article;
}

EnumDecl build_enumeration(const Node& node, const Context& context) {
  EnumDecl result;
  bool named = false;
  for (const Node& child : node.children) {
    if (child.rule == Rule::declaredName) {
      if (named) {
        result.values.push_back(context.declared(child));
      } else {
        result.name = context.declared(child);
      }
      named = true;
    }
    result.open = result.open || child.is(TokenKind::OPEN);
  }
  result.span = node.span;
  return result;
}

EntityDecl build_ledger(const Node& node, const Context& context) {
  EntityDecl ledger;
  ledger.span = node.span;
  std::set<Rule> seen;
  for (const Node& clause : node.children) {
    if (clause.rule == Rule::declaredName) ledger.name = context.declared(clause);
    if (clause.rule == Rule::token || clause.rule == Rule::declaredName) continue;
    if (!seen.insert(clause.rule).second) {
      context.diagnostics.add(Kind::repeated_clause, clause.span, {context.spelled(clause.children[0].span)});
      continue;
    }
    const auto name = [&] { return context.reference(clause.children[1]); };
    switch (clause.rule) {
      case Rule::ledgerText: ledger.text = context.text(clause.children[0]); break;
      case Rule::supplier: ledger.supplier = context.text(clause.children[1]); break;
      case Rule::owner: ledger.owner = name(); break;
      case Rule::via: ledger.via = name(); break;
      case Rule::listed: ledger.list = context.declared(clause.children[1], true); break;
      case Rule::key: ledger.key = name(); break;
      case Rule::ledgerTime: ledger.time = name(); break;
      case Rule::ledgerPeriod:
        ledger.starts = name();
        ledger.ends = context.reference(clause.children[3]);
        break;
      case Rule::belongsTo: ledger.unit = name(); break;
      case Rule::clockedBy: ledger.clock = name(); break;
      default:
        ledger.calendar_period = name();
        ledger.calendar_of = context.reference(clause.children[3]);
    }
  }
  return ledger;
}

FieldDecl build_field(const Node& node, const Context& context) {
  FieldDecl field;
  field.span = node.span;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const Node& part = node.children[i];
    if (part.rule == Rule::declaredName) field.name = context.declared(part, true);
    if (part.rule == Rule::type) {
      field.type.set = part.child(TokenKind::OPEN_CURLY) != nullptr;
      field.type.list = part.child(TokenKind::OPEN_SQUARE) != nullptr;
      field.type.name = context.reference(*part.child(TokenKind::NAME));
    }
    if (part.is(TokenKind::REQUIRED)) field.presence = Presence::required;
    if (part.is(TokenKind::OPTIONAL)) field.presence = Presence::optional;
    if (part.is(TokenKind::OBSERVED)) field.presence = Presence::observed;
    if (part.is(TokenKind::TEXT)) field.text = context.text(part);
    if (part.is(TokenKind::DATE)) field.since = context.day(part);
  }
  return field;
}

}  // namespace jianlu::syntax
