"""Identifiers with a form of their own: all valid ones are found, whatever stands around them."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim.privacy import identifiers

SAID = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
UNITS = SAID.split()
TENS = ["", "dix", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt"]


def found(text, kind):
    return sorted({text[start:end] for start, end, k in identifiers.find(text) if k == kind})


def say(pair):
    """Say two digits as the French do."""
    number = int(pair)
    if number < 10:
        return f"zéro {UNITS[number]}"
    if number < 17:
        return UNITS[number]
    tens, unit = divmod(number, 10)
    if tens in (7, 9):
        unit += 10
    rest = UNITS[unit] if unit < 17 else f"dix-{UNITS[unit - 10]}"
    if tens == 1:
        return rest if unit > 9 else f"dix-{UNITS[unit]}"
    if unit == 0:
        return TENS[tens] + ("s" if tens == 8 else "")
    link = " et " if unit in (1, 11) and tens < 8 else "-"
    return TENS[tens] + link + rest


PAIRS = st.lists(st.from_regex(r"[0-9]{2}", fullmatch=True).filter(str.isascii), min_size=4, max_size=4)


@given(st.integers(1, 9), PAIRS, st.sampled_from([" ", ", ", " euh ", "… "]))
def test_a_phone_number_said_in_words_is_found_whole(operator, pairs, link):
    said = link.join([f"zéro {UNITS[operator]}", *map(say, pairs)])
    assert found(f"vous pouvez m'appeler au {said}, c'est mon portable", "phone") == [said]


@given(st.integers(1, 9), PAIRS, st.sampled_from(["", " ", ".", "-", "/", "\u00a0", "\u202f"]))
def test_a_phone_number_in_figures_is_found_whole(operator, pairs, link):
    for said in (link.join([f"0{operator}", *pairs]), link.join([f"+33{link}{operator}", *pairs])):
        assert found(f"Mon numéro : {said}.", "phone") == [said]


@given(st.text(string.digits, min_size=23, max_size=23), st.sampled_from([" ", ""]))
def test_a_right_french_iban_is_found_and_a_wrong_one_is_not(account, link):
    # FR is 15 27 in letters-as-numbers, 00 the key to be found
    key = f"{98 - int(account + '152700') % 97:02d}"
    sign = f"FR{key}{account}"
    said = link.join(sign[i : i + 4] for i in range(0, len(sign), 4)) if link else sign
    assert found(f"Le compte {said} est à moi.", "iban") == [said]
    wrong = said[:2] + f"{(int(key) + 1) % 97:02d}" + said[4:]
    assert found(f"Le compte {wrong} est à moi.", "iban") == []


@given(
    st.sampled_from("12"),
    st.integers(0, 99),
    st.integers(1, 12),
    st.sampled_from(["01", "35", "2A", "2B", "97"]),
    st.integers(1, 999),
    st.integers(1, 999),
    st.sampled_from([" ", ""]),
)
def test_a_social_security_number_is_found_with_its_right_key_only(sex, year, month, place, town, rank, link):
    parts = [sex, f"{year:02d}", f"{month:02d}", place, f"{town:03d}", f"{rank:03d}"]
    key = 97 - int("".join(parts).replace("2A", "19").replace("2B", "18")) % 97
    said = link.join([*parts, f"{key:02d}"])
    assert found(f"numéro {said} voilà", "nir") == [said]
    assert found(f"numéro {link.join([*parts, f'{key % 97 + 1:02d}'])} voilà", "nir") == []


@given(st.text(string.digits, min_size=15, max_size=15), st.sampled_from([" ", "-", ""]))
def test_a_card_number_is_found_by_its_check_digit(payload, link):
    total = 0
    for i, digit in enumerate(map(int, payload[::-1])):
        doubled = digit * 2 if i % 2 == 0 else digit
        total += doubled // 10 + doubled % 10
    right = -total % 10
    for last in range(10):
        digits = payload + str(last)
        said = link.join(digits[i : i + 4] for i in range(0, 16, 4))
        assert (said in found(f"la carte {said} quoi", "card")) == (last == right)
        assert identifiers.luhn_holds(digits) == (last == right)


@pytest.mark.parametrize(
    ("text", "kind", "passage"),
    [
        ("écrivez à jean.dupont+cv@mail.exemple.fr, merci", "email", "jean.dupont+cv@mail.exemple.fr"),
        (
            "c'est jean point dupont arobase exemple point fr",
            "email",
            "jean point dupont arobase exemple point fr",
        ),
        ("voir https://exemple.fr/a/b?c=1.", "url", "https://exemple.fr/a/b?c=1"),
        ("sur www.chez-nous.org voilà", "url", "www.chez-nous.org"),
        ("sur moncabinet.fr.", "url", "moncabinet.fr"),
        ("la Clio AB-123-CD verte", "plate", "AB-123-CD"),
        ("immatriculée 1234 VT 35 à l'époque", "plate", "1234 VT 35"),
        ("je suis née le 12 mars 1975 à la maternité", "birth_date", "12 mars 1975"),
        (
            "il est né le douze avril mille neuf cent soixante et onze",
            "birth_date",
            "douze avril mille neuf cent soixante et onze",
        ),
        ("née en 1980, donc", "birth_date", "née en 1980"),
        ("date de naissance : 03/11/68", "birth_date", "03/11/68"),
        ("le 03/11/1968 c'était", "birth_date", "03/11/1968"),
        ("au 12 bis, rue de la République, 35000 Rennes", "address", "12 bis, rue de la République, 35000 Rennes"),
        ("j'habite 8 allée des Tilleuls, Bastien aussi", "address", "8 allée des Tilleuls"),
        ("au douze rue des lilas", "address", "douze rue des lilas"),
        ("avenue du Général de Gaulle", "address", "avenue du Général de Gaulle"),
        ("à 35420 Louvigné-du-Désert en fait", "address", "35420 Louvigné-du-Désert"),
        ("dossier 732 829 320 00074", "number", "732 829 320 00074"),
    ],
)
def test_other_identifiers_are_found_whole(text, kind, passage):
    assert found(text, kind) == [passage]


@pytest.mark.parametrize(
    "text",
    [
        "Le premier confinement, le 17 mars 2020, à quatorze heures, on était douze.",
        "en 2018 2019 2020 et puis 2021, 12 000 000 000 d'euros, 1 500 euros, 35 heures",
        "une rue calme, la place du marché, trois allées, à la place de Pierre, des cours Excel, deux cours de yoga",
        "zéro, un, deux, partez ! Zéro stress. Sur cent vingt, quatre-vingt-dix-neuf.",
        "elle est née comme ça, cette idée. Et cetera.Voilà.",
        "10000 euros, trente-quatre personnes, le groupe de 12, la salle 204",
    ],
)
def test_ordinary_speech_holds_no_identifier(text):
    assert list(identifiers.find(text)) == []


@given(st.text("0123456789 zéroAB-@.+/FRrue", max_size=60))
def test_any_text_gives_spans_inside_it(text):
    for start, end, kind in identifiers.find(text):
        assert 0 <= start < end <= len(text)
        assert kind in identifiers.KINDS
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
