#!/usr/bin/env python3
"""measure.py PROGRAM PEER INPUT ROUNDS: both over one page-cached input, in turn; prints each round and the median of the
ratios within a round, so that other load on the machine weighs on both sides."""
import os
import re
import statistics
import subprocess
import sys
import time


def run(command, out=None):
    """Wall and processor seconds, peak memory in MiB, standard error."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=out or subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]}: {process.returncode}\n{said}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said


def main():
    program, peer, path, rounds = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    size = os.path.getsize(path)
    with open(path, "rb") as file:
        sessions = sum(line.startswith(b'{"session"') for line in file)
    audit = [program, "audit", "--bureau", "qinhuangdao-water", "--from", path, "--as-of", "2024-12-31T00:00", "--lang", "en"]
    kinds = {"peer, 1 thread": [peer, path], "audit, 1 thread": audit + ["--threads", "1"], "audit, 2 threads": audit + ["--threads", "2"]}
    walls, processors = {k: [] for k in kinds}, {k: [] for k in kinds}
    print(f"{sessions} sessions, {size} bytes in; load {os.getloadavg()[0]:.1f}")
    for _ in range(rounds):
        for kind, command in kinds.items():
            wall, processor, memory, said = run(command)
            walls[kind].append(wall)
            processors[kind].append(processor)
            written = re.search(r"(\d+) bytes out", said)
            print(f"{kind:17} wall {wall:7.2f} s  processor {processor:7.2f} s  {sessions / wall:9.0f} sessions/s  {memory:5.1f} MiB"
                  + (f"  {written.group(1)} bytes out" if written else ""), flush=True)
    base = "peer, 1 thread"
    for kind in list(kinds)[1:]:
        for what, of in (("wall", walls), ("processor", processors)):
            ratio = statistics.median(b / a for a, b in zip(of[kind], of[base]))
            print(f"{kind}: {ratio:.2f} of the peer's speed by {what}")


if __name__ == "__main__":
    main()
