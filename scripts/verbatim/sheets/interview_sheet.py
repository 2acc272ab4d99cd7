"""The sheet of an interview: who speaks, how much, of what, in which words, for and against what."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from verbatim.grid import Theme
from verbatim.report.wording import variable as named
from verbatim.sheets import own_words
from verbatim.sheets.coded_study import CodedStudy
from verbatim.sheets.own_words import OwnWord
from verbatim.sheets.passages import Passage, joined
from verbatim.sheets.time_line import TimeLine, time_line

MOST_WORDS, MOST_TYPICAL = 15, 3


@dataclass(frozen=True)
class Typical:
    """A segment of the interview that its class holds for typical: `rank` among those of the class."""

    number: int
    rank: int
    segment: int


@dataclass(frozen=True)
class Seen:
    """A theme in the interview: passages (those below it too) and share of the words."""

    theme: Theme
    share: float
    passages: list[Passage]


@dataclass(frozen=True)
class InterviewSheet:
    """All that the sheet of an interview says; `share`: of its words, those of participants.

    `usual`: the same share in all interviews of its panel; `classes`: analysis -> class -> segments; `stances`:
    hypothesis -> stance -> passages; `is_coded`: whether somebody coded something in it.
    """

    interview: str
    panel: str | None
    people: list[tuple[str, list[tuple[str, str]]]]
    n_turns: int
    n_words: int
    share: float
    usual: float
    n_usual: int
    words: list[OwnWord]
    themes: list[Seen]
    absent: list[Theme]
    classes: dict[str, dict[int, int]]
    typical: dict[str, list[Typical]]
    stances: list[tuple[dict, dict[str, list[Passage]]]]
    line: TimeLine
    analysis: str | None
    is_coded: bool


def sheets(study: CodedStudy) -> list[InterviewSheet]:
    """Return the sheets of all interviews, in order."""
    words = own_words.of_interviews(study.corpus.words)
    typical = {name: _typical(study, name) for name in study.material.analyses}
    shares = _shares(study)
    return [
        _sheet(study, row, words.get(row["interview"], [])[:MOST_WORDS], typical, shares)
        for row in study.interviews.sort("interview").iter_rows(named=True)
    ]


def _sheet(study: CodedStudy, row: dict, words: list[OwnWord], typical: dict, shares: dict) -> InterviewSheet:
    interview = row["interview"]
    seen = [_seen(study, theme, interview) for theme in study.themes]
    mothers = {theme.parent for theme in study.themes}
    classes = {name: _sizes(study, name, interview) for name in study.material.analyses}
    inside = [name for name in study.material.analyses if interview in study.classes(name)]
    usual, n_usual = shares[row.get("panel")]
    return InterviewSheet(
        interview=interview,
        panel=row.get("panel"),
        people=_people(study, interview),
        n_turns=row["n_turns"],
        n_words=row["n_words"],
        share=row["n_words"] / max(1, row["n_words"] + row["n_words_interviewer"]),
        usual=usual,
        n_usual=n_usual,
        words=words,
        themes=[one for one in seen if one.passages],
        absent=[one.theme for one in seen if not one.passages and one.theme.id not in mothers],
        classes={name: sizes for name, sizes in classes.items() if sizes},
        typical={name: own[interview] for name, own in typical.items() if interview in own},
        stances=_stances(study, interview),
        line=time_line(study, interview, inside[0] if inside else None),
        analysis=inside[0] if inside else None,
        is_coded=interview in study.coded,
    )


def _shares(study: CodedStudy) -> dict[str | None, tuple[float, int]]:
    """Return panel -> share of the words that its participants say, in all its interviews, and how many these are."""
    whole = pl.col("n_words").sum() + pl.col("n_words_interviewer").sum()
    rows = study.interviews.group_by("panel").agg(pl.col("n_words").sum() / pl.max_horizontal(whole, 1), n=pl.len())
    return {panel: (share, n) for panel, share, n in rows.iter_rows()}


def _people(study: CodedStudy, interview: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the participants of an interview: code, and their attributes with their names."""
    material = study.material
    found = []
    for row in material.participants.filter(pl.col("interview") == interview).iter_rows(named=True):
        names = [name for name in ("panel", *material.attributes) if row.get(name) is not None]
        found.append((row["speaker"], [(named(name), str(row[name])) for name in names]))
    return found


def _seen(study: CodedStudy, theme: Theme, interview: str) -> Seen:
    own = [passage for passage in study.passages[theme.id] if passage.interview == interview]
    return Seen(theme, study.cells.get((theme.id, interview), {}).get("share", 0.0), own)


def _sizes(study: CodedStudy, analysis: str, interview: str) -> dict[int, int]:
    """Return class -> segments of the interview (0: not classified), in order."""
    sizes: dict[int, int] = {}
    for _, number in study.classes(analysis).get(interview, []):
        sizes[number] = sizes.get(number, 0) + 1
    return dict(sorted(sizes.items(), key=lambda pair: (pair[0] == 0, pair[0])))


def _typical(study: CodedStudy, analysis: str) -> dict[str, list[Typical]]:
    """Return interview -> its segments that stand highest among the typical ones of their classes."""
    table = study.material.table("classes/typical_segments", analysis)
    found: dict[str, list[Typical]] = {}
    for row in table.sort("rank", "class").iter_rows(named=True):
        own = found.setdefault(row["interview"], [])
        if len(own) < MOST_TYPICAL:
            own.append(Typical(row["class"], row["rank"], row["segment"]))
    return found


def _stances(study: CodedStudy, interview: str) -> list[tuple[dict, dict[str, list[Passage]]]]:
    found = []
    for hypothesis in study.material.hypotheses:
        own = [r for r in study.rows if r["interview"] == interview and r["hypothesis"] == hypothesis["id"]]
        sides = {s: joined(r for r in own if r["stance"] == s) for s in ("for", "against", "nuance")}
        if any(sides.values()):
            found.append((hypothesis, sides))
    return found
