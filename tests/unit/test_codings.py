import polars as pl
import pytest

from verbatim import codings, hypotheses, tables

HEAD = "interview,turn,quote,theme,memo,hypothesis,stance\n"


def read(text, coder="claire"):
    return codings.read_table(text.encode(), "resources/codings/claire/c.csv", coder)


def test_rows_are_read_with_comma_or_semicolon_and_ids_are_stable():
    (one,), _ = read(HEAD + 'A,2,"oui, ça va",lien,,alliance,contre\n')
    (two,), _ = read((HEAD + "A,2,X,lien,,alliance,contre\n").replace(",", ";").replace("X", "oui, ça va"))
    assert one == two
    assert one.stance == "against"
    assert one.coding.startswith("claire-")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("interview,theme\n", "colonne « quote »"),
        ("interview,quote,théme,theme\n", "colonne inconnue « théme »"),
        (HEAD + "A,deux,q,lien,,,\n", "« turn » vaut « deux »"),
        (HEAD + "A,2,,lien,,,\n", "« quote » est vide"),
        (HEAD + "A,2,q,lien,,h,plutôt\n", "« stance » vaut"),
        (HEAD + "A,2,q,lien,,,pour\n", "sans hypothèse"),
    ],
)
def test_faults_are_said_with_their_line(text, said):
    _, problems = read(text)
    assert [p for p in problems if said in p.what and "ligne" in p.place]


def test_another_encoding_is_said():
    _, problems = codings.read_table("é".encode("latin-1") + b"\n", "c.csv", "x")
    assert "UTF-8" in problems[0].what


def test_unknown_names_have_their_nearest_and_ids_are_unique():
    rows, _ = read("coding,interview,quote,theme\n1,A,q,lein\n1,A,q,lien\n")
    problems = codings.check(rows, {"interview": {"A"}, "theme": {"lien"}, "hypothesis": set()})
    assert [p.mend for p in problems if "lein" in p.what] == ["vouliez-vous « lien » ?"]
    assert [p for p in problems if "déjà donné" in p.what]


def turns(*texts):
    n = len(texts)
    columns = {"speaker": ["A"] * n, "role": ["participant"] * n, "question": [None] * n}
    times = {"start_s": [None] * n, "end_s": [None] * n}
    return pl.DataFrame(
        {"interview": ["A"] * n, "turn": list(range(1, n + 1)), **columns, **times, "text": list(texts)}
    )


def test_a_quote_of_the_raw_text_comes_over_masked():
    rows, _ = read("interview,quote,theme,hypothesis,stance\nA,avec Zoé hier,lien,h,for\nA,jamais dit,lien,,\n")
    table = codings.anchor(rows, turns("avec [personne 1] hier"), turns("avec Zoé hier"), lambda *_: (0, 22))
    table = tables.check("themes/codings", table)
    assert sorted(table.select("anchor", "quote").rows()) == [
        ("intact", "avec [personne 1] hier"),
        ("lost", "jamais dit"),
    ]
    assert hypotheses.weigh(table, ["h"]).rows()[0][:2] == ("h", "for")
    assert hypotheses.weigh(table, []).is_empty()
