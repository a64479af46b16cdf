#include <fmt/format.h>

#include <algorithm>

#include "engine/comparison/comparison.h"

namespace jianlu::comparison {

using source::Language;

Words citations(const Provision& p) {
  Words out;
  for (const statute::Citation& at : p.at) {
    out.zh += (out.zh.empty() ? "" : "、") + statute::format_zh(at);
    out.en += (out.en.empty() ? "" : ", ") + statute::format_en(at);
  }
  return out;
}

std::string heading(const model::Name& name, Language language) {
  std::string out = name.in(language);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

Words label(const Respect& r) {
  const Words what = name(r.facet, r.force), force = name(r.force);
  return {what.zh + "（" + force.zh + "）", what.en + " (" + force.en + ")"};
}

namespace {

// Opened, unless that is long, or about prescribed words, which stand by themselves.
Words demanded(const Provision& p) {
  constexpr std::size_t kFew = 3;
  const Side self{&p};
  if (!p.steps.empty()) return value(Facet::steps, self);
  return p.demand && p.demand->size() <= kFew && p.wording.empty() ? text(*p.demand) : p.demand_text;
}

}  // namespace

std::vector<Line> lines(const model::Rulebook& book, const Provision& p) {
  std::vector<Line> out;
  const auto add = [&](Words label, const Words& text) {
    if (!text.zh.empty()) out.push_back({std::move(label), text});
  };
  const Side self{&p};
  if (p.force == Force::sanction || p.force == Force::manual || p.force == Force::remark) {
    add({"内容", "says"}, p.note);
    if (p.force == Force::sanction) add({"条件", "where"}, p.scope_text);
    if (p.force == Force::sanction && p.ordered) add({"并处", "added"}, {"与其他处理并处", "added to others"});
    return out;
  }
  add({"对象", "about"}, p.about);
  // Definitions opened, where that says more and is no long list.
  const auto that_is = [&](const std::optional<Cases>& cases, const Words& said) {
    constexpr std::size_t kFew = 8;
    if (cases && cases->size() <= kFew && !cases->empty() && !cases->front().empty() && text(*cases).zh != said.zh) add({"即", "that is"}, text(*cases));
  };
  if (p.force == Force::ban) {
    add({"适用", "applies"}, p.scope_text);
    that_is(p.scope, p.scope_text);
    add({"不得", "forbidden"}, p.demand_text);
    that_is(p.demand, p.demand_text);
  } else if (p.force == Force::category) {
    Words norms;
    for (const model::NormId id : p.rests_on) {
      const model::Name& name = book.norms[static_cast<std::size_t>(id)].name;
      norms.zh += (norms.zh.empty() ? "" : "、") + name.zh;
      norms.en += (norms.en.empty() ? "" : ", ") + name.en;
    }
    add({"依", "rests on"}, norms);
    add({"条件", "where"}, p.scope ? value(Facet::scope, self) : Words{"由人认定", "for people to rule on"});
    return out;
  } else {
    add(p.force == Force::excuse ? Words{"情形", "where"} : Words{"适用", "applies"}, p.force == Force::excuse ? value(Facet::scope, self) : p.scope_text);
    add({"要求", "demands"}, demanded(p));
  }
  if (p.force != Force::ban && p.force != Force::excuse) that_is(p.scope, p.scope_text);
  if (!p.deadline.empty()) {
    const Words by = text(p.deadline);
    if (p.force == Force::excuse) add({"须主张", "to be claimed"}, by);
    else add({"期限", "deadline"}, p.before ? Words{by.zh + "以前", "before " + by.en} : by);
  }
  add({"期间", "how long"}, text(p.keep_until));
  add({"除非", "unless"}, value(Facet::excuses, self));
  add({"用语", "words"}, value(Facet::wording, self));
  Words interpretations;
  for (const Words& w : p.interpretations) {
    interpretations.zh += (interpretations.zh.empty() ? "" : "；") + w.zh;
    interpretations.en += (interpretations.en.empty() ? "" : "; ") + w.en;
  }
  add({"口径", "interpretations"}, interpretations);
  return out;
}

std::string print(const Table& table, const model::Rulebook& book, Language language) {
  std::string out;
  const bool zh = language == Language::zh;
  const auto bureau = [&](std::size_t column) { return heading(book.regulations[table.regulations[column]].name, language); };
  const auto joined = [&](const std::vector<std::size_t>& columns) {
    std::string names;
    for (const std::size_t c : columns) names += (names.empty() ? "" : zh ? "、" : ", ") + bureau(c);
    return names;
  };
  std::size_t subject = table.subjects.subjects.size();
  for (const Row& row : table.rows) {
    const Topic& topic = table.subjects.topics[row.topic];
    if (topic.subject != subject) out += fmt::format("{}# {}\n", out.empty() ? "" : "\n", heading(table.subjects.subjects[topic.subject], language));
    subject = topic.subject;
    out += fmt::format("\n## {}\n", heading(topic.name, language));
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      if (row.cells[c].empty()) continue;
      out += bureau(c) + "\n";
      for (const std::size_t i : row.cells[c]) {
        const Provision& p = table.provisions[i];
        out += fmt::format("  {} {}{} [{}]\n", name(p.force).in(language), p.in_principle ? (zh ? "（原则上）" : "(generally) ") : "",
                           p.name.in(language), citations(p).in(language));
        for (const Line& line : lines(book, p)) out += fmt::format("      {}{}{}\n", line.label.in(language), zh ? "：" : ": ", line.text.in(language));
      }
    }
    if (!row.silent.empty()) out += fmt::format("{}{}\n", zh ? "没有规定：" : "silent: ", joined(row.silent));
    for (const Respect& r : row.respects) {
      out += fmt::format("{}{}{}\n", label(r).in(language), zh ? "：" : ": ", r.summary.in(language));
    }
    for (const ByValue& v : row.by_value) {
      std::string each;
      for (std::size_t c = 0; c < v.columns.size(); ++c) {
        const std::string& says = v.columns[c].in(language);
        each += (each.empty() ? "" : zh ? "；" : "; ") + bureau(c) + (zh ? " " : ": ") + (says.empty() ? (zh ? "未列" : "not listed") : says);
      }
      out += fmt::format("{}{}{}{}\n", v.conflict ? (zh ? "冲突 " : "CONFLICT ") : "", v.values.in(language), zh ? "：" : ": ", each);
    }
  }
  return out;
}

}  // namespace jianlu::comparison
