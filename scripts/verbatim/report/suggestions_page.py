"""The suggestions on the page of the themes: what they are worth, which wait for a decision, codings that follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import polars as pl

from verbatim.report.located import Corpus, marked
from verbatim.report.material import Material
from verbatim.theme_suggestions.pointing import coded_interviews
from verbatim.theme_suggestions.proposal import weight
from verbatim.theme_suggestions.suggesting import SEPARATOR

MEASURES = ("precision", "recall")
SURE = ("intact", "moved")


def view(corpus: Corpus) -> dict:
    """Return the view: `themes` (with quality, cues and new suggestions), `curve`, counts by state, codings to deal."""
    material = corpus.material
    suggestions = material.table("themes/suggestions")
    states = dict(suggestions.group_by("state").len().iter_rows())
    read = coded_interviews(material.table("themes/codings"))
    curve = [_measured(row) for row in material.table("themes/suggestion_curve").iter_rows(named=True)]
    themes = _themes(corpus, suggestions, read)
    return {
        "n": {state: states.get(state, 0) for state in ("new", "coded", "accepted", "rejected")},
        "n_themes": suggestions.filter(pl.col("state") == "new")["theme"].n_unique(),
        "n_read": len(read),
        "themes": themes,
        "without": _without(material, {theme["id"] for theme in themes}),
        "curve": curve,
        "chosen": next((row for row in curve if row["chosen"]), None),
        "changed": _changed(corpus),
        "recodings": _recodings(material),
    }


def _without(material: Material, cued: set[str]) -> list[str]:
    """Return the titles of the lowest themes that have no cue."""
    mothers = {theme.parent for theme in material.themes}
    return [theme.title for theme in material.themes if theme.id not in cued | mothers]


def _themes(corpus: Corpus, suggestions: pl.DataFrame, read: list[str]) -> list[dict]:
    material = corpus.material
    quality = {row["theme"]: _measured(row) for row in material.table("themes/suggestion_quality").to_dicts()}
    cues: dict[str, list[dict]] = defaultdict(list)
    order = pl.col("n_sentences")
    for row in material.table("themes/cues").sort([order, "cue"], descending=[True, False]).iter_rows(named=True):
        cues[row["theme"]].append(row)
    found: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for row in suggestions.iter_rows(named=True):
        found[row["theme"], row["state"]].append(row)
    most = material.settings["report"]["verbatims"]
    return [
        {
            "id": theme.id,
            "title": theme.title,
            "quality": quality[theme.id],
            "cues": [row for row in cues[theme.id] if row["n_sentences"]],
            "unheard": [row["cue"] for row in cues[theme.id] if not row["n_sentences"]],
            "n_new": len(found[theme.id, "new"]),
            "n_coded": len(found[theme.id, "coded"]),
            "quotes": [_quote(corpus, row) for row in chosen(found[theme.id, "new"], read, most)],
            "coded": [_quote(corpus, row) for row in chosen(found[theme.id, "coded"], read, most)],
        }
        for theme in material.themes
        if theme.id in quality
    ]


def chosen(rows: list[dict], read: list[str], most: int) -> list[dict]:
    """Return the suggestions shown first: each interview in turn, those that nobody coded before the others.

    In an interview, those with a pattern, then with more cues, come first.
    """
    ranked = sorted(rows, key=lambda row: (*weight(row), row["turn"], row["start"]))
    rounds: dict[str, int] = defaultdict(int)
    dealt = []
    for row in ranked:
        dealt.append((row["interview"] in read, rounds[row["interview"]], *weight(row), row["interview"], row))
        rounds[row["interview"]] += 1
    dealt.sort(key=lambda one: one[:-1])
    return [one[-1] for one in dealt[:most]]


def _quote(corpus: Corpus, row: Mapping) -> dict:
    """Return a suggestion as a quotation, its cues marked."""
    quote, spans, at = row["quote"], [], 0
    for cue in row["cues"].split(SEPARATOR):
        found = quote.find(cue, at)
        if found >= 0:
            spans.append((found, found + len(cue)))
            at = found + len(cue)
    pieces = marked(quote, 0, len(quote), spans)
    return {"pieces": pieces, **corpus.attribution(row["interview"], row["turn"]), "n_cues": row["n_cues"]}


def _measured(row: Mapping) -> dict:
    """Return a row of numbers with, for each measure, what its bar needs; None where there is nothing to measure."""
    bars = {
        name: None
        if row[name] is None
        else {"value": row[name], "low": row[f"{name}_low"], "high": row[f"{name}_high"]}
        for name in MEASURES
    }
    return {**row, **bars}


def _changed(corpus: Corpus) -> list[dict]:
    """Return the accepted suggestions whose words are no longer surely there."""
    codings = corpus.material.table("themes/codings")
    rows = codings.filter((pl.col("origin") == "suggested") & ~pl.col("anchor").is_in(SURE))
    titles = {theme.id: theme.title for theme in corpus.material.shown_themes}
    return [
        {
            "pieces": [(row["quote"], False)],
            **corpus.attribution(row["interview"], row["turn"]),
            "anchor": row["anchor"],
            "theme": titles[row["theme"]],
        }
        for row in rows.sort("interview", "coding").iter_rows(named=True)
    ]


def _recodings(material: Material) -> list[dict]:
    """Return, for each old theme and each present one, how many codings followed and how many wait."""
    titles = {theme.id: theme.title for theme in material.shown_themes}
    counts = (
        material.table("themes/recodings")
        .group_by("was", "theme", "change", "decided")
        .agg(n=pl.len())
        .sort("was", "change", "decided", "theme")
    )
    return [{**row, "title": titles.get(row["theme"], row["theme"])} for row in counts.iter_rows(named=True)]
