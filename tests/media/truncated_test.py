#!/usr/bin/env python3
"""Recordings of every container, whole and cut: the length must be of what is there, and a file whose end is missing must say so, at
the depth of headers as at that of packets.

usage: truncated_test.py JIANLU_PROBE
"""
import json
import pathlib
import subprocess
import sys
import tempfile

SECONDS = 12
PICTURES = ["-f", "lavfi", "-i", f"testsrc2=s=320x180:r=25:d={SECONDS},noise=alls=10:allf=t"]
SOUND = ["-f", "lavfi", "-i", f"anoisesrc=c=pink:a=0.1:r=44100:d={SECONDS}"]
X264 = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-pix_fmt", "yuv420p", "-c:a", "aac"]
MPEG4 = ["-c:v", "mpeg4", "-b:v", "500k"]
MADE = {
    "first.mp4": ["-c", "copy", "-movflags", "+faststart"],
    "first.mov": ["-c", "copy", "-movflags", "+faststart"],
    "first.3gp": [*MPEG4, "-c:a", "aac", "-movflags", "+faststart"],
    "fragments.mp4": ["-c", "copy", "-movflags", "frag_keyframe+empty_moov"],
    "sound.m4a": ["-vn", "-c:a", "copy", "-movflags", "+faststart"],
    "plain.mkv": ["-c", "copy"],
    "live.mkv": ["-c", "copy", "-live", "1"],
    "plain.webm": ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"],
    "plain.flv": ["-c", "copy"],
    "plain.avi": [*MPEG4, "-c:a", "libmp3lame"],
    "plain.ts": ["-c", "copy"],
    "plain.mpg": ["-c:v", "mpeg2video", "-c:a", "mp2"],
    "plain.wmv": ["-c:v", "wmv2", "-c:a", "wmav2"],
    "sound.mp3": ["-vn", "-c:a", "libmp3lame"],
    "variable.mp3": ["-vn", "-c:a", "libmp3lame", "-q:a", "4"],
    "countless.mp3": ["-vn", "-c:a", "libmp3lame", "-write_xing", "0"],
    "sound.ogg": ["-vn", "-c:a", "libvorbis"],
    "sound.opus": ["-vn", "-c:a", "libopus"],
    "sound.flac": ["-vn", "-c:a", "flac"],
    "sound.aac": ["-vn", "-c:a", "copy"],
    "sound.wav": ["-vn", "-c:a", "pcm_s16le"],
}
# Whose index comes last: of what is cut nothing can be read.
UNINDEXED = {"last.mp4": ["-c", "copy"], "last.mov": ["-c", "copy"]}
NEAR = 0.15


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", "-threads", "1", *map(str, arguments)], check=True)


def probed(probe, depth, paths):
    done = subprocess.run([probe, "--depth", depth, *map(str, paths)], capture_output=True, text=True, check=True)
    return {pathlib.Path(a["file"]).name: a["facts"] for a in map(json.loads, done.stdout.splitlines())}


def there(path):
    """Of the packets that ffprobe finds: from the first to the end of the last."""
    done = subprocess.run(["ffprobe", "-v", "quiet", "-show_packets", "-show_entries", "packet=pts_time,duration_time", "-of", "json", path],
                          capture_output=True, text=True, check=True)
    packets = [p for p in json.loads(done.stdout)["packets"] if "pts_time" in p]
    begin = min(float(p["pts_time"]) for p in packets)
    return max(float(p["pts_time"]) + float(p.get("duration_time", 0)) for p in packets) - begin


def faults(name, facts, verdict, length):
    if facts["verdict"] != verdict:
        yield f"{name}: {facts['verdict']} ({facts['reason']}), not {verdict}"
    if length is None:
        return
    lengths = [facts.get("duration_us", -1)] + [s["duration_us"] for s in facts["streams"] if "duration_us" in s]
    if any(us / 1e6 > length + NEAR for us in lengths) or lengths[0] / 1e6 < length - NEAR:
        yield f"{name}: {[us / 1e6 for us in lengths]}, {length:.3f} s are there"
    if verdict == "truncated" and not (facts["reason"] and facts["reason_zh"]):
        yield f"{name}: no reason"


def main():
    probe = pathlib.Path(sys.argv[1]).resolve()
    failed = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        base = folder / "base.mp4"
        ffmpeg(*PICTURES, *SOUND, *X264, base)
        whole, cut = [], []
        for name, arguments in (MADE | UNINDEXED).items():
            ffmpeg("-i", base, *arguments, folder / name)
            whole.append(folder / name)
            content = whole[-1].read_bytes()
            for part in (6, 2):
                size = len(content) // part
                while size % 188 == 0 or size % 2048 < 64:  # whole packets or packs: nothing is missing
                    size -= 1
                cut.append(folder / f"{part}th-{name}")
                cut[-1].write_bytes(content[:size])
        for depth in ("container", "packets"):
            facts = probed(probe, depth, whole)
            for path in whole:
                failed += [f"{depth}, {fault}" for fault in faults(path.name, facts[path.name], "readable", SECONDS)]
            facts = probed(probe, depth, cut)
            for path in cut:
                name = path.name.split("-", 1)[1]
                verdict = "no_index" if name in UNINDEXED else "truncated"
                length = None if name in UNINDEXED else there(path)
                failed += [f"{depth}, {fault}" for fault in faults(path.name, facts[path.name], verdict, length)]
    for line in failed:
        print(line)
    print(f"{len(whole)} recordings and {len(cut)} cut ones, {len(failed)} faults")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
