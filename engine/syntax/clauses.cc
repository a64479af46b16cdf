#include "engine/syntax/clauses.h"

#include <algorithm>
#include <vector>

namespace jianlu::syntax {
namespace {

using R = Rule;

const std::vector<Rule>& clauses_of(DeclKind kind) {
  static const std::vector<Rule> interpretation{R::asClause};
  static const std::vector<Rule> definition{R::parameters, R::asClause, R::defaultClause, R::exceptionClause,
                                            R::noRollover, R::rollover, R::awaiting};
  static const std::vector<Rule> ground{R::parameters, R::groundItem};
  static const std::vector<Rule> act{R::parameters, R::asClause, R::awaiting};
  static const std::vector<Rule> norm{R::subject, R::timedBy, R::whenClause, R::unlessClause, R::deadline,
                                      R::awaiting, R::category, R::message, R::generally, R::noRollover, R::rollover};
  static const std::vector<Rule> duty = [] { auto v = norm; v.push_back(R::shallClause); return v; }();
  static const std::vector<Rule> ban = [] { auto v = norm; v.push_back(R::mustNotClause); return v; }();
  static const std::vector<Rule> permit = [] { auto v = norm; v.push_back(R::mayClause); return v; }();
  static const std::vector<Rule> exemption{R::parameters, R::restingOn, R::claimedBy, R::deadline, R::whenClause};
  static const std::vector<Rule> derived{R::parameters, R::inClause, R::awaiting};
  static const std::vector<Rule> approval{R::subject, R::timedBy, R::whenClause, R::unlessClause, R::ordered, R::step,
                                          R::before, R::awaiting, R::category, R::message, R::generally};
  static const std::vector<Rule> category{R::restingOn, R::parameters, R::whenClause, R::text};
  static const std::vector<Rule> sanction{R::restingOn, R::text, R::whenClause, R::cumulative};
  static const std::vector<Rule> manual{R::subject, R::whenClause, R::by, R::checks, R::frequency};
  static const std::vector<Rule> remark{R::text};
  switch (kind) {
    case DeclKind::interpretation: return interpretation;
    case DeclKind::definition: return definition;
    case DeclKind::ground: return ground;
    case DeclKind::act: return act;
    case DeclKind::duty: return duty;
    case DeclKind::ban: return ban;
    case DeclKind::permit: return permit;
    case DeclKind::exemption: return exemption;
    case DeclKind::derived: return derived;
    case DeclKind::approval: return approval;
    case DeclKind::category: return category;
    case DeclKind::sanction: return sanction;
    case DeclKind::manual: return manual;
    default: return remark;
  }
}

}  // namespace

bool allows(DeclKind kind, Rule clause) {
  if (clause == R::because || clause == R::valid || clause == R::formerly) return true;
  const std::vector<Rule>& allowed = clauses_of(kind);
  return std::find(allowed.begin(), allowed.end(), clause) != allowed.end();
}

bool repeatable(Rule clause) {
  return clause == R::unlessClause || clause == R::exceptionClause || clause == R::category || clause == R::step ||
         clause == R::groundItem;
}

}  // namespace jianlu::syntax
