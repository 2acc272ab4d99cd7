"""Agreement between coders as commands: measured, drawn, and decided in the proposal, round and round."""

import csv
import io
import json
import shutil
import subprocess
import sys

import polars as pl
import pytest

from agreement_study import SEGMENTS, TOKENS, TURNS
from places import PROGRAM
from verbatim import tables
from verbatim.coder_agreement import decisions, proposal

GRID = "themes:\n  - {id: soir, title: Le soir}\n  - {id: bruit, title: Le bruit}\n  - {id: vide, title: Rien}\n"
MEMO = 'il dit « non » ; "vraiment" ?\nà revoir'
REASON = '=SOMME(A1) ; « si », dit-elle, "oui"'
CODED = {
    "ana": [
        ("E01", 2, "Je rentre tard le soir.", "soir", MEMO),
        ("E01", 4, "Le matin je cours toujours.", "bruit", "=1+1"),
        ("E02", 2, "Personne ne répond", "bruit", ""),
    ],
    # « é » as macOS writes it in names of folders
    "zoe\u0301": [
        ("E01", 2, "Je rentre tard le soir", "soir", ""),
        ("E01", 4, "je cours toujours", "soir", "@moi"),
        ("E02", 2, "Je relis le dossier seule.", "soir", ""),
        ("E02", 3, "Ensuite tout le monde arrive.", "bruit", "-"),
    ],
}
MEASURED = ("agreement", "discordances", "resolutions")
DECIDED, PROPOSAL = decisions.PLACE, "results/proposals/discordances.csv"
SETTINGS = {"unit": "sentence", "uncoded": "keep", "resamples": 200}
PALETTE = ["#332288", "#117733", "#CC6677"]
CHOSEN = {
    ("autre thème", "E01", "4"): ("second", REASON),
    ("un seul a codé", "E02", "3"): ("Premier", "ligne une\nligne deux"),
}


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """Return the folder of a study whose codings are anchored and measured, and that of one with two decisions."""
    measured = tmp_path_factory.mktemp("measured")
    _begin(measured)
    anchor(measured)
    assert measure(measured).returncode == 0
    settled = tmp_path_factory.mktemp("settled")
    shutil.copytree(measured, settled, dirs_exist_ok=True)
    decide(settled, CHOSEN)
    done = accept(settled)
    assert done.returncode == 0, done.stderr
    return {"measured": measured, "settled": settled, "told": done.stdout}


@pytest.fixture
def study(once, tmp_path):
    return shutil.copytree(once["measured"], tmp_path / "étude")


@pytest.fixture
def settled(once, tmp_path):
    return shutil.copytree(once["settled"], tmp_path / "étude")


def _begin(folder):
    for name, table in (("corpus/turns", TURNS), ("corpus/tokens", TOKENS), ("corpus/segments", SEGMENTS)):
        tables.write(name, table, folder / f"results/{name}.parquet")
    tables.write("private/turns", TURNS, folder / "results/private/turns.parquet")
    tables.write("private/offsets", tables.empty("private/offsets"), folder / "results/private/offsets.parquet")
    (folder / "resources/decisions").mkdir(parents=True)
    (folder / "resources/grid.yaml").write_text(GRID, encoding="utf-8")
    for coder, rows in CODED.items():
        path = folder / f"resources/codings/{coder}/c.csv"
        path.parent.mkdir(parents=True)
        path.write_text(written(("interview", "turn", "quote", "theme", "memo"), rows, ","), encoding="utf-8")


def written(head, rows, delimiter=";"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([head, *rows])
    return out.getvalue()


def run(study, script, *options):
    command = [sys.executable, PROGRAM / f"scripts/{script}.py", *options]
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, cwd=study)


def anchor(study):
    files = [f"resources/codings/{coder}/c.csv" for coder in CODED]
    given = {"turns": "corpus/turns", "raw": "private/turns", "offsets": "private/offsets"}
    options = [part for name, table in given.items() for part in (f"--{name}", f"results/{table}.parquet")]
    resolved = ["--resolved", DECIDED] if (study / DECIDED).is_file() else []
    outputs = "--grid", "resources/grid.yaml", "--codings", "results/themes/codings.parquet"
    done = run(study, "anchor_codings", "--files", *files, *options, *resolved, *outputs)
    assert done.returncode == 0, done.stderr
    return tables.read("themes/codings", study / "results/themes/codings.parquet")


def measure(study, *without, settings=SETTINGS):
    inputs = [("codings", "results/themes/codings.parquet"), ("grid", "resources/grid.yaml")]
    inputs += [(name, f"results/corpus/{name}.parquet") for name in ("turns", "tokens", "segments")]
    inputs += [("decided", DECIDED)] if (study / DECIDED).is_file() else []
    outputs = [(name, f"results/themes/{name}.parquet") for name in MEASURED] + [("proposal", PROPOSAL)]
    given = [part for name, path in [*inputs, *outputs] if name not in without for part in (f"--{name}", path)]
    return run(study, "measure_agreement", *given, "--settings", json.dumps(settings))


def read(study):
    return {name: tables.read(f"themes/{name}", study / f"results/themes/{name}.parquet") for name in MEASURED}


def proposed(study):
    text = (study / PROPOSAL).read_text(encoding="utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    return [dict(zip(head, row, strict=True)) for row in rows]


def decide(study, chosen):
    """Write, in the proposal, (decision, reason) by the kind and the first coder's turn; return what was there."""
    rows = proposed(study)
    for row in rows:
        row["decision"], row["reason"] = chosen.get((row["kind"], row["interview"], row["turn"]), ("", ""))
    text = written(proposal.COLUMNS, [[row[name] for name in proposal.COLUMNS] for row in rows])
    (study / PROPOSAL).write_text("\ufeff" + text, encoding="utf-8")
    return rows


def accept(study, *options):
    return run(study, "accept_decisions", "--what", "discordances", *options)


def test_what_coders_do_not_agree_on_is_proposed_side_by_side_with_all_its_letters(study):
    done = measure(study)
    assert done.returncode == 0, done.stderr
    assert "2 entretiens codés à plusieurs, 4 désaccords" in done.stderr
    found, rows = read(study), proposed(study)
    assert found["agreement"].filter(theme="soir", coefficient="cohen")["n_units"].to_list() == [11]
    assert found["resolutions"].is_empty()
    assert [(row["kind"], row["interview"], row["turn"]) for row in rows] == [
        ("autre thème", "E01", "4"),
        ("un seul a codé", "E02", "2"),
        ("un seul a codé", "E02", "2"),
        ("un seul a codé", "E02", "3"),
    ]
    assert {row["discordance"] for row in rows} == set(found["discordances"]["discordance"])
    first = rows[0]
    assert (first["coder"], first["other_coder"]) == ("ana", "zoé")
    assert (first["quote"], first["other_quote"]) == ("Le matin je cours toujours.", "je cours toujours")
    assert (first["theme_title"], first["other_theme_title"], first["overlap"]) == ("Le bruit", "Le soir", "0,60")
    assert first["after"].strip().startswith("On ferme la porte")
    # what a spreadsheet would take for a formula
    assert (first["memo"], first["other_memo"]) == ("'=1+1", "'@moi")
    assert rows[3]["memo"] == "'-"
    alone = [row for row in rows if row["kind"] == "un seul a codé"]
    assert all(row["other_coder"] and not row["other_quote"] and not row["other_coding"] for row in alone)


def test_a_memo_keeps_its_quotation_marks_and_separators(study):
    coded = study / "resources/codings/ana/c.csv"
    coded.write_text(coded.read_text(encoding="utf-8").replace("Je rentre tard le soir.", "Je mange"), encoding="utf-8")
    anchor(study)
    assert measure(study).returncode == 0
    (row,) = [row for row in proposed(study) if row["quote"] == "Je mange"]
    assert row["memo"] == " ".join(MEMO.split())


def test_the_same_codings_in_another_order_give_the_same_bytes(study):
    places = [*(study / f"results/themes/{name}.parquet" for name in MEASURED), study / PROPOSAL]
    first = [place.read_bytes() for place in places]
    assert measure(study).returncode == 0
    assert [place.read_bytes() for place in places] == first
    for coder in CODED:
        path = study / f"resources/codings/{coder}/c.csv"
        path.write_text(
            written(("interview", "turn", "quote", "theme", "memo"), CODED[coder][::-1], ","), encoding="utf-8"
        )
    anchor(study)
    assert measure(study).returncode == 0
    assert [place.read_bytes() for place in places] == first


def test_decided_rows_are_kept_and_found_again_by_the_next_run(once, settled):
    rows, told = proposed(settled), once["told"]
    before = anchor(settled)
    assert "1 décision pour le premier" in told and "1 décision pour le second" in told
    assert f"2 à décider encore dans {PROPOSAL}" in told and "make run" in told
    assert measure(settled).returncode == 0
    found = read(settled)
    resolved = found["discordances"].filter(pl.col("resolution").is_not_null())
    chosen = {row["discordance"]: row for row in rows if row["decision"]}
    assert dict(resolved.select("discordance", "resolution").rows()) == {
        name: "second" if row["kind"] == "autre thème" else "first" for name, row in chosen.items()
    }
    assert set(found["resolutions"]["discordance"]) == set(chosen)
    assert set(found["resolutions"]["state"]) == {"applied"}
    assert set(found["resolutions"]["reason"]) == {REASON, "ligne une ligne deux"}
    assert {row["discordance"] for row in proposed(settled)} == {row["discordance"] for row in rows} - set(chosen)
    aside = before.filter(pl.col("set_aside").is_not_null())
    assert aside.select("coder", "quote", "set_aside").rows() == [("ana", "Le matin je cours toujours.", REASON)]


def test_the_file_of_decisions_keeps_all_letters_and_no_cell_is_a_formula(settled):
    rows = proposed(settled)
    text = (settled / DECIDED).read_text(encoding="utf-8-sig")
    head, *lines = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert tuple(head) == decisions.COLUMNS
    cells = [dict(zip(head, line, strict=True)) for line in lines]
    assert [row["reason"] for row in cells] == [f"'{REASON}", "ligne une ligne deux"]
    assert not any(cell[:1] in tuple("=+-@") and cell for line in lines for cell in line)
    (first,) = [row for row in rows if row["kind"] == "autre thème"]
    kept = set(decisions.COLUMNS) - {"reason", "decision"}
    assert {name: cells[0][name] for name in kept} == {name: first[name] for name in kept}
    read_again, problems = decisions.read((settled / DECIDED).read_bytes())
    assert problems == [] and [one.reason for one in read_again] == [REASON, "ligne une ligne deux"]


def test_accepting_twice_changes_nothing(settled):
    before = (settled / DECIDED).read_bytes()
    done = accept(settled)
    assert done.returncode == 0, done.stderr
    assert f"Rien n'a changé dans {DECIDED}." in done.stdout and "2 déjà décidées" in done.stdout
    assert (settled / DECIDED).read_bytes() == before


def test_what_is_decided_otherwise_later_is_refused_with_its_place(settled):
    before = (settled / DECIDED).read_bytes()
    missed = ("un seul a codé", "E02", "2")
    decide(settled, CHOSEN | {("autre thème", "E01", "4"): ("les deux", ""), missed: ("premier", "")})
    done = accept(settled)
    assert done.returncode == 2
    assert f"{PROPOSAL}, ligne 2 : cette discordance est déjà décidée autrement" in done.stderr
    assert f"pour en changer, corrigez {DECIDED}, ligne 2" in done.stderr
    assert (settled / DECIDED).read_bytes() == before


def test_more_decisions_are_added_to_what_stands_letter_for_letter(settled):
    before = (settled / DECIDED).read_bytes()
    assert anchor(settled).height and measure(settled).returncode == 0
    decide(settled, {("un seul a codé", "E02", "2"): ("aucun", "")})
    done = accept(settled)
    assert done.returncode == 0, done.stderr
    assert "2 décisions pour aucun" in done.stdout
    after = (settled / DECIDED).read_bytes()
    assert after.startswith(before) and after.count(b"\n") == before.count(b"\n") + 2
    assert anchor(settled)["set_aside"].drop_nulls().len() == 3
    assert measure(settled).returncode == 0
    assert proposed(settled) == []
    assert read(settled)["discordances"]["resolution"].null_count() == 0


@pytest.mark.parametrize(
    ("choice", "line", "what"),
    [
        (("peut-être", ""), 3, "« decision » vaut « peut-être »"),
        (("les deux", ""), 3, "« les deux », mais un seul a codé ce passage"),
    ],
)
def test_one_faulty_row_accepts_none_and_is_told_with_its_line(study, choice, line, what):
    decide(study, CHOSEN | {("un seul a codé", "E02", "2"): choice})
    done = accept(study)
    assert done.returncode == 2
    assert f"{PROPOSAL}, ligne {line} : {what}" in done.stderr
    assert "Traceback" not in done.stderr and not (study / DECIDED).exists()


def test_a_coding_that_is_no_more_is_refused_and_one_that_goes_later_is_told_as_gone(settled):
    path = settled / "resources/codings/ana/c.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("je cours toujours.", "je cours"), encoding="utf-8")
    codings = anchor(settled)
    assert codings["set_aside"].null_count() == codings.height
    (settled / "old.csv").write_bytes((settled / PROPOSAL).read_bytes())
    assert measure(settled).returncode == 0
    found = read(settled)["resolutions"]
    gone = found.filter(state="gone")
    assert gone["missing"].to_list() == gone["coding"].to_list() and gone.height == 1
    (settled / DECIDED).unlink()
    done = accept(settled, "--file", "old.csv")
    assert done.returncode == 2
    assert f"old.csv, ligne 2 : le codage « {gone['coding'][0]} » n'existe plus" in done.stderr


def test_nothing_coded_no_grid_and_a_missing_result_stop_nothing_or_are_said(study):
    tables.write("themes/codings", tables.empty("themes/codings"), study / "results/themes/codings.parquet")
    for unit in ("segment", "sentence", "turn"):
        done = measure(study, "grid", settings=SETTINGS | {"unit": unit})
        assert done.returncode == 0, done.stderr
        assert all(table.is_empty() for table in read(study).values()) and proposed(study) == []
    (study / "results/themes/codings.parquet").unlink()
    done = accept(study)
    assert done.returncode == 2 and "lancez make run" in done.stderr and "Traceback" not in done.stderr


def test_a_faulty_file_of_decisions_stops_the_step_with_its_line(study):
    (study / DECIDED).write_text("interview,coding,other_coder,decision\nE01,a,zoé,jamais\n", encoding="utf-8")
    done = measure(study)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert f"{DECIDED}, ligne 2 : « decision » vaut « jamais »" in done.stderr


INPUTS = {
    **{"grid": "themes/grid", "counts": "themes/hypothesis_counts"},
    **{"interviews": "corpus/interviews", "agreement": "themes/agreement"},
}


def drawn(study, *options):
    settings = "--settings", json.dumps({"palette": PALETTE, "dpi": 80})
    for name in ("themes/grid", "themes/hypothesis_counts", "corpus/interviews"):
        if not (study / f"results/{name}.parquet").exists():
            tables.write(name, tables.empty(name), study / f"results/{name}.parquet")
    files = [f"--{option}={study}/results/{name}.parquet" for option, name in INPUTS.items()]
    kinds = ("grid", "hypotheses", "a")
    figures = "--svg", *(f"{kind}.svg" for kind in kinds), "--png", *(f"{kind}.png" for kind in kinds)
    done = run(study, "draw_themes", *files, *figures, *settings, *options)
    assert done.returncode == 0, done.stderr
    assert (study / "a.png").read_bytes().startswith(b"\x89PNG")
    return (study / "a.svg").read_text(encoding="utf-8")


def test_the_figure_has_a_row_a_theme_that_somebody_sees(study):
    svg = drawn(study, "--themes", "resources/grid.yaml")
    assert all(title in svg for title in ("Tous les thèmes", "Le soir", "Le bruit", "AC1 de Gwet"))
    assert "Rien" not in svg and "phrases" in svg
    assert "2 codeurs comparés sur 2 entretiens" in svg
    assert "Le soir" not in drawn(study) and "soir" in drawn(study)


def test_the_figure_says_that_there_is_nothing_to_draw(study):
    tables.write("themes/agreement", tables.empty("themes/agreement"), study / "results/themes/agreement.parquet")
    assert "aucun entretien" in drawn(study, "--themes", "resources/grid.yaml")
