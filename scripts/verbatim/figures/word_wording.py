"""What figures of the words call variables, modalities and parts of speech."""

from __future__ import annotations

import polars as pl

VARIABLES = {"interview": "entretien", "question": "question du guide", "class": "classe", "speaker": "locuteur"}
POS = {
    "NOUN": "noms",
    "VERB": "verbes",
    "ADJ": "adjectifs",
    "ADV": "adverbes",
    "AUX": "auxiliaires",
    "PRON": "pronoms",
    "DET": "déterminants",
    "ADP": "prépositions",
    "CCONJ": "conjonctions de coordination",
    "SCONJ": "conjonctions de subordination",
    "NUM": "nombres",
    "PROPN": "noms propres",
    "INTJ": "interjections",
    "PART": "particules",
    "X": "autres",
}
ONE_POS = {
    **{"NOUN": "nom", "VERB": "verbe", "ADJ": "adj.", "ADV": "adv.", "AUX": "aux.", "PRON": "pron.", "DET": "dét."},
    **{"ADP": "prép.", "CCONJ": "conj.", "SCONJ": "conj. sub.", "NUM": "nombre", "PROPN": "nom propre"},
    **{"INTJ": "interj.", "X": "autre"},
}


def variable(name: str) -> str:
    """Return how a figure calls a variable, with a capital."""
    told = VARIABLES.get(name, name.replace("_", " "))
    return told[:1].upper() + told[1:]


def modality(name: str, value: str) -> str:
    """Return how a figure calls a value of the variable `name`."""
    return f"Classe {value}" if name == "class" else value


def order(name: str, values: list[str]) -> list[str]:
    """Return the values of the variable `name` in the order in which figures show them."""
    numbers = name == "class" and all(value.isdigit() for value in values)
    return sorted(values, key=(lambda value: (int(value), value)) if numbers else None)


def with_words(rows: pl.DataFrame) -> pl.DataFrame:
    """Return `rows` (lemma, pos, …) with a column `word`: the lemma, and its part of speech where it has several."""
    several = pl.col("pos").n_unique().over("lemma") > 1
    pos = pl.col("pos").replace_strict(ONE_POS, default=pl.col("pos"), return_dtype=pl.String)
    return rows.with_columns(word=pl.when(several).then(pl.format("{} ({})", "lemma", pos)).otherwise("lemma"))
