"""What the public version asks of a study: its candidates, the people behind them, the words they say."""

from __future__ import annotations

from functools import cached_property

import polars as pl

from verbatim.public_report import word_runs
from verbatim.public_report.verbatims import Candidate
from verbatim.report.material import OWN_COLUMNS
from verbatim.sheets.coded_study import CodedStudy

# typical segments of a class that may be shown, best first
MOST_TYPICAL = 8


class PublicStudy:
    """A study seen from outside; `k`: people who must share something for it to tell nobody."""

    def __init__(self, study: CodedStudy, k: int):
        self.coded, self.corpus, self.material, self.k = study, study.corpus, study.corpus.material, k

    @cached_property
    def said(self) -> word_runs.Runs:
        """Runs of words of the participants' turns."""
        turns = self.material.table("corpus/turns")
        return word_runs.runs(turns.filter(pl.col("role") == "participant")["text"])

    @cached_property
    def words(self) -> dict[tuple[str, int], list[tuple[int, int, str, str, str]]]:
        """(interview, turn) -> (start, end, lemma, pos, form) of its words."""
        columns = ("interview", "turn", "start", "end", "lemma", "pos", "form")
        found: dict[tuple[str, int], list] = {}
        for interview, turn, *word in self.material.table("corpus/tokens").select(columns).iter_rows():
            found.setdefault((interview, turn), []).append(tuple(word))
        return found

    @cached_property
    def participants_words(self) -> pl.DataFrame:
        """interview, lemma and pos of all that participants say, whatever counts."""
        own = self.material.table("corpus/turns").filter(pl.col("role") == "participant")
        tokens = self.material.table("corpus/tokens")
        return tokens.join(own.select("interview", "turn"), on=["interview", "turn"], how="semi").select(
            "interview", "lemma", "pos"
        )

    @cached_property
    def groups(self) -> dict[str, dict[str, int]]:
        """Attribute (panel too) -> modality -> participants who have it, of those that enough people share."""
        people = self.material.participants
        found = {}
        for name in ("panel", *self.material.attributes):
            counts = people.drop_nulls(name).group_by(pl.col(name).cast(pl.String)).len().sort(name).rows()
            shared = {modality: n for modality, n in counts if n >= self.k}
            if shared and name not in OWN_COLUMNS[:3]:
                found[name] = shared
        return found

    def panel(self, interview: str, speaker: str | None) -> str | None:
        """Return the panel of a speaker, None where too few people have it."""
        found = self.material.panels.get((interview, speaker or ""))
        return found if found in self.groups.get("panel", {}) else None

    def of_theme(self, theme: str) -> list[Candidate]:
        """Return the verbatims chosen for a theme, in their order."""
        held = {one.interview for one in self.coded.passages[theme]}
        where = f"thème « {self.coded.titles[theme]} »"
        found = []
        for row in self.coded.row("themes/chosen_verbatims", theme):
            own = self.coded.by_coding.get(row["coding"])
            if own is not None:
                speaker = self.corpus.turns[own["interview"]][own["turn"] - 1]["speaker"]
                spans = ((own["turn"], own["start"], own["end"]),)
                panel = self.panel(own["interview"], speaker)
                found.append(Candidate(own["interview"], spans, own["quote"], where, len(held), panel))
        return found

    def of_class(self, analysis: str, number: int) -> list[Candidate]:
        """Return the most typical segments of a class, in their order."""
        classes = self.material.table("classes/segments", analysis)
        held = classes.filter(pl.col("class") == number)["interview"].n_unique()
        where = f"{self.material.title(analysis)}, {self.material.class_label(analysis, number)}"
        typical = self.material.table("classes/typical_segments", analysis).filter(pl.col("class") == number)
        found = []
        for interview, segment in typical.sort("rank").head(MOST_TYPICAL).select("interview", "segment").iter_rows():
            quotation = self.corpus.quotation(interview, segment)
            text = "".join(piece for piece, _ in quotation["pieces"])
            panel = self.panel(interview, quotation["speaker"])
            found.append(Candidate(interview, self._spans(interview, segment), text, where, held, panel))
        return found

    def _spans(self, interview: str, segment: int) -> tuple[tuple[int, int, int], ...]:
        at = self.corpus.segments[interview, segment]
        return tuple(
            (
                turn["turn"],
                at.start if turn["turn"] == at.first_turn else 0,
                at.end if turn["turn"] == at.last_turn else len(turn["text"]),
            )
            for turn in self.corpus.turns[interview][at.first_turn - 1 : at.last_turn]
            if turn["role"] == "participant" and turn["speaker"] == at.speaker
        )
