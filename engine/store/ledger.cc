#include "engine/store/ledger.h"

#include "engine/store/chain.h"

namespace jianlu::store {

Ledger::Ledger(Store::Impl& store) {
  Database& db = store.database;
  Statement last(db, "SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1");
  if (last.step()) {
    seq_ = last.integer(0);
    head_ = last.digest(1);
  }
  insert_ = Statement(db, "INSERT INTO ledger VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  open_ = Statement(db,
                    "INSERT INTO finding(root, suffix, norm, event, outcome, due, cured_at, slice, opened, seq) "
                    "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)");
  update_ = Statement(db,
                      "UPDATE finding SET event=?4, outcome=?5, due=?6, cured_at=?7, slice=?8, review=NULL, seq=?9 "
                      "WHERE root=?1 AND suffix=?2 AND norm=?3");
  review_ = Statement(db, "UPDATE finding SET review=?4, seq=?5 WHERE root=?1 AND suffix=?2 AND norm=?3");
}

void Ledger::append(const finding::Transition& t, const Numbers& numbers, std::string_view suffix) {
  text_.clear();
  entry_text(t, t.key.norm, text_);
  head_ = chained(head_, text_);
  ++seq_;
  const auto event = static_cast<std::int32_t>(t.event);
  const auto outcome = static_cast<std::int32_t>(t.verdict.outcome);
  insert_.run(seq_, numbers.run, numbers.root, suffix, numbers.norm, event, outcome, t.verdict.due, t.verdict.cured_at,
              t.as_of, numbers.slice, t.person, t.reason, head_);
  if (finding::is_review(t.event)) {
    review_.run(numbers.root, suffix, numbers.norm, event, seq_);
  } else {
    (t.event == finding::Event::opened ? open_ : update_)
        .run(numbers.root, suffix, numbers.norm, event, outcome, t.verdict.due, t.verdict.cured_at, numbers.slice, seq_);
  }
}

}  // namespace jianlu::store
