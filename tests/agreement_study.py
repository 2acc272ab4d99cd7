"""A study of two short interviews that several people coded: its tables, and codings given by their words."""

import re

import polars as pl
from hypothesis import strategies as st

from verbatim import anchoring, grid, segments, tables
from verbatim.coder_agreement import discordances, study, units
from verbatim.corpus import SILENT_POS

SAID = {
    "E01": [
        ("interviewer", "Comment se passe le soir chez vous ?"),
        ("participant", "Je rentre tard le soir. Je mange seule devant un écran. Le dossier attend sur la table."),
        ("interviewer", "Et le matin alors ?"),
        ("participant", "Le matin je cours toujours. On ferme la porte sans bruit. [rire] Je pars vers la gare."),
    ],
    "E02": [
        ("interviewer", "Et vous donc ?"),
        ("participant", "Le bureau reste vide ce jour. Personne ne répond au téléphone. Je relis le dossier seule."),
        ("participant", "Ensuite tout le monde arrive. Alors on parle beaucoup de projets et de budgets."),
    ],
    "E03": [("participant", "Nous parlons de tout cela. Rien ne change vraiment ici.")],
}
TURNS = pl.DataFrame(
    [
        (name, n, name if role == "participant" else "ENQ", role, None, None, None, text)
        for name, own in SAID.items()
        for n, (role, text) in enumerate(own, 1)
    ],
    schema=tables.empty("corpus/turns").schema,
    orient="row",
)
TOKEN = re.compile(r"\[\w+\]|\w+|[^\w\s]")


def _tokens():
    rows = []
    for interview, turn, text in TURNS.select("interview", "turn", "text").iter_rows():
        for number, found in enumerate(TOKEN.finditer(text), 1):
            form = found[0]
            pos = "X" if form[0] == "[" else "NOUN" if form[0].isalpha() else "PUNCT"
            status = "active" if pos == "NOUN" else "ignored"
            rows.append((interview, turn, number, found.start(), found.end(), form, form.lower(), pos, status))
    names = ("interview", "turn", "token", "start", "end", "form", "lemma", "pos", "status")
    return pl.DataFrame(rows, schema=names, orient="row")


TOKENS = _tokens()
SEGMENTS = segments.cut_turns(TURNS, TOKENS, 6)
CORPUS = TURNS, TOKENS, SEGMENTS


def coding(name, coder, interview, turn, words, theme="soir", **others):
    """Return a row of themes/codings on `words` of a turn (or on the characters of a pair)."""
    text = SAID[interview][turn - 1][1]
    start, end = (text.index(words), text.index(words) + len(words)) if isinstance(words, str) else words
    row = dict.fromkeys(anchoring.CODINGS)
    row |= {"coding": name, "interview": interview, "turn": turn, "start": start, "end": end, "quote": text[start:end]}
    return row | {"theme": theme, "coder": coder, "origin": "human", "anchor": "intact"} | others


def frame(*rows):
    """Return themes/codings of `rows`."""
    return pl.DataFrame(list(rows), schema=anchoring.CODINGS)


def shuffled(codings):
    """Return the codings in another order."""
    return codings.sample(fraction=1, shuffle=True, seed=3)


GRID = """
themes:
  - {id: soir, title: Le soir, themes: [{id: repas, title: Le repas, themes: [{id: table, title: La table}]}]}
  - {id: bruit, title: Le bruit}
"""
THEMES = grid.themes(GRID)
BELOW = {
    **{"soir": ("soir", "repas", "table"), "repas": ("repas", "table"), "table": ("table",)},
    **{"bruit": ("bruit",), "*": ("soir", "repas", "table", "bruit")},
}
SETTINGS = {"unit": "segment", "uncoded": "keep", "resamples": 200}
UNITS = ("segment", "sentence", "turn")
TWO = [
    coding("a1", "ana", "E01", 2, "Je rentre tard le soir."),
    coding("a2", "ana", "E01", 2, "Je mange seule", "repas"),
    coding("a3", "ana", "E01", 4, "sans bruit", "bruit"),
    coding("a4", "ana", "E02", 2, "Je relis le dossier seule"),
    coding("b1", "bob", "E01", 2, "tard le soir. Je mange"),
    coding("b2", "bob", "E01", 2, "sur la table", "table"),
    coding("b3", "bob", "E01", 4, "On ferme la porte", "bruit"),
    coding("b4", "bob", "E02", 2, "Personne ne répond", "bruit"),
]
# carl coded one of the interviews, dora another than those that two people coded
THREE = [
    *TWO,
    coding("c1", "carl", "E01", 2, "Je mange seule devant un écran.", "repas"),
    coding("c2", "carl", "E01", 4, "je cours", "bruit"),
    coding("d1", "dora", "E03", 1, "Rien ne change"),
]
# in what the interviewer says; over the end of its turn; lost; suggested; in the middle of a word; a noise alone
ODD = [
    coding("o1", "ana", "E01", 1, "le soir", "bruit"),
    coding("o2", "bob", "E01", 2, (70, 10_000), "bruit"),
    coding("o3", "bob", "E01", 2, "Le dossier", "bruit", anchor="lost", start=None, end=None),
    coding("o4", "ana", "E02", 2, "Le bureau", "bruit", origin="suggested"),
    coding("o5", "bob", "E02", 2, (5, 6), "repas"),
    coding("o6", "ana", "E01", 4, "[rire]", "table"),
    # carl did not code E02: what the two others both see there is seen by all
    coding("o7", "bob", "E02", 2, "le dossier seule"),
]
STUDIES = {"two": TWO, "three": THREE, "odd": [*THREE, *ODD]}


def measured(rows, **settings):
    """Return themes/agreement of the codings `rows`."""
    settings = SETTINGS | settings
    codings = frame(*rows)
    return tables.check(
        "themes/agreement",
        study.measure(units.compare(codings, *CORPUS, settings["unit"]), codings, THEMES, settings),
    )


def cell(table, theme, coefficient):
    """Return a row of themes/agreement."""
    return table.row(by_predicate=(pl.col("theme") == theme) & (pl.col("coefficient") == coefficient), named=True)


def found_in(rows, decided=None):
    """Return themes/discordances of the codings `rows`."""
    codings = frame(*rows)
    found = discordances.find(units.compare(codings, *CORPUS, "segment"), codings, decided)
    return tables.check("themes/discordances", found)


def ends(rows):
    """Return codings of no participant's word by which the coders of `rows` stay coders of their interviews."""
    pairs = sorted({(row["coder"], row["interview"]) for row in rows})
    return [coding(f"e{i}", coder, name, 1, "vous", "bruit") for i, (coder, name) in enumerate(pairs)]


WORDS = st.tuples(st.integers(0, 17), st.integers(1, 8))
CODINGS = st.lists(
    st.tuples(st.sampled_from(["ana", "bob", "carl"]), st.sampled_from(["soir", "bruit"]), WORDS), max_size=9
)


def spoken(interview, turn):
    own = TOKENS.filter(pl.col("interview") == interview, pl.col("turn") == turn, ~pl.col("pos").is_in(SILENT_POS))
    return own.select("start", "end").rows()


FIRST = spoken("E01", 2)


def laid(drawn):
    """Return the codings that were drawn."""
    rows = []
    for i, (coder, theme, (first, size)) in enumerate(drawn):
        own = FIRST[min(first, len(FIRST) - 1) : first + size] or FIRST[-1:]
        rows.append(coding(f"x{i}", coder, "E01", 2, (own[0][0], own[-1][1]), theme))
    return rows
