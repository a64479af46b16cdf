#!/usr/bin/env python3
"""late_session_test.py PROGRAM: a clip that came before its session is matched when the session comes, and is not read again."""
import datetime
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import wave

PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()
ROOT = pathlib.Path(__file__).resolve().parents[2]
TRANSCRIPT = "1\n00:00:12,000 --> 00:00:20,000\n为保护您的合法权益，监督我们的执法行为，本次执法全程录音录像。\n"
START = datetime.datetime(2024, 5, 7, 9, 0, 0)

MANIFEST = """局: qinhuangdao-water
时区: Asia/Shanghai
单位: [{编号: 甲, 配备类别: A类, 有执法职能: 是, 快照日: 2024-05-01T00:00}]
场次: [{编号: S-1, 单位: 甲, 活动: [日常检查], 开始: 2024-05-07T09:00:10, 到达: 2024-05-07T09:00:10, 结束: 2024-05-07T09:00:50, 携带: [{设备: JL001, 携带人: QHD01}]}]
交付: [{台账: [场次, 录像, 语音, 携带], 单位: 甲, 截至: 2024-05-08T00:00, 提供人: 办公室}]
"""

DELIVERED = MANIFEST.replace("台账: [场次, 录像, 语音, 携带]", "台账: [单位, 执法人员, 设备, 场次, 录像, 语音, 携带, 中断记录, 情况报告, 书面说明, 工作记录, 不可记录时段]").replace("截至: 2024-05-08", "截至: 2024-05-20")


def sound(path, seconds):
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 1, 8000, 0, "NONE", ""))
        out.writeframes(b"\x80" * 8000 * seconds)


class LateSession(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    as_of = "2024-05-08T08:00"

    def run_program(self, *arguments):
        command = [str(PROGRAM), "--lang", "en", "--rules", str(ROOT / "rules"), "--bureau", "qinhuangdao-water",
                   "--store", str(self.folder / "store.db"), *map(str, arguments)]
        if arguments[0] != "findings":
            command += ["--as-of", self.as_of]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=120)
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        return ran.stdout

    def test_a_clip_finds_its_session_later(self):
        clip = self.folder / f"JL001_QHD01_{START:%Y%m%d%H%M%S}.wav"
        sound(clip, 60)
        first = self.run_program("ingest", clip)
        self.assertIn("no session fits its time and device", first)
        self.assertIn("timed by the file's name, within ±3.5 s", first)
        clip.unlink()   # it need not be there any more
        manifest = self.folder / "day.yaml"
        manifest.write_text(MANIFEST, encoding="utf-8")
        second = self.run_program("ingest", manifest)
        self.assertIn("read earlier  → session S-1", second)
        # Known as matched: nothing is left to do.
        third = self.run_program("ingest", manifest)
        self.assertNotIn("read earlier", third)

    def speech(self):
        """Rows of the speech ledger, and whether the recording says that some are missing."""
        with sqlite3.connect(self.folder / "store.db") as store:
            count = lambda name: store.execute("SELECT COUNT(*) FROM document d JOIN root r ON r.id=d.root JOIN entity e ON e.id=r.entity "
                                               "WHERE e.name=?", (name,)).fetchone()[0]
            return count("speech"), count("recording")

    def test_a_transcript_beside_a_clip_that_waits(self):
        clip = self.folder / f"JL001_QHD01_{START:%Y%m%d%H%M%S}.wav"
        sound(clip, 60)
        clip.with_suffix(".srt").write_text(TRANSCRIPT, encoding="utf-8")
        self.assertIn("no clip of that name beside it fits a session", self.run_program("ingest", clip))
        self.assertEqual(self.speech(), (0, 1))
        manifest = self.folder / "day.yaml"
        manifest.write_text(MANIFEST, encoding="utf-8")
        self.assertIn("transcript, 1 cues", self.run_program("ingest", manifest))
        self.assertEqual(self.speech(), (1, 1))
        late = self.outcomes()
        for old in self.folder.glob("store.db*"):
            old.unlink()
        self.run_program("ingest", manifest, clip)
        self.assertEqual(self.outcomes(), late)

    def test_a_transcript_that_comes_after_its_clip(self):
        clip = self.folder / f"JL001_QHD01_{START:%Y%m%d%H%M%S}.wav"
        sound(clip, 60)
        manifest = self.folder / "day.yaml"
        manifest.write_text(MANIFEST, encoding="utf-8")
        self.run_program("ingest", manifest, clip)
        unheard = self.outcomes()
        transcript = clip.with_suffix(".srt")
        transcript.write_text(TRANSCRIPT, encoding="utf-8")
        second = self.run_program("ingest", transcript)
        self.assertNotIn("not used", second)
        self.assertEqual(self.speech(), (1, 1))
        late = self.outcomes()
        self.assertNotEqual(late, unheard)
        self.assertIn("0 rows added, 2 the same, 0 superseded", self.run_program("ingest", transcript))
        for old in self.folder.glob("store.db*"):
            old.unlink()
        self.run_program("ingest", manifest, clip)
        self.assertEqual(self.outcomes(), late)

    def outcomes(self):
        self.run_program("audit")
        return [line for line in self.run_program("findings").splitlines() if "/" in line and "satisfied" not in line]
    def test_a_clip_that_nobody_listened_to_after_the_session_that_lists_it(self):
        """The manifest lists the recording and hands in the speech ledger; the clip has no transcript, whenever it comes."""
        clip = self.folder / f"JL001_QHD01_{START:%Y%m%d%H%M%S}.wav"
        sound(clip, 60)
        manifest = self.folder / "day.yaml"
        listed = f", 录像: [{{编号: {clip.stem}, 开始: 2024-05-07T09:00:00, 结束: 2024-05-07T09:01:00}}]}}]\n交付"
        manifest.write_text(MANIFEST.replace("}]\n交付", listed), encoding="utf-8")
        self.run_program("ingest", manifest, clip)
        together = self.outcomes()
        for old in self.folder.glob("store.db*"):
            old.unlink()
        self.run_program("ingest", manifest)
        self.run_program("ingest", clip)
        self.assertEqual(self.outcomes(), together)


    def outcome(self, norm):
        return {line.split()[0] for line in self.outcomes() if f"/{norm} " in line and "S-1" in line}

    def test_a_clip_that_cannot_be_read_or_fits_two_sessions_accuses_nobody(self):
        self.as_of = "2024-05-20T08:00"   # after the last day on which an excuse could have been handed in
        manifest = self.folder / "day.yaml"
        manifest.write_text(DELIVERED, encoding="utf-8")
        self.run_program("ingest", manifest)
        self.assertEqual(self.outcome("record_on_site"), {"breached"})
        # Cut off by a loss of power: samples without the index that would tell where they lie.
        clip = self.folder / f"JL001_QHD01_{START:%Y%m%d%H%M%S}.mp4"
        whole = self.folder / "whole.mp4"
        subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=10:duration=60,noise=alls=30", "-c:v", "libx264",
                        "-preset", "ultrafast", "-pix_fmt", "yuv420p", str(whole)], check=True)
        clip.write_bytes(whole.read_bytes()[:2_000_000])
        self.assertIn("whether session S-1 was recorded here too cannot be told", self.run_program("ingest", clip))
        self.assertEqual(self.outcome("record_on_site"), {"unknown"})
        # Another session of the same device at the same time: the clip, sound now, may be of either.
        whole.rename(clip)
        text = DELIVERED.replace("]\n交付", ", " + DELIVERED[DELIVERED.index("{编号: S-1"):DELIVERED.index("]\n交付")].replace("S-1", "S-2") + "]\n交付")
        manifest.write_text(text, encoding="utf-8")
        self.assertIn("more than one session fits: S-1、S-2", self.run_program("ingest", manifest, clip))
        self.assertEqual(self.outcome("record_on_site"), {"unknown"})



if __name__ == "__main__":
    unittest.main()
