"""Names: after a title, in a self-introduction, seen by the language model, or by their capital alone."""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbatim import wordlists
from verbatim.lexique import Lexique
from verbatim.privacy.passages import APOSTROPHES, Passages, normalise

if TYPE_CHECKING:
    import polars as pl

# Annotated words of a turn: start, end, part of speech, label of the entity (or None).
Annotated = tuple[int, int, str, str | None]

KIND_OF_LABEL = {"PER": "person", "LOC": "place", "ORG": "organisation"}
TITLES = (
    r"M\.|MM\.|Mr\.?|Mrs|Mme\.?|Mmes|Mlle\.?|Mlles|Dr\.?|Pr\.?|Me|(?i:monsieur|messieurs|madame|mesdames|mademoiselle"
    r"|docteur|docteure|professeur|professeure|maître)"
)
PARTICLE = r"(?:de la|de|du|des|d['’]|le|la|van der|van|von|der|ben|bel|el|al|da|dos|di|del|abou|ould|saint|sainte)"
JOINED = re.compile(rf"[ -](?:{PARTICLE}[ ]?){{0,2}}")
CAPITAL = r"[^\W\d_a-zà-öø-ÿ][^\W\d_]+(?:[-'’][^\W\d_]+)*"
LETTERS = r"[^\W\d_]{2,}(?:-[^\W\d_]+)*"
FULL_NAME = rf"(?:{PARTICLE}[ ]?)?{CAPITAL}(?:[ ](?:{PARTICLE}[ ]?){{0,2}}{CAPITAL}){{0,3}}"
TITLE = re.compile(TITLES)
TITLED = re.compile(rf"(?<![\w'’-])(?:{TITLES})[ ](?:(?P<name>{FULL_NAME})|(?P<word>{LETTERS}))(?!\w)")
# The speaker says it of oneself: whatever follows is a name.
INTRODUCED = re.compile(
    r"(?<!\w)(?i:je m['’]appelle|appelez[- ]moi|on m['’]appelle|m(?:on|es) (?:pré)?noms?"
    r"(?: de famille| de jeune fille)?,? (?:c['’]est|est|sont)|moi,? c['’]est(?-i:(?= [A-ZÀ-Þ])))"
    rf"(?:,?[ ](?:euh|donc|alors|moi)(?![\w'’]))*,?[ ](?:(?P<name>{FULL_NAME})|(?P<word>{LETTERS}))(?!\w)"
)
CALLED = re.compile(
    r"(?<!\w)(?i:s['’]appel(?:le|ait|lent|aient|lait)|(?:pré|sur)?nommée?s?|au nom de|de son prénom|du nom de)"
    rf"(?:,?[ ](?:euh|donc|alors)(?![\w'’]))*,?[ ](?:(?P<name>{FULL_NAME})|(?P<word>{LETTERS}))(?!\w)"
)
NO_NAMES = """pas plus comment quoi un une le la les des du au aux ça cela ce cette mon ma mes son sa ses ton ta toi moi
    lui elle il on que qui bien toujours comme jamais tout parce déjà pour dans sur par très trop assez encore aussi"""
FILLED = """ah aïe allez allô alors amen bah bas ben bin bof bon bonjour bonsoir bravo bref chut eh enfin euh fin ha hé
    hein heu hey hm hmm ho hop hum mh mhm mm mmh merci mouais nan non oh ohlala ok okay olala ouah ouais ouaip oui oula
    ouf ouh pardon pff pfff salut si tac voilà voila wesh wow yes yep zut ouai ouaih chuis chais ptet ptêt tsais euhm"""
CUT = "c d j l m n s t qu jusqu lorsqu puisqu quoiqu presqu quelqu aujourd entr"
NOT_A_NAME, FILLERS, ELIDED = frozenset(NO_NAMES.split()), frozenset(FILLED.split()), frozenset(CUT.split())
LINKING_POS = frozenset({"ADP", "DET", "PRON", "CCONJ", "SCONJ"})
VERBAL_POS = frozenset({"VERB", "AUX", "ADV", "ADJ", "INTJ"})
FUNCTION_POS = frozenset({"ADV", "INTJ", "PRON", "CCONJ", "SCONJ", "ADP", "DET", "AUX", "VERB", "NUM", "PART"})
ACCENTED = {"E": "éèê", "A": "àâ", "I": "îï", "O": "ôö", "U": "ùû", "C": "ç"}
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
ROMAN = re.compile(r"[IVXLC]+(?:e|ème|er|ère)?")
# A point ends the sentence after a lone capital: it is left out.
INITIALS = re.compile(
    r"(?<![\w.'’-])(?:(?:[A-ZÀ-Þ]\.-?){2,}|[A-ZÀ-Þ](?![\w'’.-])|[A-ZÀ-Þ](?=\.(?:\s|$))"
    r"|(?=[\w/-]*[A-Z])(?=[\w/-]*\d)[A-Z][\w/-]*\w)(?!\w)"
)
LONE_WORDS = frozenset("AÀOXYZ")
UNKNOWN_PERSON = re.compile(r"[XxYyZz]+")
SENTENCE_OPENS = frozenset('.!?…:«»"“”–—\n')
INNER_SIGNS = frozenset("-'’&/")
# What a transcriber wrote instead of a name.
MASK = re.compile(
    r"\[(?:pr[ée]noms?|noms?|villes?|lieux?|entreprises?|soci[ée]t[ée]s?|cabinets?|personnes?|coll[èe]gues?|r[ée]gions?"
    r"|pays|d[ée]partements?|quartiers?|rues?|adresses?|dates?|t[ée]l[ée]phones?|organismes?|anonym\w*|mots?|sites?"
    r"|[ée]coles?|coll[èe]ges?|lyc[ée]es?|h[ôo]pital|universit[ée]s?)[\d_]*(?:[ _-]?\w{1,2})?\]",
    re.IGNORECASE,
)
BRACKETED = re.compile(r"(?:\[[^\[\]]*\]|\([^()]*\))\s*$")


class Vocabulary:
    """Which words are French: form in lower case (œ as oe) -> its parts of speech."""

    def __init__(self, readings: Mapping[str, Collection[str]]):
        """Take the readings of `verbatim.lexique`, or any like it."""
        self._readings = readings

    def readings(self, word: str) -> Collection[str]:
        """Return the parts of speech of `word` as the lexicon has it, whatever its case (none: unknown)."""
        folded = word.translate(APOSTROPHES).lower().replace("œ", "oe")
        forms = [folded, *(accent + folded[1:] for accent in ACCENTED.get(word[:1], ""))]
        return next((self._readings[form] for form in forms if form in self._readings), ())

    def knows(self, word: str) -> bool:
        """Say whether `word`, or each part of it between hyphens, is French."""
        return bool(self.readings(word)) or (
            "-" in word and all(len(p) == 1 or self.readings(p) for p in word.split("-"))
        )

    def is_function_word(self, word: str) -> bool:
        """Say whether `word` is a filler, or has no reading as a noun or adjective."""
        if word.lower() in FILLERS:
            return True
        found = self.readings(word)
        return bool(found) and FUNCTION_POS.issuperset(found)


@dataclass(frozen=True)
class Word:
    """A word of a turn.

    `opens`: it begins a sentence; `free`: public, a filler, or of a sentence's grammar; `part`: the part
    of speech given by the model, or "".
    """

    start: int
    end: int
    form: str
    opens: bool
    free: bool
    part: str

    @property
    def capital(self) -> bool:
        """Say whether it begins with a capital and has two letters or more."""
        return len(self.form) > 1 and self.form[0].isupper()


class NameFinder:
    """Finds names in turns.

    `vocabulary`: French words; `tools`: public tools and bodies, never found; `codes`: codes of
    interviews and speakers, never found either.
    """

    def __init__(self, vocabulary: Vocabulary, tools: Iterable[str] = (), codes: Iterable[str] = ()):
        """Take the lists that decide what is no name."""
        self.vocabulary = vocabulary
        self._tools, self._public = Passages(tools), Passages([*tools, *codes])
        self._codes = frozenset(normalise(code) for code in codes)

    def find(self, text: str, annotated: Sequence[Annotated]) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, kind) of every name of `text`; `annotated` are its words, in order."""
        words = list(self._words(text, annotated))
        yield from self._titled(text)
        yield from self._entities(text, annotated, words)
        yield from self._capitals(text, words)
        yield from self._initials(text)

    def known(self, text: str) -> list[tuple[int, int]]:
        """Return the spans of public tools and bodies in `text` that are written with a capital or a figure."""
        found = ((start, end) for start, end, _ in self._tools.find(text))
        return [(start, end) for start, end in found if text[start:end] != text[start:end].lower()]

    def _initials(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield names cut to their initials (« B. », « B.C.E. ») and words of capitals and figures (« REPLACE-2 »)."""
        public = self.public(text)
        for found in INITIALS.finditer(text):
            start, end = found.span()
            lone = len(found[0].rstrip(".")) == 1
            if lone and (_opens_sentence(text, start) or found[0][0] in LONE_WORDS):
                continue
            if not any(a <= start and end <= b for a, b in public):
                yield start, end, "capital"

    def public(self, text: str) -> list[tuple[int, int]]:
        """Return the spans of public tools, bodies and codes in `text`, and of names masked already."""
        masks = [found.span() for found in MASK.finditer(text)]
        return [*masks, *((start, end) for start, end, _ in self._public.find(text))]

    def _words(self, text: str, annotated: Sequence[Annotated]) -> Iterator[Word]:
        parts = {start: pos for start, _, pos, _ in annotated}
        public = bytearray(len(text))
        for start, end in self.public(text):
            public[start:end] = b"\1" * (end - start)
        for start, form, first in self._forms(text):
            opens = first and _opens_sentence(text, start)
            end = start + len(form)
            free = all(public[start:end]) or self._is_common(form, opens)
            yield Word(start, end, form, opens, free, parts.get(start, ""))

    def _forms(self, text: str) -> Iterator[tuple[int, str, bool]]:
        """Yield (start, form, whether nothing is elided before it): in « L'Oréal » the name is by itself."""
        for found in WORD.finditer(text):
            if self.vocabulary.knows(found[0]) or not re.search("['’]", found[0]):
                yield found.start(), found[0], True
                continue
            for piece in re.finditer(r"[^'’]+", found[0]):
                if piece[0].lower() not in ELIDED:
                    yield found.start() + piece.start(), piece[0], piece.start() == 0

    def _is_common(self, form: str, opens: bool) -> bool:
        if form.lower() in FILLERS or any(pattern.fullmatch(form) for pattern in (TITLE, ROMAN, UNKNOWN_PERSON)):
            return True
        return opens and self.vocabulary.is_function_word(form)

    def _titled(self, text: str) -> Iterator[tuple[int, int, str]]:
        for pattern in (TITLED, INTRODUCED, CALLED):
            for found in pattern.finditer(text):
                group = "name" if found["name"] else "word"
                name = found[group]
                if UNKNOWN_PERSON.fullmatch(name) or normalise(name) in self._codes:
                    continue
                if group == "name" and self._is_plain(name):
                    continue
                if group == "word" and (
                    name.lower() in NOT_A_NAME or (pattern is not INTRODUCED and self.vocabulary.knows(name))
                ):
                    continue
                yield *found.span(group), "person"

    def _is_plain(self, name: str) -> bool:
        """Say whether a name is one of a function, as in « Madame La Présidente », or no name at all."""
        capitals = re.findall(CAPITAL, name)
        return all(word.lower() in NOT_A_NAME or self.vocabulary.is_function_word(word) for word in capitals)

    def _entities(
        self, text: str, annotated: Sequence[Annotated], words: Sequence[Word]
    ) -> Iterator[tuple[int, int, str]]:
        for start, end, label in _entity_spans(text, annotated):
            own = _inside(words, start, end)
            while own and self._is_no_edge(own[0]):
                own.pop(0)
            while own and not own[-1].capital and not text[start:end].isupper():
                own.pop()
            if any(word.capital and not word.free for word in own):
                yield own[0].start, own[-1].end, KIND_OF_LABEL.get(label, "entity")

    def _is_no_edge(self, word: Word) -> bool:
        """Say whether an entity cannot begin with `word`: no capital, or only that of the sentence."""
        if not word.capital:
            return True
        if not word.opens:
            return False
        readings = self.vocabulary.readings(word.form)
        return (
            not LINKING_POS.isdisjoint(readings)
            or self.vocabulary.is_function_word(word.form)
            or word.part in VERBAL_POS
        )

    def _capitals(self, text: str, words: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
        run: list[Word] = []
        for word in [*words, None]:
            joins = word and run and JOINED.fullmatch(text, run[-1].end, word.start)
            takes = word and word.capital and not word.free
            if run and not (joins and (takes or not word.capital)):
                yield from self._run(run)
                run = []
            if takes:
                run.append(word)

    def _run(self, run: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
        while len(run) > 1 and self._is_no_edge(run[0]):
            run = run[1:]
        if any(self._is_strange(word) for word in run):
            yield run[0].start, run[-1].end, "capital"

    def _is_strange(self, word: Word) -> bool:
        if not self.vocabulary.knows(word.form):
            return True
        compound = sum(part[:1].isupper() for part in word.form.split("-")) > 1 and not word.form.isupper()
        return not word.opens and (compound or word.part == "PROPN")


def _inside(words: Sequence[Word], start: int, end: int) -> list[Word]:
    first = bisect_left(words, start, key=lambda word: word.start)
    last = bisect_left(words, end, key=lambda word: word.start)
    return [word for word in words[first:last] if word.end <= end]


def _opens_sentence(text: str, start: int) -> bool:
    """Say whether a sentence, or something quoted, begins at `start`; noise in brackets does not count."""
    before = text[max(0, start - 80) : start].rstrip()
    while bracket := BRACKETED.search(before):
        before = before[: bracket.start()].rstrip()
    if not before:
        return True
    return before[-1] in SENTENCE_OPENS or before[-1] in "([" or before.endswith((" -", "\n-")) or before == "-"


def _entity_spans(text: str, annotated: Sequence[Annotated]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, label) of each unbroken run of words under one label."""
    start = end = 0
    current: str | None = None
    for word_start, word_end, _, label in [*annotated, (len(text), len(text), "", None)]:
        form = text[word_start:word_end]
        if form not in INNER_SIGNS and not any(letter.isalnum() for letter in form):
            label = None
        if current and label == current and not text[end:word_start].strip():
            end = word_end
            continue
        if current:
            yield start, end, current
        start, end, current = word_start, word_end, label


def finder(turns: pl.DataFrame) -> NameFinder:
    """Return a finder by the shipped lists, for which codes of interviews and speakers are no names.

    A label of speaker that may be a name is no code.
    """
    labels = sorted({*turns["interview"], *turns["speaker"]})
    return shipped_finder([one for one in labels if re.search(r"\d", one) or re.fullmatch(r"[A-ZÉ]{1,4}", one)])


def shipped_finder(codes: Iterable[str] = ()) -> NameFinder:
    """Return a finder by the shipped lists; `codes` are no names."""
    with (wordlists.FRENCH / "tools.csv").open(encoding="utf-8", newline="") as file:
        tools = [row["form"] for row in csv.DictReader(file)]
    return NameFinder(Vocabulary(readings(wordlists.load())), tools, codes)


def readings(lists: wordlists.Lists) -> dict[str, frozenset[str]]:
    """Return form -> parts of speech, of the shipped dictionary and lists of spoken forms."""
    found = {form: set(tags) for form, tags in Lexique.of(lists.lexique).readings.items()}
    for (form, _), (_, pos) in lists.lemmas.items():
        found.setdefault(form, set()).add(pos or "X")
    return {form: frozenset(tags) for form, tags in found.items()}
