"""Which interview a text of another program's project is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import PurePath

from verbatim.anchors import Document, comparable
from verbatim.exchange.qda_project import Source
from verbatim.exchange.refi_qda.identifiers import guid

# Words in a row that two texts of one interview share; the share of them that is proof; how far the best must lead.
RUN, PROOF, AHEAD = 5, 0.3, 2
# A text this short proves nothing.
FEW_RUNS = 5
# A file holds a whole interview when it has this share of its words in a row.
WHOLE = 0.5


class Interviews:
    """The interviews of a study, looked up by the texts and the names of sources."""

    def __init__(self, documents: Mapping[str, Document]):
        self.documents = documents
        self.guids = {guid("source", interview): interview for interview in documents}

    @cached_property
    def runs(self) -> dict[str, set[tuple[str, ...]]]:
        """The words in a row of each interview: not looked for where names are enough."""
        return {interview: _runs(whole.text) for interview, whole in self.documents.items()}

    def named(self, source: Source) -> tuple[str | None, bool]:
        """Return the interview that the source's guid or name tells, and whether it tells it exactly."""
        if source.guid in self.guids:
            return self.guids[source.guid], True
        name = source.name.strip().casefold()
        exact = [i for i in self.documents if i.casefold() in (name, PurePath(name).stem)]
        if exact:
            return exact[0], True
        held = [i for i in self.documents if re.search(rf"(?<![^\W_]){re.escape(i.casefold())}(?![^\W_])", name)]
        return (held[0], False) if len(held) == 1 else (None, False)

    def spoken(self, source: Source) -> list[str]:
        """Return the interviews whose words a source holds: one or, in a file of several, all; none if unclear."""
        told = [source.text] if source.text else [passage.words for passage in source.passages]
        runs = {run for text in told for run in _runs(comparable(text)[0])}
        if len(runs) < FEW_RUNS:
            return []
        whole = [i for i, own in self.runs.items() if len(own) >= FEW_RUNS and len(runs & own) >= WHOLE * len(own)]
        if len(whole) > 1:
            return whole
        shares = sorted(((len(runs & own) / min(len(runs), max(1, len(own))), i) for i, own in self.runs.items()))
        if not shares or shares[-1][0] < PROOF or (len(shares) > 1 and shares[-1][0] < AHEAD * shares[-2][0]):
            return []
        return [shares[-1][1]]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return {tuple(words[k : k + RUN]) for k in range(len(words) - RUN + 1)}
