"""The sheet of a similarity graph: the layout brought to the size of a page, every label legible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from verbatim import layout
from verbatim.figures import labels
from verbatim.layout.separation import separate

# points: what an A4 page on its side leaves between its margins
WIDEST, HIGHEST = 780.0, 440.0
NARROWEST, LOWEST = 460.0, 60.0
EDGE = 11.0
SMALLEST_LABEL, LARGEST_SCALE = 6.0, 1.2
# A drawing flatter or steeper than the page by these factors is stretched, by so much at most.
FLATTEST, STEEPEST, STRETCH = 1.05, 0.78, 1.4
# A small drawing is spread, its labels as they are, so that its links are seen: by so much, up to this share of a page.
AIR, SHARE = 1.35, 0.75
LINE, WHITE = 1.16, 2.0


@dataclass(frozen=True)
class Sheet:
    """Words with their label boxes (n, 2), font sizes (n,) and weights, in points from the lower left of the sheet."""

    size: np.ndarray
    centres: np.ndarray
    sides: np.ndarray
    fonts: np.ndarray
    heavy: np.ndarray
    overlaps: int


def lay(words: Sequence[str], fonts: np.ndarray, places: np.ndarray, highest: float = HIGHEST) -> Sheet:
    """Return the sheet of labels `words` (n,), marks included, whose layout in `fonts` (n,) is `places` (n, 2).

    Positions and font sizes are scaled alike so that an A4 page holds the graph, but never so far that a label has
    less than 6 points: then the sheet is larger than the page. No two labels overlap: where the layout was not made
    for these labels, they are pushed apart.
    """
    heavy = fonts > layout.BOLD_FROM
    bare = layout.boxes(words, fonts)
    low, high = (places - bare / 2).min(axis=0), (places + bare / 2).max(axis=0)
    extent = high - low
    scale = float(np.clip(np.min(np.array([WIDEST, highest]) / extent), SMALLEST_LABEL / fonts.min(), LARGEST_SCALE))
    fonts = fonts * scale
    sides = _sides(words, fonts, heavy)
    centres = (places - (low + high) / 2) * _stretched(extent * scale, highest) * scale
    if layout.overlaps(centres, sides):
        centres = separate(centres, sides + 0.05)
    low, high = (centres - sides / 2).min(axis=0), (centres + sides / 2).max(axis=0)
    size = np.maximum(high - low + 2 * EDGE, (NARROWEST, LOWEST))
    centres = centres - (low + high) / 2 + size / 2
    return Sheet(size, centres, sides, fonts, heavy, layout.overlaps(centres, sides))


def _sides(words: Sequence[str], fonts: np.ndarray, heavy: np.ndarray) -> np.ndarray:
    """Return width and height (n, 2) of the labels as they are set, with a little white."""
    weights = np.where(heavy, "bold", "normal").tolist()
    across = [
        labels.width(word, size, weight) for word, size, weight in zip(words, fonts.tolist(), weights, strict=True)
    ]
    return np.stack([np.array(across) + WHITE, LINE * fonts], axis=1)


def _stretched(extent: np.ndarray, highest: float) -> np.ndarray:
    """Return by how much each side of a drawing is stretched towards the shape, and the size, of a page."""
    air = float(np.clip(SHARE * np.min(np.array([WIDEST, highest]) / extent), 1.0, AIR))
    width, height = (extent * air).tolist()
    flattest, steepest = FLATTEST * WIDEST / highest, STEEPEST * WIDEST / highest
    if width > flattest * height:
        return air * np.array([1.0, max(1.0, min(STRETCH, width / flattest / height, highest / height))])
    if width < steepest * height:
        return air * np.array([max(1.0, min(STRETCH, steepest * height / width, WIDEST / width)), 1.0])
    return air * np.ones(2)
