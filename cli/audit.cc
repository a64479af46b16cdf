#include <CLI/CLI.hpp>

#include <algorithm>
#include <thread>

#include "cli/audit_from.h"
#include "cli/command.h"

namespace jianlu::cli {

void add_audit(Program program) {
  const Options& o = program.options;
  CLI::App* command = program.app.add_subcommand("audit", std::string(o.say("审核：新增和变化的部分", "Judge what is new or changed")));
  auto from = std::make_shared<std::string>();
  auto at = std::make_shared<std::string>();
  auto threads = std::make_shared<unsigned>(std::max(1u, std::thread::hardware_concurrency()));
  command->add_option("--from", *from, std::string(o.say("不用数据库，直接审核这个文件或者文件夹", "judge this file or folder without a store")));
  command->add_option("--as-of", *at, std::string(o.say("审核时刻，如 2024-05-08T08:00；默认现在", "the instant of the audit; now by default")));
  command->add_option("--threads", *threads, std::string(o.say("线程数；不影响结果", "threads; they change no result")))->check(CLI::Range(1, 64));
  command->callback([program, from, at, threads] {
    program.status = audit_from(*from, *at, *threads, program.options);
  });
}

}  // namespace jianlu::cli
