// Clips and sessions: which recording belongs to which session, by device, officer and time. Nothing is dropped: what
// fits no session, or more than one, is said with its reason.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/clock/clock.h"
#include "adapters/devices/devices.h"
#include "adapters/footage/footage.h"
#include "adapters/track/track.h"
#include "engine/calendar/zone.h"
#include "engine/diag/diag.h"
#include "engine/fact/document.h"
#include "engine/model/vocabulary.h"

namespace jianlu::match {

struct Clip {
  std::string path;                               // shown and cited
  const footage::FootageFacts* facts = nullptr;
  std::optional<devices::NameFacts> name;         // what the file's name says
  const track::Track* track = nullptr;            // satellite track beside it
  bool listed = false;                            // a manifest or a table lists a recording of its name
  std::int32_t source = -1;
};

// What states when the clip began. Footage without a device profile is taken to show `zone`.
clock::Clip readings(const Clip& clip, const calendar::Zone& zone);

// What of a session counts here; instants in UTC microseconds.
struct Session {
  std::string key, unit;
  std::int64_t started = 0, ended = 0;
  std::vector<std::string> devices;               // carried; empty: not stated
  // Recordings that the manifest lists itself: when they began, by id.
  std::map<std::string, calendar::Bound> recordings;
};
// From a session's document; nothing where its times are missing.
std::optional<Session> session_of(const fact::Document& document, const model::Vocabulary& vocabulary);

struct Match {
  std::size_t clip = 0;
  std::string session;                            // empty: none
  std::string recording;                          // id of the recording made of the clip; empty: none could be made
  diag::Words how;                                // why this session, or why none
  clock::Time time;                               // when it was recorded, and what says so
  // Sessions of which it may show more than its recording says: it fits several, or cannot be read to its end.
  std::vector<std::size_t> in_doubt;
};

struct Result {
  std::vector<Match> matches;                     // one per clip, in their order
  std::vector<fact::Document> documents;          // recordings with their edit signs
  std::vector<fact::Document> listed;             // what the recordings that a manifest lists look like by their clips
  std::vector<std::string> sessions_without_clip; // keys
};

// The rows of the ledger of signs that a clip's own signs make, each without its owner.
std::vector<fact::Document> sign_rows(const footage::FootageFacts& facts, fact::Origin origin, const model::Vocabulary& vocabulary);

// A clip belongs to the session that lists it by its name, else to the one session whose time, widened by `slack` on both
// sides, it overlaps and whose devices, where stated, include its own. A clip whose start nothing states, or that is no
// readable footage, makes no recording; one that a session lists adds only its signs to the recording listed.
Result match(const std::vector<Clip>& clips, const std::vector<Session>& sessions, const model::Vocabulary& vocabulary,
             const calendar::Zone& zone, std::int64_t slack);

}  // namespace jianlu::match
