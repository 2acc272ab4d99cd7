import polars as pl
import pytest

from verbatim import anchoring, codings, codings_proposal, hypotheses, tables

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
        ("interview,quote,theme,start\nA,q,lien,-3\n", "« start » vaut « -3 »"),
        ("interview,quote,theme,theme\nA,q,lien,lien\n", "deux colonnes « theme »"),
        ("interview,quote,theme\nA,oui, enfin,lien\n", "4 cellules pour 3 colonnes"),
        ('interview,quote,theme\nA,"oui,lien\nA,non,lien\n', "CSV illisible"),
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


def test_words_around_hold_a_coding_and_leave_its_identifier():
    (bare,), _ = read("interview,turn,quote,theme\nA,2,-oui,lien\n")
    (held,), _ = read("interview,turn,quote,theme,before,after,start\nA,2,'-oui,lien,alors,voilà,6\n")
    assert (held.before, held.after, held.start) == ("alors", "voilà", 6)
    assert (held.coding, held.quote) == (bare.coding, bare.quote)
    assert held.row != bare.row


def anchored(rows, masked, raw=None, to_masked=lambda *_: (0, 22)):
    documents = anchoring.documents(masked)
    found = anchoring.anchor(rows, documents, anchoring.documents(masked if raw is None else raw), to_masked)
    return found, documents


def hide(text):
    return text.replace("Zoé", "[personne 1]")


def test_a_quote_of_the_raw_text_comes_over_masked():
    rows, _ = read("interview,quote,theme,hypothesis,stance\nA,avec Zoé hier,lien,h,for\nA,jamais dit par Zoé,lien,,\n")
    found, documents = anchored(rows, turns("avec [personne 1] hier"), turns("avec Zoé hier"))
    table = tables.check("themes/codings", anchoring.codings_table(found, documents, hide))
    assert sorted(table.select("anchor", "quote").rows()) == [
        ("intact", "avec [personne 1] hier"),
        ("lost", "jamais dit par [personne 1]"),
    ]
    assert hypotheses.weigh(table, ["h"]).rows()[0][:2] == ("h", "for")
    assert hypotheses.weigh(table, []).is_empty()


def test_a_corrected_quote_of_the_raw_text_is_laid_on_the_raw_text():
    rows, _ = read("interview,quote,theme\nA,avec Zoé Zimmermann hierr,lien\n")
    found, _ = anchored(rows, turns("avec [personne 1] hier"), turns("avec Zoé Zimmermann hier"))
    assert [(anchor.status, anchor.span.end) for _, anchor in found] == [("doubtful", 22)]


TEXT = "Le matin on prend un café près de la fenêtre", "et puis on parle du travail, longtemps, sans bruit"


def test_what_became_of_each_coding_is_told_without_names():
    rows, _ = read(
        "interview,turn,quote,theme,before,after\n"
        "A,1,on prend un café près,lien,Le matin,de la fenêtre\n"
        'A,1,"on parle du travail, longtemps",lien,et puis,\n'
        "A,1,fenêtre et puis on,lien,,\n"
        "A,2,Zoé est repartie fâchée,lien,,\n"
    )
    found, documents = anchored(rows, turns(*TEXT))
    table = tables.check("themes/anchoring", anchoring.anchoring_table(found, documents, hide))
    told = {row["quote_coded"]: row for row in table.iter_rows(named=True)}
    assert {quote: (row["status"], row["turn_found"], row["n_turns"]) for quote, row in told.items()} == {
        "on prend un café près": ("intact", 1, 1),
        "on parle du travail, longtemps": ("moved", 2, 1),
        "fenêtre et puis on": ("doubtful", 2, 2),
        "[personne 1] est repartie fâchée": ("lost", None, 0),
    }
    assert told["on parle du travail, longtemps"]["after_found"] == ", sans bruit"
    proposal = codings_proposal.to_csv(found, documents, hide)
    lines = [line.split(";") for line in proposal.splitlines()]
    columns = [codings_proposal.COLUMNS.index(name) for name in ("line", "part", "status", "decision", "quote_now")]
    assert [tuple(line[c] for c in columns) for line in lines[1:]] == [
        ("5", "1", "perdu", "", ""),
        ("4", "1", "douteux", "", "et puis on"),
        ("4", "2", "douteux", "", "fenêtre"),
        ("3", "1", "déplacé", "", "on parle du travail, longtemps"),
    ]
    assert "Zoé" not in proposal


def test_codings_held_by_their_words_alone_are_proposed_with_words_around():
    rows, _ = read("interview,quote,theme\nA,on prend un café près de la,lien\n")
    found, documents = anchored(rows, turns(*TEXT))
    (_, line) = codings_proposal.to_csv(found, documents, hide).splitlines()
    assert ";intact;" in line
    assert ";Le matin;on prend un café près de la;fenêtre et puis" in line
