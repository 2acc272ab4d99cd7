"""The page on which a person decides: what was found, in context, by kind and type."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import jinja2

from verbatim.privacy.decisions import FRENCH
from verbatim.privacy.findings import Type
from verbatim.privacy.identifiers import KINDS


def page(types: Sequence[Type], template: str, mode: str, n_words: int) -> str:
    """Return the HTML page, in one piece and without anything fetched.

    `types`: as `findings.types` orders them; `template`: Jinja2; `mode`: block or warn; `n_words`: words of
    all turns.
    """
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    waiting = [one for one in types if one.decision is None]
    return environment.from_string(template).render(
        groups=[(kind, KINDS[kind], list(own)) for kind, own in groupby(waiting, key=lambda one: one.kind)],
        decided=[one for one in types if one.decision is not None],
        french=FRENCH,
        kinds=KINDS,
        mode=mode,
        n_types=len(waiting),
        n_passages=sum(one.n for one in waiting),
        n_words=n_words,
    )
