// The graph of a small rulebook: sessions must have a good recording unless excused.
#include "engine/graph/graph.h"

#include <catch2/catch.hpp>

#include "tests/differential/build.h"

using namespace jianlu;
using namespace jianlu::differential;
using graph::RuleGraph;
using graph::Vertex;
using graph::VertexKind;
using model::kNone;

namespace {

constexpr Type kTruth{TypeKind::truth}, kInstant{TypeKind::instant};

struct World {
  model::Rulebook book;
  fact::Facts facts;
  Build build{book, facts};
  EntityId session = build.entity("session");
  FieldId ended = build.field(session, "ended", kInstant), serious = build.field(session, "serious", kTruth);
  FieldId other = build.field(session, "other", kTruth);
  EntityId recording = build.entity("recording", session);
  FieldId good = build.field(recording, "good", kTruth);
  FieldId recordings = book.vocabulary.entities[static_cast<std::size_t>(recording)].owner_list;
  VarId s = build.var(session), r = build.var(recording);
  DefId filmed = -1, excused = -1;
  NormId norm = -1;

  World() {
    book.vocabulary.entities[static_cast<std::size_t>(session)].time = ended;
    model::Regulation& regulation = book.regulations.emplace_back();
    regulation.categories.emplace_back().name = {"类别", "category"};
    regulation.sanctions.emplace_back().name = {"处理", "sanction"};
    filmed = define("filmed", model::DefKind::act, 6, build.quantify(Op::any, kTruth, of(recordings), r, kNone, of_recording(good)));
    excused = define("excused", model::DefKind::exemption, 7, of(serious));
    model::Norm n;
    n.at = {{.article = 6}};
    n.subject = s;
    n.must = call(filmed);
    n.act = filmed;
    n.unless = {{call(excused), excused, kNone, {}}};
    n.categories = {{0, kNone, {}}};
    norm = build.norm(n);
  }
  ExprId of(FieldId field) { return build.read(build.variable(s), field); }
  ExprId of_recording(FieldId field) { return build.read(build.variable(r), field); }
  ExprId call(DefId id) { return build.call(id, {build.variable(s)}); }
  DefId define(const std::string& name, model::DefKind kind, std::uint16_t article, ExprId value) {
    model::Definition d;
    d.name = {name, name};
    d.kind = kind;
    d.at = {{.article = article}};
    d.result = kTruth;
    d.parameters = {s};
    d.alternatives.emplace_back().value = value;
    const auto id = static_cast<DefId>(book.definitions.size());
    d.name_span = {0, static_cast<std::uint32_t>(1000 + id), static_cast<std::uint32_t>(1001 + id)};
    book.definitions.push_back(d);
    if (!book.regulations.empty()) book.regulations[0].definitions.push_back(id);
    return id;
  }
};

std::vector<std::string> names(const RuleGraph& g, const model::Rulebook& book, const std::vector<graph::VertexId>& ids) {
  std::vector<std::string> result;
  for (const graph::VertexId id : ids) result.push_back(graph::name(book, g.vertices()[static_cast<std::size_t>(id)], source::Language::en));
  return result;
}

}  // namespace

TEST_CASE("edges say what a norm reads, excepts and regulates, and what follows from it") {
  World w;
  CHECK(graph::dump(RuleGraph(w.book), w.book) == R"(act filmed
  reads field session.recording_list
  reads field recording.good
  reads field session.ended
field session.recording_list
field recording.good
field session.ended
exemption excused
  reads field session.serious
field session.serious
norm norm0
  excepts exemption excused
  regulates act filmed
  reads act filmed
  breaches_into category category
category category
  answered_by sanction sanction
sanction sanction
)");
}

TEST_CASE("a norm demands the fields that its definitions read, lists and governing times among them") {
  World w;
  const std::vector<graph::FieldOf> fields = graph::demand(RuleGraph(w.book), w.norm);
  CHECK(fields == std::vector<graph::FieldOf>{{w.session, w.ended}, {w.session, w.serious}, {w.session, w.recordings}, {w.recording, w.good}});
}

TEST_CASE("a cycle is one error that shows each step; evaluation has no order then") {
  World w;
  CHECK(names(RuleGraph(w.book), w.book, RuleGraph(w.book).evaluation_order()) == std::vector<std::string>{"filmed", "excused"});
  const DefId first = w.define("first", model::DefKind::definition, 8, kNone);
  const DefId second = w.define("second", model::DefKind::definition, 8, w.call(first));
  w.book.definitions[static_cast<std::size_t>(first)].alternatives[0].value = w.call(second);
  const RuleGraph g(w.book);
  CHECK(g.evaluation_order().empty());
  REQUIRE(g.cycles().size() == 1);
  CHECK(g.cycles()[0].size() == 2);
  diag::Diagnostics diagnostics;
  graph::check(g, w.book, diagnostics);
  const diag::Diagnostic& d = diagnostics.all().at(0);
  CHECK(d.kind == diag::Kind::cyclic_definition);
  CHECK(diag::message(d, source::Language::en) == "the definition of 'first' comes back to itself: first → second → first");
  REQUIRE(d.related.size() == 2);
  CHECK(d.related[0].text.en == "'first' needs 'second' here");
  CHECK(d.related[0].span == w.book.expr(w.book.definitions[static_cast<std::size_t>(first)].alternatives[0].value).span);
}

TEST_CASE("a definition that only a message uses is used; one that nothing uses is not") {
  World w;
  const DefId shown = w.define("shown", model::DefKind::definition, 8, w.of(w.other));
  w.define("idle", model::DefKind::definition, 9, w.of(w.other));
  w.book.norms[0].message.push_back({"", w.call(shown)});
  const RuleGraph g(w.book);
  CHECK(names(g, w.book, graph::unused(g, w.book)) == std::vector<std::string>{"idle"});
}

TEST_CASE("the slice of an article goes both ways") {
  World w;
  const RuleGraph g(w.book);
  const graph::Slice slice = graph::slice(g, w.book, 0, 7);
  CHECK(names(g, w.book, slice.own) == std::vector<std::string>{"excused"});
  CHECK(names(g, w.book, slice.uses) == std::vector<std::string>{"session.serious"});
  CHECK(names(g, w.book, slice.used_by) == std::vector<std::string>{"norm0", "category", "sanction"});
}

TEST_CASE("the hash of a slice changes with what decides the outcome and with nothing else") {
  const World plain;
  const std::string hash = graph::slice_hash(plain.book, plain.norm);
  CHECK(hash.size() == 64);
  SECTION("not with spans, reasons, messages or other definitions") {
    World w;
    w.define("idle", model::DefKind::definition, 9, w.of(w.other));
    for (model::Expr& e : w.book.exprs) e.span = {0, e.span.begin + 100, e.span.end + 100};
    w.book.definitions[0].because = "another reason";
    w.book.norms[0].message.push_back({"a message", kNone});
    CHECK(graph::slice_hash(w.book, w.norm) == hash);
  }
  SECTION("with a definition it rests on") {
    World w;
    w.book.definitions[static_cast<std::size_t>(w.excused)].alternatives[0].value = w.of(w.other);
    CHECK(graph::slice_hash(w.book, w.norm) != hash);
  }
  SECTION("with the zone, the presence of a field, the citation") {
    World w;
    w.book.regulations[0].zone = "Asia/Shanghai";
    const std::string zone = graph::slice_hash(w.book, w.norm);
    CHECK(zone != hash);
    w.book.vocabulary.entities[static_cast<std::size_t>(w.session)].fields[static_cast<std::size_t>(w.serious)].presence = model::Presence::observed;
    const std::string presence = graph::slice_hash(w.book, w.norm);
    CHECK(presence != zone);
    w.book.norms[0].at = {{.article = 8}};
    CHECK(graph::slice_hash(w.book, w.norm) != presence);
  }
}

TEST_CASE("Graphviz and JSON name vertices in Chinese and quote what has to be quoted") {
  World w;
  w.book.regulations[0].categories[0].name.zh = "所谓\"类别\"";
  const RuleGraph g(w.book);
  CHECK(graph::dot(g, w.book, source::Language::zh).find("label=\"所谓\\\"类别\\\"\"") != std::string::npos);
  CHECK(graph::json(g, w.book).find("\"kind\": \"category\", \"zh\": \"所谓\\\"类别\\\"\"") != std::string::npos);
}
