"""What the report is made of: tables, settings, what people declared, figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from verbatim import hypotheses, tables
from verbatim.grid import Theme, schema, themes
from verbatim.guide import Guide, read_guide

OWN_COLUMNS = ("interview", "speaker", "role", "panel")
# name of the option -> table
WHOLE = {
    "files": "corpus/files",
    "gate": "corpus/gate",
    "interviews": "corpus/interviews",
    "speakers": "corpus/speakers",
    "turns": "corpus/turns",
    "tokens": "corpus/tokens",
    "segments": "corpus/segments",
    "codings": "themes/codings",
    "grid": "themes/grid",
    "hypotheses": "themes/hypotheses",
}
EACH = {
    "lemmas": "lexicon/lemmas",
    "segment_lemmas": "lexicon/segment_lemmas",
    "specificities": "lexicon/specificities",
    "tree": "classes/tree",
    "classes": "classes/segments",
    "profiles": "classes/profiles",
    "typical": "classes/typical_segments",
    "correspondence": "classes/correspondence",
    "nodes": "graphs/nodes",
    "edges": "graphs/edges",
    "theme_class": "themes/theme_class",
}


@dataclass(frozen=True)
class Material:
    """The inputs of the report, and what all pages ask of them.

    `whole`: table name -> frame of the whole study; `parts`: (table name, analysis) -> frame;
    `figures`: (analysis, or "" for the study, and kind) -> SVG text.
    """

    whole: dict[str, pl.DataFrame]
    parts: dict[tuple[str, str], pl.DataFrame]
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
        found = self.whole.get(name) if analysis is None else self.parts.get((name, analysis))
        return tables.empty(name) if found is None else found

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

    `options`: for each key of WHOLE a path, for each key of EACH the paths of the table of every
    analysis; `themes`, `declared`, `guide`: paths of what people wrote, or None; `figures`: paths
    that end in `<analysis>/<kind>.svg` or `<kind>.svg`; `settings`: the settings of the study.
    Raises StudyError when what people wrote is at fault.
    """
    parts = {}
    for option, name in EACH.items():
        for path in options[option]:
            frame = tables.read(name, path)
            if frame.height:
                parts[name, frame["analysis"][0]] = frame
    texts = {name: _text(options[name]) for name in ("themes", "declared", "guide")}
    settings = options["settings"]
    figures = {
        (path.parent.name if path.parent.name in settings["analyses"] else "", path.stem): _text(path)
        for path in map(Path, options["figures"])
    }
    return Material(
        {name: tables.read(name, options[option]) for option, name in WHOLE.items()},
        parts,
        settings,
        themes(texts["themes"], options["themes"]) if texts["themes"] else [],
        hypotheses.declared(texts["declared"], options["declared"]) if texts["declared"] else [],
        read_guide(texts["guide"], schema("guide"), options["guide"]) if texts["guide"] else (),
        figures,
    )


def _text(path: str | Path | None) -> str:
    return Path(path).read_text(encoding="utf-8-sig") if path else ""
