"""A theme of the grid, and a theme that was split."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

SCHEMAS = Path(__file__).parents[3] / "workflow" / "schemas"


@dataclass(frozen=True)
class Pattern:
    """A pattern of a theme as written: `kind` is tokens or dependencies, `parts` its list, `place` file and line."""

    kind: str
    parts: tuple[dict, ...] = field(hash=False)
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class Theme:
    """A theme of the grid; `parent` is its mother's id ("" at the first level), `level` from 0.

    `hypotheses`: ids of those that it bears on; `was`: ids of themes renamed, or merged, into it.
    """

    id: str
    title: str
    parent: str
    level: int
    definition: str = ""
    inclusion: str = ""
    exclusion: str = ""
    example: str = ""
    cues: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    hypotheses: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class Split:
    """A theme that is no more: the themes `into` which it was split, and the one that counts its codings `until`."""

    theme: str
    into: tuple[str, ...]
    until: str = ""
    place: str = field(default="", compare=False)


def schema(name: str) -> dict:
    """Return the schema of one of a study's YAML files."""
    return yaml.safe_load((SCHEMAS / f"{name}.schema.yaml").read_text(encoding="utf-8"))
