"""The cues and patterns of a grid as spaCy's matchers take them, checked with the place of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbatim.grid import Pattern, Theme
from verbatim.problems import Problem, nearest
from verbatim.wordlists import PARTS_OF_SPEECH, TYPOGRAPHY

if TYPE_CHECKING:
    from spacy.vocab import Vocab

ELIDED = {"qu'": "que", "jusqu'": "jusque", "lorsqu'": "lorsque", "puisqu'": "puisque", "quoiqu'": "quoique"}
ELIDED |= {f"{letter}'": f"{letter}e" for letter in "cdjlmnst"}
TEXTS = ("ORTH", "TEXT", "LOWER", "LEMMA", "POS", "SHAPE", "PREFIX", "SUFFIX")
SIGNS = ("LENGTH", "IS_ALPHA", "IS_DIGIT", "IS_LOWER", "IS_UPPER", "IS_TITLE", "IS_PUNCT", "LIKE_NUM")
WORD = (*TEXTS, *SIGNS)
NODE = ("RIGHT_ID", "RIGHT_ATTRS", "LEFT_ID", "REL_OP")
MATCHERS = {
    "tokens": "Matcher (suite de mots)",
    "dependencies": "DependencyMatcher (mots qui dépendent l'un de l'autre)",
}


@dataclass(frozen=True)
class Clue:
    """What points to a theme: a cue (`words`: the ways it may be said, as lemmas and as written) or a pattern."""

    theme: str
    name: str
    words: tuple[tuple[str, ...], ...] = ()
    pattern: Pattern | None = None


def plain(text: str) -> str:
    """Return `text` in lower case, with straight apostrophes and hyphens and single spaces."""
    return " ".join(text.translate(TYPOGRAPHY).lower().split())


def clues(themes: Iterable[Theme]) -> list[Clue]:
    """Return the cues and patterns of the `themes`, in the order of the grid; a cue given twice counts once."""
    found = []
    for theme in themes:
        for cue in dict.fromkeys(map(plain, theme.cues)):
            found.append(Clue(theme.id, cue, words(cue)))
        names: dict[str, int] = {}
        for pattern in theme.patterns:
            name = said(pattern)
            names[name] = names.get(name, 0) + 1
            found.append(Clue(theme.id, name if names[name] == 1 else f"{name} ({names[name]})", (), pattern))
    return found


def words(cue: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways in which the words of a `plain` cue may stand: as one token, word by word, elisions undone."""
    parts = tuple(re.findall(r"[^\s']+'|[^\s']+|'", cue))
    undone = tuple(ELIDED.get(part, part) for part in parts)
    return tuple(dict.fromkeys([(cue,), parts, undone]))


def said(pattern: Pattern) -> str:
    """Return a pattern in short, such as « couper (DET) caméra|micro »."""
    if pattern.kind == "dependencies":
        return " › ".join(_word(part.get("RIGHT_ATTRS") or {}) for part in pattern.parts)
    return " ".join(_word(part) for part in pattern.parts)


def _word(attributes: object) -> str:
    own = attributes if isinstance(attributes, dict) else {}
    kept = [_value(own[name]) for name in ("LEMMA", "LOWER", "ORTH", "TEXT", "POS", "DEP") if name in own]
    text = kept[0] if kept else "…"
    return f"({text})" if own.get("OP") in ("?", "*", "!") else text


def _value(value: object) -> str:
    if isinstance(value, dict):
        one = next(iter(value.values()), "…")
        text = "|".join(map(str, one)) if isinstance(one, list) else str(one)
        return f"sauf {text}" if "NOT_IN" in value else text
    return str(value)


def faults(themes: Iterable[Theme], vocab: Vocab) -> list[Problem]:
    """Return the faults of all patterns: what spaCy's matchers refuse, and what they would never find."""
    return [fault for theme in themes for pattern in theme.patterns for fault in _faults(pattern, vocab)]


def _faults(pattern: Pattern, vocab: Vocab) -> list[Problem]:
    check = _tokens if pattern.kind == "tokens" else _dependencies
    return list(check(pattern)) or list(_refused(pattern, vocab))


def _tokens(pattern: Pattern) -> Iterator[Problem]:
    for number, part in enumerate(pattern.parts, 1):
        yield from _attributes(part, (*WORD, "OP"), f"mot {number}", pattern.place)


def _dependencies(pattern: Pattern) -> Iterator[Problem]:
    for number, part in enumerate(pattern.parts, 1):
        where = f"mot {number}"
        yield from _unknown(part, NODE, where, pattern.place)
        needed = NODE[:2] if number == 1 else NODE
        for name in [name for name in needed if name not in part]:
            what = f"motif de dépendances, {where} : il manque « {name} »"
            yield Problem(pattern.place, what, ", ".join(needed), "")
        attributes = part.get("RIGHT_ATTRS")
        if isinstance(attributes, dict):
            yield from _attributes(attributes, (*WORD, "DEP"), where, pattern.place)
    if not any(lemmas(pattern)):
        what = "motif de dépendances sans lemme : il faudrait analyser toutes les phrases"
        mend = "nommez au moins un mot par LEMMA (une valeur, ou IN et une liste)"
        yield Problem(pattern.place, what, "RIGHT_ATTRS: {LEMMA: …}", mend)


def _unknown(part: Mapping, known: Sequence[str], where: str, place: str) -> Iterator[Problem]:
    for name in [name for name in part if name not in known]:
        near = nearest(str(name).upper(), known)
        mend = f"vouliez-vous « {near} » ?" if near else "retirez-le"
        yield Problem(place, f"motif, {where} : « {name} » inconnu", ", ".join(known), mend)


def _attributes(part: Mapping, known: Sequence[str], where: str, place: str) -> Iterator[Problem]:
    yield from _unknown(part, known, where, place)
    for value in _values(part.get("POS")):
        if value not in PARTS_OF_SPEECH:
            near = nearest(value.upper(), PARTS_OF_SPEECH)
            mend = f"vouliez-vous « {near} » ?" if near else ""
            yield Problem(place, f"motif, {where} : catégorie « {value} » inconnue", ", ".join(PARTS_OF_SPEECH), mend)
    for name in ("LEMMA", "LOWER"):
        for value in _values(part.get(name)):
            if value != plain(value):
                what = f"motif, {where} : « {name}: {value} » ne serait jamais trouvé"
                yield Problem(place, what, "des minuscules, une apostrophe droite", f"écrivez « {plain(value)} »")


def _values(value: object) -> list[str]:
    """Return the texts that an attribute names: itself, or its lists IN and NOT_IN."""
    if isinstance(value, dict):
        lists = [value.get(name) for name in ("IN", "NOT_IN")]
        return [str(one) for own in lists if isinstance(own, list) for one in own]
    return [value] if isinstance(value, str) else []


def lemmas(pattern: Pattern) -> list[frozenset[str]]:
    """Return, for each word of a dependency pattern that names lemmas, those of which a sentence must hold one."""
    found = []
    for part in pattern.parts:
        value = (part.get("RIGHT_ATTRS") or {}).get("LEMMA") if isinstance(part.get("RIGHT_ATTRS"), dict) else None
        own = value.get("IN", ()) if isinstance(value, dict) else value
        named = frozenset([own] if isinstance(own, str) else own if isinstance(own, list) else ())
        found += [named] if named else []
    return found


def _refused(pattern: Pattern, vocab: Vocab) -> Iterator[Problem]:
    """Yield what spaCy itself says against a pattern."""
    from spacy.errors import MatchPatternError
    from spacy.matcher import DependencyMatcher, Matcher

    matcher = (Matcher if pattern.kind == "tokens" else DependencyMatcher)(vocab, validate=True)
    try:
        matcher.add("motif", [[dict(part) for part in pattern.parts]])
    except (MatchPatternError, ValueError, TypeError, re.error) as error:
        reason = "; ".join(line.strip("- ") for line in str(error).splitlines() if "->" in line) or str(error)
        what = f"motif refusé par {MATCHERS[pattern.kind]} : {' '.join(reason.split())[:200]}"
        mend = "voir https://spacy.io/api/matcher#patterns"
        mend = mend if pattern.kind == "tokens" else "voir https://spacy.io/api/dependencymatcher#patterns"
        yield Problem(pattern.place, what, "un motif de spaCy", mend)
