#!/usr/bin/env python3
"""Writes the table of simplified characters: what ICU's Traditional-Simplified makes of each unified ideograph.

usage: simplified_table.py UCONV OUT
"""
import pathlib
import subprocess
import sys

FIRST, LAST = 0x3400, 0x9FFF
characters = [chr(code) for code in range(FIRST, LAST + 1)]


def by_icu(texts):
    done = subprocess.run([sys.argv[1], "-f", "utf-8", "-t", "utf-8", "-x", "Traditional-Simplified"], input="\n".join(texts).encode(), stdout=subprocess.PIPE, check=True)
    made = done.stdout.decode().split("\n")
    assert len(made) == len(texts) and all(len(one) == 1 for one in made), "one character for each"
    return made


once = by_icu(characters)
# Done twice, nothing may change any more; where it would (苎 and 苧 are each other's), the character stays as it is.
settled = {a: b if c == b else a for a, b, c in zip(characters, once, by_icu(once))}
codes = [ord(settled.get(settled[a], settled[a])) for a in characters]
rows = [", ".join(f"{code:#x}" for code in codes[i:i + 16]) for i in range(0, len(codes), 16)]
pathlib.Path(sys.argv[2]).write_text(f"""// Written by simplified_table.py.
#pragma once

#include <iterator>

inline constexpr char32_t kFirst = {FIRST:#x};
inline constexpr char16_t kSimplified[] = {{
""" + "".join(row + ",\n" for row in rows) + "};\n", encoding="utf-8")
