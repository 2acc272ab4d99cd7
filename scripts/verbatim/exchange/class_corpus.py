"""The corpus with its classes as text: IRaMuTeQ's format, and one plain text per class."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import polars as pl

from verbatim.reinert.incidence import NOT_ATTRIBUTES
from verbatim.transcripts.speakers import Line, Partition, candidate
from verbatim.transcripts.starred_text import IRAMUTEQ, THEME, WITHOUT_MODALITY

INTERVIEW, CLASS = "entretien", "classe"
NOT_SAFE = re.compile(r"[\W_]+")
BEGINNING = re.compile(r"\w+|.")
# line ends of any kind, not the no-break spaces of French typography
BLANKS = r"[\s--[\u{00A0}\u{202F}]]+"


def starred_corpus(
    segments: pl.DataFrame, classes: pl.DataFrame, speakers: pl.DataFrame, touched: pl.DataFrame | None = None
) -> str:
    """Return the segments of `classes` (classes/segments) as a corpus in IRaMuTeQ's format.

    A text for each run of segments of one class and the same themes that one speaker says on end, one segment a line,
    with `*entretien_…`, `*classe_…` (0 = unclassified), the attributes of the speaker and `*theme-…_oui` for each theme
    that a coding gives to the segments (`touched`: theme, interview, segment). Names lose what is neither letter nor
    digit (see `safe_names`). A line that either program would take for something else than words is broken in two;
    neither minds line ends.
    """
    rows = _ordered(segments, classes).join(_themes(touched), on=["interview", "segment"], how="left")
    rows = rows.with_columns(pl.col("themes").fill_null("")).sort("interview", "segment")
    rows = rows.with_columns(
        run=pl.any_horizontal(
            *(pl.col(name).ne_missing(pl.col(name).shift()) for name in ("interview", "speaker", "class", "themes")),
            pl.col("segment").diff().ne_missing(1),
        ).cum_sum()
    )
    stars = _stars(speakers)
    texts = []
    for (_, interview, speaker, number, themes), own in rows.group_by(
        "run", "interview", "speaker", "class", "themes", maintain_order=True
    ):
        head = f"**** *{INTERVIEW}_{interview} *{CLASS}_{number}{stars.get((interview, speaker), '')}{themes}"
        texts.append("\n".join([head, *_lines(own["text"].to_list())]) + "\n")
    return "\n".join(texts)


def _themes(touched: pl.DataFrame | None) -> pl.DataFrame:
    """Return interview, segment and ` *theme-…_oui …` of each segment that a theme touches."""
    if touched is None:
        return pl.DataFrame(schema={"interview": pl.String, "segment": pl.Int64, "themes": pl.String})
    names = safe_names(touched["theme"].unique().sort())
    stars = {theme: f" *theme-{name}_{WITHOUT_MODALITY}" for theme, name in names.items()}
    starred = touched.unique().sort("interview", "segment", "theme")
    starred = starred.with_columns(themes=pl.col("theme").replace_strict(stars, return_dtype=pl.String))
    return starred.group_by("interview", "segment", maintain_order=True).agg(pl.col("themes").str.join(""))


def by_class(segments: pl.DataFrame, classes: pl.DataFrame) -> dict[str, str]:
    """Return one text for each class, by file name: its segments, one a line, after their place in brackets."""
    rows = _ordered(segments, classes).filter(pl.col("class") > 0)
    files: dict[str, list[str]] = {f"classe_{number}.txt": [] for number in rows["class"].unique().sort()}
    for row in rows.iter_rows(named=True):
        files[f"classe_{row['class']}.txt"].append(f"[{place(row)}] {row['text']}\n")
    return {name: "".join(lines) for name, lines in files.items()}


def place(row: dict) -> str:
    """Return « A01, tour 2 », with the speaker where the interview is not named after him."""
    who = "" if row["speaker"] == row["interview"] else f", {row['speaker']}"
    return f"{row['interview']}{who}, tour {row['first_turn']}"


def _ordered(segments: pl.DataFrame, classes: pl.DataFrame) -> pl.DataFrame:
    own = classes.select("interview", "segment", "class")
    text = pl.col("text").str.replace_all(BLANKS, " ").str.strip_chars()
    return segments.join(own, on=["interview", "segment"]).sort("interview", "segment").with_columns(text)


def safe_names(names: Iterable[str]) -> dict[str, str]:
    """Return each name without what a starred variable or modality may not hold, still all different.

    Runs of anything but letters and digits become a hyphen; accents stay. Names that would become the same
    get a number, in their order.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        plain = NOT_SAFE.sub("-", name).strip("-") or "vide"
        safe, copy = plain, 1
        while safe in taken:
            copy += 1
            safe = f"{plain}-{copy}"
        taken.add(safe)
        found[name] = safe
    return found


def _stars(speakers: pl.DataFrame) -> dict[tuple[str, str], str]:
    """Return ` *attribute_modality …` for each (interview, speaker)."""
    attributes = [name for name in speakers.columns if name not in NOT_ATTRIBUTES]
    variables = safe_names([INTERVIEW, CLASS, *attributes])
    cells: dict[tuple[str, str], str] = {}
    modalities = {
        name: safe_names(values.filter(values != "").unique().sort())
        for name in attributes
        for values in [speakers[name].drop_nulls().str.strip_chars()]
    }
    for row in speakers.sort("interview", "speaker").iter_rows(named=True):
        borne = [(name, (row[name] or "").strip()) for name in attributes]
        stars = [f" *{variables[name]}_{modalities[name][value]}" for name, value in borne if value]
        cells[row["interview"], row["speaker"]] = "".join(stars)
    return cells


def _lines(texts: list[str]) -> Iterator[str]:
    """Yield the lines of a run of segments, none of which reads as a starred line or a label of a speaker."""
    if _is_labelled(texts):
        cut = BEGINNING.match(texts[0]).end()
        texts = [texts[0][:cut], texts[0][cut:].lstrip(), *texts[1:]]
    for text in texts:
        rest = text
        while _is_starred(rest):
            yield rest[0]
            rest = rest[1:].lstrip()
        if rest:
            yield rest


def _is_starred(line: str) -> bool:
    return bool(IRAMUTEQ.fullmatch(line) or THEME.fullmatch(line))


def _is_labelled(texts: list[str]) -> bool:
    """Say whether the first line would be read as that of a labelled speaker, in any study."""
    first = candidate(Line(texts[0], "\n"))
    return first is not None and (first.is_strong or Partition([Line(text, "\n") for text in texts]).begins_labelled)
