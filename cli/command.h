// What the commands of the program share: options that every command has, and exit codes.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "engine/source/source.h"

namespace CLI {
class App;
}

namespace jianlu::cli {

// Exit codes (docs/architecture.md).
constexpr int kFine = 0;          // done
constexpr int kWanting = 1;       // the input was judged and found wanting
constexpr int kFailed = 2;        // the work could not be done: usage, unreadable input
constexpr int kInternal = 3;      // our own fault

struct Options {
  source::Language language = source::Language::zh;
  std::string format;             // text, json, and what a command adds; empty: the command's usual one, mostly text
  std::string rules = "rules";
  std::string bureau;             // whose regulation judges; empty where the rules folder holds one
  std::string store = "jianlu.db";
  bool colour = false;
  std::string_view say(std::string_view zh, std::string_view en) const {
    return language == source::Language::zh ? zh : en;
  }
};

// Each command adds its subcommand; its callback sets `status`.
struct Program {
  CLI::App& app;
  Options& options;
  int& status;
};

// Whether the output format is one of those that a command knows, the first being its usual one; says so where it is not,
// and sets the status.
bool accepts_format(const Program& program, std::initializer_list<std::string_view> known);

void add_check(Program program);
void add_compare(Program program);
void add_coverage(Program program);
void add_dump(Program program);
void add_fmt(Program program);
void add_graph(Program program);
void add_test(Program program);
void add_inspect(Program program);
void add_profile(Program program);
void add_audit(Program program);
void add_explain(Program program);
void add_report(Program program);
void add_verify(Program program);
void add_review(Program program);
void add_findings(Program program);
void add_ingest(Program program);
void add_new(Program program);
void add_schema(Program program);

// What --help and errors of usage say, in the user's language; before any option or command is added.
void teach_usage(CLI::App& app, const Options& options);
// Adds to each command's --help an example of its use.
void add_examples(CLI::App& app, const Options& options);

// Where the rules are when --rules is not given: ./rules, else the rules folder beside the program's source or install.
std::string default_rules();
// Device profiles likewise.
std::string default_profiles();
std::string default_mappings();

}  // namespace jianlu::cli
