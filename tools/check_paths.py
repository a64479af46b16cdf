#!/usr/bin/env python3
"""Finds absolute paths of somebody's machine in the files that the repository tracks.

usage: check_paths.py [ROOT]      prints one line per place; exit code 1 when there is one
"""
import pathlib
import re
import subprocess
import sys

MACHINE = re.compile(
    rb"(?<![\w.:/\-$}>])(/(home|root|Users|work|workspace|builds)/[\w.\-]+|[A-Za-z]:\\(Users|home)\\)")


def places(name, content):
    if b"\0" in content:
        return
    for number, line in enumerate(content.split(b"\n"), 1):
        found = MACHINE.search(line)
        if found:
            yield f"{name}:{number}: absolute path {found.group(0).decode()}"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent).resolve()
    listed = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], capture_output=True, check=True).stdout
    found = []
    for name in filter(None, listed.decode().split("\0")):
        file = root / name
        if file.is_file():
            found += places(name, file.read_bytes())
    for line in found:
        print(line)
    return 1 if found else 0


def self_test():
    at = "/home" + "/somebody"
    assert list(places("a", b"x\nsee " + at.encode() + b"/b\n")) == [f"a:2: absolute path {at}"]
    assert list(places("a", b"C:" + b"\\Users\\x")) != []
    assert list(places("a", b"https://example.org" + b"/home" + b"/page, ../work" + b"/x, $ROOT" + b"/root" + b"/x")) == []


if __name__ == "__main__":
    self_test()
    sys.exit(main())
