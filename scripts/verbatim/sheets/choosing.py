"""Verbatims chosen for the sheet of a theme, by a rule that the sheet states."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from verbatim.sheets.passages import SURE, Passage

FEWEST, MOST, EASY = 6, 80, 30  # words
ALIKE = 80.0  # per cent of letters
STANCES = {"against": "contre", "nuance": "nuance", "for": "pour"}
SEVERAL = {2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six"}


@dataclass(frozen=True)
class Chosen:
    """A passage chosen: the coding whose words stand for it, and why, in French."""

    passage: Passage
    coding: dict
    reason: str


@dataclass(frozen=True)
class _Candidate:
    passage: Passage
    coding: dict
    n_words: int


def rule(most: int) -> str:
    """Return the rule in French, as the sheets and the method state it."""
    return (
        f"Au plus {most} verbatims. Sont écartés les passages dont l'ancrage n'est pas sûr, ceux de moins de {FEWEST} "
        f"mots ou de plus de {MOST} ; ce que plusieurs personnes codent au même endroit est un seul passage ; de deux "
        "passages presque identiques d'un entretien, il n'en reste qu'un. D'abord un passage de chaque position "
        "présente (contre, nuance, pour) ; puis un passage de chaque entretien avant le deuxième d'aucun, en alternant "
        "les modalités des attributs comparés. Dans un entretien viennent d'abord les passages que le plus de "
        "personnes ont codés, puis ceux d'une position, puis d'un sous-thème, qui n'y étaient pas encore, puis les "
        f"plus proches de {EASY} mots. À égalité décide l'empreinte de l'identifiant, qui ne dépend de rien d'autre : "
        "un entretien ajouté fait entrer ses passages, chacun à la place d'un autre, et laisse le reste en place."
    )


def choose(passages: Iterable[Passage], cells: Mapping[str, tuple[str, ...]], most: int) -> list[Chosen]:
    """Return the verbatims of a theme, at most `most`, in the order of the rule.

    `passages` in any order; `cells`: interview -> its modalities of the attributes that are compared (an interview
    that is not there has none). When an interview is added, only its own passages may enter; each puts one out, and
    besides, for each stance whose place it takes, the next in order may enter (tested).
    """
    groups: dict[str, list[_Candidate]] = defaultdict(list)
    for candidate in filter(None, map(_candidate, passages)):
        groups[candidate.passage.interview].append(candidate)
    ordered = {interview: _within(own) for interview, own in sorted(groups.items())}
    seats = _seats(ordered)
    # an interview that shows a position has had its turn in the first round
    lines = {i: sorted(own, key=lambda one: (i, own.index(one)) not in seats) for i, own in ordered.items()}
    seats = {(i, lines[i].index(ordered[i][place])): stance for (i, place), stance in seats.items()}
    chosen = list(seats)[:most]
    chosen += [one for one in _rounds(lines, cells) if one not in seats][: most - len(chosen)]
    seen: Counter[str] = Counter()
    found = []
    for interview, place in chosen:
        seen[interview] += 1
        one = lines[interview][place]
        reason = _reason(one, seats.get((interview, place)), seen[interview], cells.get(interview, ()))
        found.append(Chosen(one.passage, one.coding, reason))
    return found


def _candidate(passage: Passage) -> _Candidate | None:
    sized = [(len(row["quote"].split()), row) for row in passage.codings if row["anchor"] in SURE]
    fit = [(n, row["coding"], row) for n, row in sized if FEWEST <= n <= MOST]
    if not fit:
        return None
    n, _, row = max(fit, key=lambda one: one[:2])
    return _Candidate(passage, row, n)


def _within(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the candidates of an interview in the order of the rule: other interviews change nothing in it."""
    left, found = list(candidates), []
    positions: set[tuple[str, str]] = set()
    themes: set[str] = set()
    while left:
        one = min(left, key=lambda c: _standing(c, positions, themes))
        left.remove(one)
        if any(ratio(one.coding["quote"], other.coding["quote"]) >= ALIKE for other in found):
            continue
        found.append(one)
        positions |= one.passage.positions
        themes.add(one.coding["theme"])
    return found


def _standing(one: _Candidate, positions: set[tuple[str, str]], themes: set[str]) -> tuple:
    return (
        -len(one.passage.coders),
        not one.passage.positions - positions,
        one.coding["theme"] in themes,
        abs(one.n_words - EASY),
        fingerprint(one.coding["coding"]),
    )


def _seats(ordered: Mapping[str, Sequence[_Candidate]]) -> dict[tuple[str, int], str]:
    """Return (interview, place in it) -> stance, one for each stance that is there, of interviews not yet seated first.

    The order of interviews here is that of their fingerprints alone.
    """
    found: dict[tuple[str, int], str] = {}
    for stance in STANCES:
        bearing = [
            (interview, place)
            for interview, own in ordered.items()
            for place, one in enumerate(own)
            if stance in one.passage.stances and (interview, place) not in found
        ]
        if bearing:
            seated = {interview for interview, _ in found}
            first = min(bearing, key=lambda at: (at[0] in seated, at[1], fingerprint(at[0])))
            found[first] = stance
    return found


def _rounds(ordered: Mapping[str, Sequence[_Candidate]], cells: Mapping[str, tuple[str, ...]]) -> list[tuple[str, int]]:
    """Return (interview, place in it): the first of each interview, then the second of each…; cells take turns."""
    found = []
    for place in range(max(map(len, ordered.values()), default=0)):
        ranks: Counter[tuple[str, ...]] = Counter()
        keyed = []
        for interview in sorted((i for i, own in ordered.items() if len(own) > place), key=fingerprint):
            cell = cells.get(interview, ())
            keyed.append((ranks[cell], fingerprint(interview), (interview, place)))
            ranks[cell] += 1
        found += [at for *_, at in sorted(keyed)]
    return found


def fingerprint(name: str) -> str:
    """Return what orders equals: it depends on this name alone, and on nothing that a study adds later."""
    return hashlib.sha256(name.encode()).hexdigest()


def _reason(one: _Candidate, stance: str | None, n: int, cell: tuple[str, ...]) -> str:
    told = [f"montre la position « {STANCES[stance]} »"] if stance else []
    whose = f"{one.passage.interview} ({', '.join(cell)})" if cell else one.passage.interview
    told.append(f"{'premier' if n == 1 else f'{n}e'} verbatim de {whose}")
    if (n_coders := len(one.passage.coders)) > 1:
        told.append(f"codé par {SEVERAL.get(n_coders, n_coders)} personnes")
    return " ; ".join(told)
