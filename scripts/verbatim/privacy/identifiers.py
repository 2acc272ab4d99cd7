"""Identifiers with a form of their own: telephone numbers, addresses, account and social-security numbers…

Each finder yields spans (start, end), half-open, in characters of the text. Numbers that carry a key
(IBAN, NIR, cards) are checked by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from verbatim.privacy.numbers import CHAIN, spoken_phones

Span = tuple[int, int]

# kind: (French title of the group, word of the default mask). The order is the priority of kinds.
KINDS = {
    "word": ("Mots de l'étude", "mot"),
    "email": ("Adresses électroniques", "adresse électronique"),
    "iban": ("Comptes bancaires (IBAN)", "compte"),
    "nir": ("Numéros de sécurité sociale", "numéro de sécurité sociale"),
    "card": ("Cartes bancaires", "carte"),
    "phone": ("Téléphones", "téléphone"),
    "plate": ("Plaques d'immatriculation", "plaque"),
    "birth_date": ("Dates de naissance", "date de naissance"),
    "address": ("Adresses", "adresse"),
    "url": ("Sites", "site"),
    "number": ("Autres longs numéros", "numéro"),
    "person": ("Personnes", "personne"),
    "organisation": ("Organismes", "organisme"),
    "place": ("Lieux", "lieu"),
    "entity": ("Autres noms", "nom"),
    "capital": ("Mots inconnus à majuscule", "nom"),
    "public": ("Outils, diplômes et organismes connus de tous", "nom"),
}
PRIORITY = {kind: rank for rank, kind in enumerate(KINDS)}

SPACES = r" \u00a0\u202f\t"
SEPARATOR = rf"[{SPACES}.\-/‑–]?"
MONTH = (
    r"(?:janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
    r"|janv\.|févr?\.|avr\.|juil\.|sept\.|oct\.|nov\.|déc\.)"
)
DAY = rf"(?:(?:0?[1-9]|[12]\d|3[01])(?:er)?|premier|{CHAIN})"
NUMERIC_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
NUMERIC_MONTH = r"(?:0?[1-9]|1[0-2])"
ANY_YEAR = rf"(?:(?:19|20)\d\d|{CHAIN})"
# Somebody's birth, not an event of the study: years after that are found only beside « né le ».
OLD_YEAR = rf"(?:19\d\d|200\d|201[0-2]|mille[ -]neuf[ -]cents?(?:[ -](?:et[ -])?{CHAIN})?)"
NAME = r"[A-ZÀ-ÖØ-Þ][\w’'-]*"
ROAD = (
    r"(?:rue|avenue|av\.|boulevard|boul\.|bd\.?|impasse|allées?|chemin|quai|square|ruelle|faubourg|fbg|sentier"
    r"|esplanade|lotissement|lot\.|résidence|hameau|lieu[- ]dit|rond[- ]point|venelle|traverse|montée|mail)"
)
WIDE_ROAD = rf"(?:{ROAD}|place|pl\.|route|rte|cours|passage|cité|villa|clos|parc|pont)"
LINK = r"(?:de[ ]la|de[ ]l['’]|des|du|de|d['’]|la|le|les|l['’])"
FIGURES = r"(?:numéro[ ]|n°[ ]?)?\d{1,4}(?:[ ]?(?:bis|ter|quater|[a-dA-D]))?(?!\w)"
STREET_NUMBER = rf"(?:{FIGURES}|(?!une?[ ]){CHAIN})"
TOWN = rf"{NAME}(?:[ -](?:(?:sur|sous|en|les?|la|l['’]|de|du|des|aux?|et|lès)[ -])?{NAME})*"
POSTCODE = r"(?:0[1-9]|[1-8]\d|9[0-8])[ ]?\d{3}"
DOMAINS = r"fr|com|org|net|eu|be|ch|ca|lu|io|info|gouv|edu|biz|re|nc|pf|bzh|paris|coop|pro|app|dev|tv|me|uk|de|es|it"

# Lengths are bounded everywhere, so that no text makes a search slow.
EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{0,63}\w[ ]?@[ ]?[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    # jean point dupont arobase exemple point fr
    r"|(?<!\w)(?:\w{1,40}[ ](?:point|tiret|underscore|tiret du bas)[ ]){0,6}\w{1,40}[ ](?:arobase|arobas)"
    r"[ ]\w{1,40}(?:[ ](?:point|tiret)[ ]\w{1,40}){1,6}",
    re.IGNORECASE,
)
URL = re.compile(
    rf"(?<![\w@.])(?:https?://|ftp://|www\.)[^\s«»<>\"]*[\w/]|(?<![\w@.-])(?:[a-z0-9-]{{2,}}\.)+(?:{DOMAINS})(?![\w@-])(?:/[^\s«»<>\"]*[\w/])?",
    re.IGNORECASE,
)
PHONE = re.compile(
    rf"(?<![\w.])(?:(?:\+|00)[{SPACES}]?33{SEPARATOR}(?:\(0\){SEPARATOR})?[1-9](?:{SEPARATOR}\d){{8}}"
    rf"|0[1-9](?:{SEPARATOR}\d){{8}}|\+[{SPACES}]?\d{{1,3}}(?:{SEPARATOR}(?:\(0\)|\d)){{6,12}})(?!\d)"
)
LONG_NUMBER = re.compile(rf"(?<![\w.,])\d(?:{SEPARATOR}\d){{8,23}}(?![\w])")
IBAN = re.compile(rf"(?<!\w)[A-Z]{{2}}\d\d(?:[{SPACES}-]?[A-Z0-9]){{11,30}}(?!\w)", re.IGNORECASE)
IBAN_LENGTHS = {"FR": 27, "MC": 27, "BE": 16, "CH": 21, "LU": 20, "DE": 22, "ES": 24, "IT": 27, "PT": 25, "GB": 22}
IBAN_LENGTHS |= {"NL": 18, "AT": 20, "IE": 22, "PL": 28, "RO": 24, "MA": 28, "TN": 24, "AD": 24}
NIR = re.compile(
    rf"(?<!\d)[1-478]{SEPARATOR}\d\d{SEPARATOR}(?:0[1-9]|1[0-2]|[2-9]\d){SEPARATOR}(?:\d\d|2[ABab]){SEPARATOR}"
    rf"\d{{3}}{SEPARATOR}\d{{3}}(?:{SEPARATOR}(?:cl[ée][ ]?:?[ ]?)?(?P<key>\d\d))?(?!\d)"
)
CARD = re.compile(rf"(?<![\d.])\d(?:{SEPARATOR}\d){{12,18}}(?!\d)")
PLATE = re.compile(
    r"(?<![\w-])(?:[A-HJ-NP-TV-Z]{2}[ -]?\d{3}[ -]?[A-HJ-NP-TV-Z]{2}|[a-hj-np-tv-z]{2}-\d{3}-[a-hj-np-tv-z]{2}"
    r"|\d{2,4}[ -][A-HJ-NP-TV-Z]{2,3}[ -](?:\d{2}|2[AB]|97[1-6])|\d{2,4}[A-HJ-NP-TV-Z]{2,3}(?:\d{2}|2[AB]))(?![\w-])"
)
BIRTH = re.compile(
    r"(?<!\w)(?:née?s?|né\(e\)|naquit|naissance|anniversaire)(?!\w)[^.!?;\n]{0,40}?(?<!\w)"
    rf"(?P<date>(?P<full>{DAY}[ ]{MONTH}[ ]{ANY_YEAR}|{NUMERIC_DAY}[/. -]{NUMERIC_MONTH}[/. -](?:(?:19|20)\d\d|\d\d))"
    rf"|{DAY}[ ]{MONTH}|(?:(?<=en )|(?<=année ))(?:{ANY_YEAR}|\d\d))(?!\w)",
    re.IGNORECASE,
)
OLD_DATE = re.compile(
    rf"(?<![\w/.-])(?:{DAY}[ ]{MONTH}[ ]{OLD_YEAR}|{NUMERIC_DAY}[/.-]{NUMERIC_MONTH}[/.-](?:19\d\d|200\d|201[0-2])"
    rf"|(?:19\d\d|200\d|201[0-2])-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?![\w/-])",
    re.IGNORECASE,
)
IN_TOWN = rf"(?:,?[ ](?:à[ ](?:{POSTCODE}[ ])?|{POSTCODE}[ ]){TOWN})"
MORE = rf"(?:[ -](?:{LINK}[ -]?){{0,2}}{NAME})*{IN_TOWN}?"
ROAD_NAME = rf"(?:{LINK}[ ]?){{0,3}}(?:\d{{1,2}}[ ])?{NAME}{MORE}"
ADDRESS = re.compile(
    rf"(?<!\w){STREET_NUMBER},?[ ](?:(?:de[ ]la|du|de[ ]l['’])[ ]?)?(?i:{WIDE_ROAD})[ ]{ROAD_NAME}"
    rf"|(?<!\w)(?i:{ROAD})[ ]{ROAD_NAME}"
    # « à la place de Pierre » is no address
    rf"|(?<!\w)(?i:{WIDE_ROAD})[ ](?:de[ ]la[ ]|de[ ]l['’]|des[ ]|du[ ]){NAME}{MORE}"
    rf"|(?<!\w){STREET_NUMBER},?[ ](?i:{ROAD})[ ](?:{LINK}[ ]?){{0,3}}\w[\w’'-]*{IN_TOWN}?"
    rf"|(?<![\w.,]){POSTCODE}[ ](?!(?i:euros?|francs?|personnes?)\b){TOWN}"
)


def find(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, kind) of every identifier of `text` that has a form of its own."""
    for kind, finder in FINDERS.items():
        for start, end in finder(text):
            yield start, end, kind


def ibans(text: str) -> Iterator[Span]:
    """Yield account numbers whose key is right (ISO 13616: 97 divides the rearranged number, less 1)."""
    for found in IBAN.finditer(text):
        # words after the number may have been taken with it: the country tells how long it is, else the key
        length = IBAN_LENGTHS.get(found[0][:2].upper())
        for end in range(found.end(), found.start() + 14, -1):
            sign = re.sub(r"[\W_]", "", text[found.start() : end])
            if length in (None, len(sign)) and not text[end - 1].isspace() and iban_key_holds(sign):
                yield found.start(), end
                break


def iban_key_holds(text: str) -> bool:
    """Say whether `text`, without spaces, has 15 to 34 signs and the right key."""
    signs = text.upper()
    if not (15 <= len(signs) <= 34 and signs.isascii()):
        return False
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1


def nirs(text: str) -> Iterator[Span]:
    """Yield social-security numbers: thirteen signs (2A and 2B for Corsica), or fifteen with the right key."""
    for found in NIR.finditer(text):
        if found["key"] is None or nir_key(found[0]) == int(found["key"]):
            yield found.span()


def nir_key(text: str) -> int:
    """Return the key, 97 less the remainder by 97, of the first thirteen signs of `text`."""
    signs = re.sub(r"[^\dABab]", "", text)[:13].upper()
    return 97 - int(signs.replace("2A", "19").replace("2B", "18")) % 97


def cards(text: str) -> Iterator[Span]:
    """Yield numbers of 13 to 19 digits that pass Luhn's check (ISO/IEC 7812)."""
    for found in CARD.finditer(text):
        if luhn_holds(re.sub(r"\D", "", found[0])):
            yield found.span()


def luhn_holds(digits: str) -> bool:
    """Say whether a string of digits passes Luhn's check."""
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def phones(text: str) -> Iterator[Span]:
    """Yield telephone numbers in figures and in words."""
    yield from (found.span() for found in PHONE.finditer(text))
    yield from spoken_phones(text)


def birth_dates(text: str) -> Iterator[Span]:
    """Yield dates said of a birth, and full dates old enough to be one (before 2013)."""
    for found in BIRTH.finditer(text):
        # a year or a day alone would be masked wherever it is said: it goes with « née en »
        yield found.span("date") if found["full"] else found.span()
    yield from (found.span() for found in OLD_DATE.finditer(text))


def long_numbers(text: str) -> Iterator[Span]:
    """Yield numbers of nine digits and more that are neither round amounts nor lists of years."""
    for found in LONG_NUMBER.finditer(text):
        groups = re.findall(r"\d+", found[0])
        years = all(re.fullmatch(r"(?:19|20)\d\d", group) for group in groups)
        if not years and groups[-1] != "000":
            yield found.span()


def _pattern(pattern: re.Pattern[str]) -> Callable[[str], Iterator[Span]]:
    return lambda text: (found.span() for found in pattern.finditer(text))


FINDERS: dict[str, Callable[[str], Iterator[Span]]] = {
    "email": _pattern(EMAIL),
    "iban": ibans,
    "nir": nirs,
    "card": cards,
    "phone": phones,
    "plate": _pattern(PLATE),
    "birth_date": birth_dates,
    "address": _pattern(ADDRESS),
    "url": _pattern(URL),
    "number": long_numbers,
}
