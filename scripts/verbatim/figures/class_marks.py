"""How a class is told from the others without its colour: its number, its name and its hatch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from verbatim.figures import canvas, labels

# Lines only: the circles of a dotted hatch weigh more than all the rest of a figure.
HATCHES = ("", "//////", "++++++", "||||||", "xxxxxx", "------", "\\\\\\\\\\\\", "||||----")
UNCLASSIFIED = "#F1F1F1"
SWATCH, LINE, GAP, SIZE = 18.0, 15.0, 16.0, 8.0
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def exponent(number: int) -> str:
    """Return the number of a class as a superscript."""
    return str(number).translate(SUPERSCRIPTS)


def hatch(palette: list[str], number: int) -> str:
    """Return the hatch of class `number` (from 1): two classes of one colour have two hatches."""
    return HATCHES[(number - 1 + (number - 1) // len(palette)) % len(HATCHES)]


def on(tint: str) -> str:
    """Return black or white, whichever is readable on `tint`."""
    red, green, blue = to_rgb(tint)
    return "#FFFFFF" if 0.3 * red + 0.59 * green + 0.11 * blue < 0.5 else "#111111"


@dataclass(frozen=True)
class Entry:
    """One class of a legend: where its swatch begins (points from the left), its line from 0, its text and its size."""

    number: int
    left: float
    line: int
    text: str
    size: float


def legend(numbers: Sequence[int], named: dict[int, str], width: float, other: str = "") -> list[Entry]:
    """Return the entries of a legend set in lines of `width` points; `other`, if any, stands for class 0."""
    told = [(n, named.get(n) or f"Classe {n}") for n in numbers] + ([(0, other)] if other else [])
    entries, left, line = [], 0.0, 0
    for number, text in told:
        size = labels.fitting(text, width - SWATCH - 4, SIZE)
        extent = SWATCH + 4 + labels.width(text, size)
        if left and left + extent > width:
            left, line = 0.0, line + 1
        entries.append(Entry(number, left, line, text, size))
        left += extent + GAP
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
        axes.text(x + SWATCH + 4, y + (LINE - 4) / 2, entry.text, fontsize=entry.size, va="center_baseline")


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
