"""Themes that meet: below the diagonal the turns that hold both, above it which comes first."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from verbatim.figures import canvas, class_marks, labels, notes, theme_names
from verbatim.grid import Theme
from verbatim.typography import integer

WIDTH, MARGIN, NAMES, HEAD, FOOT = 7.6, 0.15, 2.35, 0.55, 0.1
LARGEST, LEAST, SURE = 0.34, 0.205, 0.05
NONE, SOME, MORE, SURELY = "#FAFAFA", "#E8F0F7", "#9CC3E2", "#0B4F86"
KIN = "#E6E6E6"


def draw(pairs: pl.DataFrame, themes: Sequence[Theme]) -> Figure:
    """Return the figure for themes/pairs; darker: chance seldom gives as many turns; a frame: p adjusted < 0.05."""
    if pairs.is_empty():
        return canvas.message("Aucune paire de thèmes : il faut deux thèmes codés dont aucun ne contient l'autre.")
    shown = theme_names.shown(themes, [*pairs["theme"], *pairs["other"]])
    n = len(shown)
    cell = min(max((WIDTH - 2 * MARGIN - NAMES) / n, LEAST), LARGEST)
    width = max(2 * MARGIN + NAMES + cell * n, WIDTH)
    note = notes.wrapped(_note(pairs), width - 2 * MARGIN)
    height = HEAD + cell * n + FOOT + notes.height(note) + 2 * MARGIN
    figure = canvas.new(width, height)
    axes = canvas.in_inches(figure)
    left, top = MARGIN + NAMES, height - MARGIN - HEAD
    _heads(axes, left, top, cell, n)
    cells = {(row["theme"], row["other"]): row for row in pairs.iter_rows(named=True)}
    for i, theme in enumerate(shown):
        y = top - cell * (i + 0.5)
        theme_names.write(axes, theme, MARGIN, y, NAMES - 0.1, cell, f"{i + 1}. ")
        for j, other in enumerate(shown):
            row = cells.get((theme.id, other.id) if i < j else (other.id, theme.id))
            corner = left + cell * j, y - cell / 2
            if row is None:
                _kin(axes, corner, cell, i == j)
            elif i > j:
                _meeting(axes, corner, cell, row)
            else:
                _order(axes, corner, cell, row)
    notes.write(axes, note, MARGIN, MARGIN)
    return figure


def _heads(axes: Axes, left: float, top: float, cell: float, n: int) -> None:
    for j in range(n):
        axes.text(left + cell * (j + 0.5), top + 0.08, str(j + 1), fontsize=7.5, ha="center", va="baseline")
    style = {"fontsize": 8, "color": canvas.FAINT, "va": "baseline"}
    axes.text(left, top + 0.33, "◣ tours de parole qui tiennent les deux", ha="left", **style)
    text = "◥ lequel vient d'abord"
    room = max(cell * n - labels.width("◣ tours de parole qui tiennent les deux", 8) / 72 - 0.2, 0)
    if labels.width(text, 8) / 72 <= room:
        axes.text(left + cell * n, top + 0.33, text, ha="right", **style)
    else:
        axes.text(MARGIN, top + 0.33, text, ha="left", **style)


def _kin(axes: Axes, corner: tuple[float, float], cell: float, same: bool) -> None:
    inner = (corner[0] + 0.01, corner[1] + 0.01), cell - 0.02, cell - 0.02
    axes.add_patch(Rectangle(*inner, fc="#FFFFFF" if same else KIN, ec="none", lw=0))
    if not same:
        x, y = corner[0] + cell / 2, corner[1] + cell / 2
        axes.plot([x - cell * 0.15, x + cell * 0.15], [y, y], color="#B5B5B5", lw=0.8)


def _meeting(axes: Axes, corner: tuple[float, float], cell: float, row: dict) -> None:
    sure = row["p_turns_adjusted"] < SURE
    fill = SURELY if sure else MORE if row["p_turns"] < SURE else SOME if row["n_turns"] else NONE
    inner = (corner[0] + 0.01, corner[1] + 0.01), cell - 0.02, cell - 0.02
    axes.add_patch(Rectangle(*inner, fc=fill, ec=canvas.INK if sure else "none", lw=1.3 if sure else 0))
    text = integer(row["n_turns"]) if row["n_turns"] else "·"
    size = labels.fitting(text, 72 * (cell - 0.04), min(8.0, 72 * cell * 0.45))
    middle = corner[0] + cell / 2, corner[1] + cell / 2
    tint = class_marks.on(fill) if row["n_turns"] else canvas.FAINT
    style = {"ha": "center", "va": "center_baseline", "weight": "bold" if sure else "normal"}
    axes.text(*middle, text, fontsize=size, color=tint, **style)


def _order(axes: Axes, corner: tuple[float, float], cell: float, row: dict) -> None:
    """Draw a triangle towards the theme that comes first (the row: left; the column: up) and the two numbers."""
    first, second = row["n_first"], row["n_second"]
    x, y = corner[0] + cell / 2, corner[1] + cell / 2
    if not first + second:
        axes.text(x, y, "·", fontsize=6, color=canvas.FAINT, ha="center", va="center_baseline")
        return
    sure = row["p_order_adjusted"] < SURE
    if sure:
        inner = (corner[0] + 0.01, corner[1] + 0.01), cell - 0.02, cell - 0.02
        axes.add_patch(Rectangle(*inner, fc="none", ec=canvas.INK, lw=1.3))
    text = f"{first}:{second}"
    size = labels.fitting(text, 72 * (cell - 0.05), min(7.0, 72 * cell * 0.34))
    style = {"ha": "center", "va": "center_baseline", "weight": "bold" if sure else "normal"}
    axes.text(x, y - cell * 0.2, text, fontsize=size, **style)
    if first != second:
        reach, up = cell * 0.13, y + cell * 0.2
        strong = abs(first - second) / (first + second) >= 0.5
        tip = (
            [(x - reach, up), (x + reach, up + reach), (x + reach, up - reach)]
            if first > second
            else [(x, up + reach), (x - reach, up - reach), (x + reach, up - reach)]
        )
        tint = canvas.INK if strong else "#A8A8A8"
        axes.add_patch(Polygon(tip, fc=tint if strong else "white", ec=tint, lw=0.7))


def _note(pairs: pl.DataFrame) -> list[str]:
    met, ordered = ((pairs[name] < SURE).sum() for name in ("p_turns_adjusted", "p_order_adjusted"))
    return [
        "Lecture : sous la diagonale, le nombre de tours de parole où les deux thèmes sont codés ; bleu moyen :",
        "rarement autant par hasard (p < 0,05, passages décalés le long de chaque entretien) ; foncé et encadré :",
        "encore après ajustement sur toutes les paires. Au-dessus, entretiens où le thème de la ligne vient avant :",
        "entretiens où il vient après ; la pointe va vers celui qui vient le plus souvent d'abord (◀ la ligne,",
        "▲ la colonne), pleine s'il l'emporte trois fois sur quatre ; encadré : p ajusté < 0,05.",
        f"Encadrés : {met} rencontre{'s' if met > 1 else ''}, {ordered} ordre{'s' if ordered > 1 else ''}.",
        "Un tiret : l'un des thèmes contient l'autre.",
    ]
