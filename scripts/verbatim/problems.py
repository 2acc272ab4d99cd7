"""What is wrong with a study, said so that a researcher can mend it.

Every check of the program collects `Problem`s and raises them together in one `StudyError`, so that
all faults of a study show in one run. The texts are French: they are the interface.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import process


@dataclass(frozen=True)
class Problem:
    """One fault: where it is, what is wrong, what was expected and how to mend it."""

    place: str
    what: str
    expected: str = ""
    mend: str = ""

    def lines(self) -> list[str]:
        """Return the lines shown for this fault."""
        shown = [f"• {self.place} : {self.what}"]
        if self.expected:
            shown.append(f"    attendu : {self.expected}")
        if self.mend:
            shown.append(f"    remède  : {self.mend}")
        return shown


class StudyError(Exception):
    """Faults in what people wrote: never a bug of the program."""

    def __init__(self, problems: Problem | Iterable[Problem]):
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__(paragraph(self.problems))


def paragraph(problems: Sequence[Problem]) -> str:
    """Return the French paragraph that tells all `problems`, headed by their number."""
    head = "1 problème à corriger" if len(problems) == 1 else f"{len(problems)} problèmes à corriger"
    return "\n".join([head, *(line for problem in problems for line in problem.lines())])


def raise_all(problems: Sequence[Problem]) -> None:
    """Raise one StudyError for all `problems`; do nothing when there are none."""
    if problems:
        raise StudyError(problems)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word closest to `word` (rapidfuzz WRatio >= 60), or None."""
    found = process.extractOne(word, sorted(known), score_cutoff=60)
    return found[0] if found else None
