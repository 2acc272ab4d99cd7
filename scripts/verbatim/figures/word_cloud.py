"""Clouds of words, packed without overlap: whatever the weights of the words are."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from verbatim.figures import labels
from verbatim.typography import integer

# points
LARGEST, SMALLEST, LAST_RESORT = 30.0, 6.5, 4.5
STEP = 0.93
TALLER = (1.0, 1.3, 1.7, 2.2)
# in ems: what a line of ink is high, and the white between neighbours
INK_HEIGHT, WHITE = 1.0, 0.36


@dataclass(frozen=True)
class Cloud:
    """Words with their centres (n, 2) and font sizes (n,), in points from the lower left corner."""

    words: list[str]
    centres: np.ndarray
    sizes: np.ndarray
    n_asked: int


def as_high_as_needed(
    best: Mapping[int, list[tuple[str, float]]], words: int, width: float, lowest: float
) -> tuple[dict[int, Cloud], float]:
    """Return class -> cloud, all `width` inches wide, and their height, from `lowest` inches, that holds the fullest.

    `best`: class -> (lemma, χ²) by decreasing χ², of which `words` at most are shown.
    """
    for high in (lowest * factor for factor in TALLER):
        clouds = {number: cloud(rows, words, (72 * width, 72 * high)) for number, rows in best.items()}
        if all(len(found.words) == found.n_asked for found in clouds.values()):
            break
    return clouds, high


def cloud(
    best: list[tuple[str, float]],
    words: int,
    bounds: tuple[float, float],
    largest: float = LARGEST,
    aims: np.ndarray | None = None,
) -> Cloud:
    """Return the cloud of the words `best`, (lemma, weight) by decreasing weight, in `bounds` (points).

    The `largest` size is lowered until every word has its place, and under the legible size only when it
    must be; `n_asked` is how many there are to show, of `words` at most, so that a reader can be told
    of any that found no room. `aims` (n, 2): where words would stand, as `labels.pack` takes them.
    """
    rows = best[:words]
    while rows:
        weights = np.sqrt([weight / rows[0][1] for _, weight in rows])
        unit = np.array([_ink(word, weight) for (word, _), weight in zip(rows, weights, strict=True)])
        most = min(largest, 0.97 * bounds[0] / unit[:, 0].max(), math.sqrt(bounds[0] * bounds[1] / _area(unit)))
        for smallest in (SMALLEST, LAST_RESORT):
            size = most
            while size > smallest:
                sizes = np.maximum(size * weights, smallest)
                boxes = np.array([_ink(word, s) for (word, _), s in zip(rows, sizes, strict=True)])
                centres = labels.pack(boxes, bounds, aims=None if aims is None else aims[: len(rows)])
                if centres is not None:
                    return Cloud([word for word, _ in rows], centres, sizes, len(best[:words]))
                size *= STEP
        rows = rows[:-1]
    return Cloud([], np.zeros((0, 2)), np.zeros(0), len(best[:words]))


def _ink(word: str, size: float) -> tuple[float, float]:
    return labels.width(word, size) + WHITE * size, INK_HEIGHT * size


def _area(boxes: np.ndarray) -> float:
    return float(boxes.prod(axis=1).sum())


def write(
    axes: Axes, found: Cloud, left: float, bottom: float, tint: str, faint: Mapping[str, str] | None = None
) -> None:
    """Write a cloud on axes in inches, its lower left corner at (left, bottom); `faint`: word -> its own colour."""
    for word, (x, y), size in zip(found.words, found.centres / 72, found.sizes, strict=True):
        # the middle of the ink, from accents to descenders, stands a quarter of the size above the baseline
        baseline = bottom + y - 0.27 * size / 72
        own = (faint or {}).get(word, tint)
        axes.text(left + x, baseline, word, fontsize=size, color=own, ha="center", va="baseline")


def told(found: Cloud, asked: int, measure: str = "χ²") -> str:
    """Say how many words a cloud shows where they are fewer than `asked`, and why; else nothing."""
    shown, plural = len(found.words), "s" if found.n_asked > 1 else ""
    if shown < found.n_asked:
        return f"{integer(shown)} des {integer(found.n_asked)} mots : les autres n'ont pas trouvé place"
    if not found.n_asked:
        return "aucun mot caractéristique"
    return "" if shown == asked else f"{integer(shown)} mot{plural} seulement à {measure} positif"
