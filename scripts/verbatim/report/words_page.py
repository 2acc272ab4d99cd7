"""The page of the words of an analysis: counts, most frequent words, specificities."""

from __future__ import annotations

import polars as pl

from verbatim.report.located import Corpus
from verbatim.report.material import Material
from verbatim.report.wording import POS, STATUS, variable

SHOWN_WORDS = 30
SHOWN_SPECIFIC, SHORT_SPECIFIC = 12, 8
FEW_MODALITIES, MOST_MODALITIES = 5, 60
BANAL = 2.0


def view(corpus: Corpus, analysis: str) -> dict:
    """Return the view of an analysis: `counts`, `words` (the first of them), `specificities`."""
    material = corpus.material
    lemmas = material.table("lexicon/lemmas", analysis)
    return {
        "counts": _counts(corpus, analysis, lemmas),
        "words": [_word(row) for row in ranked(lemmas).head(SHOWN_WORDS).iter_rows(named=True)],
        "n_words": lemmas.height,
        "specificities": _specificities(material, analysis),
        "banal": BANAL,
    }


def ranked(lemmas: pl.DataFrame) -> pl.DataFrame:
    """Return lemmas, the most frequent first."""
    return lemmas.sort(["n_occurrences", "lemma", "pos"], descending=[True, False, False])


def _word(row: dict) -> dict:
    return {**row, "pos_code": row["pos"], "pos": POS.get(row["pos"], row["pos"]), "status": STATUS[row["status"]]}


def _counts(corpus: Corpus, analysis: str, lemmas: pl.DataFrame) -> dict:
    segments = corpus.material.table("classes/segments", analysis).select("interview", "segment")
    said = corpus.words.join(segments, on=["interview", "segment"], how="semi")
    forms = said.group_by(pl.col("form").str.to_lowercase()).len()
    active = lemmas.filter(pl.col("status") == "active")
    return {
        "n_interviews": segments["interview"].n_unique(),
        "n_segments": segments.height,
        "n_occurrences": int(lemmas["n_occurrences"].sum()),
        "n_forms": forms.height,
        "n_hapax": forms.filter(pl.col("len") == 1).height,
        "n_lemmas": lemmas.height,
        "n_active": active.height,
        "n_active_occurrences": int(active["n_occurrences"].sum()),
    }


def _specificities(material: Material, analysis: str) -> list[dict]:
    """Return, for each variable, its modalities with the words that each says more and less."""
    found = []
    table = material.table("lexicon/specificities", analysis).filter(pl.col("f").is_not_null())
    for (name,), own in table.group_by("variable", maintain_order=True):
        sizes = own.group_by("modality").agg(pl.col("t").first()).sort(["t", "modality"], descending=[True, False])
        shown = sizes.head(MOST_MODALITIES)["modality"].sort().to_list()
        n = SHOWN_SPECIFIC if sizes.height <= FEW_MODALITIES else SHORT_SPECIFIC
        parts = own.partition_by("modality", as_dict=True)
        found.append(
            {
                "name": variable(name),
                "variable": name,
                "few": sizes.height <= FEW_MODALITIES,
                "modalities": [_modality(modality, parts[(modality,)], n) for modality in shown],
                "n_hidden": sizes.height - len(shown),
            }
        )
    order = {"panel": 0, "interview": 2}
    return sorted(found, key=lambda part: (order.get(part["variable"], 1), part["variable"]))


def _modality(name: str, own: pl.DataFrame, n: int) -> dict:
    more = own.filter(pl.col("score") >= BANAL).sort(["score", "lemma", "pos"], descending=[True, False, False])
    less = own.filter(pl.col("score") <= -BANAL).sort(["score", "lemma", "pos"])
    return {
        "name": name,
        "n_words": own["t"][0],
        "more": [_specific(row) for row in more.head(n).iter_rows(named=True)],
        "less": [_specific(row) for row in less.head(n).iter_rows(named=True)],
        "n_more": more.height,
        "n_less": less.height,
    }


def _specific(row: dict) -> dict:
    names = ("lemma", "f", "F", "score", "n_interviews")
    return {**{name: row[name] for name in names}, "pos_code": row["pos"], "pos": POS.get(row["pos"], row["pos"])}
