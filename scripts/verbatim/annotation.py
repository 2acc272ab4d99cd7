"""What the language model says of each word: tokens with offsets, lemma, part of speech, entity.

The model (spaCy, fr_core_news_md) reads a text without noise and without typographic apostrophes;
the tokens go back to the text as it was written. What speech needs besides is in `lemmas`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from verbatim.noise import NOISE

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "fr_core_news_md"
EXCLUDED = ("parser",)
BATCH = 64

# One character for one character: offsets keep.
TYPOGRAPHY = str.maketrans({**dict.fromkeys("’‘ʼ＇′´`", "'"), **dict.fromkeys("‐‑", "-")})
CLITICS = "ce|je|tu|ils?|elles?|on|nous|vous|y|en|moi|toi|lui|leur|eux|les?|la|t|là"
ELISIONS = "[cdjlmnsty]|qu|jusqu|lorsqu|puisqu|quoiqu"

Token = tuple[int, int, str, str, str | None]


def load(kept: frozenset[str]) -> Language:
    """Return the model, with a tokeniser that keeps the lower-case forms `kept` in one piece.

    Takes about five seconds. Raises OSError when the model is not installed.
    """
    import spacy

    nlp = spacy.load(MODEL, exclude=list(EXCLUDED))
    nlp.max_length = 10**9
    _adapt_tokeniser(nlp, kept)
    return nlp


def _adapt_tokeniser(nlp: Language, kept: frozenset[str]) -> None:
    """Cut hyphens before clitics only, as Universal Dependencies do: `rond-point`, but `dis | -moi`.

    Elided words are prefixes, so that what follows them is looked up (`qu' | aujourd'hui`).
    """
    from spacy.lang.char_classes import ALPHA, HYPHENS
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    between_letters = rf"(?<=[{ALPHA}])(?:{HYPHENS})(?=[{ALPHA}])"
    dashes = "|".join(sign for sign in HYPHENS.split("|") if sign != "-")
    infixes = [rule for rule in nlp.Defaults.infixes if rule != between_letters]
    infixes += [rf"(?<=[{ALPHA}])(?:{dashes})(?=[{ALPHA}])", rf"(?<=[{ALPHA}])(?=-[mtlMTL]'[{ALPHA}])"]
    suffixes = [*nlp.Defaults.suffixes, rf"(?<=[{ALPHA}])-(?i:{CLITICS})"]
    prefixes = [*nlp.Defaults.prefixes, rf"(?i:{ELISIONS})'(?=[{ALPHA}])"]
    nlp.tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    nlp.tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    nlp.tokenizer.token_match = lambda string: string.lower() in kept


def annotate(nlp: Language, texts: Sequence[str]) -> Iterator[list[Token]]:
    """Yield for each text its tokens (start, end, lemma, pos, entity), which cover all but white space.

    Offsets are half-open, in characters of the text as given. Noise is of part of speech X, its lemma
    its lower-case form, without entity.
    """
    prepared = [prepare(text) for text in texts]
    docs = nlp.pipe((nlp.tokenizer(clean) for clean, _, _ in prepared), batch_size=BATCH)
    for text, (_, pieces, noises), doc in zip(texts, prepared, docs, strict=True):
        words = list(_on_source(doc, pieces))
        words += [(start, end, text[start:end].lower(), "X", None) for start, end in noises]
        yield sorted(words)


def prepare(text: str) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    """Return what the model reads of `text`, where its pieces stand in both, and the spans of noise.

    A piece (begin in what the model reads, begin in `text`) is a run without white space; pieces are
    separated by one space.
    """
    plain = text.translate(TYPOGRAPHY)
    noises = [found.span() for found in NOISE.finditer(plain)]
    clean: list[str] = []
    pieces: list[tuple[int, int]] = []
    position = 0
    for begin, end in _between(noises, len(plain)):
        for found in re.finditer(r"\S+", plain[begin:end]):
            pieces.append((position, begin + found.start()))
            clean.append(found[0])
            position += len(found[0]) + 1
    return " ".join(clean), pieces, noises


def _between(spans: Iterable[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    position = 0
    for start, end in spans:
        yield position, start
        position = end
    yield position, length


def _on_source(doc: Doc, pieces: Sequence[tuple[int, int]]) -> Iterator[Token]:
    begins = [clean for clean, _ in pieces]
    for word in doc:
        clean, source = pieces[bisect_right(begins, word.idx) - 1]
        start = word.idx - clean + source
        yield start, start + len(word), word.lemma_, word.pos_, word.ent_type_ or None
