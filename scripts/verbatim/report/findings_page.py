"""The findings: the researcher's sentences, each with the passages it rests on and those against it."""

from __future__ import annotations

import polars as pl

from verbatim.report.located import Corpus


def view(corpus: Corpus) -> list[dict]:
    """Return the findings in the order of the file, each with `rests_on` and `against`, passages as quotations."""
    material = corpus.material
    titles = {one["id"]: one["title"] for one in material.hypotheses}
    themes = {theme.id: theme.title for theme in material.shown_themes}
    passages = material.table("themes/finding_passages")
    found = []
    for row in material.table("themes/findings").sort("position").iter_rows(named=True):
        own = passages.filter(pl.col("finding") == row["finding"]).sort("citation")
        about = [(one, titles[one]) for one in (row["hypotheses"] or "").split() if one in titles]
        sides = {
            side: [_quote(corpus, cited, themes) for cited in own.filter(pl.col("side") == side).iter_rows(named=True)]
            for side in ("rests_on", "against")
        }
        n_interviews = own.filter(pl.col("side") == "rests_on")["interview"].n_unique()
        found.append({**row, "about": about, **sides, "n_interviews": n_interviews})
    return found


def _quote(corpus: Corpus, row: dict, themes: dict[str, str]) -> dict:
    return {
        "pieces": [(row["quote"] or row["cited"], False)],
        **corpus.attribution(row["interview"], row["turn"]),
        "coder": row["coder"],
        "coding": row["coding"],
        "theme": themes.get(row["theme"], row["theme"]),
        "warning": row["warning"],
    }
