#!/usr/bin/env python3
"""A store outlives the program that wrote it: one of an earlier version is taken up with its findings and reviews, one of a later
version is refused, and a norm that got another id keeps what was found and said under the earlier one.

usage: store_test.py JIANLU ROOT
"""
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest

JIANLU, ROOT = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
GOLDEN = ROOT / "tests/golden/store"
LATEST = "2026-03-10T12:00:00+08:00"   # the as-of of the audit in version-1.sql


class Stores(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.store = pathlib.Path(folder.name) / "store.db"
        with sqlite3.connect(self.store) as connection:
            connection.executescript((GOLDEN / "version-1.sql").read_text(encoding="utf-8"))
        connection.close()

    def run_it(self, *arguments, rules="rules", status=0):
        done = subprocess.run([JIANLU, "--lang", "en", "--rules", GOLDEN / rules, "--store", self.store, *arguments],
                              cwd=ROOT, capture_output=True, timeout=60, text=True)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    FOUND = [("breached", "session/S2", "[dismissed]"), ("breached", "session/S3", "[confirmed]"), ("pending", "session/S4", "")]

    def check_findings(self, norm, rules="rules"):
        lines = [line for line in self.run_it("findings", rules=rules).splitlines() if "example/" in line]
        self.assertEqual(len(lines), len(self.FOUND), lines)
        for line, (outcome, subject, review) in zip(lines, self.FOUND):
            self.assertTrue(line.startswith(outcome) and norm in line.split() and subject in line.split(), line)
            self.assertEqual(review, line.split()[-1] if line.endswith("]") else "", line)

    def test_earlier_version(self):
        self.assertIn("made by an earlier version", self.run_it("findings", status=2))
        audited = self.run_it("audit", "--as-of", LATEST)
        self.check_findings("example/hand_over")
        self.assertIn("5 ledger entries", self.run_it("verify"), audited)
        self.run_it("audit", "--as-of", "2026-03-20T00:00")   # S4 waits no longer
        self.assertIn("unknown  example/hand_over  session/S4", self.run_it("findings"))
        self.run_it("verify")

    def test_later_version(self):
        with sqlite3.connect(self.store) as connection:
            connection.execute("PRAGMA user_version=1000")
        connection.close()
        for command in (["findings"], ["audit"], ["verify"]):
            with self.subTest(command=command):
                said = self.run_it(*command, status=2)
                self.assertIn("made by a later version", said)
                self.assertIn("use a later jianlu", said)

    def test_renamed_norm(self):
        """曾用: the finding goes on under the new id, with its review; the chain holds, and the norm is said once."""
        self.run_it("audit", "--as-of", LATEST, rules="renamed")
        self.check_findings("example/transfer_in_time", rules="renamed")
        self.run_it("verify", rules="renamed")
        self.run_it("review", "example/transfer_in_time", "session/S3", "rectified", "--by", "Li", "--as-of", LATEST, rules="renamed")
        self.assertIn("[rectified]", self.run_it("findings", "--subject", "session/S3", rules="renamed"))
        self.run_it("verify", rules="renamed")
        explained = self.run_it("explain", "example/transfer_in_time", "session/S2", rules="renamed")
        self.assertIn("breached", explained)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
