"""The classification of an analysis: from the tables of its words to its tree and its classes."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from verbatim import tables
from verbatim.problems import Problem, StudyError
from verbatim.reinert.candidates import OWN_NUMBER, labels_by_number
from verbatim.reinert.descent import LOST, ROOT, Descent
from verbatim.reinert.double import DoubleClasses
from verbatim.reinert.incidence import SEGMENT, active_forms, form_matrix
from verbatim.reinert.peeled import peel
from verbatim.reinert.terminal import Classes

FEW_SEGMENTS = 20
# The number of classes by default, for `auto` without resample to choose by.
USUAL_NUMBER = 5


@dataclass(frozen=True)
class Classification:
    """classes/tree, classes/segments, classes/pairs, classes/peeled, and what the researcher should know (French)."""

    tree: pl.DataFrame
    segments: pl.DataFrame
    pairs: pl.DataFrame
    peeled: pl.DataFrame
    remarks: list[str]


@dataclass(frozen=True)
class _Tree:
    """One tree of a classification: its descent, the nodes that are classes 1, 2…, and `owners` (n_segments,).

    `owners`: the row of the descent that each segment is in.
    """

    descent: Descent
    classes: tuple[int, ...]
    owners: np.ndarray

    def current(self) -> np.ndarray:
        """Return the last node (n_segments,) of each segment."""
        return self.descent.current()[self.owners].astype(np.int64)

    def sizes(self) -> dict[int, int]:
        """Return node -> segments that it had when it was made."""
        found = {ROOT: len(self.owners)}
        for split in self.descent.splits:
            counts = np.bincount(self.descent.nodes[self.owners, split.number - 1], minlength=2 * split.number + 2)
            found |= {2 * split.number + side: int(counts[2 * split.number + side]) for side in (0, 1)}
        return found

    def lost_at(self) -> list[int | None]:
        """Return the split whose table left each segment without any form; None where none did."""
        at = np.zeros(self.descent.n_segments, dtype=np.int64)
        for split in self.descent.splits:
            at[split.lost] = split.number
        return [number or None for number in at[self.owners].tolist()]


def classify_analysis(
    segments: pl.DataFrame,
    segment_lemmas: pl.DataFrame,
    lemmas: pl.DataFrame,
    analysis: str,
    compatibility: str,
    settings: dict,
    number: int | None = None,
) -> Classification:
    """Return Reinert's classification of the segments that occur in `segment_lemmas`.

    `segments` is corpus/segments (the whole corpus); `settings` is the section `classes`; `number`: how many classes,
    where the settings leave it to the resamples (`auto`; None: they tell nothing). `compatibility` `iramuteq` makes
    the original's fixed number of splits and keeps its classes; see `candidates.labels_by_number`. Errors: StudyError
    when there is no segment at all.
    """
    rows = segments.select(SEGMENT).join(segment_lemmas.select(SEGMENT), on=SEGMENT, how="semi").sort(SEGMENT)
    if rows.is_empty():
        raise StudyError(_nothing(analysis))
    forms = active_forms(lemmas, settings["minimum_frequency"], settings["max_forms"])
    matrix = form_matrix(rows, segment_lemmas, lemmas, "active", forms)
    texts = (rows["interview"].rank("dense").to_numpy().astype(np.int64)) - 1
    asked = OWN_NUMBER if compatibility == "iramuteq" else number or _set_number(settings)
    candidate = labels_by_number(matrix, texts, [asked], settings, compatibility)[asked]
    found, labels = candidate.classes, candidate.labels
    trees = _trees(found, labels, texts)
    reasons = _reasons(found, matrix, trees[0], labels)
    remarks = [
        *_choice(settings, compatibility, number, asked),
        *_warnings(rows, forms, found, labels, asked or 1, settings["mode"]),
    ]
    return Classification(
        pl.concat([_tree(analysis, number, tree) for number, tree in enumerate(trees, start=1)]),
        _segments(analysis, rows, matrix, (labels, reasons), trees),
        _pairs(analysis, found),
        _peeled(analysis, rows, matrix, forms, trees),
        [*remarks, _account(found, labels, reasons)],
    )


def _trees(found: Classes | DoubleClasses, labels: np.ndarray, texts: np.ndarray) -> list[_Tree]:
    if isinstance(found, DoubleClasses):
        sides = zip(found.descents, found.groups, (0, 1), strict=True)
        return [_Tree(descent, tuple(pair[side] for pair in found.pairs), own) for descent, own, side in sides]
    whole = found.descent.n_segments != len(labels)
    return [_Tree(found.descent, found.nodes, texts if whole else np.arange(len(labels)))]


def _reasons(found: Classes | DoubleClasses, matrix: csr_array, tree: _Tree, labels: np.ndarray) -> np.ndarray:
    if isinstance(found, DoubleClasses):
        return found.reasons(matrix)
    why = np.where(tree.current() == LOST, "row_lost", "small_leaf")
    why = np.where(np.diff(matrix.indptr) == 0, "no_active_form", why)
    return np.where(labels > 0, "", why)


def _set_number(settings: dict) -> int:
    return min(USUAL_NUMBER, settings["largest_number"]) if settings["number"] == "auto" else settings["number"]


def _choice(settings: dict, compatibility: str, number: int | None, asked: int) -> list[str]:
    if settings["number"] != "auto":
        return []
    if compatibility == "iramuteq":
        return ["classes.number: auto n'a pas de sens avec compatibility: iramuteq, qui fixe le nombre de divisions"]
    if number is None:
        return [f"attention : classes.number: auto, mais aucun rééchantillon n'en décide : {asked} classes demandées"]
    return [f"classes.number: auto : {asked} classes demandées, d'après les rééchantillons"]


def _nothing(analysis: str) -> Problem:
    return Problem(
        f"config.yaml, analyses.{analysis}",
        "aucun segment ne contient de mot à classer",
        "des paroles de participants",
        "élargissez la sélection de l'analyse (select) ou vérifiez le rôle des locuteurs dans interviews.csv",
    )


def _tree(analysis: str, number: int, tree: _Tree) -> pl.DataFrame:
    descent = tree.descent
    cut = {split.mother: split for split in descent.splits}
    classes = {node: i for i, node in enumerate(tree.classes, start=1)}
    mothers, sizes = descent.mothers(), tree.sizes()
    rows = [
        (
            node,
            mothers[node],
            cut[node].chi2 if node in cut else None,
            cut[node].chi2_cut if node in cut else None,
            sizes[node],
            classes.get(node),
        )
        for node in sorted(mothers)
    ]
    names = {"node": pl.Int64, "mother": pl.Int64, "chi2": pl.Float64, "chi2_cut": pl.Float64}
    names |= {"n_segments": pl.Int64, "class": pl.Int64}
    frame = pl.DataFrame(rows, schema=names, orient="row")
    return frame.select(pl.lit(analysis).alias("analysis"), pl.lit(number).cast(pl.Int64).alias("tree"), pl.all())


def _segments(
    analysis: str, rows: pl.DataFrame, matrix: csr_array, said: tuple[np.ndarray, np.ndarray], trees: list[_Tree]
) -> pl.DataFrame:
    labels, reasons = said
    lost = [tree.lost_at() for tree in trees]
    return rows.select(
        pl.lit(analysis).alias("analysis"),
        *SEGMENT,
        pl.Series("class", labels, dtype=pl.Int64),
        pl.Series("found", labels, dtype=pl.Int64),
        pl.Series("reason", [reason or None for reason in reasons.tolist()], dtype=pl.String),
        pl.Series("node", trees[0].current()),
        pl.Series("node_2", trees[1].current() if len(trees) > 1 else [None] * rows.height, dtype=pl.Int64),
        pl.Series("lost_at", [next(filter(None, at), None) for at in zip(*lost, strict=True)], dtype=pl.Int64),
        pl.Series("n_forms", np.diff(matrix.indptr).astype(np.int64)),
    )


def _pairs(analysis: str, found: Classes | DoubleClasses) -> pl.DataFrame:
    if not isinstance(found, DoubleClasses):
        return tables.empty("classes/pairs")
    numbers = {pair: i for i, pair in enumerate(found.pairs, start=1)}
    crossing = found.crossing
    pairs = zip(crossing.first.tolist(), crossing.second.tolist(), strict=True)
    return pl.DataFrame(
        {
            "first": crossing.first,
            "second": crossing.second,
            "n_segments": crossing.size,
            "chi2": crossing.chi2,
            "class": [numbers.get(pair) for pair in pairs],
        },
        schema={"first": pl.Int64, "second": pl.Int64, "n_segments": pl.Int64, "chi2": pl.Float64, "class": pl.Int64},
    ).select(pl.lit(analysis).alias("analysis"), pl.all())


def _peeled(analysis: str, rows: pl.DataFrame, matrix: csr_array, forms: list[str], trees: list[_Tree]) -> pl.DataFrame:
    interviews = rows["interview"].to_numpy()
    told = [
        {
            "analysis": analysis,
            "tree": number,
            "node": group.node,
            "split": group.split,
            "n_segments": len(group.rows),
            "n_interviews": len(set(interviews[group.rows])),
            "kind": group.kind,
            "words": json.dumps([forms[i] for i in group.words], ensure_ascii=False),
            **dict(zip(SEGMENT, rows.row(group.example), strict=True)),
        }
        for number, tree in enumerate(trees, start=1)
        for group in peel(matrix, interviews, tree.descent, tree.current(), tree.lost_at(), tree.classes)
    ]
    return pl.DataFrame(told, schema=tables.empty("classes/peeled").schema)


def _warnings(
    rows: pl.DataFrame, forms: list[str], found: Classes | DoubleClasses, labels: np.ndarray, wanted: int, mode: str
) -> list[str]:
    n, k = rows.height, int(labels.max(initial=0))
    fewest = f"{found.minimum} {'entretiens' if mode == 'texts' else 'segments'}"
    told = []
    if n < FEW_SEGMENTS:
        told.append(f"attention : {n} segments seulement, la méthode en demande au moins {FEW_SEGMENTS}")
    if rows["interview"].n_unique() == 1:
        told.append("attention : un seul entretien, les classes ne disent rien des différences entre entretiens")
    if not forms:
        told.append("attention : aucun lemme actif assez fréquent (classes.minimum_frequency), rien n'est classé")
    elif k == 0:
        told.append(f"attention : aucun groupe n'atteint {fewest}, rien n'est classé")
    elif isinstance(found, Classes) and found.nodes == (ROOT,):
        told.append(
            "attention : le corpus ne se laisse pas diviser en classes assez grandes, il forme une seule classe"
        )
    elif k < wanted:
        told.append(
            f"attention : {k} classes d'au moins {fewest} au lieu des {wanted} demandées ; "
            "baissez classes.minimum_size ou classes.number, ou augmentez classes.max_splits"
        )
    return told


def _account(found: Classes | DoubleClasses, labels: np.ndarray, reasons: np.ndarray) -> str:
    names = {
        "small_leaf": "dans des groupes trop petits",
        "trees_disagree": "que les deux arbres ne classent pas ensemble",
        "row_lost": "perdus en route faute de formes partagées",
        "no_active_form": "sans forme active",
    }
    counts = {name: int((reasons == reason).sum()) for reason, name in names.items()}
    lost = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    n_splits = found.n_splits if isinstance(found, DoubleClasses) else len(found.descent.splits)
    text = f"classes : {int(labels.max(initial=0))} ; divisions : {n_splits} ; "
    text += f"segments classés : {int((labels > 0).sum())} sur {len(reasons)}"
    return f"{text} (non classés : {lost})" if lost else text
