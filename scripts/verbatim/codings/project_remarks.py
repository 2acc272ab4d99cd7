"""What a coder remarks on a passage, in the descriptions and notes of another program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from verbatim.codings.remarks import bears_on, write
from verbatim.problems import Problem


@dataclass(frozen=True)
class Remark:
    """A memo, and the hypothesis that the passage bears on with its stance, where the remark tells them."""

    memo: str | None = None
    hypothesis: str | None = None
    stance: str | None = None
    problems: list[Problem] = field(default_factory=list)


def remark_of(texts: Sequence[str], is_ours: bool, place: str) -> Remark:
    """Return what the remarks on a passage tell together; the last one that names a hypothesis is believed.

    In a project that does not come from here (`is_ours`), brackets are words of the memo (« [sic] ») unless they hold a
    stance.
    """
    memos: list[str] = []
    told: tuple[str | None, str | None] = (None, None)
    problems: list[Problem] = []
    for text in texts:
        memo, hypothesis, stance, faults = bears_on(text, place)
        if is_ours or (hypothesis and stance):
            problems += faults
            told = (hypothesis, stance) if hypothesis else told
            memos += [memo] if memo else []
        else:
            memos.append(text.strip())
    return Remark("\n".join(dict.fromkeys(memos)) or None, *told, problems)


def remark_text(memo: str | None, hypothesis: str | None, stance: str | None) -> str:
    """Return the remark that `remark_of` reads back, the memo as it is."""
    return " ".join(filter(None, (memo, write(None, None, hypothesis, stance))))
