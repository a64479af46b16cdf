#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/open_store.h"
#include "engine/store/verify.h"

namespace jianlu::cli {

void add_verify(Program program) {
  const Options& o = program.options;
  CLI::App* command = program.app.add_subcommand("verify", std::string(o.say("核对：台账链、回执、录像的散列值", "Check the chain of the ledger, the receipts and the hashes of footage")));
  auto head = std::make_shared<std::string>();
  auto no_footage = std::make_shared<bool>(false);
  command->add_option("--head", *head, std::string(o.say("另处保存的链头，台账里必须有它", "a head kept elsewhere, which the ledger must contain")));
  command->add_flag("--no-footage", *no_footage, std::string(o.say("不重算录像的散列值", "do not hash footage again")));
  command->callback([program, head, no_footage] {
    const Options& options = program.options;
    program.status = with_store(options, store::Access::read, "jianlu verify", [&](Opened& opened) {
      const store::Verification v = store::verify(*opened.store, !*no_footage, *head);
      for (const diag::Words& fault : v.faults) fmt::print("! {}\n", fault.in(options.language));
      fmt::print("{}\n", options.language == source::Language::zh
                             ? fmt::format("台账 {} 条，回执 {} 份，发现 {} 项，录像 {} 个；链头 {}", v.entries, v.receipts, v.findings, v.footage, v.head)
                             : fmt::format("{} ledger entries, {} receipts, {} findings, {} footage files; head {}", v.entries, v.receipts, v.findings, v.footage, v.head));
      return v.faults.empty() ? kFine : kWanting;
    });
  });
}

}  // namespace jianlu::cli
