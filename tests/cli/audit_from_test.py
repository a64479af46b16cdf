#!/usr/bin/env python3
"""audit_from_test.py PROGRAM: what `jianlu audit --from` promises on the command line."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()
ROOT = pathlib.Path(__file__).resolve().parents[2]
SESSIONS = 4000


def command(path, *more):
    return [str(PROGRAM), "audit", "--from", str(path), "--rules", str(ROOT / "rules"), "--bureau", "qinhuangdao-water", "--as-of", "2024-12-31T00:00", "--lang", "en", *more]


def audit(path, *more, **how):
    return subprocess.run(command(path, *more), capture_output=True, text=True, **how)


class AuditFrom(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.folder.name) / "sessions.jsonl"
        generate = [sys.executable, str(ROOT / "bench/stream/generate.py"), str(SESSIONS)]
        with open(cls.path, "wb") as out:
            subprocess.run(generate, stdout=out, check=True)
        cls.lines = cls.path.read_text(encoding="utf-8").splitlines(keepends=True)
        cls.head = cls.lines[:-SESSIONS]

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def write(self, name, lines):
        path = pathlib.Path(self.folder.name) / name
        path.write_text("".join(lines), encoding="utf-8")
        return path

    def test_a_line_per_finding_from_a_file_or_a_pipe(self):
        ran = audit(self.path)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        findings = [json.loads(line) for line in ran.stdout.splitlines()]
        self.assertTrue(findings)
        for finding in findings:
            self.assertEqual(list(finding)[:4], ["norm", "citation", "subject", "outcome"])
            self.assertIn(f'"{finding["subject"].split("/")[1]}"', self.lines[finding["line"] - 1])
        self.assertIn("not judged: sampling", ran.stderr)
        self.assertIn(f"{len(ran.stdout.encode())} bytes out", ran.stderr)
        with open(self.path, "rb") as file:
            piped = audit("-", "--threads", "3", stdin=file)
        self.assertEqual(piped.stdout.replace('"source":"-"', f'"source":"{self.path}"'), ran.stdout)
        text = audit(self.path, "--format", "text")
        self.assertEqual(len(text.stdout.splitlines()), len(findings))
        self.assertEqual(audit(self.path, "--fail-on-breach").returncode, 1)

    def test_a_folder_gives_the_same_findings(self):
        below = pathlib.Path(self.folder.name) / "office"
        below.mkdir()
        (below / "m.yaml").write_text("".join("""局: qinhuangdao-water
时区: Asia/Shanghai
单位: [{编号: 甲, 配备类别: A类, 有执法职能: 是, 快照日: 2024-05-01T00:00}]
场次: [{编号: S-1, 单位: 甲, 活动: [日常检查], 开始: 2024-05-07T09:00, 结束: 2024-05-07T10:00}]
"""), encoding="utf-8")
        ran = audit(below)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        findings = [json.loads(line) for line in ran.stdout.splitlines()]
        self.assertIn("session/S-1", [finding["subject"] for finding in findings])
        self.assertTrue(all(finding["source"].endswith("m.yaml") for finding in findings))

    def test_bad_lines_are_kept_aside_and_the_rest_goes_on(self):
        bad = [self.lines[-3].replace('"unit":"', '"unti":"'), "{broken\n", self.head[-2]]
        path = self.write("bad.jsonl", self.head + self.lines[-5:-3] + bad + self.lines[-2:])
        rejects = pathlib.Path(self.folder.name) / "rejects.jsonl"
        ran = audit(path, "--rejects", str(rejects))
        self.assertEqual(ran.returncode, 1)
        self.assertEqual(rejects.read_text(encoding="utf-8"), "".join(bad))
        for number in range(len(self.head) + 3, len(self.head) + 6):
            self.assertEqual(sum(line.startswith(f"{path}:{number}:") for line in ran.stderr.splitlines()), 1, ran.stderr)
        self.assertIn("unti", ran.stderr)
        self.assertIn("3 lines kept aside", ran.stderr)
        good = audit(self.write("good.jsonl", self.head + self.lines[-5:-3] + self.lines[-2:]))
        subjects = [[json.loads(line)["subject"] for line in out.splitlines()] for out in (ran.stdout, good.stdout)]
        self.assertEqual(subjects[0], subjects[1])

    def test_with_several_regulations_it_has_to_be_said_which_judges(self):
        unsaid = [str(PROGRAM), "audit", "--from", str(self.path), "--rules", str(ROOT / "rules"), "--lang", "en"]
        for more, said in (([], "--bureau"), (["--bureau", "nowhere"], "there are no rules of")):
            ran = subprocess.run(unsaid + more, capture_output=True, text=True)
            self.assertEqual((ran.returncode, ran.stdout), (2, ""))
            self.assertIn(said, ran.stderr)
            self.assertIn("qinhuangdao-water", ran.stderr)

    def test_what_cannot_be_done_is_said(self):
        self.assertEqual(audit(self.path.with_name("none.jsonl")).returncode, 2)
        self.assertEqual(audit(self.path.with_name("none")).returncode, 2)
        with open("/dev/full", "wb") as full:
            ran = subprocess.run(command(self.path), stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual(ran.returncode, 2)
        self.assertIn("No space left", ran.stderr)

    def test_an_interrupt_leaves_whole_lines(self):
        process = subprocess.Popen(command("-"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0)
        whole = "".join(self.lines).encode()
        half = memoryview(whole)[: len(whole) // 2]
        while half:
            half = half[process.stdin.write(half):]
        first = process.stdout.read(1)   # it is at work, and then waits for more
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        out, said = process.communicate()
        self.assertEqual(process.returncode, -signal.SIGINT, said)
        self.assertIn(b"broken off", said)
        self.assertTrue(out.endswith(b"\n"))
        for line in (first + out).splitlines():
            json.loads(line)

    def test_memory_stays_flat(self):
        with open(self.path, "rb") as file:
            process = subprocess.Popen(command("-", "--threads", "2"), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            process.stdin.write(file.read())
        stream = "".join(self.lines[-SESSIONS:]).encode()
        for _ in range(4):
            process.stdin.write(stream)
        process.stdin.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0)
        self.assertLess(usage.ru_maxrss, 64 * 1024)


if __name__ == "__main__":
    unittest.main()
