"""Damage sound files and throw them at readers, for hours: what tests/soak/*.py share. Nothing here is a test of CI.

Each input is a sound file of a format, damaged by a chain of small edits (bytes changed, cut, repeated, spliced with
another file, marks of the format thrown in), or, for a zip, the same inside one of its members. A reader may read it
or refuse it with a message; anything else, more than TIME seconds or more than 1 GB of memory is a fault, kept under
`--folder` with its seed. Counts are kept there too: a run that was stopped goes on where it was. `--reader trs`, once
or more, for some readers only; `--seconds N` to stop after so long.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import resource
import signal
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from verbatim.exchange import zip_files
from verbatim.problems import StudyError

PROGRAM = Path(__file__).resolve().parents[2]
Sound = tuple[str, bytes]


@dataclass(frozen=True)
class Attack:
    """What one soak throws: sound files of each reader, how many damaged ones, and what a reading must hold.

    `sound`: reader -> (functions that give a sound file, its name and bytes; how many inputs);
    `judge`: reads a file; a sentence where the reading is not sound, None where it is; StudyError: refused.
    """

    name: str
    sound: Mapping[str, tuple[Sequence[Callable[[], Sound]], int]]
    judge: Callable[[str, bytes], str | None]


TEXTS, CONTAINERS = 1_000_000, 50_000
TIME, MEMORY, BATCH = 10, 2**30, 500
MARKS = [
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\x00", b"\r", b"\r\n", b"\n\n", b"\t", b'"', b'""', b"'", b"\\", b"{", b"}"),
    *(b"[", b"]", b"<", b">", b"&", b"&#0;", b"&amp;", b"&x;", b"<!DOCTYPE x>", b"<!--", b"]]>", b"%", b"@", b"*"),
    *(b"-->", b"00:00:00,000", b"99999999999999999999", b"1e309", b"-1", b"NaN", b"null", b"\\u0000", b"\\'ff"),
    *(
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        "\u2028".encode(),
        "e\u0301".encode(),
        b"**** *",
        b"-*",
        b"ENQ : ",
        b"\x15",
    ),
]


def damaged(draw: random.Random, sound: bytes, other: bytes) -> bytes:
    """Return `sound` after some small edits: mostly one, eight at most."""
    data = bytearray(sound)
    for _ in range(draw.choice([1, 1, 1, 2, 3, 8])):
        at = draw.randint(0, len(data))
        end = min(len(data), at + draw.choice([0, 1, 1, 2, 5, 20]))
        kind = draw.randrange(5)
        if kind == 0:
            data[at:end] = bytes(draw.randrange(256) for _ in range(draw.randint(0, 3)))
        elif kind == 1:
            data[at:end] = draw.choice(MARKS) * draw.choice([1, 1, 1, 3, 50])
        elif kind == 2:
            data[at:end] = b""
        elif kind == 3:
            data[at:at] = data[at:end] * draw.choice([2, 40])
        else:
            start = draw.randint(0, len(other))
            data[at:end] = other[start : start + draw.randint(0, 60)]
    return bytes(data[:200_000])


def inputs(attack: Attack, name: str, seed: int) -> Iterator[Sound]:
    """Yield BATCH damaged files for a reader, always the same for one `seed`."""
    draw = random.Random(f"{name} {seed}")
    sound = [write() for write in attack.sound[name][0]]
    for _ in range(BATCH):
        file, data = draw.choice(sound)
        if zipfile.is_zipfile(BytesIO(data)) and draw.random() < 0.8:
            members = zip_files.unpack(data, file, "")
            target = draw.choice([one for one in sorted(members) if one.endswith((".xml", ".rels", ".qde", ".txt"))])
            members[target] = damaged(draw, members[target], data)
            yield file, zip_files.pack(members, ("mimetype",))
        else:
            yield file, damaged(draw, data, draw.choice(sound)[1])


def batch(attack: Attack, name: str, seed: int) -> dict:
    """Return counts of one batch: read, refused, and the faults (position, what)."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY + 2**30, MEMORY + 2**30))
    signal.signal(signal.SIGALRM, _too_long)
    counts = {"read": 0, "refused": 0, "faults": []}
    for position, (file, data) in enumerate(inputs(attack, name, seed)):
        signal.alarm(TIME)
        try:
            wrong = attack.judge(file, data)
            counts["read"] += 1
            if wrong:
                counts["faults"].append((position, wrong))
        except StudyError:
            counts["refused"] += 1
        except BaseException as error:
            counts["faults"].append((position, f"{type(error).__name__}: {error}"[:300]))
        signal.alarm(0)
    return counts


def _batch(asked: tuple[Attack, str, int]) -> tuple[str, int, dict]:
    return *asked[1:], batch(*asked)


def main(attack: Attack) -> None:
    """Go on with the soak and print its counts."""
    options = _options(attack)
    options.folder.mkdir(parents=True, exist_ok=True)
    state_file = options.folder / f"{attack.name}.json"
    state = json.loads(state_file.read_text()) if state_file.exists() else {}
    begun = time.monotonic()
    names = options.reader or [*attack.sound]
    asked = ((attack, name, seed) for name in names for seed in _left(attack, state, name))
    with multiprocessing.get_context("spawn").Pool(options.cores, maxtasksperchild=200) as pool:
        # in order, so that the number of batches says which were done
        for name, seed, counts in pool.imap(_batch, asked, chunksize=1):
            _add(state, name, seed, counts)
            if seed % 20 == 0 or counts["faults"]:
                state_file.write_text(json.dumps(state, indent=1))
            if time.monotonic() - begun > options.seconds:
                pool.terminate()
                break
    state_file.write_text(json.dumps(state, indent=1))
    for name, own in state.items():
        print(f"{name:<10} {own['read']:>9,} read {own['refused']:>9,} refused {len(own['faults']):>4} faults")
    sys.exit(any(own["faults"] for own in state.values()))


def _options(attack: Attack) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", action="append", choices=[*attack.sound])
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--folder", type=Path, default=PROGRAM / "soak")
    parser.add_argument("--cores", type=int, default=multiprocessing.cpu_count())
    return parser.parse_args()


def _left(attack: Attack, state: dict, name: str) -> range:
    done = state.get(name, {}).get("batches", 0)
    return range(done, attack.sound[name][1] // BATCH)


def _add(state: dict, name: str, seed: int, counts: dict) -> None:
    own = state.setdefault(name, {"batches": 0, "read": 0, "refused": 0, "faults": []})
    own["batches"] += 1
    own["read"] += counts["read"]
    own["refused"] += counts["refused"]
    own["faults"] += [{"seed": seed, "position": position, "what": what} for position, what in counts["faults"]]


def _too_long(*_: object) -> None:
    raise TimeoutError
