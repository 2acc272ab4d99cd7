"""Projects of Taguette and QualCoder, made with the tables that these programs make."""

import io
import sqlite3

import openpyxl
import pytest
from lxml import html as pages

import refi_study as made
from verbatim import anchoring, grid
from verbatim.codings import qualcoder, taguette
from verbatim.exchange.refi_qda.grid_file import to_yaml

WORDS = "je travaille à l'atelier & j'aime ça"
END = "l'atelier a fermé en décembre"

# Taguette 1.4.1, taguette/database/models.py and its migrations.
TAGUETTE = """
CREATE TABLE users (login VARCHAR(30) NOT NULL PRIMARY KEY, created DATETIME NOT NULL, hashed_password VARCHAR(192));
CREATE TABLE projects (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL,
    description TEXT NOT NULL, created DATETIME NOT NULL);
CREATE TABLE documents (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL,
    description TEXT NOT NULL, filename VARCHAR(200) NOT NULL, created DATETIME NOT NULL, project_id INTEGER NOT NULL,
    text_direction VARCHAR(13) NOT NULL, contents TEXT NOT NULL);
CREATE TABLE tags (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, project_id INTEGER NOT NULL,
    path VARCHAR(200) NOT NULL, description TEXT NOT NULL, UNIQUE (project_id, path));
CREATE TABLE highlights (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document_id INTEGER NOT NULL,
    start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, snippet TEXT NOT NULL);
CREATE TABLE highlight_tags (highlight_id INTEGER NOT NULL, tag_id INTEGER NOT NULL,
    PRIMARY KEY (highlight_id, tag_id));
"""
# QualCoder 3.5, qualcoder/__main__.py (database version 7); supercid comes with version 16.
QUALCODER = """
CREATE TABLE project (databaseversion text, date text, memo text, about text, bookmarkfile integer);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text,
    date text, av_text_id integer, risid integer, unique(name));
CREATE TABLE code_image (imid integer primary key, id integer, x1 integer, y1 integer, width integer, height integer,
    cid integer, memo text, date text, owner text, important integer, pdf_page integer);
CREATE TABLE code_av (avid integer primary key, id integer, pos0 integer, pos1 integer, cid integer, memo text,
    date text, owner text, important integer);
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, owner text,
    date text, unique(fid, pos0, pos1, owner));
CREATE TABLE attribute_type (name text primary key, date text, owner text, memo text, caseOrFile text, valuetype text);
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text, unique(name));
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer,
    unique(name));
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer,
    owner text, date text, memo text, avid integer, important integer, unique(cid, fid, pos0, pos1, owner));
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text,
    color text, unique(name));
CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text);
"""


def statuses(reading):
    documents = made.study_text().documents
    return [anchor.status for _, anchor in anchoring.anchor(reading.codings, documents, {}, None)]


def taguette_project(page, highlights, name="Entretien A01.docx", shift=0):
    """A project of one document; `highlights`: (words, tags); positions are UTF-8 bytes of the text nodes."""
    nodes = "".join(pages.fragment_fromstring(page, create_parent="div").itertext())
    base = sqlite3.connect(":memory:")
    base.executescript(TAGUETTE)
    base.execute("INSERT INTO projects VALUES (1, 'p', '', '2022-01-01')")
    base.execute("INSERT INTO documents VALUES (1, ?, '', 'f', '2022', 1, 'LEFT_TO_RIGHT', ?)", (name, page))
    tags = {tag: n for n, tag in enumerate(("Fermeture", "plaisir d’être à l’œuvre", "Inutile"), 1)}
    for tag, n in tags.items():
        base.execute("INSERT INTO tags VALUES (?, 1, ?, '')", (n, tag))
    for n, (words, given) in enumerate(highlights, 1):
        start = len(nodes[: nodes.index(words)].encode()) + shift
        snippet = f"<p>{words.replace('&', '&amp;')}</p>"
        place = (n, 1, start, start + len(words.encode()), snippet)
        base.execute("INSERT INTO highlights VALUES (?, ?, ?, ?, ?)", place)
        base.executemany("INSERT INTO highlight_tags VALUES (?, ?)", [(n, tags[tag]) for tag in given])
    return base.serialize()


def page():
    said = "".join(f"<p><b>{speaker}</b> : {text.replace('&', '&amp;')}</p>\n" for speaker, text in made.TURNS["A01"])
    return f"<h1>Entretien</h1>\n{said}"


HIGHLIGHTS = [
    (WORDS, ["plaisir d’être à l’œuvre"]),
    (END, ["Fermeture", "plaisir d’être à l’œuvre"]),
    ("Et puis ?", []),
]


def test_a_taguette_project_is_read_at_its_bytes():
    reading = taguette.read(taguette_project(page(), HIGHLIGHTS), "c/x/p.sqlite3", "lea", made.study_text())
    assert not reading.problems, reading.problems
    assert [(c.turn, c.quote, c.theme, c.coder) for c in reading.codings] == [
        *((2, WORDS, "plaisir", "lea"), (4, END, "fermeture", "lea"), (4, END, "plaisir", "lea"))
    ]
    assert statuses(reading) == ["intact"] * 3
    assert {u.what: u.n for u in reading.unread} == {"codes que rien n'emploie": 1, "passages sans code": 1}


def test_the_words_that_taguette_keeps_are_believed_before_its_positions():
    data = taguette_project(page(), HIGHLIGHTS[:1], "sans nom", shift=7)
    reading = taguette.read(data, "c/x/p.sqlite3", "lea", made.study_text())
    assert [(c.turn, c.quote, c.start is None) for c in reading.codings] == [(2, WORDS, False)]


ROWS = [("1", "Entretien A01.docx", "Fermeture", END), ("2", "autre nom", "Fermeture", WORDS)]


def as_csv(rows):
    return "id,document,tag,content\r\n" + "".join(f'{i},{d},{t},"{c}"\r\n' for i, d, t, c in rows)


def as_excel(rows):
    book = openpyxl.Workbook()
    for row in (("id", "document", "tag", "content"), *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("data", [as_csv(ROWS[:1]).encode(), as_excel(ROWS[:1])], ids=["csv", "xlsx"])
def test_taguettes_tables_of_highlights_are_read(data):
    assert taguette.is_highlights(data)
    reading = taguette.highlights(data, "c/x/all_tags.csv", "lea", made.study_text())
    assert [(c.interview, c.quote, c.theme) for c in reading.codings] == [("A01", END, "fermeture")]
    assert statuses(reading) == ["doubtful"] or statuses(reading) == ["intact"]


def test_documents_of_a_table_are_known_by_their_words_too():
    reading = taguette.highlights(as_csv(ROWS[1:]).encode(), "c/x/t.csv", "lea", made.study_text())
    assert [c.interview for c in reading.codings] == ["A01"] or "aucune des sources" in reading.problems[0].what


def test_another_table_is_none_of_taguette():
    assert not taguette.is_highlights(b"interview,quote,theme\r\nA01,x,y\r\n")
    assert not taguette.is_highlights(b"\xff\xfe\x00")


def test_taguettes_codebook_becomes_a_grid():
    text = (
        'tag,parent,description,number of highlights\r\nfille,mère,"Dit, ceci",2\r\nmère,,Haut,0\r\nseule,perdue,,1\r\n'
    )
    found = grid.themes(to_yaml(taguette.codebook(text.encode(), "codebook.csv")))
    assert [(t.id, t.parent, t.definition) for t in found] == [
        *(("mere", "", "Haut"), ("fille", "mere", "Dit, ceci"), ("seule", "", ""))
    ]


def qualcoder_project(rows, text, name="A01.txt", count=len, version=7):
    """A project of one source; `rows`: (words, code, owner, memo, words kept)."""
    base = sqlite3.connect(":memory:")
    base.executescript(QUALCODER)
    base.execute("INSERT INTO project VALUES (?, '2022', '', 'QualCoder 3.5', null)", (f"v{version}",))
    base.execute("INSERT INTO source VALUES (1, ?, ?, null, '', 'marie', '2022', null, null)", (name, text))
    base.execute("INSERT INTO source VALUES (2, 'photo.png', null, '/images/photo.png', '', 'marie', '2', null, null)")
    base.execute("INSERT INTO code_image VALUES (1, 2, 0, 0, 5, 5, 1, '', '', 'marie', 0, null)")
    base.execute("INSERT INTO code_cat VALUES (1, 'Métiers', 'marie', '', '', 2)")
    base.execute("INSERT INTO code_cat VALUES (2, 'Tout', 'marie', '', '', 1)")
    for n, code in enumerate(("Fermeture", "Plaisir d'être à l'œuvre", "Jamais"), 1):
        base.execute("INSERT INTO code_name VALUES (?, ?, '', ?, 'marie', '', '#F00')", (n, code, 1 if n < 3 else None))
    if version >= 16:
        base.execute("ALTER TABLE code_name ADD supercid integer")
        base.execute("UPDATE code_name SET supercid = 1, catid = null WHERE cid = 2")
    for n, (words, code, owner, memo, kept) in enumerate(rows, 1):
        start = count(text[: text.index(words)])
        place = (n, code, kept, start, start + count(words), owner, memo)
        base.execute("INSERT INTO code_text VALUES (?, ?, 1, ?, ?, ?, ?, '', ?, null, null)", place)
    return base.serialize()


def units(text):
    return len(text.encode("utf-16-le")) // 2


CODED = [(WORDS, 2, "marie", "Ému", WORDS), (END, 1, "paul", None, END)]


@pytest.mark.parametrize("version", [7, 16])
@pytest.mark.parametrize("count", [len, units], ids=["points", "utf16"])
def test_a_qualcoder_project_is_read_however_it_counts(count, version):
    data = qualcoder_project(CODED, made.plain(), count=count, version=version)
    reading = qualcoder.read(data, "c/lea/P.qda/data.qda", "lea", made.study_text())
    assert not reading.problems, reading.problems
    assert [(c.turn, c.quote, c.theme, c.coder, c.memo) for c in reading.codings] == [
        *((2, WORDS, "plaisir", "marie", "Ému"), (4, END, "fermeture", "paul", None))
    ]
    assert statuses(reading) == ["intact", "intact"]
    told = {u.what: u.n for u in reading.unread}
    assert told == {"catégories de codes": 2, "codes que rien n'emploie": 1, "passages d'images (codés)": 1}


def test_a_text_edited_after_its_coding_is_found_by_the_words_kept():
    text = made.plain()
    stale = [("Vous avez", 1, "default", None, END), (WORDS, 2, "default", None, "des mots que plus rien ne dit")]
    reading = qualcoder.read(qualcoder_project(stale, text), "c/lea/data.qda", "lea", made.study_text())
    assert [(c.quote, c.turn, c.coder) for c in reading.codings] == [
        *((END, 4, "lea"), ("des mots que plus rien ne dit", None, "lea"))
    ]
    assert statuses(reading) == ["intact", "lost"]


def damaged(data):
    return data[:4096] + b"\xff" * 4096 + data[8192:]


def of_another_kind():
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE tags (id integer)")
    return base.serialize()


@pytest.mark.parametrize("read", [taguette.read, qualcoder.read])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"SQLite format 3\x00",
        b"SQLite format 3\x00" + bytes(5000),
        b"PK\x03\x04",
        damaged(qualcoder_project(CODED, made.plain())),
        damaged(taguette_project(page(), HIGHLIGHTS)),
        of_another_kind(),
    ],
    ids=["empty", "head", "zeros", "zip", "damaged", "damaged too", "no table"],
)
def test_what_is_no_database_is_refused(read, data):
    reading = read(data, "c/x/p.sqlite3", "x", made.study_text())
    assert reading.problems and not reading.codings


@pytest.mark.parametrize("value", [None, "ici", b"\xff", 1.5])
@pytest.mark.parametrize("column", ["start_offset", "end_offset", "document_id"])
def test_a_place_that_is_no_number_is_none_and_the_words_are_looked_for(column, value):
    base = sqlite3.connect(":memory:")
    base.deserialize(taguette_project(page(), HIGHLIGHTS))
    base.executescript("ALTER TABLE highlights RENAME TO old; CREATE TABLE highlights AS SELECT * FROM old;")
    base.execute(f"UPDATE highlights SET {column} = ?", (value,))
    base.commit()
    reading = taguette.read(base.serialize(), "c/x/p.sqlite3", "x", made.study_text())
    if column == "document_id":
        assert not reading.codings
    else:
        assert {one.quote for one in reading.codings} == {WORDS, END} and set(statuses(reading)) == {"intact"}


@pytest.mark.parametrize(("column", "value"), [("pos0", None), ("pos1", "loin"), ("memo", 7), ("seltext", b"\xff\xfe")])
def test_any_value_in_any_column_of_qualcoder_is_read(column, value):
    base = sqlite3.connect(":memory:")
    base.deserialize(qualcoder_project(CODED, made.plain()))
    base.execute(f"UPDATE code_text SET {column} = ?", (value,))
    base.commit()
    reading = qualcoder.read(base.serialize(), "c/x/data.qda", "x", made.study_text())
    assert reading.problems or len(reading.codings) + sum(one.n for one in reading.unread) >= 2


def test_a_view_in_place_of_a_table_is_not_run():
    base = sqlite3.connect(":memory:")
    base.executescript(QUALCODER.replace("CREATE TABLE code_text (", "CREATE TABLE unused ("))
    base.execute(
        "CREATE VIEW code_text AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
    )
    reading = qualcoder.read(base.serialize(), "c/x/data.qda", "x", made.study_text())
    assert "code_text" in reading.problems[0].what
