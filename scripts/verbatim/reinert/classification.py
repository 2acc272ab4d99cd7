"""The classification of an analysis: from the tables of its words to its tree and its classes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from verbatim.problems import Problem, StudyError
from verbatim.reinert.descent import ROOT, Descent
from verbatim.reinert.incidence import SEGMENT, active_forms, form_matrix
from verbatim.reinert.terminal import IRAMUTEQ_SPLITS, Classes, classify, classify_as_iramuteq

FEW_SEGMENTS = 20


@dataclass(frozen=True)
class Classification:
    """`tree` (classes/tree), `segments` (classes/segments) and what the researcher should know (French)."""

    tree: pl.DataFrame
    segments: pl.DataFrame
    remarks: list[str]


def classify_analysis(
    segments: pl.DataFrame,
    segment_lemmas: pl.DataFrame,
    lemmas: pl.DataFrame,
    analysis: str,
    compatibility: str,
    settings: dict,
) -> Classification:
    """Return Reinert's classification of the segments that occur in `segment_lemmas`.

    `segments` is corpus/segments (the whole corpus); `settings` is the section `classes`.
    `compatibility` `iramuteq` makes the original's fixed number of splits (at most `max_splits`) and
    keeps its terminal classes; `none` see `terminal.classify`. Errors: StudyError when there is no
    segment at all.
    """
    rows = segments.select(SEGMENT).join(segment_lemmas.select(SEGMENT), on=SEGMENT, how="semi").sort(SEGMENT)
    if rows.is_empty():
        raise StudyError(_nothing(analysis))
    forms = active_forms(lemmas, settings["minimum_frequency"], settings["max_forms"])
    matrix = form_matrix(rows, segment_lemmas, lemmas, "active", forms)
    if compatibility == "iramuteq":
        n_splits = min(IRAMUTEQ_SPLITS, settings["max_splits"])
        found = classify_as_iramuteq(matrix, settings["minimum_size"], n_splits)
    else:
        found = classify(matrix, settings["number"], settings["max_splits"], settings["minimum_size"])
    reasons = found.reasons(matrix)
    wanted = settings["number"] if compatibility == "none" else 1
    remarks = [*_warnings(rows, forms, found, wanted), _account(found, reasons)]
    return Classification(_tree(analysis, found), _segments(analysis, rows, matrix, found, reasons), remarks)


def _nothing(analysis: str) -> Problem:
    return Problem(
        f"config.yaml, analyses.{analysis}",
        "aucun segment ne contient de mot à classer",
        "des paroles de participants",
        "élargissez la sélection de l'analyse (select) ou vérifiez le rôle des locuteurs dans interviews.csv",
    )


def _tree(analysis: str, found: Classes) -> pl.DataFrame:
    descent = found.descent
    cut = {split.mother: split for split in descent.splits}
    number = {node: i for i, node in enumerate(found.nodes, start=1)}
    mothers, sizes = descent.mothers(), descent.sizes()
    rows = [
        (
            node,
            mothers[node],
            cut[node].chi2 if node in cut else None,
            cut[node].chi2_cut if node in cut else None,
            sizes[node],
            number.get(node),
        )
        for node in sorted(mothers)
    ]
    names = {"node": pl.Int64, "mother": pl.Int64, "chi2": pl.Float64, "chi2_cut": pl.Float64}
    names |= {"n_segments": pl.Int64, "class": pl.Int64}
    frame = pl.DataFrame(rows, schema=names, orient="row")
    return frame.select(pl.lit(analysis).alias("analysis"), pl.lit(1).alias("tree"), pl.all())


def _segments(analysis: str, rows: pl.DataFrame, matrix, found: Classes, reasons: np.ndarray) -> pl.DataFrame:
    return rows.select(
        pl.lit(analysis).alias("analysis"),
        *SEGMENT,
        pl.Series("class", found.labels),
        pl.Series("found", found.labels),
        pl.Series("reason", [reason or None for reason in reasons.tolist()], dtype=pl.String),
        pl.Series("node", found.descent.current().astype(np.int64)),
        pl.lit(None, dtype=pl.Int64).alias("node_2"),
        pl.Series("lost_at", _lost_at(found.descent), dtype=pl.Int64),
        pl.Series("n_forms", np.diff(matrix.indptr).astype(np.int64)),
    )


def _lost_at(descent: Descent) -> list[int | None]:
    """Return the split whose table left each segment without any form; None where none did."""
    at: list[int | None] = [None] * descent.n_segments
    for split in descent.splits:
        for row in split.lost.tolist():
            at[row] = split.number
    return at


def _warnings(rows: pl.DataFrame, forms: list[str], found: Classes, wanted: int) -> list[str]:
    n, k = rows.height, len(found.nodes)
    told = []
    if n < FEW_SEGMENTS:
        told.append(f"attention : {n} segments seulement, la méthode en demande au moins {FEW_SEGMENTS}")
    if rows["interview"].n_unique() == 1:
        told.append("attention : un seul entretien, les classes ne disent rien des différences entre entretiens")
    if not forms:
        told.append("attention : aucun lemme actif assez fréquent (classes.minimum_frequency), rien n'est classé")
    elif k == 0:
        told.append(f"attention : aucun groupe n'atteint {found.minimum} segments, rien n'est classé")
    elif found.nodes == (ROOT,):
        told.append(
            "attention : le corpus ne se laisse pas diviser en classes assez grandes, il forme une seule classe"
        )
    elif k < wanted:
        told.append(
            f"attention : {k} classes d'au moins {found.minimum} segments au lieu des {wanted} demandées ; "
            "baissez classes.minimum_size ou classes.number, ou augmentez classes.max_splits"
        )
    return told


def _account(found: Classes, reasons: np.ndarray) -> str:
    names = {
        "small_leaf": "dans des groupes trop petits",
        "row_lost": "perdus en route faute de formes partagées",
        "no_active_form": "sans forme active",
    }
    counts = {name: int((reasons == reason).sum()) for reason, name in names.items()}
    lost = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    classified = int((found.labels > 0).sum())
    text = f"classes : {len(found.nodes)} ; divisions : {len(found.descent.splits)} ; "
    text += f"segments classés : {classified} sur {len(reasons)}"
    return f"{text} (non classés : {lost})" if lost else text
