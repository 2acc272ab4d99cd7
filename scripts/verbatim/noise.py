"""What is written in a transcript and is not a word: sounds, pauses, masks, words cut short."""

from __future__ import annotations

import re

SOUNDS = r"inaudibles?|inaud\.?|incompréhensible|rires?|silences?|soupirs?|pauses?|toux|tousse|bruits?|hésitations?"

# A mask such as [prénom] is one group with its brackets; a word cut short ends in a hyphen or a tilde.
NOISE = re.compile(
    rf"""
      \[[^\[\]]*\]
    | \(\s*(?:\.{{2,}}|…+|\++|\?+|[xX]+|(?:{SOUNDS})\b[^()]*)\s*\)
    | (?<![\w-])[^\W\d_]+[-~](?![\w'~-])
    | (?<![\w'-])([^\W\d_])-(?=\1)
    | (?<![\w'-])(?:[xX]{{2,}}|BIP)(?![\w'-])
    """,
    re.VERBOSE,
)


def is_noise(form: str) -> bool:
    """Say whether `form`, a whole token, is noise: `[rire]`, `(..)`, `pa-`, `xxx`, `[prénom]`."""
    found = NOISE.match(form)
    # A stutter (`p-` before `parce`) shows as a truncation once it is a token by itself.
    return found is not None and found.end() == len(form)
