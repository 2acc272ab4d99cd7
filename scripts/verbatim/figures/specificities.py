"""Specificities of words by modality: those of chosen words, or the strongest words of each modality."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from matplotlib.figure import Figure

from verbatim.figures import canvas, notes, score_bars, word_wording
from verbatim.typography import integer

WIDTH, EDGE = 9.2, 0.15  # inches
CHANCE = 0.05


def draw(specificities: pl.DataFrame, words: Sequence[str], most: int) -> Figure:
    """Return the figure of lexicon/specificities: for each variable, a row a word, a column a modality.

    `words`: the lemmas shown; empty: the `most` strongest active lemmas of each modality, under the modality
    that they mark most. Of more than sixteen modalities, the sixteen with the largest score.
    """
    if specificities.is_empty():
        return canvas.message("Aucun attribut comparé, donc aucune spécificité à montrer.")
    known = set(specificities["lemma"].unique().to_list())
    absent = sorted(set(words) - known)
    if words and len(absent) == len(set(words)):
        return canvas.message(_absent(absent))
    grids, left_out = [], []
    for variable in specificities["variable"].unique().sort():
        own = specificities.filter(variable=variable)
        columns = _columns(own, variable)
        kept = own.filter(pl.col("modality").is_in(columns))
        rows = _named(kept, words) if words else _strongest(kept, columns, most)
        if rows:
            grids.append(_grid(variable, kept, columns, rows))
            left_out.append(_left_out(variable, len(columns), own["modality"].n_unique()))
    if not grids:
        return canvas.message("Aucun mot n'est plus dit dans une modalité que ne le voudrait le hasard.")
    return figure(grids, [*_note(words, most), *left_out, _absent(absent)])


def figure(grids: list[score_bars.Grid], sentences: Sequence[str]) -> Figure:
    inner = WIDTH - 2 * EDGE
    width = max(score_bars.full_width(grid, inner) for grid in grids) + 2 * EDGE
    width = max(width, WIDTH if any(len(grid.columns) > 2 for grid in grids) else 5.5)
    note = notes.wrapped(sentences, width - 2 * EDGE)
    height = sum(score_bars.height(grid, inner) for grid in grids) + notes.height(note) + 2 * EDGE
    figure = canvas.new(width, height)
    axes = canvas.in_inches(figure)
    top = height - EDGE
    for grid in grids:
        score_bars.draw(axes, grid, EDGE, top, inner)
        top -= score_bars.height(grid, inner)
    notes.write(axes, note, EDGE, EDGE)
    return figure


def _columns(own: pl.DataFrame, variable: str) -> list[str]:
    scores = dict(own.group_by("modality").agg(pl.col("score").max()).iter_rows())
    return score_bars.strongest(scores, word_wording.order(variable, list(scores)))


def _named(kept: pl.DataFrame, words: Sequence[str]) -> list[list[tuple[str, str]]]:
    """Return (lemma, pos) of the named lemmas in one group, in the order of the names."""
    found = kept.filter(pl.col("lemma").is_in(list(words))).select("lemma", "pos").unique()
    order = {word: i for i, word in reversed(list(enumerate(words)))}
    return [sorted(found.iter_rows(), key=lambda row: (order[row[0]], row[1]))] if found.height else []


def _strongest(kept: pl.DataFrame, columns: Sequence[str], most: int) -> list[list[tuple[str, str]]]:
    """Return (lemma, pos) of the `most` strongest words of each modality, each under the one that it marks most."""
    more = kept.filter((pl.col("score") > 0) & (pl.col("status") == "active"))
    ranked = more.sort(["modality", "score", "lemma", "pos"], descending=[False, True, False, False])
    best = ranked.group_by("modality", maintain_order=True).head(most)
    marked = best.sort(["score", "modality"], descending=[True, False]).unique(
        ["lemma", "pos"], keep="first", maintain_order=True
    )
    own = marked.sort(["score", "lemma", "pos"], descending=[True, False, False])
    groups = [own.filter(modality=column).select("lemma", "pos").rows() for column in columns]
    return [group for group in groups if group]


def _grid(
    variable: str, kept: pl.DataFrame, columns: list[str], groups: list[list[tuple[str, str]]]
) -> score_bars.Grid:
    shown = pl.DataFrame([row for group in groups for row in group], schema=["lemma", "pos"], orient="row")
    told = {f"{lemma}\t{pos}": word for lemma, pos, word in word_wording.with_words(shown).iter_rows()}
    rows = kept.join(shown, on=["lemma", "pos"], how="semi")
    cells = {
        (f"{lemma}\t{pos}", modality): score_bars.Cell(score, p >= CHANCE)
        for lemma, pos, modality, score, p in rows.select("lemma", "pos", "modality", "score", "p_adjusted").iter_rows()
    }
    keys = [[f"{lemma}\t{pos}" for lemma, pos in group] for group in groups]
    heads = {column: word_wording.modality(variable, column) for column in columns}
    return score_bars.Grid(word_wording.variable(variable), keys, columns, told, heads, cells)


def _left_out(variable: str, n_shown: int, n: int) -> str:
    if n_shown == n:
        return ""
    told = word_wording.variable(variable)
    return f"{told} : {n_shown} modalités sur {integer(n)}, celles où un score est le plus grand."


def _absent(absent: Sequence[str]) -> str:
    return f"Demandés, mais trop rares ou jamais dits ici : {', '.join(absent)}." if absent else ""


def _note(words: Sequence[str], most: int) -> list[str]:
    which = "" if words else f"Les {most} mots actifs les plus spécifiques de chaque modalité."
    return [
        which,
        "Score (Lafon 1980) : + le mot y est plus dit que ne le voudrait le hasard, − moins ; log10 de la probabilité.",
        "En gris : le hasard suffirait (p ajustée ≥\u00a00,05). Même échelle dans un attribut.",
    ]
