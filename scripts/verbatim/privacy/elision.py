"""Elision before a pseudonym: « d'Élodie » becomes « de Claire », « de Bastien » becomes « d'Anne »."""

from __future__ import annotations

import re
import unicodedata

ELIDED = re.compile(r"(?<![^\W_])(d|qu|jusqu|lorsqu|puisqu|quoiqu|j|m|t|s|c|n|l)['’ʼ]$", re.IGNORECASE)
FULL = re.compile(r"(?<![\w'’ʼ-])(de|que|jusque|lorsque|puisque|quoique|le|la)\s$", re.IGNORECASE)
REACH = 12


def adapt(text: str, start: int, floor: int, replacement: str) -> tuple[int, str] | None:
    """Return where to begin replacing and with what, the word before `start` elided or not as needed.

    `floor` is the place before which nothing may change. None when it cannot be told: « l' » before a
    consonant, whose gender is unknown. Before brackets, figures and h, what stands is kept.
    """
    before = text[max(floor, start - REACH) : start]
    vowel = begins_with_vowel(replacement)
    elided, full = ELIDED.search(before), FULL.search(before)
    if elided and vowel is False:
        if elided[1].lower() == "l":
            return None
        return start - len(elided[0]), f"{elided[1]}e {replacement}"
    if full and vowel:
        sign = "’" if "’" in text else "'"
        return start - len(full[0]), f"{full[1][:-1]}{sign}{replacement}"
    return start, replacement


def begins_with_vowel(word: str) -> bool | None:
    """Say whether `word` calls for elision; None when nothing tells (h, a figure, a bracket)."""
    letters = unicodedata.normalize("NFD", word[:3].lower().replace("œ", "oe").replace("æ", "ae"))
    letters = [letter for letter in letters if not unicodedata.combining(letter)]
    if not letters or not letters[0].isalpha() or letters[0] == "h":
        return None
    if letters[0] == "y":
        return len(letters) > 1 and letters[1] not in "aeiou"
    return letters[0] in "aeiou"
