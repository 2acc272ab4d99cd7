"""What the report is made of: tables, settings, what people declared, figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from verbatim import hypotheses, tables
from verbatim.class_names.shown import shown
from verbatim.grid import Theme, schema, themes
from verbatim.guide import Guide, read_guide

OWN_COLUMNS = ("interview", "speaker", "role", "panel")
# The tables of which the report shows something; those of an analysis exist once for each.
SHOWN = (
    "corpus/files",
    "corpus/gate",
    "corpus/interviews",
    "corpus/speakers",
    "corpus/turns",
    "corpus/tokens",
    "corpus/segments",
    "lexicon/lemmas",
    "lexicon/segment_lemmas",
    "lexicon/specificities",
    "lexicon/statistics",
    "lexicon/growth",
    "lexicon/segment_lengths",
    "lexicon/modality_pos",
    "lexicon/word_groups",
    "lexicon/banal",
    "lexicon/distances",
    "lexicon/repeats",
    "lexicon/associations",
    "lexicon/priming",
    "lexicon/correspondence",
    "corpus/doubtful_lemmas",
    "corpus/suggested_expressions",
    "classes/correction_effects",
    "classes/tree",
    "classes/segments",
    "classes/profiles",
    "classes/typical_segments",
    "classes/correspondence",
    "classes/peeled",
    "classes/nearest",
    "classes/statistics",
    "classes/residuals",
    "classes/repeats",
    "classes/pos",
    "classes/stability",
    "classes/membership",
    "classes/form_stability",
    "classes/influence",
    "classes/candidates",
    "classes/trials",
    "classes/agreements",
    "classes/names",
    "classes/counterparts",
    "classes/moves",
    "classes/form_changes",
    "graphs/summary",
    "graphs/nodes",
    "graphs/edges",
    "graphs/communities",
    "graphs/comparison",
    "themes/codings",
    "themes/grid",
    "themes/hypotheses",
    "themes/hypothesis_counts",
    "themes/contradictions",
    "themes/unplaced",
    "themes/indicators",
    "themes/indicator_words",
    "themes/verdicts",
    "themes/findings",
    "themes/finding_passages",
    "themes/theme_class",
    "themes/traces",
    "themes/groups",
    "themes/contrasts",
    "themes/pairs",
    "themes/saturation",
    "themes/saturation_stops",
    "themes/suggestions",
    "themes/suggestion_quality",
    "themes/suggestion_curve",
    "themes/cues",
    "themes/recodings",
    "themes/agreement",
    "themes/discordances",
    "themes/resolutions",
    "themes/chosen_verbatims",
)


class Shelf(Mapping[tuple[str, str], pl.DataFrame]):
    """Tables by (name, analysis; "" for those of the whole study), each read when it is first asked for."""

    def __init__(self, paths: dict[tuple[str, str], Path]):
        self._paths = paths
        self._read: dict[tuple[str, str], pl.DataFrame] = {}

    def __getitem__(self, key: tuple[str, str]) -> pl.DataFrame:
        """Return the table, read from its file the first time."""
        if key not in self._read:
            self._read[key] = tables.read(key[0], self._paths[key])
        return self._read[key]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield the keys."""
        return iter(self._paths)

    def __len__(self) -> int:
        """Return how many tables there are."""
        return len(self._paths)


@dataclass(frozen=True)
class Material:
    """The inputs of the report, and what all pages ask of them.

    `shelf`: (table name, analysis or "" for the study) -> frame; `figures`: (analysis, or "" for the
    study, and kind) -> SVG text.
    """

    shelf: Mapping[tuple[str, str], pl.DataFrame]
    settings: dict
    themes: list[Theme] = field(default_factory=list)
    hypotheses: list[dict] = field(default_factory=list)
    guides: tuple[Guide, ...] = ()
    figures: dict[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def analyses(self) -> list[str]:
        """Names of the analyses: those of everybody first, then in alphabetical order."""
        chosen = self.settings["analyses"]
        return sorted(chosen, key=lambda name: (bool((chosen[name] or {}).get("select")), name))

    def title(self, analysis: str) -> str:
        """Return the name that the study gives to an analysis."""
        return (self.settings["analyses"][analysis] or {}).get("title") or analysis

    def table(self, name: str, analysis: str | None = None) -> pl.DataFrame:
        """Return a table, of one analysis where there is one; empty where the study has none."""
        found = self.shelf.get((name, analysis or ""))
        return tables.empty(name) if found is None else found

    @cached_property
    def class_names(self) -> dict[str, dict[int, str]]:
        """Analysis -> class -> the name that people gave it, where they gave one."""
        return {analysis: shown(self.table("classes/names", analysis)) for analysis in self.analyses}

    def class_label(self, analysis: str, number: int) -> str:
        """Return « Classe 3 · Le lien », or « Classe 3 » where the class has no name."""
        name = self.class_names[analysis].get(number)
        return f"Classe {number} · {name}" if name else f"Classe {number}"

    def colour(self, number: int) -> str:
        """Return the colour of class `number`; grey for 0."""
        palette = self.settings["figures"]["palette"]
        return palette[(number - 1) % len(palette)] if number > 0 else "#8A8A8A"

    @cached_property
    def attributes(self) -> list[str]:
        """Names of the participants' attributes, panel apart."""
        return [name for name in self.table("corpus/speakers").columns if name not in OWN_COLUMNS]

    @cached_property
    def participants(self) -> pl.DataFrame:
        """Rows of corpus/speakers that are participants."""
        return self.table("corpus/speakers").filter(pl.col("role") == "participant")

    @cached_property
    def panels(self) -> dict[tuple[str, str], str]:
        """(interview, speaker) -> panel, where there is one."""
        rows = self.participants.select("interview", "speaker", "panel").drop_nulls()
        return {(interview, speaker): panel for interview, speaker, panel in rows.iter_rows()}

    @cached_property
    def shown_themes(self) -> list[Theme]:
        """The themes of the grid, then those that codings name without a grid."""
        known = {theme.id for theme in self.themes}
        others = sorted(set(self.table("themes/codings")["theme"]) - known)
        return [*self.themes, *(Theme(theme, theme, "", 0) for theme in others)]

    @cached_property
    def n_undecided(self) -> int:
        """Passages that may identify somebody and on which nobody decided."""
        return int(self.table("corpus/gate")["n_undecided"].sum())

    def numbers(self, analysis: str) -> list[int]:
        """Return the numbers of the classes of an analysis."""
        classes = self.table("classes/segments", analysis)["class"]
        return classes.filter(classes > 0).unique().sort().to_list()


def read(options: Mapping[str, Any]) -> Material:
    """Return the inputs of the report.

    `options`: `tables`, paths of tables, those of an analysis in a folder of its name; `names`, their
    names; `themes`, `declared`, `guide`: paths of what people wrote, or None; `figures`: paths that
    end in `<analysis>/<kind>.svg` or `<kind>.svg`; `settings`: the settings of the study.
    Raises StudyError when what people wrote is at fault.
    """
    texts = {name: _text(options[name]) for name in ("themes", "declared", "guide")}
    settings = options["settings"]
    return Material(
        Shelf(
            {
                (name, _analysis(name, path)): Path(path)
                for name, path in zip(options["names"], options["tables"], strict=True)
            }
        ),
        settings,
        themes(texts["themes"], options["themes"]) if texts["themes"] else [],
        hypotheses.declared(texts["declared"], options["declared"]) if texts["declared"] else [],
        read_guide(texts["guide"], schema("guide"), options["guide"]) if texts["guide"] else (),
        {
            (path.parent.name if path.parent.name in settings["analyses"] else "", path.stem): _text(path)
            for path in map(Path, options["figures"])
        },
    )


def _analysis(name: str, path: str) -> str:
    return Path(path).parent.name if tables.TABLES[name].key[0] == "analysis" else ""


def _text(path: str | Path | None) -> str:
    return Path(path).read_text(encoding="utf-8-sig") if path else ""
