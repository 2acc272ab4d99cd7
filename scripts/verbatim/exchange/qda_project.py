"""A project of a program for qualitative analysis, as its file holds it, whatever the program."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from verbatim.problems import Problem


@dataclass(frozen=True)
class Code:
    """A code or category; `parent` is its mother's guid ("" at the first level), `path` the names from the first."""

    guid: str
    name: str
    parent: str
    path: tuple[str, ...]
    is_codable: bool = True
    description: str = ""
    colour: str = ""
    place: str = ""


@dataclass(frozen=True)
class Application:
    """A code given to a passage by a user: guids, and the remarks made on it."""

    guid: str
    code: str
    user: str
    remarks: tuple[str, ...] = ()


@dataclass
class Passage:
    """A passage of a source: characters from 0, half-open; None where the file gives words only.

    `words`: what the file says stands there ("" when it says nothing). `is_quoted`: those words are the passage
    whatever the positions say.
    """

    guid: str
    start: int | None
    end: int | None
    words: str = ""
    applications: list[Application] = field(default_factory=list)
    remarks: tuple[str, ...] = ()
    place: str = ""
    is_quoted: bool = False


@dataclass
class Source:
    """A text of the project; `text` is None when the file does not hold it, `missing` then says why (French)."""

    guid: str
    name: str
    text: str | None
    passages: list[Passage] = field(default_factory=list)
    whole: list[Application] = field(default_factory=list)
    missing: str = ""
    place: str = ""


@dataclass
class Project:
    """What a file holds: users (guid -> name), codes (guid -> code), texts with their passages.

    `cases`: guid -> name. `unread`: (what, why) -> how many, of what it holds beside. `problems`: its faults.
    """

    origin: str = ""
    users: dict[str, str] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    unread: Counter[tuple[str, str]] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    def leave(self, what: str, why: str, n: int = 1) -> None:
        """Note that `n` times `what` is not read, and why (French)."""
        if n:
            self.unread[what, why] += n

    @property
    def coding_users(self) -> set[str]:
        """Return the guids of those who gave codes to passages."""
        return {a.user for source in self.sources for p in source.passages for a in p.applications}
