#!/usr/bin/env python3
"""What a store takes in, keeps aside and waits for, and what it says of it at once.

usage: intake_test.py JIANLU ROOT
"""
import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

JIANLU, ROOT = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
FINE, WANTING, FAILED = 0, 1, 2
BUREAU = "qinhuangdao-water"
LEDGERS = "单位, 执法人员, 设备, 场次, 录像, 编辑疑点, 移交, 中断记录, 工作记录, 携带"
HEAD = f"""局: {BUREAU}
时区: Asia/Shanghai
交付:
- {{台账: [{LEDGERS}], 单位: D1, 截至: 2026-04-19}}
单位: [{{编号: D1, 配备类别: A类, 有执法职能: 是, 快照日: 2026-03-01T00:00}}]
"""


def session(key, day, more="", unit="D1"):
    return (f"- {{编号: {key}, 单位: {unit}, 活动: [日常检查], 开始: {day}T09:00, 到达: {day}T09:00, 结束: {day}T10:00, "
            f"携带: [{{设备: V1, 携带人: P1}}]{more}}}\n")


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_it(self, *arguments, expect=FINE, lang="zh", bureau=BUREAU, before=()):
        done = subprocess.run([*before, str(JIANLU), "--lang", lang, "--rules", str(ROOT / "rules"), "--bureau", bureau, "--store", str(self.folder / "s.db"),
                               *map(str, arguments)], capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def file(self, name, text):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def ingest(self, *paths, **how):
        return self.run_it("ingest", *paths, "--as-of", "2026-04-20T00:00", **how)

    def found(self):
        self.run_it("audit", "--as-of", "2026-04-20T00:00")
        out = self.run_it("--format", "json", "findings")
        return {(f["norm"].split("/")[1], f["subject"]): f["outcome"] for f in map(json.loads, out.splitlines())}


class OneKeyTwice(Case):
    """In one source the first stands, and the second proves nothing about anybody."""
    TWO = "第 7 行说过，而内容不同；两处只留一处，或者改正标识"

    def two_sessions(self):
        clip = ", 录像: [{编号: R1, 开始: 2026-03-03T09:00, 结束: 2026-03-03T10:00, 设备: V1}]"
        return HEAD + "场次:\n" + session("S1", "2026-03-02") + session("S1", "2026-03-03", clip) + session("S2", "2026-03-04")

    def test_yaml(self):
        path = self.file("two.yaml", self.two_sessions())
        said = self.ingest(path)
        self.assertIn(f"two.yaml:8: 场次 S1: “S1”已经在{self.TWO}", said)
        self.assertIn("搁置 1 处", said)
        self.assertIn("新增 3 行", said)
        found = self.found()
        # As without a store: the recording of the second may be the first one's.
        self.assertEqual(found["record_on_site", "session/S1"], "unknown")
        direct = self.run_it("audit", "--from", path, "--as-of", "2026-04-20T00:00", expect=WANTING)
        found_direct = {(f["norm"].split("/")[1], f["subject"]): f["outcome"]
                        for f in map(json.loads, (line for line in direct.splitlines() if line.startswith("{")))}
        self.assertEqual({k: v for k, v in found.items() if k[1].startswith("session/")},
                         {k: v for k, v in found_direct.items() if k[1].startswith("session/")})
        # The same file with one more line: what it says twice is still kept aside.
        said = self.ingest(self.file("two.yaml", self.two_sessions() + session("S3", "2026-03-05")))
        self.assertIn(self.TWO, said)
        self.assertIn("新增 1 行，不变 2，更新 1", said)
        # Mended: nothing is in doubt any longer.
        said = self.ingest(self.file("two.yaml", HEAD + "场次:\n" + session("S1", "2026-03-02") + session("S2", "2026-03-04")))
        self.assertIn("搁置 0 处", said)
        self.assertEqual(self.found()["record_on_site", "session/S1"], "breached")

    def test_json_lines(self):
        head = {"交付": [{"台账": LEDGERS.split(", "), "单位": "D1", "截至": "2026-04-19"}]}
        unit = {"单位": {"编号": "D1", "配备类别": "A类", "有执法职能": True, "快照日": "2026-03-01T00:00"}}
        row = {"编号": "S1", "单位": "D1", "活动": ["日常检查"], "开始": "2026-03-02T09:00", "到达": "2026-03-02T09:00", "结束": "2026-03-02T10:00",
               "携带": [{"设备": "V1", "携带人": "P1"}]}
        lines = [{"时区": "Asia/Shanghai"}, head, unit, {"场次": row}, {"场次": {**row, "录像": [{"编号": "R1", "开始": "2026-03-02T09:00", "结束": "2026-03-02T10:00"}]}}, {"场次": row}]
        path = self.file("two.jsonl", "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
        said = self.ingest(path, lang="en")
        self.assertIn("two.jsonl:5: session S1: `S1` was stated at line 4 already, with other content; keep one of the two, or correct the key", said)
        self.assertIn("2 rows added, 1 the same, 0 superseded, 10 deliveries, 1 set aside", said)
        self.assertEqual(self.found()["record_on_site", "session/S1"], "unknown")

    def test_tables(self):
        self.ingest(self.file("m.yaml", HEAD + "场次:\n" + session("S1", "2026-03-02")))
        header = "wjbh,start_time,end_time,wjcd,wjlx,jyxm,jybh,areacode,cpxh,ccwz,bfwz,wlwz,scsj,bzlx,gzz_ip,source\n"
        line = "R1,2026-03-02 09:00:00,2026-03-02 {},3600,1,W,P1,130300,V1,/a,/b,/c,2026-03-03 18:00:00,0,10.0.0.1,1\n"
        said = self.ingest(self.file("station.csv", header + line.format("10:00:00") + line.format("09:10:00")))
        self.assertIn("station.csv:3: 录像 R1: “R1”已经在第 2 行说过，而内容不同", said)
        self.assertNotIn(("record_on_site", "session/S1"), self.found())

    def test_rows_inside_one_row(self):
        clip = "{{编号: R1, 开始: 2026-03-02T09:00, 结束: 2026-03-02T{}, 设备: V1}}"
        inside = ", 录像: [" + clip.format("10:00") + ",\n " + clip.format("09:10") + ",\n " + clip.format("10:00") + "]"
        text = HEAD + "场次:\n" + session("S1", "2026-03-02", inside) + session("S2", "2026-03-04")
        said = self.ingest(self.file("m.yaml", text))
        self.assertIn("m.yaml:8: 场次 S1 / 录像 R1: “R1”已经在第 7 行说过，而内容不同", said)
        self.assertIn("搁置 1 处", said)
        self.assertNotIn(("record_on_site", "session/S1"), self.found())
        self.assertEqual(self.found()["record_on_site", "session/S2"], "breached")   # its own list is whole

    def test_another_source_supersedes(self):
        self.ingest(self.file("a.yaml", HEAD + "场次:\n" + session("S1", "2026-03-02")))
        said = self.ingest(self.file("b.yaml", HEAD + "场次:\n" + session("S1", "2026-03-03")))
        self.assertIn("更新 1", said)
        self.assertIn("搁置 0 处", said)


class Waiting(Case):
    """A row that names what nobody knows is not silent, and counts once that comes."""

    def rows(self):
        return (HEAD + "场次:\n" + session("S5", "2026-03-02") + "移交:\n"
                "- {场次: S-5, 导出于: 2026-03-02T17:00, 接收部门: 办公室}\n"
                "- {场次: S-5, 导出于: 2026-03-02T18:00, 接收部门: 办公室}\n"
                "录像:\n- {编号: R7, 场次: S_6, 开始: 2026-03-02T09:00, 结束: 2026-03-02T10:00}\n")

    def test_owners(self):
        said = self.ingest(self.file("m.yaml", self.rows()))
        transfer = "m.yaml:9: 移交: 等待场次“S-5”，它还没有交付（共 2 处）；交付后自动归入；标识写错了的，改正后重新交付：是否应为“S5”？"
        recording = "m.yaml:12: 录像: 等待场次“S_6”，它还没有交付；"
        for words in ("等待 2 处", transfer, recording):
            self.assertIn(words, said)
        audited = self.run_it("audit", "--as-of", "2026-04-20T00:00")
        for words in ("等待 2 处", transfer, recording):
            self.assertIn(words, audited)
        report = json.loads(self.run_it("--format", "json", "report"))
        self.assertEqual([row["where"].rsplit("/", 1)[-1] for row in report["set_aside"]], ["m.yaml:9", "m.yaml:12"])
        # Another source is not asked about what the first one said.
        said = self.ingest(self.file("b.yaml", HEAD + "场次:\n" + session("S8", "2026-03-04")), lang="en")
        self.assertNotIn("waiting", said)
        # They come: nothing waits any longer.
        self.ingest(self.file("c.yaml", HEAD + "场次:\n" + session("S-5", "2026-03-03") + session("S_6", "2026-03-04")))
        self.assertNotIn("等待", self.run_it("audit", "--as-of", "2026-04-20T00:00"))

    def test_units(self):
        text = HEAD.replace("单位: D1, 截至", "单位: [D1, 不存在的队], 截至") + "场次:\n" + session("S5", "2026-03-02", unit="D2")
        said = self.ingest(self.file("m.yaml", text), lang="en")
        self.assertIn("m.yaml:7: session: waits for unit `D2`, which nobody has delivered; it is joined once that comes; "
                      "where the key is wrong, correct it and hand it in again: did you mean `D1`?", said)
        self.assertIn("m.yaml:4: delivery: waits for unit `不存在的队`, which nobody has delivered (10 times)", said)

    def test_owners_that_are_owned(self):
        said = self.ingest(self.file("m.yaml", HEAD + "存储:\n- {录像: R9, 存储于: 2026-03-02T17:00}\n"), lang="en")
        self.assertIn("m.yaml:7: stored_copy: waits for recording `R9`", said)


class OtherBureau(Case):
    """局 names whose manifest it is; another's is not judged."""

    def test_yaml(self):
        text = HEAD + "场次:\n" + session("S1", "2026-03-02")
        other = text.replace(BUREAU, "luohe-animal-husbandry")
        said = self.ingest(self.file("m.yaml", other))
        self.assertIn("m.yaml:1:4: 局: 这是“luohe-animal-husbandry”的清单，而这里按“qinhuangdao-water”的规定采集和审核；整个文件没有读入；"
                      "写错了的改为 qinhuangdao-water；否则用 --bureau 按它自己的规定，另建数据库；现有：", said)
        self.assertIn("luohe-animal-husbandry、", said.split("现有：")[1])
        self.assertIn("新增 0 行", said)
        self.ingest(self.file("ours.yaml", text))
        self.assertEqual(self.found()["record_on_site", "session/S1"], "breached")    # the other's rows are none of ours
        said = self.ingest(self.file("typo.yaml", text.replace(BUREAU, "qinhuangdao-watr")), lang="en")
        self.assertIn("typo.yaml:1:4: 局: this is a manifest of `qinhuangdao-watr`, and `qinhuangdao-water` judges here", said)
        self.assertEqual(self.found()["record_on_site", "session/S1"], "unknown")     # what is misspelt may be ours
        self.run_it("audit", "--from", self.folder / "m.yaml", expect=WANTING)
        self.assertIn("新增 2 行", self.ingest(self.file("none.yaml", text.replace(f"局: {BUREAU}\n", "").replace("S1", "S3").replace("D1", "D9"))))

    def test_json_lines(self):
        unit = {"unit": {"id": "D1", "class": "class_a", "enforces": True, "snapshot_at": "2026-03-01T00:00"}}
        path = self.file("m.jsonl", json.dumps({"zone": "Asia/Shanghai", "bureau": "xyz"}) + "\n" + json.dumps(unit) + "\n")
        said = self.ingest(path)
        self.assertIn("m.jsonl:1: bureau: 这是“xyz”的清单", said.replace(":1:37:", ":1:"))
        self.assertIn("新增 0 行", said)
        self.assertIn("`qinhuangdao-water` judges here", self.run_it("audit", "--from", path, expect=FAILED, lang="en"))


class Folders(Case):
    """A folder that cannot be listed is no empty one."""
    # root reads everything; without these capabilities it is as anyone.
    BEFORE = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []

    def test_folders(self):
        self.file("day/m.yaml", HEAD)
        self.file("day/closed/n.yaml", HEAD)
        closed = self.folder / "day/closed"
        closed.chmod(0)
        self.addCleanup(closed.chmod, 0o700)
        for lang, words in (("zh", "closed: 文件夹打不开，其中的文件没有读取："), ("en", "closed: the folder cannot be listed, and no file in it was read: ")):
            for command in (["ingest", closed.parent], ["ingest", closed], ["audit", "--from", closed.parent], ["inspect", closed.parent], ["inspect", closed]):
                with self.subTest(lang=lang, command=command):
                    self.assertIn(words, self.run_it(*command, expect=FAILED, lang=lang, before=self.BEFORE))

    def test_rules(self):
        rules = self.folder / "rules"
        shutil.copytree(ROOT / "rules", rules)
        for part in ("common", "calendars", f"bureaus/{BUREAU}", "bureaus"):
            if not (rules / part).exists():
                continue
            (rules / part).chmod(0)
            done = subprocess.run([*self.BEFORE, str(JIANLU), "--lang", "en", "--rules", str(rules), "check"], capture_output=True, text=True)
            (rules / part).chmod(0o755)
            self.assertEqual(done.returncode, FAILED, part + done.stdout + done.stderr)
            self.assertIn("the folder cannot be listed", done.stdout + done.stderr, part)


class Instants(Case):
    def test_a_day_is_its_end(self):
        self.ingest(self.file("m.yaml", HEAD + "场次:\n" + session("S1", "2026-03-02")))
        self.assertIn("2026-03-05T00:00:00+08:00", self.run_it("audit", "--as-of", "2026-03-04"))
        said = self.run_it("audit", "--as-of", "2026-3-4", expect=FAILED)
        self.assertIn("应写作 2024-01-01 或 2024-01-01T08:00:00", said)
        today = datetime.date.today() + datetime.timedelta(days=1)      # over nowhere yet
        self.assertIn("T00:00:00+08:00", self.run_it("audit", "--as-of", str(today)))

    def test_in_a_manifest_an_instant_has_a_time(self):
        text = HEAD + "场次:\n" + session("S1", "2026-03-02").replace("开始: 2026-03-02T09:00", "开始: 2026-03-02")
        self.assertIn("“2026-03-02”不是时刻：只有日期，没有钟点；例如 2024-05-07T09:30", self.ingest(self.file("m.yaml", text)))
        self.assertIn("`2026-03-02` is no instant: a day without a time", self.ingest(self.file("n.yaml", text), lang="en"))


class Limits(Case):
    def test_size_of_files(self):
        path = self.file("m.yaml", HEAD + "场次:\n" + "".join(session(f"S{i}", "2026-03-02") for i in range(1000)))
        for lang, words in (("zh", "没有写完：到了文件大小的上限"), ("en", "could not be written to its end: the limit of a file's size")):
            said = self.ingest(path, expect=FAILED, lang=lang, before=["bash", "-c", 'ulimit -f 200; exec "$@"', "-"])
            self.assertIn(words, said)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
