"""How a class is told from the others without its colour: its number, its name and its hatch."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from verbatim.figures import canvas, labels

HATCHES = ("", "//////", "......", "||||||", "xxxxxx", "------", "\\\\\\\\\\\\", "++++++")
UNCLASSIFIED = "#F1F1F1"
SWATCH, LINE, GAP, SIZE, LONGEST = 18.0, 15.0, 16.0, 8.0, 80
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def title(number: int, named: dict[int, str]) -> str:
    """Return the name of the class, « Classe 3 » where it has none."""
    return named.get(number) or f"Classe {number}"


def numbered(number: int, named: dict[int, str]) -> str:
    """Return « 3. its name », « Classe 3 » where it has none."""
    return f"{number}. {named[number]}" if named.get(number) else f"Classe {number}"


def exponent(number: int) -> str:
    """Return the number of a class as a superscript."""
    return str(number).translate(SUPERSCRIPTS)


def lines(text: str, length: int, most: int = 3) -> str:
    """Return `text` broken into `most` lines of `length` characters at most; an ellipsis shows what does not fit."""
    return textwrap.fill(text, length, max_lines=most, placeholder="…", break_on_hyphens=False)


def sizes(texts: Sequence[str], points: Sequence[float], weight: str = "normal") -> np.ndarray:
    """Return widths and heights (n, 2), in points, of texts that may have several lines."""
    boxes = [labels.sizes(text.split("\n"), [size] * (text.count("\n") + 1), weight) for text, size in zip(
        texts, points, strict=True
    )]  # fmt: skip
    return np.array([(box[:, 0].max(), box[:, 1].sum()) for box in boxes]).reshape(-1, 2)


def hatch(palette: list[str], number: int) -> str:
    """Return the hatch of class `number` (from 1): two classes of one colour have two hatches."""
    return HATCHES[(number - 1 + (number - 1) // len(palette)) % len(HATCHES)]


def on(tint: str) -> str:
    """Return black or white, whichever is readable on `tint`."""
    red, green, blue = to_rgb(tint)
    return "#FFFFFF" if 0.3 * red + 0.59 * green + 0.11 * blue < 0.5 else "#111111"


@dataclass(frozen=True)
class Entry:
    """One class of a legend: where its swatch begins (points from the left), its line from 0, its text."""

    number: int
    left: float
    line: int
    text: str


def legend(numbers: Sequence[int], named: dict[int, str], width: float, other: str = "") -> list[Entry]:
    """Return the entries of a legend set in lines of `width` points; `other`, if any, stands for class 0."""
    told = [(n, canvas.short(title(n, named), LONGEST)) for n in numbers] + ([(0, other)] if other else [])
    wide = labels.sizes([text for _, text in told], [SIZE] * len(told))[:, 0]
    entries, left, line = [], 0.0, 0
    for (number, text), extent in zip(told, wide, strict=True):
        if left and left + SWATCH + 4 + extent > width:
            left, line = 0.0, line + 1
        entries.append(Entry(number, left, line, text))
        left += SWATCH + 4 + extent + GAP
    return entries


def legend_height(entries: list[Entry]) -> float:
    """Return the height of a legend in points."""
    return LINE * (entries[-1].line + 1) if entries else 0.0


def write_legend(axes: Axes, entries: list[Entry], left: float, top: float, palette: list[str]) -> None:
    """Draw a legend whose upper left corner is (left, top) on axes in points."""
    for entry in entries:
        x, y = left + entry.left, top - LINE * (entry.line + 1) + 2
        box(axes, (x, y, SWATCH, LINE - 4), palette, entry.number)
        if entry.number:
            number(axes, x + SWATCH / 2, y + (LINE - 4) / 2, palette, entry.number, 7.0)
        axes.text(x + SWATCH + 4, y + (LINE - 4) / 2, entry.text, fontsize=SIZE, va="center_baseline")


def box(axes: Axes, place: tuple[float, float, float, float], palette: list[str], number: int) -> None:
    """Draw the rectangle (left, bottom, width, height) as class `number`; 0 is very light."""
    left, bottom, width, height = place
    if not number:
        axes.add_patch(Rectangle((left, bottom), width, height, fc=UNCLASSIFIED, ec="none", lw=0))
        return
    tint = canvas.colour(palette, number)
    strokes = (*to_rgb(on(tint)), 0.45)
    axes.add_patch(
        Rectangle((left, bottom), width, height, fc=tint, ec=strokes, lw=0, hatch=hatch(palette, number) or None)
    )


def number(axes: Axes, x: float, y: float, palette: list[str], number: int, size: float) -> None:
    """Write the number of a class on its colour, clear of its hatch."""
    tint = canvas.colour(palette, number)
    back = {"boxstyle": "square,pad=0.08", "fc": tint, "ec": "none", "lw": 0}
    style = {"ha": "center", "va": "center_baseline", "weight": "bold", "bbox": back}
    axes.text(x, y, str(number), fontsize=size, color=on(tint), **style)


def points(figure: Figure) -> Axes:
    """Return axes that cover `figure`, in points from its lower left."""
    width, height = figure.get_size_inches() * 72
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(0, height))
    axes.axis("off")
    return axes
