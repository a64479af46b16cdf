"""Sixty edits of six recordings, each with the places where somebody cut, and the recordings untouched."""
import concurrent.futures
import dataclasses
import datetime
import pathlib
import shutil
import subprocess

import boxes

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
FAST = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "26", "-pix_fmt", "yuv420p"]
START = datetime.datetime(2024, 5, 8, 9, 36, 21)


@dataclasses.dataclass
class Source:
    name: str
    path: pathlib.Path
    second: pathlib.Path        # of another day, or what stands for it
    length: float
    cuts: tuple                 # where to cut: from, to
    size: str = "320:180"
    rate: str = "25"
    maker: bytes = b""          # of a synthetic device


@dataclasses.dataclass
class Edit:
    kind: str
    source: Source
    path: pathlib.Path
    places: tuple               # in seconds, of the edited file; empty where none can be named
    needs: str = "packets"      # the depth that can see it


def ffmpeg(*arguments):
    done = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", "-threads", "1", *map(str, arguments)],
                          capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, f"{arguments}: {done.stderr[-500:]}"


SCENES = {b"BodyCam A": "testsrc2=s=320x180:r={rate}:d={length}",
          b"BodyCam B": "mandelbrot=s=320x180:r={rate}:start_scale=1.5:end_pts=150,trim=duration={length}",
          b"BodyCam C": "smptehdbars=s=320x180:r={rate}:d={length},scroll=horizontal=0.02,negate"}


# How each of them prints its clock. White on a bright scene without a margin, as on B's, would not be read on A and C.
PRINTS = {b"BodyCam A": "fontcolor=white:boxcolor=black:boxborderw=3", b"BodyCam B": "fontcolor=white:boxcolor=black",
          b"BodyCam C": "fontcolor=black:boxcolor=white:boxborderw=5"}


def clock(maker, epoch):
    return (f"drawtext=fontfile={FONT}:fontsize=20:{PRINTS[maker]}:box=1:x=8:y=8:"
            f"text='%{{pts\\:gmtime\\:{epoch}}}'")


def made_clip(path, number, rate, gop, b_frames, brand, maker, audio_rate, length=8):
    """A synthetic device: moving picture with sensor noise and a burnt-in clock, sound with a background."""
    start = START + datetime.timedelta(days=number, minutes=7 * number)
    epoch = int(start.replace(tzinfo=datetime.timezone.utc).timestamp())
    plain = path.with_suffix(".plain.mp4")
    picture = (f"{SCENES[maker].format(rate=rate, length=length)},hue=h={40 * number},noise=alls=24:allf=t:all_seed={number + 3},"
               f"{clock(maker, epoch)}")
    sound = f"anoisesrc=c=pink:a=0.1:r={audio_rate}:d={length}:seed={number + 1}"
    ffmpeg("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, *FAST[:4], "-crf", "24", "-pix_fmt", "yuv420p",
           "-g", gop, "-keyint_min", gop, "-sc_threshold", 0, "-bf", b_frames, "-c:a", "aac", "-b:a", "64k",
           "-bsf:v", "filter_units=remove_types=6", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a",
           "+bitexact", "-map_metadata", "-1", "-video_track_timescale", 90000, plain)
    local = int((start - datetime.timedelta(hours=8)).replace(tzinfo=datetime.timezone.utc).timestamp())
    # No camera's sample description names FFmpeg's encoder.
    bare = plain.read_bytes().replace(b"\x0cLavc libx264", bytes(13))
    path.write_bytes(boxes.rewrite(bare, boxes.camera(brand, maker, local)))
    plain.unlink()


def clip_name(prefix, number):
    start = START + datetime.timedelta(days=number, minutes=7 * number)
    return f"{prefix}_JX0034_{start:%Y%m%d%H%M%S}.mp4"


def synthetic(folder, prefix, rate, gop, b_frames, brand, maker, audio_rate):
    """Three originals to learn from, and two more."""
    here = folder / "originals" / prefix
    apart = folder / "twins"
    here.mkdir(parents=True)
    apart.mkdir(exist_ok=True)
    paths = [here / clip_name(prefix, n) for n in range(3)] + [apart / clip_name(prefix, n) for n in (3, 4)]
    for number, path in enumerate(paths):
        made_clip(path, number, rate, gop, b_frames, brand, maker, audio_rate)
    return Source(prefix, paths[3], paths[4], 8.0, (2.4, 5.3), rate=str(rate), maker=maker)


def device(folder, samples, prefix, sample, began, length, cuts, size, rate):
    """A real recording, named by when it began, Beijing time. Of these devices there is one original each: what is cut
    from it is compared with a profile learned from itself."""
    here = folder / "originals" / prefix
    here.mkdir(parents=True)
    path = here / f"{prefix}_JX0034_{began}{pathlib.Path(sample).suffix}"
    shutil.copy(samples / sample, path)
    return Source(prefix, path, path, length, cuts, size, rate)


def sources(folder, samples):
    (folder / "twins").mkdir(exist_ok=True)
    made = [("SA01", 25, 25, 0, b"mp42", b"BodyCam A", 48000), ("SB02", 30, 15, 0, b"avc1", b"BodyCam B", 16000),
            ("SC03", 20, 40, 2, b"3gp5", b"BodyCam C", 44100)]
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        synthetics = list(pool.map(lambda m: synthetic(folder, *m), made))
    return synthetics + [
        device(folder, samples, "GP05", "gopro-hero5-karma-original.mp4", "20170418032757", 12.08, (3.3, 8.2), "854:480", "30000/1001"),
        device(folder, samples, "AM06", "amcrest-ipcam-1591028951-osd.mp4", "20200601162911", 25.1, (7.3, 15.2), "640:480", "10"),
        device(folder, samples, "FL07", "flir-one-thermal-pts-gaps.mp4", "20210517032755", 11.35, (3.3, 7.2), "1080:1440", "10"),
    ]


def concat_copy(parts, to, work):
    """`parts`: (file, from, to) joined without coding anew."""
    pieces = []
    for number, (path, start, end) in enumerate(parts):
        piece = work / f"{to.stem}-{to.parent.name}-{number}.mp4"
        ffmpeg("-ss", start, "-i", path, "-t", end - start, "-map", "0:v:0", "-map", "0:a:0", "-c", "copy",
               "-avoid_negative_ts", "make_zero", piece)
        pieces.append(piece)
    joined = work / f"{to.stem}-{to.parent.name}.txt"
    joined.write_text("".join(f"file '{p}'\n" for p in pieces))
    ffmpeg("-f", "concat", "-safe", 0, "-i", joined, "-c", "copy", to)
    return video_length(pieces[0])


def video_length(path):
    out = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", path],
                         check=True, capture_output=True, text=True).stdout
    return float(out)


def joined_anew(parts, to, size, rate):
    """`parts` joined through the decoder; gives where the joints are."""
    inputs, graph = [], ""
    for number, (path, start, end) in enumerate(parts):
        inputs += ["-ss", start, "-t", end - start, "-i", path]
        graph += (f"[{number}:v:0]scale={size},setsar=1,fps={rate}[v{number}];"
                  f"[{number}:a:0]aresample=44100,aformat=channel_layouts=mono[a{number}];")
    graph += "".join(f"[v{n}][a{n}]" for n in range(len(parts))) + f"concat=n={len(parts)}:v=1:a=1[v][a]"
    ffmpeg(*inputs, "-filter_complex", graph, "-map", "[v]", "-map", "[a]", *FAST, "-preset", "superfast", "-c:a", "aac", to)
    places, at = [], 0.0
    for _, start, end in parts[:-1]:
        at += end - start
        places.append(at)
    return tuple(places)


def edits_of(source, others, folder, work):
    """The ten edits of one recording."""
    cut, back = source.cuts
    length = source.length
    made = []

    def target(kind):
        (folder / kind).mkdir(parents=True, exist_ok=True)
        return folder / kind / source.path.name

    def add(kind, path, places, needs="packets"):
        made.append(Edit(kind, source, path, tuple(places), needs))

    path = target("cut-copied")
    ffmpeg("-ss", cut, "-i", source.path, "-t", back - cut + 1.5, "-map", "0:v:0", "-map", "0:a:0", "-c", "copy", path)
    add("cut-copied", path, (0.0,))

    path = target("cut-recoded")
    ffmpeg("-ss", cut, "-i", source.path, "-t", back - cut + 1.5, "-map", "0:v:0", "-map", "0:a:0", *FAST, path)
    add("cut-recoded", path, (0.0,))

    path = target("inserted")
    steady = [o for o in others if o.name != "FL07"]  # whose frames come at their time
    other = steady[(others.index(source) + 1) % len(steady)]
    places = joined_anew([(source.path, 0, cut), (other.path, 1, 3), (source.path, cut, back)], path, source.size,
                         source.rate)
    add("inserted", path, places)

    path = target("middle-removed")
    place = concat_copy([(source.path, 0, cut), (source.path, back, length)], path, work)
    add("middle-removed", path, (place,))

    path = target("faster")
    if others.index(source) % 2 == 0:
        path.write_bytes(boxes.rewrite(source.path.read_bytes(), boxes.play_faster(1.25)))
    else:
        ffmpeg("-i", source.path, "-map", "0:v:0", "-map", "0:a:0", "-vf", "setpts=PTS/1.25", "-af", "atempo=1.25", *FAST, path)
    add("faster", path, (0.0,))

    path = target("frozen")
    frames = round(eval(source.rate) * 2.5)
    first = round(eval(source.rate) * cut)
    ffmpeg("-i", source.path, "-map", "0:v:0", "-map", "0:a:0", "-vf",
           f"fps={source.rate},loop=loop={frames}:size=1:start={first},setpts=N/({source.rate})/TB", "-t", length, *FAST, path)
    add("frozen", path, (cut,), "frames" if source.name == "FL07" else "packets")

    path = target("muted")
    ffmpeg("-i", source.path, "-map", "0:v:0", "-map", "0:a:0", "-c:v", "copy", "-c:a", "aac", "-af",
           f"volume=0:enable='between(t,{cut},{back})'", path)
    add("muted", path, (cut,))

    path = target("time-overwritten")
    if others.index(source) % 2 == 0:
        path.write_bytes(boxes.rewrite(source.path.read_bytes(), boxes.set_times(1_715_500_000)))
    else:
        ffmpeg("-i", source.path, "-map", "0:v:0", "-map", "0:a:0", "-c", "copy", "-metadata",
               "creation_time=2024-05-12T07:46:40Z", path)
    add("time-overwritten", path, (), "frames")

    path = target("two-days")
    place = concat_copy([(source.second, length / 2, length / 2 + 3), (source.path, 0, 3.3)], path, work)
    add("two-days", path, (place,))

    path = target("clock-shifted")
    if source.name == "AM06":  # the device's own print, of eight seconds later
        ffmpeg("-i", source.path, "-ss", 8, "-i", source.path, "-map", "[v]", "-map", "0:a:0", "-filter_complex",
               f"[1:v]crop=400:56:240:0[later];[0:v][later]overlay=240:0:eof_action=pass:enable='gte(t,{cut})'[v]",
               *FAST, "-c:a", "copy", path)
        add("clock-shifted", path, (cut,), "frames")
        return made
    clocked = source if source.name.startswith("S") else others[others.index(source) - 3]
    path = path.parent / source.name / clocked.path.name
    path.parent.mkdir()
    cut = clocked.cuts[0]
    shift = {"S": 600, "G": -45, "F": 3600}[source.name[0]]
    epoch = int((START + datetime.timedelta(days=3, minutes=21, seconds=shift))
                .replace(tzinfo=datetime.timezone.utc).timestamp())
    ffmpeg("-i", clocked.path, "-map", "0:v:0", "-map", "0:a:0", "-vf",
           f"{clock(clocked.maker, epoch)}:enable='gte(t,{cut})'", *FAST, "-c:a", "copy", path)
    add("clock-shifted", path, (cut,), "frames")
    return made


def make(folder, samples):
    """Sources (untouched) and edits."""
    found = sources(folder, samples)
    work = folder / "work"
    work.mkdir()
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        made = list(pool.map(lambda s: edits_of(s, found, folder / "edits", work), found))
    return found, [edit for edits in made for edit in edits]
