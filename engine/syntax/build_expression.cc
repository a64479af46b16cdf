#include "engine/syntax/build_expression.h"

#include <utility>

#include "engine/syntax/literals.h"
#include "engine/syntax/words.h"

namespace jianlu::syntax {
namespace {

using diag::Kind;
using diag::Words;

ExprKind operation(TokenKind kind) {
  switch (kind) {
    case TokenKind::EQUALS: return ExprKind::equal;
    case TokenKind::NOT_EQUAL: return ExprKind::not_equal;
    case TokenKind::LESS: return ExprKind::less;
    case TokenKind::LESS_EQUAL: return ExprKind::less_equal;
    case TokenKind::GREATER: return ExprKind::greater;
    case TokenKind::GREATER_EQUAL: return ExprKind::greater_equal;
    case TokenKind::IS_ONE_OF: return ExprKind::is_in;
    case TokenKind::HAS_ANY_OF: return ExprKind::has_any;
    case TokenKind::HAS_ALL_OF: return ExprKind::has_all;
    case TokenKind::COVERS: return ExprKind::covers;
    case TokenKind::IS_GIVEN: return ExprKind::is_given;
    case TokenKind::IS_MISSING: return ExprKind::is_missing;
    case TokenKind::IS_RULED_ON: return ExprKind::is_ruled_on;
    case TokenKind::PLUS: return ExprKind::add;
    case TokenKind::MINUS: return ExprKind::subtract;
    case TokenKind::TIMES: return ExprKind::multiply;
    case TokenKind::DIVIDE: return ExprKind::divide;
    case TokenKind::ANY: return ExprKind::any;
    case TokenKind::NONE: return ExprKind::none;
    case TokenKind::EVERY: return ExprKind::every;
    case TokenKind::COUNT: return ExprKind::count;
    case TokenKind::SUM: return ExprKind::sum;
    case TokenKind::EARLIEST: return ExprKind::earliest;
    case TokenKind::LATEST: return ExprKind::latest;
    default: return ExprKind::merged;
  }
}

class Builder {
 public:
  explicit Builder(const Context& context) : context_(context) {}

  ExprPtr build(const Node& node) {
    switch (node.rule) {
      case Rule::expression: return logic(node);
      case Rule::negation: return make(ExprKind::logical_not, node.span, operand(node.children[1]));
      case Rule::comparison: return comparison(node);
      case Rule::sum: case Rule::product: return chain(node);
      case Rule::sign: return make(ExprKind::negate, node.span, operand(node.children[1]));
      case Rule::path: case Rule::list: return path(node);
      case Rule::call: return call(node);
      case Rule::group: return group(node);
      case Rule::set: return items(node, ExprKind::set);
      case Rule::interval: return items(node, ExprKind::interval);
      case Rule::quantifier: return quantifier(node);
      default: return leaf(node);
    }
  }

 private:
  static ExprPtr make(ExprKind kind, Span span, ExprPtr first = nullptr, ExprPtr second = nullptr) {
    auto e = std::make_unique<Expr>();
    e->kind = kind;
    e->span = span;
    if (first) e->children.push_back(std::move(first));
    if (second) e->children.push_back(std::move(second));
    return e;
  }

  // What stands beside an operator.
  ExprPtr operand(const Node& node) {
    if (node.rule == Rule::quantifier) {
      context_.diagnostics.add(Kind::quantifier_needs_parentheses, node.span, {context_.spelled(node.span)});
    }
    return build(node);
  }

  bool too_long(const Node& node, std::size_t operands) {
    if (operands <= max_chain) return false;
    context_.diagnostics.add(Kind::too_deep, node.span, {{std::to_string(max_chain) + "项", std::to_string(max_chain) + " members"}});
    return true;
  }

  ExprPtr logic(const Node& node) {
    bool conjunction = false, disjunction = false;
    for (const Node& child : node.children) {
      conjunction = conjunction || child.is(TokenKind::AND);
      disjunction = disjunction || child.is(TokenKind::OR);
    }
    if (conjunction && disjunction) report_mixed(node);
    ExprPtr e = make(disjunction ? ExprKind::logical_or : ExprKind::logical_and, node.span);
    if (too_long(node, node.children.size() / 2)) return e;
    for (const Node& child : node.children) {
      if (child.rule != Rule::token || !(child.is(TokenKind::AND) || child.is(TokenKind::OR))) e->children.push_back(operand(child));
    }
    return e;
  }

  // The two readings: what `inner` joins is put in parentheses.
  std::string reading(const Node& node, TokenKind inner) const {
    std::string out, run;
    bool several = false;
    const auto close = [&] {
      out += several ? "(" + run + ")" : run;
      run.clear();
      several = false;
    };
    for (const Node& child : node.children) {
      const bool sign = child.is(TokenKind::AND) || child.is(TokenKind::OR);
      if (sign && !child.is(inner)) {
        close();
        out += " " + context_.spelled(child.span) + " ";
      } else if (sign) {
        several = true;
        run += " " + context_.spelled(child.span) + " ";
      } else {
        run += context_.spelled(child.span);
      }
    }
    close();
    return out;
  }

  void report_mixed(const Node& node) const {
    context_.diagnostics.add(Kind::mixed_logic, node.span,
                             {reading(node, TokenKind::AND), reading(node, TokenKind::OR)});
  }

  ExprPtr comparison(const Node& node) {
    const std::vector<Node>& parts = node.children;
    ExprPtr left = operand(parts[0]);
    std::size_t comparisons = 0;
    for (std::size_t i = 1; i < parts.size();) {
      const ExprKind kind = operation(parts[i].kind);
      ++comparisons;
      if (kind == ExprKind::is_given || kind == ExprKind::is_missing || kind == ExprKind::is_ruled_on) {
        left = make(kind, source::cover(node.span, parts[i].span), std::move(left));
        i += 1;
      } else {
        ExprPtr right = operand(parts[i + 1]);
        if (comparisons == 1) left = make(kind, source::cover(parts[0].span, parts[i + 1].span), std::move(left), std::move(right));
        i += 2;
      }
    }
    if (comparisons > 1) report_chained(node);
    return left;
  }

  void report_chained(const Node& node) const {
    diag::Diagnostic& d = context_.diagnostics.add(Kind::chained_comparison, node.span, {context_.spelled(node.span)});
    if (node.children.size() != 5) return;
    const std::string a = context_.spelled(node.children[0].span), b = context_.spelled(node.children[2].span),
                      c = context_.spelled(node.children[4].span), first = context_.spelled(node.children[1].span),
                      second = context_.spelled(node.children[3].span);
    const std::string left = a + " " + first + " " + b, right = b + " " + second + " " + c;
    d.fix = {"写成“" + left + " 且 " + right + "”", "write '" + left + " and " + right + "'"};
  }

  ExprPtr chain(const Node& node) {
    const std::vector<Node>& parts = node.children;
    ExprPtr left = operand(parts[0]);
    if (too_long(node, parts.size() / 2)) return left;
    for (std::size_t i = 1; i + 1 < parts.size(); i += 2) {
      const Span span = source::cover(parts[0].span, parts[i + 1].span);
      left = make(operation(parts[i].kind), span, std::move(left), operand(parts[i + 1]));
    }
    return left;
  }

  ExprPtr path(const Node& node) {
    const Node& head = node.children[0];
    ExprPtr e = head.is(TokenKind::NAME) ? name(head) : operand(head);
    if (too_long(node, node.children.size())) return e;
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      const Reference name = context_.field(node.children[i]);
      const Span span = source::cover(node.children[0].span, name.span);
      e = make(ExprKind::field, span, std::move(e));
      e->name = name.text;
      e->name_span = name.span;
    }
    return e;
  }

  ExprPtr call(const Node& node) {
    ExprPtr e = items(node, ExprKind::call);
    const Reference name = context_.reference(node.children[0]);
    e->name = name.text;
    e->name_span = name.span;
    return e;
  }

  // (x): the span of x takes the parentheses in.
  ExprPtr group(const Node& node) {
    ExprPtr e = build(node.children[1]);
    e->span = node.span;
    return e;
  }

  // What stands between brackets and commas.
  ExprPtr items(const Node& node, ExprKind kind) {
    ExprPtr e = make(kind, node.span);
    bool inside = false;
    for (const Node& child : node.children) {
      const bool bracket = child.is(TokenKind::OPEN_ROUND) || child.is(TokenKind::OPEN_CURLY) || child.is(TokenKind::OPEN_SQUARE);
      const bool sign = bracket || child.is(TokenKind::CLOSE_ROUND) || child.is(TokenKind::CLOSE_CURLY) ||
                        child.is(TokenKind::CLOSE_SQUARE) || child.is(TokenKind::COMMA);
      if (inside && !sign) e->children.push_back(build(child));
      inside = inside || bracket;
    }
    return e;
  }

  ExprPtr quantifier(const Node& node) {
    ExprPtr e = make(operation(node.children[0].kind), node.span);
    const Reference variable = context_.reference(node.children[1]);
    context_.refuse_keyword(variable);
    e->name = variable.text;
    e->name_span = variable.span;
    e->children.push_back(build(node.children[3]));
    e->children.push_back(nullptr);
    e->children.push_back(nullptr);
    for (std::size_t i = 4; i + 1 < node.children.size(); i += 2) {
      e->children[node.children[i].is(TokenKind::WHERE) ? 1 : 2] = build(node.children[i + 1]);
    }
    return e;
  }

  // A variable before a field: a fault of its spelling is reported where it is declared.
  ExprPtr name(const Node& node) {
    ExprPtr e = make(ExprKind::name, node.span);
    e->name = context_.spelled(node.span);
    e->name_span = node.span;
    return e;
  }

  ExprPtr leaf(const Node& node) {
    const std::string written = context_.spelled(node.span);
    ExprPtr e = make(ExprKind::name, node.span);
    switch (node.kind) {
      case TokenKind::NUMBER: case TokenKind::PERCENT:
        e->kind = ExprKind::number;
        e->percent = node.kind == TokenKind::PERCENT;
        e->number = parse_number(written).value_or(0);
        break;
      case TokenKind::PERIOD:
        e->kind = ExprKind::period;
        e->name = written;
        e->period = parse_period(written).value_or(calendar::Period{});
        break;
      case TokenKind::DATE:
        e->kind = ExprKind::date;
        e->number = context_.day(node);
        break;
      case TokenKind::INSTANT:
        e->kind = ExprKind::instant;
        e->name = narrow(written);
        break;
      case TokenKind::TEXT:
        e->kind = ExprKind::text;
        e->name = unquote(written);
        break;
      case TokenKind::TRUE_: case TokenKind::FALSE_:
        e->kind = ExprKind::truth;
        e->number = node.kind == TokenKind::TRUE_ ? 1 : 0;
        break;
      default: {
        e = name(node);
        const auto other = context_.language == source::Language::zh ? source::Language::en : source::Language::zh;
        if (const Keyword* word = find_keyword(written, other)) {
          context_.diagnostics.add(Kind::keyword_of_other_language, node.span, {written, word->in(context_.language)});
        }
      }
    }
    return e;
  }

  const Context& context_;
};

}  // namespace

ExprPtr build_expression(const Node& node, const Context& context) { return Builder(context).build(node); }

}  // namespace jianlu::syntax
