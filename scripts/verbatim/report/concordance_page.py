"""The page of the concordancer: key words in context, searched by the script of the page."""

from __future__ import annotations

from urllib.parse import quote

import polars as pl

from verbatim.report.located import Corpus

EXAMPLES = 2


def view(corpus: Corpus) -> dict:
    """Return `n_tokens`, `examples` (address and text of searches to try) and `condition`, for the command shown."""
    material = corpus.material
    panels = sorted(set(material.panels.values()))
    return {
        "n_tokens": material.table("corpus/tokens").height,
        "examples": [{"text": text, "href": address(text)} for text in _examples(corpus)],
        "condition": f'"panel={panels[0]}"' if panels else "theme=…",
    }


def address(asked: str, **filters: str) -> str:
    """Return the link to a search of the page, under filters (name=value)."""
    parts = [asked, *(f"{name}={value}" for name, value in filters.items())]
    return "#concordance/" + "/".join(quote(part, safe="") for part in parts)


def _examples(corpus: Corpus) -> list[str]:
    """Return searches that find something: the most frequent active noun and verb, alone and in sequence."""
    active = corpus.words.filter(pl.col("status") == "active").group_by("lemma", "pos").len()
    active = active.filter(~pl.col("lemma").str.contains(r"[\s+:]")).sort(["len", "lemma"], descending=[True, False])
    nouns = active.filter(pl.col("pos") == "NOUN")["lemma"].head(EXAMPLES).to_list()
    verbs = active.filter(pl.col("pos") == "VERB")["lemma"].head(1).to_list()
    return [*(f"lemme:{lemma}" for lemma in [*nouns, *verbs]), *(f"lemme:{verb} .. pos:nom" for verb in verbs)]
