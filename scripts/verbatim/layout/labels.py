"""How much room the label of a word takes."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np

SMALLEST_FONT, LARGEST_FONT = 7.0, 15.0
# The largest label of a crowded graph: every word more than FEW_WORDS lowers it a little.
CROWDED_FONT, FEW_WORDS, MANY_WORDS = 11.0, 100, 300
BOLD_FROM = 10.0
# Room for the exponent that tells the colour of a word, in font sizes.
EXPONENT = 0.4
LINE_HEIGHT = 1.25
MARGIN = 4.0
# Letters by their width in DejaVu Sans, the font of the figures, in hundredths of the font size.
REGULAR = {
    28: "ijl'",
    32: " ",
    36: "f",
    37: "-",
    40: "t",
    42: "r",
    53: "sz",
    55: "c",
    58: "k",
    60: "vxy",
    62: "aeo",
    64: "bdghnpqu0123456789",
    82: "w",
    98: "m",
}
BOLD = {
    31: "'",
    35: "ijl ",
    42: "-",
    44: "f",
    48: "t",
    50: "r",
    59: "z",
    60: "cs",
    66: "vxy",
    67: "k",
    68: "ae",
    69: "o",
    70: "0123456789",
    72: "bdghnpqu",
    93: "w",
    105: "m",
}
WIDTHS = [{letter: width for width, letters in table.items() for letter in letters} for table in (REGULAR, BOLD)]
OTHER_LETTER = 110


def font_sizes(frequency: np.ndarray) -> np.ndarray:
    """Return the font size (n,), in points, of words that occur in `frequency` (n,) segments.

    Linear in the square root of the frequency, from 7 to 15 points; the middle when all are equal. Over a hundred
    words, the largest is less: 11 points from three hundred words, which a page could not hold otherwise.
    """
    roots = np.sqrt(np.asarray(frequency, dtype=float))
    largest = float(np.interp(len(roots), [FEW_WORDS, MANY_WORDS], [LARGEST_FONT, CROWDED_FONT]))
    if len(roots) == 0 or roots.max() == roots.min():
        return np.full(len(roots), (SMALLEST_FONT + largest) / 2)
    return SMALLEST_FONT + (largest - SMALLEST_FONT) * (roots - roots.min()) / (roots.max() - roots.min())


def boxes(words: Sequence[str], fonts: np.ndarray) -> np.ndarray:
    """Return width and height (n, 2), in points, of the room that each label takes, exponent and margin included.

    From the widths of the letters in DejaVu Sans, bold over 10 points; accents take no room, other signs much.
    """
    widths = [
        max(_width(word, font), 1.0) + EXPONENT for word, font in zip(words, np.asarray(fonts).tolist(), strict=True)
    ]
    sides = np.stack([np.array(widths), np.full(len(widths), LINE_HEIGHT)], axis=1)
    return sides * np.asarray(fonts, dtype=float)[:, None] + MARGIN


def _width(word: str, font: float) -> float:
    """Return the width of a word, in font sizes."""
    letters = unicodedata.normalize("NFD", word.lower().replace("œ", "oe").replace("’", "'"))
    table = WIDTHS[font > BOLD_FROM]
    return sum(table.get(letter, OTHER_LETTER) for letter in letters if not unicodedata.combining(letter)) / 100


def overlaps(centres: np.ndarray, sides: np.ndarray) -> int:
    """Return how many pairs of boxes (centres and sides, both (n, 2)) overlap."""
    room = shortage(centres, sides)
    return int((np.triu(room, k=1) > 1e-9).sum())


def shortage(centres: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """Return by how much two boxes (n, n) must part on their better axis not to overlap (<= 0: they do not)."""
    apart = np.abs(centres[:, None] - centres[None])
    lack = (sides[:, None] + sides[None]) / 2 - apart
    return np.minimum(lack[..., 0], lack[..., 1])
