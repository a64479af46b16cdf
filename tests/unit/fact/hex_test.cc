#include <catch2/catch.hpp>

#include "engine/fact/hex.h"

using namespace jianlu::fact;

TEST_CASE("A digest as text is read back, and nothing else is") {
  // SHA-256 of "abc", FIPS 180-4.
  const std::string abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  CHECK(hex(digest("abc")) == abc);
  CHECK(digest_from_hex(abc) == digest("abc"));
  CHECK_FALSE(digest_from_hex(""));
  CHECK_FALSE(digest_from_hex(abc.substr(2)));
  CHECK_FALSE(digest_from_hex(abc + "00"));
  CHECK_FALSE(digest_from_hex("g" + abc.substr(1)));
  CHECK_FALSE(digest_from_hex(abc.substr(0, 62) + " d"));
}
