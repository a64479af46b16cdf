#!/usr/bin/env python3
"""same_footage_test.py PROGRAM: footage that was handed in on another night, whole or in part, is recognised."""
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest

PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()
ROOT = pathlib.Path(__file__).resolve().parents[2]


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-v", "error", "-y", *map(str, arguments)], check=True, timeout=120)


class SameFootage(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def ingest(self, *paths):
        ran = subprocess.run([str(PROGRAM), "--lang", "en", "--rules", str(ROOT / "rules"), "--bureau", "qinhuangdao-water",
                              "--store", str(self.folder / "store.db"), "ingest", *map(str, paths), "--as-of", "2024-05-08T08:00"],
                             capture_output=True, text=True, timeout=120)
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        return ran.stdout

    def elsewhere(self):
        """The evidence of each clip that shares pictures with another, by its name."""
        with sqlite3.connect(self.folder / "store.db") as store:
            rows = store.execute("SELECT s.path, f.facts FROM footage f JOIN source s ON s.id=f.source").fetchall()
        return {pathlib.Path(path).name: [s["evidence"]["en"] for s in json.loads(facts)["signs"] if s["sign"] == "same_pictures_elsewhere"]
                for path, facts in rows}

    def test_part_of_an_earlier_clip(self):
        whole, part, other = (self.folder / name for name in ("whole.mp4", "part.mp4", "other.mp4"))
        coded = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "12", "-pix_fmt", "yuv420p"]
        for path, seed in ((whole, 1), (other, 2)):
            ffmpeg("-f", "lavfi", "-i", f"testsrc2=size=160x120:rate=12:duration=100,noise=alls=20:all_seed={seed}", *coded, path)
        ffmpeg("-ss", "40", "-i", whole, "-t", "20", "-c", "copy", part)
        self.ingest(whole)
        self.assertEqual(self.elsewhere(), {"whole.mp4": []})
        self.ingest(other)
        self.ingest(part)
        found = self.elsewhere()
        self.assertEqual(found["other.mp4"], [])
        self.assertEqual(len(found["part.mp4"]), 1, found)
        self.assertIn(str(whole), found["part.mp4"][0])
        again = self.ingest(part)
        self.assertIn("0 rows added", again)
        self.assertEqual(self.elsewhere(), found)


if __name__ == "__main__":
    unittest.main()
