import subprocess
import sys

import polars as pl
import pytest

from places import PROGRAM
from verbatim import tables

RAW = "Le matin je prends un café avec Zoé Martin, et on parle du travail de la veille."
MASKED = RAW.replace("Zoé Martin", "[personne 1]")
CODINGS = (
    "interview,turn,quote,theme,before,after\n"
    "A,1,je prends un café avec Zoé Martin,lien,Le matin,\n"
    "A,1,on parle du travail de la veile,travail,,\n"
    "A,1,Zoé Martin n'en a jamais rien su du tout,lien,,\n"
)


@pytest.fixture
def study(tmp_path):
    columns = {"interview": "A", "turn": 1, "speaker": "A", "role": "participant", "question": None}
    for name, table, text in (("turns", "corpus/turns", MASKED), ("raw", "private/turns", RAW)):
        tables.write(table, pl.DataFrame([{**columns, "start_s": None, "end_s": None, "text": text}]), tmp_path / name)
    begin = RAW.index("Zoé")
    place = {"interview": "A", "turn": 1}
    span = {"raw_start": begin, "raw_end": begin + 10, "start": begin, "end": begin + 12}
    tables.write("private/offsets", pl.DataFrame([{**place, **span}]), tmp_path / "offsets")
    found = {"start": begin, "end": begin + 10, "text": "Zoé Martin", "kind": "person", "digest": "d"}
    decided = {"decision": "mask", "replacement": "[personne 1]"}
    tables.write("private/findings", pl.DataFrame([{**place, **found, **decided}]), tmp_path / "findings")
    (tmp_path / "resources/codings/claire").mkdir(parents=True)
    (tmp_path / "resources/codings/claire/c.csv").write_text(CODINGS, encoding="utf-8")
    (tmp_path / "grid.yaml").write_text(
        "themes:\n  - {id: lien, title: Lien}\n  - {id: travail, title: Travail}\n", encoding="utf-8"
    )
    return tmp_path


def anchor(study, *options):
    inputs = ("turns", "raw", "offsets", "findings")
    given = [part for name in inputs for part in (f"--{name}", name)]
    command = [sys.executable, PROGRAM / "scripts/anchor_codings.py", "--files", "resources/codings/claire/c.csv"]
    outputs = ("--codings", "codings", "--anchoring", "anchoring", "--proposal", "proposal.csv")
    command += ["--grid", "grid.yaml", *given, *outputs]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=study)


def test_what_became_of_codings_is_written_and_proposed_without_names(study):
    done = anchor(study)
    assert done.returncode == 0, done.stderr
    assert "intact 1, déplacé 0, douteux 1, perdu 1" in done.stderr
    found = tables.read("themes/anchoring", study / "anchoring").sort("status")
    assert found.select("status", "quote_found").rows() == [
        ("doubtful", "on parle du travail de la veille"),
        ("intact", "je prends un café avec [personne 1]"),
        ("lost", None),
    ]
    proposal = (study / "proposal.csv").read_text(encoding="utf-8-sig")
    assert [line.split(";")[1] for line in proposal.splitlines()[1:]] == ["4", "3"]
    written = [
        proposal,
        *(str(tables.read(f"themes/{name}", study / name).rows()) for name in ("codings", "anchoring")),
    ]
    assert not any("Zoé" in text or "Martin" in text for text in written)


def test_the_same_codings_give_the_same_bytes(study):
    assert anchor(study).returncode == 0
    first = [(study / name).read_bytes() for name in ("codings", "anchoring", "proposal.csv")]
    assert anchor(study).returncode == 0
    assert [(study / name).read_bytes() for name in ("codings", "anchoring", "proposal.csv")] == first
