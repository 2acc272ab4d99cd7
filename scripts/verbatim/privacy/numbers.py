"""Numbers said in French words, as telephone numbers and dates are in a transcript."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

UNITS = ("zéro", "zero", "un", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
TEENS = ("dix", "onze", "douze", "treize", "quatorze", "quinze", "seize")
TENS = ("vingt", "vingts", "trente", "quarante", "cinquante", "soixante", "septante", "huitante", "octante", "nonante")
WORDS = {**dict.fromkeys(UNITS, 1), **dict.fromkeys((*TEENS, *TENS), 2), "cent": 1, "cents": 1}
SHORTEST, LONGEST = 8, 40
# Said between the groups of a number without ending it.
BETWEEN = {"et", "euh", "heu", "hum", "alors", "donc", "puis", "ensuite", "ben", "bah"}

ONE = "|".join(sorted({*WORDS, "mille"}, key=lambda word: (-len(word), word)))
# A chain of number words, for other patterns: `mille neuf cent soixante et onze`.
CHAIN = rf"(?:(?:{ONE})(?:[ -](?:et[ -])?(?={ONE}))?){{1,9}}(?!\w)"

_TOKEN = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s,;.…–—-]{0,6}")


def spoken_phones(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of telephone numbers said in words: `zéro six, douze, trente-quatre…`.

    A number begins with zéro (or `plus trente-trois`) and may say eight digits or more, some of them in
    words; hesitations inside it do not end it. Words count for the most digits that they can mean:
    `soixante douze` is 60 12 as well as 72.
    """
    tokens = [(found[0].lower(), *found.span()) for found in _TOKEN.finditer(text)]
    i = 0
    while i < len(tokens):
        last = _run(tokens, i, text) if _opens(tokens, i) else i
        words = [word for word, _, _ in tokens[i : last + 1]]
        n_digits = sum(WORDS.get(word, len(word) if word.isdigit() else 0) for word in words)
        if n_digits >= SHORTEST and any(word in WORDS for word in words):
            yield tokens[i][1], tokens[last][2]
            i = last
        i += 1


def _opens(tokens: Sequence[tuple[str, int, int]], i: int) -> bool:
    words = [word for word, _, _ in tokens[i : i + 3]]
    return words[0] in {"zéro", "zero"} or bool(re.fullmatch(r"0\d*", words[0])) or words == ["plus", "trente", "trois"]


def _run(tokens: Sequence[tuple[str, int, int]], i: int, text: str) -> int:
    """Return the index of the last number of the run that begins at token `i`."""
    last = i
    for j in range(i + 1, min(i + LONGEST, len(tokens))):
        word, start, _ = tokens[j]
        gap = text[tokens[j - 1][2] : start]
        if not _GAP.fullmatch(gap) or j - last > 3:
            break
        if word in WORDS or word.isdigit():
            last = j
        elif word not in BETWEEN:
            break
    return last
