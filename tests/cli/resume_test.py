#!/usr/bin/env python3
"""An ingest that is killed goes on where it stopped: finished files are not read again, and the store ends as if nothing had
happened. The rules decide how deep footage is looked into. What is shown meanwhile on a terminal.

usage: resume_test.py JIANLU ROOT
"""
import contextlib
import os
import pathlib
import pty
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

JIANLU, ROOT = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
CLIPS = 10
MANIFEST = """局: qinhuangdao-water
时区: Asia/Shanghai
场次:
  - 编号: S-001
    单位: 水政支队
    活动: [日常检查]
    开始: 2024-05-06T09:00:00
    到达: 2024-05-06T09:00:00
    结束: 2024-05-06T09:12:00
    携带: [{设备: JL001, 携带人: QHD01}]
"""
# A bureau of one norm, whose condition decides what is read of footage.
BUREAU = """规定 试验局 = trial
    制定机关 "试验局"
    时区 "Asia/Shanghai"
    版本 初版 = v1 施行 2020-01-01

第一条 概要 "试验"
禁止 试验项 = trial_norm
    对每个 录像 r
    不得 {condition}
    说明 "录像 {{r.编号}}"
"""


def command(store, *arguments, rules=("--rules", "rules", "--bureau", "qinhuangdao-water")):
    return [JIANLU, "--lang", "en", *rules, "--store", store, "ingest", *arguments, "--as-of", "2024-05-08T08:00"]


def content(store):
    """All that a store holds, without row numbers that hang on the order in which files happened to be finished."""
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
        return {table: sorted(map(repr, db.execute(f"SELECT * FROM {table}"))) for table in tables}


def facts_of(store):
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as db:
        return [facts for (facts,) in db.execute("SELECT facts FROM footage")]


class Day(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.day = cls.folder / "day"
        cls.day.mkdir()
        seed = cls.folder / "seed.avi"
        subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=96x64:rate=10", "-t", "2", "-c:v", "mjpeg", seed], check=True)
        for n in range(CLIPS):
            clip = cls.day / f"JL001_QHD01_202405060900{n * 5:02}.avi"
            clip.write_bytes(seed.read_bytes() + b"JUNK" + (12 << 20).to_bytes(4, "little") + bytes([n]) * (12 << 20))
        (cls.day / "场次.yaml").write_text(MANIFEST, encoding="utf-8")

    def store(self):
        return pathlib.Path(tempfile.mkdtemp(dir=self.folder)) / "jianlu.db"

    def run_once(self, store, *arguments, **named):
        done = subprocess.run(command(store, *arguments, **named), cwd=ROOT, capture_output=True, timeout=300)
        self.assertEqual(done.returncode, 0, (done.stdout + done.stderr).decode())
        return done.stdout.decode("utf-8")


class Killed(Day):
    def kill_at(self, store, finished, how):
        """Ends the ingest once so many files of footage are finished; how many were."""
        readings = pathlib.Path(f"{store}.readings")
        running = subprocess.Popen(command(store, self.day, "--jobs", "1"), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
        lines = lambda: readings.read_bytes().count(b"\n") if readings.exists() else 0
        while lines() < finished and running.poll() is None:
            time.sleep(0.002)
        with contextlib.suppress(ProcessLookupError):   # it was faster
            if how == signal.SIGINT:
                os.killpg(running.pid, how)   # as a terminal does
            else:
                running.send_signal(how)
        said = running.communicate()[1].decode()
        return lines(), running.returncode, said

    def test_each_point(self):
        whole = self.store()
        self.run_once(whole, self.day)
        expected = content(whole)
        self.assertEqual(len(expected["footage"]), CLIPS)
        broken_off = 0
        for finished in range(CLIPS + 1):
            how = signal.SIGINT if finished % 3 == 1 else signal.SIGKILL
            with self.subTest(finished=finished, how=how):
                store = self.store()
                lines, code, said = self.kill_at(store, finished, how)
                if code == 0:
                    continue   # it was done before the signal came
                broken_off += 1
                self.assertEqual(code, -how)
                if how == signal.SIGINT:
                    self.assertIn("the same command goes on", said)
                out = self.run_once(store, self.day)
                if lines:
                    self.assertIn(f"{lines} files were finished by the run before", out)
                self.assertEqual(content(store), expected)
                self.assertFalse(pathlib.Path(f"{store}.readings").exists())
        self.assertGreater(broken_off, CLIPS // 2)

    def test_a_file_that_changed_is_read_again(self):
        day = self.folder / "changed"
        shutil.copytree(self.day, day)
        store = self.store()
        clip = sorted(day.glob("*.avi"))[0]
        readings = pathlib.Path(f"{store}.readings")
        self.run_once(self.store(), day)
        running = subprocess.Popen(command(store, day, "--jobs", "1"), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while (not readings.exists() or readings.read_bytes().count(b"\n") < 2) and running.poll() is None:
            time.sleep(0.002)
        running.kill()
        self.assertEqual(running.wait(), -signal.SIGKILL)
        with open(readings, "ab") as torn:
            torn.write(b"12\t34\tpackets")   # as a kill in the middle of a line leaves it
        clip.write_bytes(clip.read_bytes() + b"more")
        self.run_once(store, day)
        fresh = self.store()
        self.run_once(fresh, day)
        self.assertEqual(content(store)["footage"], content(fresh)["footage"])


class Depth(Day):
    def depths(self, condition, *arguments):
        rules = pathlib.Path(tempfile.mkdtemp(dir=self.folder)) / "rules"
        (rules / "bureaus/trial").mkdir(parents=True)
        shutil.copy(ROOT / "rules/vocabulary.law", rules)
        (rules / "bureaus/trial/regulation.law").write_text(BUREAU.format(condition=condition), encoding="utf-8")
        store = self.store()
        clip = sorted(self.day.glob("*.avi"))[0]
        self.run_once(store, clip, *arguments, rules=("--rules", rules, "--bureau", "trial"))
        facts, = facts_of(store)
        return re.search(r'"depth":"(\w+)"', facts)[1]

    def test_what_no_norm_reads_is_not_worked_out(self):
        self.assertEqual(self.depths("r.涉密 已填"), "container")

    def test_signs_of_editing_take_packets(self):
        self.assertEqual(self.depths("有 x 于 r.编辑疑点 使 x.程度 属于 {强}"), "packets")

    def test_the_user_goes_before_the_rules(self):
        self.assertEqual(self.depths("r.涉密 已填", "--depth", "packets"), "packets")


class Terminal(Day):
    def test_progress(self):
        keyboard, screen = pty.openpty()
        done = subprocess.Popen(command(self.store(), self.day), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=screen)
        os.close(screen)
        shown = b""
        try:
            while block := os.read(keyboard, 4096):
                shown += block
        except OSError:   # the terminal's other end is closed
            pass
        os.close(keyboard)
        self.assertEqual(done.wait(), 0)
        self.assertRegex(shown.decode(), rf"reading \d+/{CLIPS + 1} files, \d+\.\d/\d+\.\d MB, \d+ MB/s, \d+:\d\d left  JL001")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
