"""Words whose part of speech in speech depends on their neighbours, and which the model gets wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from verbatim.lexique import Lexique

NOMINAL = ["DET", "NOUN", "PROPN", "NUM", "ADJ"]
TONIC = ["ça", "cela", "moi", "toi", "lui", "eux", "quoi", "que", "qu'", "avoir", "être", "s'être", "m'être"]
# Determiners that are never pronouns (`le`, `la`, `les`, `leur`, `l'` may be).
DETERMINERS = [
    *("un", "une", "mon", "ma", "mes", "ton", "ta", "tes", "son", "sa", "ses"),
    *("cet", "cette", "ces", "au", "aux", "du"),
]


def settle(tokens: pl.DataFrame, lexique: Lexique) -> pl.DataFrame:
    """Return `tokens` with pos set right where neighbours decide.

    Needs the columns interview, turn, key (folded form), pos and listed (the lemma of a list, or null),
    sorted by place. A list always wins over its neighbours, save for the words treated here.
    """
    place = ["interview", "turn"]
    around = {
        "before": pl.col("key").shift(1).over(place),
        "after": pl.col("key").shift(-1).over(place),
        "pos_before": pl.col("pos").shift(1).over(place),
        "pos_after": pl.col("pos").shift(-1).over(place),
    }
    tokens = tokens.with_columns(**around)
    pos = pl.when(False).then(pl.lit(""))
    for condition, value in _rules(lexique):
        pos = pos.when(condition.fill_null(False)).then(pl.lit(value))
    return tokens.with_columns(pos=pos.otherwise(pl.col("pos"))).drop(around)


def _rules(lexique: Lexique) -> list[tuple[pl.Expr, str]]:
    key, before, after = pl.col("key"), pl.col("before"), pl.col("after")
    pos, pos_before, pos_after = pl.col("pos"), pl.col("pos_before"), pl.col("pos_after")
    edge_before, edge_after = before.is_null() | (pos_before == "PUNCT"), after.is_null() | (pos_after == "PUNCT")
    nouns = pl.Series(sorted(form for form, tags in lexique.readings.items() if "NOUN" in tags), dtype=pl.String)
    adjectives = pl.Series(sorted(form for form, tags in lexique.readings.items() if "ADJ" in tags), dtype=pl.String)
    participles = pl.Series(sorted(_participles(lexique)), dtype=pl.String)
    return [
        ((key == "bon") & _is_filler(edge_before, edge_after, pos_before, pos_after), "INTJ"),
        ((key == "après") & (pos_after.is_in(NOMINAL) | after.is_in(TONIC)).fill_null(False), "ADP"),
        (key == "après", "ADV"),
        (key == "quand", "SCONJ"),
        ((key == "peu") & (before == "un"), "NOUN"),
        ((key == "plein") & after.is_in(["de", "d'"]) & (pos_before != "DET"), "ADV"),
        ((key == "ensemble") & ~pos_before.is_in(["DET", "ADJ"]).fill_null(False), "ADV"),
        ((key == "personne") & ~pos_before.is_in(["DET", "ADJ", "NUM", "ADP"]).fill_null(False), "PRON"),
        ((pos == "VERB") & before.is_in(DETERMINERS) & key.is_in(nouns.implode()), "NOUN"),
        ((pos == "NOUN") & (pos_before == "AUX") & key.is_in(participles.implode()), "VERB"),
        (
            (pos == "VERB")
            & key.str.contains(r"ant(?:e?s?)$")
            & pos_before.is_in(["AUX", "ADV"])
            & key.is_in(adjectives.implode()),
            "ADJ",
        ),
    ]


def _participles(lexique: Lexique) -> Iterator[str]:
    """Yield the forms that can be a past participle; Lexique's own mark for it is not in the table."""
    for (form, pos), lemma in lexique.lemmas.items():
        endings = r"ée?s?" if lemma.endswith("er") else r"(?:i|is|it|u|û|ert|int|ait)e?s?"
        if pos == "VERB" and re.search(rf"{endings}$", form):
            yield form


def _is_filler(edge_before: pl.Expr, edge_after: pl.Expr, pos_before: pl.Expr, pos_after: pl.Expr) -> pl.Expr:
    opened = edge_before | pos_before.is_in(["INTJ", "CCONJ", "SCONJ"])
    closed = edge_after | pos_after.is_in(["INTJ", "CCONJ", "PRON"])
    return (opened & ~pos_after.is_in(["NOUN", "ADJ", "PROPN"]).fill_null(False)) | (
        closed & ~pos_before.is_in(["DET", "AUX", "VERB", "ADV", "NOUN", "ADJ"]).fill_null(False)
    )
