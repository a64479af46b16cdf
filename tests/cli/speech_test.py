#!/usr/bin/env python3
"""What was said on the recordings, from transcript to verdict: each bureau's notice in its own wording, with variants that
must and must not count, in every form a transcript may have; explanations of interruptions; recognisers that misbehave.

usage: speech_test.py JIANLU ROOT
"""
import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

JIANLU, ROOT = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
DAY = datetime.datetime(2026, 3, 2)
AS_OF = "2026-04-20T00:00"
LEDGERS = ("单位, 执法人员, 设备, 案卷, 相对人, 场次, 参加人员, 录像, 编辑疑点, 存储, 语音, 携带, 中断记录, 情况报告, 书面说明, "
           "工作记录, 不可记录时段, 亮证, 询问, 文书, 移交")

FIXED = "为保护您的合法权益，监督我们的执法行为，本次执法全程录音录像。"
NAMED = "您好，我们是漯河市畜牧兽医执法大队执法人员张伟、李娜，" + FIXED
GREETED = "您好，本次执法过程将全程录音录像。"
WORDING = {"qinhuangdao-water": FIXED, "zaozhuang-urban-management": FIXED, "tongbai-market-regulation": FIXED,
           "luohe-animal-husbandry": NAMED, "dayu-education-sports": GREETED}
SATISFIED, BREACHED, UNKNOWN = "satisfied", "breached", "unknown"


# ── transcripts: cues are (start, end, words) in seconds ──

def stamp(seconds, comma):
    whole, millis = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{comma}{millis:03}"


def srt(cues):
    return "".join(f"{n}\n{stamp(a, ',')} --> {stamp(b, ',')}\n{words}\n\n" for n, (a, b, words) in enumerate(cues, 1))


def vtt(cues):
    return "WEBVTT\n\n" + "".join(f"{stamp(a, '.')} --> {stamp(b, '.')} align:start\n<v 执法人员>{words}\n\n" for a, b, words in cues)


def whisper(cues, heard=None):
    duration = {} if heard is None else {"duration": heard}
    return json.dumps({"text": "", "language": "zh", **duration, "segments": [{"id": n, "start": a, "end": b, "text": " " + words, "avg_logprob": float("nan")}
                                                                  for n, (a, b, words) in enumerate(cues)]}, ensure_ascii=False)


def whisper_cpp(cues):
    return json.dumps({"transcription": [{"offsets": {"from": round(a * 1000), "to": round(b * 1000)}, "text": words} for a, b, words in cues]}, indent=1)


def funasr(cues):
    return json.dumps([{"key": "clip", "text": "", "sentence_info": [{"text": words, "start": round(a * 1000), "end": round(b * 1000)} for a, b, words in cues]}])


def vosk(cues):
    return "\n".join(json.dumps({"result": [{"start": a, "end": b, "word": words, "conf": 1}], "text": " ".join(words)}, ensure_ascii=False) for a, b, words in cues)


FORMS = {"srt": (".srt", srt), "vtt": (".vtt", vtt), "whisper": (".json", whisper), "whisper.cpp": (".json", whisper_cpp), "funasr": (".json", funasr),
         "vosk": (".json", vosk)}


class Office:
    """A unit's footage and manifest in a folder, taken in and judged."""
    clips = {}

    def __init__(self, bureau, folder):
        self.bureau, self.folder, self.sessions = bureau, pathlib.Path(folder), []
        self.day = self.folder / "day"
        self.day.mkdir()

    @classmethod
    def clip(cls, seconds):
        if seconds not in cls.clips:
            path = pathlib.Path(SCRATCH.name) / f"{seconds}.avi"
            subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", f"color=gray:s=64x48:r=2:d={seconds}", "-f", "lavfi", "-i",
                            f"sine=sample_rate=8000:d={seconds}", "-c:v", "mjpeg", "-c:a", "pcm_s16le", str(path)], check=True, stdin=subprocess.DEVNULL)
            cls.clips[seconds] = path
        return cls.clips[seconds]

    def film(self, moment, seconds, transcript=None, extension=".srt"):
        path = self.day / f"V1_P1_{moment:%Y%m%d%H%M%S}.avi"
        shutil.copy(self.clip(seconds), path)
        if transcript is not None:
            path.with_suffix(extension).write_bytes(transcript.encode("utf-8") if isinstance(transcript, str) else transcript)
        return path

    def session(self, start, seconds, more=""):
        key = f"S{len(self.sessions) + 1}"
        end = start + datetime.timedelta(seconds=seconds)
        # A notice is owed before a party is questioned, where a bureau says so.
        asked = start + datetime.timedelta(seconds=min(seconds - 2, 320))
        self.sessions.append(f"- {{编号: {key}, 单位: D1, 活动: [日常检查], 开始: {start:%Y-%m-%dT%H:%M:%S}, 到达: {start:%Y-%m-%dT%H:%M:%S}, "
                             f"结束: {end:%Y-%m-%dT%H:%M:%S}, 相对人: X1, 参加人员: [{{参加人: P1}}, {{参加人: P2}}], "
                             f"询问: [{{开始: {asked:%Y-%m-%dT%H:%M:%S}}}]{more}}}")
        return key

    def judged(self, *options, deliver=True, expect=0):
        delivered = f"交付: [{{台账: [{LEDGERS}], 单位: D1, 截至: 2026-04-19}}]\n" if deliver else ""
        (self.day / "m.yaml").write_text(f"局: {self.bureau}\n时区: Asia/Shanghai\n{delivered}" + """单位: [{编号: D1, 配备类别: A类, 有执法职能: 是, 快照日: 2026-03-01T00:00}]
执法人员:
- {编号: P1, 姓名: 张伟, 单位: D1, 在岗: 是, 快照日: 2026-03-01T00:00}
- {编号: P2, 姓名: 李娜, 单位: D1, 在岗: 是, 快照日: 2026-03-01T00:00}
设备: [{编号: V1, 单位: D1, 种类: 记录仪, 状态: 在用, 快照日: 2026-03-01T00:00}]
相对人: [{编号: X1, 单位: D1}]
场次:
""" + "\n".join(self.sessions) + "\n", encoding="utf-8")
        self.said = self.run("ingest", self.day, "--as-of", AS_OF, *options, expect=expect)
        self.run("audit", "--as-of", AS_OF)
        found = {}
        for line in self.run("--format", "json", "findings").splitlines():
            finding = json.loads(line)
            norm = finding["norm"].split("/", 1)[1]
            found[norm, finding["subject"].split("/")[1].split("+")[0]] = finding
        self.found = found
        return found

    def run(self, *arguments, expect=0):
        done = subprocess.run([str(JIANLU), "--lang", "en", "--rules", str(ROOT / "rules"), "--bureau", self.bureau, "--store", str(self.folder / "s.db"),
                               *map(str, arguments)], capture_output=True, text=True, timeout=300)
        if done.returncode != expect:
            raise AssertionError(f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def outcome(self, norm, key):
        return self.found[norm, key]["outcome"] if (norm, key) in self.found else SATISFIED


def spaced(text):
    return " ".join(text)


def halfwidth(text):
    return text.replace("，", ", ").replace("。", ".").replace("、", ",")


def traditional(text):
    return text.translate(str.maketrans("为护权监们执录员张伟兽医队过将执务这证", "為護權監們執錄員張偉獸醫隊過將執務這證"))


def in_pieces(text, start=1.0):
    """As recognisers cut: at every comma, without punctuation."""
    cues = []
    for piece in re.split("[，。、]", text):
        if piece:
            cues.append((start, start + 0.5, piece))
            start += 0.9
    return cues


def variants(bureau):
    """name: (cues, outcome)"""
    words = WORDING[bureau]
    whole = lambda text: [(1.0, 4.0, text)]
    bare = re.sub("[，。、]", "", words)
    out = {
        "as written": (whole(words), SATISFIED),
        "without punctuation": (whole(bare), SATISFIED),
        "spaced": (whole(spaced(bare)), SATISFIED),
        "half width": (whole(halfwidth(words)), SATISFIED),
        "cut into cues": (in_pieces(words), SATISFIED),
        "amid other talk": (whole("各位好，打扰了。" + words + "请坐。") if bureau != "luohe-animal-husbandry" else whole(words + "请坐。"), SATISFIED),
        "amid other talk, with a slip": (whole("各位好，这是我们的执法证件，请看清楚，有话可以现在说。" + words.replace("录像", "录相") + "请坐，请把许可证拿来。"), SATISFIED),
        "in traditional characters": (whole(traditional("各位好，这是我们的执法证件。" + words)), SATISFIED),
        "asked back": (whole("各位好，" + words[:-1] + "吗？"), UNKNOWN),
        "understood?": (whole("各位好，" + words + "您听明白了吗？"), SATISFIED if bureau != "dayu-education-sports" else UNKNOWN),
        "refused": (whole("各位好，我拒绝" + words), UNKNOWN),
        "stopped, with a slip": (whole("各位好，现在停止" + words.replace("录像", "录相")), UNKNOWN),
        "other talk": (whole("请出示许可证。"), BREACHED),
        "nothing heard, of nobody knows how much": ([], UNKNOWN),
    }
    if words is FIXED or words is NAMED:
        out["a slip of the recogniser"] = (whole(words.replace("行为", "行位")), SATISFIED)
        out["with hesitation"] = (whole(words.replace("为保护", "呃为保护").replace("监督", "那个监督")), SATISFIED)
        out["a part missing"] = (whole(words.replace("监督我们的执法行为，", "")), UNKNOWN)
    if words is NAMED:
        out["another bureau"] = (whole(words.replace("漯河市畜牧兽医执法大队", "秦皇岛市水政监察支队")), UNKNOWN)
        out["another officer"] = (whole(words.replace("李娜", "王强")), UNKNOWN)
        out["nobody named"] = (whole(FIXED), BREACHED)
    if words is GREETED:
        out["no greeting"] = (whole("本次执法过程将全程录音录像。"), UNKNOWN)
        out["only a greeting"] = (whole("您好，打扰了。"), BREACHED)
    return out


class Notice(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(dir=SCRATCH.name)
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def test_wordings_are_the_official_ones(self):
        texts = os.environ.get("JIANLU_TEXTS")
        if texts is None:
            self.skipTest("JIANLU_TEXTS is not set")
        plain = lambda text: re.sub(r"[\s，。、,.:：“”\"]", "", text)
        for bureau, words in WORDING.items():
            text = plain(pathlib.Path(texts, bureau + ".txt").read_text(encoding="utf-8"))
            if bureau == "dayu-education-sports":
                self.assertIn("您好", text)
                self.assertIn(plain(words).removeprefix("您好"), text)
            else:
                self.assertIn(plain(words.replace("张伟、李娜", "××××××")), text)

    def test_each_bureaus_wording(self):
        for bureau in WORDING:
            with self.subTest(bureau=bureau), tempfile.TemporaryDirectory(dir=SCRATCH.name) as folder:
                office, expected, names, words = Office(bureau, folder), {}, {}, WORDING[bureau]
                moment = DAY + datetime.timedelta(hours=8)
                for name, (cues, outcome) in variants(bureau).items():
                    for form, (extension, write) in FORMS.items():
                        key = office.session(moment, 16)
                        office.film(moment - datetime.timedelta(seconds=2), 20, write(cues), extension)
                        expected[key], names[key] = outcome, f"{name}, {form}"
                        moment += datetime.timedelta(minutes=5)
                talk = "1\n00:00:01,000 --> 00:00:02,000\n请坐。\n\n2\n"
                others = {"no transcript": (None, UNKNOWN), "a broken cue": ("1\n00:00:0x,0 --> 00:00:03,0\n一\n\n2\n00:00:05,0 --> 00:00:06,0\n二\n", UNKNOWN),
                          "an empty file": ("", UNKNOWN), "no times": (talk + words + "\n", UNKNOWN), "no arrow": (talk + f"00:00:07,100 00:00:09,000\n{words}\n", UNKNOWN),
                          "another arrow": (talk + f"00:00:07,100 —> 00:00:09,000\n{words}\n", SATISFIED),
                          "a sign that is no markup": (talk + f"00:00:07,100 --> 00:00:09,000\n体温<38度。\n{words}\n", SATISFIED)}
                for name, (text, outcome) in others.items():
                    key = office.session(moment, 16)
                    office.film(moment - datetime.timedelta(seconds=2), 20, text)
                    expected[key], names[key] = outcome, name
                    moment += datetime.timedelta(minutes=5)
                key = office.session(moment, 16)
                office.film(moment - datetime.timedelta(seconds=2), 20, whisper([], heard=20), ".json")
                expected[key], names[key] = BREACHED, "nobody speaks"
                office.judged()
                got = {names[key]: office.outcome("notify", key) for key in expected}
                self.assertEqual(got, {names[key]: outcome for key, outcome in expected.items()})

    def test_nothing_is_held_against_anyone_where_transcripts_are_not_delivered(self):
        office = Office("qinhuangdao-water", self.folder)
        key = office.session(DAY + datetime.timedelta(hours=9), 16)
        office.film(DAY + datetime.timedelta(hours=8, minutes=59, seconds=58), 20, srt([(1, 2, "请坐。")]))
        office.judged(deliver=False)
        self.assertNotIn(BREACHED, {office.outcome(norm, subject) for norm, subject in office.found if norm == "notify"})

    def test_the_time_is_that_of_the_first_match(self):
        """Too late by the clock: the finding says when it was said, in every form the same."""
        office, keys = Office("qinhuangdao-water", self.folder), {}
        for hour, (form, (extension, write)) in enumerate(FORMS.items()):
            start = DAY + datetime.timedelta(hours=9 + hour)
            cues = [(2, 3, "请坐。"), (310.25, 314, FIXED), (360, 364, FIXED)]
            office.film(start - datetime.timedelta(seconds=2), 400, write(cues), extension)
            keys[form] = office.session(start, 390), start
        office.judged()
        for form, (key, start) in keys.items():
            with self.subTest(form=form):
                finding = office.found["notify", key]
                self.assertEqual(finding["outcome"], BREACHED)
                said = datetime.datetime.fromisoformat(finding["cured_at"]).replace(tzinfo=None)
                self.assertLessEqual(abs((said - start).total_seconds() - 308.25), 4.01, finding)

    def test_a_corrected_transcript_takes_the_place_of_the_first(self):
        office = Office("qinhuangdao-water", self.folder)
        start = DAY + datetime.timedelta(hours=9)
        key = office.session(start, 16)
        clip = office.film(start - datetime.timedelta(seconds=2), 20, srt([(1, 4, FIXED)]))
        office.judged()
        self.assertEqual(office.outcome("notify", key), SATISFIED)
        clip.with_suffix(".srt").write_text(srt([(1, 4, "请坐。")]), encoding="utf-8")
        office.judged()
        self.assertEqual(office.outcome("notify", key), BREACHED)
        clip.with_suffix(".srt").unlink()
        office.judged()
        self.assertEqual(office.outcome("notify", key), UNKNOWN)


class Explanation(unittest.TestCase):
    """After an interruption, the reason is said aloud."""

    def test_interruptions(self):
        cases = {"刚才因为设备故障，录制中断了，现在继续。": SATISFIED, "刚 才 设备 故障 , 录制 中止": SATISFIED, "刚才机器没电了，我们接着来。": UNKNOWN,
                 None: UNKNOWN, "": BREACHED}
        for bureau in ("qinhuangdao-water", "luohe-animal-husbandry"):
            with self.subTest(bureau=bureau), tempfile.TemporaryDirectory(dir=SCRATCH.name) as folder:
                office, expected = Office(bureau, folder), {}
                for hour, (words, outcome) in enumerate(cases.items()):
                    start = DAY + datetime.timedelta(hours=9 + hour)
                    at = lambda seconds: f"{start + datetime.timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%S}"
                    more = f", 中断记录: [{{时段: {{从: {at(10)}, 至: {at(75)}}}, 原因: 设备故障}}]"
                    key = office.session(start, 86, more)
                    office.film(start - datetime.timedelta(seconds=2), 20, vtt([(1, 4, WORDING[bureau])]), ".vtt")
                    # Words within twice the clock's 4 s after the restart may, as far as the bounds tell, lie before it: then it is unknown.
                    text = None if words is None else whisper([(10, 12, words)] if words else [], heard=20)
                    office.film(start + datetime.timedelta(seconds=68), 20, text, ".json")
                    expected[key] = outcome
                office.judged()
                self.assertEqual({key: office.outcome("explain_aloud", key) for key in expected}, expected)


class Recogniser(unittest.TestCase):
    """A configured command: what it does wrong costs its clip a verdict, and nothing else."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(dir=SCRATCH.name)
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def test_each_clip_for_itself(self):
        good = self.folder / "good.json"
        good.write_text(whisper([(1, 4, FIXED)]), encoding="utf-8")
        silent = self.folder / "silent.json"
        silent.write_text(whisper([], heard=20), encoding="utf-8")
        script = self.folder / "asr"
        script.write_text(f"""#!/bin/sh
echo "$1" >> {self.folder}/calls
case "$1" in
  *_202603020900*) cat {good} ;;
  *_202603020910*) cat {silent} ;;
  *_202603020920*) sleep 600 ;;
  *_202603020930*) kill -SEGV $$ ;;
  *_202603020940*) yes 录音 ;;
  *_202603020950*) echo 'hello, world' ;;
  *_202603021000*) echo '{{"segments": [{{"start": 1,' ;;
  *_202603021010*) echo 'no such model' >&2; exit 3 ;;
  *_202603021020*) echo '{{"segments": []}}' ;;
esac
""", encoding="utf-8")
        script.chmod(0o755)
        office, expected = Office("qinhuangdao-water", self.folder), {}
        for minute, outcome in ((0, SATISFIED), (10, BREACHED)) + tuple((m, UNKNOWN) for m in (20, 30, 40, 50, 60, 70, 80)):
            start = DAY + datetime.timedelta(hours=9, minutes=minute, seconds=2)
            key = office.session(start, 16)
            # Each clip has bytes of its own: output is kept by content.
            path = office.film(start - datetime.timedelta(seconds=2), 20)
            with open(path, "ab") as clip:
                clip.write(f"JUNK{minute:04}".encode())
            expected[key] = outcome
        beside = DAY + datetime.timedelta(hours=11)
        key = office.session(beside, 16)
        office.film(beside - datetime.timedelta(seconds=2), 20, srt([(1, 4, FIXED)]))
        expected[key] = SATISFIED
        command = f"{script} {{file}}"
        office.judged("--recogniser", command, "--recogniser-seconds", "2")
        self.assertEqual({key: office.outcome("notify", key) for key in expected}, expected, office.said)
        for words in ("had not ended after 2 s", "died of signal 11", "printed more than 16 MiB", "no timed words found", "breaks off", "exit code 3; it said: no such model"):
            self.assertEqual(office.said.count(words), 1, (words, office.said))
        calls = (self.folder / "calls").read_text().splitlines()
        self.assertEqual(len(calls), 9)
        # What came of it is kept: those clips are not listened to again.
        office.judged("--recogniser", command, "--recogniser-seconds", "2")
        again = (self.folder / "calls").read_text().splitlines()[9:]
        self.assertEqual(len(again), 6)
        self.assertEqual({key: office.outcome("notify", key) for key in expected}, expected, office.said)

    def test_a_command_that_is_none(self):
        office = Office("qinhuangdao-water", self.folder)
        for command, words in (("asr", "no {file}"), ("sh -c 'asr {file}|jq .'", "argument of its own")):
            done = subprocess.run([str(JIANLU), "--lang", "en", "--rules", str(ROOT / "rules"), "--bureau", "qinhuangdao-water", "--store", str(self.folder / "s.db"),
                                   "ingest", str(office.day), "--recogniser", command], capture_output=True, text=True)
            self.assertEqual(done.returncode, 2)
            self.assertIn(words, done.stderr)


if __name__ == "__main__":
    SCRATCH = tempfile.TemporaryDirectory()
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
