"""The page of what a person may mend: doubtful lemmas, expressions to join, effect of the corrections."""

from __future__ import annotations

import polars as pl

from verbatim.report.concordance_page import address
from verbatim.report.located import Corpus
from verbatim.report.material import Material
from verbatim.report.wording import POS, STATUS

SHOWN_LEMMAS, SHOWN_EXPRESSIONS = 50, 50
# Where the example stands: the script of the page writes it from there, so that the text is there once.
PLACE = ("interview", "turn", "start", "end")
REASONS = {
    "unknown": "aucun dictionnaire ne connaît ce mot",
    "disagree": "les sources donnent des lemmes différents",
    "several_pos": "le mot reçoit plusieurs catégories",
    "rare": "mot rare que seul le modèle connaît",
}


def view(corpus: Corpus) -> dict:
    """Return `corrected`, `doubtful` (by reason), `expressions` and `effects` (by analysis), empty without tables."""
    table = corpus.material.table("corpus/doubtful_lemmas")
    active_first = (pl.col("status") != "active").cast(pl.Int8)
    ranked = table.sort(
        [active_first, pl.col("n_occurrences"), pl.col("form"), pl.col("pos"), pl.col("lemma")],
        descending=[False, True, False, False, False],
    )
    corrected = ranked.filter(pl.col("reason") == "corrected")
    return {
        "corrected": [_lemma(row) for row in corrected.iter_rows(named=True)],
        "doubtful": [part for part in (_reason(name, ranked) for name in REASONS) if part["n"]],
        "n_doubtful": table.height - corrected.height,
        **_expressions(corpus),
        "effects": {name: _effects(corpus.material, name) for name in corpus.material.analyses},
    }


def _reason(reason: str, ranked: pl.DataFrame) -> dict:
    own = ranked.filter(pl.col("reason") == reason)
    rows = [_lemma(row) for row in own.head(SHOWN_LEMMAS).iter_rows(named=True)]
    return {"reason": reason, "text": REASONS[reason], "n": own.height, "rows": rows}


def _lemma(row: dict) -> dict:
    own = {row["lemma"]}
    others = [
        (source, row[key])
        for source, key in (
            ("modèle", "model_lemma"),
            ("Lexique 3.83", "lexique_lemma"),
            ("simplemma", "simplemma_lemma"),
        )
        if row[key] is not None and row[key] not in own
    ]
    form = row["form"]
    pos = POS.get(row["pos"], "")
    plain = not any(mark in form for mark in " +:")
    asked = f"{form}+pos:{pos.replace(' ', '_')}" if plain and pos else form
    return {
        **{key: row[key] for key in ("form", "lemma", "n_occurrences", "n_interviews", "correction_reason")},
        "pos": POS.get(row["pos"], row["pos"]),
        "model_pos": POS.get(row["model_pos"], row["model_pos"]) if row["model_pos"] != row["pos"] else "",
        "status": STATUS[row["status"]],
        "others": others,
        **{key: row[key] for key in PLACE},
        "href": address(asked, qui="corpus"),
    }


def _expressions(corpus: Corpus) -> dict:
    table = corpus.material.table("corpus/suggested_expressions")
    ranked = table.sort(["n_occurrences", "npmi", "expression"], descending=[True, True, False])
    rows = [
        {
            **{key: row[key] for key in ("expression", "lemma", "n_occurrences", "n_interviews", "pmi", "npmi")},
            "pos": POS.get(row["pos"], row["pos"]),
            **{key: row[key] for key in PLACE},
            "href": address(row["expression"], qui="tous"),
        }
        for row in ranked.head(SHOWN_EXPRESSIONS).iter_rows(named=True)
    ]
    return {"expressions": rows, "n_expressions": table.height}


def _effects(material: Material, analysis: str) -> dict | None:
    """Return segments by class without (rows) and with (columns) the corrections; None when nothing was corrected."""
    table = material.table("classes/correction_effects", analysis)
    if table.is_empty():
        return None
    cells = {(row["before"], row["after"]): row for row in table.iter_rows(named=True)}
    before, after = sorted(set(table["before"])), sorted(set(table["after"]))
    by_class = {number: max(cells[pair]["jaccard"] for pair in cells if pair[1] == number) for number in after}
    partner = {
        number: max((pair for pair in cells if pair[0] == number), key=lambda pair: cells[pair]["jaccard"])[1]
        for number in before
    }
    total = int(table["n_segments"].sum())
    stayed = sum(cells[number, partner[number]]["n_segments"] for number in before)
    return {
        "after": [_class(material, analysis, number, "non classé") for number in after],
        "rows": [
            {
                "name": f"classe {number}" if number else "non classés",
                "cells": [
                    (cells[number, other]["n_segments"] if (number, other) in cells else 0, other == partner[number])
                    for other in after
                ],
            }
            for number in before
        ],
        "jaccard": [by_class[number] for number in after],
        "ari": table["ari"][0],
        "n": total,
        "n_moved": total - stayed,
    }


def _class(material: Material, analysis: str, number: int, unclassified: str) -> str:
    return material.class_label(analysis, number) if number else unclassified
