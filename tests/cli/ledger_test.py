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


class Evidence(Case):
    """What a report says of where things were stated, and when."""
    DELIVERY = """局: qinhuangdao-water
时区: Asia/Shanghai
交付:
  - {台账: [单位, 场次, 录像, 移交, 工作记录], 单位: [支队], 截至: 2024-05-20, 提供人: 办公室}
"""
    ROWS = "".join(line + "\n" for line in MANIFEST.splitlines() if "台账" not in line and "交付" not in line)

    def report(self, lang="zh"):
        return json.loads(self.run_it("report", "--format", "json", lang=lang)[0])

    def test_absence_rests_on_the_delivery(self):
        self.audited(self.ROWS, self.DELIVERY)
        for lang, words in (("zh", "交付至 2024-05-21 00:00:00（办公室）"), ("en", "delivered through 2024-05-21 00:00:00 (by 办公室)")):
            breach = next(f for f in self.report(lang)["findings"] if f["norm"].endswith("/record_on_site"))
            self.assertEqual(breach["outcome"], "breached")
            fact = next(f for f in breach["facts"] if f["value"] == words)
            self.assertEqual(fact["source"].rsplit("/")[-1], "1.yaml:4")
            out, _ = self.run_it("explain", f"{BUREAU}/record_on_site", "session/S1", lang=lang)
            self.assertIn("1.yaml:4", out)

    def test_period_runs_from_the_first_start_to_the_last_end(self):
        self.audited(MANIFEST)
        self.assertEqual(self.report()["period"], {"start": "2024-05-07T09:00:00+08:00", "end": "2024-05-07T10:30:00+08:00"})

    def test_checklist_says_of_which(self):
        self.audited(MANIFEST)
        for lang, mark in (("zh", "当 "), ("en", "when ")):
            self.assertTrue(any(mark in line["subject"] for line in self.report(lang)["manual"]))

    def test_explain_accuses_only_of_breaches(self):
        self.audited(MANIFEST)
        breach = self.run_it("explain", f"{BUREAU}/record_on_site", "session/S1")[0].splitlines()
        self.run_it("ingest", self.file("more.yaml", RECORDING), "--as-of", "2024-06-20T08:00")
        self.run_it("audit", "--as-of", "2024-06-20T08:00")
        for lang, verdict, meaning in (("zh", "符合", "按规定做到了。"), ("en", "satisfied", "What was required was done.")):
            done = self.run_it("explain", f"{BUREAU}/record_on_site", "session/S1", lang=lang)[0].splitlines()
            self.assertTrue(done[0].startswith(verdict), done[0])
            self.assertEqual(done[1], meaning)
            self.assertNotIn(breach[1], done)

    def test_times_that_are_not_exact(self):
        """A clip timed by its name starts within ±3.5 s: the timeline shows no milliseconds, and agrees with the finding."""
        import wave
        rows = self.ROWS.replace("结束: 2024-05-07T10:30}", "结束: 2024-05-07T10:30, 携带: [{设备: JL001, 携带人: QHD01}]}")
        for name in ("JL001_QHD01_20240507090000.wav", "JL001_QHD01_20240507090140.wav"):
            with wave.open(str(self.folder / name), "wb") as clip:
                clip.setparams((1, 1, 8000, 0, "NONE", ""))
                clip.writeframes(b"\x80" * 8000 * 40)
        manifest = self.file("rows.yaml", rows)
        self.run_it("ingest", manifest, *sorted(self.folder.glob("*.wav")), "--as-of", "2024-06-20T08:00")
        self.audited(self.DELIVERY)
        session = next(s for s in self.report()["sessions"] if s["key"] == "S1")
        clips = [bar for track in session["tracks"] for bar in track["recordings"]]
        between = next(bar for bar in session["gaps"] if "活动" not in bar["label"])
        self.assertEqual(len(clips), 2)
        for bar in [*clips, between]:
            for end in ("start", "end"):
                self.assertRegex(bar[end], r"T\d\d:\d\d:\d\d\+08:00$")
            self.assertIn("±", bar["note"])
        self.assertEqual((between["start"], between["end"]), (clips[0]["end"], clips[1]["start"]))

    def test_receipt_in_the_language(self):
        self.audited(MANIFEST, BROKEN)
        names = [count["name"] for count in self.report()["receipt"]["counts"]]
        self.assertIn("已审核：场次", names)
        for name in names:
            self.assertNotRegex(name.replace(BUREAU, ""), r"audited|skipped|source|breached|set aside", name)
        self.assertIn("judged: session", [count["name"] for count in self.report("en")["receipt"]["counts"]])


class Output(Case):
    def test_on_a_full_disk(self):
        self.audited(MANIFEST)
        law = f"rules/bureaus/{BUREAU}/regulation.law"
        for command in (["findings"], ["report"], ["verify"], ["explain", f"{BUREAU}/record_on_site", "session/S1"], ["schema"],
                        ["inspect", self.folder / "0.yaml"], ["audit", "--as-of", "2024-06-20T08:00"], ["--help"], ["fmt", "--to", "en", ROOT / law]):
            for lang, words in (("zh", "输出没有写完"), ("en", "the output was not written to its end")):
                with self.subTest(command=command, lang=lang), open("/dev/full", "wb") as full:
                    _, err = self.run_it(*command, lang=lang, status=FAILED, stdout=full)
                    self.assertEqual(err.count("\n"), 1, err)
                    self.assertIn(words, err)

    def test_a_report_replaces_another_whole_or_not_at_all(self):
        import resource
        self.audited(MANIFEST)
        page = self.folder / "page.html"
        page.write_text("before", encoding="utf-8")
        page.chmod(0o640)
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        for lang, words in (("zh", "写不了"), ("en", "cannot write")):
            out, err = self.run_it("report", "--out", page, lang=lang, status=FAILED, preexec_fn=limit)
            self.assertEqual((out, err.count("\n")), ("", 1), err)
            self.assertIn(words, err)
            self.assertEqual(page.read_text(encoding="utf-8"), "before")
        self.run_it("report", "--out", page)
        self.assertIn("</html>", page.read_text(encoding="utf-8"))
        self.assertEqual(stat.S_IMODE(page.stat().st_mode), 0o640)
        self.assertEqual([p.name for p in self.folder.glob("page.html*")], ["page.html"])

    def test_formats_that_there_are(self):
        self.audited(MANIFEST)
        for command in ("findings", "audit", "report", "verify"):
            for lang, words in (("zh", "没有这种输出格式"), ("en", "no such output format")):
                out, err = self.run_it("--format", "xml", command, lang=lang, status=FAILED)
                self.assertEqual(out, "")
                self.assertIn(words, err)

    def test_names_of_others_on_a_terminal(self):
        key = "S\\e[31m\\u202E1"
        self.audited(MANIFEST.replace("编号: S1", f'编号: "{key}"'), BROKEN.replace("场次: S1", f'场次: "{key}"'))
        for command in (["findings"], ["ingest", self.folder / "0.yaml", self.folder / "1.yaml"]):
            out, err = self.run_it(*command)
            for hidden in ("\x1b", "\u202e"):
                self.assertNotIn(hidden, out + err)
        self.assertIn("S%1B[31m[U+202E]1", self.run_it("findings")[0])

    def test_values_that_are_no_numbers(self):
        _, err = self.run_it("audit", "--threads", "0", status=FAILED)
        self.assertIn("不在范围内", err)
        self.assertNotIn("range", err)


class SealedCopy(Case):
    def test_is_read(self):
        self.audited(MANIFEST)
        sealed = self.folder / "sealed"
        sealed.mkdir()
        copy = sealed / "store.db"
        shutil.copyfile(self.store, copy)
        copy.chmod(0o444)
        for folder, mode in ((self.folder, 0o755), (sealed, 0o555)):
            folder.chmod(mode)
        self.addCleanup(sealed.chmod, 0o755)
        commands = (["findings"], ["report", "--format", "json"], ["verify"], ["explain", f"{BUREAU}/record_on_site", "session/S1"])
        expected = [self.run_it(*command)[0].replace(str(self.store), str(copy)) for command in commands]
        nobody = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
        self.store = copy
        for command, words in zip(commands, expected):
            with self.subTest(command=command):
                self.assertEqual(self.run_it(*command, **nobody)[0], words)
        self.assertEqual([p.name for p in sealed.iterdir()], ["store.db"])
        for lang, words in (("zh", "锁文件"), ("en", "lock file")):
            self.assertIn(words, self.run_it("audit", lang=lang, status=FAILED, **nobody)[1])

    def test_is_not_read_without_its_log(self):
        import sqlite3
        self.audited(MANIFEST)
        sealed = self.folder / "sealed"
        sealed.mkdir()
        connection = sqlite3.connect(self.store)
        connection.execute("CREATE TABLE beside(a)")
        connection.commit()
        for ending in ("", "-wal"):   # while it is being written
            shutil.copyfile(f"{self.store}{ending}", sealed / f"store.db{ending}")
        connection.close()
        for folder, mode in ((self.folder, 0o755), (sealed, 0o555)):
            folder.chmod(mode)
        self.addCleanup(sealed.chmod, 0o755)
        nobody = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
        self.store = sealed / "store.db"
        for lang, words in (("zh", "没有并入的内容"), ("en", "not in the store yet")):
            self.assertIn(words, self.run_it("findings", lang=lang, status=FAILED, **nobody)[1])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
