"""What colours the words of a similarity graph: their class, or a modality of an attribute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from matplotlib.colors import to_hex, to_rgb

from verbatim.figures import canvas, class_marks, class_titles

NEUTRAL = "#8A939B"
# Share of the ground's white in the halo, and in its line.
FILL, LINE = 0.86, 0.3


@dataclass(frozen=True)
class Colours:
    """The number (n,) of the colour of each word, 0 for none, and what each number in use is called."""

    numbers: np.ndarray
    named: dict[int, str]
    palette: list[str]
    by_class: bool

    def label(self, word: str, number: int) -> str:
        """Return the word with its number as an exponent, which tells its colour in grey."""
        return word + class_marks.exponent(number) if number else word

    def ink(self, number: int) -> str:
        """Return the colour of the letters of a word."""
        return canvas.ink(self.palette, number) if number else canvas.INK


def of_words(
    nodes: pl.DataFrame, colour: str, modalities: Sequence[str], palette: list[str], names: Mapping[int, str]
) -> Colours:
    """Return the colours of the `nodes` of a graph; `modalities`, in order, are those of the attribute `colour`.

    `names`: class -> the name that the researcher gave it.
    """
    if colour == "class":
        numbers = nodes["class"].to_numpy()
        return Colours(numbers, {n: class_titles.title(n, names) for n in _used(numbers)}, palette, True)
    place = {modality: number for number, modality in enumerate(modalities, start=1)}
    numbers = np.array([place.get(modality, 0) for modality in nodes["modality"].to_list()], dtype=np.int64)
    return Colours(numbers, {n: modalities[n - 1] for n in _used(numbers)}, palette, False)


def modalities(summary: pl.DataFrame, nodes: pl.DataFrame, colour: str) -> list[str]:
    """Return, sorted, the modalities of the attribute `colour` in all graphs: each has one colour in all of them."""
    alike = summary.filter(pl.col("colour") == colour)["graph"].to_list()
    return nodes.filter(pl.col("graph").is_in(alike))["modality"].drop_nulls().unique().sort().to_list()


def _used(numbers: np.ndarray) -> list[int]:
    return [number for number in np.unique(numbers).tolist() if number > 0]


def majority(numbers: np.ndarray) -> int:
    """Return the number that more than half of the words bear, or 0."""
    found, times = np.unique(numbers, return_counts=True)
    best = int(times.argmax())
    return int(found[best]) if 2 * times[best] > len(numbers) else 0


def halo(palette: list[str], number: int) -> tuple[str, str]:
    """Return the colours of the ground and of the line of a halo whose words are mostly of colour `number`."""
    tint = canvas.colour(palette, number) if number else NEUTRAL
    return _paler(tint, FILL), _paler(tint, LINE)


def _paler(tint: str, white: float) -> str:
    return to_hex(tuple(white + (1 - white) * channel for channel in to_rgb(tint)))
