"""Every script as a command: its help, its refusals, and the small steps of the themes and twins."""

import json
import subprocess
import sys

import polars as pl
import pytest

from places import PROGRAM
from verbatim import tables

SCRIPTS = sorted((PROGRAM / "scripts").glob("*.py"))
MASKED = "Une barre, à côté du compost, chez [personne 1]."
RAW = "Une barre, à côté du compost, chez Zoé."


def run(script, *arguments, cwd=None):
    command = [sys.executable, PROGRAM / "scripts" / f"{script}.py", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)


@pytest.mark.parametrize("script", [p.stem for p in SCRIPTS])
def test_every_command_says_what_it_does_and_refuses_unknown_options(script):
    told = run(script, "--help")
    first = (PROGRAM / "scripts" / f"{script}.py").read_text(encoding="utf-8").split('"""')[1].splitlines()[0]
    assert told.returncode == 0
    assert " ".join(first.split()[:3]) in " ".join(told.stdout.split())
    assert run(script, "--nothing-of-the-kind", "x").returncode == 2


def turns(text):
    columns = {"interview": "A", "turn": 1, "speaker": "A", "role": "participant", "question": None}
    return pl.DataFrame([{**columns, "start_s": None, "end_s": None, "text": text}])


@pytest.fixture
def study(tmp_path):
    tables.write("corpus/turns", turns(MASKED), tmp_path / "turns")
    tables.write("private/turns", turns(RAW), tmp_path / "raw")
    start = RAW.index("Zoé")
    offset = {"raw_start": start, "raw_end": start + 3, "start": start, "end": start + 12}
    tables.write("private/offsets", pl.DataFrame([{"interview": "A", "turn": 1, **offset}]), tmp_path / "offsets")
    words = [(0, 3, "DET"), (4, 9, "NOUN"), (9, 10, "PUNCT"), (22, 28, "NOUN"), (30, 34, "ADP")]
    rows = [
        {"interview": "A", "turn": 1, "token": i, "start": s, "end": e, "form": MASKED[s:e], "lemma": "x", "pos": p}
        for i, (s, e, p) in enumerate(words, 1)
    ]
    tables.write("corpus/tokens", pl.DataFrame(rows).with_columns(status=pl.lit("active")), tmp_path / "tokens")
    codings = tmp_path / "resources/codings/codeur_1"
    codings.mkdir(parents=True)
    head = "interview,quote,theme,hypothesis,stance\n"
    (codings / "c.csv").write_text(
        head + 'A,"une barre, à côté",reseau,h1,pour\nA,chez Zoé,reseau,,\n', encoding="utf-8"
    )
    (tmp_path / "grid.yaml").write_text("themes:\n  - {id: reseau, title: Réseau}\n", encoding="utf-8")
    (tmp_path / "hypotheses.yaml").write_text("hypotheses:\n  - {id: h1, title: H}\n", encoding="utf-8")
    return tmp_path


def anchor(study):
    return run(
        "anchor_codings",
        *("--files", "resources/codings/codeur_1/c.csv", "--grid", "grid.yaml", "--hypotheses", "hypotheses.yaml"),
        *("--turns", "turns", "--raw", "raw", "--offsets", "offsets", "--codings", "codings", "--log", "step.log"),
        cwd=study,
    )


def test_codings_are_anchored_and_placed_in_the_grid(study):
    assert anchor(study).returncode == 0
    found = tables.read("themes/codings", study / "codings")
    assert sorted(found["quote"]) == ["Une barre, à côté", "chez [personne 1]"]
    assert set(found["anchor"]) == {"intact"}
    options = ("--codings", "codings", "--turns", "turns", "--tokens", "tokens", "--themes", "grid.yaml")
    assert run("fill_grid", *options, "--grid", "grid", cwd=study).returncode == 0
    row = tables.read("themes/grid", study / "grid").to_dicts()[0]
    assert (row["n_codings"], row["n_words"], row["share"]) == (2, 3, 0.75)
    speakers = {"interview": ["A"], "speaker": ["A"], "role": ["participant"], "panel": ["un"]}
    tables.write("corpus/speakers", pl.DataFrame(speakers), study / "speakers")
    options = ("--codings", "codings", "--turns", "turns", "--speakers", "speakers", "--grid", "grid.yaml")
    options += ("--declared", "hypotheses.yaml", "--settings", "[]", "--hypotheses", "weighed", "--counts", "counts")
    options += ("--contradictions", "contradictions", "--unplaced", "unplaced")
    assert run("weigh_hypotheses", *options, cwd=study).returncode == 0
    assert tables.read("themes/hypotheses", study / "weighed").height == 1


def test_all_faults_of_codings_are_told_in_the_log_and_beside_it(study):
    file = study / "resources/codings/codeur_1/c.csv"
    file.write_text("interview,quote,theme\nB,q,reseau\nA,q,resau\n", encoding="utf-8")
    assert anchor(study).returncode == 2
    told = (study / "step.problem").read_text(encoding="utf-8")
    assert "2 problèmes" in told
    assert "ligne 2" in told and "vouliez-vous « reseau » ?" in told
    assert told.strip() in (study / "step.log").read_text(encoding="utf-8")


def test_a_fault_of_the_program_is_told_without_traceback_but_kept_in_the_log(study):
    (study / "turns").write_bytes(b"not a table")
    assert anchor(study).returncode == 70
    told = (study / "step.problem").read_text(encoding="utf-8")
    assert "Traceback" not in told and "étape anchor_codings" in told
    assert "Traceback" in (study / "step.log").read_text(encoding="utf-8")


def test_twins_and_interviews(study):
    tables.write("corpus/speakers", pl.DataFrame([SPEAKER]), study / "speakers")
    options = ("--turns", "turns", "--tokens", "tokens", "--speakers", "speakers", "--interviews", "interviews")
    assert run("describe_interviews", *options, cwd=study).returncode == 0
    row = tables.read("corpus/interviews", study / "interviews").to_dicts()[0]
    assert (row["n_turns"], row["n_words"], row["n_words_interviewer"], row["lieu"]) == (1, 4, 0, "rural")
    options = ("--tables", "interviews", "turns", "--names", "corpus/interviews", "corpus/turns")
    done = run("export_tables", *options, "--settings", json.dumps("fr"), "--twins", "i.csv", "t.csv", cwd=study)
    assert done.returncode == 0
    lines = (study / "i.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "interview;n_turns;n_words;n_words_interviewer;known_share;panel;lieu"
    assert lines[1] == "A;1;4;0;0,75;p;rural"


SPEAKER = {"interview": "A", "speaker": "A", "role": "participant", "panel": "p", "lieu": "rural"}
