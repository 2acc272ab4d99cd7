"""The names of themes beside the rows of a figure: whole, on one or two lines, set back by level."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from verbatim.figures import labels
from verbatim.grid import Theme

BACK, LARGEST, LEAST, STEP = 0.11, 8.5, 4.0, 0.25  # inches, points


def shown(themes: Sequence[Theme], known: Sequence[str]) -> list[Theme]:
    """Return the themes of the grid that are `known`, in its order, then those that no grid declares."""
    declared = {theme.id for theme in themes}
    others = [Theme(name, name, "", 0) for name in sorted(set(known) - declared)]
    return [theme for theme in themes if theme.id in set(known)] + others


def write(axes: Axes, theme: Theme, left: float, y: float, width: float, height: float, before: str = "") -> None:
    """Write the name of `theme`, after `before`, on axes in inches, in a place `width` × `height` about `y`.

    It is never cut: it goes on two lines, and smaller, until it fits.
    """
    x = left + BACK * min(theme.level, 3)
    weight = "normal" if theme.level else "bold"
    text = f"{before}{theme.title}"
    room, size = 72 * (left + width - x), LARGEST
    lines = labels.wrap(text, room, size, weight)
    while size > LEAST and (len(lines) > 2 or len(lines) * size * 1.15 > 72 * height):
        size -= STEP
        lines = labels.wrap(text, room, size, weight)
    upright = "center_baseline" if len(lines) == 1 else "center"
    axes.text(x, y, "\n".join(lines), fontsize=size, weight=weight, va=upright, linespacing=1.0)
