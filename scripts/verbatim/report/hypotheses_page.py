"""The page of the hypotheses: who says what for and against each, by interview and panel. The verdict is a person's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import polars as pl

from verbatim.report.located import Corpus
from verbatim.report.material import Material
from verbatim.report.themes_page import coding_quote
from verbatim.report.wording import NO_PANEL, STANCES
from verbatim.specificities import BANAL
from verbatim.verdicts import FRENCH

MOST_QUOTES = 60
MOST_ROWS = 40
Codings = dict[str, dict]


def view(corpus: Corpus) -> list[dict]:
    """Return the hypotheses in the order declared, with counts, passages, signs, contradictions and verdicts."""
    material = corpus.material
    codings = {row["coding"]: row for row in material.table("themes/codings").iter_rows(named=True)}
    found = []
    for declared in material.hypotheses:
        own = {
            name: material.table(f"themes/{name}").filter(pl.col("hypothesis") == declared["id"])
            for name in ("hypotheses", "hypothesis_counts", "contradictions", "unplaced", "verdicts")
        }
        stances = [_stance(corpus, codings, own["hypotheses"], code, title) for code, title in STANCES.items()]
        texts = {key: declared.get(key, "") for key in ("id", "title", "statement", "for", "against")}
        verdicts = [
            {**row, "name": FRENCH[row["verdict"]]} for row in own["verdicts"].sort("date").iter_rows(named=True)
        ]
        found.append(
            {
                **texts,
                "stances": stances,
                "n": sum(stance["n"] for stance in stances),
                "groups": _groups(own["hypothesis_counts"]),
                "interviews": _interviews(own["hypothesis_counts"]),
                "indicators": _indicators(material, declared),
                "contradictions": _contradictions(corpus, codings, own["contradictions"]),
                "unplaced": _unplaced(corpus, codings, own["unplaced"]),
                "n_unplaced": own["unplaced"].height,
                "verdict": verdicts[-1] if verdicts else None,
                "history": verdicts[-2::-1],
            }
        )
    return found


def reference(row: dict) -> str:
    """Return a coding as findings.yaml cites it, in lines that can be pasted under `rests_on`."""
    words = " ".join(row["quote"].split()).replace("'", "''")
    lines = (f"- coding: {_scalar(row['coding'])}", f"  theme: {_scalar(row['theme'])}", f"  quote: '{words}'")
    return "\n".join(f"      {line}" for line in lines) + "\n"


def _scalar(text: str) -> str:
    plain = text.replace("_", "").replace("-", "").isalnum() and text[0].isalpha()
    return text if plain else "'" + text.replace("'", "''") + "'"


def _in_order(rows: Iterable[dict]) -> list[dict]:
    return sorted(rows, key=lambda row: (row["interview"], row["turn"] or 0, row["start"] or 0, row["coding"]))


def _stance(corpus: Corpus, codings: Codings, own: pl.DataFrame, code: str, title: str) -> dict:
    """Return the passages of a stance by panel: of codings that are one passage, the longest is shown."""
    passages: dict[int, list[dict]] = defaultdict(list)
    for coding, passage in own.filter(pl.col("stance") == code).select("coding", "passage").iter_rows():
        if coding in codings:
            passages[passage].append(codings[coding])
    chosen = [
        {**max(rows, key=lambda r: (r["end"] - r["start"], r["coding"])), "coders": sorted({r["coder"] for r in rows})}
        for rows in passages.values()
    ]
    panels: dict[str, list[dict]] = {}
    for row in _in_order(chosen):
        quote = {**coding_quote(corpus, row), "coder": " et ".join(row["coders"]), "reference": reference(row)}
        panels.setdefault(quote["panel"] or NO_PANEL, []).append(quote)
    return {
        "code": code,
        "title": title,
        "n": len(chosen),
        "n_interviews": len({row["interview"] for row in chosen}),
        "panels": [(name, panels[name][:MOST_QUOTES], len(panels[name])) for name in sorted(panels)],
    }


def _groups(counts: pl.DataFrame) -> list[dict]:
    """Return a row for everybody and for each modality: `term` (attribute=modality), n coded, counts by stance."""
    rows = _cells(counts.filter(pl.col("variable") != "interview"))
    order = {"all": 0, "panel": 1}
    known = sorted(rows, key=lambda key: (order.get(key[0], 2), *key))
    found = [_row(variable, modality, rows[variable, modality]) for variable, modality in known]
    panels = [row for row in found if row["variable"] == "panel"]
    return [row for row in found if row["variable"] != "panel" or len(panels) > 1]


def _interviews(counts: pl.DataFrame) -> list[dict]:
    """Return a row for each coded interview with a passage, the fullest first where they are many."""
    rows = _cells(counts.filter((pl.col("variable") == "interview") & (pl.col("n_coded") > 0)))
    found = [_row(variable, modality, cells) for (variable, modality), cells in sorted(rows.items())]
    found = found if len(found) <= MOST_ROWS else [row for row in found if any(c["n_codings"] for c in row["cells"])]
    return found[:200]


def _cells(counts: pl.DataFrame) -> dict[tuple[str, str], dict[str, dict]]:
    found: dict[tuple[str, str], dict[str, dict]] = defaultdict(dict)
    for row in counts.iter_rows(named=True):
        found[row["variable"], row["modality"]][row["stance"]] = row
    return found


def _row(variable: str, modality: str, cells: dict[str, dict]) -> dict:
    return {
        "variable": variable,
        "modality": modality,
        "term": "" if variable == "all" else f"{variable}={modality}",
        "n_coded": next(iter(cells.values()))["n_coded"],
        "cells": [cells[code] for code in STANCES],
    }


def _indicators(material: Material, declared: dict) -> list[dict]:
    """Return each indicator: its words, what everybody says of it, and each panel's rate with its specificity."""
    own = pl.col("hypothesis") == declared["id"]
    rows = material.table("themes/indicators").filter(own).to_dicts()
    words = material.table("themes/indicator_words").filter(own).to_dicts()
    cells = {(row["indicator"], row["variable"], row["modality"]): row for row in rows}
    panels = sorted({row["modality"] for row in rows if row["variable"] == "panel"})
    found = []
    for one in declared.get("indicators", []):
        whole = cells.get((one["name"], "all", "all"))
        if whole is None:
            continue
        said = {row["word"]: row for row in words if row["indicator"] == one["name"]}
        found.append(
            {
                **whole,
                "title": STANCES[whole["stance"]],
                "words": [said[word] for word in one["words"] if word in said],
                "panels": [_marked(cells[one["name"], "panel", name]) for name in panels] if len(panels) > 1 else [],
            }
        )
    return found


def _marked(row: dict) -> dict:
    return {**row, "strong": abs(row["score"] or 0.0) >= BANAL}


def _contradictions(corpus: Corpus, codings: Codings, pairs: pl.DataFrame) -> list[tuple[dict, dict]]:
    named = pairs.select("coding", "other").iter_rows()
    rows = [(codings[one], codings[other]) for one, other in named if one in codings and other in codings]
    rows.sort(key=lambda pair: (pair[0]["interview"], pair[0]["turn"], pair[0]["start"], pair[0]["coding"]))
    return [(coding_quote(corpus, a), coding_quote(corpus, b)) for a, b in rows[:MOST_QUOTES]]


def _unplaced(corpus: Corpus, codings: Codings, own: pl.DataFrame) -> list[dict]:
    titles = {theme.id: theme.title for theme in corpus.material.shown_themes}
    rows = _in_order([codings[coding] for coding in own["coding"] if coding in codings])[:MOST_QUOTES]
    return [
        {**coding_quote(corpus, row), "theme": titles.get(row["theme"], row["theme"]), "reference": reference(row)}
        for row in rows
    ]
