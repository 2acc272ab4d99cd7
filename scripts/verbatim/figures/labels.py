"""Placing labels so that none covers another and none is dropped."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags

RINGS, ANGLES, STEP = 60, 16, 3.0
LINE = 1.2
UNBROKEN = re.compile(r" (?=[;:!?»%])|(?<=«) ")


def sizes(texts: Sequence[str], points: Sequence[float], weight: str = "normal") -> np.ndarray:
    """Return widths and heights (n, 2) of `texts` set in `points`, in points.

    The height is that of a line, or of as many as the text has.
    """
    boxes = [
        (max(width(line, size, weight) for line in text.split("\n")), LINE * size * (1 + text.count("\n")))
        for text, size in zip(texts, points, strict=True)
    ]
    return np.array(boxes, dtype=float).reshape(-1, 2)


def width(text: str, size: float, weight: str = "normal") -> float:
    """Return the width of a line of `text` set in `size` points, in points: the sum of its letters' advances."""
    return sum(_advance(letter, weight) for letter in text) * size


@cache
def _advance(letter: str, weight: str) -> float:
    """Return how far a letter takes the pen, in ems."""
    font = get_font(findfont(FontProperties(family="DejaVu Sans", weight=weight)))
    font.set_size(100, 72)
    return font.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / 100


def fitting(text: str, room: float, size: float, weight: str = "normal") -> float:
    """Return `size`, or the smaller one at which `text` is at most `room` points wide."""
    return size * min(1.0, room / max(width(text, size, weight), 1e-9))


def wrap(text: str, room: float, size: float, weight: str = "normal") -> list[str]:
    """Return the lines of `text` set in `size` points, none wider than `room` points; nothing is left out.

    Lines break at ordinary spaces, but never before the marks that the French part from the word before
    (; : ! ? » %) nor after «; a word that is too wide by itself is cut.
    """
    lines: list[str] = []
    for word in UNBROKEN.sub("\u00a0", text).split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width(joined, size, weight) <= room:
            lines[-1] = joined
        else:
            lines += _pieces(word, room, size, weight)
    return lines


def _pieces(word: str, room: float, size: float, weight: str) -> list[str]:
    pieces = []
    while len(word) > 1 and width(word, size, weight) > room:
        n = max((k for k in range(1, len(word)) if width(word[:k] + "-", size, weight) <= room), default=1)
        pieces.append(word[:n] + "-")
        word = word[n:]
    return [*pieces, word]


def place(anchors: np.ndarray, boxes: np.ndarray, bounds: tuple[float, float], pad: float = 1.5) -> np.ndarray:
    """Return the centres (n, 2) of labels near their `anchors`, no two boxes overlapping.

    All lengths are in points; labels stay within (0, 0)…`bounds` where there is room. Labels are set
    in the order given: put the most important first. Each goes to the nearest free place on rings
    around its anchor, the centre first, or else wherever the figure has room; only where it has none
    do labels overlap (count them with `overlaps`).
    """
    centres = np.zeros_like(anchors, dtype=float)
    half = boxes / 2 + pad / 2
    for i, anchor in enumerate(anchors):
        centres[i] = _first_free(anchor, half[i], centres[:i], half[:i], bounds)
    return centres


def _first_free(anchor: np.ndarray, half: np.ndarray, others: np.ndarray, halves: np.ndarray, bounds) -> np.ndarray:
    low, high = half, np.array(bounds) - half
    start = np.clip(anchor, low, np.maximum(low, high))
    for ring in range(RINGS):
        for k in range(ANGLES if ring else 1):
            angle = 2 * math.pi * (k + 0.5 * (ring % 2)) / ANGLES
            offset = ring * 2.5 * np.array([1.6 * math.cos(angle), math.sin(angle)])
            centre = np.clip(start + offset, low, np.maximum(low, high))
            if not _covers(centre, half, others, halves):
                return centre
    return _nearest_free(start, half, others, halves, low, high)


def _nearest_free(start: np.ndarray, half: np.ndarray, others, halves, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return the free place nearest to `start` on a fine grid of the whole figure; `start` if there is none."""
    across, up = (np.arange(low[k], max(high[k], low[k]) + 1e-9, STEP) for k in (0, 1))
    free = np.ones((len(across), len(up)), dtype=bool)
    for other, other_half in zip(others, halves, strict=True):
        reach = other_half + half
        free[np.ix_(np.abs(across - other[0]) < reach[0], np.abs(up - other[1]) < reach[1])] = False
    places = np.stack(np.meshgrid(across, up, indexing="ij"), axis=-1)[free]
    return places[np.argmin(((places - start) ** 2).sum(axis=1))] if len(places) else start


def pack(
    boxes: np.ndarray, bounds: tuple[float, float], pad: float = 1.0, aims: np.ndarray | None = None
) -> np.ndarray | None:
    """Return the centres (n, 2) of boxes (n, 2) packed round the middle of `bounds`, or None without room for all.

    All lengths are in points. In the order given, each goes to the free place, to the point, that is
    nearest to the middle, or to its own of the `aims` (n, 2), in shares of `bounds`; distances are counted
    in the proportions of `bounds`; boxes stay within (0, 0)…`bounds`.
    """
    aims = np.full((len(boxes), 2), 0.5) if aims is None else aims
    size = np.floor(bounds).astype(int)
    taken = np.zeros(size, dtype=np.int32)
    corners = np.zeros_like(boxes, dtype=float)
    cells = np.ceil(boxes + pad).astype(int)
    for i, own in enumerate(cells):
        if np.any(own > size):
            return None
        # how much is taken of each window of the box's size, from the sums of all rectangles at the corner
        sums = np.pad(taken.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
        across, up = own
        within = sums[across:, up:] - sums[:-across, up:] - sums[across:, :-up] + sums[:-across, :-up]
        if within.min() > 0:
            return None
        away = [((np.arange(n) + side / 2) / length - aim) ** 2 for n, side, length, aim in zip(
            within.shape, own, size, aims[i], strict=True
        )]  # fmt: skip
        best = np.argmin(np.where(within, np.inf, away[0][:, None] + away[1][None, :]))
        corners[i] = x, y = np.unravel_index(best, within.shape)
        taken[x : x + across, y : y + up] = 1
    return corners + cells / 2


def _covers(centre: np.ndarray, half: np.ndarray, others: np.ndarray, halves: np.ndarray) -> bool:
    return bool(np.any(np.all(np.abs(others - centre) < halves + half, axis=1))) if len(others) else False


def overlaps(centres: np.ndarray, boxes: np.ndarray) -> int:
    """Return how many pairs of label boxes overlap."""
    apart = np.abs(centres[:, None, :] - centres[None, :, :])
    covering = np.all(apart < (boxes[:, None, :] + boxes[None, :, :]) / 2 - 1e-6, axis=2)
    return int(np.triu(covering, 1).sum())


def write(figure: Figure, texts, centres: np.ndarray, points, colours, weight: str = "normal") -> None:
    """Write `texts` with their centres at `centres`, in points from the lower left of the figure."""
    size = figure.get_size_inches() * 72
    style = {"ha": "center", "va": "center", "weight": weight, "linespacing": LINE}
    for text, (x, y), points_high, tint in zip(texts, centres, points, colours, strict=True):
        figure.text(x / size[0], y / size[1], text, fontsize=points_high, color=tint, **style)
