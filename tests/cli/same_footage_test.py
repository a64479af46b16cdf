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

    def signs(self, *kinds):
        """The evidence of each clip's signs of these kinds, by its name."""
        with sqlite3.connect(self.folder / "store.db") as store:
            rows = store.execute("SELECT s.path, f.facts FROM footage f JOIN source s ON s.id=f.source").fetchall()
        return {pathlib.Path(path).name: [s["evidence"]["en"] for s in json.loads(facts)["signs"] if s["sign"] in kinds]
                for path, facts in rows}

    def marks(self):
        """The documents of recordings, by key, as far as they name another file."""
        with sqlite3.connect(self.folder / "store.db") as store:
            rows = store.execute("SELECT r.key, d.bytes FROM root r JOIN document d ON d.root=r.id "
                                 "JOIN entity e ON e.id=r.entity WHERE e.name='recording'").fetchall()
        return {key: bytes(document).count("与另一".encode()) for key, document in rows}

    def clips(self):
        """One whole, a part of it, and another."""
        paths = [self.folder / f"TA1_JX1_{time}.mp4" for time in ("20240507090000", "20240507150000", "20240507170000")]
        whole, part, other = paths
        coded = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "12", "-pix_fmt", "yuv420p"]
        for path, seed in ((whole, 1), (other, 2)):
            ffmpeg("-f", "lavfi", "-i", f"testsrc2=size=160x120:rate=12:duration=100,noise=alls=20:all_seed={seed}", *coded, path)
        ffmpeg("-ss", "40", "-i", whole, "-t", "20", "-c", "copy", part)
        return paths

    def manifest(self, *hours):
        sessions = ", ".join(f"{{编号: S-{h}, 单位: 甲, 活动: [日常检查], 开始: 2024-05-07T{h:02}:00, 到达: 2024-05-07T{h:02}:00, "
                             f"结束: 2024-05-07T{h:02}:01, 携带: [{{设备: TA1, 携带人: JX1}}]}}" for h in hours)
        path = self.folder / "day.yaml"
        path.write_text("局: qinhuangdao-water\n时区: Asia/Shanghai\n单位: [{编号: 甲, 配备类别: A类, 有执法职能: 是, 快照日: 2024-05-01T00:00}]\n"
                        f"场次: [{sessions}]\n", encoding="utf-8")
        return path

    def test_part_of_another_clip_in_either_order(self):
        whole, part, other = self.clips()
        found = []
        for order in (([whole], [other], [part]), ([part], [other], [whole]), ([whole, part, other],)):
            for old in self.folder.glob("store.db*"):
                old.unlink()
            self.ingest(self.manifest(9, 15, 17))
            for paths in order:
                self.ingest(*paths)
            signs = self.signs("same_pictures_elsewhere")
            self.assertEqual(signs[other.name], [])
            self.assertEqual(len(signs[part.name]), 1, signs)
            self.assertIn(str(whole), signs[part.name][0])
            self.assertEqual(len(signs[whole.name]), 1, signs)
            self.assertIn(str(part), signs[whole.name][0])
            found.append((signs, self.marks()))
            self.assertEqual(found[-1][1], {whole.stem: 1, part.stem: 1, other.stem: 0})
            again = self.ingest(*order[-1])
            self.assertIn("0 rows added", again)
            self.assertIn("0 superseded", again)
            self.assertEqual(self.signs("same_pictures_elsewhere"), signs)
        self.assertEqual(found[0], found[1])
        self.assertEqual(found[0], found[2])

    def test_the_same_bytes_under_another_name(self):
        whole, copy = self.clips()[:2]
        copy.write_bytes(whole.read_bytes())
        self.ingest(self.manifest(9, 15), whole)
        self.ingest(copy)
        self.assertEqual(self.marks(), {whole.stem: 1, copy.stem: 1})
        evidence = " ".join(sum(self.signs("same_file_elsewhere").values(), []))
        self.assertIn("byte for byte", evidence)
        self.assertIn("different devices or times", evidence)
        # A copy that kept its name is the same recording.
        backup = self.folder / "backup" / copy.name
        backup.parent.mkdir()
        backup.write_bytes(copy.read_bytes())
        self.ingest(backup)
        self.assertEqual(self.marks(), {whole.stem: 1, copy.stem: 1})

    def test_two_cards_that_count_alike(self):
        """Cameras name by counters, which begin anew with each card: neither recording takes the place of the other."""
        for card, hour, seed in (("a", 9, 1), ("b", 15, 2)):
            (self.folder / card).mkdir()
            ffmpeg("-f", "lavfi", "-i", f"testsrc2=size=160x120:rate=12:duration=50,noise=alls=20:all_seed={seed}", "-c:v", "libx264",
                   "-pix_fmt", "yuv420p", "-movflags", "use_metadata_tags",
                   "-metadata", f"com.apple.quicktime.creationdate=2024-05-07T{hour:02}:00:05+0800", self.folder / card / "IMG_0001.MOV")
        self.ingest(self.manifest(9, 15), self.folder / "a")
        second = self.ingest(self.folder / "b")
        self.assertIn("→ session S-15", second)
        self.assertIn("0 superseded", second)
        self.assertEqual(len(self.marks()), 2)


if __name__ == "__main__":
    unittest.main()
