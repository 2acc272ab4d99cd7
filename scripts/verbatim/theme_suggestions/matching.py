"""Where the cues and patterns of a grid stand, found by spaCy's matchers over the words of the study.

No model is loaded: the words, lemmas and parts of speech are those of corpus/tokens. Only for dependency patterns, and
only on the sentences that hold the lemmas that they name, the parser of the French model reads: each sentence by
itself, so that what it finds there depends on no other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from verbatim.annotation import MODEL, TYPOGRAPHY
from verbatim.grid import Theme
from verbatim.problems import raise_all
from verbatim.theme_suggestions.patterns import Clue, clues, faults, lemmas, plain

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

PARSING = ("tok2vec", "parser")
AT_ONCE = 2_000


@dataclass(frozen=True)
class Match:
    """A clue (its place in the list of clues) that stands in a sentence (its row), by its tokens from 0 there."""

    sentence: int
    clue: int
    tokens: tuple[int, ...]


@dataclass
class _Matchers:
    """The matchers of a grid; the keys of all are the places of the clues."""

    vocab: Vocab
    phrases: list[Callable] = field(default_factory=list)
    tokens: Callable | None = None
    dependencies: Callable | None = None
    needed: dict[int, list[frozenset[str]]] = field(default_factory=dict)
    parse: Callable[[Doc], Doc] | None = None


def find(sentences: pl.DataFrame, tokens: pl.DataFrame, themes: Sequence[Theme]) -> tuple[list[Clue], list[Match]]:
    """Return the clues of the `themes`, and where they stand in the `sentences` of `tokens` (`sentences.cut`).

    Of cues of one theme of which one lies inside the other, only the longer is found. Raises StudyError with the faults
    of all patterns.
    """
    known = clues(themes)
    if not known:
        return [], []
    nlp = _parser() if any(c.pattern and c.pattern.kind == "dependencies" for c in known) else None
    vocab = nlp.vocab if nlp else _vocab()
    raise_all(faults(themes, vocab))
    matchers = _matchers(known, vocab, nlp)
    found = []
    for row, doc in enumerate(_docs(sentences, tokens, vocab)):
        found += _longest([Match(row, *one) for one in _in(doc, matchers)], known)
    return known, found


@cache
def _vocab() -> Vocab:
    from spacy.lang.fr.lex_attrs import LEX_ATTRS as FRENCH
    from spacy.lang.lex_attrs import LEX_ATTRS
    from spacy.vocab import Vocab

    return Vocab(lex_attr_getters={**LEX_ATTRS, **FRENCH})


@cache
def _parser() -> Language:
    import spacy

    info = spacy.util.get_package_path(MODEL)
    names = spacy.util.load_meta(next(info.glob(f"{MODEL}-*")) / "meta.json")["pipeline"]
    return spacy.load(MODEL, exclude=[name for name in names if name not in PARSING])


def _docs(sentences: pl.DataFrame, tokens: pl.DataFrame, vocab: Vocab) -> Iterator[Doc]:
    from spacy.tokens import Doc

    places = sentences.select("first", "last").rows()
    for begin in range(0, len(places), AT_ONCE):
        own = places[begin : begin + AT_ONCE]
        low = own[0][0]
        part = tokens[low : own[-1][1] + 1]
        forms = [unicodedata.normalize("NFC", form.translate(TYPOGRAPHY)) for form in part["form"].to_list()]
        # a lemma of several words (« boîte mail ») is one token's, as its expression is
        lemma, pos = [plain(one) or "_" for one in part["lemma"].to_list()], part["pos"].to_list()
        for first, last in own:
            cut = slice(first - low, last + 1 - low)
            yield Doc(vocab, words=forms[cut], lemmas=lemma[cut], pos=pos[cut])


def _matchers(known: Sequence[Clue], vocab: Vocab, nlp: Language | None) -> _Matchers:
    from spacy.matcher import DependencyMatcher, Matcher, PhraseMatcher
    from spacy.tokens import Doc

    made = _Matchers(vocab, parse=nlp)
    ways = {"LEMMA": PhraseMatcher(vocab, attr="LEMMA"), "LOWER": PhraseMatcher(vocab, attr="LOWER")}
    made.phrases = list(ways.values())
    in_row, dependent = Matcher(vocab), DependencyMatcher(vocab)
    for place, clue in enumerate(known):
        if clue.pattern is None:
            docs = [Doc(vocab, words=list(way), lemmas=list(way)) for way in clue.words]
            ways["LEMMA"].add(str(place), docs)
            # one word as written may be the form of another (« garde » of « garder »); several together are not
            if len(clue.words) > 1:
                ways["LOWER"].add(str(place), docs)
        elif clue.pattern.kind == "tokens":
            in_row.add(str(place), [[dict(part) for part in clue.pattern.parts]], greedy="LONGEST")
        else:
            dependent.add(str(place), [[dict(part) for part in clue.pattern.parts]])
            made.needed[place] = lemmas(clue.pattern)
    made.tokens = in_row if len(in_row) else None
    made.dependencies = dependent if len(dependent) else None
    return made


def _in(doc: Doc, matchers: _Matchers) -> list[tuple[int, tuple[int, ...]]]:
    """Return (clue, tokens) of all matches in a sentence, sorted, each once."""
    name = matchers.vocab.strings
    runs = [one for matcher in (*matchers.phrases, matchers.tokens) if matcher for one in matcher(doc)]
    found = {(int(name[key]), tuple(range(start, end))) for key, start, end in runs}
    held = {token.lemma_ for token in doc} if matchers.dependencies else set()
    if any(all(held & one for one in own) for own in matchers.needed.values()):
        parsed = matchers.parse(doc)
        found |= {(int(name[key]), tuple(sorted(set(places)))) for key, places in matchers.dependencies(parsed)}
    return sorted(found)


def _longest(found: list[Match], known: Sequence[Clue]) -> list[Match]:
    """Return the matches that lie inside no longer one of the same theme."""
    if len(found) < 2:
        return found

    def inside(one: Match) -> bool:
        own = set(one.tokens)
        return any(
            known[other.clue].theme == known[one.clue].theme and own < set(other.tokens)
            for other in found
            if other is not one
        )

    return [one for one in found if not inside(one)]
