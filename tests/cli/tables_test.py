#!/usr/bin/env python3
"""Tables as people export them, from file to verdict: the shipped mappings, a mapping of one's own, and broken lines.

usage: tables_test.py JIANLU ROOT
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

JIANLU, ROOT = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
MANIFEST = """局: qinhuangdao-water
时区: Asia/Shanghai
交付:
- {台账: [单位, 执法人员, 设备, 场次, 录像, 编辑疑点, 移交, 中断记录, 工作记录, 携带], 单位: D1, 截至: 2026-04-19}
单位: [{编号: D1, 配备类别: A类, 有执法职能: 是, 快照日: 2026-03-01T00:00}]
场次:
- {编号: S1, 单位: D1, 活动: [日常检查], 开始: 2026-03-02T09:00, 到达: 2026-03-02T09:00, 结束: 2026-03-02T10:00, 携带: [{设备: V1, 携带人: P1}]}
- {编号: S2, 单位: D1, 活动: [日常检查], 开始: 2026-03-03T09:00, 到达: 2026-03-03T09:00, 结束: 2026-03-03T10:00, 携带: [{设备: V1, 携带人: P1}]}
"""
STATION = "wjbh,start_time,end_time,wjcd,wjlx,jyxm,jybh,areacode,cpxh,ccwz,bfwz,wlwz,scsj,bzlx,gzz_ip,source\r\n"
TRANSFERS = "场次,导出时间,接收部门,接收人\n"


def recorded(key, start, end, kind="1"):
    return f'{key},{start},{end},3600,{kind},"王,明",P1,130300,V1,/a,/b,/c,2026-03-03 18:00:00,0,10.0.0.1,1\r\n'


class Tables(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.day = self.folder / "day"
        self.day.mkdir()
        (self.day / "m.yaml").write_text(MANIFEST, encoding="utf-8")

    def run_it(self, *arguments, expect=0, lang="en"):
        done = subprocess.run([str(JIANLU), "--lang", lang, "--rules", str(ROOT / "rules"), "--bureau", "qinhuangdao-water", "--store", str(self.folder / "s.db"),
                               *map(str, arguments)], capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        return done.stdout

    def judged(self, *options, expect=0):
        said = self.run_it("ingest", self.day, "--as-of", "2026-04-20T00:00", *options, expect=expect)
        self.run_it("audit", "--as-of", "2026-04-20T00:00")
        found = {}
        for line in self.run_it("--format", "json", "findings").splitlines():
            finding = json.loads(line)
            found[finding["norm"].split("/")[1], finding["subject"]] = finding["outcome"]
        return said, found

    def table(self, name, text, encoding="utf-8"):
        (self.day / name).write_bytes(text.encode(encoding))

    def test_without_tables_both_sessions_are_held_unrecorded_and_not_handed_over(self):
        _, found = self.judged()
        for session in ("session/S1", "session/S2"):
            self.assertEqual(found["record_on_site", session], "breached")

    def test_a_station_and_a_transfer_ledger(self):
        self.table("station.csv", STATION + recorded("R1", "2026-03-02 08:59:50", "2026-03-02 10:00:10") + recorded("P1", "2026-03-02 09:30:00", "2026-03-02 09:30:00", "3")
                   + recorded("R9", "2026-03-05 09:00:00", "2026-03-05 10:00:00"), "gb18030")
        self.table("handed over.csv", TRANSFERS + "S1,2026-03-02 17:00,办公室,\n")
        said, found = self.judged()
        self.assertIn("table (collection-station, GB18030), 3 rows, 1 left out as the mapping says; 1 recordings fit no single session", said)
        self.assertIn("table (transfer-ledger, UTF-8), 1 rows", said)
        self.assertNotIn(("record_on_site", "session/S1"), found)
        self.assertNotIn(("hand_over", "session/S1"), found)
        self.assertEqual(found["record_on_site", "session/S2"], "breached")
        # Again: nothing new.
        said, _ = self.judged()
        self.assertIn("0 rows added", said)

    def test_a_broken_line_accuses_nobody(self):
        self.table("handed over.csv", TRANSFERS + "S1,2026-03-02 17:00,办公室,\nS2,昨天下午,办公室,\n")
        self.table("station.csv", STATION + recorded("R1", "2026-03-02 08:59:50", "2026-03-02 10:00:10") + recorded("R2", "2026-03-03 08:59:50", "2026-03-03 10:00:10"))
        said, found = self.judged()
        self.assertIn("handed over.csv:3:4: 导出时间: `昨天下午` is no time written as said; write it as yyyy-MM-dd HH:mm", said)
        self.assertNotIn(("hand_over", "session/S1"), found)
        self.assertEqual(found["hand_over", "session/S2"], "unknown")

    def test_a_mapping_of_ones_own(self):
        mapping = self.folder / "own.yaml"
        mapping.write_text("""id: own
header: [编号, 交出]
separator: semicolon
zone: Asia/Shanghai
rows:
  transfer:
    session: {column: 编号}
    exported_at: {column: 交出, written: epoch}
    received_by: general_office
""", encoding="utf-8")
        self.table("export.csv", "编号;交出\nS1;1772442000\n")       # 2026-03-02 17:00 in Shanghai
        said, _ = self.judged(expect=0)
        self.assertIn("no mapping knows this header", said)
        said, _ = self.judged("--mapping", mapping)
        self.assertIn("table (own, UTF-8), 1 rows", said)
        self.assertIn("1 rows added", said)
        mapping.write_text("id: own\nheader: [编号]\nrows: {设施: {}}\n", encoding="utf-8")
        done = subprocess.run([str(JIANLU), "--lang", "zh", "--rules", str(ROOT / "rules"), "--bureau", "qinhuangdao-water", "--store", str(self.folder / "s.db"),
                               "ingest", str(self.day), "--mapping", str(mapping)], capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("own.yaml:3: 没有名为“设施”的台账", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
