"""What a search of words asks: the query as tests on tokens, read as the report reads it.

A query is words parted by spaces. Each is a form (`lien`, `*` for any letters), `lemme:être`, `pos:nom`,
`statut:actif`, several of these joined by `+`, or `..` for any token.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from verbatim.problems import Problem, StudyError
from verbatim.report.wording import POS, STATUS

FIELDS = {
    **{"forme": "form", "form": "form", "lemme": "lemma", "lemma": "lemma"},
    **{"pos": "pos", "statut": "status", "status": "status"},
}
ANY = ".."
# Words of a query, and words that one token may hold.
MOST, LONGEST = 40, 8
# A token that a person may type as several words: « parce que », « aujourd'hui ».
LONG = r"\S[\s'’-]+\S"
EXAMPLE = "par exemple : lemme:suivre+pos:verbe .. pos:nom"


@dataclass(frozen=True)
class Test:
    """One condition on a token: its `field` is one of `values`, or matches `text` where there are none.

    `long`: and the token is one that may be typed as several (see LONG).
    """

    field: str
    text: str
    values: tuple[str, ...] = ()
    long: bool = False

    @property
    def source(self) -> str:
        """The text as a regular expression: `*` for any letters, either apostrophe."""
        return re.sub("['’]", "['’]", re.escape(self.text).replace(r"\*", r"\S*"))

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression that a whole form or lemma has to match, case apart."""
        return re.compile(rf"(?i)\A(?:{self.source})\Z")


@dataclass(frozen=True)
class Piece:
    """What is asked of one token; `space` stands before it in the text it was typed in."""

    tests: tuple[Test, ...]
    space: bool = True
    plain: bool = False


def pieces(asked: str) -> list[Piece]:
    """Return the query as pieces; plain words are cut after apostrophes and before hyphens, as tokens are.

    Errors: StudyError when the query is empty, too long or cannot be read.
    """
    words = asked.split()
    if not words:
        raise StudyError(_unread(asked, "rien à chercher"))
    if len(words) > MOST:
        raise StudyError(_unread(asked[:60] + "…", f"{len(words)} mots, {MOST} au plus"))
    found: list[Piece] = []
    for word in words:
        if word == ANY:
            found.append(Piece(()))
        elif "+" not in word and (":" not in word or word.startswith(":")):
            parts = [part for part in re.split(r"(?<=\w['’])(?=\S)|(?<=\w)(?=-\w)", word) if part]
            found += [Piece((Test("form", part),), i == 0, plain=True) for i, part in enumerate(parts)]
        else:
            found.append(Piece(tuple(_test(part, word) for part in word.split("+"))))
    return found


def _test(part: str, word: str) -> Test:
    name, colon, value = part.partition(":")
    if not colon or not name:
        field, value = "form", part
    else:
        field = FIELDS.get(name.lower())
    if field is None or not value:
        raise StudyError(_unread(word, f"« {part} » ne se lit pas"))
    if field == "pos":
        return Test(field, value.upper(), _codes(POS, value))
    if field == "status":
        return Test(field, value, _codes(STATUS, value))
    return Test(field, value)


def _codes(names: dict[str, str], value: str) -> tuple[str, ...]:
    return tuple(code for code, name in names.items() if name == value.lower().replace("_", " "))


def readings(wanted: Sequence[Piece], known: Callable[[Test], bool]) -> list[list[tuple[Test, ...]]]:
    """Return the sequences of tokens that the pieces may mean.

    Pieces that follow one another may be one token (« parce que »): only where `known` says that there is one.
    """
    if not wanted:
        return [[]]
    found = []
    for n in range(1, min(len(wanted), LONGEST) + 1):
        tests = wanted[0].tests
        if n > 1:
            joined = _joined(wanted[:n])
            if joined is None or not known(joined):
                continue
            tests = (joined,)
        found += [[tests, *rest] for rest in readings(wanted[n:], known)]
    return found


def _joined(group: Sequence[Piece]) -> Test | None:
    first, *others = group
    if len(first.tests) != 1 or first.tests[0].field not in {"form", "lemma"} or not all(p.plain for p in others):
        return None
    text = "".join((" " if piece.space else "") + piece.tests[0].text for piece in group).strip()
    return Test(first.tests[0].field, text, long=True)


def _unread(asked: str, what: str) -> Problem:
    expected = f"des mots, lemme:…, pos:…, statut:… ou forme:…, réunis par +, ou {ANY} pour un mot quelconque"
    return Problem(f"recherche « {asked} »", what, expected, EXAMPLE)
