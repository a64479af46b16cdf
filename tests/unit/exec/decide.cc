// The outcomes of a batch are those of the table.
#include <catch2/catch.hpp>
#include <vector>

#include "engine/exec/judge.h"

using namespace jianlu;

TEST_CASE("rows are decided by the table of outcomes, whatever the situation") {
  std::vector<outcome::Situation> all;
  for (std::uint8_t applies = 1; applies <= 3; ++applies) {
    for (std::uint8_t unless = 1; unless <= 3; ++unless) {
      for (std::uint8_t ban = 1; ban <= 3; ++ban) {
        for (std::uint8_t must = 1; must <= 3; ++must) {
          for (const bool awaited : {false, true}) all.push_back({applies, unless, ban, must, awaited});
        }
      }
    }
  }
  std::vector<std::uint8_t> applies, unless, ban, must, awaited, out(all.size());
  for (const outcome::Situation& s : all) {
    applies.push_back(s.applies);
    unless.push_back(s.unless);
    ban.push_back(s.ban);
    must.push_back(s.must);
    awaited.push_back(s.awaited ? fact::kTrue : fact::kFalse);
  }
  exec::decide({applies.data(), unless.data(), ban.data(), must.data(), awaited.data()}, out.data(), static_cast<std::int32_t>(all.size()));
  for (std::size_t i = 0; i < all.size(); ++i) {
    CAPTURE(int{all[i].applies}, int{all[i].unless}, int{all[i].ban}, int{all[i].must}, all[i].awaited);
    CHECK(out[i] == static_cast<std::uint8_t>(outcome::decide(all[i])));
  }
}
