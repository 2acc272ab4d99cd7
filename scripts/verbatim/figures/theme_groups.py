"""Which group speaks of each theme: interviews that hold it with exact intervals, and its share of the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from verbatim.figures import canvas, labels, notes, theme_names
from verbatim.grid import Theme
from verbatim.report.wording import variable as variable_name
from verbatim.typography import integer, percent

WIDTH, MARGIN, GAP = 7.6, 0.15, 0.2
NAMES, FIRST, SECOND, MARK = 2.75, 2.55, 1.35, 0.2
HEAD, AXIS, LINE, KEY = 0.34, 0.24, 0.115, 0.2
MOST, SURE = 6, 0.05
MARKERS = ("o", "s", "^", "D", "v", "P")
STAR = "★"


@dataclass(frozen=True)
class Block:
    """An attribute: its modalities with their numbers of coded interviews, and how many are left out."""

    variable: str
    modalities: list[tuple[str, int]]
    left_out: int

    def row(self) -> float:
        """Return the height of a theme, in inches."""
        return max(0.22, LINE * len(self.modalities) + 0.08)


def draw(groups: pl.DataFrame, contrasts: pl.DataFrame, themes: Sequence[Theme], palette: list[str]) -> Figure:
    """Return the figure for themes/groups and themes/contrasts: a block an attribute, a row a coded theme.

    Left, the share of the interviews that hold the theme, with its exact interval; right, its share of the words.
    A star: the modalities differ, p adjusted over the themes < 0.05. Of more than 6 modalities, those of most
    interviews.
    """
    coded = groups.filter(pl.col("n_codings") > 0)["theme"].unique().to_list()
    if not coded:
        return canvas.message("Aucun attribut à comparer : rien n'est codé, ou aucun entretien codé n'a de valeur.")
    shown = theme_names.shown(themes, coded)
    blocks = [_block(groups, name) for name in groups["variable"].unique().sort()]
    keys = [_key(block) for block in blocks]
    note = notes.wrapped(_note(contrasts), WIDTH - 2 * MARGIN)
    high = sum(
        notes.HEADING_LINE + KEY * (1 + max(line for line, *_ in key)) + HEAD + block.row() * len(shown) + AXIS + GAP
        for block, key in zip(blocks, keys, strict=True)
    )
    height = high + notes.height(note) + 2 * MARGIN
    figure = canvas.new(WIDTH, height)
    axes = canvas.in_inches(figure)
    y = height - MARGIN
    for block, key in zip(blocks, keys, strict=True):
        y = _draw_block(axes, y, block, key, groups, contrasts, shown, palette)
    notes.write(axes, note, MARGIN, MARGIN)
    return figure


def _block(groups: pl.DataFrame, variable: str) -> Block:
    own = groups.filter(pl.col("variable") == variable).select("modality", "n_interviews").unique()
    own = own.sort(["n_interviews", "modality"], descending=[True, False])
    return Block(variable, sorted(own.head(MOST).rows()), max(own.height - MOST, 0))


def _key(block: Block) -> list[tuple[int, float, str]]:
    """Return line, left and text of each modality in the key."""
    found, x, line = [], MARGIN, 0
    for modality, n in block.modalities:
        text = f"{modality} ({integer(n)} entretien{'s' if n > 1 else ''})"
        wide = labels.width(text, 8.0) / 72 + 0.2
        if x > MARGIN and x + wide > WIDTH - MARGIN:
            x, line = MARGIN, line + 1
        found.append((line, x, text))
        x += wide + 0.18
    return found


def _draw_block(axes: Axes, y: float, block: Block, key, groups, contrasts, shown, palette) -> float:
    notes.write_heading(axes, f"Selon : {variable_name(block.variable)}", MARGIN, y, WIDTH - 2 * MARGIN)
    y -= notes.HEADING_LINE
    for i, (line, x, text) in enumerate(key):
        at = y - KEY * (line + 0.5)
        _mark(axes, x + 0.06, at, i, palette)
        axes.text(x + 0.17, at, text, fontsize=8, va="center_baseline")
    y -= KEY * (1 + max(line for line, *_ in key))
    own = groups.filter(pl.col("variable") == block.variable)
    cells = {(row["theme"], row["modality"]): row for row in own.iter_rows(named=True)}
    tests = {row["theme"]: row for row in contrasts.filter(pl.col("variable") == block.variable).iter_rows(named=True)}
    largest = _scale(max(row["share"] for row in cells.values()))
    first, second = MARGIN + NAMES, MARGIN + NAMES + FIRST + MARK + 0.2
    top, bottom = y - HEAD, y - HEAD - block.row() * len(shown)
    _scales(axes, (first, second), (top, bottom), largest)
    for i, theme in enumerate(shown):
        middle = top - block.row() * (i + 0.5)
        if i % 2:
            axes.axhspan(middle - block.row() / 2, middle + block.row() / 2, color="#F6F6F6", lw=0, zorder=0)
        theme_names.write(axes, theme, MARGIN, middle, NAMES - 0.1, block.row())
        for k, (modality, _) in enumerate(block.modalities):
            at = middle + LINE * ((len(block.modalities) - 1) / 2 - k)
            row = cells[theme.id, modality]
            _interval(axes, first, at, row, k, palette)
            _mark(axes, second + SECOND * row["share"] / largest, at, k, palette)
        _stars(axes, (first + FIRST, second + SECOND), middle, tests.get(theme.id))
    return bottom - AXIS - GAP


def _scale(largest: float) -> float:
    return next((s for s in (0.02, 0.05, 0.1, 0.2, 0.3, 0.5) if s >= largest), 1.0)


def _scales(axes: Axes, lefts: tuple[float, float], ends: tuple[float, float], largest: float) -> None:
    titles = ("Part des entretiens codés\noù le thème est présent", "Part des mots\nde la modalité")
    for left, width, most, title in zip(lefts, (FIRST, SECOND), (1.0, largest), titles, strict=True):
        axes.text(left, ends[0] + 0.05, title, fontsize=8, color=canvas.FAINT, va="bottom", linespacing=1.0)
        for part in (0, 0.25, 0.5, 0.75, 1.0) if most == 1 and width > 2 else (0, 0.5, 1.0):
            x = left + width * part
            axes.plot([x, x], [ends[1], ends[0]], color=canvas.PALE, lw=0.6, zorder=0.5)
            text = percent(part * most, 0 if most * part * 100 == round(most * part * 100) else 1)
            axes.text(x, ends[1] - 0.06, text, fontsize=7, color=canvas.FAINT, ha="center", va="top")


def _interval(axes: Axes, left: float, y: float, row: dict, k: int, palette: list[str]) -> None:
    tint = canvas.ink(palette, k + 1)
    if not row["n_interviews"]:
        return
    axes.plot([left + FIRST * row["low"], left + FIRST * row["high"]], [y, y], color=tint, lw=1.1, zorder=2)
    _mark(axes, left + FIRST * row["n_holding"] / row["n_interviews"], y, k, palette)


def _mark(axes: Axes, x: float, y: float, k: int, palette: list[str]) -> None:
    tint = canvas.ink(palette, k + 1)
    face = tint if k % 2 == 0 else "white"
    axes.plot(x, y, MARKERS[k % len(MARKERS)], ms=4.6, mfc=face, mec=tint, mew=1.1, zorder=3, clip_on=False)


def _stars(axes: Axes, lefts: tuple[float, float], y: float, test: dict | None) -> None:
    for left, name in zip(lefts, ("p_presence_adjusted", "p_amount_adjusted"), strict=True):
        if test and test[name] < SURE:
            axes.text(left + 0.1, y, STAR, fontsize=10, ha="left", va="center")


def _note(contrasts: pl.DataFrame) -> list[str]:
    n = int((contrasts["p_presence_adjusted"] < SURE).sum() + (contrasts["p_amount_adjusted"] < SURE).sum())
    starred = "" if n else "Ici, aucune étoile."
    return [
        "Lecture : le signe est la part observée, le trait son intervalle exact à 95 % (Clopper et Pearson). Seuls",
        "comptent les entretiens que quelqu'un a codés ; un thème compte ses sous-thèmes.",
        f"{STAR} : les modalités diffèrent, p ajusté sur les thèmes < 0,05 (présence : test exact de Fisher ; mots :",
        f"entretiens redistribués entre les modalités). {starred}",
        "Un intervalle large dit surtout que les entretiens sont peu nombreux.",
    ]
