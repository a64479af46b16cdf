#!/usr/bin/env python3
"""run.py PROBE [FOLDER] [MEGABYTES]: decoded depth beside `ffmpeg` with blackdetect, freezedetect and silencedetect.

Both get two jobs over the same page-cached clips and run in turn, ROUNDS times; the ratios are taken within each round. Then
what was found, by length of event and key-frame interval: sampled, with --every-frame, and by ffmpeg.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = int(os.environ.get("ROUNDS", "3"))
# Of make_batch.sh: start and length in seconds.
TRUTH = {"black": [(31.28, 2), (61.68, 4)], "frozen": [(91.4, 2), (121.88, 4)], "muted": [(160.2, 4)]}


def timed(work):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    out = work()
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, out


def probe(program, files, *more):
    command = [program, "--jobs", "2", "--depth", "frames", "--watch", "speech=no", *more, *files]
    out = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode()
    return {json.loads(line)["file"]: json.loads(line)["facts"] for line in out.splitlines()}


def ffmpeg(files):
    def one(file):
        command = ["ffmpeg", "-hide_banner", "-nostats", "-threads", "1", "-i", file, "-vf", "blackdetect=d=1.9,freezedetect=d=1.9", "-af", "silencedetect=d=1.9", "-f", "null", "-"]
        return file, subprocess.run(command, stderr=subprocess.PIPE, check=True).stderr.decode()

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return dict(pool.map(one, files))


def events_of_probe(facts):
    assert facts["depth"] == "frames", facts
    return [(o["event"], o["start_us"] / 1e6, o["length_us"] / 1e6) for o in facts["observed"] if o["event"] in TRUTH and o["confidence"] >= 0.5]


def events_of_ffmpeg(text):
    found = [("black", float(a), float(b)) for a, b in re.findall(r"black_start:([\d.]+) black_end:[\d.]+ black_duration:([\d.]+)", text)]
    starts, lengths = re.findall(r"freeze_start: ([\d.]+)", text), re.findall(r"freeze_duration: ([\d.]+)", text)
    found += [("frozen", float(a), float(b)) for a, b in zip(starts, lengths)]
    found += [("muted", float(e) - float(d), float(d)) for e, d in re.findall(r"silence_end: ([\d.]+) \| silence_duration: ([\d.]+)", text)]
    return found


def table(title, events):
    """events: file -> list of (event, start, length). A frozen picture that is black counts for neither side."""
    hits, all_of, false = {}, {}, 0
    for file, found in events.items():
        gop = "1 s" if os.path.basename(file).startswith("one") else "2 s"
        left = list(found)
        for kind, truths in TRUTH.items():
            for start, length in truths:
                key = (kind, length, gop)
                all_of[key] = all_of.get(key, 0) + 1
                mine = [e for e in left if e[0] == kind and abs(e[1] - start) <= 0.5 and abs(e[2] - length) <= 0.75]
                hits[key] = hits.get(key, 0) + bool(mine)
                left = [e for e in left if e not in mine]
        black = [(s - 0.5, s + n + 0.5) for s, n in TRUTH["black"]]
        false += sum(not (e[0] == "frozen" and any(a <= e[1] and e[1] + e[2] <= b for a, b in black)) for e in left)
    print(f"\n{title}: {false} false alarms in {len(events)} clips")
    for key in sorted(all_of):
        print(f"  {key[0]:7} {key[1]} s, key frame every {key[2]}: {hits[key]} of {all_of[key]}")


def main():
    program = sys.argv[1]
    folder = sys.argv[2] if len(sys.argv) > 2 else os.path.join(tempfile.gettempdir(), "jianlu-frames-batch")
    megabytes = sys.argv[3] if len(sys.argv) > 3 else "1000"
    subprocess.run([pathlib.Path(__file__).with_name("make_batch.sh"), folder, megabytes], check=True, stdout=subprocess.DEVNULL)
    files = sorted(str(f) for f in pathlib.Path(folder).glob("[!.]*.mp4"))
    for f in files:  # into the page cache
        pathlib.Path(f).read_bytes()
    size = sum(os.path.getsize(f) for f in files)
    contestants = {
        "sampled": lambda: probe(program, files),
        "--every-frame": lambda: probe(program, files, "--every-frame"),
        "ffmpeg": lambda: ffmpeg(files),
    }
    rounds = [{name: timed(work) for name, work in contestants.items()} for _ in range(ROUNDS)]
    print(f"{len(files)} clips, {size / 1e6:.0f} MB, {ROUNDS} rounds, load {os.getloadavg()[0]:.1f}")
    for name in contestants:
        wall, cpu = (statistics.median(r[name][i] for r in rounds) for i in (0, 1))
        print(f"  {name:14} wall {wall:7.2f} s  cpu {cpu:7.2f} s")
    for name in ("sampled", "--every-frame"):
        for i, kind in ((0, "wall"), (1, "cpu")):
            ratios = sorted(r["ffmpeg"][i] / r[name][i] for r in rounds)
            print(f"  ffmpeg / {name}, {kind}: {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")
    last = rounds[-1]
    table("sampled", {f: events_of_probe(x) for f, x in last["sampled"][2].items()})
    table("--every-frame", {f: events_of_probe(x) for f, x in last["--every-frame"][2].items()})
    table("ffmpeg", {f: events_of_ffmpeg(x) for f, x in last["ffmpeg"][2].items()})
    clocks = [x.get("clock") for x in last["sampled"][2].values()]
    print(f"\nclocks found: {sum(c is not None for c in clocks)} of {len(files)}; false steps: {sum(len(c['steps']) for c in clocks if c)}")


main()
