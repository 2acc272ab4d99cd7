"""A fixed set of identifiers with right keys, each in a sentence: none may be missed."""

import random
from collections import Counter

from test_privacy_identifiers import UNITS, say

from verbatim.privacy import identifiers

SENTENCES = ("alors {} voilà", "Vous notez ? {}.", "c'est le {}, enfin je crois", "« {} » qu'il m'a dit")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
LETTERS = "ABCDEFGHJKLMNPQRSTVWXYZ"


def digits(draw, n):
    return "".join(draw.choice("0123456789") for _ in range(n))


def phone(draw):
    link = draw.choice(["", " ", ".", "-", "\u00a0"])
    pairs = [digits(draw, 2) for _ in range(4)]
    first = draw.choice(["0", "+33" + link, "0033" + link]) + str(draw.randint(1, 9))
    return link.join([first, *pairs])


def spoken(draw):
    return " ".join(["zéro", UNITS[draw.randint(1, 9)], *(say(digits(draw, 2)) for _ in range(4))])


def email(draw):
    names = ["jean.dupont", "m_le-goff", "contact", "a.b.c", "zoe+stage", "k3rdonc"]
    return f"{draw.choice(names)}{draw.randint(1, 99)}@{draw.choice(['exemple.fr', 'mail.asso.fr', 'ac-lyon.fr'])}"


def iban(draw):
    account = digits(draw, 23)
    key = f"{98 - int(account + '152700') % 97:02d}"
    sign = f"FR{key}{account}"
    return " ".join(sign[i : i + 4] for i in range(0, 27, 4)) if draw.random() < 0.5 else sign


def nir(draw):
    place = draw.choice(["01", "35", "2A", "2B", "97", "75"])
    town, rank = f"{draw.randint(1, 999):03d}", f"{draw.randint(1, 999):03d}"
    parts = [draw.choice("12"), digits(draw, 2), f"{draw.randint(1, 12):02d}", place, town, rank]
    key = 97 - int("".join(parts).replace("2A", "19").replace("2B", "18")) % 97
    return draw.choice([" ", ""]).join([*parts, f"{key:02d}"])


def card(draw):
    payload = "4" + digits(draw, 14)
    number = next(payload + last for last in "0123456789" if identifiers.luhn_holds(payload + last))
    return draw.choice([" ", "-", ""]).join(number[i : i + 4] for i in range(0, 16, 4))


def plate(draw):
    two = "".join(draw.choice(LETTERS) for _ in range(2)), "".join(draw.choice(LETTERS) for _ in range(2))
    return f"{two[0]}-{digits(draw, 3)}-{two[1]}"


def birth(draw):
    day, month, year = draw.randint(1, 28), draw.randint(1, 12), draw.randint(1940, 2005)
    return draw.choice([f"né le {day} {MONTHS[month - 1]} {year}", f"née le {day:02d}/{month:02d}/{year}"])


KINDS = {
    **{"phone": phone, "spoken": spoken, "email": email, "iban": iban},
    **{"nir": nir, "card": card, "plate": plate, "birth_date": birth},
}
EACH = 42


def test_of_more_than_three_hundred_identifiers_none_is_missed():
    draw = random.Random(20)
    missed, asked = [], Counter()
    for name, make in KINDS.items():
        kind = "phone" if name == "spoken" else name
        for i in range(EACH):
            written = make(draw)
            text = SENTENCES[i % len(SENTENCES)].format(written)
            spans = [(text[start:end], k) for start, end, k in identifiers.find(text)]
            asked[kind] += 1
            # of a birth date, the date is enough
            if not any(k == kind and (said == written or (k == "birth_date" and said in written)) for said, k in spans):
                missed.append((kind, text))
    assert asked.total() >= 300
    assert missed == []
