"""Which segments an analysis takes, and by which variables they may be compared."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from verbatim.problems import Problem, StudyError, nearest, raise_all

# the variable whose modalities are the classes of the analysis
CLASS = "class"


def described(segments: pl.DataFrame, speakers: pl.DataFrame) -> pl.DataFrame:
    """Return interview, segment, speaker, question and the attributes of the speaker for each segment."""
    attributes = speakers.drop("role").drop("question", CLASS, strict=False)
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


def check_variables(variables: Sequence[str], segments: pl.DataFrame, speakers: pl.DataFrame) -> None:
    """Raise StudyError when one of `variables` is no attribute of speakers, `interview`, `question` or `class`."""
    known = [name for name in described(segments, speakers).columns if name not in ("segment", "speaker")]
    known.append(CLASS)
    place = "config.yaml, specificities.variables"
    raise_all([unknown(place, "attribut inconnu", name, known) for name in variables if name not in known])
