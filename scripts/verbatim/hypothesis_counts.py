"""Who speaks for or against a hypothesis, where coders contradict one another, and what nobody placed yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import polars as pl

from verbatim.counted_codings import COUNTED
from verbatim.grid import Grid, descendants
from verbatim.hypotheses import SPAN
from verbatim.lexicon import unknown
from verbatim.problems import raise_all

STANCES = ("for", "against", "nuance")
EVERYBODY = ("all", "all")
COUNTS = {
    **dict.fromkeys(("hypothesis", "stance", "variable", "modality"), pl.String),
    **dict.fromkeys(("n_codings", "n_interviews", "n_coded"), pl.Int64),
}


def variables(asked: Sequence[str], speakers: pl.DataFrame) -> list[str]:
    """Return the attributes to count by: panel first, then those `asked` (settings themes.variables).

    Raises StudyError for those that no participant has.
    """
    attributes = [name for name in speakers.columns if name not in ("interview", "speaker", "role")]
    known = [*attributes, "interview"]
    place = "config.yaml, themes.variables"
    raise_all([unknown(place, "attribut inconnu", name, known) for name in asked if name not in known])
    return list(dict.fromkeys(["panel", *(name for name in asked if name in attributes)]))


def modalities(speakers: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Return interview, speaker, variable and modality of the participants: everybody, their interview, `names`."""
    people = speakers.filter(pl.col("role") == "participant")
    parts = [(EVERYBODY[0], pl.lit(EVERYBODY[1])), ("interview", pl.col("interview"))]
    parts += [(name, pl.col(name)) for name in names]
    return pl.concat(
        people.select(
            "interview", "speaker", variable=pl.lit(name, pl.String), modality=value.cast(pl.String)
        ).drop_nulls("modality")
        for name, value in parts
    )


def count(
    weighed: pl.DataFrame,
    codings: pl.DataFrame,
    turns: pl.DataFrame,
    speakers: pl.DataFrame,
    known: Sequence[str],
    names: Sequence[str],
) -> pl.DataFrame:
    """Return the table themes/hypothesis_counts: every hypothesis × stance × modality, zeros included.

    `weighed`: `hypotheses.weigh`; `known`: identifiers; `names`: `variables`. A passage belongs to who speaks in its
    turn. An interview counts for a modality when one of its participants has it.
    """
    if not known:
        return pl.DataFrame(schema=COUNTS)
    places = modalities(speakers, names)
    spoken = turns.select("interview", "turn", "speaker")
    counted = codings.filter(COUNTED).join(spoken, on=["interview", "turn"], how="left")
    key = ["variable", "modality"]
    coded = places.join(counted.select("interview").unique(), on="interview", how="semi")
    sizes = coded.group_by(key).agg(n_coded=pl.col("interview").n_unique())
    about = weighed.join(counted.select("coding", "interview", "speaker"), on="coding")
    own = about.join(places.filter(~_whole()), on=["interview", "speaker"])
    # What an interviewer says bears on nobody's attribute, yet it stands in an interview.
    anyone = places.filter(_whole()).drop("speaker").unique()
    found = pl.concat([own.drop("speaker"), about.drop("speaker").join(anyone, on="interview")], how="diagonal")
    counts = found.group_by("hypothesis", "stance", *key).agg(
        n_codings=pl.col("passage").n_unique(), n_interviews=pl.col("interview").n_unique()
    )
    cells = pl.DataFrame({"hypothesis": list(known)}).join(pl.DataFrame({"stance": STANCES}), how="cross")
    cells = cells.join(places.select(key).unique(), how="cross")
    cells = cells.join(counts, on=["hypothesis", "stance", *key], how="left").join(sizes, on=key, how="left")
    return cells.with_columns(pl.col("n_codings", "n_interviews", "n_coded").fill_null(0)).select(
        pl.col(name).cast(kind) for name, kind in COUNTS.items()
    )


def _whole() -> pl.Expr:
    return pl.col("variable").is_in(["all", "interview"])


def contradictions(weighed: pl.DataFrame, codings: pl.DataFrame) -> pl.DataFrame:
    """Return the table themes/contradictions: codings for and against a hypothesis that share words."""
    placed = weighed.join(codings.select("coding", *SPAN), on="coding")
    sides = [placed.filter(pl.col("stance") == stance) for stance in STANCES[:2]]
    both = _meeting(sides[0], sides[1].rename({"coding": "other"}), ["hypothesis", "interview", "turn"])
    return both.select("hypothesis", "coding", "other", "interview").unique()


def links(declared: Sequence[dict], grid: Grid) -> dict[str, set[str]]:
    """Return hypothesis -> the themes that bear on it: those it names, those that name it, and all below them.

    A theme renamed, merged or split since stands for those that took its place.
    """
    below = descendants(grid.themes)
    found = {}
    for one in declared:
        own = [theme.id for theme in grid.themes if one["id"] in theme.hypotheses]
        for theme in one["themes"]:
            own += grid.parts.get(theme, (grid.current.get(theme, theme),))
        found[one["id"]] = {t for theme in own for t in below.get(theme, [theme])}
    return found


def unplaced(weighed: pl.DataFrame, codings: pl.DataFrame, links: Mapping[str, Collection[str]]) -> pl.DataFrame:
    """Return the table themes/unplaced: what bears on a hypothesis and has no stance yet.

    `links`: hypothesis -> its themes and those below them. Codings of these themes, and those that name the hypothesis
    without a stance; not those that share words with a passage that somebody placed.
    """
    counted = codings.filter(COUNTED)
    placed = weighed.join(codings.select("coding", *SPAN), on="coding")
    rows = [pl.DataFrame(schema={"hypothesis": pl.String, "coding": pl.String, "theme": pl.String})]
    for hypothesis, themes in sorted(links.items()):
        named = (pl.col("hypothesis") == hypothesis).fill_null(False)
        own = counted.filter(named | pl.col("theme").is_in(list(themes)))
        there = placed.filter(pl.col("hypothesis") == hypothesis).rename({"coding": "other"}).drop("hypothesis")
        met = _meeting(own, there, ["interview", "turn"])
        left = own.join(met.select("coding"), on="coding", how="anti")
        rows.append(left.select(pl.lit(hypothesis).alias("hypothesis"), "coding", "theme"))
    return pl.concat(rows)


def _meeting(spans: pl.DataFrame, others: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """Return the pairs of `spans` and `others` of the same turn that share a character."""
    return spans.join(others, on=key, suffix="_other").filter(
        (pl.col("start") < pl.col("end_other")) & (pl.col("start_other") < pl.col("end"))
    )
