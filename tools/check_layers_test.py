#!/usr/bin/env python3
"""check_layers.py on small trees made here: each rule is broken once, and a tree that keeps them all is silent."""
import pathlib
import tempfile
import unittest

import check_layers

ROOT = """foreach(stage IN ITEMS
    engine/source engine/syntax engine/graph engine/exec engine/reference engine/store
    adapters report engine cli bench)
endforeach()
"""


def check(files):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "CMakeLists.txt").write_text(ROOT)
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        return list(check_layers.violations(root))


class Layers(unittest.TestCase):
    def assert_one(self, files, *words):
        found = check(files)
        self.assertEqual(len(found), 1, found)
        for word in words:
            self.assertIn(word, found[0])

    def test_a_tree_that_keeps_the_rules(self):
        self.assertEqual(check({
            "engine/syntax/parse.cc": '#include <antlr4-runtime.h>\n#include "engine/source/source.h"\n'
                                      '#include "JianluParser.h"\n',
            "engine/graph/graph.cc": '#include <boost/graph/adjacency_list.hpp>\n',
            "engine/store/sqlite/open.cc": '#include <sqlite3.h>\n',
            "engine/audit.cc": '#include "report/report.h"\n#include "engine/store/store.h"\n',
            "adapters/manifest/read.cc": '#include <yaml-cpp/yaml.h>\n#include "engine/source/source.h"\n',
            "adapters/footage/probe/open.cc": '#include <libavformat/avformat.h>\n',
            "cli/main.cc": '#include "engine/audit.h"\n',
            "tests/unit/exec/a.cc": '#include "engine/exec/run.h"\n#include "engine/reference/run.h"\n',
        }), [])

    def test_a_later_stage(self):
        self.assert_one({"engine/source/source.cc": '\n#include "engine/graph/graph.h"\n'},
                        "engine/source/source.cc:2:", "engine/graph is a later stage than engine/source")

    def test_the_flow_is_later_than_its_stages(self):
        self.assert_one({"report/html.cc": '#include "engine/audit.h"\n'}, "engine is a later stage than report")

    def test_the_evaluators_stay_apart(self):
        self.assert_one({"engine/reference/run.cc": '#include "engine/exec/run.h"\n'}, "share no code")

    def test_the_product_includes_no_test(self):
        self.assert_one({"report/html.cc": '#include "tests/unit/report/made_up.h"\n'}, "never the other way")

    def test_third_parties_stay_in_their_places(self):
        for path, header, name in [
            ("engine/syntax/format.cc", "<antlr4-runtime.h>", "ANTLR"),
            ("engine/model/build.cc", '"JianluParser.h"', "ANTLR"),
            ("engine/graph/graph.h", "<boost/graph/adjacency_list.hpp>", "Boost.Graph"),
            ("engine/store/store.h", "<sqlite3.h>", "SQLite"),
            ("tests/unit/audit/audit.cc", "<sqlite3.h>", "SQLite"),
            ("report/html.cc", "<yaml-cpp/yaml.h>", "yaml-cpp"),
            ("adapters/footage/run_probe.cc", "<libavformat/avformat.h>", "FFmpeg"),
            ("cli/inspect.cc", "<libswscale/swscale.h>", "FFmpeg"),
        ]:
            with self.subTest(path=path):
                self.assert_one({path: f"#include {header}\n"}, path, name)


if __name__ == "__main__":
    unittest.main()
