// How a container is built, as text: "ftyp[mp41] mdat moov(mvhd[90000] trak(tkhd mdia(...)) udta(FIRM ...))".
// Runs of one element and alternations of two (moof mdat moof mdat ...) are folded, for their number differs
// from clip to clip.
#pragma once

#include <string>
#include <vector>

namespace jianlu::footage {

class Signature {
 public:
  void open(const std::string& type);
  void note(const std::string& value);  // of the element that is open
  void close();
  std::string text() const;  // bounded

 private:
  struct Element {
    std::string type, notes;
    std::vector<std::string> children;
  };
  static void add(std::vector<std::string>& to, std::string element);

  std::vector<std::string> top_;
  std::vector<Element> open_;
};

}  // namespace jianlu::footage
