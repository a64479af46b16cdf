#include "adapters/manifest/stream.h"

#include <algorithm>
#include <utility>

#include "adapters/manifest/line_reader.h"
#include "engine/fact/builder.h"

namespace jianlu::manifest {
namespace {

namespace od = simdjson::ondemand;
using model::EntityId;
using model::kNone;

// What a line is about, told by its keys alone.
class Glance {
 public:
  explicit Glance(const model::Vocabulary& vocabulary) : shapes_(vocabulary) {}

  enum class Kind { nothing, row, stream, other };   // nothing: blank, or no JSON
  Kind kind = Kind::nothing;
  EntityId ledger = kNone;                           // of row and stream
  std::string bureau;                                // that the line names

  void look(std::string_view line, std::size_t readable) {
    kind = Kind::nothing;
    bureau.clear();
    od::document document;
    od::object root;
    if (line.empty() || parser_.iterate(line.data(), line.size(), readable).get(document) || document.get_object().get(root)) return;
    Kind found = Kind::nothing;
    for (auto field : root) {
      std::string_view key, named;
      od::value value;
      if (field.unescaped_key().get(key) || field.value().get(value)) return;
      const std::int32_t place = shapes_.ledgers.find(key);
      if (word::bureau == key && !value.get_string().get(named)) {
        bureau = named;
        found = Kind::other;
      } else if (found != Kind::nothing) {
        found = Kind::other;
      } else if (place >= 0) {
        found = Kind::row;
        ledger = shapes_.ledgers.id(place);
      } else if (word::stream == key && !value.get_string().get(named) && shapes_.ledgers.find(named) >= 0) {
        found = Kind::stream;
        ledger = shapes_.ledgers.id(shapes_.ledgers.find(named));
      } else {
        found = Kind::other;
      }
    }
    kind = found;
  }

 private:
  Shapes shapes_;
  od::parser parser_;
};

bool is_or_under(const model::Vocabulary& vocabulary, EntityId entity, EntityId top) {
  while (entity != kNone && entity != top) entity = vocabulary.entities[entity].owner;
  return entity == top;
}

}  // namespace

Stream::Stream(Blocks::Read read, const model::Vocabulary& vocabulary, std::size_t block) : blocks_(std::move(read), 64u << 10) {
  struct Place {
    std::size_t block = 0, offset = 0, lines = 0;    // where a line begins, and how many lines of the block stand before it
  };
  struct Seen {
    std::size_t first = 0, last = 0;                 // numbers of lines; 0: none
    Place place;                                     // of the first
  };
  std::vector<Seen> seen(vocabulary.entities.size() + 1);   // by ledger; the last: everything else
  Glance glance(vocabulary);
  EntityId last = kNone;
  std::size_t bytes = 0;
  // The head ends at a line; what comes after it, or it too, is read again.
  const auto cut = [&](const Place& at, std::size_t again, std::size_t lines) {
    for (; head_.size() > at.block + 1; head_.pop_back()) blocks_.put_back(head_.back(), 0, 0);
    blocks_.put_back(head_.back(), again, at.lines + lines);
    head_.back().truncate(at.offset);
  };
  const auto owned_seen = [&](EntityId top) {
    for (EntityId id = 0; id < static_cast<EntityId>(vocabulary.entities.size()); ++id) {
      if (id != top && seen[id].first != 0 && is_or_under(vocabulary, id, top)) return true;
    }
    return false;
  };
  const auto bounded = [&] {
    return bytes >= head_bytes || blocks_.lines() >= head_lines;
  };

  for (Block next; streamed_ == kNone && !bounded() && blocks_.next(next);) {
    bytes += next.text().size();
    head_.push_back(std::move(next));
    next = {};
    const Block& now = head_.back();
    if (now.too_long()) continue;
    std::string_view line;
    LineCursor lines(now);
    for (std::size_t offset = 0; lines.next(line); offset = lines.offset()) {
      glance.look(line, lines.readable(line));
      if (other_bureau(glance.bureau, vocabulary)) {
        const Fault fault = not_our_bureau(glance.bureau, *vocabulary.viewer);
        fault_ = diag::Words(fault.what.zh + "；" + fault.mend.zh, fault.what.en + "; " + fault.mend.en);
        return;
      }
      if (glance.kind == Glance::Kind::nothing) continue;
      if (glance.kind == Glance::Kind::stream && seen[glance.ledger].first == 0 && !owned_seen(glance.ledger)) {
        streamed_ = glance.ledger;
        cut({head_.size() - 1, offset, lines.number() - now.first()}, lines.offset(), 1);
        break;
      }
      if (glance.kind == Glance::Kind::row) last = glance.ledger;
      Seen& of = glance.kind == Glance::Kind::row ? seen[glance.ledger] : seen.back();
      of.last = lines.number();
      if (of.first != 0) continue;
      of.first = lines.number();
      of.place = {head_.size() - 1, offset, lines.number() - now.first()};
    }
  }
  blocks_.want(block);
  if (streamed_ != kNone || !bounded()) return;
  const bool apart = last != kNone && !owned_seen(last) && std::all_of(seen.begin(), seen.end(), [&](const Seen& other) {
    return &other == &seen[last] || other.last < seen[last].first;
  });
  if (!apart) {
    fault_ = diag::Words("前 " + std::to_string(head_lines) + " 行（至多 8 MiB）里没有 {\"stream\": …}，而且各台账的行混在一起：先写其他台账和交付，再写一行 {\"stream\": \"session\"}，"
                         "然后只写场次；行数太多的台账用 jianlu ingest 存入数据库",
                         "the first " + std::to_string(head_lines) + " lines (at most 8 MiB) hold no {\"stream\": …} and mix rows of several ledgers: write other ledgers and "
                         "deliveries first, then a line {\"stream\": \"session\"}, then sessions only; ledgers with too many rows go into a store with jianlu ingest");
    return;
  }
  streamed_ = last;
  cut(seen[last].place, seen[last].place.offset, 0);
}

struct BatchReader::State {
  using Reader = LineReader<fact::Builder>;

  State(const Stream& stream, std::string_view name, const model::Vocabulary& v, const calendar::Zone& zone)
      : vocabulary(v), builder(v, zone), reader(builder.source(name), v, zone, builder) {
    for (const Block& block : stream.head()) lines(block, &State::any);
    if (stream.streamed() == kNone || !builder.keep(stream.streamed())) return;
    streamed = stream.streamed();
  }

  void lines(const Block& block, void (State::*take)(Manifest&, std::size_t)) {
    std::string_view line;
    for (LineCursor cursor(block); cursor.next(line);) {
      const auto known = static_cast<std::ptrdiff_t>(builder.problems().size());
      const Reader::Got got = block.too_long() ? reader.refuse(cursor.number(), line_too_long())
                                               : reader.read(line, cursor.readable(line), cursor.number(), streamed);
      if (got == Reader::Got::manifest) (this->*take)(reader.manifest(), cursor.number());
      const auto wrong = [](const fact::Problem& p) { return p.effect != fact::Problem::Effect::noted; };
      if (std::none_of(builder.problems().begin() + known, builder.problems().end(), wrong)) continue;
      rejected += line;
      rejected += '\n';
    }
  }

  // Before the stream line anything may come.
  void any(Manifest& manifest, std::size_t number) {
    if (manifest.stream != kNone) report(before_stream(vocabulary.entities[manifest.stream]), fact::Problem::Effect::noted, number);
    for (fact::Problem& problem : manifest.problems) builder.problems().push_back(std::move(problem));
    for (const fact::Delivery& delivery : manifest.deliveries) builder.add(delivery);
    for (const fact::Doubt& doubt : manifest.doubts) builder.add(doubt);
    for (const fact::Document& document : manifest.documents) builder.add(document);
  }

  // Doubts about streamed rows touch no list that is judged.
  void only_streamed(Manifest& manifest, std::size_t number) {
    const auto other = [&](const fact::Document& document) { return document.entity != streamed; };
    if (!manifest.deliveries.empty() || manifest.stream != kNone || std::any_of(manifest.documents.begin(), manifest.documents.end(), other)) {
      return report(after_stream(vocabulary.entities[streamed]), fact::Problem::Effect::row_aside, number);
    }
    for (fact::Problem& problem : manifest.problems) builder.problems().push_back(std::move(problem));
    if (!manifest.problems.empty()) return;
    for (const fact::Document& document : manifest.documents) builder.add(document);
  }

  void report(Fault fault, fact::Problem::Effect effect, std::size_t number) {
    fact::Problem problem;
    problem.effect = effect;
    problem.origin = {0, static_cast<std::int32_t>(number)};
    problem.what = std::move(fault.what);
    problem.mend = std::move(fault.mend);
    builder.problems().push_back(std::move(problem));
  }

  const model::Vocabulary& vocabulary;
  fact::Builder builder;
  Reader reader;
  EntityId streamed = kNone;
  std::size_t before = 0;
  std::string rejected;
};

BatchReader::BatchReader(const Stream& stream, std::string_view name, const model::Vocabulary& vocabulary, const calendar::Zone& zone)
    : state_(std::make_unique<State>(stream, name, vocabulary, zone)) {}
BatchReader::~BatchReader() = default;

const fact::Facts& BatchReader::head() { return state_->builder.build(); }

const fact::Facts& BatchReader::read(const Block& block) {
  State& s = *state_;
  s.builder.clear();
  s.builder.problems().clear();
  s.rejected.clear();
  s.before = s.builder.documents();
  s.lines(block, &State::only_streamed);
  return s.builder.build();
}

const std::vector<fact::Problem>& BatchReader::problems() const { return state_->builder.problems(); }
const std::string& BatchReader::rejected() const { return state_->rejected; }
std::size_t BatchReader::documents() const { return state_->builder.documents() - state_->before; }
std::size_t BatchReader::general() const { return state_->reader.generals(); }

}  // namespace jianlu::manifest
