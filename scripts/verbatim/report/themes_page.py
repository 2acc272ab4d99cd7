"""The page of the themes: the grid filled, what each theme is and who was coded under it."""

from __future__ import annotations

from collections import defaultdict

import polars as pl

from verbatim.counted_codings import COUNTED
from verbatim.grid import descendants
from verbatim.report.located import Corpus
from verbatim.report.material import Material
from verbatim.report.wording import ANCHORS, NO_PANEL

MOST_COLUMNS = 40
SURE = ("intact", "moved")


def view(corpus: Corpus) -> dict:
    """Return the view: `themes`, `columns` and `rows` of the grid, `to_review` (doubtful and lost codings)."""
    material = corpus.material
    codings = material.table("themes/codings").filter(pl.col("origin") == "human").sort("interview", "turn", "coding")
    counted = codings.filter(COUNTED)
    below = descendants(material.shown_themes)
    by_panel = panel_shares(material)
    passages = _passages(corpus, counted)
    columns, cells = _grid(material)
    return {
        "n_codings": counted.height,
        "coders": counted["coder"].unique().sort().to_list(),
        "n_interviews": counted["interview"].n_unique(),
        **_extremes(material, by_panel),
        "panels": _panel_names(material),
        "themes": [
            {
                **{k: getattr(theme, k) for k in THEME_FIELDS},
                "below": len(below[theme.id]) > 1,
                "n": sum(cell["n_codings"] for cell in by_panel[theme.id]),
                "panels": by_panel[theme.id],
                "passages": passages[theme.id],
            }
            for theme in material.shown_themes
        ],
        "columns": columns,
        "coded": coded_interviews(material),
        "rows": [(theme.id, theme.title, theme.level, cells[theme.id]) for theme in material.shown_themes],
        "by_panel_only": columns != material.table("corpus/interviews")["interview"].to_list(),
        "to_review": _to_review(corpus, codings),
        "first": material.settings["report"]["verbatims"],
    }


def _extremes(material: Material, by_panel: dict[str, list[dict]]) -> dict:
    """Return the theme of the last level that most passages bear, and the titles of those of the grid without any."""
    mothers = {theme.parent for theme in material.shown_themes}
    ends = [theme for theme in material.shown_themes if theme.id not in mothers]
    counts = {theme.id: sum(cell["n_codings"] for cell in by_panel[theme.id]) for theme in ends}
    most = max(ends, key=lambda theme: counts[theme.id], default=None)
    found = {"title": most.title, "n": counts[most.id]} if most and counts[most.id] else None
    return {"most": found, "silent": [theme.title for theme in ends if not counts[theme.id]]}


THEME_FIELDS = ("id", "title", "parent", "level", "definition", "inclusion", "exclusion", "example")


def _panel_names(material: Material) -> list[str]:
    return sorted({panel or NO_PANEL for panel in material.table("corpus/interviews")["panel"]})


def panel_shares(material: Material) -> dict[str, list[dict]]:
    """Return, for each theme, one row a panel: passages, interviews, words coded over words said.

    Only interviews that somebody coded count: the others say nothing of a theme, not that it is absent.
    """
    coded = coded_interviews(material)
    interviews = material.table("corpus/interviews").filter(pl.col("interview").is_in(coded))
    interviews = interviews.select("interview", pl.col("panel").fill_null(NO_PANEL), said="n_words")
    grid = material.table("themes/grid").join(interviews, on="interview", how="inner")
    totals = dict(interviews.group_by("panel").agg(pl.col("said").sum()).iter_rows())
    sizes = dict(interviews.group_by("panel").len().iter_rows())
    rows = grid.group_by("theme", "panel").agg(
        pl.col("n_codings").sum(), pl.col("n_words").sum(), present=(pl.col("n_codings") > 0).sum()
    )
    counted = {(theme, panel): counts for theme, panel, *counts in rows.iter_rows()}
    return {
        theme.id: [
            _share(panel, *counted.get((theme.id, panel), (0, 0, 0)), totals.get(panel, 0), sizes.get(panel, 0))
            for panel in _panel_names(material)
        ]
        for theme in material.shown_themes
    }


def coded_interviews(material: Material) -> list[str]:
    """Return the interviews in which somebody coded something that still stands there."""
    grid = material.table("themes/grid")
    return grid.filter(pl.col("n_codings") > 0)["interview"].unique().sort().to_list()


def _share(panel: str, n_codings: int, n_words: int, present: int, said: int, n_interviews: int) -> dict:
    return {
        "panel": panel,
        "n_codings": n_codings,
        "n_words": n_words,
        "share": n_words / said if said else 0.0,
        "present": present,
        "n_interviews": n_interviews,
    }


def coding_quote(corpus: Corpus, row: dict) -> dict:
    """Return a coding as a quotation, with coder, anchor and memo."""
    return {
        "pieces": [(row["quote"], False)],
        **corpus.attribution(row["interview"], row["turn"]),
        "coder": row["coder"],
        "anchor": row["anchor"],
        "anchor_text": ANCHORS[row["anchor"]],
        "memo": row["memo"],
    }


def _passages(corpus: Corpus, codings: pl.DataFrame) -> dict[str, list[dict]]:
    """Return the first codings of each theme that stand where they were made."""
    most = corpus.material.settings["report"]["verbatims"]
    found: dict[str, list[dict]] = defaultdict(list)
    for row in codings.filter(pl.col("anchor").is_in(SURE)).iter_rows(named=True):
        if len(found[row["theme"]]) < most:
            found[row["theme"]].append(coding_quote(corpus, row))
    return found


def _to_review(corpus: Corpus, codings: pl.DataFrame) -> list[dict]:
    titles = {theme.id: theme.title for theme in corpus.material.shown_themes}
    doubtful = ~pl.col("anchor").is_in(SURE) | pl.col("set_aside").is_not_null()
    rows = codings.filter(doubtful).sort("anchor", "interview", "coding")
    found = [{**coding_quote(corpus, row), "theme": titles[row["theme"]]} for row in rows.iter_rows(named=True)]
    for quote, why in zip(found, rows["set_aside"], strict=True):
        if why is not None:
            quote["anchor_text"] = f"mis de côté ({why})" if why else "mis de côté"
    return found


def _grid(material: Material) -> tuple[list[str], dict[str, list[dict]]]:
    """Return the columns (interviews, or none when they are too many) and theme -> cells."""
    interviews = material.table("corpus/interviews")["interview"].to_list()
    columns = interviews if len(interviews) <= MOST_COLUMNS else []
    grid = material.table("themes/grid")
    cells = {(row["theme"], row["interview"]): row for row in grid.iter_rows(named=True)}
    empty = {"n_codings": 0, "n_words": 0, "share": 0.0}
    return columns, {t.id: [cells.get((t.id, i), empty) for i in columns] for t in material.shown_themes}
