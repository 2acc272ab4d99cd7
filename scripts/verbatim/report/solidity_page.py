"""The page of what could be otherwise: stability, number of classes, settings, what changed since the last run."""

from __future__ import annotations

import json

import polars as pl

from verbatim.laboratory import band, what_moves
from verbatim.report.located import Corpus
from verbatim.report.material import Material
from verbatim.report.wording import FRAGILE, NAME_STATUS, PARAMETERS, STABLE, verdict
from verbatim.settings import section

FEW_INTERVIEWS, SHOWN_DOUBTFUL = 40, 12
SURE = 0.5
NEAR_CHANCE = 0.05
# Steinley (2004): under 0.65, two classifications do not agree.
MODERATE = 0.65


def view(corpus: Corpus, analysis: str) -> dict:
    """Return the view of an analysis."""
    material = corpus.material
    classes = _classes(material, analysis)
    return {
        "classes": classes,
        "n_stable": sum(row["verdict"] == "stable" for row in classes),
        "n_fragile": sum(row["verdict"] == "fragile" for row in classes),
        "bounds": (FRAGILE, STABLE),
        "n_resamples": max((row["n_resamples"] for row in classes), default=0),
        "chance": _chance(material, analysis),
        "influence": _influence(material, analysis),
        "doubtful": _doubtful(corpus, analysis),
        "candidates": material.table("classes/candidates", analysis).sort("number").to_dicts(),
        "auto": section(material.settings, "classes", analysis)["number"] == "auto",
        "laboratory": _laboratory(material, analysis),
        "changes": _changes(material, analysis),
    }


def _classes(material: Material, analysis: str) -> list[dict]:
    return [
        {
            **row,
            "label": material.class_label(analysis, row["class"]),
            "colour": material.colour(row["class"]),
            "verdict": verdict(row["jaccard_mean"]),
            "forms": _lasting_forms(material, analysis, row["class"]),
        }
        for row in material.table("classes/stability", analysis).sort("class").to_dicts()
    ]


def _lasting_forms(material: Material, analysis: str, number: int) -> dict:
    """Return how many marking forms of a class mark it again in at least four fifths of the resamples."""
    own = material.table("classes/form_stability", analysis).filter(pl.col("class") == number)
    lasting = own.filter(pl.col("share") >= 0.8).sort(["share", "chi2", "term"], descending=[True, True, False])
    return {"n": own.height, "n_lasting": lasting.height, "first": lasting.head(8)["term"].to_list()}


def _chance(material: Material, analysis: str) -> dict | None:
    """Return the study's row of the candidates, and whether it is near what chance gives; None when not known."""
    rows = material.table("classes/candidates", analysis).filter("chosen").to_dicts()
    if not rows or rows[0]["jaccard_mean"] is None or rows[0]["jaccard_chance"] is None:
        return None
    return {**rows[0], "near": rows[0]["jaccard_mean"] < rows[0]["jaccard_chance"] + NEAR_CHANCE}


def _influence(material: Material, analysis: str) -> dict:
    """Return the Jaccard index of each class without each interview; the most influential where they are many."""
    table = material.table("classes/influence", analysis)
    numbers = table["class"].unique().sort().to_list()
    worst = table.group_by("interview").agg(pl.col("jaccard").min()).sort(["jaccard", "interview"])
    shown = sorted(worst.head(FEW_INTERVIEWS)["interview"].to_list())
    cells = {(row["interview"], row["class"]): row for row in table.to_dicts()}
    rows = [{"interview": i, "cells": [cells[i, k] for k in numbers if (i, k) in cells]} for i in shown]
    return {"numbers": numbers, "rows": rows, "n_hidden": worst.height - len(shown)}


def _doubtful(corpus: Corpus, analysis: str) -> dict:
    """Return the segments that most resamples did not put in their class."""
    table = corpus.material.table("classes/membership", analysis)
    known = table.filter((pl.col("class") > 0) & pl.col("probability").is_not_null())
    doubtful = known.filter(pl.col("probability") < SURE)
    first = doubtful.sort("probability", "interview", "segment").head(SHOWN_DOUBTFUL)
    return {
        "n": doubtful.height,
        "n_known": known.height,
        "mean": known["probability"].mean() or 0.0,
        "rows": [{**row, "quote": corpus.quotation(row["interview"], row["segment"])} for row in first.to_dicts()],
    }


def _laboratory(material: Material, analysis: str) -> dict:
    """Return what moves the classes, and the trials; nothing where there was no laboratory."""
    trials = material.table("classes/trials", analysis)
    others = trials.filter(pl.col("trial") > 0)
    if others.is_empty():
        return {"n": 0}
    moves = what_moves(trials, material.table("classes/agreements", analysis)).to_dicts()
    median = others["rand"].median()
    return {
        "n": others.height,
        "median": median or 0.0,
        "band": "" if median is None else band(median),
        "fragile": all(row["mean"] < MODERATE for row in moves if row["parameter"] != "number"),
        "moves": [{**row, "name": PARAMETERS[row["parameter"]]} for row in moves],
        "trials": others.sort(["rand", "trial"], descending=[True, False], nulls_last=True).to_dicts(),
    }


def _changes(material: Material, analysis: str) -> dict:
    """Return what became of the accepted run and of the names that people gave."""
    moves = material.table("classes/moves", analysis)
    forms = material.table("classes/form_changes", analysis)
    names = material.table("classes/names", analysis).sort("position").to_dicts()
    return {
        "names": [
            {
                **row,
                "told": NAME_STATUS[row["status"]],
                "then": json.loads(row["words_then"]),
                "now": json.loads(row["words_now"]),
            }
            for row in names
        ],
        "counterparts": _counterparts(material, analysis),
        **_moves(moves),
        "forms": [
            {
                "class": number,
                "label": material.class_label(analysis, number),
                **{change: _terms(forms, number, change) for change in ("gained", "lost")},
            }
            for number in forms["class"].unique().sort()
        ],
    }


def _counterparts(material: Material, analysis: str) -> dict:
    """Return the classes born and gone since the accepted run."""
    table = material.table("classes/counterparts", analysis)
    return {
        "born": table.filter(pl.col("status") == "born").select("class", "n_now").sort("class").rows(),
        "gone": table.filter(pl.col("status") == "gone")
        .select("accepted_class", "n_then")
        .sort("accepted_class")
        .rows(),
    }


def _terms(forms: pl.DataFrame, number: int, change: str) -> list[str]:
    strength = "chi2_now" if change == "gained" else "chi2_then"
    own = forms.filter((pl.col("class") == number) & (pl.col("change") == change))
    return own.sort([strength, "term"], descending=[True, False]).head(12)["term"].to_list()


def _moves(moves: pl.DataFrame) -> dict:
    """Return classes then × classes now, in segments, and how many stayed in the class that most of theirs joined."""
    rows = moves["accepted_class"].unique().sort().to_list()
    columns = moves["class"].unique().sort().to_list()
    cells = {(then, now): n for then, now, n in moves.select("accepted_class", "class", "n_segments").iter_rows()}
    both = moves.filter((pl.col("accepted_class") >= 0) & (pl.col("class") >= 0))
    return {
        "accepted": moves.height > 0,
        "rows": [(then, [cells.get((then, now), 0) for now in columns]) for then in _known_first(rows)],
        "columns": columns,
        "n_both": int(both["n_segments"].sum()),
        "n_new": int(moves.filter(pl.col("accepted_class") == -1)["n_segments"].sum()),
        "n_gone": int(moves.filter(pl.col("class") == -1)["n_segments"].sum()),
    }


def _known_first(numbers: list[int]) -> list[int]:
    return sorted(numbers, key=lambda number: (number <= 0, -number if number <= 0 else number))
