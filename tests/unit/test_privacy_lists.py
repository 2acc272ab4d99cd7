"""The shipped lists of the gate: public tools and bodies, and the French lexicon as names see it."""

import csv

import polars as pl
import pytest

from places import PROGRAM
from verbatim import tables
from verbatim.privacy import names
from verbatim.privacy.passages import normalise

TOOLS = PROGRAM / "resources/french/tools.csv"
TURN = ("A01", 1, "ENQ", "interviewer", None, None, None, "Bonjour.")


@pytest.fixture(scope="module")
def finder():
    return names.finder(pl.DataFrame([TURN], schema=tables.empty("private/turns").schema, orient="row"))


def test_each_tool_is_given_once_with_a_reason():
    with TOOLS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(rows[0]) == {"form", "reason"}
    forms = [normalise(row["form"]) for row in rows]
    assert len(set(forms)) == len(forms)
    assert all(row["reason"].strip() for row in rows)


@pytest.mark.parametrize(
    "text",
    [
        "Alors sur Teams, Zoom et Excel, avec l'ERP, un CV, et les RH de Pôle emploi sur Google.",
        "Ben oui, Bah, Hein ? Ouais. Euh, ok. Chuis là. Chais pas. P'têt. Y'a ça. J'avais dit à A01.",
        "Peut-être. Aujourd'hui, Est-ce que… Quelqu'un ? Jusqu'ici. L'État et l'Etat, À Noël, Ça va.",
        "[Prénom] habite à [VILLE], chez [Entreprise_X] ; monsieur X et Madame Y, en 2020, au XXe siècle.",
    ],
)
def test_ordinary_speech_is_not_flagged(finder, text):
    assert [text[start:end] for start, end, _ in finder.find(text, [])] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("c'est Bastien Vauquelin qui l'a dit", "Bastien Vauquelin"),
        ("Vauquelin, il est parti", "Vauquelin"),
        ("on est allés chez Kerhervé-Le Goff ensemble", "Kerhervé-Le Goff"),
        ("avec madame perrot", "perrot"),
        ("je m'appelle pierre", "pierre"),
        ("parce que j’étais à Quimperlé", "Quimperlé"),
    ],
)
def test_names_are(finder, text, name):
    assert name in [text[start:end] for start, end, _ in finder.find(text, [])]
