"""What became of every character of a source file: the pieces of its text, and the turns they make.

A reader cuts the text of a file into pieces that follow one another without gap or overlap; turns and
account both come from these pieces, so that the account adds up by construction.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import polars as pl

RULES = {
    "byte_order_mark": "marque d'ordre des octets",
    "invisible": "caractères invisibles",
    "accents": "accents recomposés (Unicode NFC)",
    "white_space": "blancs superflus",
    "line_marks": "fins de ligne et de paragraphe",
    "labels": "étiquettes de locuteur",
    "time_codes": "minutages",
    "line_numbers": "numéros de ligne d'un tableau",
    "preamble": "texte avant la première étiquette de locuteur",
    "headings": "titres",
    "ornaments": "lignes de séparation",
    "starred_lines": "lignes étoilées (variables)",
    "themes": "lignes de thématique (-*)",
    "subtitle_header": "en-tête et notes de sous-titres",
    "cue_numbers": "numéros de sous-titre",
    "markup": "balises de mise en forme",
    "comments": "commentaires",
    "notes": "notes de bas de page et de fin",
    "page_headers": "en-têtes et pieds de page",
    "deleted_text": "texte supprimé en suivi des modifications",
    "text_boxes": "zones de texte",
    "other_tiers": "autres pistes d'annotation",
    "overlaps": "marques de chevauchement",
    "variables": "variables des personnes (tableau de réponses)",
}

INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True)
class Piece:
    """A run of characters of a file with one fate.

    `kind` is `words`, `dropped` (by `rule`, a key of RULES), `unread`, `speaker` (no characters: from
    here `speaker` talks, from `start_s` to `end_s`; `merges` when the same speaker's turn goes on) or
    `block` (no characters: an interview with `variables` begins). `said` is what words say once inner
    markup is taken out (by `rule`); the whole of `text` when None.
    """

    kind: str
    text: str = ""
    rule: str = ""
    said: str | None = None
    speaker: str | None = None
    start_s: float | None = None
    end_s: float | None = None
    merges: bool = False
    variables: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    """One turn of a source file; `speaker` is the label as written; times in seconds."""

    block: int
    position: int
    speaker: str | None
    start_s: float | None
    end_s: float | None
    text: str


@dataclass(frozen=True)
class Source:
    """A source file as read: its turns, the variables of its blocks, the account of its characters."""

    file: str
    format: str
    sha256: str
    turns: tuple[Turn, ...]
    variables: dict[int, dict[str, str]]
    n_characters: int
    n_unread: int
    dropped: dict[str, int]
    notes: tuple[str, ...]

    @property
    def n_kept(self) -> int:
        """Characters of all turns."""
        return sum(len(turn.text) for turn in self.turns)

    def told(self) -> list[str]:
        """Return the account in French, a line for each fate of characters; the last is their sum."""
        rows = [("gardés", self.n_kept), *((RULES[rule], n) for rule, n in self.dropped.items())]
        rows += [("non lus", self.n_unread), ("total", self.n_characters)]
        return [f"{n:>9} {name}" for name, n in rows]

    def turns_table(self) -> pl.DataFrame:
        """Return the turns as the table private/source_turns."""
        rows = [
            {
                "file": self.file,
                "block": turn.block,
                "position": turn.position,
                "variables": json.dumps(self.variables.get(turn.block, {}), ensure_ascii=False, sort_keys=True),
                "speaker": turn.speaker,
                "start_s": turn.start_s,
                "end_s": turn.end_s,
                "text": turn.text,
            }
            for turn in self.turns
        ]
        floats = {"start_s": pl.Float64, "end_s": pl.Float64, "speaker": pl.String}
        return pl.DataFrame(rows, schema_overrides=floats)

    def account_table(self) -> pl.DataFrame:
        """Return the account as the one row of the table private/source_accounts."""
        return pl.DataFrame(
            {
                "file": [self.file],
                "format": [self.format],
                "sha256": [self.sha256],
                "n_characters": [self.n_characters],
                "n_kept": [self.n_kept],
                "n_interviewer": [0],
                "n_dropped": [sum(self.dropped.values())],
                "n_unread": [self.n_unread],
                "dropped": [json.dumps(self.dropped, sort_keys=True)],
                "notes": [json.dumps(self.notes, ensure_ascii=False)],
            }
        )


def normalise(text: str) -> tuple[str, Counter[str]]:
    """Return `text` in NFC without invisible characters, and how many characters that set aside, by rule."""
    seen = INVISIBLE.sub("", text)
    composed = unicodedata.normalize("NFC", seen)
    lost = Counter({"invisible": len(text) - len(seen), "accents": max(0, len(seen) - len(composed))})
    return composed, +lost


def told_apart(pieces: Iterable[Piece]) -> list[str]:
    """Return notes on paragraphs that stand apart from what was said; page headers go without a word."""
    counts = Counter(piece.rule for piece in pieces if piece.text.strip() and piece.rule != "page_headers")
    return [f"{RULES[rule]} : {n} paragraphe(s) mis de côté" for rule, n in sorted(counts.items())]


def fold(text: str) -> str:
    """Return `text` in NFC with every run of white space as one space and none at its ends."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


@dataclass
class _Open:
    speaker: str | None
    start_s: float | None
    end_s: float | None
    parts: list[str] = field(default_factory=list)


class Assembly:
    """Turns and account in the making: give it the pieces of a file in their order."""

    def __init__(self, pieces: Iterable[Piece], set_aside: Counter[str] | None = None):
        """Assemble `pieces`; `set_aside` counts what was taken out before the text was cut."""
        self.turns: list[Turn] = []
        self.variables: dict[int, dict[str, str]] = {}
        self.dropped: Counter[str] = Counter(set_aside or {})
        self.n_characters = sum(self.dropped.values())
        self.n_unread = 0
        self.n_silent_labels = 0
        self._block, self._position = 1, 0
        self._open = _Open(None, None, None)
        self._gap: str | None = None
        for piece in pieces:
            self.n_characters += len(piece.text)
            getattr(self, f"_take_{piece.kind}")(piece)
        self._close()

    def _take_words(self, piece: Piece) -> None:
        said = piece.text if piece.said is None else piece.said
        words = fold(said)
        self._drop(piece.rule, len(piece.text) - len(said))
        if words and self._open.parts and self._gap:
            self.dropped[self._gap] -= 1
            self._open.parts.append(" ")
        self._drop("white_space", len(said) - len(words))
        if words:
            self._open.parts.append(words)
            self._gap = None
            if piece.end_s is not None:
                self._open.end_s = piece.end_s

    def _take_dropped(self, piece: Piece) -> None:
        self._drop(piece.rule, len(piece.text))

    def _drop(self, rule: str, n: int) -> None:
        if n:
            self.dropped[rule] += n
            self._gap = rule

    def _take_unread(self, piece: Piece) -> None:
        self.n_unread += len(piece.text)

    def _take_speaker(self, piece: Piece) -> None:
        if piece.merges and self._open.parts and self._open.speaker == piece.speaker:
            return
        self.n_silent_labels += not self._open.parts and self._open.speaker is not None
        self._close()
        self._open = _Open(piece.speaker, piece.start_s, piece.end_s)

    def _take_block(self, piece: Piece) -> None:
        self._close()
        self._block, self._position = len(self.variables) + 1, 0
        self.variables[self._block] = dict(piece.variables)
        self._open = _Open(None, None, None)

    def _close(self) -> None:
        text = "".join(self._open.parts)
        if text:
            self._position += 1
            at = self._open
            self.turns.append(Turn(self._block, self._position, at.speaker, at.start_s, at.end_s, text))
        self._open = _Open(self._open.speaker, None, None)
        self._gap = None

    def source(self, file: str, form: str, sha256: str, notes: Sequence[str]) -> Source:
        """Return the finished source; raise ArithmeticError if a character is missing from the account."""
        if self.n_silent_labels:
            notes = [*notes, f"{self.n_silent_labels} étiquette(s) de locuteur sans parole à leur suite"]
        dropped = dict(sorted((+self.dropped).items()))
        turns = tuple(self.turns)
        source = Source(
            file, form, sha256, turns, self.variables, self.n_characters, self.n_unread, dropped, tuple(notes)
        )
        if source.n_kept + sum(dropped.values()) + self.n_unread != self.n_characters:
            raise ArithmeticError(f"{file}: the account of characters does not add up")
        return source
