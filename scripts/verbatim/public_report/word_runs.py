"""Words of the interviews that stand where they should not: runs of words, whatever their case and their commas."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable

# So many words in a row are not said twice by chance: shorter runs are everybody's.
RUN = 7
WORD = re.compile(r"\w+")
INVISIBLE = re.compile(r"<(style|script)\b.*?</\1>|<[^>]*>", re.DOTALL)

BLOCK = re.compile(r"</(?:p|li|h\d|title|footer|blockquote)>")

Runs = set[tuple[str, ...]]


def words(text: str) -> list[str]:
    """Return the words of `text`, folded."""
    return WORD.findall(unicodedata.normalize("NFC", text).casefold())


def runs(texts: Iterable[str]) -> Runs:
    """Return the runs of RUN words that `texts` hold."""
    found: Runs = set()
    for text in texts:
        own = words(text)
        found.update(tuple(own[i : i + RUN]) for i in range(len(own) - RUN + 1))
    return found


def blocks(page: str) -> list[str]:
    """Return the texts of an HTML page, paragraph by paragraph: what ends one and begins the next was not said so."""
    return [html.unescape(INVISIBLE.sub(" ", block)) for block in BLOCK.split(page)]


def leaked(text: str, said: Runs, allowed: Runs) -> list[str]:
    """Return the runs of `said` that `text` holds, save those `allowed`, each as words in a row."""
    own = words(text)
    found = dict.fromkeys(tuple(own[i : i + RUN]) for i in range(len(own) - RUN + 1))
    return [" ".join(run) for run in found if run in said and run not in allowed]
