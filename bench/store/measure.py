#!/usr/bin/env python3
"""measure.py PROGRAM INPUT STORE: each step of a night once, with what it took."""
import os
import subprocess
import sys
import time

AS_OF = ["--as-of", "2024-12-31T00:00"]


def step(name, rows, command):
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    said = process.stdout.read().decode().strip().splitlines()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{name}: {process.returncode}")
    wall, processor = time.monotonic() - start, usage.ru_utime + usage.ru_stime
    print(f"{name:28} {wall:7.2f} s  processor {processor:7.2f} s  {rows / wall:8.0f} sessions/s  {rows / processor:8.0f} by processor  "
          f"{usage.ru_maxrss / 1024:6.0f} MiB  {said[-1] if said else ''}", flush=True)


def main():
    program, path, store = sys.argv[1:]
    base = [program, "--bureau", "qinhuangdao-water", "--store", store, "--lang", "en"]
    night, count, changed = store + ".night.jsonl", 0, 0
    with open(path, encoding="utf-8") as file, open(night, "w", encoding="utf-8") as out:
        out.write('{"zone":"Asia/Shanghai"}\n')
        for line in file:
            if not line.startswith('{"session"'):
                continue
            count += 1
            if count % 100 == 0:
                changed += 1
                out.write(line.replace('"received_by":"general_office"', '"received_by":"operating_section"'))
    print(f"{count} sessions, {os.path.getsize(path)} bytes; load {os.getloadavg()[0]:.1f}")
    step("ingest", count, base + ["ingest", path] + AS_OF)
    step("ingest again", count, base + ["ingest", path] + AS_OF)
    step("audit", count, base + ["audit"] + AS_OF)
    step("audit again", count, base + ["audit"] + AS_OF)
    step("ingest, 1 in 100 changed", changed, base + ["ingest", night] + AS_OF)
    step("audit, 1 in 100 changed", changed, base + ["audit"] + AS_OF)
    print(f"store: {os.path.getsize(store) / count:.0f} bytes a session")


if __name__ == "__main__":
    main()
