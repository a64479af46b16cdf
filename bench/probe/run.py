#!/usr/bin/env python3
"""run.py PROBE SHA256_ONLY [FOLDER]: what jianlu-probe costs beside OpenSSL's SHA-256 alone, `ffprobe -show_packets` and,
for headers and sample tables alone, mediainfo.

Runs the contestants in turn, ROUNDS times, over the same page-cached files, and prints the median of the ratios taken
within each round: other load on the machine then weighs on both sides of a ratio. Answers are checked: the digests of
jianlu-probe must be those of the yardstick, the packet counts those of ffprobe.
"""
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = int(os.environ.get("ROUNDS", "9"))


def run(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    out = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, out


def ffprobe_all(files):
    parts = [run(["ffprobe", "-v", "error", "-show_packets", f])[:2] for f in files]
    return sum(p[0] for p in parts), sum(p[1] for p in parts), b""


def check(probe, sha256_only, files):
    digests = {line.split("  ")[1]: line.split("  ")[0] for line in run([sha256_only, "1", *files])[2].decode().splitlines()}
    for line in run([probe, *files])[2].decode().splitlines():
        answer = json.loads(line)
        name, facts = answer["file"], answer["facts"]
        assert facts["verdict"] == "readable", answer
        assert facts["sha256"] == digests[name], name
        count = run(["ffprobe", "-v", "error", "-count_packets", "-show_entries", "stream=index,nb_read_packets", "-of", "json", name])[2]
        for stream in json.loads(count)["streams"]:
            mine = facts["streams"][stream["index"]]["packets"]
            assert mine == int(stream["nb_read_packets"]), (name, stream, mine)


def compare(title, probe, sha256_only, files):
    size = sum(os.path.getsize(f) for f in files)
    contestants = {
        "sha256 alone, 1 job": lambda: run([sha256_only, "1", *files]),
        "jianlu-probe, 1 job": lambda: run([probe, *files]),
        "sha256 alone, 2 jobs": lambda: run([sha256_only, "2", *files]),
        "jianlu-probe, 2 jobs": lambda: run([probe, "--jobs", "2", *files]),
        "ffprobe -show_packets": lambda: ffprobe_all(files),
    }
    rounds = [{name: go()[:2] for name, go in contestants.items()} for _ in range(ROUNDS)]
    print(f"\n{title}: {len(files)} files, {size / 1e6:.0f} MB, {ROUNDS} rounds")
    for name in contestants:
        wall, cpu = (statistics.median(r[name][i] for r in rounds) for i in (0, 1))
        print(f"  {name:24} wall {wall:6.3f} s  cpu {cpu:6.3f} s")

    def ratio(a, b, what, i):
        values = sorted(r[a][i] / r[b][i] for r in rounds)
        print(f"  {what:56} {statistics.median(values):5.2f}  ({values[0]:.2f} to {values[-1]:.2f})")

    for jobs in ("1 job", "2 jobs"):
        for i, kind in ((0, "wall"), (1, "cpu")):
            ratio(f"jianlu-probe, {jobs}", f"sha256 alone, {jobs}", f"probe / sha256 alone, {jobs}, {kind}", i)
    for jobs in ("1 job", "2 jobs"):
        ratio(f"jianlu-probe, {jobs}", "ffprobe -show_packets", f"probe, {jobs} / ffprobe (which does not hash), wall", 0)


def headers_only(probe, files):
    """CPU time a file for headers and sample tables, without what it takes to load the program."""
    many = files * 10
    contestants = {
        "jianlu-probe --depth container --no-hash": ([probe, "--help"], lambda some: [[probe, "--depth", "container", "--no-hash", *some]]),
        "mediainfo, one run": (["mediainfo", "--Version"], lambda some: [["mediainfo", "--Output=JSON", *some]]),
        "mediainfo, one run a file": (None, lambda some: [["mediainfo", "--Output=JSON", f] for f in some]),
    }
    print(f"\nHeaders and sample tables: {len(many)} files")
    for name, (load, commands) in contestants.items():
        costs = []
        for _ in range(ROUNDS):
            if load:
                loading = subprocess_cpu([load])
                costs.append((subprocess_cpu(commands(many)) - loading) / len(many))
            else:
                costs.append(subprocess_cpu(commands(files)) / len(files))
        print(f"  {name:42} cpu {statistics.median(costs) * 1000:6.2f} ms a file  ({min(costs) * 1000:.2f} to {max(costs) * 1000:.2f})")


def subprocess_cpu(commands):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for command in commands:
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def fetched_from_disk(probe, files):
    """Bytes that the disk delivers for a file that is not in the page cache, over its size."""
    for name in files:
        descriptor = os.open(name, os.O_RDONLY)
        os.fsync(descriptor)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)
        shell = subprocess.run(["sh", "-c", '"$0" "$1" > /dev/null; cat /proc/$$/io', probe, name], capture_output=True, text=True, check=True)
        fetched = int(dict(line.split(": ") for line in shell.stdout.splitlines())["read_bytes"])
        print(f"  {os.path.basename(name):24} fetched from disk / size {fetched / os.path.getsize(name):8.4f}")


def main():
    probe, sha256_only = sys.argv[1:3]
    folder = sys.argv[3] if len(sys.argv) > 3 else os.path.join(tempfile.gettempdir(), "jianlu-probe-batch")
    subprocess.run([pathlib.Path(__file__).with_name("make_batch.sh"), folder], check=True, stdout=subprocess.DEVNULL)
    files = sorted(str(f) for f in pathlib.Path(folder).iterdir())
    for f in files:  # into the page cache
        pathlib.Path(f).read_bytes()
    check(probe, sha256_only, files)
    compare("whole batch", probe, sha256_only, files)
    for kind in ("mp4", "ts", "avi"):
        compare(f"only {kind}", probe, sha256_only, [f for f in files if f.endswith(kind)])
    headers_only(probe, files)
    print("\nNot cached:")
    fetched_from_disk(probe, files)


main()
