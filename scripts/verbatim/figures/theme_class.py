"""Theme × class: counts and adjusted residuals, what holds within interviews, and both blind spots."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from verbatim.figures import canvas, class_marks, labels, notes, theme_names
from verbatim.figures.residuals import signed, tint
from verbatim.grid import Theme
from verbatim.typography import integer, percent

WIDTH, MARGIN, NAMES, TRACE, ROW, HEAD, FOOT = 7.6, 0.15, 2.6, 0.95, 0.26, 0.32, 0.3
LARGEST, LEAST, NARROW, SURE = 1.0, 0.45, 0.7, 0.05
TRACES = {"linked": "● liée", "hint": "◐ piste", "none": "○ sans trace", "few": "– trop peu"}
CLASSES = {"linked": "●", "hint": "◐", "none": "○", "few": "–"}


def draw(
    crossed: pl.DataFrame,
    traces: pl.DataFrame,
    themes: Sequence[Theme],
    palette: list[str],
    named: dict[int, str] | None = None,
) -> Figure:
    """Return the figure for themes/theme_class and themes/traces of an analysis: a row a theme, a column a class."""
    if crossed.is_empty():
        return canvas.message("Rien à croiser : aucun codage dans les segments classés de cette analyse.")
    shown = theme_names.shown(themes, crossed["theme"].to_list())
    numbers = crossed["class"].unique().sort().to_list()
    cell = min(max((WIDTH - 2 * MARGIN - NAMES - TRACE) / len(numbers), LEAST), LARGEST)
    width = max(2 * MARGIN + NAMES + cell * len(numbers) + TRACE, WIDTH)
    entries = class_marks.legend([n for n in numbers if n in (named or {})], named or {}, 72 * (width - 2 * MARGIN))
    legend = class_marks.legend_height(entries) / 72
    note = notes.wrapped(_note(cell), width - 2 * MARGIN)
    height = 2 * MARGIN + legend + HEAD + ROW * len(shown) + FOOT + notes.height(note)
    figure = canvas.new(width, height)
    board = class_marks.points(figure)
    class_marks.write_legend(board, entries, 72 * MARGIN, 72 * (height - MARGIN), palette)
    axes = canvas.in_inches(figure)
    left, top = MARGIN + NAMES, height - MARGIN - legend - HEAD
    _heads(board, left, top, cell, numbers, palette)
    cells = {(row["theme"], row["class"]): row for row in crossed.iter_rows(named=True)}
    found = {(row["kind"], row["item"]): row for row in traces.iter_rows(named=True)}
    for i, theme in enumerate(shown):
        y = top - ROW * (i + 0.5)
        theme_names.write(axes, theme, MARGIN, y, NAMES - 0.1, ROW)
        for j, number in enumerate(numbers):
            _cell(axes, left + cell * j, y, cell, cells[theme.id, number])
        trace = found.get(("theme", theme.id))
        if trace:
            axes.text(left + cell * len(numbers) + 0.1, y, TRACES[trace["trace"]], fontsize=8, va="center_baseline")
    _foot(axes, left, top - ROW * len(shown), cell, numbers, found)
    notes.write(axes, note, MARGIN, MARGIN)
    return figure


def _heads(board: Axes, left: float, top: float, cell: float, numbers: list[int], palette: list[str]) -> None:
    for j, number in enumerate(numbers):
        x = 72 * (left + cell * j)
        class_marks.box(board, (x + 2, 72 * top + 4, 72 * cell - 4, 13), palette, number)
        class_marks.number(board, x + 36 * cell, 72 * top + 10.5, palette, number, 8.0)


def _cell(axes: Axes, x: float, y: float, cell: float, row: dict) -> None:
    fill = tint(row["residual"])
    axes.add_patch(Rectangle((x + 0.01, y - ROW / 2 + 0.01), cell - 0.02, ROW - 0.02, fc=fill, ec="none", lw=0))
    within, sure = row["p_by_interview"] < SURE, row["p_adjusted"] < SURE
    if sure:
        axes.add_patch(
            Rectangle((x + 0.02, y - ROW / 2 + 0.02), cell - 0.04, ROW - 0.04, fc="none", ec=canvas.INK, lw=1.2)
        )
    shape = ("▲" if row["n"] > row["expected_by_interview"] else "▼") if within else ""
    text = f"{shape} {integer(row['n'])} ({signed(row['residual'])})".strip()
    if cell < NARROW:
        text = f"{shape}{signed(row['residual'])}"
    colour = class_marks.on(fill) if abs(row["residual"]) >= 1.96 or within else canvas.FAINT
    size = labels.fitting(text, 72 * (cell - 0.06), 8.0, "bold" if within else "normal")
    style = {"ha": "center", "va": "center_baseline", "weight": "bold" if within else "normal"}
    axes.text(x + cell / 2, y, text, fontsize=size, color=colour, **style)


def _foot(axes: Axes, left: float, bottom: float, cell: float, numbers: list[int], found: dict) -> None:
    style = {"fontsize": 8, "va": "center_baseline"}
    axes.text(left - 0.1, bottom - FOOT / 2, "part de la classe qui est codée", ha="right", color=canvas.FAINT, **style)
    for j, number in enumerate(numbers):
        row = found.get(("class", str(number)))
        if row and row["n_segments"]:
            text = f"{CLASSES[row['trace']]} {percent(row['n_met'] / row['n_segments'], 0)}"
            axes.text(left + cell * (j + 0.5), bottom - FOOT / 2, text, ha="center", **style)


def _note(cell: float) -> list[str]:
    what = "résidu ajusté du thème et de la classe"
    if cell >= NARROW:
        what = "segments de la classe touchés par un codage du thème et, entre parenthèses, résidu ajusté"
    return [
        f"Lecture : {what} (bleu et + : plus qu'au hasard ; orange et − : moins ; pâle : moins de 1,96).",
        "▲ ▼ : p < 0,05 quand on décale les classes le long de chaque entretien, qui garde ainsi ses paroles",
        "et ses suites ; encadré : encore après ajustement (Benjamini et Hochberg).",
        "À droite et dessous, ● lié, ◐ piste, ○ sans lien trouvé, – moins de 5 segments.",
        "Entretiens codés seulement ; un thème compte ses sous-thèmes.",
    ]
