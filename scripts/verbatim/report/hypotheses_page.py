"""The page of the hypotheses: what was said for and against each, by panel. The verdict is the reader's."""

from __future__ import annotations

import polars as pl

from verbatim.report.located import Corpus
from verbatim.report.themes_page import coding_quote
from verbatim.report.wording import NO_PANEL, STANCES

MOST_QUOTES = 60


def view(corpus: Corpus) -> list[dict]:
    """Return the hypotheses in the order declared, each with its passages by stance and panel."""
    material = corpus.material
    codings = {row["coding"]: row for row in material.table("themes/codings").iter_rows(named=True)}
    weighed = material.table("themes/hypotheses")
    found = []
    for declared in material.hypotheses:
        own = weighed.filter(pl.col("hypothesis") == declared["id"])
        stances = [_stance(corpus, codings, own, code, title) for code, title in STANCES.items()]
        texts = {key: declared.get(key, "") for key in ("id", "title", "statement", "for", "against")}
        found.append({**texts, "stances": stances, "n": own.height})
    return found


def _stance(corpus: Corpus, codings: dict[str, dict], own: pl.DataFrame, code: str, title: str) -> dict:
    chosen = [codings[c] for c in own.filter(pl.col("stance") == code)["coding"] if c in codings]
    chosen.sort(key=lambda row: (row["interview"], row["turn"] or 0, row["start"] or 0, row["coding"]))
    panels: dict[str, list[dict]] = {}
    for row in chosen:
        quote = coding_quote(corpus, row)
        panels.setdefault(quote["panel"] or NO_PANEL, []).append(quote)
    return {
        "code": code,
        "title": title,
        "n": len(chosen),
        "n_interviews": len({row["interview"] for row in chosen}),
        "panels": [(name, panels[name][:MOST_QUOTES], len(panels[name])) for name in sorted(panels)],
    }
