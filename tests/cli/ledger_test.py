#!/usr/bin/env python3
"""What is shown is what audits found: a report and an explanation agree with the ledger or are refused, time does not go back, and a
sealed copy of a store can be read.

usage: ledger_test.py JIANLU ROOT
"""
import json
import os
import pathlib
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

JIANLU, ROOT = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
FINE, WANTING, FAILED, INTERNAL = 0, 1, 2, 3
BUREAU = "qinhuangdao-water"
MANIFEST = """局: qinhuangdao-water
时区: Asia/Shanghai
交付:
  - {台账: [单位, 场次, 录像, 移交, 工作记录], 单位: [支队], 截至: 2024-05-20, 提供人: 办公室}
单位: [{编号: 支队, 配备类别: 其他类, 有执法职能: 是, 快照日: 2024-05-01T00:00}]
场次:
  - {编号: S1, 单位: 支队, 活动: [日常检查], 开始: 2024-05-07T09:00, 到达: 2024-05-07T09:00, 结束: 2024-05-07T10:30}
"""
RECORDING = """局: qinhuangdao-water
时区: Asia/Shanghai
录像:
  - {场次: S1, 编号: R1, 开始: 2024-05-07T08:59, 结束: 2024-05-07T10:31}
"""
BROKEN = """局: qinhuangdao-water
时区: Asia/Shanghai
录像:
  - {场次: S1, 开始: 昨天}
"""


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.rules = ROOT / "rules"
        self.store = self.folder / "store.db"

    def file(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def run_it(self, *arguments, lang="zh", status=FINE, **how):
        command = [JIANLU, "--lang", lang, "--rules", self.rules, "--bureau", BUREAU, "--store", self.store, *arguments]
        done = subprocess.run(list(map(str, command)), cwd=self.folder, stdin=subprocess.DEVNULL, timeout=120,
                              **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how})
        out, err = (done.stdout or b"").decode("utf-8"), (done.stderr or b"").decode("utf-8")
        self.assertEqual(done.returncode, status, f"{arguments}\n{out[:2000]}{err}")
        return out, err

    def audited(self, *texts, at="2024-06-20T08:00"):
        for number, text in enumerate(texts):
            self.run_it("ingest", self.file(f"{number}.yaml", text), "--as-of", at)
        self.run_it("audit", "--as-of", at)


class Report(Case):
    def findings(self):
        out, _ = self.run_it("findings", "--format", "json")
        return sorted((f["norm"], f["subject"], f["outcome"]) for f in map(json.loads, out.splitlines()))

    def refused(self, zh, en):
        """Report and explain show nothing, say why, and say what to do; findings go on showing the ledger."""
        before = self.findings()
        for command in (["report"], ["report", "--format", "json"], ["report", "--out", "page.html"],
                        ["explain", f"{BUREAU}/record_on_site", "session/S1"]):
            for lang, words in (("zh", zh), ("en", en)):
                with self.subTest(command=command, lang=lang):
                    out, err = self.run_it(*command, lang=lang, status=FAILED)
                    self.assertEqual(out, "")
                    self.assertIn(words, err)
                    self.assertIn("jianlu audit", err)
        self.assertFalse((self.folder / "page.html").exists())
        self.assertEqual(self.findings(), before)

    def agrees(self):
        out, _ = self.run_it("report", "--format", "json")
        report = json.loads(out)
        self.assertEqual(sorted((f["norm"], f["subject"], f["outcome"]) for f in report["findings"]), self.findings())
        for f in report["findings"]:
            self.assertNotEqual(f["events"], [])
        return report

    def test_agrees_with_the_ledger(self):
        self.audited(MANIFEST)
        report = self.agrees()
        self.assertIn((f"{BUREAU}/record_on_site", "session/S1", "breached"), self.findings())
        self.assertEqual(report["as_of"], "2024-06-20T08:00:00+08:00")

    def test_before_any_audit(self):
        self.run_it("ingest", self.file("p.yaml", MANIFEST))
        self.refused("还没有审核过", "was never audited")

    def test_something_was_taken_in_since(self):
        self.audited(MANIFEST)
        self.run_it("ingest", self.file("more.yaml", RECORDING))
        self.refused("又采集了内容", "something was taken in since the last audit")
        self.run_it("audit", "--as-of", "2024-06-20T08:00")
        self.agrees()
        self.assertNotIn((f"{BUREAU}/record_on_site", "session/S1", "breached"), self.findings())

    def test_what_was_taken_in_changes_no_outcome(self):
        """Rows set aside are shown too, and those of the audit only."""
        self.audited(MANIFEST, RECORDING)
        self.run_it("ingest", self.file("broken.yaml", BROKEN))
        self.refused("又采集了内容", "something was taken in since the last audit")
        self.run_it("audit", "--as-of", "2024-06-20T08:00")
        self.assertIn("broken.yaml", json.dumps(self.agrees()["set_aside"], ensure_ascii=False))
        out, _ = self.run_it("audit", "--as-of", "2024-06-20T08:00")
        self.assertIn("没有新的内容", out)

    def test_rules_were_changed_since(self):
        self.rules = self.folder / "rules"
        shutil.copytree(ROOT / "rules", self.rules)
        self.audited(MANIFEST)
        law = self.rules / "bureaus" / BUREAU / "regulation.law"
        original = law.read_bytes()
        law.write_bytes(original + "\n// 又看过一遍\n".encode())
        self.refused("规则", "the rules or the program changed since the last audit")
        law.write_bytes(original)
        self.agrees()

    def test_an_audit_that_was_broken_off(self):
        import sqlite3
        self.audited(MANIFEST)
        with sqlite3.connect(self.store) as connection:   # what a killed audit leaves
            connection.execute("INSERT INTO run(as_of, inputs) SELECT as_of + 1, inputs FROM run ORDER BY id DESC LIMIT 1")
        connection.close()
        self.refused("没有做完", "was not finished")
        self.run_it("audit")
        self.agrees()


class Time(Case):
    def test_an_audit_does_not_go_back(self):
        self.audited(MANIFEST)
        out, _ = self.run_it("findings")
        verified, _ = self.run_it("verify")
        for lang, words, mend in (("zh", "早于上一次审核的时刻 2024-06-20T08:00:00+08:00", "--as-of"),
                                  ("en", "earlier than the last audit's, 2024-06-20T08:00:00+08:00", "--as-of")):
            said, err = self.run_it("audit", "--as-of", "2024-05-08T08:00", lang=lang, status=FAILED)
            self.assertEqual(said, "")
            self.assertIn(words, err)
            self.assertIn(mend, err)
        self.assertEqual(self.run_it("findings")[0], out)
        self.assertEqual(self.run_it("verify")[0], verified)
        self.assertEqual(json.loads(self.run_it("report", "--format", "json")[0])["as_of"], "2024-06-20T08:00:00+08:00")
        self.run_it("audit", "--as-of", "2024-06-21T08:00")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
