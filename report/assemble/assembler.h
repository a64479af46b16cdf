// What the parts of assemble share.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/finding/subject.h"
#include "report/assemble/assemble.h"
#include "report/assemble/show.h"

namespace jianlu::report {

class Assembler {
 public:
  Assembler(const Sources& sources, source::Language language);

  Report report();
  Finding finding(model::NormId norm, const outcome::RowKey& key, const outcome::Verdict& stored);

 private:
  Finding finding(const reference::Explanation& explanation, const outcome::Verdict& stored);
  const model::Regulation& regulation() const { return s_.book.regulations[s_.regulation]; }
  std::string words(const std::string& key, const std::string& chinese) const;
  Statement statement(const statute::Citation& at) const;
  const fact::Delivery* delivery_of(const reference::Leaf& leaf) const;
  // The unit and the session that a row belongs to; empty where it has none.
  std::string unit_of(model::EntityId entity, fact::Row row) const;
  std::string session_of(model::EntityId entity, fact::Row row) const;
  std::string message(model::NormId norm, const outcome::RowKey& key);
  void facts_of(const reference::Node& node, std::vector<Fact>& out, std::set<std::string>& seen) const;
  void exceptions_of(const reference::Node& node, std::vector<Exception>& out) const;
  void categories_of(const model::Norm& norm, const outcome::RowKey& key, std::vector<Category>& out);
  std::string norm_title(model::NormId norm) const;
  reference::RowRef row_for(const model::Norm& norm, const outcome::RowKey& key, model::EntityId wanted) const;

  void summary(Report& report);
  void findings(Report& report);
  void lists(Report& report);
  // assemble_session.cc
  void sessions(Report& report);
  Session session(fact::Row row);

  const Sources& s_;
  source::Language language_;
  calendar::Zone zone_;
  Show show_;
  reference::Reference reference_;
  reference::Interpreter interpreter_;
  std::map<std::pair<model::EntityId, std::string>, const fact::Delivery*> deliveries_;   // by ledger and unit
  std::map<finding::Key, std::vector<const finding::Transition*>> lives_;   // what happened to each finding, in order
};

}  // namespace jianlu::report
