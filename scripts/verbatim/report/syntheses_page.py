"""What the filled grid says: groups, pairs of themes, saturation, themes and classes with their blind spots."""

from __future__ import annotations

import polars as pl

from verbatim.figures.saturation import THEME, rule
from verbatim.report.material import Material
from verbatim.report.wording import variable
from verbatim.typography import decimal, integer, percent

FIRST_PAIRS, MOST_PAIRS, ALWAYS = 15, 80, 0.95
SURE = 0.05


def view(material: Material) -> dict:
    """Return the view: `groups` by attribute, `pairs`, `saturation` of the themes."""
    return {"groups": _groups(material), "pairs": _pairs(material), "saturation": _saturation(material)}


def _groups(material: Material) -> list[dict]:
    """Return, for each attribute, its modalities and one row a coded theme."""
    table = material.table("themes/groups")
    tests = {(r["theme"], r["variable"]): r for r in material.table("themes/contrasts").iter_rows(named=True)}
    cells = {(r["theme"], r["variable"], r["modality"]): r for r in table.iter_rows(named=True)}
    coded = set(table.filter(pl.col("n_codings") > 0)["theme"])
    found = []
    for name in table["variable"].unique().sort() if coded else ():
        own = table.filter(pl.col("variable") == name)
        sizes = dict(own.select("modality", "n_interviews").unique().sort("modality").iter_rows())
        rows = [
            {"theme": theme, "cells": [cells[theme.id, name, m] for m in sizes], "test": tests.get((theme.id, name))}
            for theme in material.shown_themes
            if theme.id in coded
        ]
        found.append({"variable": name, "title": variable(name), "sizes": sizes, "rows": rows, **_sides(rows)})
    return found


def _sides(rows: list[dict]) -> dict:
    """Return the themes in which the modalities differ, and what is left out of the tests."""
    differ = [
        row["theme"].title
        for row in rows
        if row["test"] and min(row["test"]["p_presence_adjusted"], row["test"]["p_amount_adjusted"]) < SURE
    ]
    tested = [row["test"] for row in rows if row["test"]]
    drawn = any(not (test["exact_presence"] and test["exact_amount"]) for test in tested)
    return {"differ": differ, "tested": bool(tested), "drawn": drawn}


def _pairs(material: Material) -> dict:
    """Return the pairs that meet in a turn, the surest first, and how many are sure of each kind."""
    table = material.table("themes/pairs")
    titles = {theme.id: theme.title for theme in material.shown_themes}
    met = table.filter(pl.col("n_turns") > 0)
    met = met.sort(["p_turns", "n_turns", "theme", "other"], descending=[False, True, False, False])
    rows = [
        {**row, "title": titles[row["theme"]], "with": titles[row["other"]], "first": _first(row, titles)}
        for row in met.head(MOST_PAIRS).iter_rows(named=True)
    ]
    return {
        "n": table.height,
        "n_met": met.height,
        "n_sure": table.filter(pl.col("p_turns_adjusted") < SURE).height,
        "n_ordered": table.filter(pl.col("p_order_adjusted") < SURE).height,
        "rows": rows[:FIRST_PAIRS],
        "others": rows[FIRST_PAIRS:],
    }


def _first(row: dict, titles: dict[str, str]) -> str:
    if row["n_first"] == row["n_second"]:
        return ""
    return titles[row["theme"] if row["n_first"] > row["n_second"] else row["other"]]


def _saturation(material: Material) -> dict:
    curves, stops = material.table("themes/saturation"), material.table("themes/saturation_stops")
    own = curves.filter(pl.col("kind") == THEME).sort("position")
    return {
        "n": own.height,
        "by_date": set(own["ordered_by"]) == {"date"},
        **_verdict(material, own, stops.filter(pl.col("kind") == THEME)),
        "stops": [
            {"kind": kind, "title": _title(material, kind), "rows": rows.to_dicts()}
            for kind in (THEME, *material.analyses)
            if not (rows := stops.filter(pl.col("kind") == kind).sort("base", "run", "threshold")).is_empty()
        ],
        "classes": [_classes(material, curves, name) for name in material.analyses if name in set(curves["kind"])],
        "least": material.settings["saturation"]["least_segments"],
    }


def _title(material: Material, kind: str) -> str:
    return "Thèmes" if kind == THEME else f"Classes : {material.title(kind)}"


def _verdict(material: Material, own: pl.DataFrame, stops: pl.DataFrame) -> dict:
    """Return `answer`, to « were other interviews needed? », and `reasons`, sentences that carry it."""
    first = rule(stops)
    if own.is_empty() or first is None:
        return {"answer": "", "reasons": []}
    n, n_alone = own.height, int(own["alone"].sum())
    last = own.filter(pl.col("new") > 0).row(-1, named=True)
    rate = n_alone / n
    n_items = int(own["cumulative"].max())
    reasons = [
        f"{integer(n)} entretiens codés ont fait rencontrer {integer(n_items)} thèmes ; le dernier à en apporter un "
        f"nouveau est {last['interview']}, le {_rank(last['position'])} sur {integer(n)}.",
        _alone(n_alone, rate),
        _ruled(first),
    ]
    left = material.table("corpus/interviews").height - n
    if left > 0:
        are = "entretiens ne sont pas codés et peuvent" if left > 1 else "entretien n'est pas codé et peut"
        reasons.append(f"{integer(left)} {are} contenir d'autres thèmes : les coder coûte moins que d'en faire.")
    return {"answer": _answer(first, n_alone, rate), "reasons": reasons}


def _rank(position: int) -> str:
    return "1er" if position == 1 else f"{integer(position)}e"


def _alone(n: int, rate: float) -> str:
    """Return what themes of one interview only foretell: the share of new ones (Good 1953, Biometrika 40)."""
    if not n:
        return (
            "Chaque thème rencontré l'est dans deux entretiens au moins : rien n'annonce un thème nouveau dans un "
            "entretien de plus."
        )
    head = f"{integer(n)} thèmes ne sont présents que" if n > 1 else "Un thème n'est présent que"
    return f"{head} dans un entretien : un de plus en apporterait de l'ordre de {decimal(rate)} nouveau(x)."


def _ruled(first: dict) -> str:
    base, run = first["base"], first["run"]
    named = (
        f"La règle de Guest, Namey et Chen (base de {base} entretiens, pas de {run}, {percent(first['threshold'], 0)}"
    )
    if first["share_of_orders"] is None:
        return f"{named}) demande {base + run} entretiens codés ; il y en a {integer(first['n_interviews'])}."
    orders = f"{percent(first['share_of_orders'], 0)} des ordres tirés au sort"
    if first["position"] is None:
        return f"{named} d'information nouvelle) n'arrête pas dans l'ordre de l'étude ; elle arrête dans {orders}."
    told = f"arrêterait après l'entretien n° {first['position']} ; elle arrête dans {orders}."
    return f"{named} d'information nouvelle) {told}"


def _answer(first: dict, n_alone: int, rate: float) -> str:
    if first["share_of_orders"] is None:
        return "On ne peut pas encore le dire : trop peu d'entretiens sont codés."
    if first["position"] is None or rate >= 0.5:
        return "Oui, sans doute : les derniers entretiens apportaient encore des thèmes."
    if not n_alone and first["share_of_orders"] >= ALWAYS:
        return "Sans doute pas, pour les thèmes de cette grille."
    return "C'est incertain : la réponse dépend de l'ordre des entretiens, ou tient à des thèmes rares."


def _classes(material: Material, curves: pl.DataFrame, name: str) -> dict:
    own = curves.filter(pl.col("kind") == name).sort("position")
    full = own.filter(pl.col("cumulative") == own["cumulative"].max()).head(1)
    return {
        "title": material.title(name),
        "n": own.height,
        "n_items": int(own["cumulative"].max()),
        "at": full["position"][0],
        "alone": int(own["alone"].sum()),
    }


def crossing(material: Material, analysis: str) -> dict:
    """Return the table theme × class of an analysis and its blind spots."""
    table = material.table("themes/theme_class", analysis)
    traces = material.table("themes/traces", analysis)
    numbers = table["class"].unique().sort().to_list()
    cells = {(row["theme"], row["class"]): row for row in table.iter_rows(named=True)}
    touched = set(table["theme"])
    shown = [theme for theme in material.shown_themes if theme.id in touched]
    of = {(row["kind"], row["item"]): row for row in traces.iter_rows(named=True)}
    rows = [
        {
            "theme": theme,
            "cells": [cells[theme.id, number] for number in numbers],
            "trace": of.get(("theme", theme.id)),
        }
        for theme in shown
    ]
    classes = [
        {"number": number, "colour": material.colour(number), "trace": of.get(("class", str(number)))}
        for number in numbers
    ]
    return {
        "classes": classes,
        "rows": rows,
        "n_sure": table.filter(pl.col("p_adjusted") < SURE).height,
        "blind": _blind(material, analysis, traces),
        "n_interviews": int(table["n_interviews"].max() or 0),
    }


def _blind(material: Material, analysis: str, traces: pl.DataFrame) -> dict:
    """Return trace -> themes, in the order of the grid, and trace -> classes."""
    themes = {row["item"]: row for row in traces.filter(pl.col("kind") == "theme").iter_rows(named=True)}
    classes = sorted(traces.filter(pl.col("kind") == "class").to_dicts(), key=lambda row: int(row["item"]))
    found: dict[str, dict[str, list]] = {kind: {"linked": [], "hint": [], "none": [], "few": []} for kind in "tc"}
    for theme in material.shown_themes:
        if row := themes.get(theme.id):
            found["t"][row["trace"]].append({**row, "theme": theme, "class": int(row["nearest"] or 0)})
    titles = {theme.id: theme.title for theme in material.shown_themes}
    for row in classes:
        number = int(row["item"])
        label = material.class_label(analysis, number)
        uncoded = 1 - row["n_met"] / row["n_segments"] if row["n_segments"] else None
        own = {"number": number, "label": label, "uncoded": uncoded, "theme": titles.get(row["nearest"] or "", "")}
        found["c"][row["trace"]].append({**row, **own})
    return {"themes": found["t"], "classes": found["c"]}
