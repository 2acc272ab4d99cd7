"""One study coded in a CSV table (as the page of the browser writes it), in Excel, in Word comments and in REFI-QDA."""

import csv
import io

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from coded_study import SAID, TEXTS, TITLES, TURNS, WORD, read
from commented_documents import Document
from verbatim import anchoring
from verbatim.anchors import Span, holding
from verbatim.codings import remarks
from verbatim.exchange.coding_workbook import workbook
from verbatim.exchange.refi_qda.writing import Study, project
from verbatim.grid import Theme

HEAD = ("interview", "turn", "quote", "theme", "memo", "hypothesis", "stance", "before", "after", "start")
TO_FRENCH = (
    *("entretien", "tour", "verbatim", "thème", "mémo", "hypothèse", "position"),
    *("avant", "après", "début"),
)


def held(row):
    """Return a row with the words around its passage, as the browser's page writes them."""
    name, turn, quote = row[:3]
    start = SAID[name][turn - 1][2].index(quote)
    about = holding(TEXTS[name], Span(turn, start, start + len(quote)))
    return (*row, about.before, about.after, about.start)


def as_csv(rows):
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([HEAD, *map(held, rows)])
    return {"codages.csv": out.getvalue().encode("utf-8-sig")}


def as_excel(rows):
    book = Workbook()
    book.active.title = "autre chose"
    sheet = book.create_sheet("Codages")
    sheet.append(TO_FRENCH)
    for line, row in enumerate(map(held, rows), 2):
        for number, value in enumerate(row, 1):
            cell = sheet.cell(line, number, value)
            cell.data_type = "n" if isinstance(value, int) else "s"
    out = io.BytesIO()
    book.save(out)
    return {"codages.xlsx": out.getvalue()}


def as_word(rows):
    open_files = {name: Document(data) for name, data in WORD.items()}
    for number, (name, turn, quote, theme, memo, hypothesis, stance) in enumerate(rows, 1):
        told = {"pour": "for", "contre": "against"}.get(stance, stance)
        text = remarks.write(theme, memo or None, hypothesis or None, told or None)
        open_files[name].mark(number, turn, quote, text=text)
    return {f"{name}.docx": one.save() for name, one in open_files.items()}


def as_project(rows):
    """The project that a run gives out: what another program writes is in test_refi_qda_reading."""
    about = {"interviews": pl.DataFrame({"interview": sorted(SAID)}), "codings": table(as_csv(rows)), "turns": TURNS}
    grid = [Theme(name, title, "", 0) for name, title in TITLES.items()]
    known = [{"id": "alliance", "title": "Alliance", "statement": "Elle tient."}]
    look = {"title": "Étude", "date": "2022-06-30", "palette": ["#0072B2"]}
    return {"etude.qdpx": project(Study(**about, themes=grid, hypotheses=known, **look))}


def table(files):
    found, problems = read(files)
    assert not problems, problems
    anchored = anchoring.anchor(found, TEXTS, TEXTS, lambda i, t, a, b: (a, b))
    return anchoring.codings_table(anchored, TEXTS, str).sort("coding")


def choices():
    """A passage of a turn that stands once in its interview, word by word, with what a coder says of it."""

    @st.composite
    def one(draw):
        name = draw(st.sampled_from(sorted(SAID)))
        turn = draw(st.integers(1, len(SAID[name])))
        text = SAID[name][turn - 1][2]
        words = text.split()
        low = draw(st.integers(0, len(words) - 1))
        high = draw(st.integers(low + 1, len(words)))
        start, end = text.index(words[low]), 0
        for word in words[low:high]:
            end = text.index(word, max(start, end)) + len(word)
        quote = text[start:end]
        everything = " ".join(t for _, _, t in SAID[name])
        if len(quote) < 8 or everything.count(quote) > 1:
            quote, turn = SAID[name][0][2], 1
        memo = draw(
            st.sampled_from(["", "un mémo", "l'écran : froid, [rire] dit-elle", "=somme(A1)", "-", "à « voir »"])
        )
        bearing = draw(st.sampled_from([("", ""), ("alliance", "pour"), ("alliance", "contre"), ("alliance", "")]))
        return (name, turn, quote, draw(st.sampled_from(sorted(TITLES))), memo, *bearing)

    return st.lists(one(), min_size=1, max_size=6, unique_by=lambda row: row)


@settings(max_examples=25)
@given(choices())
def test_the_same_codings_by_every_way_give_the_same_rows(rows):
    expected = table(as_csv(rows))
    assert expected.height == len(rows)
    for way in (as_excel, as_word, as_project):
        assert table(way(rows)).rows() == expected.rows()


def test_without_words_around_the_places_are_the_same():
    rows = [
        ("E01", 2, "j'étais perdue", "isolement", "un mémo", "", ""),
        ("E01", 4, "Seule, oui.", "rituels", "", "", ""),
    ]
    out = io.StringIO()
    csv.writer(out).writerows([HEAD[:7], *rows])
    columns = ("coding", "interview", "turn", "start", "end", "quote", "theme", "coder", "memo")
    short = table({"c.csv": out.getvalue().encode()})
    assert short.select(columns).rows() == table(as_word(rows)).select(columns).rows()


def test_overlapping_passages_and_themes_by_title_are_the_same_too():
    rows = [
        ("E01", 2, "j'étais perdue, mais j'ai gagné", "Isolement", "", "", ""),
        ("E01", 2, "perdue, mais", "GAIN D’EFFICACITE", "oui", "", ""),
    ]
    assert table(as_csv(rows))["theme"].to_list() == table(as_word(rows))["theme"].to_list()
    assert table(as_csv(rows)).rows() == table(as_excel(rows)).rows() == table(as_word(rows)).rows()


def test_the_workbook_given_out_comes_back_whole():
    rows = [
        ("E02", 2, "=1+1, c'est ce que", "isolement", "=HYPERLINK(1)", "alliance", "contre"),
        ("E01", 2, "Oui", "rituels", "", "", ""),
    ]
    sent = table(as_csv(rows))
    grid = pl.DataFrame({"theme": ["isolement"], "interview": ["E02"], "n_codings": [1]})
    given_out = workbook(sent, grid, (), TEXTS, "Étude")
    assert given_out == workbook(sent, grid, (), TEXTS, "Étude")
    kept = ("coding", "interview", "turn", "start", "end", "quote", "theme", "coder", "memo", "hypothesis", "stance")
    back, problems = read({"codages.xlsx": given_out}, "paul")
    assert not problems
    anchored = anchoring.anchor(back, TEXTS, TEXTS, lambda i, t, a, b: (a, b))
    found = anchoring.codings_table(anchored, TEXTS, str).sort("coding")
    assert found.select(kept).rows() == sent.select(kept).rows()
    assert set(found["coder"]) == {"claire"}


@pytest.mark.parametrize("way", [as_csv, as_excel])
def test_a_column_tells_whose_each_row_is(way):
    head = (*(HEAD if way is as_csv else TO_FRENCH)[:7], "codeuse")
    rows = [("E01", 2, "j'étais perdue", "isolement", "", "", "", who) for who in ("Zoé", "", "CLAIRE")]
    if way is as_csv:
        out = io.StringIO()
        csv.writer(out).writerows([head, *rows])
        files = {"c.csv": out.getvalue().encode()}
    else:
        book = Workbook()
        for row in (head, *rows):
            book.active.append(row)
        out = io.BytesIO()
        book.save(out)
        files = {"c.xlsx": out.getvalue()}
    found, problems = read(files)
    assert not problems and [one.coder for one in found] == ["Zoé", "claire", "claire"]
    assert found[0].coding.startswith("Zoé-")
