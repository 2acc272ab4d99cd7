import json
import re

import polars as pl
import pytest

from places import PROGRAM
from verbatim import anchoring, grid, tables
from verbatim.report import coder_page

TEMPLATES = PROGRAM / "workflow" / "report"
GRID = """
themes:
  - id: outils
    title: Les outils
    definition: Ce que l'on en fait.
    example: un
    examples: [deux]
    themes: [{id: panne, title: La panne, was: [bogue], hypotheses: [distance]}]
"""
HYPOTHESES = [{"id": "distance", "title": "La distance", "statement": "Elle éloigne."}]
HOSTILE = "Il a dit </script><script>alert(1)</script> <!-- & \u2028 fin"


def frames(texts=("Bonjour.", "J'ai cliqué, rien."), codings=()):
    turns = [
        {"interview": "E01", "turn": n, "speaker": "ENQ" if n == 1 else "E01", "role": role, "question": None,
         "start_s": None if n == 1 else 61.5, "end_s": None, "text": text}
        for n, (text, role) in enumerate(zip(texts, ("interviewer", "participant"), strict=False), 1)
    ]  # fmt: skip
    speakers = [("E01", "E01", "participant", "un"), ("E01", "ENQ", "interviewer", None)]
    return {
        "turns": pl.DataFrame(turns, schema=tables.empty("corpus/turns").schema),
        "speakers": pl.DataFrame(speakers, schema=tables.empty("corpus/speakers").schema, orient="row"),
        "gate": tables.empty("corpus/gate"),
        "codings": pl.DataFrame(list(codings), schema=anchoring.CODINGS, orient="row"),
    }


def coding(name, coder="codeur_1", start=0, origin="human"):
    end = None if start is None else start + 4
    anchor = "lost" if start is None else "intact"
    return (name, "E01", 2, start, end, "J'ai", "panne", coder, origin, anchor, "vu", "distance", "for", None)


def made(given, known=HYPOTHESES, text=GRID):
    declared = grid.read(text) if text else grid.Grid()
    return coder_page.page(given, declared, known, {"title": "Étude & <b>", "invented": False}, TEMPLATES)


def shown(page):
    return json.loads(re.search(r'<script type="application/json" id="donnees">(.*?)</script>', page)[1])


def test_turns_speakers_and_themes_are_those_of_the_tables():
    found = shown(made(frames()))
    (interview,) = found["interviews"]
    assert interview["speakers"] == [["ENQ", 1, None], ["E01", 0, "un"]]
    assert interview["turns"] == [[1, 0, "Bonjour."], [2, 1, "J'ai cliqué, rien.", 61.5]]
    assert [theme[:3] for theme in found["themes"]] == [["outils", "Les outils", 0], ["panne", "La panne", 1]]
    assert found["themes"][0][6] == ["un", "deux"] and found["themes"][1][7] == ["distance"]
    assert found["was"] == {"bogue": "panne"}
    assert found["hypotheses"] == [["distance", "La distance", "Elle éloigne."]]


def test_what_was_said_never_becomes_markup():
    page = made(frames((HOSTILE, HOSTILE)))
    plain = made(frames())
    assert page.count("<script") == plain.count("<script") and page.count("</script") == plain.count("</script")
    assert shown(page)["interviews"][0]["turns"][1][2] == HOSTILE
    assert "<b>" not in page.split("<style>")[0] and "Étude &amp; &lt;b&gt;" in page


def test_the_page_asks_for_nothing_outside():
    page = made(frames())
    assert "default-src 'none'" in page
    assert not re.search(r"https?://|@import|\burl\(|\bsrc=|<link|\bfetch\(|XMLHttpRequest|WebSocket", page)


def test_others_codings_are_those_that_people_made_and_that_stand():
    given = [coding("c-1"), coding("c-2", start=None), coding("c-3", origin="suggested"), coding("a-1", "autre", 5)]
    found = shown(made(frames(codings=given)))
    assert found["coders"] == ["autre", "codeur_1"]
    assert [row[:6] for row in found["others"]] == [["a-1", 0, 0, 2, 5, 9], ["c-1", 1, 0, 2, 0, 4]]
    assert found["others"][0][6:] == ["panne", "vu", "distance", "for"]


def test_the_digest_is_of_the_texts_alone():
    one, other = shown(made(frames())), shown(made(frames(codings=[coding("c-1")])))
    assert one["digest"] == other["digest"]
    assert one["digest"] != shown(made(frames(("Bonjour.", "J'ai cliqué : rien."))))["digest"]


@pytest.mark.parametrize("text", ["", GRID])
def test_it_is_made_without_interviews_and_without_grid(text):
    page = made(frames(()), [], text)
    assert "L'étude n'a pas encore d'entretien à coder." in page
    assert ("resources/grid.yaml" in page.split("donnees")[0]) is not bool(text)


def test_undecided_passages_are_said():
    given = frames()
    own = [(column.name, column.type) for column in tables.TABLES["corpus/gate"].columns]
    row = {name: "person" if kind == "text" else 3 for name, kind in own}
    given["gate"] = pl.DataFrame([row], schema=tables.empty("corpus/gate").schema)
    assert "Non vérifié." in made(given) and "Non vérifié." not in made(frames())
