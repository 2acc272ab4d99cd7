"""Resamples of an analysis, kept between the steps: counts that add up, in one file a part."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

KINDS = ("interviews", "segments", "left_out")


@dataclass(frozen=True)
class Resamples:
    """What some draws, or all of them, say of the classes of every number tried.

    interviews: their names, sorted; owners, segments (n,): interview (place in it) and number of each segment;
    forms: the active lemmas; labels: number -> (n,), classes of the study, n_splits: number -> splits.
    draws: kind -> (R,) numbers of its draws; jaccard: (kind, number) -> (R, K). A draw left_out i is that without
    interview i. Sums over draws of interviews (of segments, where there is one interview), for numbers in detail:
    present (n,): draws that hold the segment; members: number -> (n, K), draws that put it where the class was found
    again; characteristic: number -> (p, K), draws in which the form is characteristic of it.
    """

    interviews: tuple[str, ...]
    owners: np.ndarray
    segments: np.ndarray
    forms: tuple[str, ...]
    labels: dict[int, np.ndarray]
    n_splits: dict[int, int]
    present: np.ndarray
    draws: dict[str, np.ndarray] = field(default_factory=dict)
    jaccard: dict[tuple[str, int], np.ndarray] = field(default_factory=dict)
    members: dict[int, np.ndarray] = field(default_factory=dict)
    characteristic: dict[int, np.ndarray] = field(default_factory=dict)

    def classes(self, number: int) -> int:
        """Return how many classes were found when `number` were asked for."""
        return int(self.labels[number].max(initial=0))


def write(found: Resamples, target: str | os.PathLike[str]) -> None:
    """Write `found` to the file `target`: compressed arrays, the same bytes each time."""
    arrays = {
        "interviews": np.array(found.interviews, dtype=str),
        "forms": np.array(found.forms, dtype=str),
        "owners": found.owners,
        "segments": found.segments,
        "present": found.present,
        "splits": np.array(sorted(found.n_splits.items())).reshape(-1, 2),
    }
    arrays |= {f"draws {kind}": found.draws[kind] for kind in KINDS}
    arrays |= {f"jaccard {kind} {number}": found.jaccard[kind, number] for kind, number in sorted(found.jaccard)}
    for name in ("labels", "members", "characteristic"):
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
        for name in ("labels", "members", "characteristic")
    }
    pairs = [key.split() for key in held if key.startswith("jaccard ")]
    return Resamples(
        interviews=tuple(held["interviews"].tolist()),
        owners=held["owners"],
        segments=held["segments"],
        forms=tuple(held["forms"].tolist()),
        n_splits=dict(held["splits"].tolist()),
        present=held["present"],
        draws={kind: held[f"draws {kind}"] for kind in KINDS},
        jaccard={(kind, int(number)): held[f"jaccard {kind} {number}"] for _, kind, number in pairs},
        **by_number,
    )


def _together(parts: Sequence[Resamples]) -> Resamples:
    first = parts[0]
    draws = {kind: np.concatenate([part.draws[kind] for part in parts]) for kind in KINDS}
    order = {kind: np.argsort(numbers, kind="stable") for kind, numbers in draws.items()}
    return replace(
        first,
        draws={kind: numbers[order[kind]] for kind, numbers in draws.items()},
        jaccard={key: np.concatenate([part.jaccard[key] for part in parts])[order[key[0]]] for key in first.jaccard},
        present=sum(part.present for part in parts),
        members={k: sum(part.members[k] for part in parts) for k in first.members},
        characteristic={k: sum(part.characteristic[k] for part in parts) for k in first.characteristic},
    )
