"""What stands around a similarity graph: its title, the key of its colours, its scales, and what its signs mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from verbatim.figures import canvas, class_marks, class_titles, graph_halos, graph_scales, graph_wording, labels
from verbatim.figures.graph_colours import Colours
from verbatim.figures.graph_scales import Scale, Widths
from verbatim.figures.graph_sheet import EDGE, Sheet

TITLE, UNDER, NOTE = 12.0, 8.0, 7.2
LEADING = 1.35
GAP = 5.0


@dataclass(frozen=True)
class Frame:
    """Lines of the head (text, size, weight) and of the foot, entries of the key, lines of scales; heights in points.

    `beside`: where the scales begin when they stand on the line of the key, else None.
    """

    head: list[tuple[str, float, str]]
    key: list[class_marks.Entry]
    scales: list[list[Scale]]
    foot: list[str]
    beside: float | None

    @property
    def above(self) -> float:
        """Return the height of the head."""
        return EDGE / 2 + sum(size * LEADING for _, size, _ in self.head)

    @property
    def below(self) -> float:
        """Return the height of all that stands under the sheet."""
        return self.signs + len(self.foot) * NOTE * LEADING + 2 * GAP + EDGE

    @property
    def signs(self) -> float:
        """Return the height of key and scales."""
        key, scales = class_marks.legend_height(self.key), sum(_tall(line) for line in self.scales)
        return max(key, scales) if self.beside is not None else key + scales


def around(
    about: Mapping,
    tables: tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame],
    names: Mapping[int, str],
    colours: Colours,
    widths: Widths | None,
    sheet: Sheet,
) -> Frame:
    """Return the frame of a graph; `tables`: its nodes, its links drawn and its communities."""
    nodes, shown, communities = tables
    # letters are drawn a little wider on screens
    room = (float(sheet.size[0]) - 2 * EDGE) * class_titles.ROOM_FOR_ONE_LINE
    scales = [graph_scales.of_words(about, nodes["frequency"].to_numpy(), sheet.fonts)]
    scales += [graph_scales.of_links(about, widths)] if widths else []
    key = class_marks.legend(list(colours.named), colours.named, room)
    legend, taken = graph_scales.lines(scales, room), _end(key)
    beside = None
    if len(legend) == 1 and (not key or key[-1].line == 0) and taken + graph_scales.extent(scales) <= room:
        beside = taken
    haloed = graph_halos.drawn(nodes)
    weak = bool(haloed & graph_halos.fragile(communities))
    foot = labels.wrap(" ".join(_said(about, colours, shown, bool(haloed), weak)), room, NOTE)
    return Frame(_head(about, names, room), key, legend, foot, beside)


def _end(key: list[class_marks.Entry]) -> float:
    """Return where what follows the key on its line begins, in points."""
    if not key:
        return 0.0
    return key[-1].left + class_marks.SWATCH + 4 + labels.width(key[-1].text, key[-1].size) + 2 * graph_scales.GAP


def _tall(line: list[Scale]) -> float:
    return max(scale.height() for scale in line)


def _head(about: Mapping, names: Mapping[int, str], room: float) -> list[tuple[str, float, str]]:
    """Return the lines of the head with their sizes and weights."""
    title = graph_wording.title(about, names)
    lines = [(line, TITLE, "bold") for line in labels.wrap(title, room, TITLE, "bold")]
    lines += [(line, UNDER, "normal") for line in labels.wrap(graph_wording.under(about), room, UNDER)]
    for told in graph_wording.warnings(about):
        lines += [(line, UNDER, "bold") for line in labels.wrap(told, room, UNDER, "bold")]
    return lines


def _said(about: Mapping, colours: Colours, shown: pl.DataFrame, haloed: bool, weak: bool) -> list[str]:
    """Return what colours, lines and halos mean."""
    said = [graph_wording.colours(about["colour"])] if colours.named else []
    said += [graph_wording.links(about, bool(shown["in_tree"].all()))] if shown.height else []
    return said + ([graph_wording.halos(about, weak)] if haloed else [])


def draw(board: Axes, frame: Frame, top: float, palette: list[str]) -> None:
    """Draw the frame on axes in points, whose origin is the lower left corner of the sheet, `top` its upper end."""
    write_lines(board, frame.head, EDGE, top + frame.above - EDGE / 2)
    y = -GAP - frame.signs / 2 if frame.beside is not None else -GAP - class_marks.legend_height(frame.key) / 2
    _draw_key(board, frame.key, y, palette)
    if frame.beside is not None:
        graph_scales.write(board, frame.scales[0], EDGE + frame.beside, y)
    else:
        y = -GAP - class_marks.legend_height(frame.key)
        for line in frame.scales:
            graph_scales.write(board, line, EDGE, y - _tall(line) / 2)
            y -= _tall(line)
    write_lines(board, [(line, NOTE, "normal") for line in frame.foot], EDGE, -2 * GAP - frame.signs)


def write_lines(board: Axes, lines: list[tuple[str, float, str]], left: float, top: float) -> None:
    """Write lines (text, size, weight) under one another, the upper left corner at (left, top); bold ones in black."""
    for text, size, weight in lines:
        tint = canvas.INK if weight == "bold" else canvas.FAINT
        board.text(left, top - size * LEADING / 2, text, fontsize=size, weight=weight, color=tint, va="center_baseline")
        top -= size * LEADING


def _draw_key(board: Axes, key: list[class_marks.Entry], middle: float, palette: list[str]) -> None:
    """Draw the colours, plain as the words are, their lines centred on the height `middle`."""
    tall = class_marks.LINE - 4
    top = middle + class_marks.legend_height(key) / 2
    for entry in key:
        x, y = EDGE + entry.left, top - class_marks.LINE * (entry.line + 1) + 2
        board.add_patch(Rectangle((x, y), class_marks.SWATCH, tall, fc=canvas.colour(palette, entry.number), lw=0))
        class_marks.number(board, x + class_marks.SWATCH / 2, y + tall / 2, palette, entry.number, 7.0)
        left = x + class_marks.SWATCH + 4
        board.text(left, y + tall / 2, entry.text, fontsize=entry.size, va="center_baseline")


def board(sheet: Sheet, frame: Frame) -> Axes:
    """Return axes in points, of a new figure for sheet and frame; the origin is the lower left corner of the sheet."""
    width, height = np.asarray(sheet.size).tolist()
    figure = canvas.new(width / 72, (height + frame.above + frame.below) / 72)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(-frame.below, height + frame.above))
    axes.axis("off")
    return axes
