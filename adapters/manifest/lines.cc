#include "adapters/manifest/lines.h"

#include <simdjson.h>

#include <cstdint>
#include <utility>

#include "adapters/manifest/faults.h"
#include "adapters/manifest/json_row.h"
#include "adapters/manifest/line_input.h"
#include "engine/fact/builder.h"
#include "engine/fact/recorder.h"

namespace jianlu::manifest {
namespace {

namespace od = simdjson::ondemand;
using model::EntityId;
using model::kNone;
using yaml::Node;

static_assert(LineInput::padding >= simdjson::SIMDJSON_PADDING);

// After the root object was read to its end.
bool at_end(od::document& document) { return document.current_location().error() == simdjson::OUT_OF_BOUNDS; }

// A line as a tree, for the general reader.
class Tree {
 public:
  Tree(std::string_view line, std::int32_t number) : line_(line), number_(number) {}

  bool read(od::document& document, Node& root) {
    od::object object;
    const simdjson::error_code error = document.get_object().get(object);
    return error ? fail(error) : entries(object, root, 1) && (at_end(document) || fail(simdjson::TRAILING_CONTENT));
  }
  const std::string& why() const { return why_; }

 private:
  bool fail(simdjson::error_code error) {
    why_ = simdjson::error_message(error);
    return false;
  }

  void place(Node& node, const char* at) {
    node.line = number_;
    node.column = 1;
    for (const char* c = line_.data(); c < at && c < line_.data() + line_.size(); ++c) node.column += (*c & 0xC0) != 0x80;
  }

  bool entries(od::object& object, Node& node, int depth) {
    node.kind = Node::Kind::mapping;
    if (depth == 1) place(node, line_.data());
    for (auto field : object) {
      yaml::Entry entry;
      od::raw_json_string raw;
      std::string_view key;
      od::value value;
      simdjson::error_code error = field.key().get(raw);
      if (!error) {
        place(entry.key, raw.raw() - 1);
        error = field.unescaped_key().get(key);
      }
      if (!error) error = field.value().get(value);
      if (error) return fail(error);
      entry.key.kind = Node::Kind::scalar;
      entry.key.text = key;
      if (!any(value, entry.value, depth + 1)) return false;
      node.entries.push_back(std::move(entry));
    }
    return true;
  }

  bool any(od::value& value, Node& node, int depth) {
    if (depth > yaml::max_depth) return fail(simdjson::DEPTH_ERROR);
    place(node, value.raw_json_token().data());
    od::json_type type;
    if (const auto error = value.type().get(type)) return fail(error);
    switch (type) {
      case od::json_type::object: {
        od::object object;
        const auto error = value.get_object().get(object);
        return error ? fail(error) : entries(object, node, depth);
      }
      case od::json_type::array: {
        node.kind = Node::Kind::sequence;
        od::array array;
        if (const auto error = value.get_array().get(array)) return fail(error);
        for (auto item : array) {
          od::value inner;
          if (const auto error = item.get(inner)) return fail(error);
          if (!any(inner, node.items.emplace_back(), depth + 1)) return false;
        }
        return true;
      }
      case od::json_type::string: {
        std::string_view text;
        if (const auto error = value.get_string().get(text)) return fail(error);
        node.kind = Node::Kind::scalar;
        node.text = text;
        return true;
      }
      case od::json_type::number: {
        std::string_view token = value.raw_json_token();
        double number = 0;
        if (const auto error = value.get_double().get(number)) return fail(error);
        while (!token.empty() && (token.back() == ' ' || token.back() == '\t' || token.back() == '\r')) token.remove_suffix(1);
        node.kind = Node::Kind::scalar;
        node.text = token;
        return true;
      }
      case od::json_type::boolean: {
        bool truth = false;
        if (const auto error = value.get_bool().get(truth)) return fail(error);
        node.kind = Node::Kind::scalar;
        node.text = truth ? "true" : "false";
        return true;
      }
      case od::json_type::null: {
        bool null = false;
        const auto error = value.is_null().get(null);
        node.kind = Node::Kind::null;
        return error ? fail(error) : null || fail(simdjson::N_ATOM_ERROR);
      }
    }
    return false;
  }

  std::string_view line_;
  std::int32_t number_;
  std::string why_;
};

// One line after the other, the fast way into `Sink`, or as a manifest.
template <typename Sink>
class Lines {
 public:
  Lines(std::istream& in, std::int32_t source, const model::Vocabulary& vocabulary, const calendar::Zone& zone, Sink& sink)
      : input_(in, max_line), source_(source), vocabulary_(vocabulary), shapes_(vocabulary), clock_(zone), sink_(sink),
        row_(shapes_, clock_, sink) {}

  enum class Got { row, manifest, end };

  // row: a document of `only`, or of any ledger where that is kNone, went into the sink. manifest: see manifest().
  Got next(EntityId only) {
    std::string_view line;
    for (;;) {
      const LineInput::Got got = input_.next(line);
      if (got == LineInput::Got::end) return Got::end;
      manifest_ = {};
      const fact::Origin origin{source_, static_cast<std::int32_t>(input_.lines())};
      if (got == LineInput::Got::too_long) return aside(origin, line_too_long());
      if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
      if (fast(line, origin, only)) return Got::row;
      sink_.undo();
      return general(line, origin);
    }
  }
  Manifest& manifest() { return manifest_; }
  const LineInput& input() const { return input_; }
  std::size_t generals() const { return generals_; }

 private:
  bool fast(std::string_view line, fact::Origin origin, EntityId only) {
    od::document document;
    od::object root;
    if (parser_.iterate(line.data(), line.size(), input_.capacity_after(line)).get(document)) return false;
    if (document.get_object().get(root)) return false;
    bool one = false;
    for (auto field : root) {
      od::raw_json_string key;
      od::object object;
      if (one || field.key().get(key)) return false;
      const std::int32_t place = shapes_.ledgers.find(key.raw(), -1);
      if (place < 0) return false;
      const EntityId id = shapes_.ledgers.id(place);
      if ((only != kNone && only != id) || field.value().get_object().get(object) || !row_.read(object, id, origin)) return false;
      one = true;
    }
    return one && at_end(document);
  }

  Got general(std::string_view line, fact::Origin origin) {
    ++generals_;
    Tree tree(line, origin.line);
    Node root;
    od::document document;
    const auto error = parser_.iterate(line.data(), line.size(), input_.capacity_after(line)).get(document);
    if (error) return aside(origin, not_json(simdjson::error_message(error)));
    if (!tree.read(document, root)) return aside(origin, not_json(tree.why()));
    manifest_ = read_line(root, source_, vocabulary_, clock_.zone());
    if (manifest_.zone) clock_.set_zone(*manifest_.zone);
    return Got::manifest;
  }

  Got aside(fact::Origin origin, Fault fault) {
    fact::Problem problem;
    problem.origin = origin;
    problem.what = std::move(fault.what);
    problem.mend = std::move(fault.mend);
    manifest_.problems.push_back(std::move(problem));
    manifest_.doubts.push_back({});
    return Got::manifest;
  }

  LineInput input_;
  std::int32_t source_;
  const model::Vocabulary& vocabulary_;
  Shapes shapes_;
  Clock clock_;
  Sink& sink_;
  JsonRow<Sink> row_;
  od::parser parser_;
  Manifest manifest_;
  std::size_t generals_ = 0;
};

}  // namespace

struct BatchReader::State {
  State(std::istream& in, std::string_view name, const model::Vocabulary& v, const calendar::Zone& zone)
      : vocabulary(v), builder(v, zone), lines(in, builder.source(name), v, zone, builder) {}

  void report(Fault fault, fact::Problem::Effect effect) {
    fact::Problem problem;
    problem.effect = effect;
    problem.origin = {0, static_cast<std::int32_t>(lines.input().lines())};
    problem.what = std::move(fault.what);
    problem.mend = std::move(fault.mend);
    builder.problems().push_back(std::move(problem));
  }

  // Before the stream line anything may come; true where it came.
  bool prelude() {
    for (;;) {
      const auto got = lines.next(kNone);
      if (got == Lines<fact::Builder>::Got::end) return false;
      if (got == Lines<fact::Builder>::Got::row) continue;
      Manifest& manifest = lines.manifest();
      take(manifest);
      if (manifest.stream == kNone) continue;
      if (builder.keep(manifest.stream)) {
        streamed = manifest.stream;
        return true;
      }
      report(before_stream(vocabulary.entities[manifest.stream]), fact::Problem::Effect::noted);
    }
  }

  // A batch of streamed rows; false at the end of the input.
  bool batch(std::size_t rows) {
    const std::size_t before = builder.documents();
    while (builder.documents() - before < rows) {
      const auto got = lines.next(streamed);
      if (got == Lines<fact::Builder>::Got::end) return builder.documents() != before;
      if (got == Lines<fact::Builder>::Got::row) continue;
      // Doubts about streamed rows touch no list that is judged here; what should have come earlier does.
      Manifest& manifest = lines.manifest();
      bool strange = !manifest.deliveries.empty() || manifest.stream != kNone;
      std::erase_if(manifest.documents, [&](const fact::Document& document) {
        if (document.entity == streamed) return false;
        builder.add(fact::Doubt{document.entity, {}});
        strange = true;
        return true;
      });
      manifest.deliveries.clear();
      std::erase_if(manifest.doubts, [&](const fact::Doubt& doubt) { return doubt.ledger == kNone || doubt.ledger == streamed; });
      take(manifest);
      if (strange) report(after_stream(vocabulary.entities[streamed]), fact::Problem::Effect::row_aside);
    }
    return true;
  }

  void take(Manifest& manifest) {
    if (!manifest.bureau.empty()) bureau = manifest.bureau;
    for (fact::Problem& problem : manifest.problems) builder.problems().push_back(std::move(problem));
    for (const fact::Delivery& delivery : manifest.deliveries) builder.add(delivery);
    for (const fact::Doubt& doubt : manifest.doubts) builder.add(doubt);
    for (const fact::Document& document : manifest.documents) builder.add(document);
  }

  const model::Vocabulary& vocabulary;
  fact::Builder builder;
  Lines<fact::Builder> lines;
  std::string bureau;
  EntityId streamed = kNone;
  std::size_t batches = 0;
  bool ended = false;
};

BatchReader::BatchReader(std::istream& in, std::string_view name, const model::Vocabulary& vocabulary,
                         const calendar::Zone& zone)
    : state_(std::make_unique<State>(in, name, vocabulary, zone)) {}
BatchReader::~BatchReader() = default;

const fact::Facts* BatchReader::next(std::size_t rows) {
  State& s = *state_;
  if (s.ended) return nullptr;
  if (s.batches > 0) s.builder.clear();
  const bool whole = s.streamed == kNone && !s.prelude();
  // What came before the stream is worth a batch even when nothing streams.
  if (!whole && !s.batch(rows) && s.batches > 0) {
    s.ended = true;
    return nullptr;
  }
  s.ended = whole;
  ++s.batches;
  return &s.builder.build();
}

EntityId BatchReader::streamed() const { return state_->streamed; }
bool BatchReader::first() const { return state_->batches == 1; }
std::vector<fact::Problem>& BatchReader::problems() { return state_->builder.problems(); }
std::size_t BatchReader::lines() const { return state_->lines.input().lines(); }
std::size_t BatchReader::bytes() const { return state_->lines.input().bytes(); }
std::size_t BatchReader::documents() const { return state_->builder.documents(); }
std::size_t BatchReader::general() const { return state_->lines.generals(); }
const std::string& BatchReader::bureau() const { return state_->bureau; }

void read_lines(std::istream& in, std::int32_t source, const model::Vocabulary& vocabulary, const calendar::Zone& zone,
                const std::function<void(Manifest&&)>& take) {
  std::vector<fact::Problem> problems;
  fact::Recorder recorder(vocabulary, problems);
  Lines<fact::Recorder> lines(in, source, vocabulary, zone, recorder);
  for (auto got = lines.next(kNone); got != Lines<fact::Recorder>::Got::end; got = lines.next(kNone)) {
    Manifest& manifest = lines.manifest();
    if (got == Lines<fact::Recorder>::Got::row) {
      if (recorder.kept()) {
        manifest.documents.push_back(std::move(recorder.document()));
      } else {
        manifest.doubts.push_back(recorder.doubt());
      }
    }
    for (fact::Problem& problem : problems) manifest.problems.push_back(std::move(problem));
    problems.clear();
    take(std::move(manifest));
  }
}

}  // namespace jianlu::manifest
