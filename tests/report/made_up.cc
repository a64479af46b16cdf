#include "tests/report/made_up.h"

#include "engine/calendar/text.h"

namespace jianlu::report {
namespace {

Instant at(std::string_view text) {
  return calendar::parse_instant(text, calendar::Zone::find("Asia/Shanghai").value()).instant;
}

// A one-pixel PNG.
const std::string kPixel(
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9c"
    "c\x60\xa0\x3c\0\0\0\x41\0\x01\x0d\x98\x40\x0a\0\0\0\0IEND\xae\x42\x60\x82",
    69);

struct Maker {
  bool zh;
  std::string tail;

  std::string operator()(const char* chinese, const char* english) const {
    return (zh ? chinese : english) + tail;
  }
  std::string operator()(const char* both) const { return both + tail; }

  void head(Report& r) const {
    r.bureau = (*this)("临海市水务局（虚构）", "Linhai Water Bureau (made up)");
    r.regulation = (*this)("执法音像记录设备的配备、使用、管理和监督规定",
                           "Provisions on recording devices in enforcement");
    r.version = (*this)("初版", "first version");
    r.commencement =
        (*this)("未载明：只称自印发之日起执行，原件未载印发日期。在主管人员补录之前，一切结果都带此说明。",
                "Not stated: the text only says “from the date of issue”, and bears no date. Until someone "
                "supplies it, every result carries this remark.");
    r.period = {at("2026-03-02T00:00"), at("2026-03-08T23:59:59")};
    r.as_of = at("2026-03-09T08:00");
    r.zone = "Asia/Shanghai";
    r.by_article = {
        {(*this)("第六条", "art 6"),
         (*this)("应当佩戴并进行现场执法记录的活动", "activities that must be recorded"),
         {2, 1, 118, 2, 1, 1, 0}},
        {(*this)("第七条", "art 7"),
         (*this)("可以不记录的情形，以及事后的工作记录", "what excuses, and the work record"),
         {119, 0, 2, 1, 1, 2, 0}},
        {(*this)("第十二条", "art 12"),
         (*this)("事先告知及其规范用语", "notice beforehand"),
         {6, 0, 108, 4, 0, 7, 0}},
        {(*this)("第十五条", "art 15"),
         (*this)("不得中断；中断后语音说明；确实不能继续的报告", "no breaks; explain aloud; report"),
         {240, 1, 12'316, 3, 0, 2, 1}},
        {(*this)("第十九条", "art 19"),
         (*this)("当天移交；确实来不及的，返回单位后二十四小时", "hand over the same day"),
         {3, 1, 117, 1, 3, 0, 0}}};
    r.by_unit = {{(*this)("水政监察综合执法支队", "Enforcement brigade"), {}, {350, 3, 12'600, 9, 4, 10, 1}},
                 {(*this)("河湖管理科", "Rivers section"), {}, {20, 0, 61, 2, 1, 2, 0}}};
  }

  void breach(Report& r) const {
    Finding f;
    f.norm = (*this)("linhai-water/unexcused_break");
    f.norm_name = (*this)("无故中断", "unexcused break");
    f.subject = (*this)("session/S-003/gap/R-31/R-32");
    f.statement = {(*this)("第十五条第一句第一分句", "art 15 s 1"),
                   (*this)("没有技术或者其他客观原因，不得中止或者断续录制。",
                           "Recording is not broken off without an objective cause."),
                   (*this)("非因技术原因不得中止录制或断续录制，因设备故障、损坏，天气情况恶劣或者电量、存储"
                           "空间不足，检查场所变化等"
                           "客观原因而中止记录的，重新开始记录时应当对中断原因进行语音说明。")};
    f.message =
        (*this)("场次 S-003 录制中断 12分40秒，没有登记客观原因。",
                "Recording of session S-003 broke off for 12 min 40 s with no objective cause logged.");
    f.verdict.outcome = Outcome::breached;
    f.unit = (*this)("水政监察综合执法支队", "Enforcement brigade");
    f.session = (*this)("S-003");
    f.facts = {{(*this)("录像 R-31 止", "recording R-31 ended"), (*this)("2026-03-04 09:41:20"),
                (*this)("footage/S-003/R-31.mp4 +00:26:15")},
               {(*this)("录像 R-32 起", "recording R-32 began"), (*this)("2026-03-04 09:54:00"),
                (*this)("footage/S-003/R-32.mp4 +00:00:00")},
               {(*this)("中断记录", "logged breaks"), (*this)("台账完整，无记录", "ledger complete, no row"),
                (*this)("day-0304.yaml:58")}};
    const auto node = [&](std::string text, Truth truth, std::vector<Reason> children = {}) {
      return Reason{std::move(text), {}, truth, {}, {}, std::move(children)};
    };
    Reason gap{(*this)("g.时长", "g.length"),
               (*this)("12分40秒", "12 min 40 s"),
               Truth::none,
               (*this)("R-31.mp4 +00:26:15"),
               {},
               {}};
    Reason limit{(*this)("容许间断", "tolerated gap"),
                 (*this)("2秒", "2 s"),
                 Truth::none,
                 {},
                 (*this)("第十三条第二句第一分句", "art 13 s 2"),
                 {}};
    f.explanation = {
        node((*this)("适用：g.前一录像 已填 且 g.后一录像 已填 且 须记录的活动(s)",
                     "applies: between two recordings of an activity that must be recorded"),
             Truth::holds,
             {node((*this)("g.前一录像 已填", "has a recording before"), Truth::holds),
              node((*this)("须记录的活动(s)", "must be recorded"), Truth::holds,
                   {node((*this)("s.活动 含任一 {日常检查}", "activity has any of {routine inspection}"),
                         Truth::holds)})}),
        node((*this)("除非：登记的中断覆盖间断，且属于客观原因",
                     "unless: a logged break covers the gap, for an objective cause"),
             Truth::fails),
        node((*this)("不得：g.时长 > 容许间断", "must not: g.length > tolerated gap"), Truth::holds,
             {gap, limit})};
    f.exceptions = {{(*this)("客观中断原因", "objective cause"),
                     (*this)("第十五条第一句第一分句", "art 15 s 1"), Truth::fails,
                     (*this)("中断记录台账已交齐，其中没有覆盖这一时段的登记。",
                             "The ledger of breaks is complete and has no row for this time.")},
                    {(*this)("可不记录", "excused"), (*this)("第七条第一款", "art 7(1)"), Truth::fails,
                     (*this)("没有工作记录主张。", "No work record claims it.")}};
    f.categories = {
        {(*this)("不记录致后果", "harm from not recording"),
         (*this)("第二十七条第三项", "art 27(3)"),
         (*this)("导致发生涉法信访、投诉或者引发负面炒作",
                 "led to petitions, complaints or hostile publicity"),
         Truth::undecided,
         {(*this)("是否因此发生信访、投诉或者炒作", "whether petitions, complaints or publicity followed"),
          (*this)("情节是否严重或者造成不良影响", "whether it was grave or did harm")}}};
    f.stills = {{(*this)("中断前最后一帧", "last frame before the break"), (*this)("R-31.mp4 +00:26:15"),
                 "image/png", kPixel},
                {(*this)("中断后第一帧", "first frame after it"), (*this)("R-32.mp4 +00:00:00"), {}, {}}};
    f.events = {{at("2026-03-05T08:00"), (*this)("发现", "opened"), {}, {}},
                {at("2026-03-06T08:00"), (*this)("确认", "confirmed"), (*this)("检查人员甲", "Inspector A"),
                 (*this)("已听取当事执法人员说明", "the officers were heard")}};
    r.findings.push_back(std::move(f));
  }

  void others(Report& r) const {
    Finding late;
    late.norm = (*this)("linhai-water/hand_over");
    late.norm_name = (*this)("移交导出", "hand over");
    late.subject = (*this)("session/S-007");
    late.statement = {
        (*this)("第十九条第一款第一分句", "art 19(1)"),
        (*this)("当天执法活动结束后第一时间交办公室导出保存。", "Recordings go to the office the same day."),
        {}};
    late.message = (*this)("场次 S-007 的记录没有按期交办公室导出保存。",
                           "The recordings of session S-007 were not handed over in time.");
    late.verdict = {Outcome::breached, at("2026-03-05T23:59:59"), at("2026-03-06T10:12:05")};
    late.unit = (*this)("河湖管理科", "Rivers section");
    late.session = (*this)("S-007");
    late.facts = {{(*this)("移交.导出于", "hand-over exported"), (*this)("2026-03-06 10:12:05"),
                   (*this)("handover.csv:14")}};

    Finding unknown = late;
    unknown.norm = (*this)("linhai-water/notify");
    unknown.norm_name = (*this)("事先告知", "notice beforehand");
    unknown.statement = {(*this)("第十二条第一分句", "art 12 s 1"),
                         (*this)("事先告知对方正在录音录像。", "People are told that they are recorded."),
                         {}};
    unknown.message = (*this)("场次 S-007 没有在到场后用规范用语告知对方正在录音录像。",
                              "No notice was given in session S-007 on arrival.");
    unknown.verdict = {Outcome::unknown, fact::kMax, fact::kMin};
    unknown.facts.clear();
    unknown.missing = {
        {(*this)("语音（转写或者听辨结果）", "speech (a transcript, or someone who listened)"),
         (*this)("办公室", "the office")},
        {(*this)("语音.认定为告知", "speech.ruled a notice"), (*this)("检查人员", "an inspector")}};

    Finding pending = unknown;
    pending.norm = (*this)("linhai-water/record_on_site");
    pending.norm_name = (*this)("现场记录", "record on site");
    pending.session.clear();
    pending.subject = (*this)("session/S-011");
    pending.message = (*this)("场次 S-011 属于应当记录的活动，没有现场执法记录。",
                              "Session S-011 must be recorded and was not.");
    pending.verdict = {Outcome::pending, at("2026-03-09T23:59:59"), fact::kMin};

    Finding conflict = pending;
    conflict.norm = (*this)("linhai-water/filming_of_secrets");
    conflict.norm_name = (*this)("涉密场所录制", "filming of secret places");
    conflict.verdict = {Outcome::conflict, fact::kMax, fact::kMin};
    conflict.missing.clear();
    conflict.message = (*this)("场次 S-011 既被要求录制，又被禁止录制。",
                               "Session S-011 is both to be recorded and not to be recorded.");
    for (Finding* f : {&pending, &late, &conflict, &unknown}) r.findings.push_back(std::move(*f));
  }

  void sessions(Report& r) const {
    Session s;
    s.key = (*this)("S-003");
    s.unit = (*this)("水政监察综合执法支队", "Enforcement brigade");
    s.activity = (*this)("日常检查", "routine inspection");
    s.act = {at("2026-03-04T09:12:30"), at("2026-03-04T10:31:00")};
    const auto bar = [](const char* from, const char* to, std::string label, std::string note) {
      return Bar{{at(std::string("2026-03-04T") + from), at(std::string("2026-03-04T") + to)},
                 std::move(label),
                 std::move(note)};
    };
    s.tracks = {
        {(*this)("D-17"),
         {bar("09:15:05", "09:41:20", (*this)("R-31"), (*this)("footage/S-003/R-31.mp4")),
          bar("09:54:00", "10:24:00", (*this)("R-32"), (*this)("footage/S-003/R-32.mp4")),
          bar("10:24:00", "10:31:02", (*this)("R-33"), (*this)("footage/S-003/R-33.mp4"))}},
        {(*this)("D-18"), {bar("09:16:10", "09:36:00", (*this)("R-41"), (*this)("footage/S-003/R-41.mp4"))}}};
    s.gaps = {bar("09:12:30", "09:15:05", {},
                  (*this)("到达之后、录制之前", "after arrival, before the first recording")),
              bar("09:41:20", "09:54:00", {}, (*this)("R-31 与 R-32 之间", "between R-31 and R-32"))};
    s.interruptions = {
        bar("10:23:58", "10:24:01", (*this)("换电池", "battery"), (*this)("day-0304.yaml:61"))};
    s.excused = {bar("09:58:00", "10:06:00", (*this)("个人隐私", "privacy"),
                     (*this)("工作记录 W-5", "work record W-5"))};
    s.notices = {
        {at("2026-03-04T09:16:12"), (*this)("告知", "notice"),
         (*this)("R-41.mp4 +00:00:02：为保护您的合法权益……")},
        {at("2026-03-04T09:54:21"), (*this)("中断说明", "break explained"), (*this)("R-32.mp4 +00:00:21")}};
    r.sessions.push_back(std::move(s));

    Session night;
    night.key = (*this)("S-007");
    night.unit = (*this)("河湖管理科", "Rivers section");
    night.activity = (*this)("行政强制", "enforcement measure");
    night.act = {at("2026-03-05T23:10"), fact::kMax};
    night.tracks = {{(*this)("执法记录仪三号（备用）", "Body camera no. 3 (spare)"),
                     {Bar{{at("2026-03-05T23:10"), at("2026-03-06T01:40")}, (*this)("R-71"), {}}}}};
    r.sessions.push_back(std::move(night));
  }

  void rest(Report& r) const {
    r.sanctions = {
        {(*this)("第二十八条第一项", "art 28(1)"),
         (*this)("责令作出书面检查", "written self-criticism"),
         {},
         false},
        {(*this)("第二十八条第二项", "art 28(2)"),
         (*this)("全局通报批评", "circulated criticism"),
         {},
         false},
        {(*this)("第二十八条第四项", "art 28(4)"), (*this)("还可以给予行政处分", "administrative discipline"),
         (*this)("情况严重", "grave circumstances"), true}};
    r.manual = {
        {(*this)("第十四条第一句", "art 14 s 1"), (*this)("每个录制了的场次", "each recorded session"),
         (*this)("检查人员", "inspector"),
         (*this)("地点、时间、场景、参与人员、违法违规行为、现场痕迹物证",
                 "place, time, scene, people, conduct and traces are shown"),
         (*this)("随抽查", "with sampling")},
        {(*this)("第八条第三句第一分句", "art 8 s 3"), (*this)("每台设备", "each device"),
         (*this)("单位负责人", "head of unit"),
         (*this)("保管和养护情况，有无使用不当造成的损坏", "care and damage"), (*this)("每月", "monthly")}};
    r.missing_ledgers = {{(*this)("语音", "speech"),
                          (*this)("河湖管理科", "Rivers section"),
                          (*this)("2026年3月2日至8日", "2 to 8 March 2026"),
                          (*this)("办公室", "the office"),
                          {(*this)("事先告知", "notice beforehand"), (*this)("语音说明", "explain aloud")}}};
    r.interpretations = {{(*this)("第七条第二款", "art 7(2)"), (*this)("及时补记", "write up promptly"),
                          (*this)("24小时", "24 hours"),
                          (*this)("原文只称及时；参照第十九条返回单位后二十四小时",
                                  "the text only says promptly; after art 19's 24 hours")},
                         {(*this)("第十三条第二句第一分句", "art 13 s 2"),
                          (*this)("容许间断", "tolerated gap"), (*this)("2秒", "2 s"),
                          (*this)("分段文件接缝不超过此时长的，不算间断",
                                  "joints of split files that are no longer do not count")}};
    r.footage = {{(*this)("footage/S-003/R-31.mp4"),
                  (*this)("可读", "readable"),
                  true,
                  (*this)("H.264 1280×720，AAC 单声道", "H.264 1280×720, AAC mono"),
                  1'575'000'000,
                  (*this)("S-003"),
                  {}},
                 {(*this)("footage/S-003/R-33.mp4"),
                  (*this)("没有索引（断电）", "no index (power loss)"),
                  false,
                  (*this)("缺 moov 盒，不能播放", "no moov box, cannot be played"),
                  -1,
                  {},
                  {}},
                 {(*this)("footage/loose/export_final.mov"),
                  (*this)("可读", "readable"),
                  false,
                  (*this)("H.264", "H.264"),
                  61'040'000,
                  {},
                  {(*this)("编码器标记 Lavf58.76.100", "encoder tag Lavf58.76.100"),
                   (*this)("编辑列表丢弃 12 帧", "an edit list discards 12 frames")}}};
    r.set_aside = {
        {(*this)("day-0306.yaml:41"),
         (*this)("缺少必填项“场次.开始”", "required field “session.started” is missing"),
         (*this)("补上开始时刻，例如 2026-03-06T09:00", "add it, for example 2026-03-06T09:00")},
        {(*this)("notes.docx"), (*this)("不是清单、台账或者录像", "neither manifest, ledger nor footage"),
         (*this)("移出导入文件夹", "move it out of the folder")}};
    r.receipt = {(*this)("jianlu 0.1.0"),
                 {{(*this)("rules/bureaus/linhai-water/regulation.law"),
                   (*this)("5f1c0a2b7d3e4f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8")},
                  {(*this)("rules/vocabulary.law"),
                   (*this)("a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90")}},
                 {{(*this)("已核查场次", "sessions audited"), 124},
                  {(*this)("搁置", "set aside"), 2},
                  {(*this)("失败", "failed"), 0}},
                 (*this)("0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b0c9d"),
                 1'284,
                 {(*this)("jianlu verify --store jianlu.db")}};
    r.appeal_to = (*this)("局水政科", "the policy section");
  }
};

}  // namespace

Report made_up(source::Language language, const std::string& tail) {
  const Maker maker{language == source::Language::zh, tail};
  Report report;
  maker.head(report);
  maker.breach(report);
  maker.others(report);
  maker.sessions(report);
  maker.rest(report);
  return report;
}

}  // namespace jianlu::report
