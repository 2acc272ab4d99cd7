"""What all figures share: style, colours, and files that are the same bytes each time."""

from __future__ import annotations

import io

import matplotlib

matplotlib.use("agg")

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

from verbatim.step import whole_file

INK, FAINT, PALE = "#222222", "#6B6B6B", "#D9D9D9"
MOST_ALONG, MOST_DOTS = 30_000, 100_000_000
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "svg.hashsalt": "verbatim",
    "svg.fonttype": "path",
    # letters as wide in a PNG as they are measured to be, at any size
    "text.hinting": "no_hinting",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": FAINT,
    "text.color": INK,
    "xtick.color": FAINT,
    "ytick.color": INK,
}


def new(width: float, height: float) -> Figure:
    """Return an empty figure of `width` × `height` inches in the house style."""
    plt.rcParams.update(STYLE)
    return plt.figure(figsize=(width, height))


def in_inches(figure: Figure) -> Axes:
    """Return axes that cover `figure`, in inches from its lower left, on which nothing is drawn yet."""
    width, height = figure.get_size_inches()
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(0, height))
    axes.axis("off")
    return axes


def save(figure: Figure, svg: str, png: str, dpi: int) -> None:
    """Write `figure` as SVG and PNG, whole or not at all, without dates.

    A PNG of more than a hundred million dots, or thirty thousand along a side, would open nowhere: so
    large a figure (forty classes) has fewer dots per inch; its SVG has no such limit.
    """
    width, height = figure.get_size_inches()
    dpi = min(dpi, MOST_ALONG / max(width, height), (MOST_DOTS / (width * height)) ** 0.5)
    with whole_file(svg) as partial:
        figure.savefig(partial, format="svg", metadata={"Date": None, "Creator": None})
    with whole_file(png) as partial:
        figure.savefig(partial, format="png", dpi=dpi, metadata={"Software": None})
    plt.close(figure)


def as_svg(figure: Figure) -> str:
    """Return `figure` as SVG text, without dates."""
    text = io.StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    return text.getvalue()


def colour(palette: list[str], number: int) -> str:
    """Return the colour of class `number` (from 1); 0 is grey."""
    return palette[(number - 1) % len(palette)] if number > 0 else "#8A8A8A"


def ink(palette: list[str], number: int) -> str:
    """Return the colour of class `number` darkened until small text in it is readable on white.

    Readable is a contrast of 4.5 : 1 (Web Content Accessibility Guidelines 2.1, 1.4.3).
    """
    red, green, blue = to_rgb(colour(palette, number))
    while (luminance := _luminance(red, green, blue)) and 1.05 / (luminance + 0.05) < 4.5:
        red, green, blue = 0.94 * red, 0.94 * green, 0.94 * blue
    return to_hex((red, green, blue))


def _luminance(*channels: float) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def message(text: str) -> Figure:
    """Return a small figure that says why there is nothing to draw."""
    figure = new(7, 1.6)
    figure.text(0.5, 0.5, text, ha="center", va="center", fontsize=10, color=FAINT, wrap=True)
    return figure


def short(text: str, length: int) -> str:
    """Return `text` cut to `length` characters with an ellipsis where it is longer."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def short_code(code: str, length: int) -> str:
    """Return an interview's `code` cut to `length` characters in its middle: its end tells it from the others."""
    if len(code) <= length:
        return code
    end = (length - 1) * 2 // 3
    return f"{code[: length - 1 - end]}…{code[-end:]}"
