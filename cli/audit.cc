#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "cli/audit_from.h"
#include "cli/open_store.h"
#include "cli/output.h"
#include "cli/waiting.h"
#include "engine/calendar/text.h"
#include "engine/store/findings.h"

namespace jianlu::cli {

void add_audit(Program program) {
  const Options& o = program.options;
  CLI::App* command = program.app.add_subcommand("audit", std::string(o.say("审核：新增和变化的部分；随时可以中断、重来", "Judge what is new or changed; may be broken off and repeated at any time")));
  struct Arguments {
    std::string from, at, receipt, rejects;
    unsigned threads = std::max(1u, std::thread::hardware_concurrency());
    bool fail_on_breach = false;
  };
  auto arguments = std::make_shared<Arguments>();
  command->add_option("--from", arguments->from, std::string(o.say("不用数据库，直接审核：文件夹、文件、JSON 行（.jsonl），- 为标准输入；问题逐行写到标准输出", "judge without a store: a folder, a file, JSON lines (.jsonl), - for the standard input; findings go to the standard output")));
  command->add_option("--rejects", arguments->rejects, std::string(o.say("同 --from：有错误的行原样写到这个文件", "with --from: lines with an error go to this file as they are")));
  command->add_option("--as-of", arguments->at, std::string(o.say("审核时刻，如 2024-05-08T08:00；默认现在", "the instant of the audit; now by default")));
  command->add_option("--receipt", arguments->receipt, std::string(o.say("把回执另存到这个文件", "also write the receipt to this file")));
  command->add_option("--threads", arguments->threads, std::string(o.say("线程数；不影响结果", "threads; they change no result")))->check(CLI::Range(1, 64));
  command->add_flag("--fail-on-breach", arguments->fail_on_breach, std::string(o.say("有违反时以 1 退出", "exit with 1 when there is a breach")));
  command->callback([program, arguments] {
    const Options& options = program.options;
    if (!arguments->from.empty()) {
      program.status = audit_from({arguments->from, arguments->at, arguments->rejects, arguments->threads, arguments->fail_on_breach}, options);
      return;
    }
    program.status = with_store(options, store::Access::write, "jianlu audit", [&](Opened& opened) {
      const auto instant = as_of(arguments->at, opened.judge->zones.front(), options);
      if (!instant) return kFailed;
      Progress progress(std::string(options.say("审核", "judging")));
      AuditOptions how;
      how.as_of = *instant;
      how.threads = arguments->threads;
      how.progress = [&](std::int64_t done, std::int64_t of) { progress(done, of); };
      const AuditRules rules = audit_rules(*opened.judge);
      const AuditResult result = audit(*opened.store, rules, how);
      if (options.format == "json") {
        fmt::print("{}\n", result.receipt);
      } else {
        const auto zone = opened.judge->zones.front();
        fmt::print("{}{}\n", options.say("审核时刻 ", "as of "), calendar::format_instant(result.as_of, zone));
        if (result.resumed) fmt::print("{}\n", options.say("接着上一次没有完成的审核", "went on with an audit that was broken off"));
        if (result.idle) fmt::print("{}\n", options.say("没有新的内容，没有写入任何东西", "nothing is new; nothing was written"));
        else fmt::print("{} {}，{} {}\n", options.say("审核", "judged"), result.judged, options.say("写入台账", "ledger entries"), result.transitions);
        print_waiting(waiting_rows(opened), stdout, options);
      }
      if (!arguments->receipt.empty()) {
        if (!write_file(arguments->receipt, result.receipt, options)) return kFailed;
      }
      int breaches = 0;
      store::for_each_finding(*opened.store, {}, [&](const store::Finding& f) {
        breaches += f.verdict.outcome == outcome::Outcome::breached;
      });
      return arguments->fail_on_breach && breaches > 0 ? kWanting : kFine;
    });
  });
}

}  // namespace jianlu::cli
