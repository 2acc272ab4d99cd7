"""What the public version says: counts of enough people, words that enough share, verbatims that may stand."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from verbatim.public_report import word_runs
from verbatim.public_report.study import PublicStudy
from verbatim.public_report.verbatims import Rule, Shown, decide
from verbatim.report.wording import variable

SHOWN_OF_CLASS, SHOWN_OF_THEME, WORDS = 3, 4, 20
STANCES = {"for": "pour", "against": "contre", "nuance": "nuance"}
VERDICTS = {"supported": "soutenue", "contradicted": "contredite", "nuanced": "nuancée", "open": "ouverte"}
HELD = "texte retenu : il cite un entretien"


class View:
    """The public version of a study by a rule; `all_shown`: every candidate, and what is shown of it."""

    def __init__(self, study: PublicStudy, rule: Rule):
        self.study, self.rule, self.material = study, rule, study.material
        self.all_shown: list[Shown] = []
        self.themes = [self._theme(theme) for theme in study.coded.themes]
        self.analyses = [self._analysis(name) for name in self.material.analyses]
        self.allowed = word_runs.runs(one.text for one in self.all_shown if one.text)
        self.n_held_texts = 0
        for theme in self.themes:
            theme["definition"] = self._safe(theme["definition"])
        self.hypotheses = [self._hypothesis(one) for one in self.material.hypotheses]
        findings = self.material.table("themes/findings").sort("position")
        self.findings = [
            {"title": self._safe(row["title"]), "sentence": self._safe(row["sentence"])}
            for row in findings.iter_rows(named=True)
        ]
        self.people = self._people()

    def counts(self) -> dict[str, int]:
        """Return how many passages are shown whole, shortened and kept back (each passage once)."""
        best: dict[str, str] = {}
        for one in self.all_shown:
            kind = "held" if one.text is None else "whole" if one.text == one.candidate.text else "short"
            best[one.candidate.passage] = kind
        return {kind: sum(own == kind for own in best.values()) for kind in ("whole", "short", "held")}

    def _safe(self, text: str | None) -> str:
        """Return what people wrote, unless it holds words of an interview that are shown nowhere."""
        if text and word_runs.leaked(text, self.study.said, self.allowed):
            self.n_held_texts += 1
            return HELD
        return text or ""

    def _people(self) -> list[dict]:
        n = self.material.participants.height
        return [
            {"title": variable(name), "modalities": list(own.items()), "n_others": n - sum(own.values())}
            for name, own in self.study.groups.items()
        ]

    def _verbatims(self, candidates, most: int) -> list[dict]:
        decided = [decide(one, self.rule) for one in candidates]
        self.all_shown += decided
        return [{"text": one.text, "panel": one.candidate.panel} for one in decided if one.text][:most]

    def _theme(self, theme) -> dict:
        own = self.study.coded.passages[theme.id]
        held = {one.interview for one in own}
        known = {(g["variable"], g["modality"]): g for g in self.study.coded.row("themes/groups", theme.id)}
        enough = len(held) >= self.rule.smallest_group
        groups = [
            {
                "modality": modality,
                "n": known["panel", modality]["n_holding"],
                "of": known["panel", modality]["n_interviews"],
            }
            for modality in self.study.groups.get("panel", {})
            if ("panel", modality) in known and known["panel", modality]["n_interviews"] >= self.rule.smallest_group
        ]
        return {
            "title": theme.title,
            "level": theme.level,
            "definition": theme.definition,
            "enough": enough,
            "n_passages": len(own),
            "n_holding": len(held),
            "n_coded": len(self.study.coded.coded),
            "groups": groups if enough else [],
            "verbatims": self._verbatims(self.study.of_theme(theme.id), SHOWN_OF_THEME),
        }

    def _analysis(self, name: str) -> dict:
        people = self.material.table("classes/segments", name)["interview"].n_unique()
        enough = people >= self.rule.smallest_group
        classes = [self._class(name, row) for row in self._classes(name)] if enough else []
        return {"id": name, "title": self.material.title(name), "enough": enough, "classes": classes}

    def _classes(self, name: str) -> list[dict]:
        return self.material.table("classes/statistics", name).sort("class").to_dicts()

    def _class(self, name: str, row: Mapping) -> dict:
        enough = row["n_interviews"] >= self.rule.smallest_group
        profiles = self.shared_profiles(name)
        marked = profiles.filter(
            (pl.col("class") == row["class"]) & (pl.col("kind") == "active") & (pl.col("chi2") > 0)
        )
        best = marked.sort(["chi2", "term"], descending=[True, False]).head(WORDS)
        return {
            "label": self.material.class_label(name, row["class"]),
            "colour": self.material.colour(row["class"]),
            "share": row["share"],
            "n_segments": row["n_segments"],
            "enough": enough,
            "words": best.select("term", "n_in_class", "chi2").to_dicts() if enough else [],
            "verbatims": self._verbatims(self.study.of_class(name, row["class"]), SHOWN_OF_CLASS),
        }

    def shared_profiles(self, name: str) -> pl.DataFrame:
        """Return classes/profiles without the words of fewer interviews than the smallest group."""
        words = self.study.corpus.words.group_by("lemma").agg(n=pl.col("interview").n_unique())
        enough = words.filter(pl.col("n") >= self.rule.smallest_group)["lemma"]
        return self.material.table("classes/profiles", name).filter(
            (pl.col("kind") == "active") & pl.col("term").is_in(enough.implode())
        )

    def _hypothesis(self, one: Mapping) -> dict:
        counts = self.material.table("themes/hypothesis_counts").filter(
            (pl.col("hypothesis") == one["id"]) & (pl.col("variable") == "all")
        )
        found = {row["stance"]: row for row in counts.iter_rows(named=True)}
        verdicts = self.material.table("themes/verdicts").filter(pl.col("hypothesis") == one["id"]).sort("date")
        last = verdicts.row(-1, named=True) if verdicts.height else None
        return {
            "title": self._safe(one["title"]),
            "statement": self._safe(one.get("statement")),
            "counts": [
                (STANCES[stance], found[stance]["n_interviews"], found[stance]["n_coded"])
                for stance in STANCES
                if stance in found
            ],
            "verdict": last
            and {"said": VERDICTS[last["verdict"]], "text": self._safe(last["text"]), "date": last["date"]},
        }
