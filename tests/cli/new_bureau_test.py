#!/usr/bin/env python3
"""A bureau from its text: what `jianlu new bureau` writes, the guide of the legal office followed step by step, and a sixth
bureau, of which nothing is in the program.

usage: new_bureau_test.py JIANLU ROOT
JIANLU_TEXTS names the folder of the official texts; without it the tests that need them say SKIPPED.
JIANLU_UPDATE_GOLDEN=1 writes the folders scaffold of tests/golden/sixth and seventh anew.
"""
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
# Invented regulations, drafted before any rule was thought of. The second is marked with ｜ where a person divides sentences.
INVENTED = {"yunze-transport": (ROOT / "tests/golden/sixth", "15条，36处原文，都待归类"),
            "lanchuan-emergency": (ROOT / "tests/golden/seventh", "16条，54处原文，都待归类")}
FILES = ["cases.yaml", "regulation.en.yaml", "regulation.law", "source.yaml"]
FINE, WANTING, FAILED = 0, 1, 2


class Bureau(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.rules = self.folder / "rules"
        self.rules.mkdir()
        shutil.copy(ROOT / "rules/vocabulary.law", self.rules)
        for part in ("calendars", "common"):
            if (ROOT / "rules" / part).exists():
                shutil.copytree(ROOT / "rules" / part, self.rules / part)

    def run_program(self, *arguments, lang="zh"):
        command = [JIANLU, "--lang", lang, *map(str, arguments), "--rules", self.rules]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, timeout=300)
        return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")

    def new(self, bureau, text, lang="zh"):
        if not isinstance(text, bytes):
            text = text.encode("utf-8")
        path = self.folder / "text" / (bureau + ".txt")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text)
        return self.run_program("new", "bureau", bureau, "--text", path, lang=lang)

    def bureau(self, name):
        return self.rules / "bureaus" / name

    def statements(self, name):
        return re.findall(r"^- \{at: ([^,]+),", (self.bureau(name) / "source.yaml").read_text(encoding="utf-8"), re.M)

    def all_open(self, name):
        """The files are sound, agree with the text, and every statement is listed as not covered."""
        law = (self.bureau(name) / "regulation.law").read_text(encoding="utf-8")
        places = self.statements(name)
        self.assertGreater(len(places), 0)
        self.assertEqual(len(re.findall(r"^// 待归类 ", law, re.M)), len(places))
        self.assertEqual(self.run_program("check")[0], FINE)
        self.assertEqual(self.run_program("test", name)[0], FINE)
        code, out, err = self.run_program("coverage", name, "--texts", self.folder / "text", "--format", "json")
        self.assertEqual((code, err), (WANTING, ""))
        table, = json.loads(out)
        self.assertEqual((table["statements"]["total"], table["statements"]["covered"]), (len(places), 0))
        self.assertEqual(table["articles"]["covered"], 0)
        self.assertEqual(table.get("changes", []), [])
        return places


class Scaffold(Bureau):
    def test_golden(self):
        for bureau, (folder, counted) in INVENTED.items():
            with self.subTest(bureau):
                code, out, err = self.new(bureau, (folder / (bureau + ".txt")).read_bytes())
                self.assertEqual((code, err), (FINE, ""))
                self.assertIn(counted, out)
                for name in FILES:
                    written = (self.bureau(bureau) / name).read_text(encoding="utf-8")
                    if os.environ.get("JIANLU_UPDATE_GOLDEN"):
                        (folder / "scaffold" / name).write_text(written, encoding="utf-8")
                    self.assertEqual(written, (folder / "scaffold" / name).read_text(encoding="utf-8"), name)
                self.all_open(bureau)

    def test_marks_divide_and_are_no_words(self):
        self.new("plain", "某局办法\n第一条 应当报告，并由领导签字。\n")
        self.new("marked", "某局办法\n第一条 应当报告，｜并由领导签字。\n")
        self.assertEqual(self.statements("plain"), ["第一条第一款第一句"])
        self.assertEqual(self.statements("marked"), ["第一条第一款第一句第一分句", "第一条第一款第一句第二分句"])
        shutil.copy(self.folder / "text/plain.txt", self.folder / "text/marked.txt")
        code, out, _ = self.run_program("coverage", "marked", "--texts", self.folder / "text", "--format", "json")
        self.assertEqual(json.loads(out)[0].get("changes", []), [])

    def test_lists_without_numbers_are_said(self):
        code, _, err = self.new("bureau", "某局办法\n第一条 期限：\n——甲，一年；\n——乙，二年。\n")
        self.assertEqual(code, FINE)
        self.assertIn("列项没有编号", err)

    def test_inserted_articles_are_refused(self):
        for text in ("某局办法\n第一条 甲应当报告。\n第一条之一 乙应当签字。\n", "某局办法\n第一条 甲。\n第二条　乙。\n第二条之十二　丙。\n第三条 丁。\n",
                     "某局办法\n第一条之一 甲。\n"):
            named = "第二条之十二" if "十二" in text else "第一条之一"
            for lang, words in (("zh", f"有插条“{named}”"), ("en", f"has the inserted article {named}")):
                code, _, err = self.new("bureau", text, lang)
                self.assertEqual(code, FAILED)
                self.assertIn(words, err)
                self.assertFalse(self.bureau("bureau").exists())
        # A paragraph that begins with a reference is none.
        self.assertEqual(self.new("bureau", "某局办法\n第一条 甲。\n第一条之一规定的情形，乙应当签字。\n")[0], FINE)

    def test_official_texts(self):
        texts = os.environ.get("JIANLU_TEXTS")
        bureaus = sorted(path.name for path in (ROOT / "rules/bureaus").iterdir())
        if not texts:
            print(f"SKIPPED: {len(bureaus)} official texts; JIANLU_TEXTS names no folder")
            self.assertFalse(os.environ.get("JIANLU_REQUIRE_SAMPLES"), "JIANLU_TEXTS is not set")
            return
        paths = sorted(pathlib.Path(texts).glob("*.txt"))
        self.assertGreaterEqual(len(paths), len(bureaus))
        for path in paths:
            with self.subTest(path.stem):
                text = path.read_bytes()
                code, _, err = self.new(path.stem, text)
                self.assertEqual((code, err), (FINE, ""))
                self.all_open(path.stem)
                # No more than the first characters of a statement get into the files.
                plain = re.sub(r"\s", "", text.decode("utf-8"))
                for line in (self.bureau(path.stem) / "regulation.law").read_text(encoding="utf-8").splitlines():
                    if line.startswith("// 待归类"):
                        self.assertLessEqual(len(line.split("：", 1)[1]), 9, line)
                self.assertGreater(len(plain), 1000)

    def test_refusals(self):
        text = "某局办法\n第一条 记录应当移交。\n"
        for lang, taken, bad, encoding, empty, order in (
                ("zh", "不覆盖", "不能作代号", "UTF-8", "没有条文", "应当递增"),
                ("en", "not overwritten", "is no id", "UTF-8", "no articles", "articles ascend")):
            name = "bureau-" + lang
            self.assertEqual(self.new(name, text, lang)[0], FINE)
            before = {f: (self.bureau(name) / f).read_bytes() for f in FILES}
            for arguments, message in (((name, text), taken), (("Bad_Id", text), bad), (("a--b", text), bad),
                                       (("gbk", text.encode("gb18030")), encoding), (("nothing", "某局办法\n"), empty),
                                       (("annex", text + "第三条 甲。\n第二条 乙。\n"), order)):
                code, out, err = self.new(*arguments, lang)
                self.assertEqual((code, out), (FAILED, ""), arguments[0])
                self.assertIn(message, err)
                self.assertEqual(err.count("\n"), 1, err)
            self.assertEqual(before, {f: (self.bureau(name) / f).read_bytes() for f in FILES})
            shutil.rmtree(self.bureau(name))
        self.assertEqual(self.run_program("new", "bureau", "x", "--text", self.folder / "none.txt")[0], FAILED)
        self.assertEqual(sorted((self.rules / "bureaus").iterdir()), [])

    def test_no_rules_folder(self):
        (self.rules / "vocabulary.law").unlink()
        code, _, err = self.new("bureau", "第一条 甲。\n")
        self.assertEqual(code, FAILED)
        self.assertIn("vocabulary.law", err)

    def test_no_place_to_write(self):
        (self.rules / "bureaus").write_text("")
        code, out, err = self.new("bureau", "第一条 甲。\n")
        self.assertEqual((code, out), (FAILED, ""))
        self.assertIn("写不进去", err)

    def test_numbers_left_out_are_said(self):
        code, _, err = self.new("bureau", "某局办法\n第一条 甲。\n第三条 有下列情形的：\n（一）乙；\n丙。\n（三）丁。\n")
        self.assertEqual(code, FINE)
        self.assertIn("第一条之后直接是第三条", err)
        self.assertIn("第一项之后直接是第三条第一款第三项", err)

    def test_english(self):
        code, out, err = self.new("bureau", "某局办法\n第一条 甲。\n", "en")
        self.assertEqual((code, err), (FINE, ""))
        self.assertIn("1 articles, 1 statements, all to be classified", out)
        for lang, mark in (("zh", "例："), ("en", "Example: ")):
            code, out, _ = self.run_program("new", "bureau", "--help", lang=lang)
            self.assertEqual(code, FINE)
            self.assertIn(mark, out)
            self.assertIn("\n  jianlu new bureau ", out)


class Invented(Bureau):
    def test_a_further_bureau_needs_no_program(self):
        """Both at once: each has a vocabulary of its own, and one name (大队负责人) is in both."""
        (self.folder / "text").mkdir()
        for bureau, (folder, _) in INVENTED.items():
            shutil.copytree(folder / "bureau", self.bureau(bureau))
            text = (folder / (bureau + ".txt")).read_text(encoding="utf-8")
            (self.folder / "text" / (bureau + ".txt")).write_text(text.replace("｜", ""), encoding="utf-8")
        code, out, err = self.run_program("check")
        self.assertEqual((code, err), (FINE, ""), out)
        self.assertNotIn("警告[", out)
        code, out, err = self.run_program("coverage", "--texts", self.folder / "text")
        self.assertEqual((code, err), (FINE, ""), out)
        for bureau, (folder, _) in INVENTED.items():
            code, out, err = self.run_program("test", bureau)
            self.assertEqual((code, err), (FINE, ""), out)
            cases = (folder / "bureau/cases.yaml").read_text(encoding="utf-8").count("- 名称:")
            self.assertGreaterEqual(cases, 15)
            self.assertIn(str(cases), out)

    def test_the_schema_of_manifests_holds_the_names_of_the_bureau_at_hand(self):
        for bureau, (folder, _) in INVENTED.items():
            shutil.copytree(folder / "bureau", self.bureau(bureau))
        for bureau, seen in (("yunze-transport", "拦停于"), ("lanchuan-emergency", "支队长指定"), ("", "")):
            arguments = ["schema", *(["--bureau", bureau] if bureau else [])]
            code, out, err = self.run_program(*arguments)
            self.assertEqual((code, err), (FINE, ""))
            fields = json.loads(out)["$defs"]["row-session"]["properties"]
            for name in ("拦停于", "支队长指定"):
                self.assertEqual(name in fields, name == seen, bureau)

    def test_the_names_of_another_bureau_are_not_known(self):
        for bureau, (folder, _) in INVENTED.items():
            shutil.copytree(folder / "bureau", self.bureau(bureau))
        law = self.bureau("lanchuan-emergency") / "regulation.law"
        text = law.read_text(encoding="utf-8")
        law.write_text(text.replace("s.支队长指定", "s.造成不良影响"), encoding="utf-8")
        code, out, err = self.run_program("check")
        self.assertEqual(code, WANTING)
        self.assertIn("造成不良影响", out + err)
        law.write_text(text, encoding="utf-8")
        cases = self.bureau("lanchuan-emergency") / "cases.yaml"
        cases.write_text(cases.read_text(encoding="utf-8").replace("支队长指定: 是", "造成不良影响: 是"), encoding="utf-8")
        code, out, err = self.run_program("test", "lanchuan-emergency")
        self.assertEqual(code, WANTING)
        self.assertIn("造成不良影响", out + err)


class Guide(Bureau):
    def blocks(self, kind, page="docs/legal-office.zh-CN.md"):
        return re.findall(r"```" + kind + r"\n(.*?\n)```", (ROOT / page).read_text(encoding="utf-8"), re.S)

    def test_followed_step_by_step(self):
        text, = self.blocks("text")
        self.assertEqual(self.new("qingxi-fishery", text)[0], FINE)
        self.assertEqual(len(self.all_open("qingxi-fishery")), 14)
        folder = self.bureau("qingxi-fishery")
        stubs, = self.blocks("stubs")
        self.assertIn(stubs, (folder / "regulation.law").read_text(encoding="utf-8"))

        laws = self.blocks("law")
        vocabulary, = [law for law in laws if law.startswith("词汇")]
        (folder / "vocabulary.law").write_text(vocabulary, encoding="utf-8")
        (folder / "regulation.law").write_text("\n".join(law for law in laws if law != vocabulary), encoding="utf-8")
        (folder / "cases.yaml").write_text("".join(self.blocks("yaml")), encoding="utf-8")
        for command in (["check"], ["coverage", "qingxi-fishery", "--texts", self.folder / "text"], ["test", "qingxi-fishery"]):
            code, out, err = self.run_program(*command)
            self.assertEqual((code, err), (FINE, ""), out)

        # Part 8: the regulation is amended.
        (self.folder / "text/qingxi-fishery.txt").write_text(text.replace("两个工作日", "三个工作日"), encoding="utf-8")
        code, out, _ = self.run_program("coverage", "qingxi-fishery", "--texts", self.folder / "text")
        self.assertEqual(code, WANTING)
        self.assertIn("已变 第四条第一款第一句第一分句", out)
        self.assertIn("移交保存", out.split("已变 ", 1)[1].split("\n", 1)[0])
        self.assertEqual(out.count("已变 "), 1)

    def test_its_commands_are_known(self):
        for page in ("docs/legal-office.zh-CN.md", "docs/legal-office.md"):
            text = (ROOT / page).read_text(encoding="utf-8")
            commands = set(re.findall(r"jianlu ((?:new bureau|[a-z]+))([^`\n]*)", text))
            self.assertGreater(len(commands), 6)
            for command, rest in commands | {("coverage", "--against")}:
                code, out, _ = self.run_program(*command.split(), "--help")
                self.assertEqual(code, FINE, command)
                for option in re.findall(r"--[a-z]+", rest):
                    self.assertIn(option, out, page + ": " + command)

    def test_both_languages_show_the_same(self):
        for kind in ("text", "stubs", "law", "yaml"):
            self.assertEqual(self.blocks(kind), self.blocks(kind, "docs/legal-office.md"))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
