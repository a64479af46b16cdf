#include <CLI/CLI.hpp>

#include <cstdio>

#include "cli/command.h"

namespace jianlu::cli {
namespace {

struct Example {
  const char* command;
  const char* lines;    // what to type
  const char* zh;       // what it does
  const char* en;
};

constexpr Example kExamples[] = {
    {"new", "jianlu new bureau example-transport --text example-transport.txt\n  jianlu coverage example-transport",
     "从原文开始一部规定；再列出还没有归类的地方", "begin a regulation from its text; then list what is not classified"},
    {"check", "jianlu check rules/bureaus/qinhuangdao-water/regulation.law\n  jianlu check --explain JL0404",
     "检查一部规定；再看一个错误代码的说明", "check one regulation; read what a code means"},
    {"compare", "jianlu compare qinhuangdao-water tongbai-market-regulation\n  jianlu compare --format html > compare.html",
     "两个局逐项对照；全部各局写成一个网页", "two bureaus side by side; all of them as a page"},
    {"coverage", "jianlu coverage --texts ../texts", "规定的每一句由哪条规则承载，并与原文核对", "which rule carries each statement, compared with the texts"},
    {"dump", "jianlu dump --stage model rules/bureaus/qinhuangdao-water/regulation.law", "打印一部规定读成的规则", "print what a regulation was read as"},
    {"fmt", "jianlu fmt --to en rules/bureaus/qinhuangdao-water/regulation.law > regulation.en.law",
     "译成英文，注释和引文不变", "translate into English; comments and quotations stay"},
    {"graph", "jianlu graph --format svg > rules.svg", "画出规则之间的关系", "draw how rules hang together"},
    {"schema", "jianlu schema > manifest.schema.json\n  jianlu schema --dictionary --lang zh > dictionary.md", "清单的格式；各台账的数据字典", "what a manifest looks like; the ledgers' data dictionary"},
    {"test", "jianlu test qinhuangdao-water", "用一个局的用例检验它的规则", "check a bureau's rules with its cases"},
    {"inspect", "jianlu inspect clips/", "查看一个文件夹里的录像", "look at the footage of a folder"},
    {"profile", "jianlu profile learn originals/ --id body-camera-7 --out profiles/body-camera-7.yaml\n  jianlu inspect --profiles profiles clips/",
     "学出一台设备的档案；再拿录像与它比较", "learn a device's profile; then compare footage with it"},
    {"ingest", "jianlu ingest --store jianlu.db day.yaml clips/ station.csv", "采集一天的清单、录像和采集站导出的表格", "take in a day's manifest, footage and the station's table"},
    {"audit", "jianlu audit --store jianlu.db --as-of 2024-05-08T06:00", "按这一时刻审核", "judge as of that instant"},
    {"findings", "jianlu findings --store jianlu.db", "列出尚未了结的问题", "list the findings that are open"},
    {"review", "jianlu review qinhuangdao-water/notify session/S-001 dismissed --by 李明 --reason 已另行告知",
     "排除一个问题，并写明理由", "dismiss a finding, with the reason"},
    {"explain", "jianlu explain qinhuangdao-water/notify session/S-001", "说明一项结论怎样得出", "explain how an outcome came about"},
    {"report", "jianlu report --store jianlu.db --out report.html", "写出可以交出去的报告", "write a report that can be handed in"},
    {"verify", "jianlu verify --store jianlu.db", "核对台账没有被改动", "check that the ledger was not altered"},
};

}  // namespace

void add_examples(CLI::App& app, const Options& options) {
  for (const Example& e : kExamples) {
    CLI::App* command = app.get_subcommand_ptr(e.command).get();
    const std::string example = std::string(options.say("例：", "Example: ")) + std::string(options.say(e.zh, e.en)) + "\n  " + e.lines;
    command->footer(example);
    for (CLI::App* below : command->get_subcommands([](CLI::App*) { return true; })) below->footer(example);
  }
}

bool accepts_format(const Program& program, std::initializer_list<std::string_view> known) {
  if (program.options.format.empty()) program.options.format = *known.begin();
  std::string names;
  for (const std::string_view name : known) {
    if (program.options.format == name) return true;
    names += (names.empty() ? "" : program.options.language == source::Language::zh ? "、" : ", ") + std::string(name);
  }
  std::fprintf(stderr, "%s\n", (std::string(program.options.say("没有这种输出格式；可用的有：", "no such output format; there are: ")) + names).c_str());
  program.status = kFailed;
  return false;
}

}  // namespace jianlu::cli
