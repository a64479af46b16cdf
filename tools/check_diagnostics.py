#!/usr/bin/env python3
"""Every kind of diagnostic in engine/diag/kinds.def must occur in some test: its code in a golden file, or its name in a
test's source.

usage: check_diagnostics.py [ROOT]      prints one line per kind that no test exercises; exit code 1 when there is one
"""
import pathlib
import re
import sys

KIND = re.compile(r'^JIANLU_DIAGNOSTIC\((\w+), "(\w+)"', re.MULTILINE)


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
    kinds = KIND.findall((root / "engine/diag/kinds.def").read_text(encoding="utf-8"))
    if not kinds:
        sys.exit("check_diagnostics: no kinds in engine/diag/kinds.def")
    words = set()
    for file in sorted((root / "tests").rglob("*")):
        if file.is_file() and b"\0" not in (content := file.read_bytes()):
            words |= set(re.findall(r"\bJL\d{4}\b|\bKind::\w+", content.decode("utf-8", "replace")))
    missing = [(name, code) for name, code in kinds if code not in words and f"Kind::{name}" not in words]
    for name, code in missing:
        print(f"{code} {name}: exercised by no test")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
