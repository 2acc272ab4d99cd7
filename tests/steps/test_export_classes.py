import json
import subprocess
import sys
from pathlib import Path

import polars as pl
from test_describe_classes import study

from verbatim import tables
from verbatim.transcripts import read_source

SCRIPT = Path(__file__).parents[2] / "scripts" / "export_classes.py"
STUDY = {"title": "La nuit", "date": "2026-01-01", "invented": True}
NAME = {"analysis": "tous", "position": 1, "name": "Dormir", "accepted_class": 2, "class": 2, "status": "matched"}
NAME |= {"jaccard": 1.0, "merged_with": None, "words_then": "[]", "words_now": "[]"}


def run(folder, numbers, undecided=0, *flags):
    flags = ["--analysis", "tous", "--settings", '{"palette": ["#0072B2", "#E69F00"]}', *flags]
    flags += ["--study-settings", json.dumps(STUDY)]
    gate = pl.DataFrame([("person", 0, 0, 0, undecided)], schema=tables.empty("corpus/gate").schema, orient="row")
    typical = pl.DataFrame(
        [("tous", 2, 1, "A01", 1, 9.0, 3.0, "[]")], schema=tables.empty("classes/typical_segments").schema, orient="row"
    )
    frames = study(numbers) | {"corpus/gate": gate, "classes/typical_segments": typical}
    for table, frame in frames.items():
        own = table.split("/")[1]
        name = "classes" if table == "classes/segments" else own.removesuffix("_segments")
        tables.write(table, frame, folder / name)
        flags += [f"--{name}", folder / name]
    for name, made in (("coloured", "corpus.html"), ("corpus", "corpus.txt"), ("by-class", "classes")):
        flags += [f"--{name}", folder / "out" / made]
    done = subprocess.run([sys.executable, SCRIPT, *flags], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "out"


def test_three_exports_of_the_same_segments(tmp_path):
    stale = tmp_path / "out/classes/classe_9.txt"
    stale.parent.mkdir(parents=True)
    stale.write_text("ancien")
    tables.write("classes/names", pl.DataFrame([NAME], schema=tables.empty("classes/names").schema), tmp_path / "names")
    out = run(tmp_path, (1, 2, 2, 0), 1, "--names", tmp_path / "names", "--title", "Tout le monde")
    classes = study((1, 2, 2, 0))["classes/segments"]
    sizes = [(classes["class"] == k).sum() for k in (1, 2)]
    files = sorted((out / "classes").iterdir())
    assert [path.name for path in files] == ["classe_1.txt", "classe_2.txt"]
    assert [len(path.read_text(encoding="utf-8").splitlines()) for path in files] == sizes
    assert files[0].read_text(encoding="utf-8").startswith("[A01, P, tour 4] demain je vais encore au bureau .\n")
    source = read_source("corpus.txt", (out / "corpus.txt").read_bytes())
    said = [(source.variables[turn.block]["classe"], turn.text) for turn in source.turns]
    assert {text.count(" .") for number, text in said if number == "2"} <= {1, 2, 3}
    assert sum(text.count(" .") for number, text in said if number == "2") == sizes[1]
    assert {v["panel"] for v in source.variables.values()} == {"a", "b"}
    page = (out / "corpus.html").read_text(encoding="utf-8")
    for told in ("Tout le monde", "La nuit", "Étude inventée", "Non vérifié", "Classe 2 · Dormir", "◆1"):
        assert told in page
    assert page.count('<p class="c ') == classes.height


def test_no_class_gives_a_grey_page_and_no_file(tmp_path):
    out = run(tmp_path, (0,))
    assert list((out / "classes").iterdir()) == []
    page = (out / "corpus.html").read_text(encoding="utf-8")
    assert "Non classé" in page and "Classe 1" not in page and "Non vérifié" not in page
