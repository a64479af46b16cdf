#include "engine/finding_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

#include "engine/calendar/text.h"
#include "engine/finding/finding.h"
#include "engine/reference/reference.h"
#include "engine/statute/citation.h"

namespace jianlu {
namespace {

using model::EntityId;
using model::kNone;
using outcome::Outcome;

// Appends what stands between the quotation marks of a JSON string.
void quote(std::string_view text, std::string& out) {
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
}

}  // namespace

FindingLines::FindingLines(const model::Rulebook& book, std::span<const calendar::Zone> zones, const outcome::Context& context,
                           Style style, source::Language language)
    : book_(book), zones_(zones), context_(context), style_(style), language_(language), norms_(book.norms.size()) {
  for (std::size_t r = 0; r < book.regulations.size(); ++r) {
    for (const model::NormId id : book.regulations[r].norms) {
      const model::Norm& norm = book.norms[id];
      Norm& made = norms_[id];
      made.regulation = static_cast<std::int32_t>(r);
      made.subject = book.variables[norm.subject].entity;
      made.element = norm.element == kNone ? kNone : book.variables[norm.element].entity;
      made.stored = book.vocabulary.entities[made.subject].derived ? book.vocabulary.entities[made.subject].owner : made.subject;
      const std::string full = book.regulations[r].id + '/' + norm.name.en;
      const bool zh = style == Style::json || language == source::Language::zh;
      std::string at;
      for (const statute::Citation& citation : norm.at) {
        at += (at.empty() ? "" : zh ? "、" : ", ") + (zh ? statute::format_zh(citation) : statute::format_en(citation));
      }
      if (style == Style::json) {
        made.head = R"({"norm":")";
        quote(full, made.head);
        made.head += R"(","citation":")";
        quote(at, made.head);
        made.head += R"(","subject":")";
      } else {
        made.head = fmt::format("  {}{}  {}  ", full, zh ? " " + norm.name.zh : "", at);
      }
    }
  }
}

void FindingLines::take(std::span<const exec::NormVerdicts> verdicts, const fact::Facts& facts) {
  const finding::Subjects subjects(book_.vocabulary, facts);
  for (const exec::NormVerdicts& of : verdicts) {
    const EntityId stored = norms_[of.norm].stored;
    std::size_t detail = 0;
    for (std::size_t i = 0; i < of.size(); ++i) {
      const auto result = static_cast<Outcome>(of.outcomes[i]);
      ++outcomes_[of.outcomes[i]];
      if (!finding::is_open(result)) continue;
      Open& open = open_.emplace_back();
      open.norm = of.norm;
      open.key = of.key(i);
      open.root = subjects.root(stored, open.key.subject);
      open.verdict.outcome = result;
      while (detail < of.details.size() && of.details[detail].index < static_cast<std::int32_t>(i)) ++detail;
      if (detail == of.details.size() || of.details[detail].index != static_cast<std::int32_t>(i)) continue;
      open.verdict.due = of.details[detail].due;
      open.verdict.cured_at = of.details[detail].cured_at;
    }
  }
}

void FindingLines::name(const finding::Subjects& subjects, finding::Subjects::Root root, const std::string& suffix,
                        std::string& out) const {
  const std::string text = finding::root_subject(book_.vocabulary, root.entity, subjects.key(root.entity, root.row)) + suffix;
  style_ == Style::json ? quote(text, out) : void(out += text);
}

void FindingLines::instant(calendar::Instant at, const Norm& norm, std::string& out) {
  out += calendar::format_instant(at, zones_[norm.regulation]);
}

void FindingLines::write(const fact::Facts& facts, std::string& out) {
  const finding::Subjects subjects(book_.vocabulary, facts);
  reference::Reference reference(book_, facts, context_, zones_);
  // Rows of one norm come in order.
  std::stable_sort(open_.begin(), open_.end(), [](const Open& a, const Open& b) {
    return std::tie(a.root.entity, a.root.row, a.norm) < std::tie(b.root.entity, b.root.row, b.norm);
  });
  const bool json = style_ == Style::json;
  const auto label = [&](std::string_view key, std::string_view zh, std::string_view en) {
    if (json) {
      fmt::format_to(std::back_inserter(out), R"(,"{}":)", key);
    } else {
      out += "  ";
      out += language_ == source::Language::zh ? zh : en;
      out += ' ';
    }
  };
  const auto dated = [&](calendar::Instant at, const Norm& norm) {
    if (json) out += '"';
    instant(at, norm, out);
    if (json) out += '"';
  };
  for (const Open& open : open_) {
    const Norm& norm = norms_[open.norm];
    if (!json) out += outcome::name(open.verdict.outcome, language_);
    out += norm.head;
    name(subjects, open.root, subjects.suffix(norm.subject, norm.element, open.key), out);
    if (json) {
      out += R"(","outcome":")";
      out += outcome::id(open.verdict.outcome);
      out += '"';
    }
    if (open.verdict.due > fact::kMin && open.verdict.due < fact::kMax) {
      label("due", "期限", "due");
      dated(open.verdict.due, norm);
    }
    if (open.verdict.cured_at > fact::kMin) {
      label("cured_at", "补做于", "cured at");
      dated(open.verdict.cured_at, norm);
    }
    if (open.verdict.outcome == Outcome::unknown || open.verdict.outcome == Outcome::pending) {
      label("missing", "缺", "missing");
      if (json) out += '[';
      bool first = true;
      for (const reference::Support& support : reference.support(open.norm, open.key)) {
        const reference::RowRef& row = support.leaf.row;
        if (!first) out += json ? "," : language_ == source::Language::zh ? "、" : ", ";
        first = false;
        if (json) out += R"({"fact":")";
        if (row.entity != kNone && row.row != fact::kNoRow) {
          const model::Entity& entity = book_.vocabulary.entities[row.entity];
          const EntityId stored = entity.derived ? entity.owner : row.entity;
          name(subjects, subjects.root(stored, row.row),
               entity.derived ? subjects.suffix(stored, row.entity, {row.row, fact::kNoRow, row.previous, row.next})
                              : subjects.suffix(row.entity, row.row), out);
          if (support.leaf.field != kNone) out += '.' + entity.fields[support.leaf.field].name.en;
        }
        if (json) {
          out += R"(","supplier":")";
          quote(support.supplier, out);
          out += R"("})";
        } else if (!support.supplier.empty()) {
          out += (language_ == source::Language::zh ? "（" : " (") + support.supplier + (language_ == source::Language::zh ? "）" : ")");
        }
      }
      if (json) out += ']';
    }
    const fact::Origin origin = facts.tables[open.root.entity].origins[open.root.row];
    if (origin.source >= 0) {
      if (json) {
        out += R"(,"source":")";
        quote(facts.sources[origin.source], out);
        fmt::format_to(std::back_inserter(out), R"(","line":{})", origin.line);
      } else {
        fmt::format_to(std::back_inserter(out), "  {}:{}", facts.sources[origin.source], origin.line);
      }
    }
    out += json ? "}\n" : "\n";
  }
  open_.clear();
}

}  // namespace jianlu
