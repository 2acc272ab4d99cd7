"""The page of the classes of an analysis: what marks each, who says it, what stays outside."""

from __future__ import annotations

import json

import polars as pl

from verbatim.report import class_details
from verbatim.report.located import Corpus
from verbatim.report.material import Material
from verbatim.report.wording import NOT_CLASSIFIED, REASONS, attribute, verdict
from verbatim.settings import section

SIGNIFICANT = 3.84
SHOWN_WORDS, SHOWN_OTHERS, SHOWN_ATTRIBUTES = 20, 10, 12
MOST_ROWS = 120


def view(corpus: Corpus, analysis: str) -> dict:
    """Return the view of an analysis: sizes, `classes`, `by_interview` (rows), `unclassified`, axes."""
    material = corpus.material
    segments = material.table("classes/segments", analysis)
    classified = segments.filter(pl.col("class") > 0)
    numbers = material.numbers(analysis)
    shares = _by_interview(material, classified, numbers)
    return {
        "n_segments": segments.height,
        "n_classified": classified.height,
        "share": classified.height / segments.height if segments.height else 0.0,
        "wanted": section(material.settings, "classes", analysis)["number"],
        "classes": [_class(corpus, analysis, number, classified) for number in numbers],
        "by_interview": shares[:MOST_ROWS],
        "n_hidden": max(len(shares) - MOST_ROWS, 0),
        "named": len(material.class_names[analysis]),
        "statistics": class_details.statistics(material, analysis),
        "attributes": class_details.attributes(material, analysis, numbers),
        "unclassified": _unclassified(corpus, segments),
        "peeled": class_details.peeled(corpus, analysis),
        "nearest": class_details.nearest(material, analysis),
        "inertia": _inertia(material.table("classes/correspondence", analysis)),
        "first": material.settings["report"]["verbatims"],
    }


def _class(corpus: Corpus, analysis: str, number: int, classified: pl.DataFrame) -> dict:
    material = corpus.material
    own = classified.filter(pl.col("class") == number)
    profile = material.table("classes/profiles", analysis).filter(pl.col("class") == number)
    active = profile.filter(pl.col("kind") == "active")
    marking = _lasting(material, analysis, number, _strongest(active, SHOWN_WORDS))
    attributes = profile.filter((pl.col("kind") == "attribute") & (pl.col("chi2").abs() > SIGNIFICANT))
    interview, share = dominant(own)
    return {
        "number": number,
        "name": material.class_names[analysis].get(number, ""),
        "label": material.class_label(analysis, number),
        "colour": material.colour(number),
        "n": own.height,
        "share": own.height / classified.height,
        "words": [row["term"] for row in marking],
        "active": marking,
        "n_marking": active.filter(pl.col("chi2") > SIGNIFICANT).height,
        "supplementary": _strongest(profile.filter(pl.col("kind") == "supplementary"), SHOWN_OTHERS),
        "absent": _weakest(active, SHOWN_OTHERS),
        "attributes": [
            {**row, "label": attribute(row["term"])}
            for row in attributes.sort(["chi2", "term"], descending=[True, False])
            .head(SHOWN_ATTRIBUTES)
            .iter_rows(named=True)
        ],
        "groups": _strongest(profile.filter(pl.col("kind") == "group"), SHOWN_OTHERS),
        "repeats": class_details.repeats(material, analysis, number),
        "pos": class_details.parts_of_speech(material, analysis, number),
        "stability": _stability(material, analysis, number),
        "typical": _typical(corpus, analysis, number),
        "n_interviews": own["interview"].n_unique(),
        "dominant": interview,
        "dominant_share": share,
    }


def _strongest(profile: pl.DataFrame, n: int) -> list[dict]:
    marking = profile.filter(pl.col("chi2") > SIGNIFICANT)
    return marking.sort(["chi2", "term"], descending=[True, False]).head(n).to_dicts()


def _lasting(material: Material, analysis: str, number: int, rows: list[dict]) -> list[dict]:
    """Return `rows` of a profile with the share of the resamples in which each word marks the class again."""
    own = material.table("classes/form_stability", analysis).filter(pl.col("class") == number)
    shares = dict(own.select("term", "share").iter_rows())
    return [{**row, "lasting": shares.get(row["term"])} for row in rows]


def _stability(material: Material, analysis: str, number: int) -> dict | None:
    own = material.table("classes/stability", analysis).filter(pl.col("class") == number).to_dicts()
    return {**own[0], "verdict": verdict(own[0]["jaccard_mean"])} if own else None


def _weakest(profile: pl.DataFrame, n: int) -> list[dict]:
    return profile.filter(pl.col("chi2") < -SIGNIFICANT).sort(["chi2", "term"]).head(n).to_dicts()


def dominant(own: pl.DataFrame) -> tuple[str, float]:
    """Return the interview that gives the segments `own` of a class most, and its share."""
    counts = own.group_by("interview").len().sort(["len", "interview"], descending=[True, False])
    return counts["interview"][0], counts["len"][0] / own.height


def _typical(corpus: Corpus, analysis: str, number: int) -> list[dict]:
    rows = corpus.material.table("classes/typical_segments", analysis).filter(pl.col("class") == number)
    return [
        {
            **corpus.quotation(row["interview"], row["segment"], json.loads(row["marked"])),
            "score": row["score_absolute"],
        }
        for row in rows.sort("rank").iter_rows(named=True)
    ]


def _by_interview(material: Material, classified: pl.DataFrame, numbers: list[int]) -> list[dict]:
    """Return, for each interview, its classified segments and, for each class, (number, colour, segments, share)."""
    counts = {(i, k): n for i, k, n in classified.group_by("interview", "class").len().iter_rows()}
    rows = []
    for interview in classified["interview"].unique().sort():
        own = {number: counts.get((interview, number), 0) for number in numbers}
        total = sum(own.values())
        cells = [(number, material.colour(number), n, n / total) for number, n in own.items()]
        rows.append({"interview": interview, "n": total, "cells": cells})
    return rows


def _unclassified(corpus: Corpus, segments: pl.DataFrame) -> dict:
    outside = segments.filter(pl.col("class") == 0).sort("interview", "segment")
    counts = dict(outside.group_by("reason").len().iter_rows())
    first = outside.head(corpus.material.settings["report"]["verbatims"])
    return {
        "n": outside.height,
        "reasons": [(NOT_CLASSIFIED[code], text, counts[code]) for code, text in REASONS.items() if code in counts],
        "examples": [
            {**corpus.quotation(interview, segment), "reason": REASONS[reason]}
            for interview, segment, reason in first.select("interview", "segment", "reason").iter_rows()
        ],
    }


def _inertia(correspondence: pl.DataFrame) -> list[float]:
    if correspondence.is_empty():
        return []
    names = [f"inertia_{axis}" for axis in (1, 2)]
    return [correspondence[name][0] for name in names if name in correspondence.columns]


def warnings(material: Material, analysis: str, found: dict) -> list[dict]:
    """Return what should make a reader cautious about the classes `found` (a view) of an analysis."""
    told = []
    if not found["classes"]:
        told.append({"kind": "no_class"})
    elif found["share"] < 0.70:
        told.append({"kind": "share", "share": found["share"], "n": found["n_classified"]})
    asked = found["wanted"] if material.settings["compatibility"] == "none" and found["wanted"] != "auto" else 0
    if 0 < len(found["classes"]) < asked:
        told.append({"kind": "fewer", "n": len(found["classes"]), "wanted": found["wanted"]})
    for own in found["classes"]:
        if own["dominant_share"] >= 0.60 and len(found["by_interview"]) > 1:
            told.append({"kind": "dominant", **{k: own[k] for k in ("number", "dominant", "dominant_share")}})
    weak = [own for own in found["classes"] if own["stability"] and own["stability"]["verdict"] == "fragile"]
    if weak:
        highest = max(own["stability"]["jaccard_mean"] for own in weak)
        told.append({"kind": "fragile", "numbers": [own["number"] for own in weak], "highest": highest})
    told += [
        {"kind": "name", **row}
        for row in material.table("classes/names", analysis).filter(pl.col("status") != "matched").to_dicts()
    ]
    return told
