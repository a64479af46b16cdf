// What a file's name says about who recorded it, with what and when: device profiles from YAML.
//
// A profile holds a template of the names that one kind of device writes, such as
//   "{device}_{officer}_{yyyyMMddHHmmss}.{ext}"
// docs/footage.md lists the fields. Names are matched without folders, letters of fixed text in either case.
// Every match takes time bounded by the lengths of template and name: there are no regular expressions here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/footage/footage.h"
#include "engine/calendar/zone.h"

namespace jianlu::devices {

struct NameFacts {
  std::string profile;  // its id
  std::optional<std::string> device, officer;
  std::optional<std::int64_t> start;   // UTC microseconds
  std::int64_t resolution = 0;         // the name stands for [start, start + resolution)
  std::int64_t clock_uncertainty = 0;  // microseconds either way, as the profile states
  std::optional<std::int64_t> drift_per_day; // of its clock
  std::optional<std::int64_t> segment_gap;   // the device cuts a recording into files, this far apart at most
  std::optional<calendar::Zone> zone;  // of the device's clock
  std::optional<bool> container_utc;   // what the container's creation time is written in; absent: not stated
};

// What is wrong with a profile file, where, and how to mend it.
struct ProfileError {
  std::string file;
  int line = 0, column = 0;
  std::string field;  // "profiles[2].zone"
  std::string zh, en;
};

class Profiles {
 public:
  Profiles();
  ~Profiles();
  Profiles(Profiles&&) noexcept;
  Profiles& operator=(Profiles&&) noexcept;

  // Adds the profiles of one file, after those already there. On errors the sound profiles are kept, the
  // others left out and reported.
  std::vector<ProfileError> add(const std::string& file, std::string_view yaml);
  // Those of a file, or of every *.yaml of a folder, by name.
  std::vector<ProfileError> add_from(const std::string& path);

  // The first profile whose template fits and whose time exists. A path is judged by its last part.
  std::optional<NameFacts> match(std::string_view file_name) const;

  // Adds what the file's own profile, where one was learned, holds against it, and reads its signs anew. The
  // profile is the one whose template fits the name, else the one whose coding parameters the pictures have.
  void compare(std::string_view path, footage::FootageFacts& facts) const;

  std::size_t size() const;

 private:
  friend class ProfileReader;
  struct Profile;
  std::vector<Profile> profiles_;
};

struct Footage {
  std::string path;
  footage::FootageFacts* facts = nullptr;
};

// Signs that take more than a file itself: its device's profile, and other files, among them `known`, which were compared
// when they were read. What two files share is said of both, also of one that is known. To be called once for the files, of
// which none was compared before.
void compare(const Profiles& profiles, std::vector<Footage> files, const std::vector<Footage>& known = {});

}  // namespace jianlu::devices
