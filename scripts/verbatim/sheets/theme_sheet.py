"""The sheet of a theme: what it is, who speaks of it and who does not, what is shared, what parts, what to quote."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from verbatim.grid import Theme
from verbatim.report.wording import variable as named
from verbatim.sheets import comparison, own_words
from verbatim.sheets.coded_study import CodedStudy
from verbatim.sheets.comparison import SURE, Contrary, holders
from verbatim.sheets.own_words import OwnWord
from verbatim.sheets.passages import Passage
from verbatim.sheets.sentences import Link, Sentence, count, equals
from verbatim.typography import decimal, integer, percent

MOST_PAIRS, MOST_WORDS = 5, 12
# Of coefficients of one kind, which differ by little, one; the page of the themes has them all.
COEFFICIENTS = {"krippendorff": "α de Krippendorff", "gwet": "AC1 de Gwet", "unitised": "uα (mots exacts)"}
UNITS = {"segment": "segments", "sentence": "phrases", "turn": "tours"}


@dataclass(frozen=True)
class Group:
    """A modality (or all coded interviews): who holds the theme, with how many passages, and who does not."""

    variable: str
    modality: str
    holding: list[tuple[str, int]]
    without: list[str]
    share: float
    row: dict | None

    @property
    def n(self) -> int:
        """Coded interviews of the group."""
        return len(self.holding) + len(self.without)


@dataclass(frozen=True)
class Verbatim:
    """A verbatim of the sheet: the coding whose words are quoted, its passage, and why it was chosen."""

    coding: dict
    coders: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class ThemeSheet:
    """All that the sheet of a theme says; lists are empty where there is nothing to say."""

    theme: Theme
    mothers: list[Theme]
    parts: list[tuple[Theme, int]]
    hypotheses: list[dict]
    n_passages: int
    summary: Sentence
    groups: list[Group]
    convergences: list[Sentence]
    divergences: list[Sentence]
    undecided: str
    contrary: list[Contrary]
    contrary_interviews: list[Sentence]
    pairs: list[Sentence]
    classes: dict[str, list[Sentence]]
    words: list[OwnWord]
    agreement: list[str]
    verbatims: list[Verbatim]
    passages: list[Passage] = field(default_factory=list)

    @property
    def is_coded(self) -> bool:
        """Whether somebody coded a passage under it."""
        return self.n_passages > 0


def sheets(study: CodedStudy) -> list[ThemeSheet]:
    """Return the sheets of all themes, in the order of the grid."""
    words = study.corpus.words
    return [_sheet(study, theme, words) for theme in study.themes]


def _sheet(study: CodedStudy, theme: Theme, spoken) -> ThemeSheet:
    own = study.passages[theme.id]
    words = own_words.of_passages(spoken, own, study.coded) if own else []
    against, interviews = comparison.contrary(study, theme.id)
    return ThemeSheet(
        theme=theme,
        mothers=_mothers(study, theme),
        parts=[(t, len(study.passages[t.id])) for t in study.themes if t.parent == theme.id],
        hypotheses=_hypotheses(study, theme),
        n_passages=len(own),
        summary=_summary(study, theme.id, own),
        groups=_groups(study, theme.id) if own else [],
        convergences=comparison.convergences(study, theme.id, words) if own else [],
        divergences=comparison.divergences(study, theme.id) if own else [],
        undecided=comparison.smallest(study, theme.id) if own else "",
        contrary=against,
        contrary_interviews=interviews if own else [],
        pairs=_pairs(study, theme.id),
        classes={name: told for name in study.material.analyses if (told := _classes(study, theme.id, name))},
        words=words[:MOST_WORDS],
        agreement=_agreement(study, theme.id),
        verbatims=_verbatims(study, theme.id, own),
        passages=study.own_passages(theme.id),
    )


def _mothers(study: CodedStudy, theme: Theme) -> list[Theme]:
    known = {one.id: one for one in study.themes}
    found: list[Theme] = []
    while theme.parent:
        theme = known[theme.parent]
        found.insert(0, theme)
    return found


def _hypotheses(study: CodedStudy, theme: Theme) -> list[dict]:
    linked = {one["id"] for one in study.material.hypotheses if theme.id in one.get("themes", [])}
    linked |= set(theme.hypotheses)
    return [one for one in study.material.hypotheses if one["id"] in linked]


def _summary(study: CodedStudy, theme: str, own: list[Passage]) -> Sentence:
    if not study.coded:
        return ("Aucun entretien n'est encore codé.",)
    if not own:
        coded = f"{integer(len(study.coded))} entretien{'s' if len(study.coded) > 1 else ''} codé"
        return (f"Personne n'en parle dans {coded}{'s' if len(study.coded) > 1 else ''}.",)
    held = holders(study, theme)
    coders = " et ".join(sorted({coder for passage in own for coder in passage.coders}))
    return (
        count(len(own), "passage", t=theme),
        f" dans {integer(len(held))} des {integer(len(study.coded))} entretiens codés"
        if len(study.coded) > 1
        else " dans le seul entretien codé",
        f" ; {percent(_share(study, theme, study.coded))} des mots de leurs participants ; codé par {coders}.",
    )


def _share(study: CodedStudy, theme: str, interviews: list[str]) -> float:
    """Return the words of a theme over all words of the participants of these interviews."""
    words = sum(study.cells[theme, i]["n_words"] for i in interviews if (theme, i) in study.cells)
    return words / max(1, sum(study.n_words.get(i, 0) for i in interviews))


def _groups(study: CodedStudy, theme: str) -> list[Group]:
    n_of = {i: study.cells[theme, i]["n_codings"] for i in study.coded if (theme, i) in study.cells}
    if not n_of:
        for passage in study.passages[theme]:
            n_of[passage.interview] = n_of.get(passage.interview, 0) + 1
    rows = {(r["variable"], r["modality"]): r for r in study.row("themes/groups", theme)}
    named_groups = [(v, m, own) for v, modalities in study.groups.items() for m, own in modalities.items()]
    return [
        Group(
            variable,
            modality,
            sorted(((i, n_of[i]) for i in own if n_of.get(i)), key=lambda pair: (-pair[1], pair[0])),
            [i for i in own if not n_of.get(i)],
            _share(study, theme, own),
            rows.get((variable, modality)),
        )
        for variable, modality, own in named_groups or [("", "", study.coded)]
    ]


def _pairs(study: CodedStudy, theme: str) -> list[Sentence]:
    near = _neighbours(study, theme)
    table = study.material.table("themes/pairs")
    rows = [
        row
        for row in table.filter(pl.col("n_turns") > 0).iter_rows(named=True)
        if (row["theme"] == theme and row["other"] in near) or (row["other"] == theme and row["theme"] in near)
    ]
    rows.sort(key=lambda row: (row["p_turns"], -row["n_turns"], row["theme"], row["other"]))
    found = []
    for row in rows[:MOST_PAIRS]:
        other = row["other"] if row["theme"] == theme else row["theme"]
        sure = (
            "plus qu'au hasard, " if row["p_turns_adjusted"] < SURE else "une piste, " if row["p_turns"] < SURE else ""
        )
        met = count(row["n_turns"], "tour commun", "tours communs", t=theme, o=other)
        told = f" (attendus {decimal(row['expected_turns'])} ; {sure}{equals(row['p_turns'])})"
        found.append((Link(study.titles.get(other, other), f"themes/{other}"), " : ", met, told))
    return found


def _neighbours(study: CodedStudy, theme: str) -> set[str]:
    """Return the themes to compare with: of the last level, for one of the last level; else those of its own level."""
    mothers = {one.parent for one in study.themes}
    level = next(one.level for one in study.themes if one.id == theme)
    if theme not in mothers:
        return {one.id for one in study.themes if one.id not in mothers}
    return {one.id for one in study.themes if one.level == level}


def _classes(study: CodedStudy, theme: str, analysis: str) -> list[Sentence]:
    rows = [
        row
        for row in study.material.table("themes/theme_class", analysis).iter_rows(named=True)
        if row["theme"] == theme and row["n"] > row["expected_by_interview"]
    ]
    rows.sort(key=lambda row: (row["p_by_interview"], -row["n"], row["class"]))
    near = [row for row in rows if row["p_by_interview"] < SURE]
    found = []
    for row in near or rows[:1]:
        sure = "" if row["p_adjusted"] < SURE else " ; une piste" if near else " ; pas plus qu'au hasard"
        met = count(row["n"], "segment", t=theme, c=str(row["class"]))
        told = f" (attendus {decimal(row['expected_by_interview'])} ; {equals(row['p_by_interview'])}{sure})"
        label = study.material.class_label(analysis, row["class"])
        found.append((label, " : ", met, told))
    return found


def _agreement(study: CodedStudy, theme: str) -> list[str]:
    rows = {row["coefficient"]: row for row in study.row("themes/agreement", theme) if row["value"] is not None}
    found = []
    for name, title in COEFFICIENTS.items():
        if name in rows:
            low, high = (rows[name][bound] for bound in ("low", "high"))
            bounds = "" if low is None else f" [{decimal(low, 2)} ; {decimal(high, 2)}]"
            found.append(f"{title} : {decimal(rows[name]['value'], 2)}{bounds}")
    compared = next((row for row in rows.values() if row["unit"] in UNITS), None)
    if compared is not None:
        n, seen, unit = compared["n_coders"], compared["n_seen"], UNITS[compared["unit"]]
        shared = (
            f"vu par tous dans {integer(compared['n_shared'])} {unit}, sur les {integer(seen)} où quelqu'un le voit"
        )
        found.append(f"{shared} ({integer(n)} personnes comparées)")
    return found


def _verbatims(study: CodedStudy, theme: str, own: list[Passage]) -> list[Verbatim]:
    coders = {row["coding"]: passage.coders for passage in own for row in passage.codings}
    return [
        Verbatim(study.by_coding[row["coding"]], coders[row["coding"]], row["reason"])
        for row in study.row("themes/chosen_verbatims", theme)
        if row["coding"] in coders
    ]


def group_title(group: Group) -> str:
    """Return « panel : accompagnant », or « Entretiens codés » where nothing is compared."""
    return f"{named(group.variable)} : {group.modality}" if group.variable else "Entretiens codés"
