#!/usr/bin/env python3
"""Reports in a real browser: every text is shown, no script runs, nothing is fetched.

usage: browser_test.py WRITE_MADE_UP

A server on the loopback interface hands out the pages and writes down every request. The hostile report has markup in
every text that would call the server, or change the title, if it came alive; a page in which it does come alive shows
that the test would see it.
"""
import html.parser
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
HOSTILE = ("</title></style></svg></textarea>--><script>document.title='ran';fetch('{0}/script')</script>"
           "<img src={0}/image onerror=\"document.title='ran'\"><link rel=stylesheet href={0}/style>"
           "<iframe src={0}/frame></iframe><svg onload=\"document.title='ran'\"><style>@import '{0}/import'</style></svg>"
           "\" style=\"background:url({0}/url)\" onmouseover='x' {{{{t.title}}}} \u202e \u2066 \x01")


class Server(http.server.ThreadingHTTPServer):
    def __init__(self, folder):
        self.asked = []
        super().__init__(("127.0.0.1", 0), lambda *a: Handler(*a, directory=folder))
        self.origin = f"http://127.0.0.1:{self.server_port}"


class Handler(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        super().do_GET()

    def log_message(self, *args):
        pass


class Reader(html.parser.HTMLParser):
    """The texts, elements and titles of a page as the browser holds it."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.handlers, self.addresses, self.text, self.title, self.inside = [], [], [], "", "", []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.append(tag)
        self.inside.append(tag)
        self.handlers += [name for name, _ in attributes if name.startswith("on") or name == "style"]
        self.addresses += [value for name, value in attributes if name in ("href", "src")]

    def handle_endtag(self, tag):
        while tag in self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data):
        if self.inside and self.inside[-1] == "title" and "svg" not in self.inside:
            self.title += data
        if "style" not in self.inside:
            self.text += data


def squeeze(text):
    return re.sub(r"\s+", "", text)


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


class Pages(unittest.TestCase):
    browser = None
    write_made_up = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.server = Server(cls.folder.name)
        cls.thread = threading.Thread(target=cls.server.serve_forever, daemon=True)
        cls.thread.start()

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()
        cls.folder.cleanup()

    def write(self, tail=""):
        subprocess.run([self.write_made_up, self.folder.name] + ([tail] if tail else []), check=True)

    def load(self, name):
        """The page after its scripts, if any, have run; and what was asked of the server meanwhile."""
        self.server.asked.clear()
        with tempfile.TemporaryDirectory() as profile:
            done = subprocess.run(
                [self.browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
                 "--disable-background-networking", "--disable-component-update", "--no-first-run",
                 "--virtual-time-budget=5000", "--dump-dom", f"{self.server.origin}/{name}"],
                capture_output=True, timeout=240, check=True)
        return Reader(done.stdout.decode()), [path for path in self.server.asked if path != "/favicon.ico"]

    def test_every_text_of_the_report_is_on_the_page(self):
        self.write()
        page, asked = self.load("zh.html")
        self.assertEqual(asked, ["/zh.html"])
        shown = squeeze(page.text)
        report = json.loads(pathlib.Path(self.folder.name, "zh.json").read_text(encoding="utf-8"))
        for name in ("as_of", "zone", "period"):
            del report[name]
        said = [s for s in strings(report) if s and not re.fullmatch(r"\d{4}-\d\d-\d\dT.*|[a-z_]+|image/png", s)]
        self.assertGreater(len(said), 150)
        self.assertEqual([s for s in said if squeeze(s) not in shown], [])
        self.assertIn("2026年3月9日08:00:00", shown)

    def test_nothing_hostile_comes_alive(self):
        self.write(HOSTILE.format(self.server.origin))
        for name in ("zh.html", "en.html"):
            with self.subTest(page=name):
                page, asked = self.load(name)
                self.assertEqual(asked, [f"/{name}"])
                self.assertTrue(page.title.startswith("执法" if name == "zh.html" else "Report on"), page.title)
                for element in ("script", "iframe", "link", "object", "embed", "form", "base"):
                    self.assertNotIn(element, page.elements)
                self.assertEqual(page.elements.count("style"), 1)
                self.assertEqual(page.handlers, [])
                self.assertEqual([a for a in page.addresses if not re.match(r"#|data:image/png;base64,", a)], [])
                self.assertIn(squeeze("<script>document.title='ran'"), squeeze(page.text))
                self.assertIn("{{t.title}}", page.text)
                self.assertIn("[U+202E]", page.text)

    def test_this_test_sees_what_comes_alive(self):
        page = "<!doctype html><title>x</title><p>" + HOSTILE.format(self.server.origin)
        pathlib.Path(self.folder.name, "alive.html").write_text(page, encoding="utf-8")
        seen, asked = self.load("alive.html")
        self.assertLessEqual({"/script", "/image", "/style", "/frame"}, set(asked))
        self.assertIn("script", seen.elements)
        self.assertIn("onerror", seen.handlers)
        self.assertEqual(seen.title, "ran")

    def test_the_content_policy_stops_what_would_get_through(self):
        self.write()
        page = pathlib.Path(self.folder.name, "zh.html").read_text(encoding="utf-8")
        page = page.replace("<main>", "<main>" + HOSTILE.format(self.server.origin), 1)
        pathlib.Path(self.folder.name, "pierced.html").write_text(page, encoding="utf-8")
        seen, asked = self.load("pierced.html")
        self.assertEqual(asked, ["/pierced.html"])
        self.assertIn("script", seen.elements)
        self.assertEqual(seen.title, "执法音像记录核查报告")


if __name__ == "__main__":
    Pages.write_made_up = sys.argv.pop()
    Pages.browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if Pages.browser is None:
        count = unittest.defaultTestLoader.loadTestsFromTestCase(Pages).countTestCases()
        print(f"SKIPPED: {count} tests, no Chromium to load reports in")
        sys.exit(1 if os.environ.get("JIANLU_REQUIRE_SAMPLES") else 0)
    unittest.main()
