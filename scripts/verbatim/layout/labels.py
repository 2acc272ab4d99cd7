"""How much room the label of a word takes."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np

SMALLEST_FONT, LARGEST_FONT = 7.0, 15.0
BOLD_FROM = 10.0
LINE_HEIGHT = 1.25
MARGIN = 4.0
# Hundredths of the font size that letters are wide in DejaVu Sans, the font of the figures, regular then bold.
REGULAR = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz-' ",
        (
            (
                62,
                64,
                55,
                64,
                62,
                36,
                64,
                64,
                28,
                28,
                58,
                28,
                98,
                64,
                62,
                64,
                64,
                42,
                53,
                40,
                64,
                60,
                82,
                60,
                60,
                53,
                37,
                28,
                32,
            )
        ),
        strict=True,
    )
)
BOLD = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz-' ",
        (
            (
                68,
                72,
                60,
                72,
                68,
                44,
                72,
                72,
                35,
                35,
                67,
                35,
                105,
                72,
                69,
                72,
                72,
                50,
                60,
                48,
                72,
                66,
                93,
                65,
                66,
                59,
                42,
                31,
                35,
            )
        ),
        strict=True,
    )
)
OTHER_LETTER = 110


def font_sizes(frequency: np.ndarray) -> np.ndarray:
    """Return the font size (n,), in points, of words that occur in `frequency` (n,) segments.

    Linear in the square root of the frequency, from 7 to 15 points; 11 when all are equal.
    """
    roots = np.sqrt(np.asarray(frequency, dtype=float))
    if len(roots) == 0 or roots.max() == roots.min():
        return np.full(len(roots), (SMALLEST_FONT + LARGEST_FONT) / 2)
    return SMALLEST_FONT + (LARGEST_FONT - SMALLEST_FONT) * (roots - roots.min()) / (roots.max() - roots.min())


def boxes(words: Sequence[str], fonts: np.ndarray) -> np.ndarray:
    """Return width and height (n, 2), in points, of the room that each label takes, margin included.

    From the widths of the letters in DejaVu Sans, bold over 10 points; accents take no room, other signs much.
    """
    widths = [max(_width(word, font), 1.0) for word, font in zip(words, np.asarray(fonts).tolist(), strict=True)]
    sides = np.stack([np.array(widths), np.full(len(widths), LINE_HEIGHT)], axis=1)
    return sides * np.asarray(fonts, dtype=float)[:, None] + MARGIN


def _width(word: str, font: float) -> float:
    """Return the width of a word, in font sizes."""
    letters = unicodedata.normalize("NFD", word.lower().replace("œ", "oe").replace("’", "'"))
    table = BOLD if font > BOLD_FROM else REGULAR
    return sum(table.get(letter, OTHER_LETTER) for letter in letters if not unicodedata.combining(letter)) / 100


def overlaps(centres: np.ndarray, sides: np.ndarray) -> int:
    """Return how many pairs of boxes (centres and sides, both (n, 2)) overlap."""
    room = shortage(centres, sides)
    return int((np.triu(room, k=1) > 1e-9).sum())


def shortage(centres: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """Return by how much two boxes (n, n) must part on their better axis not to overlap (<= 0: they do not)."""
    apart = np.abs(centres[:, None] - centres[None])
    return ((sides[:, None] + sides[None]) / 2 - apart).min(axis=2)
