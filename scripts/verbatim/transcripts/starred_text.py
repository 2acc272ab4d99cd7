"""Corpora with starred lines: IRaMuTeQ (`**** *sex_f *age_30`, `-*theme`) and Alceste (`0001 *sex_f`).

A file holds as many interviews as starred lines; these give each its variables.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from verbatim.problems import Problem, raise_all
from verbatim.transcripts.accounts import Piece
from verbatim.transcripts.plain_text import lines
from verbatim.transcripts.speakers import Line, Partition

IRAMUTEQ = re.compile(r"\s*\*{4}(?=\s|$)(?P<stars>.*)")
STARRED = re.compile(r"\s*\*{4}\s+\*\S")
ALCESTE = re.compile(r"\s*\d{4,}\s+(?P<stars>\*.*)")
THEME = re.compile(r"\s*-\*\S.*")
STAR = re.compile(r"\*(?P<variable>[^\s*_]+)(?:_(?P<modality>[^\s*]*))?")
WITHOUT_MODALITY = "oui"
SHOWN = 10


def kind(text: str) -> str | None:
    """Return `iramuteq` or `alceste` when `text` has such starred lines, else None."""
    written = [line for line, _ in lines(text) if line.strip()]
    if any(STARRED.match(line) for line in written) or (written and IRAMUTEQ.fullmatch(written[0])):
        return "iramuteq"
    return "alceste" if written and ALCESTE.fullmatch(written[0]) else None


def read(text: str, form: str, place: str, interviewer_labels: Collection[str] = ()) -> tuple[list[Piece], list[str]]:
    """Return the pieces of a corpus and what had to be guessed.

    `form` is `iramuteq` or `alceste`; `place` the file's name. A variable without modality (`*woman`)
    gets the modality `oui`. Labels of speakers count in the texts that begin with one. Raises
    StudyError with every starred line that cannot be read.
    """
    header = IRAMUTEQ if form == "iramuteq" else ALCESTE
    texts: list[list[Line | Piece]] = [[]]
    begins: list[int] = []
    problems: list[Problem] = []
    notes: list[str] = []
    for number, (line, ending) in enumerate(lines(text), 1):
        found = header.fullmatch(line)
        if found:
            block = _block(found["stars"], f"{place}, ligne {number}", problems, notes)
            begins.append(number)
            texts.append([Piece("dropped", line, "starred_lines"), block, Piece("dropped", ending, "line_marks")])
        elif THEME.fullmatch(line):
            texts[-1] += [Piece("dropped", line, "themes"), Piece("dropped", ending, "line_marks")]
        else:
            texts[-1].append(Line(line, ending))
    raise_all(problems)
    pieces = list(_before(texts[0]))
    n_labelled = 0
    silent: list[int] = []
    for number, entries in zip(begins, texts[1:], strict=True):
        partition = Partition(entries, interviewer_labels)
        n_labelled += partition.begins_labelled
        own = list(partition.pieces() if partition.begins_labelled else _unlabelled(entries))
        silent += [] if any(piece.kind == "words" and piece.text.strip() for piece in own) else [number]
        pieces += own
    return pieces, notes + _notes(pieces, n_labelled, len(begins)) + _silent(silent)


def _before(entries: list[Line | Piece]) -> Iterator[Piece]:
    for entry in entries:
        if isinstance(entry, Piece):
            yield entry
        else:
            yield Piece("unread", entry.text) if entry.text.strip() else Piece("dropped", entry.text, "white_space")
            yield Piece("dropped", entry.ending, "line_marks")


def _unlabelled(entries: list[Line | Piece]) -> Iterator[Piece]:
    for entry in entries:
        if isinstance(entry, Line):
            yield Piece("words", entry.text)
            yield Piece("dropped", entry.ending, "line_marks")
            continue
        yield entry
        if entry.rule == "themes":
            yield Piece("speaker")


def _notes(pieces: list[Piece], n_labelled: int, n_texts: int) -> list[str]:
    told = []
    themes = sum(piece.rule == "themes" for piece in pieces)
    unread = sum(piece.kind == "unread" for piece in pieces)
    if themes:
        told.append(f"{themes} ligne(s) de thématique (-*) mises de côté : le texte est gardé, non la thématique")
    if unread:
        told.append(f"{unread} ligne(s) avant la première ligne étoilée non lues")
    if n_labelled:
        told.append(f"étiquettes de locuteur reconnues dans {n_labelled} texte(s) étoilé(s) sur {n_texts}")
    return told


def _silent(numbers: list[int]) -> list[str]:
    """Return the note on texts without a word, whose starred lines stand at `numbers`: no interview comes of them."""
    shown = ", ".join(map(str, numbers[:SHOWN])) + ("…" if len(numbers) > SHOWN else "")
    return [f"{len(numbers)} texte(s) étoilé(s) sans parole, laissé(s) de côté : ligne(s) {shown}"] if numbers else []


def _block(stars: str, where: str, problems: list[Problem], notes: list[str]) -> Piece:
    variables: dict[str, str] = {}
    for word in stars.split():
        star = STAR.fullmatch(word)
        if not star:
            what = f"« {word} » n'est pas une variable étoilée"
            problems.append(Problem(where, what, "*variable_modalité", "ajoutez l'étoile, ou ôtez l'espace"))
        elif star["variable"] in variables:
            notes.append(f"{where} : la variable {star['variable']} revient ; la première valeur est gardée")
        elif star["modality"] == "":
            notes.append(f"{where} : la variable {star['variable']} n'a pas de modalité ; ignorée")
        else:
            variables[star["variable"]] = star["modality"] or WITHOUT_MODALITY
    return Piece("block", variables=variables)
