#!/usr/bin/env python3
"""Writes tests/properties/chinese-days.tsv from the npm package chinese-days: the days that it lists, and how.

Usage: npm pack chinese-days && tar xzf chinese-days-*.tgz && tools/chinese_days.py package > tests/properties/chinese-days.tsv
"""
import json
import pathlib
import sys

FIRST, LAST = "2018-12-29", "2026-12-24"  # the days that rules/calendars/cn.yaml settles


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    package = pathlib.Path(sys.argv[1])
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    days = json.loads((package / "dist/chinese-days.json").read_text(encoding="utf-8"))
    print(f"# npm chinese-days {version} (MIT), {FIRST} to {LAST}; written by tools/chinese_days.py")
    listed = [(day, "off") for day in days["holidays"]] + [(day, "worked") for day in days["workdays"]]
    for day, kind in sorted(listed):
        if FIRST <= day <= LAST:
            print(f"{day}\t{kind}")


if __name__ == "__main__":
    main()
