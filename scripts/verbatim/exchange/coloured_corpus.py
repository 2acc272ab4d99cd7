"""The coloured corpus: all that an analysis is about, in order, each segment in the colour of its class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

import polars as pl

from verbatim.class_description.words import placed
from verbatim.exchange.coloured_style import STYLE, tint
from verbatim.typography import integer, percent

NONE_MARK = "–"


@dataclass(frozen=True)
class Heading:
    """What stands above the corpus: titles, and what a reader must be warned of.

    `names`: class -> name given by the researcher; `palette`: colours of the classes, in order, reused
    past the end; `n_undecided`: passages that may identify somebody and on which nobody decided.
    """

    study: str
    analysis: str
    palette: list[str]
    names: dict[int, str] = field(default_factory=dict)
    is_invented: bool = False
    n_undecided: int = 0


def coloured_corpus(
    tokens: pl.DataFrame,
    turns: pl.DataFrame,
    segments: pl.DataFrame,
    classes: pl.DataFrame,
    typical: pl.DataFrame,
    heading: Heading,
) -> str:
    """Return a page of HTML, in French, that needs no other file.

    Every turn of a participant that has words in the analysis, cut where its segments end; before it,
    smaller and without colour, what the interviewer says. The number of the class stands in the margin, so that
    nothing is told by colour alone; typical segments bear their rank (classes/typical_segments).
    """
    pieces = _pieces(tokens, turns, segments, classes)
    ranks = {tuple(place): rank for *place, rank in typical.select("interview", "segment", "rank").iter_rows()}
    parts = [*_head(heading, classes), *_nav(pieces)]
    for (interview,), own in pieces.group_by("interview", maintain_order=True):
        parts.append(f'<section id="{escape(interview)}"><h2>Entretien {escape(interview)}</h2>')
        parts += _turns(interview, own, ranks)
        parts.append("</section>")
    return "\n".join([*parts, "</main></body></html>", ""])


def _pieces(tokens: pl.DataFrame, turns: pl.DataFrame, segments: pl.DataFrame, classes: pl.DataFrame) -> pl.DataFrame:
    """Return interview, turn, speaker, role, segment, class and text of each stretch of a turn, in order.

    Segment and class are null for the interviewer, of whom the turns right before a participant's stand.
    """
    ends = placed(tokens, turns, segments, classes).group_by("interview", "turn", "segment", "class")
    said = ends.agg(pl.col("start").min(), pl.col("end").max())
    told = said.join(turns.select("interview", "turn", "speaker", "role", "text"), on=["interview", "turn"])
    told = told.with_columns(pl.col("text").str.slice(pl.col("start"), pl.col("end") - pl.col("start")))
    columns = ["interview", "turn", "speaker", "role", "segment", "class", "text"]
    spoken = said.select("interview", next_turn="turn").unique().sort("interview", "next_turn")
    participants = turns.filter(pl.col("role") == "participant").select("interview", next_turn="turn")
    asked = (
        turns.filter(pl.col("role") == "interviewer")
        .sort("interview", "turn")
        .join_asof(
            participants.sort("interview", "next_turn"),
            left_on="turn",
            right_on="next_turn",
            by="interview",
            strategy="forward",
            check_sortedness=False,
            coalesce=False,
        )
        .join(spoken, on=["interview", "next_turn"], how="semi")
        .with_columns(segment=pl.lit(None, pl.Int64), **{"class": pl.lit(None, pl.Int64)})
    )
    return pl.concat([told.select(columns), asked.select(columns)]).sort("interview", "turn", "segment")


def _head(heading: Heading, classes: pl.DataFrame) -> Iterator[str]:
    title = f"Corpus coloré · {heading.analysis}"
    counts = dict(classes.group_by("class").len().sort("class").iter_rows())
    tints = "\n".join(_rule(number, heading.palette) for number in counts if number > 0)
    yield f'<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"><title>{escape(title)}</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<style>\n{STYLE}{tints}\n</style></head><body><header>"
    yield f"<h1>{escape(title)}</h1><p>{escape(heading.study)}</p>"
    if heading.is_invented:
        yield '<p class="avis"><strong>Étude inventée.</strong> Les personnes et les lieux sont imaginaires.</p>'
    if heading.n_undecided:
        many = "s" if heading.n_undecided > 1 else ""
        told = f"{integer(heading.n_undecided)} passage{many} à décider : ne diffusez pas cette page."
        yield f'<p class="avis"><strong>Non vérifié.</strong> {told}</p>'
    yield '<h2>Légende</h2><ul class="legende">'
    for number in sorted(counts, key=lambda number: (number == 0, number)):
        segments = "segment" if counts[number] == 1 else "segments"
        share = f"{integer(counts[number])} {segments}, {percent(counts[number] / max(classes.height, 1))}"
        label = escape(_label(number, heading.names))
        yield f'<li class="{_css(number)}"><b>{_mark(number)}</b><span>{label} ({share})</span></li>'
    yield "</ul><p>Le numéro de la classe est dans la marge ; ◆ signale un segment typique et son rang.</p></header>"


def _nav(pieces: pl.DataFrame) -> Iterator[str]:
    interviews = [escape(name) for name in pieces["interview"].unique().sort()]
    links = " ".join(f'<a href="#{name}">{name}</a>' for name in interviews)
    yield f'<nav aria-label="Entretiens">{links}</nav><main>'


def _turns(interview: str, pieces: pl.DataFrame, ranks: dict[tuple[str, int], int]) -> Iterator[str]:
    begun: set[int] = set()
    for (turn, speaker), own in pieces.group_by("turn", "speaker", maintain_order=True):
        yield f"<h3>{escape(speaker)}, tour {turn}</h3>"
        for segment, number, text in own.select("segment", "class", "text").iter_rows():
            if segment is None:
                yield f'<p class="q">{escape(text, quote=False)}</p>'
                continue
            anchor = "" if segment in begun else f' id="{escape(interview)}-{segment}"'
            rank = "" if segment in begun else _rank(ranks.get((interview, segment)))
            begun.add(segment)
            label = _label(number, {}).lower()
            margin = f'<b title="{label}, segment {segment}">{_mark(number)}</b>'
            yield f'<p class="{_css(number)}"{anchor}>{margin}<span>{rank}{escape(text, quote=False)}</span></p>'


def _rank(rank: int | None) -> str:
    return "" if rank is None else f'<i title="segment typique, rang {rank}">◆{rank}</i> '


def _mark(number: int) -> str:
    return str(number) if number > 0 else NONE_MARK


def _css(number: int) -> str:
    return f"c c{number}"


def _label(number: int, names: dict[int, str]) -> str:
    if number == 0:
        return "Non classé"
    return f"Classe {number} · {names[number]}" if names.get(number) else f"Classe {number}"


def _rule(number: int, palette: list[str]) -> str:
    colour = palette[(number - 1) % len(palette)]
    return f".c{number} {{ background: {tint(colour)}; border-color: {colour}; }}"
