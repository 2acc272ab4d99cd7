"""The public version and its signed list as commands, on the small invented study."""

import csv
import io
import json
import re
import subprocess
import sys

from test_sheets_commands import STUDY
from test_sheets_commands import run as command

import report_study
from places import PROGRAM
from verbatim import tables
from verbatim.sheets.chosen_verbatims import table


def accept(folder, file):
    script = [sys.executable, PROGRAM / "scripts/accept_decisions.py", "--what", "publication", "--file", file]
    return subprocess.run([*map(str, script)], capture_output=True, text=True, check=False, cwd=folder)


def inputs(folder):
    material = report_study.study(sentences=12)
    written = report_study.write(material, folder / "results")
    chosen = folder / "results/themes/chosen_verbatims.parquet"
    codings, people = material.table("themes/codings"), material.table("corpus/interviews")
    tables.write("themes/chosen_verbatims", table(codings, people, material.themes, [], 8), chosen)
    (folder / "grid.yaml").write_text(report_study.GRID, encoding="utf-8")
    settings = STUDY | {name: material.settings[name] for name in ("analyses", "figures")}
    settings["publication"] = {"smallest_group": 2, "longest_verbatim": 6}
    given = ("--tables", *written["tables"], chosen, "--names", *written["names"], "themes/chosen_verbatims")
    return (*given, "--themes", folder / "grid.yaml", "--settings", json.dumps(settings))


def write(folder, given, *more):
    outputs = ("--report", folder / "public.html", "--proposal", folder / "publishable.csv")
    told = command("write_public_report", *given, *more, *outputs)
    assert told.returncode == 0, told.stderr
    rows = csv.DictReader(io.StringIO((folder / "publishable.csv").read_text("utf-8-sig")), delimiter=";")
    return (folder / "public.html").read_text(encoding="utf-8"), list(rows)


def test_what_is_signed_is_shown_whole_what_is_refused_never(tmp_path):
    given = inputs(tmp_path)
    page, rows = write(tmp_path, given)
    assert (page, rows) == write(tmp_path, given)
    long = [row for row in rows if row["shown"].endswith("[…]") and row["where"].startswith("thème")]
    assert len(long) > 1 and all(len(row["shown"].split()) <= 7 for row in long)
    whole, never = [row for row in long if row["shown"] in page][:2]
    assert whole["quote"] not in page
    lines = [{**whole, "decision": "entier", "signed": "MD"}, {**never, "decision": "jamais", "signed": "MD"}]
    with (tmp_path / "mine.csv").open("w", encoding="utf-8", newline="") as file:
        own = csv.DictWriter(file, [*whole], delimiter=";")
        own.writeheader()
        own.writerows([*lines, long[-1]])
    done = accept(tmp_path, "mine.csv")
    assert done.returncode == 0 and "• 1 verbatim à montrer entier" in done.stdout, done.stdout + done.stderr
    signed = tmp_path / "resources/privacy/publishable.csv"
    before = signed.read_bytes()
    assert accept(tmp_path, "mine.csv").stdout.startswith("Rien n'a changé") and signed.read_bytes() == before

    page, left = write(tmp_path, given, "--signed", signed)
    said = re.sub(r"\s+", " ", page)
    assert re.sub(r"\s+", " ", whole["quote"]) in said and never["shown"] not in page
    assert {row["passage"] for row in left} == {row["passage"] for row in rows} - {whole["passage"], never["passage"]}

    (tmp_path / "other.csv").write_text(f"passage;decision;signed\n{whole['passage']};jamais;MD\n", encoding="utf-8")
    done = accept(tmp_path, "other.csv")
    assert done.returncode == 2 and "déjà signé autrement" in done.stderr and "ligne 2" in done.stderr
    assert signed.read_bytes() == before
