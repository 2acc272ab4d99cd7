"""Resamples of an analysis, kept between the steps: one file a part, and all of them together."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

KINDS = ("interviews", "segments", "left_out")
BY_NUMBER = ("labels", "members", "characteristic", "chance")


@dataclass(frozen=True)
class Resamples:
    """What some draws, or all of them, say of the classes of every number tried.

    interviews: their names, sorted; owners, segments (n,): interview (place in it) and number of each segment;
    forms: the p active lemmas; labels: number -> (n,), classes of the study; n_splits: number -> splits.
    draws: kind -> (R,) numbers of its draws; a draw left_out i is that without interview i. crossings: (kind, number)
    -> (R, K + 1, K + 1), see `draws.Found`. Over the draws of the kind `telling`: present (n,): draws that hold the
    segment; members: number -> (n, K), draws that put it where the class was found again; characteristic: number ->
    (R, ⌈p·K / 8⌉), whether each form is characteristic of each class, in bits. The last two only for the number that
    the study asks for, or for all where it asks for none. chance: number -> (Q,) mean Jaccard index of the classes of a
    corpus whose words were dealt again, in draws `mixed` (Q,).
    """

    interviews: tuple[str, ...]
    owners: np.ndarray
    segments: np.ndarray
    forms: tuple[str, ...]
    labels: dict[int, np.ndarray]
    n_splits: dict[int, int]
    present: np.ndarray
    draws: dict[str, np.ndarray] = field(default_factory=dict)
    crossings: dict[tuple[str, int], np.ndarray] = field(default_factory=dict)
    members: dict[int, np.ndarray] = field(default_factory=dict)
    characteristic: dict[int, np.ndarray] = field(default_factory=dict)
    mixed: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    chance: dict[int, np.ndarray] = field(default_factory=dict)

    @property
    def telling(self) -> str:
        """Return the kind of draws that membership and forms come from: of segments where one interview is alone."""
        return "interviews" if len(self.interviews) > 1 else "segments"

    def classes(self, number: int) -> int:
        """Return how many classes were found when `number` were asked for."""
        return int(self.labels[number].max(initial=0))

    def times_characteristic(self, number: int, parts: Sequence[Sequence[int]]) -> np.ndarray:
        """Return (p, M) the draws in which each form is characteristic of one of the `parts` of each of M classes."""
        shape = len(self.forms), self.classes(number)
        times = np.zeros((shape[0], len(parts)), dtype=np.int64)
        for packed in self.characteristic[number]:
            flags = np.unpackbits(packed, count=shape[0] * shape[1]).reshape(shape)
            for i, own in enumerate(parts):
                times[:, i] += flags[:, np.asarray(own) - 1].any(axis=1)
        return times


def write(found: Resamples, target: str | os.PathLike[str]) -> None:
    """Write `found` to the file `target`: compressed arrays, the same bytes each time."""
    arrays = {
        "interviews": np.array(found.interviews, dtype=str),
        "forms": np.array(found.forms, dtype=str),
        "owners": found.owners,
        "segments": found.segments,
        "present": found.present,
        "mixed": found.mixed,
        "splits": np.array(sorted(found.n_splits.items()), dtype=np.int64).reshape(-1, 2),
    }
    arrays |= {f"draws {kind}": found.draws[kind] for kind in KINDS}
    arrays |= {f"crossings {kind} {number}": found.crossings[kind, number] for kind, number in sorted(found.crossings)}
    for name in BY_NUMBER:
        arrays |= {f"{name} {number}": values for number, values in sorted(getattr(found, name).items())}
    with Path(target).open("wb") as file:
        np.savez_compressed(file, **arrays)


def read(sources: Iterable[str | os.PathLike[str]]) -> Resamples:
    """Return what all parts `sources` (of `write`) say together. Errors: ValueError where there is none."""
    parts = [_read(source) for source in sources]
    if not parts:
        raise ValueError("there is no part to read")
    return _together(parts)


def _read(source: str | os.PathLike[str]) -> Resamples:
    with np.load(source, allow_pickle=False) as arrays:
        held = {name: arrays[name] for name in arrays.files}
    by_number = {
        name: {int(key.split()[1]): values for key, values in held.items() if key.startswith(f"{name} ")}
        for name in BY_NUMBER
    }
    pairs = [key.split() for key in held if key.startswith("crossings ")]
    return Resamples(
        interviews=tuple(held["interviews"].tolist()),
        owners=held["owners"],
        segments=held["segments"],
        forms=tuple(held["forms"].tolist()),
        n_splits=dict(held["splits"].tolist()),
        present=held["present"],
        mixed=held["mixed"],
        draws={kind: held[f"draws {kind}"] for kind in KINDS},
        crossings={(kind, int(number)): held[f"crossings {kind} {number}"] for _, kind, number in pairs},
        **by_number,
    )


def _together(parts: Sequence[Resamples]) -> Resamples:
    first = parts[0]
    draws = {kind: np.concatenate([part.draws[kind] for part in parts]) for kind in KINDS}
    order = {kind: np.argsort(numbers, kind="stable") for kind, numbers in draws.items()}
    mixed = np.concatenate([part.mixed for part in parts])
    dealt = np.argsort(mixed, kind="stable")

    def in_order(kind: str, arrays: list[np.ndarray]) -> np.ndarray:
        return np.concatenate(arrays)[order[kind]]

    return replace(
        first,
        draws={kind: in_order(kind, [part.draws[kind] for part in parts]) for kind in KINDS},
        crossings={key: in_order(key[0], [part.crossings[key] for part in parts]) for key in first.crossings},
        present=sum(part.present for part in parts),
        members={k: sum(part.members[k] for part in parts) for k in first.members},
        characteristic={
            k: in_order(first.telling, [part.characteristic[k] for part in parts]) for k in first.characteristic
        },
        mixed=mixed[dealt],
        chance={k: np.concatenate([part.chance[k] for part in parts])[dealt] for k in first.chance},
    )
