"""Passages as the gate compares them: whatever their case, apostrophes and spaces, and as whole words.

A passage is known by the keyed hash of its normal form, so that a study can remember what it masked
without writing it down.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Iterable, Iterator

APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ‘＇′´`", "'"))
DIGEST_LENGTH = 24

# An underscore parts words, as in file names.
WORD = re.compile(r"[^\W_]+")


def normalise(passage: str) -> str:
    """Return the normal form of `passage`: NFC, case folded, straight apostrophes, single spaces."""
    return normal_text(unicodedata.normalize("NFC", passage))[0].strip()


def normal_text(text: str) -> tuple[str, list[int]]:
    """Return the normal form of a text in NFC, and the place in `text` of each of its characters.

    Works character by character, so that the normal form of a part is the part of the normal form.
    """
    if text.isascii() and "  " not in text and "`" not in text and not re.search(r"[\t-\r\x1c-\x1f]", text):
        return text.lower(), list(range(len(text)))
    letters: list[str] = []
    offsets: list[int] = []
    for place, letter in enumerate(text.translate(APOSTROPHES)):
        for part in letter.casefold():
            if part.isspace():
                if letters and letters[-1] == " ":
                    continue
                part = " "
            letters.append(part)
            offsets.append(place)
    return "".join(letters), offsets


def digest(key: bytes, passage: str) -> str:
    """Return the HMAC-SHA256 of the normal form of `passage`, its first 24 hexadecimal digits."""
    return digest_normal(key, normalise(passage))


def digest_normal(key: bytes, normal: str) -> str:
    """Return the digest of a passage that is in normal form already."""
    return hmac.digest(key, normal.encode(), "sha256").hex()[:DIGEST_LENGTH]


class Passages:
    """Some passages, to be found again as whole words in any text."""

    def __init__(self, passages: Iterable[str]):
        """Take passages in any form; those without a letter or digit are ignored."""
        self._by_word: dict[str, list[tuple[str, int]]] = {}
        for passage in sorted({normalise(p) for p in passages}):
            word = WORD.search(passage)
            if word:
                self._by_word.setdefault(word[0], []).append((passage, word.start()))

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, normal form) of every occurrence in `text`, nested and crossing ones too.

        Offsets are half-open, in characters of `text`, which is in NFC.
        """
        if not self._by_word:
            return
        normal, offsets = normal_text(text)
        for word in WORD.finditer(normal):
            for passage, lead in self._by_word.get(word[0], ()):
                start = word.start() - lead
                end = start + len(passage)
                if start >= 0 and normal.startswith(passage, start) and ends_word(normal, end):
                    yield offsets[start], offsets[end - 1] + 1, passage


def ends_word(text: str, place: int) -> bool:
    """Say whether no word of `text` goes on across `place`."""
    return not (0 < place < len(text) and WORD.match(text[place]) and WORD.match(text[place - 1]))


def word_sequences(text: str, longest: int) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, normal form) of all sequences of up to `longest` words of `text`."""
    normal, offsets = normal_text(text)
    words = [word.span() for word in WORD.finditer(normal)]
    for i, (start, _) in enumerate(words):
        for _, end in words[i : i + longest]:
            yield offsets[start], offsets[end - 1] + 1, normal[start:end]
