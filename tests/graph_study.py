"""A study of a few segments whose tables the similarity graphs are made from."""

from pathlib import Path

import polars as pl
import yaml

from verbatim import similarity
from verbatim.settings import fill

SCHEMA = Path(__file__).parents[1] / "workflow/schemas/config.schema.yaml"
PROFILE = {"class": pl.Int64, "kind": pl.String, "term": pl.String, "chi2": pl.Float64}


def graph_settings(drawn=None, **own):
    """The section `graphs` of the settings, completed; by default without resamples and from one occurrence on."""
    study = {"study": {"title": "Essai", "date": "2022-06-30"}, "analyses": {"tous": {}}}
    quick = {"resamples": 0, "minimum_frequency": 1, **own}
    return fill({**study, "graphs": {**quick, "drawn": drawn or {"ensemble": {"of": "corpus"}}}}, yaml_schema())[
        "graphs"
    ]


def yaml_schema():
    return yaml.safe_load(SCHEMA.read_text(encoding="utf-8"))


def lexicon(speech, supplementary=("le",)):
    """Tables segment_lemmas and lemmas from a list of the words of each segment."""
    rows = [("tous", f"E{1 + n % 4}", 1 + n // 4, w, "NOUN", 1) for n, said in enumerate(speech) for w in said]
    types = dict.fromkeys(("analysis", "interview", "segment", "lemma", "pos", "count"), pl.String)
    said = pl.DataFrame(rows, types | {"segment": pl.Int64, "count": pl.Int64}, orient="row")
    lemmas = said.group_by("analysis", "lemma", "pos").agg(
        n_occurrences=pl.col("count").sum(),
        n_segments=pl.len().cast(pl.Int64),
        n_interviews=pl.col("interview").n_unique().cast(pl.Int64),
    )
    kind = pl.when(pl.col("lemma").is_in(supplementary)).then(pl.lit("supplementary")).otherwise(pl.lit("active"))
    return said, lemmas.with_columns(status=kind)


def profiles(*rows):
    """The columns of classes/profiles that graphs read."""
    return pl.DataFrame(rows, PROFILE, orient="row")


def places(n):
    """Interview and number of n segments: four interviews take them in turn."""
    return [(f"E{1 + k % 4}", 1 + k // 4) for k in range(n)]


def material(speech, classes=(), told=None, turns=None, **more):
    """The tables of a study of these segments; E1 and E2 are of panel a, E3 of panel b, E4 of none.

    `turns`: first and last turn of each segment; when None each has a turn of its own.
    """
    said, lemmas = lexicon(speech)
    own = places(len(speech))
    spans = turns or [(number, number) for _, number in own]
    text = {"interview": pl.String, "segment": pl.Int64}
    segments = pl.DataFrame(
        [(i, s, i, None, first, 1, last, 99) for (i, s), (first, last) in zip(own, spans, strict=True)],
        {
            **text,
            "speaker": pl.String,
            "question": pl.String,
            **dict.fromkeys(("first_turn", "first_token", "last_turn", "last_token"), pl.Int64),
        },
        orient="row",
    )
    speakers = pl.DataFrame(
        {"interview": ["E1", "E2", "E3", "E4"], "speaker": ["E1", "E2", "E3", "E4"], "panel": ["a", "a", "b", None]}
    ).with_columns(role=pl.lit("participant"))
    numbers = [*classes, *[0] * (len(speech) - len(classes))]
    classed = pl.DataFrame(own, text, orient="row").with_columns(pl.Series("class", numbers, dtype=pl.Int64))
    told = profiles() if told is None else told
    return similarity.GraphMaterial(said, lemmas, told, classed, segments, speakers, **more)
