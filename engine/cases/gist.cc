#include "engine/cases/gist.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/calendar/text.h"
#include "engine/fact/describe.h"

namespace jianlu::cases {

using reference::Leaf;
using reference::Node;
using source::Language;

namespace {

class Writer {
 public:
  Writer(const model::Rulebook& book, const fact::Facts& facts, const calendar::Zone& zone, Language language)
      : book_(book), facts_(facts), zone_(zone), language_(language) {}

  std::vector<std::string> write(const reference::Explanation& explanation) {
    const outcome::Situation& s = explanation.situation;
    lines_.push_back(fmt::format(fmt::runtime(say("适用：{}；除外：{}；相反的禁止：{}；做到：{}；{}",
                                                  "applies: {}; excepted: {}; opposing ban: {}; performed: {}; {}")),
                                 truth(s.applies), truth(s.unless), truth(s.ban), truth(s.must),
                                 s.awaited ? say("时间未到", "time is left") : say("时间已过或者没有期限", "no time is left")));
    for (const reference::Support& support : explanation.support) missing(support);
    for (const int year : explanation.missing_notices) {
      lines_.push_back(fmt::format(fmt::runtime(say("缺少事实：{}年的节假日安排，见国务院办公厅的通知",
                                                    "missing fact: the days off of {}, from the notice of the State Council's General Office")),
                                   year));
    }
    for (const Node& part : explanation.parts) exceptions(part, part.definition);
    return std::move(lines_);
  }

 private:
  std::string say(const char* zh, const char* en) const { return language_ == Language::zh ? zh : en; }

  std::string truth(std::uint8_t t) const {
    return t == fact::kTrue ? say("是", "yes") : t == fact::kFalse ? say("否", "no") : say("不明", "unknown");
  }

  void missing(const reference::Support& support) {
    const Leaf& leaf = support.leaf;
    const std::string row = row_name(book_, facts_, leaf.row, language_);
    std::string field;
    if (leaf.field != model::kNone) field = "." + book_.vocabulary.field(leaf.row.entity, leaf.field).name.in(language_);
    std::string state;
    if (leaf.ledger) {
      state = leaf.through <= fact::kMin
                  ? say("（台账没有交付）", " (ledger not delivered)")
                  : fmt::format(fmt::runtime(say("（台账只交付到 {}）", " (ledger delivered through {} only)")),
                                calendar::format_instant(leaf.through, zone_));
    }
    add(fmt::format(fmt::runtime(say("缺少事实：{}{}{}，由{}提供", "missing fact: {}{}{}, supplied by {}")), row, field, state,
                    support.supplier));
  }

  // `of`: the definition whose alternatives these are. The items of a ground that holds are no exceptions.
  void exceptions(const Node& node, model::DefId of) {
    const bool alternative = node.role == Node::Role::alternative || node.role == Node::Role::unless;
    if (alternative && !node.fired) {
      std::string name = of == model::kNone ? say("除非", "unless") : book_.definitions[of].name.in(language_);
      if (!node.at.empty()) name += " " + (language_ == Language::zh ? statute::format_zh(node.at) : statute::format_en(node.at));
      add(fmt::format(fmt::runtime(say("考虑过而未成立：{}（{}）", "considered, does not hold: {} ({})")), name, truth(node.value.state)));
    }
    const bool ground = node.definition != model::kNone && book_.definitions[node.definition].kind == model::DefKind::ground;
    if (ground && node.value.state == fact::kTrue) return;
    for (const Node& child : node.children) exceptions(child, node.definition);
  }

  void add(std::string line) {
    if (std::find(lines_.begin(), lines_.end(), line) == lines_.end()) lines_.push_back(std::move(line));
  }

  const model::Rulebook& book_;
  const fact::Facts& facts_;
  const calendar::Zone& zone_;
  Language language_;
  std::vector<std::string> lines_;
};

}  // namespace

std::string row_name(const model::Rulebook& book, const fact::Facts& facts, const reference::RowRef& row, Language language) {
  if (row.row == fact::kNoRow || row.entity == model::kNone) return "?";
  const model::Vocabulary& vocabulary = book.vocabulary;
  if (!vocabulary.entities[row.entity].derived) return fact::row_name(facts, vocabulary, row.entity, row.row, language);
  // A gap lies in its owner's row, between two rows of the ledger that covers.
  const model::EntityId owner = vocabulary.entities[row.entity].owner;
  model::EntityId covering = model::kNone;
  for (const model::Regulation& regulation : book.regulations) {
    for (const model::Derivation& d : regulation.derivations) {
      if (d.entity == row.entity) covering = book.variables[d.covering_var].entity;
    }
  }
  const auto end = [&](fact::Row neighbour) -> std::string {
    if (neighbour == fact::kNoRow) return language == Language::zh ? "无" : "none";
    const model::FieldId key = vocabulary.entities[covering].key;
    if (key == model::kNone) return fact::row_name(facts, vocabulary, covering, neighbour, language);
    return std::string(facts.texts[facts.tables[covering].columns[key].lo[neighbour]]);
  };
  return fact::row_name(facts, vocabulary, owner, row.row, language) + "/" + end(row.previous) + "–" + end(row.next);
}

std::vector<diag::Words> gist(const model::Rulebook& book, const fact::Facts& facts, const calendar::Zone& zone,
                              const reference::Explanation& explanation) {
  const auto zh = Writer(book, facts, zone, Language::zh).write(explanation);
  const auto en = Writer(book, facts, zone, Language::en).write(explanation);
  std::vector<diag::Words> out;
  for (std::size_t i = 0; i < std::min(zh.size(), en.size()); ++i) out.emplace_back(zh[i], en[i]);
  return out;
}

}  // namespace jianlu::cases
