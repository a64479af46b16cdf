#!/usr/bin/env python3
"""Sixty edits and the recordings untouched: which edits are found, with their places, and what the untouched ones read.

usage: edits_test.py JIANLU [CACHE]     $JIANLU_SAMPLES names the folder of recordings; CACHE keeps what was made

Every edit is looked at twice: with a profile learned from originals of its device, and without. Of the three synthetic
devices the profile is learned from three clips, and two others are edited. Of the three real ones there is one original
each, which is both learned from and edited: for those the column with a profile says that the edit is seen against its own
source, no more. The edits of one kind are looked at together and apart from the others, so that no source lies beside them.
"""
import collections
import hashlib
import json
import os
import pathlib
import pickle
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import edits  # noqa: E402

NEAR = 0.5
LOUD = ("strong", "medium")
# What says nothing about a place: that of another file, or of the end.
ELSEWHERE = {"same_pictures_elsewhere", "lengths_differ"}
ONE_SIGN = "one contradiction between clocks, and one sign decides nothing: unknown, for a person to look at"
# (kind, source) -> why. The test fails when one more is missed, and when one of these is found.
MISSED = {}
MISSED_UNPROFILED = {
    ("middle-removed", "SC03"): "the cut lies at key frames and five frame lengths apart: in time, as if pictures were dropped",
    ("middle-removed", "FL07"): "pictures of this camera come at any time; only the sound's beat shows, and alone it is weak",
    ("two-days", "FL07"): "the same",
    ("time-overwritten", "SA01"): ONE_SIGN, ("time-overwritten", "SC03"): ONE_SIGN, ("time-overwritten", "AM06"): ONE_SIGN,
    ("time-overwritten", "SB02"): ONE_SIGN, ("time-overwritten", "FL07"): ONE_SIGN,
}
UNPLACED = {
    ("clock-shifted", "SB02"): "the clock is printed without a margin and touches a scene as bright as itself: not read",
}


def run(*arguments):
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, f"{arguments}: {done.stderr}"
    return done.stdout


def inspect(jianlu, paths, profiles, depth="packets"):
    more = [f"--profiles={profiles}"] if profiles else []
    more += ["--every-frame"] if depth == "frames" else []
    answers = [json.loads(line) for line in run(jianlu, "--format", "json", "inspect", "--depth", depth, *more,
                                                *paths).splitlines()]
    assert len(answers) == len(paths)
    return {answer["file"]: answer["facts"] for answer in answers}


def learn(jianlu, folder):
    profiles = folder / "profiles"
    shutil.rmtree(profiles, ignore_errors=True)
    profiles.mkdir()
    for originals in sorted((folder / "originals").iterdir()):
        run(jianlu, "profile", "learn", originals, "--id", originals.name, "--out", profiles / f"{originals.name}.yaml",
            "--clock-uncertainty", 3)
    return profiles


def prepared(samples, cache):
    """Sources and edits; made anew when what makes them has changed."""
    here = pathlib.Path(__file__).parent
    state = hashlib.sha256(b"".join((here / name).read_bytes() for name in ("edits.py", "boxes.py"))
                           + str(samples).encode()).hexdigest()
    listing = cache / "made.pickle"
    if listing.exists():
        made_from, made = pickle.loads(listing.read_bytes())
        if made_from == state:
            return made
    shutil.rmtree(cache, ignore_errors=True)
    cache.mkdir(parents=True)
    made = edits.make(cache, samples)
    shutil.rmtree(cache / "work")
    listing.write_bytes(pickle.dumps((state, made)))
    return made


def near(facts, places):
    """Signs that name the places; none unless each is named."""
    placed = [(sign["sign"], sign["time_us"] / 1e6) for sign in facts["signs"]
              if "time_us" in sign and sign["sign"] not in ELSEWHERE and sign["weight"] in (*LOUD, "weak")]
    names = [{sign for sign, time in placed if abs(time - place) <= NEAR} for place in places]
    return sorted(set.union(*names)) if all(names) else []


def untouched(jianlu, sources, profiles):
    faults = []
    facts = inspect(jianlu, sorted({s.path for s in sources} | {s.second for s in sources}), profiles, "frames")
    for path, f in facts.items():
        loud = [(s["sign"], s["evidence"]["en"]) for s in f["signs"] if s["weight"] in LOUD]
        if f["reading"] == "edited" or loud:
            faults.append(f"untouched, yet {f['reading']}: {path} {loud}")
    print(f"untouched: {len(facts)}, clean {len(facts) - len(faults)}")
    return faults


def agree(what, edit, holds, misses, facts):
    """No fault when it holds and is not among the misses, or the other way round."""
    key = (edit.kind, edit.source.name)
    if holds == (key not in misses):
        return []
    if holds:
        return [f"{what} {key} now: take it off the list of misses"]
    signs = [(s["sign"], s["weight"], s.get("time_us", 0) / 1e6) for s in facts["signs"]]
    return [f"{what} {key} no more: {facts['reading']}, places {edit.places}, {signs}"]


def found(jianlu, made, profiles):
    faults, table = [], collections.defaultdict(lambda: [0, 0, 0, 0])
    by_kind = collections.defaultdict(list)
    for edit in made:
        by_kind[edit.kind, edit.needs].append(edit)
    for (kind, depth), some in by_kind.items():
        paths = [edit.path for edit in some]
        known, unknown = inspect(jianlu, paths, profiles, depth), inspect(jianlu, paths, None, depth)
        for edit in some:
            f, bare = known[str(edit.path)], unknown[str(edit.path)]
            read, read_bare = f["reading"] == "edited", bare["reading"] == "edited"
            # Where no place can be named, the sign above weak is what there is to find.
            where = near(bare, edit.places) if edit.places else [s["sign"] for s in f["signs"] if s["weight"] in LOUD]
            row = table[kind]
            for column, value in enumerate((1, read, read_bare, bool(where))):
                row[column] += value
            faults += agree("found", edit, read, MISSED, f)
            faults += agree("found without profile", edit, read_bare, MISSED_UNPROFILED, bare)
            faults += agree("place", edit, bool(where), UNPLACED, bare)
            print(f"  {kind:17} {edit.source.name} {f['reading']}, without profile {bare['reading']}; "
                  f"{edit.places}: {', '.join(where) or 'MISSED'}")
    print(f"{'edit':17} made  found  without profile  place")
    for kind, (count, read, bare, placed) in sorted(table.items()):
        print(f"{kind:17} {count:4} {read:6} {bare:16} {placed:6}")
    for misses, what in ((MISSED, "not found"), (MISSED_UNPROFILED, "not found without profile"), (UNPLACED, "no place")):
        for (kind, source), why in misses.items():
            print(f"known: {kind} {source} {what}: {why}")
    return faults


def main():
    jianlu = pathlib.Path(sys.argv[1])
    samples = pathlib.Path(os.environ.get("JIANLU_SAMPLES", ""))
    if not (samples / "MANIFEST.yaml").is_file() or not shutil.which("ffmpeg"):
        print("SKIPPED: 60 edits, JIANLU_SAMPLES names no folder of recordings or there is no ffmpeg")
        return 1 if os.environ.get("JIANLU_REQUIRE_SAMPLES") else 0
    with tempfile.TemporaryDirectory(prefix="jianlu-edits-") as apart:
        cache = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else apart)
        sources, made = prepared(samples, cache)
        profiles = learn(jianlu, cache)
        faults = untouched(jianlu, sources, profiles) + found(jianlu, made, profiles)
    for fault in faults:
        print("FAULT", fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
