// Bans that oppose a duty, row by row (docs/decisions: which rows of a ban meet a duty).
#include <catch2/catch.hpp>

#include "tests/unit/exec/world.h"

using namespace jianlu;
using namespace jianlu::exec;
using outcome::Outcome;

namespace {

// Two sessions of two recordings each; of the first session's, one is good.
struct Opposed : World {
  Opposed() {
    for (const std::uint8_t first : {kTrue, kFalse}) {
      const Row owner = add_session();
      for (const std::uint8_t t : {first, std::uint8_t{kFalse}}) build.set(recording, add_recording(owner, 0, 1), good, t);
    }
    build.link(kMax);
  }

  ExprId field(VarId row, FieldId f) { return build.read(build.variable(row), f); }
  FieldId owner_field() { return book.vocabulary.entities[static_cast<std::size_t>(recording)].owner_field; }

  // The outcomes of a duty that is obeyed, opposed by the ban.
  std::vector<Outcome> outcomes(model::Norm duty, model::Norm ban) {
    ban.modality = model::Modality::ban;
    duty.must = build.truth(true);
    duty.opposing_bans = {build.norm(ban)};
    const NormId id = build.norm(duty);
    std::vector<Outcome> result;
    for (const NormVerdicts& v : evaluate()) {
      for (std::size_t i = 0; v.norm == id && i < v.size(); ++i) result.push_back(v.verdict(i).outcome);
    }
    return result;
  }
};

const Outcome kObeyed = Outcome::satisfied, kOpposed = Outcome::conflict;

}  // namespace

TEST_CASE("a ban on pairs of recordings meets the duty of the recording that is its subject") {
  Opposed w;
  const VarId q = w.build.var(w.recording), o = w.build.var(w.recording), mine = w.build.var(w.recording);
  const ExprId siblings = w.build.read(w.field(q, w.owner_field()), w.recordings);
  model::Norm duty, ban;
  duty.subject = mine;
  ban.subject = q;
  ban.element = o;
  ban.list = siblings;
  ban.when = w.field(q, w.good);
  CHECK(w.outcomes(duty, ban) == std::vector{kOpposed, kObeyed, kObeyed, kObeyed});
  ban.when = w.field(o, w.good);
  CHECK(w.outcomes(duty, ban) == std::vector{kOpposed, kOpposed, kObeyed, kObeyed});
}

TEST_CASE("a ban on pairs meets a duty on pairs where both rows are the same, and the second is in the ban's list") {
  Opposed w;
  const VarId t = w.build.var(w.session), p = w.build.var(w.recording);
  model::Norm duty, ban;
  duty.subject = w.s;
  duty.element = w.r;
  duty.list = w.list();
  ban.subject = t;
  ban.element = p;
  ban.list = w.build.read(w.build.variable(t), w.recordings);
  ban.when = w.field(p, w.good);
  CHECK(w.outcomes(duty, ban) == std::vector{kOpposed, kObeyed, kObeyed, kObeyed});
  // The recordings of another session are no pairs of this one.
  for (const Row row : {0, 1}) w.build.set(w.session, row, w.partner, 1);
  ban.list = w.build.read(w.field(t, w.partner), w.recordings);
  ban.when = kNone;
  CHECK(w.outcomes(duty, ban) == std::vector{kObeyed, kObeyed, kOpposed, kOpposed});
}

TEST_CASE("a ban on recordings meets a duty on pairs of a session and a recording") {
  Opposed w;
  const VarId q = w.build.var(w.recording), o = w.build.var(w.recording);
  model::Norm duty, ban;
  duty.subject = w.s;
  duty.element = w.r;
  duty.list = w.list();
  ban.subject = q;
  ban.when = w.field(q, w.good);
  CHECK(w.outcomes(duty, ban) == std::vector{kOpposed, kObeyed, kObeyed, kObeyed});
  // A pair of recordings: its first row is the duty's recording, its second any other.
  ban.element = o;
  ban.list = w.build.read(w.field(q, w.owner_field()), w.recordings);
  CHECK(w.outcomes(duty, ban) == std::vector{kOpposed, kObeyed, kObeyed, kObeyed});
}
