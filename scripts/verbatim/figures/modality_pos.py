"""Parts of speech by modality: which each uses more, or less, than chance would have it."""

from __future__ import annotations

import polars as pl
from matplotlib.figure import Figure

from verbatim.figures import canvas, score_bars, specificities, word_wording
from verbatim.typography import decimal, integer

CHANCE = 0.05


def draw(modality_pos: pl.DataFrame) -> Figure:
    """Return the figure of lexicon/modality_pos: for each variable, a row a part of speech, a column a modality.

    Bars: scores; at their ends, occurrences per thousand. Of more than sixteen modalities, the sixteen with the
    largest score in absolute value.
    """
    if modality_pos.is_empty():
        return canvas.message("Aucun attribut comparé : pas de catégories grammaticales à comparer.")
    grids, left_out = [], []
    for variable in modality_pos["variable"].unique().sort():
        own = modality_pos.filter(variable=variable)
        scores = dict(own.group_by("modality").agg(pl.col("score").abs().max()).iter_rows())
        columns = score_bars.strongest(scores, word_wording.order(variable, list(scores)))
        grids.append(_grid(variable, own.filter(pl.col("modality").is_in(columns)), columns))
        if len(columns) < len(scores):
            told = f"{len(columns)} modalités sur {integer(len(scores))}, celles où un score est le plus grand."
            left_out.append(f"{word_wording.variable(variable)} : {told}")
    return specificities.figure(grids, [*_note(), *left_out])


def _grid(variable: str, own: pl.DataFrame, columns: list[str]) -> score_bars.Grid:
    totals = own.group_by("pos").agg(pl.col("F").max()).sort(["F", "pos"], descending=[True, False])
    cells = {
        (pos, modality): score_bars.Cell(score, p >= CHANCE, decimal(rate, 0 if rate >= 10 else 1))
        for pos, modality, score, p, rate in own.select(
            "pos", "modality", "score", "p_adjusted", "per_thousand"
        ).iter_rows()
    }
    rows = totals["pos"].to_list()
    told = {pos: word_wording.POS.get(pos, pos) for pos in rows}
    heads = {column: word_wording.modality(variable, column) for column in columns}
    return score_bars.Grid(word_wording.variable(variable), [rows], columns, told, heads, cells)


def _note() -> list[str]:
    return [
        "Bleu, vers la droite : plus dit que ne le voudrait le hasard ; orange, vers la gauche : moins (score de Lafon "
        "1980, log10 de la probabilité).",
        "En gris : le hasard suffirait (p ajustée ≥\u00a00,05).",
        "Au bout des barres, où il y a la place : occurrences pour mille mots de la modalité.",
    ]
