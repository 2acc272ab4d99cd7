"""What each further interview brings: curves with their band, for themes and for the classes of each analysis."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from verbatim.figures import canvas, labels, notes
from verbatim.typography import percent

WIDTH, PANEL, MARGIN, LEFT, GAP = 7.6, 1.65, 0.15, 0.55, 0.35
HEAD, FOOT, FEW_CODES, CODE, CODE_SIZE = 0.5, 0.45, 20, 12, 7.5
BAND, LINE = "#C9DDEE", "#0B4F86"
THEME = "theme"


def draw(curves: pl.DataFrame, stops: pl.DataFrame, titles: Mapping[str, str]) -> Figure:
    """Return the figure for themes/saturation and themes/saturation_stops: a panel a kind, themes first.

    Steps: the order of the study; line and band: the mean of all orders, and 95 % of them; dashes: where the first
    rule of the settings, at its largest threshold, would have stopped.
    """
    kinds = [kind for kind in (THEME, *titles) if kind in set(curves["kind"])]
    if not kinds:
        return canvas.message("Rien à compter : aucun codage, aucune classe.")
    note = notes.wrapped(_note(curves), WIDTH - 2 * MARGIN)
    across = 2 if len(kinds) > 1 else 1
    rows = -(-len(kinds) // across)
    codes = [canvas.short_code(name, CODE) for name in curves["interview"]]
    below = FOOT + max(labels.width(code, CODE_SIZE) for code in codes) / 72
    height = MARGIN * 2 + notes.height(note) + rows * (HEAD + PANEL + below)
    figure = canvas.new(WIDTH, height)
    wide = (WIDTH - 2 * MARGIN - GAP * (across - 1)) / across
    for i, kind in enumerate(kinds):
        left, top = MARGIN + (wide + GAP) * (i % across), height - MARGIN - (i // across) * (HEAD + PANEL + below)
        place = left + LEFT, top - HEAD - PANEL, wide - LEFT - 0.05, PANEL
        axes = figure.add_axes((place[0] / WIDTH, place[1] / height, place[2] / WIDTH, place[3] / height))
        title = "Thèmes" if kind == THEME else f"Classes : {titles[kind]}"
        own = stops.filter(pl.col("kind") == kind)
        _panel(axes, curves.filter(pl.col("kind") == kind).sort("position"), own, place[2])
        size = labels.fitting(title, 72 * wide, 9.5, "bold")
        figure.text(left / WIDTH, (top - 0.14) / height, title, fontsize=size, weight="bold", va="center_baseline")
        told = _told(own)
        size = labels.fitting(told, 72 * wide, 7.5)
        style = {"color": canvas.FAINT, "va": "center_baseline"}
        figure.text(left / WIDTH, (top - 0.33) / height, told, fontsize=size, **style)
    notes.write(canvas.in_inches(figure), note, MARGIN, MARGIN)
    return figure


def rule(stops: pl.DataFrame) -> dict | None:
    """Return the row of the first base and run at the largest threshold: the rule that is told first."""
    own = stops.sort("base", "run", -pl.col("threshold"))
    return own.row(0, named=True) if own.height else None


def _told(stops: pl.DataFrame) -> str:
    first = rule(stops)
    if first is None:
        return ""
    named = f"base {first['base']}, pas {first['run']}, seuil {percent(first['threshold'], 0)}"
    if first["share_of_orders"] is None:
        return f"règle sans objet : {first['n_interviews']} entretiens < {first['base']} + {first['run']}"
    if first["position"] is None:
        return f"pas de point d'arrêt ({named})"
    return f"arrêt après l'entretien n° {first['position']} ({named})"


def _panel(axes: Axes, curve: pl.DataFrame, stops: pl.DataFrame, wide: float) -> None:
    at = curve["position"].to_list()
    axes.fill_between(at, curve["low"].to_list(), curve["high"].to_list(), color=BAND, lw=0)
    axes.plot(at, curve["mean"].to_list(), color=LINE, lw=1.2)
    cumulative = curve["cumulative"].to_list()
    size = 4 if len(at) <= 60 else 2
    axes.plot(at, cumulative, drawstyle="steps-post", color=canvas.INK, lw=0.9)
    axes.plot(at, cumulative, "o", ms=size, mfc="white", mec=canvas.INK, mew=0.9)
    most = max([*cumulative, *curve["high"].to_list(), 1])
    axes.set_ylim(0, most * 1.12)
    axes.set_xlim(0.5, len(at) + 0.5)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.set_ylabel("rencontrés", fontsize=8)
    first = rule(stops)
    if first and first["position"] is not None:
        axes.axvline(first["position"], color=canvas.INK, lw=1, ls=(0, (4, 3)))
    _codes(axes, curve["interview"].to_list(), wide)
    axes.tick_params(labelsize=CODE_SIZE)


def _codes(axes: Axes, names: list[str], wide: float) -> None:
    if len(names) > FEW_CODES:
        axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        axes.set_xlabel("entretiens", fontsize=8)
        return
    codes = [canvas.short_code(name, CODE) for name in names]
    lie = max(labels.width(code, CODE_SIZE) for code in codes) < 72 * wide / len(codes) - 3
    axes.set_xticks(range(1, len(codes) + 1), codes, rotation=0 if lie else 90)


def _note(curves: pl.DataFrame) -> list[str]:
    by = "par date" if set(curves["ordered_by"]) == {"date"} else "comme interviews.csv les donne"
    return [
        f"Lecture : les points sont les entretiens dans l'ordre de l'étude ({by}) ; le trait est la moyenne",
        "de tous les ordres possibles, la bande en contient 95 %. Tirets : là où la règle de Guest, Namey et Chen",
        "(2020) se serait arrêtée. Thèmes : entretiens codés seulement.",
        "Les classes ont été trouvées sur tous les entretiens à la fois : leur courbe dit où elles se rencontrent,",
        "non combien d'entretiens il fallait pour les trouver.",
    ]
