"""Projects of other programs among the files of codings: made on the raw text, told with their faults."""

import subprocess
import sys

import polars as pl
import pytest

import refi_study as made
from places import PROGRAM
from verbatim import tables

RAW = "Le matin je prends un café avec Zoé Martin, et on parle du travail de la veille. Zoé Martin rit."
NAME, MASK = "Zoé Martin", "[personne 1]"
GRID = "themes:\n  - {id: lien, title: Le lien}\n  - {id: travail, title: Travail}\n"
CODES = '<Code guid="{}" name="le Lien" isCodable="true"/><Code guid="{}" name="travail" isCodable="true"/>'


@pytest.fixture
def study(tmp_path):
    columns = {"interview": "A", "turn": 1, "speaker": "A", "role": "participant", "question": None}
    for name, table, text in (("turns", "corpus/turns", RAW.replace(NAME, MASK)), ("raw", "private/turns", RAW)):
        tables.write(table, pl.DataFrame([{**columns, "start_s": None, "end_s": None, "text": text}]), tmp_path / name)
    begins = [RAW.index(NAME), RAW.rindex(NAME)]
    spans = [
        {"raw_start": b, "raw_end": b + len(NAME), "start": b + 2 * k, "end": b + 2 * k + len(MASK)}
        for k, b in enumerate(begins)
    ]
    place = {"interview": "A", "turn": 1}
    tables.write("private/offsets", pl.DataFrame([{**place, **span} for span in spans]), tmp_path / "offsets")
    decided = {"kind": "person", "digest": "d", "decision": "mask", "replacement": MASK}
    found = [{**place, "start": b, "end": b + len(NAME), "text": NAME, **decided} for b in begins]
    tables.write("private/findings", pl.DataFrame(found), tmp_path / "findings")
    (tmp_path / "grid.yaml").write_text(GRID, encoding="utf-8")
    return tmp_path


def project(*quotes, codes=CODES):
    text = f"Paul D : {RAW}\nClaire : Merci.\n"
    inner = "".join(
        made.selection(
            text.index(quote), text.index(quote) + len(quote), code, inside=f"<Description>{NAME}</Description>"
        )
        for quote, code in quotes
    )
    codes = codes.format(made.new("lien"), made.new("travail"))
    return made.qdpx(made.qde(made.source(inner, "Entretien A.docx"), codes), {"sources/a.txt": text.encode()})


def anchor(study, name, data):
    file = f"resources/codings/claire/{name}"
    (study / file).parent.mkdir(parents=True)
    (study / file).write_bytes(data)
    given = [part for one in ("turns", "raw", "offsets", "findings") for part in (f"--{one}", one)]
    command = [sys.executable, PROGRAM / "scripts/anchor_codings.py", "--files", file, "--grid", "grid.yaml", *given]
    outputs = ("--codings", "codings", "--anchoring", "anchoring", "--proposal", "proposal.csv")
    return subprocess.run([*command, *outputs], capture_output=True, text=True, check=False, cwd=study)


def test_codings_of_the_raw_text_are_found_in_the_masked_one(study):
    long = "je prends un café avec Zoé Martin, et on parle"
    done = anchor(study, "p.qdpx", project((long, "lien"), ("parle du travail de la veille", "travail")))
    assert done.returncode == 0, done.stderr
    found = tables.read("themes/codings", study / "codings").sort("start")
    assert found.select("theme", "quote", "anchor", "coder", "memo").rows() == [
        ("lien", long.replace(NAME, MASK), "intact", "claire", MASK),
        ("travail", "parle du travail de la veille", "intact", "claire", MASK),
    ]


def test_an_unknown_code_stops_the_run_with_its_place_and_nearest(study):
    data = project(("je prends un café", "lien"), codes=CODES.replace("le Lien", "Liens"))
    done = anchor(study, "p.qdpx", data)
    assert done.returncode == 2
    assert "p.qdpx, project.qde, ligne 2" in done.stderr and "vouliez-vous « lien »" in done.stderr.replace(
        "Le lien", "lien"
    )


def test_a_file_that_is_no_project_is_told(study):
    done = anchor(study, "data.qda", b"rien")
    assert done.returncode == 2 and "ce n'est pas une base SQLite" in done.stderr
