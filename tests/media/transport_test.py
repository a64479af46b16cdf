#!/usr/bin/env python3
"""The packets of transport streams against FFmpeg's own: as made, several programs in one, with time stamps before each packet,
and damaged. The same pictures in an MP4 must have the same prints.

usage: transport_test.py JIANLU_PROBE [--keep FOLDER]
"""
import json
import pathlib
import random
import subprocess
import sys
import tempfile

SECONDS = 8
PICTURES = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25,noise=alls=20:allf=t"]
SOUND = ["-f", "lavfi", "-i", "sine=440:sample_rate=44100"]
X264 = ["-c:v", "libx264", "-preset", "veryfast", "-b:v", "1500k", "-c:a", "aac"]
MADE = {
    "plain.ts": X264 + ["-bf", "0"],
    "reordered.ts": X264 + ["-bf", "3", "-x264-params", "keyint=25:open-gop=1"],
    "slices.ts": X264 + ["-x264-params", "slices=4"],
    "one-reference.ts": X264 + ["-x264-params", "keyint=300:intra-refresh=1"],
    "interlaced.ts": X264 + ["-flags", "+ildct+ilme", "-x264-params", "tff=1"],
    "hevc.ts": ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=25", "-c:a", "aac"],
    "mpeg2.ts": ["-c:v", "mpeg2video", "-b:v", "1500k", "-c:a", "mp2"],
    "dolby.ts": X264 + ["-c:a", "ac3"],
    "stamped.mts": X264,
    "silent.ts": X264 + ["-an"],
    "sound.ts": ["-vn", "-c:a", "aac"],
    "clock-runs-over.ts": X264 + ["-output_ts_offset", "95438"],
    "programs.ts": X264 + ["-map", "0", "-map", "1", "-map", "0", "-map", "1", "-program", "title=a:st=0:st=1",
                           "-program", "title=b:st=2:st=3"],
}
PRINTED = ["plain.ts", "reordered.ts", "slices.ts", "hevc.ts", "stamped.mts"]


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *map(str, arguments)], check=True)


def damaged(folder):
    whole = (folder / "plain.ts").read_bytes()
    chance = random.Random(20261121)
    packets = len(whole) // 188
    middle = packets // 2 * 188
    yield "cut.ts", whole[: middle + 100]
    yield "missing.ts", whole[:middle] + whole[middle + 3 * 188:]
    yield "shifted.ts", whole[:middle] + bytes(100) + whole[middle:]
    yield "marked.ts", whole[: middle + 1] + bytes([whole[middle + 1] | 0x80]) + whole[middle + 2:]
    yield "twice.ts", whole + whole
    flipped = bytearray(whole)
    for _ in range(40):
        flipped[chance.randrange(middle, len(flipped))] ^= 1 << chance.randrange(8)
    yield "flipped.ts", bytes(flipped)


def probed(probe, *arguments):
    done = subprocess.run([probe, *map(str, arguments)], capture_output=True, text=True, check=True)
    return {pathlib.Path(a["file"]).name: a["facts"] for a in map(json.loads, done.stdout.splitlines())}


def expected(path):
    """What `ffprobe -show_packets` says of each stream, in microseconds."""
    done = subprocess.run(["ffprobe", "-v", "quiet", "-show_packets", "-show_streams", "-of", "json", path], capture_output=True, text=True,
                          check=True)
    answer = json.loads(done.stdout)
    streams = [{"codec": s["codec_name"], "packets": 0, "key_frames": 0, "times": []} for s in answer["streams"]]
    for packet in answer["packets"]:
        stream = streams[packet["stream_index"]]
        stream["packets"] += 1
        stream["key_frames"] += "K" in packet["flags"]
        if "pts" in packet:
            stream["times"].append(packet["pts"])
    return streams


def differences(name, facts, streams):
    if [s["codec"] for s in facts["streams"]] != [s["codec"] for s in streams]:
        yield f"{name}: streams {[s['codec'] for s in facts['streams']]}, not {[s['codec'] for s in streams]}"
        return
    for index, (mine, theirs) in enumerate(zip(facts["streams"], streams)):
        for key in ("packets", "key_frames"):
            if mine[key] != theirs[key]:
                yield f"{name}, stream {index}: {key} {mine[key]}, not {theirs[key]}"
        times = sorted(theirs["times"])
        if mine["kind"] == "video" and name != "twice.ts":  # whose clock begins anew
            steps = [(b - a) * 100 / 9 for a, b in zip(times, times[1:])]
            listed = [g["length_us"] for g in mine["gaps"]]
            if len(listed) != min(len(steps), 1000) or any(abs(a - b) > 1 for a, b in zip(listed, steps)):
                yield f"{name}, stream {index}: steps {listed[:5]}…, not {steps[:5]}…"
        for key, time in (("first_pts_us", times[0]), ("last_pts_us", times[-1])):
            if abs(mine[key] - time * 100 / 9) > 12:  # one tick
                yield f"{name}, stream {index}: {key} {mine[key]}, not {time * 100 / 9:.0f}"


def main():
    probe = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="jianlu-transport-") as made:
        folder = pathlib.Path(sys.argv[3]) if sys.argv[2:3] == ["--keep"] else pathlib.Path(made)
        folder.mkdir(exist_ok=True)
        for name, options in MADE.items():
            if name in PRINTED:
                ffmpeg(*PICTURES, *SOUND, "-t", SECONDS, *options, "-f", "mp4", folder / f"{name}.mp4")
                ffmpeg("-i", folder / f"{name}.mp4", "-c", "copy", *(["-f", "mpegts", "-mpegts_m2ts_mode", "1"] if name == "stamped.mts" else []), folder / name)
            else:
                ffmpeg(*PICTURES, *SOUND, "-t", SECONDS, *options, folder / name)
        for name, data in damaged(folder):
            (folder / name).write_bytes(data)
        paths = sorted(p for p in folder.iterdir() if p.suffix in (".ts", ".mts"))
        facts = probed(probe, "--gap-us", 0, *paths)
        wrong = [line for path in paths for line in differences(path.name, facts[path.name], expected(path))]
        for name in PRINTED:
            there = {p[0] for p in probed(probe, folder / f"{name}.mp4")[f"{name}.mp4"]["prints"]}
            here = {p[0] for p in facts[name]["prints"]}
            if len(here) < 100 or len(here & there) < 0.9 * len(here):  # see print_of()
                wrong.append(f"{name}: {len(here & there)} of {len(here)} prints are those of the same pictures in an MP4 ({len(there)})")
        shallow = probed(probe, "--depth", "container", folder / "cut.ts", folder / "plain.ts")
        for depth, of in (("container", shallow), ("packets", facts)):
            verdicts = [of[name]["verdict"] for name in ("plain.ts", "cut.ts")]
            if verdicts != ["readable", "truncated"]:
                wrong.append(f"whole and cut, at depth {depth}: {verdicts}")
        print(*wrong, sep="\n")
        print(f"{len(paths)} transport streams, {sum(s['packets'] for p in paths for s in facts[p.name]['streams'])} packets, "
              f"{len(wrong)} differences")
        return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
