"""Drawing segments again: whole interviews, or segments one by one."""

from __future__ import annotations

from typing import Literal

import numpy as np

KINDS = ("interviews", "segments")


def resample(
    interviews: np.ndarray, kind: Literal["interviews", "segments"], seed: int, number: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return rows (m,) and texts (m,), numbers from 0, of bootstrap draw `number`, from 0 (Efron 1979).

    `interviews` (n_segments,): interview of each segment, as integers from 0, in order. `interviews`: as many
    interviews as there are, with replacement, each with all its segments in order; each copy is a text of its own.
    `segments`: as many segments as there are, in order, copies side by side; a text is what is drawn of an interview.
    Each draw of each kind has its own stream: it depends on no other draw. Errors: ValueError for another kind.
    """
    if kind not in KINDS:
        raise ValueError(f"kind is {kind!r}, not one of {KINDS}")
    generator = np.random.default_rng([seed, number, KINDS.index(kind)])
    n = len(interviews)
    if kind == "segments":
        rows = np.sort(generator.integers(n, size=n)) if n else np.arange(0)
        return rows, _numbered(interviews[rows])
    n_interviews = int(interviews.max(initial=-1)) + 1
    chosen = np.sort(generator.integers(n_interviews, size=n_interviews)) if n else np.arange(0)
    own = np.split(np.argsort(interviews, kind="stable"), np.cumsum(np.bincount(interviews, minlength=1))[:-1])
    rows = np.concatenate([own[i] for i in chosen]) if len(chosen) else np.arange(0)
    texts = np.repeat(np.arange(len(chosen)), [len(own[i]) for i in chosen]) if len(chosen) else np.arange(0)
    return rows, texts


def without(interviews: np.ndarray, left_out: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of all interviews but one, and their texts."""
    rows = np.flatnonzero(interviews != left_out)
    return rows, _numbered(interviews[rows])


def _numbered(texts: np.ndarray) -> np.ndarray:
    return np.unique(texts, return_inverse=True)[1]
