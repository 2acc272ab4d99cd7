"""Words declared as signs of a hypothesis: how often they are said, by whom, and what chance would have it."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from verbatim import concordance, specificities
from verbatim.corpus import SILENT_POS
from verbatim.problems import Problem, StudyError, raise_all

TURN = ["interview", "turn"]
KEY = ["variable", "modality"]
PLACE = ["interview", "turn", "first_token"]
ROWS = {
    **dict.fromkeys(("hypothesis", "indicator", "stance", *KEY), pl.String),
    **dict.fromkeys(("n_occurrences", "n_words"), pl.Int64),
    **dict.fromkeys(("per_thousand", "score"), pl.Float64),
    "n_interviews": pl.Int64,
}
WORDS = {
    **dict.fromkeys(("hypothesis", "indicator", "word", "query"), pl.String),
    **dict.fromkeys(("n_occurrences", "n_interviews"), pl.Int64),
}


def query(word: str) -> str:
    """Return the search that a word of an indicator stands for: a lone word is a lemma, anything else as it is."""
    word = " ".join(word.split())
    return word if any(sign in word for sign in " :+") else f"lemme:{word}"


def count(
    declared: Sequence[dict],
    tokens: pl.DataFrame,
    turns: pl.DataFrame,
    places: pl.DataFrame,
    place: str = "resources/hypotheses.yaml",
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the tables themes/indicators and themes/indicator_words.

    `declared`: hypotheses with their indicators; `places`: interview, speaker, variable, modality, as
    `hypothesis_counts.modalities` gives them. What participants say counts. A word that two searches of an indicator
    find is one occurrence, a sequence of words too. The specificity is that of Lafon (1980) on f occurrences among the
    t words of a modality, F among the T of those who have one; words are tokens other than punctuation and noise.
    Raises StudyError for all searches that cannot be read.
    """
    said = turns.filter(pl.col("role") == "participant").select(*TURN, "speaker")
    own = tokens.join(said.select(TURN), on=TURN, how="semi", maintain_order="left")
    words_said = own.filter(~pl.col("pos").is_in(SILENT_POS)).select(*TURN, first_token="token")
    sizes = _sizes(words_said.join(said, on=TURN), places)
    rows, words = [pl.DataFrame(schema=ROWS)], [pl.DataFrame(schema=WORDS)]
    problems: list[Problem] = []
    for hypothesis, indicator in ((h["id"], i) for h in declared for i in h["indicators"]):
        named = {"hypothesis": hypothesis, "indicator": indicator["name"]}
        hits = []
        for word in indicator["words"]:
            try:
                found = concordance.search(own, turns, query(word), 0).select(*PLACE, "speaker")
                found = found.join(words_said, on=PLACE, how="semi").unique(PLACE)
            except StudyError as error:
                what = f"indicateur « {indicator['name']} » de « {hypothesis} » : « {word} » ne se lit pas"
                problems += [Problem(place, what, fault.expected, fault.mend) for fault in error.problems]
                continue
            n = (found.height, found["interview"].n_unique())
            words.append(pl.DataFrame([(*named.values(), word, query(word), *n)], schema=WORDS, orient="row"))
            hits.append(found)
        if hits:
            about = {**named, "stance": indicator["stance"]}
            rows.append(_rows(pl.concat(hits).unique(PLACE), sizes, places, about))
    raise_all(problems)
    return pl.concat(rows), pl.concat(words)


def _sizes(spoken: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Return how many of the words `spoken` each modality says."""
    counted = spoken.group_by("interview", "speaker").len("n_words")
    sizes = places.join(counted, on=["interview", "speaker"], how="left")
    return sizes.group_by(KEY).agg(pl.col("n_words").sum().cast(pl.Int64))


def _rows(hits: pl.DataFrame, sizes: pl.DataFrame, places: pl.DataFrame, about: dict[str, str]) -> pl.DataFrame:
    by = hits.join(places, on=["interview", "speaker"]).group_by(KEY)
    cells = sizes.join(
        by.agg(n_occurrences=pl.len().cast(pl.Int64), n_interviews=pl.col("interview").n_unique().cast(pl.Int64)),
        on=KEY,
        how="left",
    ).with_columns(pl.col("n_occurrences", "n_interviews").fill_null(0))
    n, size = pl.col("n_occurrences"), pl.col("n_words")
    whole = [pl.col(name).sum().over("variable") for name in ("n_occurrences", "n_words")]
    cells = cells.with_columns(F=whole[0], T=whole[1], many=pl.len().over("variable") > 1).sort(KEY)
    numbers = (cells[name].to_numpy() for name in ("n_occurrences", "F", "n_words", "T"))
    scores = pl.Series(specificities.score(*numbers), dtype=pl.Float64)
    return cells.with_columns(
        **{name: pl.lit(text) for name, text in about.items()},
        per_thousand=pl.when(size > 0).then(1000 * n / size),
        score=pl.when(pl.col("many")).then(scores),
    ).select(*ROWS)
