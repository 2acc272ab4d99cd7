"""The page of the words of an analysis: counts, most frequent words, specificities."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from verbatim.report import vocabulary_page
from verbatim.report.located import Corpus
from verbatim.report.material import Material
from verbatim.report.wording import POS, STATUS, variable

SHOWN_WORDS = 30
SHOWN_SPECIFIC, SHORT_SPECIFIC = 12, 8
FEW_MODALITIES, MOST_MODALITIES = 5, 60
# Of each variable, for the panel of a word: what a page can carry.
MOST_SPECIFIC = 5000
BANAL = 2.0


def view(corpus: Corpus, analysis: str) -> dict:
    """Return the view of an analysis: `counts`, `words` (the first of them), `specificities`."""
    material = corpus.material
    lemmas = material.table("lexicon/lemmas", analysis)
    vocabulary = vocabulary_page.view(material, analysis)
    return {
        **vocabulary,
        "anchors": _anchors(vocabulary),
        "counts": _counts(corpus, analysis, lemmas),
        "words": [_word(row) for row in ranked(lemmas).head(SHOWN_WORDS).iter_rows(named=True)],
        "n_words": lemmas.height,
        "specificities": _specificities(material, analysis),
        "banal": BANAL,
    }


def _anchors(vocabulary: dict) -> list[tuple[str, str]]:
    """Return (anchor, text) of the parts of the page that have something to show."""
    found = {
        ("etendue", "étendue et richesse"): vocabulary["statistics"]["parts"] or vocabulary["statistics"]["all"],
        ("specificites", "spécificités"): True,
        ("banals", "mots banals"): vocabulary["banal_words"],
        ("categories", "catégories grammaticales"): vocabulary["parts_of_speech"],
        ("vos-groupes", "vos groupes de mots"): vocabulary["word_groups"],
        ("distances", "distances"): vocabulary["distances"],
        ("suites", "mots qui vont ensemble"): vocabulary["repeats"]["rows"] or vocabulary["pairs"],
        ("enqueteur", "mots de l'enquêteur"): vocabulary["priming"]["n"],
    }
    return [anchor for anchor, shown in found.items() if shown]


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
                "modalities": [
                    {
                        "label": shown_as(material, analysis, name, modality),
                        **_modality(modality, parts[(modality,)], n),
                    }
                    for modality in shown
                ],
                "n_hidden": sizes.height - len(shown),
            }
        )
    order = vocabulary_page.FIRST
    return sorted(found, key=lambda part: (order.get(part["variable"], 1), part["variable"]))


def shown_as(material: Material, analysis: str, name: str, modality: str) -> str:
    """Return a modality as the reader knows it: a class with its name, a question with its words."""
    if name == "class" and modality.isdigit():
        return material.class_label(analysis, int(modality))
    asked = {question.id: question.text for guide in material.guides for question in guide.questions}
    return f"{modality} : {asked[modality]}" if name == "question" and modality in asked else modality


def specific(material: Material, analysis: str, numbers: Mapping[tuple[str, str], int]) -> list[list]:
    """Return, for the script of the page, the words that are not banal: [variable, name shown, modalities, rows].

    `numbers` are those of (lemma, part of speech). Rows follow one another, four numbers each: word, place of the
    modality, occurrences in it, ten times the score.
    """
    table = material.table("lexicon/specificities", analysis).filter(pl.col("score").abs() >= BANAL)
    found = []
    for (name,), own in table.group_by("variable", maintain_order=True):
        strong = own.sort(pl.col("score").abs(), descending=True, maintain_order=True).head(MOST_SPECIFIC)
        modalities = sorted(set(strong["modality"]))
        places = {modality: i for i, modality in enumerate(modalities)}
        columns = strong.sort("lemma", "pos", "modality").select("lemma", "pos", "modality", "f", "score")
        rows = [
            (numbers[lemma, pos], places[modality], f, round(10 * score))
            for lemma, pos, modality, f, score in columns.iter_rows()
            if (lemma, pos) in numbers
        ]
        found.append([name, variable(name), modalities, [value for row in rows for value in row]])
    return found


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
