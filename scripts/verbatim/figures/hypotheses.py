"""Who speaks for, against or nuances each hypothesis: interviews, not passages, by panel."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from verbatim.figures import canvas, labels, notes

WIDTH, MARGIN = 7.6, 0.15
# where the middle line and the column of nuances stand, and how long the longest bar is
NAMES, MIDDLE, NUANCE, LONGEST = 1.55, 3.45, 5.55, 1.2
ROW, BAR, HEAD, LINE, GAP = 0.3, 0.17, 0.05, 0.2, 0.24
TOP = 0.62
NO_PANEL = "sans panel"
# the colour of the palette and the hatching of each side
SIDES = {"against": (6, "////"), "for": (5, ""), "nuance": (7, "....")}


def draw(counts: pl.DataFrame, declared: Sequence[dict], palette: list[str]) -> Figure:
    """Return the figure for themes/hypothesis_counts: a block for each hypothesis, a row for each panel.

    Bars of interviews with a passage against go left of the middle line, those for right, nuances in a column of their
    own; the pale track is the number of interviews that somebody coded. An interview may be on several sides.
    """
    if not declared:
        return canvas.message("L'étude ne déclare aucune hypothèse (resources/hypotheses.yaml).")
    if counts.filter(pl.col("variable") == "all")["n_codings"].sum() == 0:
        return canvas.message("Aucun passage n'a encore de position sur une hypothèse.")
    rows = _rows(counts)
    titles = {one["id"]: labels.wrap(one["title"], 72 * (WIDTH - 2 * MARGIN), 10, "bold") for one in declared}
    largest = max(size for *_, size in rows)
    note = notes.wrapped(_note(), WIDTH - 2 * MARGIN)
    n_rows = {one: len([row for row in rows if row[0] == one]) for one in titles}
    blocks = sum(HEAD + LINE * len(lines) + ROW * n_rows[one] + GAP for one, lines in titles.items())
    height = TOP + blocks + notes.height(note) + 0.1
    figure = canvas.new(WIDTH, height)
    axes = canvas.in_inches(figure)
    y = height - TOP
    _heads(axes, height - 0.3)
    for hypothesis, lines in titles.items():
        for line in lines:
            axes.text(MARGIN, y - LINE / 2, line, fontsize=10, weight="bold", va="center")
            y -= LINE
        y -= HEAD
        for _, panel, found, size in (row for row in rows if row[0] == hypothesis):
            _row(axes, y - ROW / 2, panel, found, size, LONGEST / largest, palette)
            y -= ROW
        y -= GAP
    notes.write(axes, note, MARGIN, 0.08)
    return figure


def _rows(counts: pl.DataFrame) -> list[tuple[str, str, dict[str, int], int]]:
    """Return hypothesis, panel, stance -> interviews, interviews coded; everybody's where there is no panel."""
    panels = counts.filter(pl.col("variable") == "panel")
    if panels.is_empty():
        panels = counts.filter(pl.col("variable") == "all").with_columns(modality=pl.lit("ensemble"))
    found: dict[tuple[str, str], dict[str, int]] = {}
    sizes: dict[tuple[str, str], int] = {}
    for row in panels.sort("modality").iter_rows(named=True):
        key = row["hypothesis"], row["modality"]
        found.setdefault(key, {})[row["stance"]] = row["n_interviews"]
        sizes[key] = row["n_coded"]
    return [(*key, own, sizes[key]) for key, own in found.items()]


def _heads(axes: Axes, y: float) -> None:
    style = {"fontsize": 9, "color": canvas.FAINT, "va": "center"}
    axes.text(MIDDLE - 0.12, y, "◀ contre", ha="right", **style)
    axes.text(MIDDLE + 0.12, y, "pour ▶", ha="left", **style)
    axes.text(NUANCE, y, "nuance", ha="left", **style)


def _row(axes: Axes, y: float, panel: str, found: dict[str, int], size: int, unit: float, palette: list[str]) -> None:
    name = canvas.short(panel or NO_PANEL, 30)
    points = labels.fitting(name, 72 * (NAMES - MARGIN - 0.05), 9)
    axes.text(MARGIN + 0.1, y, name, fontsize=points, va="center")
    if not size:
        axes.text(MIDDLE + 0.12, y, "aucun entretien codé", fontsize=8.5, va="center", color=canvas.FAINT)
        return
    for stance, (number, hatch) in SIDES.items():
        n, tint = found.get(stance, 0), canvas.ink(palette, number)
        origin = NUANCE if stance == "nuance" else MIDDLE
        sign = -1 if stance == "against" else 1
        axes.barh(y, sign * size * unit, BAR, left=origin, color="#F0F0F0", lw=0)
        if n:
            face = "white" if hatch else tint
            axes.barh(y, sign * n * unit, BAR, left=origin, color=face, edgecolor=tint, hatch=hatch, lw=1)
        align = "right" if sign < 0 else "left"
        axes.text(origin + sign * (size * unit + 0.07), y, f"{n} sur {size}", fontsize=8.5, va="center", ha=align)
        axes.plot([origin] * 2, [y - ROW / 2, y + ROW / 2], color=canvas.INK, lw=0.9)


def _note() -> list[str]:
    return [
        "Lecture : nombre d'entretiens qui contiennent au moins un passage pour, contre ou en nuance, sur ceux que",
        "quelqu'un a codés (trame pâle). Un même entretien peut être des deux côtés. Compter n'est pas conclure.",
    ]
