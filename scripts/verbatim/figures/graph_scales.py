"""The two scales of a similarity graph, and the legend that states them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from verbatim import layout
from verbatim.figures import canvas, graph_wording, labels
from verbatim.typography import integer

THINNEST, THICKEST = 0.6, 4.6
SIZE, SAMPLE, GAP = 7.5, 26.0, 10.0
TREE, OTHER = "#7C8791", "#BCC5CC"


@dataclass(frozen=True)
class Widths:
    """The scale of the widths of links, linear from the lightest to the heaviest weight drawn."""

    low: float
    high: float

    def of(self, weights: np.ndarray) -> np.ndarray:
        """Return the width in points of links of such weights; the middle where all are equal."""
        bounded = np.clip(np.asarray(weights, dtype=float), self.low, self.high)
        share = (bounded - self.low) / (self.high - self.low) if self.high > self.low else np.full(len(bounded), 0.4)
        return THINNEST + (THICKEST - THINNEST) * share


def widths(weights: np.ndarray) -> Widths:
    """Return the scale of links of `weights` (m,); what is infinite has the width of the largest finite one."""
    finite = np.asarray(weights, dtype=float)
    finite = finite[np.isfinite(finite)]
    return Widths(float(finite.min()), float(finite.max())) if len(finite) else Widths(0.0, 0.0)


def steps(low: float, high: float, whole: bool) -> list[float]:
    """Return two or three values to show between `low` and `high`, which are among them; whole ones if `whole`."""
    middle = (low + high) / 2
    values = [low, float(round(middle)) if whole else middle, high]
    return sorted(set(values))


@dataclass(frozen=True)
class Scale:
    """One line of the legend: what it says, and samples: text, its font size, the width of the link before it, or 0."""

    title: str
    samples: list[tuple[str, float, float]]

    def width(self) -> float:
        """Return how wide it is, in points."""
        own = sum(_extent(*sample) + GAP for sample in self.samples)
        return labels.width(self.title, SIZE) + GAP + own

    def height(self) -> float:
        """Return how high it is, in points."""
        return max([14.0, *(1.3 * size for _, size, _ in self.samples)])


def of_words(about: Mapping, frequency: np.ndarray, fonts: np.ndarray) -> Scale:
    """Return the scale of the sizes of words, said in `frequency` (n,) segments and set in `fonts` (n,) points."""
    order = np.argsort(frequency, kind="stable")
    roots = np.sqrt(frequency[order])
    middle = int(order[np.abs(roots - (roots[0] + roots[-1]) / 2).argmin()])
    picked = {int(frequency[place]): float(fonts[place]) for place in (order[0], middle, order[-1])}
    said = "segments" if about["within"] == "segment" else "tours de parole"
    samples = [(integer(value), size, 0.0) for value, size in sorted(picked.items())]
    return Scale(f"Mot : {said} où il est dit (racine carrée)", samples)


def of_links(about: Mapping, scale: Widths) -> Scale:
    """Return the scale of the widths of links."""
    values = steps(scale.low, scale.high, about["index"] == "cooccurrence")
    drawn = scale.of(np.array(values)).tolist()
    samples = [(graph_wording.weight(value, about["index"]), SIZE, w) for value, w in zip(values, drawn, strict=True)]
    return Scale(f"Lien : {graph_wording.index(about['index'])} (linéaire)", samples)


def lines(scales: list[Scale], room: float) -> list[list[Scale]]:
    """Return the scales as lines of `room` points: all on one where they fit, else each on its own."""
    return [scales] if extent(scales) <= room else [[scale] for scale in scales]


def extent(scales: list[Scale]) -> float:
    """Return how wide the scales are on one line, in points."""
    return sum(scale.width() for scale in scales) + GAP * (len(scales) - 1)


def write(axes: Axes, line: list[Scale], left: float, middle: float) -> None:
    """Draw a line of the legend on axes in points, centred on the height `middle`."""
    for scale in line:
        axes.text(left, middle, scale.title, fontsize=SIZE, color=canvas.FAINT, va="center_baseline")
        left += labels.width(scale.title, SIZE) + GAP
        for text, size, width in scale.samples:
            if width:
                axes.plot([left, left + SAMPLE], [middle] * 2, color=TREE, lw=width, solid_capstyle="butt")
            weight, shift = _weight(size), SAMPLE + 4 if width else 0.0
            axes.text(left + shift, middle, text, fontsize=size, weight=weight, va="center_baseline")
            left += _extent(text, size, width) + GAP
        left += GAP


def _extent(text: str, size: float, width: float) -> float:
    return labels.width(text, size, _weight(size)) + (SAMPLE + 4 if width else 0.0)


def _weight(size: float) -> str:
    return "bold" if size > layout.BOLD_FROM else "normal"
