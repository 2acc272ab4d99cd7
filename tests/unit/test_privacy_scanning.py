"""Masked words are found in every form in which a study publishes files."""

import base64
import gzip
import io
import json

import docx
import matplotlib
import openpyxl
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from matplotlib.figure import Figure

from places import PROGRAM
from verbatim.exchange import zip_files
from verbatim.privacy import scanning
from verbatim.report.packing import packed

NAMES = ["Zéphirine", "Kerdoncuff", "06 12 34 56 78", "z.k@exemple.fr", "Œuvrard", "FR76 3000 6000 0112"]


def saved(thing):
    stream = io.BytesIO()
    thing.save(stream)
    return stream.getvalue()


def word(name):
    document = docx.Document()
    document.add_paragraph(f"On voit {name} ici.")
    return saved(document)


def word_property(name):
    document = docx.Document()
    document.core_properties.author = name
    return saved(document)


def workbook(name):
    book = openpyxl.Workbook()
    book.active["B2"] = f"dit {name}, puis"
    return saved(book)


def project(name):
    return zip_files.pack({"project.qde": b"<Project/>", "sources/a.txt": f"A : {name}.".encode()})


def nested(name):
    return zip_files.pack({"a.docx": word(name)})


def figure(name, ending):
    drawn = Figure()
    drawn.text(0.1, 0.5, f"« {name} »")
    stream = io.BytesIO()
    with matplotlib.rc_context({"pdf.fonttype": 42}):
        drawn.savefig(stream, format=ending)
    return stream.getvalue()


def picture_note(name):
    stream = io.BytesIO()
    Figure().savefig(stream, format="png", metadata={"Comment": name})
    return stream.getvalue()


def parquet(name, note=False):
    table = pa.table({"text": ["rien" if note else f"et {name} dit", "autre"]})
    stream = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({"origine": name if note else "x"}), stream)
    return stream.getvalue()


WAYS = {
    "a.docx": word,
    "b.docx": word_property,
    "c.xlsx": workbook,
    "d.qdpx": project,
    "e.zip": nested,
    "f.pdf": lambda name: figure(name, "pdf"),
    "g.svg": lambda name: figure(name, "svg"),
    "h.png": picture_note,
    "i.parquet": parquet,
    "j.parquet": lambda name: parquet(name, note=True),
    "k.html": lambda name: "".join(f"&#{ord(c)};" for c in name).join(["<p>", "</p>"]).encode(),
    "l.html": lambda name: f"<p>{name[:3]}<b>{name[3:]}</b></p>".encode(),
    "m.json": lambda name: json.dumps({"mot": f"({name})"}).encode(),
    "n.csv": lambda name: f"a;b\n1;{name}\n".encode("utf-16"),
    "o.txt.gz": lambda name: gzip.compress(f"x {name} y".encode()),
    "p.html": lambda name: b"<img src='data:text/plain;base64," + base64.b64encode(f"- {name} -".encode()) + b"'>",
    "r.html": lambda name: f"<script id='donnees'>{packed({'turns': [f'x {name} y']})}</script>".encode(),
    "q.log": lambda name: f"lu : {name}".encode(),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("file", sorted(WAYS))
def test_a_planted_word_is_found_in_every_kind_of_file(file, name):
    found = [*scanning.search(file, WAYS[file](name), {name: "person", "Absente": "person"})]
    assert found and {hit.word for hit in found} == {name}


def test_a_planted_word_is_found_in_the_name_of_a_file():
    assert [hit.place for hit in scanning.search("E01_Kerdoncuff.csv", b"", {"Kerdoncuff": "person"})] == [
        "nom du fichier"
    ]


def test_only_whole_words_in_their_own_case():
    data = b"Rosette, rose, Roses et primeRose; Rose. _Rose_"
    (hit,) = scanning.search("a.txt", data, {"Rose": "person"})
    assert hit.n == 2


def test_a_damaged_file_is_searched_raw():
    assert [*scanning.search("a.docx", b"PK\x03\x04 Kerdoncuff \x00", {"Kerdoncuff": "person"})]


def test_what_people_masked_is_searched_and_what_they_kept_is_not():
    rows = [
        ("Zoé", "person", "mask"),
        ("Lyon", "place", "accept"),
        ("Ève", "person", "replace"),
        ("Q", "entity", "mask"),
    ]
    frame = pl.DataFrame([*rows, ("Luc", "person", None)], schema=["text", "kind", "decision"], orient="row")
    assert scanning.masked_words(frame) == {"Zoé": "person", "Ève": "person"}


def test_words_that_the_program_writes_by_itself_are_told_apart():
    assert scanning.own_words(PROGRAM, {"Entretiens", "Kerdoncuff"}) == {"Entretiens"}


def test_problems_do_not_repeat_the_words():
    hits = [scanning.Hit("results/a.csv", "", "Kerdoncuff", "person", 3)]
    (problem,) = scanning.problems(hits, "results/private/hits.csv")
    assert "Kerdoncuff" not in str(problem) and "3 passage" in str(problem)


def test_identifiers_of_any_file_are_told_by_kind():
    data = word("06 12 34 56 78 ou z.k@exemple.fr")
    told = scanning.told([*scanning.identify("a.docx", data)], 1)
    assert "Téléphones : 1" in told and "Adresses électroniques : 1" in told
