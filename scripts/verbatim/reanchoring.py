"""A table of codings tried on another state of a transcript, before the study takes it in."""

from __future__ import annotations

from collections.abc import Iterable

from verbatim.anchoring import FRENCH, selector
from verbatim.anchors import STATUSES, Anchor, Document, document, find
from verbatim.anchors.finding import CONTEXT
from verbatim.codings import Coding
from verbatim.problems import Problem, StudyError
from verbatim.transcripts import Source

WIDTH = 200


def chosen_interview(codings: Iterable[Coding], asked: str | None, transcript: str) -> str:
    """Return the interview asked for, the only one of `codings`, or the only one that the file's name begins with."""
    known = sorted({coding.interview for coding in codings})
    if asked and asked not in known:
        raise StudyError(Problem("--interview", f"aucun codage de « {asked} »", " | ".join(known) or "aucun codage"))
    named = [interview for interview in known if transcript.casefold().startswith(interview.casefold())]
    likely = [asked] if asked else known if len(known) == 1 else named
    if len(likely) != 1:
        what = "ce fichier code plusieurs entretiens" if known else "ce fichier n'a aucun codage"
        mend = f"donnez-le : --interview {known[0]}" if known else ""
        raise StudyError(Problem("--codings", what, " | ".join(known), mend))
    return likely[0]


def transcript(source: Source, interview: str) -> Document:
    """Return the text of an interview in a file read: its only block, or the one whose variables name it."""
    blocks: dict[int, list[str]] = {}
    for turn in source.turns:
        blocks.setdefault(turn.block, []).append(turn.text)
    ids = {block: {v.casefold() for v in source.variables.get(block, {}).values()} for block in blocks}
    fitting = [block for block in blocks if len(blocks) == 1 or interview.casefold() in ids[block]]
    if len(fitting) != 1:
        what = f"{len(blocks)} entretiens dans ce fichier, dont {len(fitting)} au nom de « {interview} »"
        mend = "gardez cet entretien seul dans une copie du fichier"
        raise StudyError(Problem(source.file, what, "un seul", mend))
    return document(dict(enumerate(blocks[fitting[0]], 1)))


def told(codings: list[Coding], interview: str, whole: Document) -> str:
    """Return in French the count of each status, and the doubtful and lost codings with old and new words."""
    own = [coding for coding in codings if coding.interview == interview]
    found = [(coding, find(selector(coding), whole)) for coding in own]
    statuses = [anchor.status for _, anchor in found]
    lines = [f"{interview} : {len(own)} codage{'s' if len(own) > 1 else ''}"]
    lines += [f"  {FRENCH[status] + f' ({status})':<20} {statuses.count(status):5d}" for status in STATUSES]
    others = len(codings) - len(own)
    if others:
        aside = "1 codage d'un autre entretien" if others == 1 else f"{others} codages d'autres entretiens"
        lines.append(f"  ({aside} : laissé de côté)" if others == 1 else f"  ({aside} : laissés de côté)")
    for status in ("doubtful", "lost"):
        for coding, anchor in found:
            if anchor.status == status:
                lines += ["", *_case(coding, anchor, whole)]
    return "\n".join(lines)


def _case(coding: Coding, anchor: Anchor, whole: Document) -> list[str]:
    place = f", tour {coding.turn}" if coding.turn else ""
    lines = [f"{FRENCH[anchor.status]} : {coding.place} (thème {coding.theme}{place})"]
    lines.append(f"  codé    : {_words(coding.before, coding.quote, coding.after)}")
    label = "  à présent" if anchor.span else "  le moins éloigné"
    for span in anchor.spans if anchor.span else anchor.spans[:1]:
        before, after = whole.around(span, CONTEXT)
        lines.append(f"{label}, tour {span.turn} : {_words(before, whole.words(span), after)}")
    likeness = f"{anchor.likeness:.2f}".replace(".", ",")
    return [*lines, f"  ressemblance : {likeness}"]


def _words(before: str, quote: str, after: str) -> str:
    short = quote if len(quote) <= WIDTH else f"{quote[: WIDTH // 2]} […] {quote[-WIDTH // 2 :]}"
    parts = before and f"…{before}", f"« {' '.join(short.split())} »", after and f"{after}…"
    return " ".join(filter(None, parts))
