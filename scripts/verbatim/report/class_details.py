"""What the page of the classes says besides profiles: vocabulary, parts of speech, attributes, groups set aside."""

from __future__ import annotations

import json

import polars as pl

from verbatim.report.located import Corpus
from verbatim.report.material import Material
from verbatim.report.wording import PEELED, POS, variable

SHOWN_REPEATS, SHOWN_MODALITIES, SHOWN_PEELED = 15, 30, 20
STRONG = 1.96


def statistics(material: Material, analysis: str) -> list[dict]:
    """Return a row for each class: size and vocabulary."""
    rows = material.table("classes/statistics", analysis).sort("class").to_dicts()
    return [{**row, "label": material.class_label(analysis, row["class"])} for row in rows]


def repeats(material: Material, analysis: str, number: int) -> list[dict]:
    """Return the repeated segments that mark a class most."""
    own = material.table("classes/repeats", analysis).filter((pl.col("class") == number) & (pl.col("chi2") > 0))
    return own.sort(["chi2", "sequence"], descending=[True, False]).head(SHOWN_REPEATS).to_dicts()


def parts_of_speech(material: Material, analysis: str, number: int) -> list[dict]:
    """Return the parts of speech of a class, the most over-represented first."""
    own = material.table("classes/pos", analysis).filter(pl.col("class") == number)
    rows = own.sort(["chi2", "pos"], descending=[True, False]).to_dicts()
    return [{**row, "name": POS.get(row["pos"], row["pos"])} for row in rows]


def attributes(material: Material, analysis: str, numbers: list[int]) -> list[dict]:
    """Return, for each attribute, its modalities × classes: segments, share, residual; not the interviews."""
    table = material.table("classes/residuals", analysis).filter(pl.col("variable") != "interview")
    found = []
    for name in table["variable"].unique().sort():
        own = table.filter(pl.col("variable") == name)
        sizes = own.group_by("modality").agg(pl.col("n_modality").first())
        shown = sizes.sort(["n_modality", "modality"], descending=[True, False]).head(SHOWN_MODALITIES)
        cells = {(m, k): row for row in own.to_dicts() for m, k in [(row["modality"], row["class"])]}
        rows = [
            {"modality": m, "n": n, "cells": [cells.get((m, k)) for k in numbers]}
            for m, n in shown.sort("modality").iter_rows()
        ]
        if len(rows) > 1:
            found.append({"variable": name, "name": variable(name), "rows": rows, "n_hidden": len(sizes) - len(rows)})
    return sorted(found, key=lambda part: (part["variable"] != "panel", part["variable"]))


def peeled(corpus: Corpus, analysis: str) -> dict:
    """Return the groups that the classification set aside: the largest of them, and how many there are."""
    table = corpus.material.table("classes/peeled", analysis)
    first = table.sort(["n_segments", "tree", "node"], descending=[True, False, False]).head(SHOWN_PEELED)
    return {
        "n": table.height,
        "n_segments": int(table["n_segments"].sum()),
        "several_trees": table["tree"].n_unique() > 1,
        "rows": [
            {
                **row,
                "why": PEELED.get(row["kind"], row["kind"]),
                "words": json.loads(row["words"]),
                "quote": corpus.quotation(row["interview"], row["segment"], json.loads(row["words"])),
            }
            for row in first.to_dicts()
        ],
    }


def nearest(material: Material, analysis: str) -> dict:
    """Return how many unclassified segments are nearest to each class; empty when nobody asked."""
    table = material.table("classes/nearest", analysis)
    counts = table.group_by("nearest").len().sort("nearest").rows()
    return {
        "n": table.height,
        "rows": [{"class": k, "label": material.class_label(analysis, k), "n": n} for k, n in counts],
    }
