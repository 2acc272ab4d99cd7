"""Who could be recognised without a name: by attributes that few share, and by rare words that only such people say.

k-anonymity (Samarati 2001, Sweeney 2002): a combination of attributes is safe when at least k people share it. In a
study of a dozen interviews many are not: the list is there to decide what to publish, not to be empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import polars as pl

from verbatim.lexique import Lexique
from verbatim.wordlists import fold

NOT_ATTRIBUTES = ("interview", "speaker", "role")
WIDEST = 3
MOST_ATTRIBUTES = 20
CONTENT = ("NOUN", "PROPN", "ADJ", "VERB", "X")
# Occurrences by million words of films under which a word is rare.
RARE = 0.5
COMBINATIONS = {
    **dict.fromkeys(("interview", "speaker", "attributes", "values"), pl.String),
    "n_sharing": pl.Int64,
}
WORDS = {
    **dict.fromkeys(("attribute", "modality", "lemma", "pos", "interviews"), pl.String),
    **dict.fromkeys(("n_people", "n_occurrences"), pl.Int64),
}


def risky_combinations(speakers: pl.DataFrame, k: int, widest: int = WIDEST) -> pl.DataFrame:
    """Return the smallest sets of attributes that fewer than `k` participants share, for each participant.

    `speakers` is corpus/speakers. A set is left out when a part of it already singles the person out. Columns:
    interview, speaker, attributes and values (joined by « · »), n_sharing. Sets of more than `widest` attributes are
    not looked at, nor attributes beyond the first MOST_ATTRIBUTES; an unknown value is a value like another.
    """
    people = speakers.filter(pl.col("role") == "participant")
    names = [n for n in people.columns if n not in NOT_ATTRIBUTES and people[n].drop_nulls().len() > 0]
    names = names[:MOST_ATTRIBUTES]
    rows = []
    for person in people.sort("interview", "speaker").iter_rows(named=True):
        for chosen, n in _smallest(people, person, names, k, widest):
            values = " · ".join("?" if person[name] is None else str(person[name]) for name in chosen)
            rows.append((person["interview"], person["speaker"], " · ".join(chosen), values, n))
    return pl.DataFrame(rows, schema=COMBINATIONS, orient="row")


def _smallest(
    people: pl.DataFrame, person: dict, names: Sequence[str], k: int, widest: int
) -> Iterator[tuple[tuple[str, ...], int]]:
    alike = {name: people[name].eq_missing(person[name]) for name in names}
    found: list[set[str]] = []
    for size in range(1, widest + 1):
        for chosen in combinations(names, size):
            if any(part <= set(chosen) for part in found):
                continue
            shared = alike[chosen[0]]
            for name in chosen[1:]:
                shared = shared & alike[name]
            n = int(shared.sum())
            if n < k:
                found.append(set(chosen))
                yield chosen, n


def telling_words(
    tokens: pl.DataFrame, turns: pl.DataFrame, speakers: pl.DataFrame, lexique: pl.DataFrame, k: int
) -> pl.DataFrame:
    """Return the rare words that only people of a rare modality say.

    `tokens`, `turns`, `speakers` are those of corpus/, `lexique` the table (form, pos, lemma, frequency). A modality is
    rare when fewer than `k` participants have it; a word is rare when Lexique does not know it or finds it less than
    RARE times in a million. Columns: attribute, modality, lemma, pos, interviews (joined), n_people, n_occurrences.
    """
    own = turns.filter(pl.col("role") == "participant").select("interview", "turn", "speaker")
    said = (
        tokens.filter(pl.col("pos").is_in(CONTENT) & (pl.col("status") != "ignored"))
        .join(own, on=["interview", "turn"])
        .group_by("lemma", "pos", "interview", "speaker")
        .agg(n=pl.len().cast(pl.Int64))
    )
    known = set(Lexique.of(lexique.filter(pl.col("frequency") >= RARE)).readings)
    rare = said.filter(~pl.col("lemma").map_elements(fold, return_dtype=pl.String).is_in(sorted(known)))
    people = speakers.filter(pl.col("role") == "participant")
    frames = [pl.DataFrame(schema=WORDS)]
    for name in [n for n in people.columns if n not in NOT_ATTRIBUTES]:
        frames.append(_said_only_there(rare, people, name, k))
    return pl.concat(frames).sort("attribute", "modality", "lemma", "pos")


def _said_only_there(rare: pl.DataFrame, people: pl.DataFrame, name: str, k: int) -> pl.DataFrame:
    values = people.select("interview", "speaker", modality=pl.col(name).cast(pl.String))
    few = values.drop_nulls().group_by("modality").agg(n_people=pl.len().cast(pl.Int64)).filter(pl.col("n_people") < k)
    words = rare.join(values, on=["interview", "speaker"], how="left")
    alone = words.group_by("lemma", "pos").agg(pl.col("modality").n_unique().alias("n"), pl.col("modality").first())
    return (
        words.join(alone.filter(pl.col("n") == 1).select("lemma", "pos"), on=["lemma", "pos"])
        .join(few, on="modality")
        .group_by("modality", "n_people", "lemma", "pos")
        .agg(n_occurrences=pl.col("n").sum(), interviews=pl.col("interview").unique().sort().str.join(" "))
        .select(pl.lit(name).alias("attribute"), *[column for column in WORDS if column != "attribute"])
    )


def told(sets: pl.DataFrame, words: pl.DataFrame, speakers: pl.DataFrame, k: int) -> str:
    """Return in French how many participants could be recognised, and by how many words."""
    n = speakers.filter(pl.col("role") == "participant").height
    alone = sets.select("interview", "speaker").unique().height
    return (
        f"{alone} personne(s) sur {n} sont moins de {k} à partager un attribut ou un croisement de trois au plus ; "
        f"{words.height} mot(s) rares ne sont dits que par des personnes d'une modalité rare"
    )
