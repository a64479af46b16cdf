#include "cli/waiting.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "adapters/manifest/words.h"
#include "engine/store/waiting.h"

namespace jianlu::cli {
namespace {

constexpr std::size_t kShown = 20;           // lines
constexpr std::size_t kCompared = 20'000;    // keys held against one that is not known
constexpr std::size_t kGuessed = 200;        // keys for which that is done

std::string nearest_key(store::Store& store, const store::Waiting& row) {
  std::vector<model::Name> names;
  for (const std::string& key : store::keys_like(store, row.awaited, row.key, kCompared)) names.push_back({key, key});
  return manifest::nearest(row.key, names);
}

}  // namespace

std::vector<store::StoredProblem> waiting_rows(Opened& opened, const std::optional<std::vector<std::int64_t>>& sources) {
  const model::Vocabulary& vocabulary = opened.judge->rules.book.vocabulary;
  std::map<std::pair<model::EntityId, std::string>, std::string> nearest;
  std::vector<store::StoredProblem> out;
  for (const store::Waiting& row : store::waiting(*opened.store)) {
    if (sources && std::find(sources->begin(), sources->end(), row.source) == sources->end()) continue;
    const model::Name &awaited = vocabulary.entities[row.awaited].name, &ledger = vocabulary.entities[row.ledger].name;
    const auto [near, fresh] = nearest.try_emplace({row.awaited, row.key});
    if (fresh && nearest.size() <= kGuessed) near->second = nearest_key(*opened.store, row);
    store::StoredProblem problem;
    problem.source = row.path;
    problem.line = row.line;
    problem.path = {ledger.zh, ledger.en};
    const std::string n = std::to_string(row.rows);
    if (row.delivery) problem.path = {"交付", "delivery"};
    problem.what = {"等待" + awaited.zh + "“" + row.key + "”，它还没有交付" + (row.rows > 1 ? "（共 " + n + " 处）" : ""),
                    "waits for " + awaited.en + " `" + row.key + "`, which nobody has delivered" + (row.rows > 1 ? " (" + n + " times)" : "")};
    problem.mend = {"交付后自动归入；标识写错了的，改正后重新交付", "it is joined once that comes; where the key is wrong, correct it and hand it in again"};
    if (!near->second.empty()) {
      problem.mend.zh += "：是否应为“" + near->second + "”？";
      problem.mend.en += ": did you mean `" + near->second + "`?";
    }
    out.push_back(std::move(problem));
  }
  return out;
}

void print_waiting(const std::vector<store::StoredProblem>& rows, std::FILE* to, const Options& options) {
  if (rows.empty()) return;
  const bool zh = options.language == source::Language::zh;
  fmt::print(to, "{}\n", zh ? fmt::format("等待 {} 处：", rows.size()) : fmt::format("{} waiting:", rows.size()));
  for (std::size_t i = 0; i < std::min(rows.size(), kShown); ++i) {
    fact::Problem problem;
    problem.origin.line = rows[i].line;
    problem.path = rows[i].path;
    problem.what = rows[i].what;
    problem.mend = rows[i].mend;
    print_problem(problem, rows[i].source, 0, to, options);
  }
  if (rows.size() <= kShown) return;
  const std::size_t more = rows.size() - kShown;
  fmt::print(to, "{}\n", zh ? fmt::format("另有 {} 处，见报告", more) : fmt::format("{} more, see the report", more));
}

}  // namespace jianlu::cli
