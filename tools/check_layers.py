#!/usr/bin/env python3
"""Checks who includes whom.

A stage is a folder named in the list of stages in the root CMakeLists.txt; sub-folders belong to it unless they are
in the list themselves. The relation, in one table:

    a file of      may include files of
    a stage        the same stage, and every stage that stands earlier in the list, less those in APART
    tests/, bench/ everything

Headers of third parties that must not spread are included only in the places that PLACES names.

usage: check_layers.py [ROOT]     prints one line per violation; exit code 1 when there is one
"""
import fnmatch
import pathlib
import re
import sys

# Earlier stages that a stage must still not use, and why.
APART = {
    "engine/reference": ({"engine/graph", "engine/plan", "engine/exec"}, "the two evaluators share no code"),
}

# What is named, the headers that belong to it, and the files (globs from the root) that may include them.
PLACES = [
    ("ANTLR", r"antlr4-runtime\.h|antlr4-runtime/.*|Jianlu(Lexer|Parser)\w*\.h", ["engine/syntax/parse.cc"]),
    ("Boost.Graph", r"boost/(graph|property_map)/.*", ["engine/graph/*.cc"]),
    ("SQLite", r"sqlite3(ext)?\.h", ["engine/store/*.cc", "engine/store/sqlite/*", "tests/kill/*", "tests/unit/store/*"]),
    ("yaml-cpp", r"yaml-cpp/.*", ["engine/yaml/*.cc", "adapters/*.cc", "tests/*.cc"]),
    ("Expat", r"expat\.h", ["adapters/track/gpx.cc"]),
    ("libseccomp", r"seccomp\.h", ["adapters/footage/sandbox/*", "tests/sandbox/*"]),
    ("Tesseract", r"tesseract/.*|leptonica/.*", ["adapters/footage/ocr/tesseract.cc"]),
    ("FFmpeg", r"lib(av\w+|sw\w+)/.*", ["adapters/footage/probe/*"]),
]

FREE = ("tests", "bench")
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.MULTILINE)


def stages_of(root):
    """The stages in their order."""
    text = (root / "CMakeLists.txt").read_text(encoding="utf-8")
    listed = re.search(r"foreach\(stage IN ITEMS([^)]*)\)", text)
    if not listed:
        sys.exit("check_layers: the root CMakeLists.txt has no foreach(stage IN ITEMS ...)")
    return listed.group(1).split()


def stage_of(path, stages):
    """The stage of a path: the longest one that is a prefix of it."""
    holding = [s for s in stages if path.startswith(s + "/")]
    return max(holding, key=len, default=None)


def is_free(path):
    return path.split("/", 1)[0] in FREE


def violations(root):
    stages = stages_of(root)
    order = {stage: number for number, stage in enumerate(stages)}
    tops = {stage.split("/", 1)[0] for stage in stages} | set(FREE)
    for top in sorted(tops):
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in (".cc", ".h") or not file.is_file():
                continue
            path = file.relative_to(root).as_posix()
            text = file.read_text(encoding="utf-8")
            for match in INCLUDE.finditer(text):
                line = text.count("\n", 0, match.start(2)) + 1
                said = violation(path, match.group(2), stages, order)
                if said:
                    yield f"{path}:{line}: {said}"


def violation(path, included, stages, order):
    for name, headers, places in PLACES:
        if re.fullmatch(headers, included) and not any(fnmatch.fnmatchcase(path, place) for place in places):
            return f"includes <{included}>; headers of {name} belong only into {', '.join(places)}"
    if is_free(path):
        return None
    if is_free(included) and "/" in included:
        return f'includes "{included}"; tests and benchmarks use the product, never the other way round'
    own, other = stage_of(path, stages), stage_of(included, stages)
    if other is None or own == other:
        return None
    if own is None:
        return f"belongs to no stage of the root CMakeLists.txt, yet includes \"{included}\""
    if order[other] > order[own]:
        return f'includes "{included}"; {other} is a later stage than {own}'
    apart, why = APART.get(own, (set(), ""))
    if other in apart:
        return f'includes "{included}"; {own} must not use {other}: {why}'
    return None


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
    found = list(violations(root))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
