"""Placing labels so that none covers another and none is dropped."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

RINGS, ANGLES, STEP = 60, 16, 3.0


def sizes(texts: Sequence[str], points: Sequence[float], weight: str = "normal") -> np.ndarray:
    """Return widths and heights (n, 2) of `texts` set in `points`, in points; height is that of a line."""
    font = FontProperties(family="DejaVu Sans", weight=weight)
    boxes = []
    for text, size in zip(texts, points, strict=True):
        extent = TextPath((0, 0), text or " ", size=size, prop=font).get_extents()
        boxes.append((extent.x1, 1.2 * size))
    return np.array(boxes).reshape(-1, 2)


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
    places = np.stack(np.meshgrid(across, up, indexing="ij"), axis=-1).reshape(-1, 2)
    free = np.ones(len(places), dtype=bool)
    for other, other_half in zip(others, halves, strict=True):
        free &= ~np.all(np.abs(places - other) < other_half + half, axis=1)
    places = places[free]
    return places[np.argmin(((places - start) ** 2).sum(axis=1))] if len(places) else start


def _covers(centre: np.ndarray, half: np.ndarray, others: np.ndarray, halves: np.ndarray) -> bool:
    return bool(np.any(np.all(np.abs(others - centre) < halves + half, axis=1))) if len(others) else False


def overlaps(centres: np.ndarray, boxes: np.ndarray) -> int:
    """Return how many pairs of label boxes overlap."""
    apart = np.abs(centres[:, None, :] - centres[None, :, :])
    covering = np.all(apart < (boxes[:, None, :] + boxes[None, :, :]) / 2 - 1e-6, axis=2)
    return int(np.triu(covering, 1).sum())


def write(figure: Figure, texts, centres: np.ndarray, points, colours, weight: str = "normal") -> None:
    """Write `texts` with their centres at `centres`, in points from the lower left of the figure."""
    width, height = figure.get_size_inches() * 72
    for text, (x, y), size, tint in zip(texts, centres, points, colours, strict=True):
        figure.text(x / width, y / height, text, fontsize=size, color=tint, ha="center", va="center", weight=weight)
