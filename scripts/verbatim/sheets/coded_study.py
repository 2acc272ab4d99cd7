"""What all sheets of themes ask of a study: passages, coded interviews, modalities, each computed once."""

from __future__ import annotations

from functools import cached_property

import polars as pl

from verbatim.grid import Theme, descendants
from verbatim.report.located import Corpus
from verbatim.report.material import Material
from verbatim.sheets import passages
from verbatim.sheets.passages import Passage
from verbatim.theme_groups import chosen


class CodedStudy:
    """A study as its codings show it."""

    def __init__(self, corpus: Corpus):
        self.corpus = corpus
        self.material: Material = corpus.material
        self.themes: list[Theme] = self.material.shown_themes
        self.below = descendants(self.themes)
        self.titles = {theme.id: theme.title for theme in self.themes}

    @cached_property
    def rows(self) -> list[dict]:
        """The codings that count, in order."""
        return passages.counted(self.material.table("themes/codings"))

    @cached_property
    def by_coding(self) -> dict[str, dict]:
        """Identifier -> coding, of those that count."""
        return {row["coding"]: row for row in self.rows}

    @cached_property
    def passages(self) -> dict[str, list[Passage]]:
        """Theme -> its passages and those of the themes below it."""
        return passages.of_themes(self.material.table("themes/codings"), self.below)

    @cached_property
    def interviews(self) -> pl.DataFrame:
        """The rows of corpus/interviews."""
        return self.material.table("corpus/interviews")

    @cached_property
    def n_words(self) -> dict[str, int]:
        """Interview -> words that its participants say."""
        return dict(self.interviews.select("interview", "n_words").rows())

    @cached_property
    def coded(self) -> list[str]:
        """The interviews in which somebody coded something that counts."""
        return sorted({row["interview"] for row in self.rows})

    @cached_property
    def cells(self) -> dict[tuple[str, str], dict]:
        """(theme, interview) -> row of themes/grid."""
        return {
            (row["theme"], row["interview"]): row for row in self.material.table("themes/grid").iter_rows(named=True)
        }

    @cached_property
    def variables(self) -> list[str]:
        """The attributes whose modalities are compared."""
        return chosen(self.material.settings["themes"]["variables"], self.interviews)[0]

    @cached_property
    def groups(self) -> dict[str, dict[str, list[str]]]:
        """Attribute -> modality -> its coded interviews; attributes of a single modality among them are left out."""
        found = {}
        for variable in self.variables:
            own = self.interviews.filter(pl.col("interview").is_in(self.coded)).drop_nulls(variable)
            pairs = own.select(pl.col(variable).cast(pl.String), "interview").sort(variable, "interview").rows()
            modalities: dict[str, list[str]] = {}
            for modality, interview in pairs:
                modalities.setdefault(modality, []).append(interview)
            if len(modalities) > 1:
                found[variable] = modalities
        return found

    def row(self, name: str, theme: str) -> list[dict]:
        """Return the rows of a table of themes that are about `theme`."""
        return self._by_theme(name).get(theme, [])

    def _by_theme(self, name: str) -> dict[str, list[dict]]:
        known = self.__dict__.setdefault("_tables", {})
        if name not in known:
            known[name] = {}
            for row in self.material.table(name).iter_rows(named=True):
                known[name].setdefault(row["theme"], []).append(row)
        return known[name]

    def stances(self, theme: str, hypothesis: str, stance: str) -> list[Passage]:
        """Return the passages of a theme that take a stance on a hypothesis."""
        wanted = set(self.below[theme])
        return passages.joined(row for row in self._placed.get((hypothesis, stance), ()) if row["theme"] in wanted)

    @cached_property
    def _placed(self) -> dict[tuple[str, str], list[dict]]:
        found: dict[tuple[str, str], list[dict]] = {}
        for row in self.rows:
            found.setdefault((row["hypothesis"], row["stance"]), []).append(row)
        return found

    def own_passages(self, theme: str) -> list[Passage]:
        """Return the passages coded under a theme itself, not under those below it."""
        return passages.joined(row for row in self.rows if row["theme"] == theme)

    def classes(self, analysis: str) -> dict[str, list[tuple[int, int]]]:
        """Return interview -> (segment, class) of an analysis, in order."""
        known = self.__dict__.setdefault("_classes", {})
        if analysis not in known:
            known[analysis] = {}
            table = self.material.table("classes/segments", analysis)
            for interview, segment, number in table.select("interview", "segment", "class").iter_rows():
                known[analysis].setdefault(interview, []).append((segment, number))
        return known[analysis]
