"""The proposal in which a person decides about codings that moved, are doubtful, lost, or held by their words alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping

from verbatim.anchoring import FRENCH, NOWHERE, Found, shown
from verbatim.anchors import Anchor, Document, Span
from verbatim.anchors.finding import CONTEXT
from verbatim.class_names.reading import guarded
from verbatim.codings import Coding

COLUMNS = (
    *("file", "line", "part", "coding", "interview", "theme", "status", "decision"),
    *("turn", "before", "quote", "after"),
    *("turn_now", "before_now", "quote_now", "after_now", "start_now", "likeness", "row"),
)
# What asks for a person most comes first.
ORDER = ("lost", "doubtful", "moved", "intact")


def to_csv(found: Found, masked: Mapping[str, Document], mask: Callable[[str], str]) -> str:
    """Return the proposal: one line for each passage to decide about, to be completed in a spreadsheet.

    Every coding that is not intact, and every one that its table holds without words around. `part` counts the parts
    of a coding that turns now cut: the first takes its row, each other one a new row. A lost coding has no `quote_now`:
    the words around are those of the passage least unlike it. `mask` hides names in the coders' words.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    # an accepted suggestion has no line in a coder's table
    own = [one for one in found if one[0].origin == "human"]
    ranked = sorted(own, key=lambda one: (ORDER.index(one[1].status), one[0].file, one[0].line))
    for coding, anchor in ranked:
        whole = masked.get(coding.interview, NOWHERE)
        for cells in _lines(coding, anchor, whole, mask):
            writer.writerow(["" if cell is None else guarded(" ".join(str(cell).split())) for cell in cells])
    return "\ufeff" + out.getvalue()


def _lines(coding: Coding, anchor: Anchor, whole: Document, mask: Callable[[str], str]) -> Iterator[tuple]:
    for part, span in enumerate(anchor.spans or (None,), 1):
        around = whole.around(span, CONTEXT) if span else ("", "")
        if anchor.status == "intact" and (coding.before or coding.after or not any(around)):
            return
        if anchor.status == "lost" and part > 1:
            return
        words = (shown(text, whole, mask) for text in (coding.before, coding.quote, coding.after))
        place = (coding.file, coding.line, part, coding.coding, coding.interview, coding.theme)
        now = _now(span if anchor.status != "lost" else None, around, whole)
        likeness = f"{anchor.likeness:.2f}".replace(".", ",")
        yield (*place, FRENCH[anchor.status], "", coding.turn, *words, *now, likeness, coding.row)


def _now(span: Span | None, around: tuple[str, str], whole: Document) -> tuple:
    if span is None:
        return ("", around[0], "", around[1], "")
    return (span.turn, around[0], whole.words(span), around[1], span.start)
