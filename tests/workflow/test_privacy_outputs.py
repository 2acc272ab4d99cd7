"""Fifty identifiers planted in transcripts of ten formats, attributes, file names and memos: none is published."""

import csv
import io
import json
import shutil

import polars as pl
import pytest

import transcript_writers as written
from verbatim.privacy import acceptance
from verbatim.privacy.contents import contents

pytestmark = pytest.mark.workflow

# made up, and in no dictionary
STEMS = (
    "Kerdoncuff",
    "Vauquelin",
    "Trémazan",
    "Quélennec",
    "Brouzils",
    "Zéphirine",
    "Œuvrard",
    "Plouézoc",
    "Nguéma",
    "Szczepan",
)
FORMATS = {
    **{"docx": written.as_word, "odt": written.as_open_document, "vtt": written.as_voices},
    **{"rtf": written.as_rich_text, "html": written.as_page, "json": written.as_recognised, "eaf": written.as_elan},
    **{"trs": written.as_transcriber, "TextGrid": written.as_grid, "xml": written.as_tei},
}


def planted(number):
    """Return the five identifiers of one interview."""
    stem = STEMS[number]
    return [
        stem,
        f"06 12 34 5{number} 7{number}",
        f"{stem[:4].lower()}@exemple{number}.fr",
        f"Ville{stem}",
        f"GX-{number}7",
    ]


def turns(names):
    name, phone, email, town, code = names
    return [
        ("ENQ", f"vous êtes madame {name}, je crois ?"),
        ("A01", f"oui, {name}. On me joint au {phone} ou à {email}, j'habite {town} depuis toujours."),
        ("ENQ", "et le travail à distance ?"),
        ("A01", f"chez {code} on se voyait le lundi, puis plus du tout, et le téléphone sonnait."),
    ]


@pytest.fixture
def study(place):
    rows = []
    for number, (ending, write) in enumerate(FORMATS.items()):
        names = planted(number)
        file = f"P{number} {names[0]}.{ending}"
        (place.study / "resources/transcripts" / file).write_bytes(write(turns(names))[1])
        rows.append(f"P{number},{file},,A01,participant,{names[3] if number == 0 else 'bilan'}")
    table = place.study / "resources/interviews.csv"
    table.write_text(table.read_text(encoding="utf-8").rstrip("\n") + "\n" + "\n".join(rows) + "\n", encoding="utf-8")
    codings = place.study / "resources/codings/codeur_1/plantes.csv"
    theme = next(csv.DictReader(io.StringIO((codings.parent / "codages.csv").read_text(encoding="utf-8"))))["theme"]
    memo = f"comme me l'a dit {planted(3)[0]}"
    codings.write_text(
        f"interview,turn,quote,theme,memo\nP1,4,on se voyait le lundi,{theme},{memo}\n"
        f"P2,2,on me joint au {planted(2)[1]},{theme},\n",
        encoding="utf-8",
    )
    return place


def decide(study):
    """Mask all that was planted, keep the rest, as a person would in the proposal."""
    proposal = study.study / acceptance.PROPOSAL
    wanted = {word for number in range(len(FORMATS)) for word in planted(number)}
    with proposal.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    for row in rows:
        row["decision"] = "mask" if any(word in row["text"] for word in wanted) else "accept"
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (study.study / "decided.csv").write_text(out.getvalue(), encoding="utf-8")
    acceptance.accept(study.study, "decided.csv")


def test_nothing_planted_is_published(study):
    assert study.run().code != 0
    report = study.study / "results/report/rapport.html"
    texts = [text for _, text in contents(report.name, report.read_bytes())] if report.is_file() else []
    assert not [text for text in texts if "on se voyait le lundi" in text]
    decide(study)
    outcome = study.run()
    assert outcome.code == 0, outcome.text[-3000:]
    raw = " ".join(pl.read_parquet(study.study / "results/private/turns.parquet")["text"])
    words = [word for number in range(len(FORMATS)) for word in planted(number)]
    assert len(words) == 50 and all(word in raw for word in words)
    left = []
    root = study.study / "results"
    for file in sorted(root.rglob("*")):
        if file.is_file() and file.relative_to(root).parts[0] != "private":
            texts = [("name", file.as_posix()), *contents(file.name, file.read_bytes())]
            left += [(file.name, place, word) for place, text in texts for word in words if word in text]
    assert left == []
    scan = json.loads((root / "provenance/scan.json").read_text(encoding="utf-8"))
    assert scan["mots cherchés"] >= 50
    logs = "".join(file.read_text(encoding="utf-8", errors="replace") for file in (study.study / "logs").rglob("*.log"))
    assert [word for word in words if word in logs] == []


def test_a_leak_stops_the_run_and_its_file_is_withheld(place):
    shutil.rmtree(place.study / "results/provenance")
    masked = pl.read_parquet(place.study / "results/private/findings.parquet").filter(pl.col("decision") == "mask")
    word = masked["text"][0]
    leak = place.study / "results/exports/oublié.txt"
    leak.write_text(f"On y lit {word}.\n", encoding="utf-8")
    outcome = place.run()
    assert outcome.code != 0 and "oublié.txt" in outcome.text and not leak.exists()
    assert (place.study / "results/private/held/results/exports/oublié.txt").is_file()
    assert place.run().code == 0
