"""Factor planes of words and modalities, one for each variable that has at least three modalities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from verbatim.figures import canvas, labels, notes, plane, word_wording
from verbatim.typography import integer, percent

MOST_NAMED, FEW_NAMED, SUPPLEMENTARY_SHARE = 60, 25, 0.2
# points
MODALITY, WORD, GROWN, SMALL = 10.5, 7.0, 4.5, 7.0
HEADING, BELOW, NARROWEST = 72 * notes.HEADING_LINE, 14.0, 500.0
LONGEST = 22
SUPPLEMENTARY = "#6B6B6B"


@dataclass(frozen=True)
class Part:
    """The plane of one variable: what is labelled, where, and the dots of modalities left without a label."""

    variable: str
    plane: plane.Plane
    sheet: plane.Sheet
    points: pl.DataFrame
    boxes: np.ndarray
    dots: np.ndarray
    note: list[str]


def draw(correspondence: pl.DataFrame, words: int, palette: list[str], axes: Sequence[int] = (1, 2)) -> Figure:
    """Return the planes of lexicon/correspondence, one under the other, in principal coordinates.

    Words: the `words` active lemmas that contribute most to the two axes; in italics, the supplementary
    ones, at most a fifth as many, that the plane shows best. One unit is as long across as up.
    """
    parts, without = [], []
    for variable in correspondence["variable"].unique().sort():
        own = correspondence.filter(variable=variable)
        chosen = choose(own, axes)
        if isinstance(chosen, str):
            without.append(f"{word_wording.variable(variable)} : {chosen}.")
        else:
            parts.append(_part(variable, own, chosen, words))
    if not parts:
        return canvas.message(" ".join(without) or "Aucun attribut d'au moins trois modalités : pas de plan à montrer.")
    return _figure(parts, palette, without)


def _figure(parts: list[Part], palette: list[str], without: Sequence[str]) -> Figure:
    width = max(NARROWEST, *(part.sheet.size[0] for part in parts))
    feet = [notes.wrapped(part.note, width / 72 - 0.3) for part in parts]
    last = notes.wrapped([*_note(), *without], width / 72 - 0.3)
    highs = [HEADING + part.sheet.size[1] + 72 * notes.height(foot) for part, foot in zip(parts, feet, strict=True)]
    height = sum(highs) + BELOW * len(parts) + 72 * notes.height(last) + 20
    figure = canvas.new(width / 72, height / 72)
    board = canvas.in_inches(figure)
    top = height - 6
    for part, foot, high in zip(parts, feet, highs, strict=True):
        notes.write_heading(board, word_wording.variable(part.variable), 0.15, top / 72, width / 72 - 0.3)
        own = part.sheet.size
        bottom = top - HEADING - own[1]
        place = ((width - own[0]) / 2 / width, bottom / height, own[0] / width, own[1] / height)
        inner = figure.add_axes(place, xlim=(0, own[0]), ylim=(0, own[1]))
        inner.axis("off")
        _draw(inner, part, palette)
        notes.write(board, foot, 0.15, (top - high) / 72)
        top -= high + BELOW
    notes.write(board, last, 0.15, 0.12)
    return figure


def choose(own: pl.DataFrame, axes: Sequence[int]) -> plane.Plane | str:
    """Return the plane of the two `axes` of one variable, of the first two where one does not exist; or why none."""
    names = [name for name in own.columns if name.startswith("coordinate_")]
    known = {int(name.removeprefix("coordinate_")) for name in names if own[name].is_not_null().any()}
    if not {1, 2} <= known:
        n = own.filter(kind="modality").height
        return f"{integer(n)} modalités, un seul axe ou aucun, pas de plan"
    missing = [axis for axis in axes if axis not in known]
    shown = (1, 2) if missing else tuple(axes)
    note = f"l'axe {missing[0]} demandé n'existe pas ({len(known)} axes) : axes 1 et 2" if missing else ""
    x, y = (pl.col(f"coordinate_{axis}") for axis in shown)
    across, up = (f"Axe {axis} : {percent(own[f'inertia_{axis}'][0])} de l'inertie" for axis in shown)
    share = {axis: own[f"inertia_{axis}"][0] for axis in shown}
    weight = sum(share[axis] * pl.col(f"contribution_{axis}").fill_null(0) for axis in shown)
    shown_best = pl.sum_horizontal(pl.col(f"cos2_{axis}").fill_null(0) for axis in shown)
    points = own.select("kind", "term", x=x, y=y, weight=weight, cos2=shown_best)
    return plane.Plane(points, across, up, note)


def _part(variable: str, own: pl.DataFrame, chosen: plane.Plane, words: int) -> Part:
    modalities = chosen.points.filter(kind="modality").sort(["weight", "term"], descending=[True, False])
    n_named = modalities.height if modalities.height <= MOST_NAMED else FEW_NAMED
    named, unnamed = modalities.head(n_named), modalities.slice(n_named)
    active = chosen.points.filter(kind="active").sort(["weight", "term"], descending=[True, False])
    others = chosen.points.filter(kind="supplementary").sort(["cos2", "term"], descending=[True, False])
    kept, aside = active.head(words), others.head(int(SUPPLEMENTARY_SHARE * words))
    grown = (kept["weight"] / max(kept["weight"].max() or 0, 1e-12)).sqrt() if kept.height else pl.Series([0.0])
    points = pl.concat(
        [
            _labelled(named, [MODALITY if modalities.height <= 20 else SMALL + 1] * named.height, variable),
            _labelled(kept, (WORD + GROWN * grown).to_list() if kept.height else [], variable),
            _labelled(aside, [SMALL] * aside.height, variable),
        ]
    )
    boxes = labels.sizes(points["label"].to_list(), points["size"].to_list(), "bold")
    dots = unnamed.select("x", "y").to_numpy()
    # the farthest dots take part, without a label, so that the sheet holds them all
    ends = dots[np.concatenate([dots.argmin(axis=0), dots.argmax(axis=0)])] if len(dots) else dots
    coordinates = np.concatenate([points.select("x", "y").to_numpy(), ends])
    whole = plane.settle(coordinates, np.concatenate([boxes, np.zeros_like(ends)]))
    sheet = whole.part(slice(0, points.height))
    told = [chosen.note + "." if chosen.note else ""]
    counted = f"{integer(kept.height)} mots actifs sur {integer(active.height)}"
    told += [f"{counted}, ceux qui contribuent le plus aux deux axes."]
    if aside.height:
        told += [f"En italique : {integer(aside.height)} mots supplémentaires sur {integer(others.height)}."]
    if unnamed.height:
        told += [f"Carrés : {integer(named.height)} modalités sur {integer(modalities.height)} ont leur nom."]
    return Part(variable, chosen, sheet, points, boxes, _place(whole, coordinates, dots), told)


def _labelled(rows: pl.DataFrame, sizes: list[float], variable: str) -> pl.DataFrame:
    told = [
        canvas.short_code(word_wording.modality(variable, term) if kind == "modality" else term, LONGEST)
        for kind, term in rows.select("kind", "term").iter_rows()
    ]
    return rows.select("kind", pl.Series("label", told, pl.String), pl.Series("size", sizes, pl.Float64), "x", "y")


def _place(sheet: plane.Sheet, coordinates: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return where `others` (m, 2) stand on the sheet on which the points of `coordinates` (n, 2) stand."""
    unit = np.abs(sheet.anchors - sheet.origin).sum() / max(np.abs(coordinates).sum(), 1e-12)
    return sheet.origin + unit * others


def _draw(board: Axes, part: Part, palette: list[str]) -> None:
    plane.frame(board, part.sheet, part.plane, "")
    tints = {"supplementary": canvas.FAINT, "active": canvas.INK, "modality": canvas.ink(palette, 6)}
    kinds = np.array(part.points["kind"].to_list())
    texts, sizes = (np.array(part.points[name].to_list()) for name in ("label", "size"))
    board.plot(*part.dots.T, ls="none", marker="s", ms=2.4, mew=0, color=tints["modality"], alpha=0.45, zorder=0)
    for kind, tint in tints.items():
        rows = np.flatnonzero(kinds == kind)
        sheet = plane.Sheet(part.sheet.size, part.sheet.origin, part.sheet.anchors[rows], part.sheet.centres[rows])
        plane.leaders(board, sheet, part.boxes[rows], [tint] * len(rows))
        heavy, slant = [kind == "modality"] * len(rows), "italic" if kind == "supplementary" else "normal"
        plane.write(board, texts[rows], sheet.centres, sizes[rows], [tint] * len(rows), heavy, slant)


def _note() -> list[str]:
    return [
        "Analyse des correspondances des mots et des modalités, coordonnées principales.",
        "En gras : modalités ; taille d'un mot : sa contribution aux deux axes.",
    ]
