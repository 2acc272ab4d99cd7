"""How far coders agree, theme by theme: three coefficients side by side, each with its interval."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from verbatim.figures import canvas, labels, notes, theme_names
from verbatim.grid import Theme
from verbatim.typography import decimal, integer

WIDTH, MARGIN, NAMES, COUNT, GAP = 7.6, 0.15, 2.35, 0.62, 0.16
HEAD, AXIS, ROW, FIRST = 0.5, 0.2, 0.185, 0.26
ALL, ALL_TITLE, FEW = "*", "Tous les thèmes", 10
# coefficient, shape, title; those of one kind differ by little, and the note says by how much
SHOWN = (
    ("krippendorff", "o", "α de Krippendorff"),
    ("gwet", "s", "AC1 de Gwet"),
    ("unitised", "D", "uα : mots exacts"),
)
SAME_KIND = (("cohen", "krippendorff"), ("fleiss", "krippendorff"), ("brennan_prediger", "gwet"))
NAMED = {"cohen": "κ de Cohen", "fleiss": "κ de Fleiss", "brennan_prediger": "Brennan-Prediger"}
SIGNS = {"krippendorff": "α", "gwet": "AC1"}
UNITS = {"segment": "segments", "sentence": "phrases", "turn": "tours"}
Cells = Mapping[tuple[str, str], Mapping]


def draw(agreement: pl.DataFrame, themes: Sequence[Theme], palette: Sequence[str]) -> Figure:
    """Return the figure for themes/agreement: a row a theme that somebody sees, all of them together first.

    Hollow: fewer than 10 units in which anybody sees the theme. No scale of « good » and « poor » agreement is drawn:
    those that are in use are conventions.
    """
    seen = agreement.filter((pl.col("n_seen") > 0) & (pl.col("theme") != ALL))["theme"].unique().to_list()
    if not seen:
        return canvas.message("Pas d'accord à mesurer : aucun entretien n'est codé par deux personnes.")
    rows = [Theme(ALL, ALL_TITLE, "", 0), *theme_names.shown(themes, seen)]
    cells = {(row["theme"], row["coefficient"]): row for row in agreement.iter_rows(named=True)}
    note = notes.wrapped(_note(agreement, cells, rows), WIDTH - 2 * MARGIN)
    height = 2 * MARGIN + HEAD + FIRST + ROW * (len(rows) - 1) + AXIS + notes.height(note)
    figure = canvas.new(WIDTH, height)
    axes = canvas.in_inches(figure)
    top = height - MARGIN - HEAD
    low = _lowest(cells, rows)
    wide = (WIDTH - 2 * MARGIN - NAMES - COUNT - GAP * len(SHOWN)) / len(SHOWN)
    lefts = [MARGIN + NAMES + COUNT + GAP + (wide + GAP) * i for i in range(len(SHOWN))]
    bottom = top - FIRST - ROW * (len(rows) - 1)
    _heads(axes, lefts, wide, (top, bottom), low, agreement)
    for i, theme in enumerate(rows):
        y = top - (FIRST / 2 - 0.02 if i == 0 else FIRST + ROW * (i - 0.5))
        if i % 2:
            axes.axhspan(y - ROW / 2, y + ROW / 2, color="#F6F6F6", lw=0, zorder=0)
        theme_names.write(axes, theme, MARGIN, y, NAMES - 0.1, ROW if i else FIRST)
        one = cells[theme.id, SHOWN[0][0]]
        counted = f"{integer(one['n_shared'])} / {integer(one['n_seen'])}"
        size = labels.fitting(counted, 72 * COUNT, 8)
        axes.text(MARGIN + NAMES + COUNT, y, counted, fontsize=size, ha="right", va="center_baseline")
        for left, (name, shape, _), tint in zip(lefts, SHOWN, palette, strict=False):
            _interval(axes, left, wide, low, y, cells[theme.id, name], shape, tint, one["n_seen"] < FEW)
    notes.write(axes, note, MARGIN, MARGIN)
    return figure


def _lowest(cells: Cells, rows: Sequence[Theme]) -> float:
    found = [cells[theme.id, name][key] for theme in rows for name, *_ in SHOWN for key in ("low", "value")]
    least = min([value for value in found if value is not None], default=0.0)
    return min(0.0, math.floor((least + 0.05) * 4) / 4)


def _heads(
    axes: Axes, lefts: Sequence[float], wide: float, ends: tuple[float, float], low: float, agreement: pl.DataFrame
) -> None:
    unit = UNITS[agreement.filter(pl.col("unit") != "word")["unit"][0]]
    style = {"fontsize": 7.5, "color": canvas.FAINT, "va": "bottom", "linespacing": 1.05}
    axes.text(MARGIN + NAMES + COUNT, ends[0] + 0.05, f"{unit}\nvus par tous\n/ par l'un", ha="right", **style)
    for left, (name, _, title) in zip(lefts, SHOWN, strict=True):
        size = labels.fitting(title, 72 * wide, 9, "bold")
        axes.text(left, ends[0] + 0.21, title, fontsize=size, weight="bold", va="bottom")
        axes.text(left, ends[0] + 0.06, "mots" if name == "unitised" else unit, **style)
        marks = [low + 0.25 * i for i in range(round((1 - low) * 4) + 1)]
        for mark in marks:
            x = left + wide * (mark - low) / (1 - low)
            zero = abs(mark) < 1e-9
            line = {"color": canvas.FAINT, "lw": 0.9} if zero else {"color": canvas.PALE, "lw": 0.6}
            axes.plot([x, x], [ends[1], ends[0]], zorder=0.5, **line)
            if (2 * mark) % 1 == 0:
                text = decimal(mark, 1 if mark % 1 else 0)
                axes.text(x, ends[1] - 0.05, text, fontsize=7, color=canvas.FAINT, ha="center", va="top")


def _interval(
    axes: Axes, left: float, wide: float, low: float, y: float, row: Mapping, shape: str, tint: str, few: bool
) -> None:
    if row["value"] is None:
        axes.text(left + wide / 2, y, "indéfini", fontsize=7, color=canvas.FAINT, ha="center", va="center_baseline")
        return

    def at(value: float) -> float:
        return left + wide * (value - low) / (1 - low)

    colour = canvas.ink([tint], 1)
    if row["low"] is not None:
        axes.plot([at(row["low"]), at(row["high"])], [y, y], color=colour, lw=1.1, zorder=2, solid_capstyle="butt")
    face = "white" if few else colour
    axes.plot(at(row["value"]), y, shape, ms=4.4, mfc=face, mec=colour, mew=1.0, zorder=3, clip_on=False)


def _note(agreement: pl.DataFrame, cells: Cells, rows: Sequence[Theme]) -> list[str]:
    one = cells[ALL, SHOWN[0][0]]
    coders, interviews = one["n_coders"], one["n_interviews"]
    drawn = "entretiens tirés entiers" if one["resampled"] == "interview" else "unités tirées une à une"
    left_out = "" if one["uncoded"] == "keep" else "Les unités où personne n'a rien codé sont écartées (sauf pour uα)."
    return [
        f"Lecture : {coders} codeurs comparés sur {integer(interviews)} entretien{'s' if interviews > 1 else ''} ; le",
        f"signe est la valeur, le trait son intervalle à 95 % (rééchantillonnage, {drawn}).",
        f"Creux : moins de {FEW} unités où quelqu'un voit le thème ; un thème compte ses sous-thèmes.",
        "α baisse quand un thème est rare, AC1 monte avec l'accord sur l'absence : à lire ensemble. uα compare",
        "les mots mêmes des passages.",
        left_out,
        *_others(cells, rows),
        "Aucun seuil n'est tracé : ceux de Landis et Koch (1977) et d'autres sont des conventions.",
    ]


def _others(cells: Cells, rows: Sequence[Theme]) -> list[str]:
    """Return how far the coefficients that are not drawn are from those that are."""
    said = []
    for name, drawn in SAME_KIND:
        apart = [
            abs(cells[theme.id, name]["value"] - cells[theme.id, drawn]["value"])
            for theme in rows
            if cells[theme.id, name]["value"] is not None and cells[theme.id, drawn]["value"] is not None
        ]
        if apart:
            most = "moins de 0,01" if max(apart) < 0.005 else f"{decimal(max(apart), 2)} au plus"
            said.append(f"{NAMED[name]} : à {most} de {SIGNS[drawn]}")
    return [f"Non dessinés : {' ; '.join(said)} (voir la table)."] if said else []
