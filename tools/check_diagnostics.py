#!/usr/bin/env python3
"""Every kind of diagnostic in engine/diag/kinds.def is produced somewhere in the engine, occurs in some test (its code in a
golden file, or its name in a test's source) and has a page docs/diagnostics/<code>.md; codes are unique and ascend, and no
page is left over.

usage: check_diagnostics.py [ROOT]      prints one line per fault; exit code 1 when there is one
"""
import pathlib
import re
import sys

KIND = re.compile(r'^JIANLU_DIAGNOSTIC\((\w+), "(\w+)"', re.MULTILINE)


def words_below(folders, pattern):
    found = set()
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and b"\0" not in (content := file.read_bytes()):
                found |= set(re.findall(pattern, content.decode("utf-8", "replace")))
    return found


def faults(root):
    kinds = KIND.findall((root / "engine/diag/kinds.def").read_text(encoding="utf-8"))
    if not kinds:
        yield "no kinds in engine/diag/kinds.def"
    produced = words_below([root / "engine"], r"\bKind::\w+")
    tested = words_below([root / "tests/golden", root / "tests/unit"], r"\bJL\d{4}\b|\bKind::\w+|\"\w+\"")
    pages = {page.stem for page in (root / "docs/diagnostics").glob("*.md")}
    for name, code in kinds:
        if f"Kind::{name}" not in produced:
            yield f"{code} {name}: produced nowhere"
        if not {code, f'"{code}"', f"Kind::{name}", f'"{name}"'} & tested:
            yield f"{code} {name}: exercised by no test"
        if code not in pages:
            yield f"{code} {name}: no page docs/diagnostics/{code}.md"
    codes = [code for _, code in kinds]
    for page in sorted(pages - set(codes)):
        yield f"docs/diagnostics/{page}.md: no such kind"
    for earlier, later in zip(codes, codes[1:]):
        if later <= earlier:
            yield f"{later}: after {earlier}"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
    found = list(faults(root))
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
