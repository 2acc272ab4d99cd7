"""Words of an analysis: which segments it takes, how often each word occurs in them, who says it."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from verbatim.problems import Problem, StudyError, nearest, raise_all

COUNTED = ["active", "supplementary"]


def described(segments: pl.DataFrame, speakers: pl.DataFrame) -> pl.DataFrame:
    """Return interview, segment, speaker, question and the attributes of the speaker for each segment."""
    attributes = speakers.drop("role").drop("question", strict=False)
    return segments.select("interview", "segment", "speaker", "question").join(
        attributes, on=["interview", "speaker"], how="left", maintain_order="left"
    )


def select(
    segments: pl.DataFrame,
    turns: pl.DataFrame,
    speakers: pl.DataFrame,
    selection: dict[str, Sequence[str]],
    analysis: str = "…",
) -> pl.DataFrame:
    """Return the rows of corpus/segments that an analysis takes.

    `selection` maps an attribute (`interview`, `speaker`, `question` or any attribute of the
    speakers) to the values kept; all must hold; an empty one takes everything. `analysis` is its name
    for messages. Raises StudyError for an attribute that does not exist, a value that no participant
    has, and a selection in which nobody speaks.
    """
    place = f"config.yaml, analyses.{analysis}.select"
    known = _known_values(turns, speakers)
    raise_all([problem for name, values in selection.items() for problem in _faults(place, name, values, known)])
    rows = described(segments, speakers)
    kept = segments.filter(rows.select(pl.all_horizontal(pl.lit(True), *_conditions(selection))).to_series())
    if kept.is_empty():
        what = (
            "aucun mot de participant ne répond à toutes ces conditions" if selection else "aucun participant ne parle"
        )
        mend = "retirez une condition ou vérifiez les attributs dans interviews.csv"
        raise StudyError(Problem(place, what, "au moins un segment", mend))
    return kept


def _conditions(selection: dict[str, Sequence[str]]) -> list[pl.Expr]:
    return [pl.col(name).is_in(list(values)).fill_null(False) for name, values in selection.items()]


def _known_values(turns: pl.DataFrame, speakers: pl.DataFrame) -> dict[str, list[str]]:
    participants = speakers.filter(pl.col("role") == "participant").drop("role")
    columns = {name: participants[name] for name in participants.columns} | {"question": turns["question"]}
    return {name: values.drop_nulls().unique().sort().to_list() for name, values in columns.items()}


def _faults(place: str, name: str, values: Sequence[str], known: dict[str, list[str]]) -> list[Problem]:
    if name not in known:
        return [unknown(place, "attribut inconnu", name, known)]
    return [
        unknown(f"{place}.{name}", "valeur jamais rencontrée", v, known[name]) for v in values if v not in known[name]
    ]


def unknown(place: str, what: str, word: str, known: Sequence[str]) -> Problem:
    """Return the problem of a `word` that is none of the `known` ones, with the nearest of them."""
    near = nearest(word, known)
    shown = " | ".join(sorted(known)[:12]) + (" | …" if len(known) > 12 else "")
    return Problem(place, f"{what} « {word} »", shown, f"vouliez-vous « {near} » ?" if near else "")


def count(
    analysis: str, tokens: pl.DataFrame, segments: pl.DataFrame, turns: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Return the tables lexicon/forms, lexicon/lemmas and lexicon/segment_lemmas of `segments`.

    Counted: active and supplementary tokens of the participants' turns. A word that is active in one
    place and supplementary in another is active. Forms are put in lower case.
    """
    words = _words(tokens, segments, turns)
    place = ["interview", "segment"]
    in_segments = {
        name: words.group_by(*place, name, "pos").agg(count=pl.len().cast(pl.Int64), status=pl.col("status").min())
        for name in ("form", "lemma")
    }
    forms, lemmas, segment_lemmas = pl.collect_all(
        [
            *(_totals(frame.lazy(), name).sort(name, "pos") for name, frame in in_segments.items()),
            in_segments["lemma"].lazy().drop("status").sort(*place, "lemma", "pos"),
        ]
    )
    named = pl.lit(analysis).alias("analysis")
    return forms.with_columns(named), lemmas.with_columns(named), segment_lemmas.with_columns(named)


def _words(tokens: pl.DataFrame, segments: pl.DataFrame, turns: pl.DataFrame) -> pl.DataFrame:
    """Return interview, segment, form, lemma, pos and status of every token to count."""
    participants = turns.lazy().filter(pl.col("role") == "participant").select("interview", "turn")
    ranges = segments.lazy().select(
        "interview",
        "segment",
        first=pl.col("first_turn") * 2**32 + pl.col("first_token"),
        last=pl.col("last_turn") * 2**32 + pl.col("last_token"),
    )
    return (
        tokens.lazy()
        .filter(pl.col("status").is_in(COUNTED))
        .join(participants, on=["interview", "turn"], how="semi")
        .with_columns(position=pl.col("turn") * 2**32 + pl.col("token"), form=pl.col("form").str.to_lowercase())
        .sort("position")
        .join_asof(
            ranges.sort("first"),
            left_on="position",
            right_on="first",
            by="interview",
            strategy="backward",
            check_sortedness=False,
        )
        .filter(pl.col("position") <= pl.col("last"))
        .select("interview", "segment", "form", "lemma", "pos", "status")
        .collect()
    )


def _totals(in_segments: pl.LazyFrame, name: str) -> pl.LazyFrame:
    return in_segments.group_by(name, "pos").agg(
        n_occurrences=pl.col("count").sum(),
        n_segments=pl.len().cast(pl.Int64),
        n_interviews=pl.col("interview").n_unique().cast(pl.Int64),
        status=pl.col("status").min(),
    )


def by_modality(
    segment_lemmas: pl.DataFrame, segments: pl.DataFrame, speakers: pl.DataFrame, variable: str
) -> pl.DataFrame:
    """Return modality, interview, lemma, pos and f, the occurrences of each lemma, sorted by all but f.

    Segments whose speaker has no value for `variable` are left out.
    """
    modalities = described(segments, speakers).select("interview", "segment", pl.col(variable).alias("modality"))
    return (
        segment_lemmas.lazy()
        .join(modalities.lazy().drop_nulls("modality"), on=["interview", "segment"])
        .group_by("modality", "interview", "lemma", "pos")
        .agg(f=pl.col("count").sum())
        .sort("modality", "interview", "lemma", "pos")
        .collect()
    )


def check_variables(variables: Sequence[str], segments: pl.DataFrame, speakers: pl.DataFrame) -> None:
    """Raise StudyError when one of `variables` is neither `interview`, `question` nor an attribute of speakers."""
    known = [name for name in described(segments, speakers).columns if name not in ("segment", "speaker")]
    place = "config.yaml, specificities.variables"
    raise_all([unknown(place, "attribut inconnu", name, known) for name in variables if name not in known])
