"""Tables of codings, in CSV and Excel, as people and spreadsheets make them."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from coded_study import STUDY, TEXTS, TURNS
from verbatim import anchoring, codings
from verbatim.codings import sheets
from verbatim.exchange.coding_workbook import workbook
from verbatim.grid import Theme

HEAD = ("entretien", "tour", "verbatim", "thème")
ROW = ("E01", 2, "j'étais perdue", "isolement")


def saved(*rows, **more):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for name, own in more.items():
        sheet = book.create_sheet(name)
        for row in own:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data, name="c.xlsx"):
    return codings.read(data, f"resources/codings/claire/{name}", "claire", STUDY)


def test_the_sheet_named_codages_is_read_else_the_first():
    assert [c.quote for c in read(saved(HEAD, ROW)).codings] == ["j'étais perdue"]
    (coding,) = read(saved(("autre",), Codages=[HEAD, ("E02", None, "le dossier", "Rituels")])).codings
    assert (coding.interview, coding.turn, coding.theme) == ("E02", None, "rituels")
    assert coding.place.endswith("feuille Codages, ligne 2")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (saved(("entretien", "thème")), "colonne « quote »"),
        (saved((*HEAD, "couleur"), ROW), "colonne inconnue « couleur »"),
        (saved((*HEAD, "quote"), ROW), "deux colonnes « quote »"),
        (saved(HEAD, (*ROW, "perdu ?")), "hors des colonnes nommées"),
        (saved(HEAD, ("E01", 2, '=CONCATENATE("a")', "isolement")), "formule dont le résultat"),
        (saved(HEAD, ("E01", "deux", "x", "isolement")), "« turn » vaut « deux »"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "ancien format .xls"),
        (b"PK\x03\x04", "archive abîmée"),
    ],
)
def test_faults_are_said(data, what):
    assert [what in problem.what for problem in read(data).problems] == [True]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("entretien;verbatim;thème\nE01;été;isolement\n".encode("cp1252"), "Windows-1252"),
        ("entretien;verbatim;theme\nE01;Ã©tÃ©;isolement\n".encode(), "accents y sont abîmés"),
    ],
)
def test_another_encoding_is_no_mojibake(text, what):
    (problem,) = read(text, "c.csv").problems
    assert what in problem.what and ".xlsx" in problem.mend


def test_french_and_english_names_are_the_same_table():
    french = "Entretien;Tour;Extrait;THÈME;Mémo;Hypothèse;Position\nE01;2;perdue;Isolement;m;alliance;pour\n"
    english = "interview,turn,quote,theme,memo,hypothesis,stance\nE01,2,perdue,isolement,m,alliance,pour\n"
    first, second = (read(text.encode(), "c.csv").codings[0] for text in (french, english))
    assert first.coding == second.coding and first.stance == "for" and first.theme == "isolement"


def test_unknown_endings_are_a_fault_and_suggestions_do_not_become_codings():
    assert "format de codage inconnu" in read(b"", "c.xls").problems[0].what
    found = read(saved((*HEAD, "origine"), (*ROW, "suggéré"), (*ROW, "humaine")))
    assert len(found.codings) == 1 and [(u.what, u.n) for u in found.unread] == [("lignes d'origine suggérée", 1)]


def given_out(rows):
    found, problems = [], []
    for name, text in rows.items():
        reading = read(text.encode(), name)
        found, problems = found + reading.codings, problems + reading.problems
    assert not problems
    anchored = anchoring.anchor(found, TEXTS, TEXTS, lambda i, t, a, b: (a, b))
    table = anchoring.codings_table(anchored, TEXTS, str)
    grid = TURNS.select(theme="role", interview="interview", n_codings="turn").unique(["theme", "interview"])
    themes = (Theme("isolement", "Isolement", "", 0, definition="=2*3"), Theme("rituels", "Rituels", "isolement", 1))
    return load_workbook(io.BytesIO(workbook(table, grid.clear(), themes, TEXTS, "Étude")))


def test_the_workbook_has_text_and_never_formulas():
    memo = "=HYPERLINK(0)\x07" + "x" * 40_000
    book = given_out({"c.csv": f'interview,quote,theme,memo\nE02,"=1+1, c\'est",isolement,{memo}\n'})
    assert book.sheetnames == ["codages", "grille", "thèmes"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    starts = [cell for cell in cells if str(cell.value).startswith("=")]
    assert len(starts) == 3 and all(cell.quotePrefix for cell in starts)
    assert any("coupé" in str(cell.value) for cell in cells)
    assert book["codages"].auto_filter.ref == "A1:P2"


def test_an_empty_study_has_its_workbook_too():
    book = given_out({})
    assert [cell.value for cell in book["codages"][1]][:4] == ["codage", "entretien", "tour", "verbatim"]
    assert book["thèmes"].max_row == 3


def test_names_of_columns():
    assert {sheets.column(name) for name in ("Codeuse", "codeur", " CODER ")} == {"coder"}
