import subprocess
import sys

import polars as pl
import pytest

from places import PROGRAM
from verbatim import anchoring, tables

TEXT = "Je suis seule ici le soir. On ferme la porte."
WORDS = [("Je", "je"), ("suis", "être"), ("seule", "seul"), ("ici", "ici"), ("le", "le"), ("soir", "soir"), (".", ".")]
WORDS += [("On", "on"), ("ferme", "fermer"), ("la", "le"), ("porte", "porte"), (".", ".")]
GRID = "themes: [{id: isolement, title: Isolement, cues: [seul], hypotheses: [vide]}]\n"
OUTPUTS = {
    **{"suggestions": "themes/suggestions", "quality": "themes/suggestion_quality"},
    **{"curve": "themes/suggestion_curve", "cues": "themes/cues"},
}


@pytest.fixture
def study(tmp_path):
    turn = {"interview": "A", "turn": 1, "speaker": "A", "role": "participant", "question": None}
    tables.write(
        "corpus/turns", pl.DataFrame([{**turn, "start_s": None, "end_s": None, "text": TEXT}]), tmp_path / "turns"
    )
    rows, place = [], 0
    for number, (form, lemma) in enumerate(WORDS, 1):
        place = TEXT.index(form, place)
        pos = "PUNCT" if form == "." else "NOUN"
        rows.append(("A", 1, number, place, place + len(form), form, lemma, pos, "active"))
        place += len(form)
    names = ("interview", "turn", "token", "start", "end", "form", "lemma", "pos", "status")
    tables.write("corpus/tokens", pl.DataFrame(rows, schema=names, orient="row"), tmp_path / "tokens")
    tables.write("themes/codings", pl.DataFrame(schema=anchoring.CODINGS), tmp_path / "codings")
    (tmp_path / "grid.yaml").write_text(GRID, encoding="utf-8")
    (tmp_path / "decisions.csv").write_text(
        "interview;turn;quote;theme;decision\nA;1;Je suis seule ici le soir.;isolement;non\n", encoding="utf-8"
    )
    return tmp_path


def run(study, *options):
    command = [sys.executable, PROGRAM / "scripts/suggest_codings.py", "--least-settings", "1", "--proposal", "p.csv"]
    command += [part for name in ("turns", "tokens", "codings", *OUTPUTS) for part in (f"--{name}", name)]
    return subprocess.run([*command, *options], capture_output=True, text=True, check=False, cwd=study)


@pytest.mark.parametrize(
    ("options", "states", "lines"),
    [
        ((), [], 1),
        (("--grid", "grid.yaml"), ["new"], 2),
        (("--grid", "grid.yaml", "--decisions", "decisions.csv"), ["rejected"], 1),
    ],
)
def test_suggestions_are_written_with_what_became_of_them(study, options, states, lines):
    done = run(study, *options)
    assert done.returncode == 0, done.stderr
    frames = {name: tables.read(table, study / name) for name, table in OUTPUTS.items()}
    assert frames["suggestions"]["state"].to_list() == states
    assert frames["quality"]["precision"].to_list() == [None] * len(states)
    assert len((study / "p.csv").read_text(encoding="utf-8").splitlines()) == lines


def test_a_fault_of_the_decisions_stops_the_step_with_its_line(study):
    (study / "decisions.csv").write_text(
        "interview,quote,theme,decision\nA,seule,isolement,peut-être\n", encoding="utf-8"
    )
    done = run(study, "--grid", "grid.yaml", "--decisions", "decisions.csv")
    assert done.returncode == 2
    assert "ligne 2 : « decision » vaut « peut-être »" in done.stderr


def test_a_theme_that_bears_on_no_hypothesis_of_the_study_stops_the_grid(study):
    command = [sys.executable, PROGRAM / "scripts/fill_grid.py", "--themes", "grid.yaml", "--grid", "grid"]
    command += [part for name in ("turns", "tokens", "codings") for part in (f"--{name}", name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=study)
    assert done.returncode == 2
    assert "« isolement » porte sur « vide », inconnue" in done.stderr
