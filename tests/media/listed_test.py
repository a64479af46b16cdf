#!/usr/bin/env python3
"""Fragmented MP4s and AVIs, as made and damaged: what is read from their tables at the depth of packets is what libavformat's packets,
fetched one by one, say. (At the depth of frames every packet is fetched; here nothing is decoded.)

usage: listed_test.py JIANLU_PROBE [--keep FOLDER]
"""
import json
import pathlib
import random
import subprocess
import sys
import tempfile

PICTURES = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25,noise=alls=20:allf=t"]
SOUND = ["-f", "lavfi", "-i", "sine=440:sample_rate=44100"]
X264 = ["-c:v", "libx264", "-preset", "veryfast", "-b:v", "1000k", "-g", "25", "-c:a", "aac"]
FRAGMENTS = ["-movflags", "frag_keyframe+empty_moov"]
MADE = {
    "plain.mp4": X264 + ["-bf", "0"] + FRAGMENTS,
    "reordered.mp4": X264 + ["-bf", "3"] + FRAGMENTS,
    "shifted-back.mp4": X264 + ["-bf", "3", "-movflags", "frag_keyframe+empty_moov+negative_cts_offsets"],
    "based-on-fragment.mp4": X264 + ["-movflags", "frag_keyframe+empty_moov+default_base_moof"],
    "one-track-each.mp4": X264 + ["-movflags", "frag_keyframe+empty_moov+separate_moof"],
    "half-seconds.mp4": X264 + ["-movflags", "empty_moov", "-frag_duration", "500000"],
    "first-in-index.mp4": X264 + ["-movflags", "frag_keyframe"],
    "segment-index.mp4": X264 + ["-movflags", "dash"],
    "late.mp4": X264 + ["-output_ts_offset", "7"] + FRAGMENTS,
    "quicktime.mov": ["-c:v", "mjpeg", "-c:a", "pcm_s16le"] + FRAGMENTS,
    "silent.mp4": X264 + ["-an"] + FRAGMENTS,
    "sound.mp4": ["-vn", "-c:a", "aac", "-movflags", "empty_moov", "-frag_duration", "1000000"],
    "two-sounds.mp4": X264 + ["-map", "0", "-map", "1", "-map", "1"] + FRAGMENTS,
    "plain.avi": X264 + ["-bf", "0"],
    "reordered.avi": X264 + ["-bf", "2"],
    "uncompressed-sound.avi": ["-c:v", "mjpeg", "-c:a", "pcm_s16le"],
    "mpeg4.avi": ["-c:v", "mpeg4", "-c:a", "libmp3lame"],
    "silent.avi": X264 + ["-an"],
    "dropped.avi": ["-vf", "select='not(between(n,60,80))'", "-vsync", "cfr"] + X264,
}
NOTHING = "pictures=no,sound=no,speech=no,clock=no"
CHANCE = random.Random(20261122)


def damaged(data):
    """Cut, bytes flipped among the headers and all over, a piece missing, a piece twice."""
    middle = len(data) // 2
    yield "cut", data[:middle]
    yield "missing", data[:middle] + data[middle + 5000:]
    yield "twice", data[: middle + 5000] + data[middle:]
    tables = [at for name in (b"moof", b"idx1") for at in places(data, name)]
    for n in range(12):
        flipped = bytearray(data)
        for _ in range(3):
            at = CHANCE.choice(tables) + CHANCE.randrange(300) if n % 2 and tables else CHANCE.randrange(len(data))
            flipped[min(at, len(data) - 1)] ^= 1 << CHANCE.randrange(8)
        yield f"flipped-{n}", bytes(flipped)
    for n, at in enumerate(CHANCE.sample(places(data, b"00dc"), 4) if b"00dc" in data else []):
        yield f"renamed-{n}", data[:at] + b"JUNK" + data[at + 4:]


def places(data, name):
    out, at = [], data.find(name)
    while at >= 0:
        out.append(at)
        at = data.find(name, at + 1)
    return out


def probed(probe, paths, *arguments):
    done = subprocess.run([probe, "--jobs", "2", "--gap-us", "0", *arguments, *map(str, paths)], capture_output=True, text=True, check=True)
    return {a["file"]: a["facts"] for a in map(json.loads, done.stdout.splitlines())}


def main():
    probe = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="jianlu-listed-") as made:
        folder = pathlib.Path(sys.argv[3]) if sys.argv[2:3] == ["--keep"] else pathlib.Path(made)
        folder.mkdir(exist_ok=True)
        for name, options in MADE.items():
            subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *PICTURES, *SOUND, "-t", "8", *options, folder / name], check=True)
            whole = folder / name
            for what, data in damaged(whole.read_bytes()):
                (folder / f"{whole.stem}-{what}{whole.suffix}").write_bytes(data)
        paths = sorted(folder.iterdir())
        listed, fetched = probed(probe, paths), probed(probe, paths, "--depth", "frames", "--watch", NOTHING)
        wrong = []
        for path in map(str, paths):
            for key in sorted(listed[path].keys() | fetched[path].keys()):
                if key not in ("depth",) and listed[path].get(key) != fetched[path].get(key):
                    wrong.append(f"{path}: {key} {str(listed[path].get(key))[:300]}, not {str(fetched[path].get(key))[:300]}")
        unread = [n for n in MADE if listed[str(folder / n)]["verdict"] != "readable"]
        packets = sum(s["packets"] for f in listed.values() for s in f["streams"])
        print(*wrong, *(f"{n} is not readable" for n in unread), sep="\n")
        print(f"{len(paths)} files, {packets} packets, {len(wrong)} differences")
        return bool(wrong or unread)


if __name__ == "__main__":
    sys.exit(main())
