#include "engine/store/verify.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "engine/fact/hex.h"
#include "engine/store/chain.h"
#include "engine/store/findings.h"
#include "engine/store/impl.h"

namespace jianlu::store {
namespace {

// The findings as the ledger alone has them.
constexpr const char* kReplay =
    "WITH life AS (SELECT root, suffix, norm, MAX(seq) AS seq, MIN(seq) AS opened FROM ledger WHERE event<4 "
    "GROUP BY root, suffix, norm), "
    "said AS (SELECT root, suffix, norm, MAX(seq) AS seq FROM ledger WHERE event>=4 GROUP BY root, suffix, norm) "
    "SELECT e.root, e.suffix, e.norm, e.event, e.outcome, e.due, e.cured_at, e.slice, "
    "CASE WHEN said.seq>life.seq THEN (SELECT event FROM ledger WHERE seq=said.seq) END AS review, life.opened, "
    "MAX(life.seq, COALESCE(said.seq, 0)) AS seq FROM life JOIN ledger e ON e.seq=life.seq "
    "LEFT JOIN said ON said.root=life.root AND said.suffix=life.suffix AND said.norm=life.norm";
constexpr const char* kFindings =
    "SELECT root, suffix, norm, event, outcome, due, cured_at, slice, review, opened, seq FROM finding";
// 2305843009213693951 is fact::kMax: woken by facts alone.
constexpr const char* kWakes =
    "SELECT MIN(due) AS at, root FROM finding WHERE outcome=4 AND event<>2 AND due<2305843009213693951 GROUP BY root";
static_assert(fact::kMax == 2305843009213693951);

class Check {
 public:
  explicit Check(Store& store) : given_(store), store_(store.impl()) {}

  void database() {
    Statement rows(store_.database, "PRAGMA quick_check(20)");
    while (rows.step()) {
      if (rows.text(0) != "ok") fault({"数据库损坏：" + std::string(rows.text(0)), "the database is damaged: " + std::string(rows.text(0))});
    }
    Statement keys(store_.database, "PRAGMA foreign_key_check");
    for (int i = 0; i < kFaults && keys.step(); ++i) {
      fault({"表 " + std::string(keys.text(0)) + " 有一行指向不存在的内容", "a row of table " + std::string(keys.text(0)) + " refers to nothing"});
    }
  }

  void ledger(const std::string& expected) {
    fact::Digest head{};
    std::string text;
    int wrong = 0;
    bool seen = expected.empty() || expected == fact::hex(head);
    for_each_entry(given_, std::nullopt, [&](const Entry& entry) {
      ++result.entries;
      text.clear();
      entry_text(entry.transition, entry.norm_then, text);
      head = chained(head, text);
      const std::string is = fact::hex(head);
      if ((is != entry.hash || entry.number != result.entries) && wrong++ < kFaults) {
        fault({fmt::format("台账第 {} 条与链不符：{} {}", entry.number, entry.transition.key.norm, entry.transition.key.subject),
               fmt::format("entry {} of the ledger does not fit its chain: {} {}", entry.number, entry.transition.key.norm,
                           entry.transition.key.subject)});
        for (std::size_t i = 0; i < head.size(); ++i) {   // go on from what is stored
          head[i] = static_cast<std::uint8_t>(std::stoi(entry.hash.substr(2 * i, 2), nullptr, 16));
        }
      }
      seen |= entry.hash == expected;
      heads_[result.entries] = entry.hash;
    });
    result.head = fact::hex(head);
    heads_[0] = fact::hex(fact::Digest{});
    if (!seen) fault({"台账中没有另存的链首 " + expected, "the head kept elsewhere, " + expected + ", is not in the ledger"});
  }

  void receipts_of() {
    fact::Digest head{};
    for (const Receipt& receipt : receipts(given_)) {
      ++result.receipts;
      const std::string run = std::to_string(receipt.run);
      head = chained(head, receipt.body);
      if (fact::hex(head) != receipt.digest) fault({"第 " + run + " 次审计的回执与链不符", "the receipt of run " + run + " does not fit its chain"});
      const auto body = nlohmann::json::parse(receipt.body, nullptr, false);
      const auto at = body.is_object() ? body.value("ledger", nlohmann::json::object()) : nlohmann::json::object();
      const std::int64_t entries = at.is_object() ? at.value("entries", std::int64_t{-1}) : -1;
      const auto then = heads_.find(entries);
      if (then == heads_.end() || then->second != at.value("head", std::string())) {
        fault({"第 " + run + " 次审计的回执与台账不符", "the receipt of run " + run + " does not fit the ledger"});
      }
    }
  }

  void findings() {
    result.findings = store_.database.number("SELECT COUNT(*) FROM finding").value_or(0);
    const auto differ = [&](const std::string& a, const std::string& b) {
      return store_.database.number("SELECT COUNT(*) FROM (SELECT * FROM (" + a + ") EXCEPT SELECT * FROM (" + b + "))").value_or(0);
    };
    const std::int64_t extra = differ(kFindings, kReplay), missing = differ(kReplay, kFindings);
    if (extra + missing > 0) {
      fault({fmt::format("当前事项与台账不符：{} 条对不上", std::max(extra, missing)),
             fmt::format("the findings do not follow from the ledger: {} differ", std::max(extra, missing))});
    }
    const std::string kept = "SELECT at, root FROM wake";
    if (differ(kWakes, kept) + differ(kept, kWakes) > 0) {
      fault({"等待时点的清单与当前事项不符", "what waits for an instant does not follow from the findings"});
    }
  }

  void footage() {
    Statement rows(store_.database, "SELECT s.path, f.sha256 FROM footage f JOIN source s ON s.id=f.source WHERE s.current ORDER BY s.path");
    int wrong = 0;
    while (rows.step()) {
      ++result.footage;
      const std::string path(rows.text(0));
      const auto found = file_digest(path);
      if ((found && fact::hex(*found) == rows.text(1)) || wrong++ >= kFaults) continue;
      if (found) {
        fault({"“" + path + "”的内容已不是导入时的内容", "`" + path + "` is not what it was when it was ingested"});
      } else {
        fault({"读不到“" + path + "”", "`" + path + "` cannot be read"});
      }
    }
  }

  Verification result;

 private:
  void fault(diag::Words words) { result.faults.push_back(std::move(words)); }

  Store& given_;
  Store::Impl& store_;
  std::map<std::int64_t, std::string> heads_;
};

}  // namespace

std::optional<fact::Digest> file_digest(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  std::vector<char> buffer(1 << 20);
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0) {
    EVP_DigestUpdate(context.get(), buffer.data(), static_cast<std::size_t>(in.gcount()));
  }
  fact::Digest digest{};
  EVP_DigestFinal_ex(context.get(), digest.data(), nullptr);
  return digest;
}

Verification verify(Store& store, bool footage, const std::string& expected) {
  Check check(store);
  Database& database = store.impl().database;
  database.execute("BEGIN");   // one state of the store throughout
  check.database();
  check.ledger(expected);
  check.receipts_of();
  check.findings();
  database.execute("COMMIT");
  if (footage) check.footage();
  return std::move(check.result);
}

void rebuild_findings(Store& store) {
  Database& database = store.impl().database;
  Transaction transaction(database);
  database.execute("DELETE FROM finding; DELETE FROM wake");
  database.execute(std::string("INSERT INTO finding(root, suffix, norm, event, outcome, due, cured_at, slice, review, "
                               "opened, seq) ") + kReplay);
  database.execute(std::string("INSERT INTO wake(at, root) ") + kWakes);
  transaction.commit();
}

}  // namespace jianlu::store
