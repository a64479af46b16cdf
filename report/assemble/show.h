// Values, rows and explanations as people read them.
#pragma once

#include <functional>
#include <string>

#include "engine/fact/document.h"
#include "engine/fact/fact.h"
#include "engine/model/rulebook.h"
#include "engine/reference/reference.h"
#include "report/report.h"

namespace jianlu::report {

class Show {
 public:
  // `delivery`: the statement that a ledger leaf rests on, or nothing.
  using Delivered = std::function<const fact::Delivery*(const reference::Leaf&)>;
  Show(const model::Rulebook& book, const fact::Facts& facts, calendar::Zone zone, source::Language language, Delivered delivery)
      : book_(book), facts_(facts), zone_(zone), language_(language), delivery_(std::move(delivery)) {}

  std::string say(std::string_view zh, std::string_view en) const {
    return std::string(language_ == source::Language::zh ? zh : en);
  }
  const std::string& name(const model::Name& name) const { return name.in(language_); }
  std::string citation(const statute::Citation& at) const;
  std::string instant(std::int64_t at) const;        // 2024-05-06 09:00:10, of the bureau's zone
  std::string duration(std::int64_t micros) const;   // 1分02秒
  std::string number(std::int64_t millionths) const;
  std::string value(const reference::Value& value, model::Type type) const;
  // 场次 S-001; a derived row by its owner and neighbours.
  std::string row(const reference::RowRef& row) const;
  std::string key(model::EntityId entity, fact::Row row) const;   // empty where it has none
  std::string origin(const fact::Origin& origin) const;           // day.yaml:12
  // 场次.到达, or the ledger itself
  std::string leaf(const reference::Leaf& leaf) const;
  std::string cell(const reference::Leaf& leaf) const;
  std::string source(const reference::Leaf& leaf) const;          // who said so, where: the row, or the delivery of a ledger
  std::string span_text(source::Span span) const;

  Reason reason(const reference::Node& node) const;
  const fact::Facts& facts() const { return facts_; }
  const model::Rulebook& book() const { return book_; }
  source::Language language() const { return language_; }

 private:
  bool plain(const reference::Node& node) const;
  std::string bound(reference::Bound bound, std::string (Show::*one)(std::int64_t) const) const;

  const model::Rulebook& book_;
  const fact::Facts& facts_;
  calendar::Zone zone_;
  source::Language language_;
  Delivered delivery_;
};

Truth truth_of(std::uint8_t truth);

}  // namespace jianlu::report
