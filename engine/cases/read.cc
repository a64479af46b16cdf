#include <set>
#include <variant>

#include "adapters/manifest/values.h"
#include "adapters/manifest/words.h"
#include "engine/cases/case.h"
#include "engine/fact/fact.h"

namespace jianlu::cases {

using manifest::Word;
using model::kNone;
using yaml::Node;

namespace {

constexpr Word kBureau{"局", "bureau"}, kBases{"片段", "bases"}, kCases{"用例", "cases"};
constexpr Word kName{"名称", "name"}, kBase{"引用", "base"}, kAsOf{"时点", "as_of"}, kFacts{"事实", "facts"},
    kUndelivered{"未交付", "undelivered"}, kExpect{"预期", "expect"};
constexpr Word kNorm{"规范", "norm"}, kSubject{"对象", "subject"}, kElement{"成员", "element"},
    kPrevious{"前一录像", "previous"}, kNext{"后一录像", "next"}, kOutcome{"结果", "outcome"}, kDue{"期限", "due"},
    kCured{"补做于", "cured"}, kCategories{"类别", "categories"};
constexpr Word kOpen{"不定", "open"}, kNothing{"无", "none"}, kNoRow{"无对象", "no_row"};
constexpr Word kHolds{"成立", "holds"}, kFails{"不成立", "fails"}, kUndecided{"待认定", "undecided"};

class Reader {
 public:
  Reader(const model::Rulebook& book, std::size_t regulation, const calendar::Zone& zone)
      : book_(book), regulation_(book.regulations[regulation]), words_(book.vocabulary.seen_from(regulation_.id)), zone_(zone) {}

  File read(const Node& root) {
    faults_ = &file_.faults;
    if (root.is(Node::Kind::null)) return std::move(file_);
    if (!is(root, Node::Kind::mapping)) return std::move(file_);
    const Node* cases = nullptr;
    for (const yaml::Entry& entry : root.entries) {
      const std::string& key = entry.key.text;
      if (kBureau == key) bureau(entry.value);
      else if (kBases == key) bases_ = &entry.value;
      else if (kCases == key) cases = &entry.value;
      else unknown(entry.key, {"局、片段、用例", "bureau, bases, cases"});
    }
    if (bases_ != nullptr && !is(*bases_, Node::Kind::mapping)) bases_ = nullptr;
    if (cases == nullptr || !is(*cases, Node::Kind::sequence)) return std::move(file_);
    std::set<std::string> names;
    for (const Node& item : cases->items) {
      file_.cases.emplace_back();
      Case& one = file_.cases.back();
      faults_ = &one.faults;
      read_case(item, one);
      if (!one.name.empty() && !names.insert(one.name).second) {
        fault(item, {"前面已有同名的用例", "an earlier case has the same name"});
      }
    }
    return std::move(file_);
  }

 private:
  void fault(const Node& at, diag::Words what) { faults_->push_back({at.line, at.column, std::move(what)}); }

  bool is(const Node& node, Node::Kind kind) {
    if (node.is(kind)) return true;
    if (kind == Node::Kind::mapping) fault(node, {"这里要写“名称: 内容”的形式", "a mapping (name: value) is expected here"});
    else if (kind == Node::Kind::sequence) fault(node, {"这里要写成清单，每项以“-”开头", "a list is expected here"});
    else fault(node, {"这里要写一个值", "a single value is expected here"});
    return false;
  }

  void unknown(const Node& key, const diag::Words& known) {
    fault(key, {"没有“" + key.text + "”这一项；可以写：" + known.zh, "there is no '" + key.text + "'; there are: " + known.en});
  }

  void bureau(const Node& node) {
    if (node.text == regulation_.id) return;
    fault(node, {"文件在“" + regulation_.id + "”的文件夹里，写的却是“" + node.text + "”",
                 "the file lies in the folder of '" + regulation_.id + "' but says '" + node.text + "'"});
  }

  // One scalar, or a list of them.
  template <typename Visit>
  void each(const Node& node, Visit visit) {
    if (node.is(Node::Kind::null)) return;
    if (node.is(Node::Kind::scalar)) return visit(node);
    if (!is(node, Node::Kind::sequence)) return;
    for (const Node& item : node.items) {
      if (is(item, Node::Kind::scalar)) visit(item);
    }
  }

  void read_case(const Node& node, Case& out) {
    out.line = node.line;
    if (!is(node, Node::Kind::mapping)) return;
    std::vector<const Node*> pieces;
    const Node* own = nullptr;
    const Node* expect = nullptr;
    bool timed = false;
    for (const yaml::Entry& entry : node.entries) {
      const std::string& key = entry.key.text;
      if (kName == key) {
        out.name = entry.value.text;
      } else if (kBase == key) {
        each(entry.value, [&](const Node& name) {
          const Node* piece = bases_ == nullptr ? nullptr : bases_->find(name.text);
          if (piece == nullptr) fault(name, {"没有片段“" + name.text + "”", "there is no base '" + name.text + "'"});
          else if (is(*piece, Node::Kind::mapping)) pieces.push_back(piece);
        });
      } else if (kAsOf == key) {
        timed = true;
        out.as_of = instant(entry.value);
      } else if (kFacts == key) {
        if (!entry.value.is(Node::Kind::null) && is(entry.value, Node::Kind::mapping)) own = &entry.value;
      } else if (kUndelivered == key) {
        each(entry.value, [&](const Node& name) {
          out.undelivered.push_back(words_.entity(name.text));
          if (out.undelivered.back() == kNone) fault(name, {"没有台账“" + name.text + "”", "there is no ledger '" + name.text + "'"});
        });
      } else if (kExpect == key) {
        expect = &entry.value;
      } else {
        unknown(entry.key, {"名称、引用、时点、事实、未交付、预期", "name, base, as_of, facts, undelivered, expect"});
      }
    }
    if (out.name.empty()) fault(node, {"用例没有名称", "the case has no name"});
    if (!timed) fault(node, {"用例没有写明时点", "the case does not say as_of"});
    if (own != nullptr) pieces.push_back(own);
    out.facts = join(pieces, words_);
    if (expect == nullptr) return fault(node, {"用例没有预期", "the case expects nothing"});
    if (!is(*expect, Node::Kind::sequence)) return;
    if (expect->items.empty()) fault(*expect, {"用例没有预期", "the case expects nothing"});
    for (const Node& item : expect->items) expectation(item, out);
  }

  void expectation(const Node& node, Case& out) {
    if (!is(node, Node::Kind::mapping)) return;
    Expectation e;
    e.line = node.line;
    const Node* categories = nullptr;
    bool said = false;
    const std::size_t before = faults_->size();
    for (const yaml::Entry& entry : node.entries) {
      const std::string& key = entry.key.text;
      const Node& value = entry.value;
      if (kCategories == key) {
        categories = &value;
      } else if (!is(value, Node::Kind::scalar)) {
        continue;
      } else if (kNorm == key) {
        norm(value, e);
      } else if (kSubject == key) {
        e.subject = value.text;
      } else if (kElement == key) {
        e.element = value.text;
      } else if (kPrevious == key) {
        e.previous = kNothing == value.text ? "" : value.text;
      } else if (kNext == key) {
        e.next = kNothing == value.text ? "" : value.text;
      } else if (kOutcome == key) {
        said = true;
        outcome(value, e);
      } else if (kDue == key) {
        e.due = kOpen == value.text ? fact::kMax : instant(value);
      } else if (kCured == key) {
        e.cured = kNothing == value.text ? fact::kMin : instant(value);
      } else {
        unknown(entry.key, {"规范、对象、成员、前一录像、后一录像、结果、期限、补做于、类别",
                            "norm, subject, element, previous, next, outcome, due, cured, categories"});
      }
    }
    if (faults_->size() != before) return;
    if (e.norm == kNone) return fault(node, {"没有写明规范", "the expectation names no norm"});
    if (!said) return fault(node, {"没有写明结果", "the expectation names no outcome"});
    if (categories != nullptr && is(*categories, Node::Kind::mapping)) {
      for (const yaml::Entry& entry : categories->entries) category(entry, e);
    }
    if (faults_->size() == before) out.expect.push_back(std::move(e));
  }

  void norm(const Node& node, Expectation& e) {
    std::vector<model::Name> names;
    for (const model::NormId id : regulation_.norms) {
      const model::Name& name = book_.norms[id].name;
      if (node.text == name.en || node.text == name.zh) e.norm = id;
      names.push_back(name);
    }
    if (e.norm == kNone) suggest(node, {"没有规范“" + node.text + "”", "there is no norm '" + node.text + "'"}, names);
  }

  void category(const yaml::Entry& entry, Expectation& e) {
    std::vector<model::Name> names;
    std::int32_t found = kNone;
    for (std::size_t i = 0; i < regulation_.categories.size(); ++i) {
      const model::Name& name = regulation_.categories[i].name;
      if (entry.key.text == name.en || entry.key.text == name.zh) found = static_cast<std::int32_t>(i);
      names.push_back(name);
    }
    if (found == kNone) {
      return suggest(entry.key, {"没有类别“" + entry.key.text + "”", "there is no category '" + entry.key.text + "'"}, names);
    }
    const std::string& said = entry.value.text;
    if (kHolds == said) e.categories.emplace_back(found, fact::kTrue);
    else if (kFails == said) e.categories.emplace_back(found, fact::kFalse);
    else if (kUndecided == said) e.categories.emplace_back(found, fact::kUndecided);
    else fault(entry.value, {"类别只能是成立、不成立或者待认定", "a category holds, fails or is undecided"});
  }

  void suggest(const Node& at, diag::Words what, const std::vector<model::Name>& names) {
    if (const std::string near = manifest::nearest(at.text, names); !near.empty()) {
      what.zh += "；是不是“" + near + "”？";
      what.en += "; did you mean '" + near + "'?";
    }
    fault(at, std::move(what));
  }

  void outcome(const Node& node, Expectation& e) {
    if (kNoRow == node.text) return;
    std::string zh, en;
    for (int i = 0; i < outcome::kOutcomes; ++i) {
      const auto o = static_cast<outcome::Outcome>(i);
      const auto name = outcome::name(o, source::Language::zh);
      if (node.text == name || node.text == outcome::id(o)) e.outcome = o;
      zh += std::string(name) + "、";
      en += std::string(outcome::id(o)) + ", ";
    }
    if (!e.outcome) unknown(node, {zh + std::string(kNoRow.zh), en + std::string(kNoRow.en)});
  }

  calendar::Instant instant(const Node& node) {
    const calendar::ParsedInstant parsed = manifest::read_instant(node.text, zone_);
    if (parsed.fault != calendar::TimeFault::none) {
      fault(node, {"“" + node.text + "”不是时刻：" + std::string(calendar::describe_zh(parsed.fault)),
                   "'" + node.text + "' is no instant: " + std::string(calendar::describe_en(parsed.fault))});
    }
    return parsed.instant;
  }

  const model::Rulebook& book_;
  const model::Regulation& regulation_;
  const model::Vocabulary words_;   // as the bureau sees it
  const calendar::Zone& zone_;
  const Node* bases_ = nullptr;
  File file_;
  std::vector<Fault>* faults_ = nullptr;
};

}  // namespace

File read(std::string_view text, const model::Rulebook& book, std::size_t regulation, const calendar::Zone& zone) {
  const auto parsed = yaml::read(text);
  if (const auto* node = std::get_if<Node>(&parsed)) return Reader(book, regulation, zone).read(*node);
  const auto& fault = std::get<yaml::Fault>(parsed);
  File file;
  file.faults.push_back({fault.line, fault.column, {fault.zh, fault.en}});
  return file;
}

}  // namespace jianlu::cases
