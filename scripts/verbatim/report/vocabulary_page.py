"""What the page of words says of the vocabulary: how rich it is, who uses what, what comes back, whose word it is."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from verbatim.report.concordance_page import address
from verbatim.report.material import Material
from verbatim.report.wording import POS, variable

BANAL = 2.0
SHOWN_BANAL, SHOWN_REPEATS, SHOWN_PAIRS, SHOWN_PRIMED, SHOWN_DISTANCES = 20, 30, 30, 30, 8
# Modalities that stand side by side in a table; more are given one under the other.
SIDE_BY_SIDE, MOST_MODALITIES = 6, 60
# Two codes have the same short name: a query has to tell them apart.
CONJUNCTIONS = {"CCONJ": "conjonction de coordination", "SCONJ": "conjonction de subordination"}
LONG_POS = POS | CONJUNCTIONS
FIRST = {"panel": 0, "interview": 2, "question": 3, "class": 4}
# How a variable is called where the concordancer filters by it.
FILTERS = {"interview": "ou", "class": "classe"}


def view(material: Material, analysis: str) -> dict:
    """Return the parts of the page; each is empty where its table is."""
    return {
        "statistics": _statistics(material, analysis),
        "banal_words": _banal(material, analysis),
        "parts_of_speech": _profiles(material, analysis, "lexicon/modality_pos", "pos"),
        "word_groups": _profiles(material, analysis, "lexicon/word_groups", "group"),
        "repeats": _repeats(material, analysis),
        "pairs": _pairs(material, analysis),
        "distances": _distances(material, analysis),
        "priming": _priming(material, analysis),
    }


def _by_variable(table: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    parts = [(name, own) for (name,), own in table.group_by("variable", maintain_order=True)]
    return sorted(parts, key=lambda part: (FIRST.get(part[0], 1), part[0]))


def label(name: str, modality: str) -> str:
    """Return a modality as it is shown."""
    return f"classe {modality}" if name == "class" else modality


def _statistics(material: Material, analysis: str) -> dict:
    """Return `all` (the row of the whole, or None) and `parts`: for each variable its rows."""
    table = material.table("lexicon/statistics", analysis)
    whole = next(iter(table.filter(pl.col("variable") == "all").iter_rows(named=True)), None)
    parts = [
        {
            "variable": name,
            "name": variable(name),
            "rows": own.sort("modality").to_dicts(),
            "timed": own["seconds"].null_count() < own.height,
        }
        for name, own in _by_variable(table.filter(pl.col("variable") != "all"))
    ]
    return {"all": whole, "parts": parts}


def _banal(material: Material, analysis: str) -> list[dict]:
    """Return, for each variable, the most frequent banal words: those that are active, then the others."""
    active = material.table("lexicon/lemmas", analysis).filter(pl.col("status") == "active").select("lemma", "pos")
    found = []
    for name, own in _by_variable(material.table("lexicon/banal", analysis)):
        ranked = own.sort(["F", "lemma", "pos"], descending=[True, False, False])
        full = ranked.join(active, on=["lemma", "pos"], how="semi", maintain_order="left")
        tools = ranked.join(active, on=["lemma", "pos"], how="anti", maintain_order="left")
        found.append(
            {
                "name": variable(name),
                "n": own.height,
                "n_active": full.height,
                "active": full.head(SHOWN_BANAL).to_dicts(),
                "others": tools.head(SHOWN_BANAL).to_dicts(),
            }
        )
    return found


def _profiles(material: Material, analysis: str, table: str, unit: str) -> list[dict]:
    """Return, for each variable, a cell for each unit (part of speech, group of words) and modality."""
    found = []
    for name, own in _by_variable(material.table(table, analysis)):
        sizes = own.group_by("modality").agg(pl.col("t").max()).sort(["t", "modality"], descending=[True, False])
        modalities = sorted(sizes.head(MOST_MODALITIES)["modality"])
        cells = {(row[unit], row["modality"]): row for row in own.iter_rows(named=True)}
        units = own.group_by(unit).agg(pl.col("F").max()).sort(["F", unit], descending=[True, False])[unit]
        rows = [
            {
                "name": LONG_POS.get(key, key) if unit == "pos" else key,
                "query": key if key in CONJUNCTIONS else POS.get(key, key).replace(" ", "_"),
                "cells": [_cell(cells.get((key, modality))) for modality in modalities],
            }
            for key in units
        ]
        found.append(
            {
                "variable": name,
                "name": variable(name),
                "modalities": [label(name, modality) for modality in modalities],
                "filters": [f"{FILTERS.get(name, name)}={modality}" for modality in modalities],
                "few": len(modalities) <= SIDE_BY_SIDE,
                "rows": rows,
                "n_hidden": sizes.height - len(modalities),
            }
        )
    return found


def _cell(row: dict | None) -> dict | None:
    if row is None:
        return None
    sense = "plus" if row["score"] >= BANAL else "moins" if row["score"] <= -BANAL else ""
    return {**{key: row[key] for key in ("f", "per_thousand", "score", "n_interviews")}, "sense": sense}


def _repeats(material: Material, analysis: str) -> dict:
    """Return the repeated segments that say most: the longer and the more often said."""
    table = material.table("lexicon/repeats", analysis)
    weight = pl.col("n_occurrences") * (pl.col("n_words") - 1)
    rows = table.sort([weight, pl.col("expression")], descending=[True, False]).head(SHOWN_REPEATS)
    shown = [{**row, "href": address(row["expression"])} for row in rows.iter_rows(named=True)]
    return {"n": table.height, "rows": shown}


def _pairs(material: Material, analysis: str) -> list[dict]:
    """Return the pairs of words most associated, each once."""
    table = material.table("lexicon/associations", analysis)
    pair = pl.concat_list("lemma", "other").list.sort()
    once = table.with_columns(_pair=pair).sort("log10_p", "lemma", "other").unique("_pair", keep="first")
    return once.sort("log10_p", "lemma", "other").head(SHOWN_PAIRS).drop("_pair").to_dicts()


def _distances(material: Material, analysis: str) -> list[dict]:
    found = []
    for name, own in _by_variable(material.table("lexicon/distances", analysis)):
        rows = own.sort("distance", "first", "second").to_dicts()
        few = len(rows) <= 2 * SHOWN_DISTANCES
        found.append(
            {
                "variable": name,
                "name": variable(name),
                "n": len(set(own["first"]) | set(own["second"])),
                "near": rows if few else rows[:SHOWN_DISTANCES],
                "far": [] if few else rows[: -SHOWN_DISTANCES - 1 : -1],
                "mean": own["distance"].mean(),
                "link": "#entretiens/" if name == "interview" else "",
            }
        )
    return found


def _priming(material: Material, analysis: str) -> dict:
    """Return `interviews` (how many words of each origin) and `words`, those most often taken up."""
    table = material.table("lexicon/priming", analysis)
    counts = {name: (pl.col("origin") == name).sum().alias(name) for name in ("taken_up", "own", "own_only")}
    interviews = table.group_by("interview").agg(*counts.values(), n=pl.len()).sort("interview")
    taken = table.filter(pl.col("origin") == "taken_up").sort("n_participant", descending=True, maintain_order=True)
    words = taken.group_by("lemma", "pos").agg(
        n_interviews=pl.len(),
        n_interviewer=pl.col("n_interviewer").sum(),
        n_participant=pl.col("n_participant").sum(),
        places=pl.struct("interview", "interviewer_turn", "participant_turn").head(2),
    )
    said = table.group_by("lemma", "pos").agg(n_saying=pl.len())
    words = words.join(said, on=["lemma", "pos"]).sort(
        ["n_interviews", "n_participant", "lemma", "pos"], descending=[True, True, False, False]
    )
    return {
        "interviews": interviews.to_dicts(),
        "n_words": words.height,
        "words": [_primed(row) for row in words.head(SHOWN_PRIMED).iter_rows(named=True)],
        **{name: int(interviews[name].sum()) for name in ("taken_up", "own", "own_only", "n")},
    }


def _primed(row: dict) -> dict:
    return {**row, "pos_code": row["pos"], "pos": POS.get(row["pos"], row["pos"]), "places": _places(row["places"])}


def _places(places: Iterable[dict]) -> list[dict]:
    return [place for place in places if place["interviewer_turn"] is not None]
