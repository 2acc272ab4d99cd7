"""The first page: what comes out, in a minute."""

from __future__ import annotations

from verbatim.report import classes_page, corpus_page, themes_page
from verbatim.report.located import Corpus

FEW_BARS = 40
SHOWN_WORDS = 5
SCALES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


def view(corpus: Corpus, classes: dict[str, dict], hypotheses: list[dict]) -> dict:
    """Return the view; `classes` are the views of the classes of each analysis."""
    material = corpus.material
    panels = corpus_page.panels(material)
    return {
        "question": material.settings["study"]["question"],
        "panels": panels,
        "with_bars": sum(panel["n_interviews"] for panel in panels) <= FEW_BARS,
        "n_interviews": sum(panel["n_interviews"] for panel in panels),
        "n_words": sum(panel["n_words"] for panel in panels),
        "classes": {name: _lines(found) for name, found in classes.items()},
        "warnings": {name: classes_page.warnings(material, name, found) for name, found in classes.items()},
        "themes": _themes(corpus),
        "hypotheses": hypotheses,
    }


def _lines(found: dict) -> list[dict]:
    """Return one line a class: number, share, five words and one verbatim."""
    return [
        {
            **{name: own[name] for name in ("number", "label", "colour", "n", "share")},
            "words": own["words"][:SHOWN_WORDS],
            "quote": own["typical"][0] if own["typical"] else None,
        }
        for own in found["classes"]
    ]


def _themes(corpus: Corpus) -> dict:
    """Return the themes coded at least once, the share of each panel's words, and the scale of the plot."""
    material = corpus.material
    shares = themes_page.panel_shares(material)
    rows = [
        {"id": theme.id, "title": theme.title, "level": theme.level, "panels": shares[theme.id]}
        for theme in material.shown_themes
        if any(cell["n_codings"] for cell in shares[theme.id])
    ]
    largest = max((cell["share"] for row in rows for cell in row["panels"]), default=0.0)
    return {"rows": rows, "scale": next((s for s in SCALES if s >= largest), 1.0), "n": len(material.shown_themes)}
