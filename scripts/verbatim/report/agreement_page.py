"""The agreement between coders on the page of the themes: what was compared, how far they agree, what to decide."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from verbatim.coder_agreement.proposal import KINDS
from verbatim.coder_agreement.study import ALL
from verbatim.coder_agreement.units import made, readers
from verbatim.report.located import Corpus
from verbatim.report.material import Material
from verbatim.report.themes_page import coding_quote

COLUMNS = (
    ("krippendorff", "α de Krippendorff"),
    ("cohen", "κ de Cohen"),
    ("fleiss", "κ de Fleiss"),
    ("gwet", "AC1 de Gwet"),
    ("brennan_prediger", "Brennan-Prediger"),
    ("unitised", "uα (mots)"),
)
MAIN = "krippendorff"
UNITS = {"segment": ("segment", "segments"), "sentence": ("phrase", "phrases"), "turn": ("tour", "tours")}
# What asks most for a discussion comes first.
ORDER = ("theme", "missed", "bounds")
FIRST, MOST = 3, 25
DECISIONS = {"first": "premier", "second": "second", "both": "les deux", "neither": "aucun"}


def view(corpus: Corpus) -> dict:
    """Return the view: `why` nothing can be compared, or `all`, `rows`, `cautions`, `groups` of discordances…"""
    material = corpus.material
    table = material.table("themes/agreement")
    codings = made(material.table("themes/codings"))
    by_interview = readers(codings)
    shared = {name: coders for name, coders in by_interview.items() if len(coders) >= 2}
    found = {
        "why": _why(by_interview, shared) if table.is_empty() else "",
        "coders": sorted({coder for coders in shared.values() for coder in coders}),
        "shared": list(shared),
        "alone": [name for name in by_interview if name not in shared],
        "outside": _outside(material, codings, list(shared)),
        "resolutions": _resolutions(material),
    }
    return found if table.is_empty() else {**found, **_measured(material, table), **_discordances(corpus)}


def _why(by_interview: Mapping[str, list[str]], shared: Mapping) -> str:
    """Return why no agreement can be measured."""
    coders = sorted({coder for own in by_interview.values() for coder in own})
    if not coders:
        return ""
    if len(coders) == 1:
        return (
            f"Une seule personne a codé ({coders[0]}) : il n'y a pas d'accord à mesurer. Pour en avoir un, une autre "
            "code quelques-uns des mêmes entretiens, sans voir les codages de la première."
        )
    if not shared:
        return (
            f"{len(coders)} personnes ont codé ({', '.join(coders)}), mais jamais le même entretien : rien ne peut "
            "être comparé. Il suffit que deux d'entre elles en codent quelques-uns en commun."
        )
    return "Les entretiens codés par deux personnes ne contiennent aucun mot de participant à comparer."


def _outside(material: Material, codings: pl.DataFrame, shared: list[str]) -> int:
    """Return how many codings of the interviews compared are in what an interviewer says."""
    asked = material.table("corpus/turns").filter(pl.col("role") != "participant").select("interview", "turn")
    own = codings.filter(pl.col("interview").is_in(shared))
    return own.join(asked, on=["interview", "turn"], how="semi").height


def _measured(material: Material, table: pl.DataFrame) -> dict:
    cells: dict[str, dict[str, dict]] = {}
    for row in table.iter_rows(named=True):
        cells.setdefault(row["theme"], {})[row["coefficient"]] = row
    every = cells[ALL]
    # Cohen's κ is for two coders; Fleiss', which of two is nearly the same, for more
    left_out = "fleiss" if every[MAIN]["n_coders"] == 2 else "cohen"
    columns = [(name, title) for name, title in COLUMNS if name != left_out]
    titles = [(ALL, "Tous les thèmes", 0), *((t.id, t.title, t.level) for t in material.shown_themes if t.id in cells)]
    seen = [one for one in titles if cells[one[0]][MAIN]["n_seen"]]
    valued = [(title, cells[theme][MAIN]) for theme, title, _ in seen[1:] if cells[theme][MAIN]["value"] is not None]
    ranked = sorted(valued, key=lambda one: one[1]["value"])
    rows = [{"id": i, "title": title, "level": level, "cells": cells[i]} for i, title, level in seen]
    return {
        "all": every,
        "columns": columns,
        "n_units": cells[titles[1][0]][MAIN]["n_units"],
        "n_words": cells[titles[1][0]]["unitised"]["n_units"],
        "unit": UNITS[every[MAIN]["unit"]],
        "least": ranked[0] if ranked else None,
        "most": ranked[-1] if len(ranked) > 1 else None,
        "rows": rows,
        "unseen": [title for theme, title, _ in titles if not cells[theme][MAIN]["n_seen"]],
        **_cautions(rows, columns),
    }


def _cautions(rows: list[dict], columns: list[tuple[str, str]]) -> dict:
    """Return what holds for every value (`general`), then (title, [(what, coefficients)]) for each row."""
    of_row = []
    for row in rows:
        said: dict[str, list[str]] = {}
        for name, title in columns:
            for part in (row["cells"][name]["remark"] or "").split(" ; "):
                if part:
                    said.setdefault(part, []).append(title)
        of_row.append((row, said))
    n = len(columns)
    # no row where only what interviewers say is coded
    first = of_row[0][1] if of_row else {}
    everywhere = [part for part in first if all(len(said.get(part, ())) == n for _, said in of_row)]
    cautions = []
    for row, said in of_row:
        own = [(part, [] if len(who) == n else who) for part, who in said.items() if part not in everywhere]
        if own:
            cautions.append((row["title"], own))
    return {"general": everywhere, "cautions": cautions}


def _discordances(corpus: Corpus) -> dict:
    material = corpus.material
    table = material.table("themes/discordances")
    open_ones = table.filter(pl.col("resolution").is_null())
    made_ones = {row["coding"]: row for row in material.table("themes/codings").iter_rows(named=True)}
    titles = {theme.id: theme.title for theme in material.shown_themes}
    groups = []
    for kind in ORDER:
        own = open_ones.filter(pl.col("kind") == kind).sort("interview", "turn", "discordance").to_dicts()
        shown = [_side_by_side(corpus, row, made_ones, titles) for row in _spread(own)[:MOST]]
        groups.append({"kind": kind, "n": len(own), "first": shown[:FIRST], "others": shown[FIRST:]})
    return {
        "n_open": open_ones.height,
        "n_decided": table.height - open_ones.height,
        "n": {kind: open_ones.filter(pl.col("kind") == kind).height for kind in KINDS},
        "groups": [group for group in groups if group["n"]],
        "pairs": table.group_by("coder", "other_coder").len().sort("coder", "other_coder").rows(),
    }


def _spread(rows: list[dict]) -> list[dict]:
    """Return the rows with those of each interview in turn, so that the first ones are of different interviews."""
    rank: dict[str, int] = {}
    placed = []
    for row in rows:
        place = rank.get(row["interview"], 0)
        rank[row["interview"]] = place + 1
        placed.append((place, row["interview"], row))
    return [row for *_, row in sorted(placed, key=lambda one: one[:2])]


def _side_by_side(corpus: Corpus, row: dict, made_ones: Mapping, titles: Mapping[str, str]) -> dict:
    sides = []
    for name in ("coding", "other_coding"):
        coding = made_ones.get(row[name])
        who = row["coder"] if name == "coding" else row["other_coder"]
        quote = {**coding_quote(corpus, coding), "theme": titles[coding["theme"]]} if coding else None
        sides.append({"coder": who, "quote": quote})
    return {**row, "sides": sides}


def _resolutions(material: Material) -> list[dict]:
    titles = {theme.id: theme.title for theme in material.shown_themes}
    rows = material.table("themes/resolutions").sort(
        "state", "interview", "discordance", descending=[True, False, False]
    )
    return [
        {**row, "title": titles.get(row["theme"], row["theme"]), "said": DECISIONS[row["decision"]]}
        for row in rows.iter_rows(named=True)
    ]
