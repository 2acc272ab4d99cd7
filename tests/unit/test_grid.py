import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim import grid, tables
from verbatim.problems import StudyError

TEXT = """\
themes:
  - id: outils
    title: Outils
    themes:
      - {id: panne, title: Pannes, cues: [bug]}
      - {id: tuto, title: Tutoriels}
  - {id: lien, title: Lien}
"""


def test_themes_are_flattened_with_their_mothers():
    found = grid.themes(TEXT)
    assert [(t.id, t.parent, t.level) for t in found] == [
        ("outils", "", 0),
        ("panne", "outils", 1),
        ("tuto", "outils", 1),
        ("lien", "", 0),
    ]
    assert sorted(grid.descendants(found)["outils"]) == ["outils", "panne", "tuto"]


def test_a_grid_s_faults_are_said_with_their_lines():
    with pytest.raises(StudyError, match=r"lignes 5 et 7.*« panne » sert deux fois"):
        grid.themes(TEXT.replace("id: lien", "id: panne"))
    with pytest.raises(StudyError, match=r"ligne 3.*clé inconnue.*titre"):
        grid.themes(TEXT.replace("title: Outils", "titre: Outils"))


def spans(rows):
    names = ("interview", "turn", "start", "end")
    return pl.DataFrame([("A", 1, a, b) for a, b in rows], schema=names, orient="row")


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda p: (p[0], p[0] + p[1])), min_size=1))
def test_merged_spans_cover_the_same_characters_and_never_touch_inside(rows):
    merged = [(s, e) for _, _, s, e in grid.merge(spans(rows)).iter_rows()]
    covered = {i for s, e in rows for i in range(s, e)}
    assert {i for s, e in merged for i in range(s, e)} == covered
    assert sum(e - s for s, e in merged) == len(covered)


def coding(theme, start, end, coder="x", interview="A"):
    row = dict.fromkeys(("memo", "hypothesis", "stance", "set_aside"))
    place = {"coding": f"{theme}{start}{coder}", "interview": interview, "turn": 2, "start": start, "end": end}
    return {**place, "quote": "q", "theme": theme, "coder": coder, "origin": "human", "anchor": "intact", **row}


def test_the_grid_counts_passages_once_and_words_of_participants():
    turns = pl.DataFrame(
        {
            "interview": ["A", "A"],
            "turn": [1, 2],
            "speaker": ["ENQ", "A"],
            "role": ["interviewer", "participant"],
            "question": [None, None],
            "start_s": [None, None],
            "end_s": [None, None],
            "text": ["ça va", "oui ça va bien ."],
        }
    )
    words = [(1, 0, 2), (1, 3, 5), (2, 0, 3), (2, 4, 6), (2, 7, 9), (2, 10, 14), (2, 15, 16)]
    tokens = pl.DataFrame(
        [
            ("A", turn, i, s, e, "w", "w", "PUNCT" if s == 15 else "NOUN", "active")
            for i, (turn, s, e) in enumerate(words, 1)
        ],
        schema=["interview", "turn", "token", "start", "end", "form", "lemma", "pos", "status"],
        orient="row",
    )
    codings = pl.DataFrame([coding("panne", 0, 6), coding("panne", 4, 9, "y"), coding("lien", 10, 16)])
    filled = grid.fill(grid.themes(TEXT), codings, turns, tokens)
    rows = {
        r["theme"]: (r["n_codings"], r["n_words"], r["share"]) for r in tables.check("themes/grid", filled).to_dicts()
    }
    assert rows == {"outils": (1, 3, 0.75), "panne": (1, 3, 0.75), "tuto": (0, 0, 0.0), "lien": (1, 1, 0.25)}
