// write_made_up FOLDER [TAIL]: the made-up report as zh.html, en.html and zh.json, TAIL appended to every
// text.
#include <fstream>
#include <iostream>

#include "tests/report/made_up.h"

int main(int argc, char** argv) {
  using namespace jianlu;
  if (argc < 2) {
    std::cerr << "usage: write_made_up FOLDER [TAIL]\n";
    return 2;
  }
  const std::string folder = argv[1], tail = argc > 2 ? argv[2] : "";
  const auto write = [&](const char* name, const std::string& text) {
    std::ofstream(folder + "/" + name, std::ios::binary) << text;
  };
  const report::Report zh = report::made_up(source::Language::zh, tail);
  write("zh.html", render_html(zh, source::Language::zh));
  write("en.html", render_html(report::made_up(source::Language::en, tail), source::Language::en));
  write("zh.json", render_json(zh));
}
