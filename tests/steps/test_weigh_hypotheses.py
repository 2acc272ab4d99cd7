"""The steps of hypotheses, verdicts and findings as commands: on a tiny study, on an empty one, on faulty files."""

import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from verbatim import tables
from verbatim.anchoring import CODINGS

PROGRAM = Path(__file__).resolve().parents[2]
TEXT = "Ils croient que je lis pas. Je lis."
CODING = {"interview": "A", "turn": 1, "start": 0, "end": len(TEXT), "quote": TEXT, "theme": "regard"}
CODING |= {"coder": "ana", "origin": "human", "anchor": "intact", "hypothesis": "h1", "stance": "for"}
FINDINGS = """findings:
  - id: lu
    sentence: On est lu sans le voir.
    date: 2022-06-30
    hypotheses: [h1]
    rests_on: [{coding: c1, quote: "ils croient que je lis pas"}]
"""
SETTINGS = '{"palette": ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#888888"], "dpi": 80}'


def run(folder, script, **options):
    command = [sys.executable, str(PROGRAM / f"scripts/{script}.py"), "--log", f"{script}.log"]
    for name, value in options.items():
        command += [f"--{name}", *([] if value is None else [value] if isinstance(value, str) else value)]
    environment = {**os.environ, "PYTHONPATH": str(PROGRAM / "scripts")}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment)


def lay_out(folder, text=TEXT, codings=(CODING,)):
    turn = {"interview": "A", "turn": 1, "speaker": "A", "role": "participant", "question": None}
    tables.write(
        "corpus/turns", pl.DataFrame([{**turn, "start_s": None, "end_s": None, "text": text}]), folder / "turns"
    )
    speakers = [{"interview": "A", "speaker": "A", "role": "participant", "panel": "un"}]
    tables.write("corpus/speakers", pl.DataFrame(speakers), folder / "speakers")
    token = {"interview": "A", "turn": 1, "token": 1, "start": 0, "end": 3, "form": "Ils", "lemma": "il"}
    tables.write("corpus/tokens", pl.DataFrame([{**token, "pos": "PRON", "status": "ignored"}]), folder / "tokens")
    rows = [{"coding": f"c{n}", **row} for n, row in enumerate(codings, 1)]
    tables.write("themes/codings", pl.DataFrame(rows, schema=CODINGS), folder / "codings")
    tables.write("private/findings", tables.empty("private/findings"), folder / "hidden")
    for name in ("themes/grid", "corpus/interviews", "themes/agreement"):
        tables.write(name, tables.empty(name), folder / name.split("/")[1])


def chain(folder, declared="hypotheses.yaml", verdicts="verdicts.csv", findings="findings.yaml"):
    """Run the steps but the check; return what each printed, by name."""
    base = {"codings": "codings", "turns": "turns"}
    weighed = {"hypotheses": "weighed", "counts": "counts", "contradictions": "apart", "unplaced": "unplaced"}
    done = {
        "weigh_hypotheses": run(
            *(folder, "weigh_hypotheses"),
            **base,
            speakers="speakers",
            grid=None,
            declared=declared,
            settings="[]",
            **weighed,
        ),
        "count_indicators": run(
            *(folder, "count_indicators"),
            **{"tokens": "tokens", "turns": "turns", "speakers": "speakers", "declared": declared, "settings": "[]"},
            **{"indicators": "indicators", "words": "words"},
        ),
        "record_verdicts": run(
            *(folder, "record_verdicts"),
            **{"hypotheses": "weighed", "findings": "hidden", "declared": declared, "written": verdicts},
            **{"verdicts": "verdicts", "proposal": "verdicts_proposal.csv"},
        ),
        "cite_findings": run(
            *(folder, "cite_findings"),
            **{**base, "findings": "hidden", "hypotheses": "weighed", "declared": declared, "written": findings},
            **{"cited": "findings", "passages": "passages", "proposal": "findings_proposal.yaml"},
        ),
        "draw_themes": run(
            *(folder, "draw_themes"),
            **{"grid": "grid", "interviews": "interviews", "counts": "counts", "agreement": "agreement"},
            **{"declared": declared, "settings": SETTINGS},
            **{ending: [f"{kind}.{ending}" for kind in ("g", "h", "a")] for ending in ("svg", "png")},
        ),
    }
    return done


def check(folder):
    options = {"findings": "findings", "passages": "passages", "codings": "codings", "checked": "checked.txt"}
    return run(folder, "check_findings", **options)


@pytest.fixture
def study(tmp_path):
    lay_out(tmp_path)
    declared = "hypotheses: [{id: h1, title: Être lu, indicators: [{name: lire, stance: pour, words: [il, lien]}]}]\n"
    (tmp_path / "hypotheses.yaml").write_text(declared, encoding="utf-8")
    (tmp_path / "verdicts.csv").write_text(
        "hypothesis,date,verdict,text\nh1,2022-06-30,nuancée,oui\n", encoding="utf-8"
    )
    (tmp_path / "findings.yaml").write_text(FINDINGS, encoding="utf-8")
    return tmp_path


def test_the_chain_fills_its_tables(study):
    assert {name: done.returncode for name, done in chain(study).items() if done.returncode} == {}
    assert check(study).returncode == 0
    counts = tables.read("themes/hypothesis_counts", study / "counts")
    own = counts.filter((pl.col("variable") == "panel") & (pl.col("stance") == "for"))
    assert own.select("n_codings", "n_interviews", "n_coded").rows() == [(1, 1, 1)]
    assert tables.read("themes/indicators", study / "indicators")["n_occurrences"].to_list() == [1, 1, 1]
    assert "personne ne dit « lien »" in (study / "count_indicators.log").read_text(encoding="utf-8")
    assert tables.read("themes/verdicts", study / "verdicts")["n_since"].to_list() == [None]
    assert tables.read("themes/finding_passages", study / "passages")["status"].to_list() == ["stands"]
    assert "Être lu" in (study / "verdicts_proposal.csv").read_text(encoding="utf-8-sig")
    assert 'coding: "c1"' in (study / "findings_proposal.yaml").read_text(encoding="utf-8")
    assert (study / "h.png").stat().st_size > 1000


def test_a_study_without_anything_has_empty_tables_and_a_figure(tmp_path):
    lay_out(tmp_path, codings=())
    assert {n: d.stderr for n, d in chain(tmp_path, None, None, None).items() if d.returncode} == {}
    assert check(tmp_path).returncode == 0
    for name, file in (("hypotheses", "weighed"), ("indicators", "indicators"), ("verdicts", "verdicts")):
        assert tables.read(f"themes/{name}", tmp_path / file).is_empty()
    assert tables.read("themes/findings", tmp_path / "findings").is_empty()
    assert (tmp_path / "h.svg").stat().st_size > 1000


def test_an_edited_transcript_stops_with_the_sentence_the_old_and_the_new_words(study):
    edited = TEXT.replace("je lis pas", "je ne vois rien")
    lay_out(study, edited, [{**CODING, "end": len(edited), "quote": edited, "anchor": "doubtful"}])
    assert {name: done.returncode for name, done in chain(study).items() if done.returncode} == {}
    done = check(study)
    assert done.returncode == 2 and not (study / "checked.txt").exists()
    told = (study / "check_findings.problem").read_text(encoding="utf-8")
    assert "findings.yaml, ligne 6" in told
    for words in (
        "On est lu sans le voir.",
        "« ils croient que je lis pas »",
        "« Ils croient que je ne vois » rien. Je lis.",
    ):
        assert words in told
    assert "Traceback" not in told


def test_an_apostrophe_or_a_space_of_another_kind_stops_nothing(study):
    lay_out(study, TEXT.replace(" ", "\u00a0"))
    chain(study)
    assert check(study).returncode == 0


def test_faults_of_the_files_are_told_once_each_and_leave_the_other_steps_alone(study):
    (study / "verdicts.csv").write_text("hypothesis,date,verdict,text\nh2,hier,oui,\n", encoding="utf-8")
    (study / "findings.yaml").write_text(FINDINGS.replace("[h1]", "[h2]").replace("06-30", "02-30"), encoding="utf-8")
    done = chain(study)
    assert [name for name, one in done.items() if one.returncode] == ["record_verdicts", "cite_findings"]
    assert {one.returncode for one in done.values()} == {0, 2}
    assert "4 problèmes" in (study / "record_verdicts.problem").read_text(encoding="utf-8")
    assert "2 problèmes" in (study / "cite_findings.problem").read_text(encoding="utf-8")


def test_same_inputs_same_bytes(study):
    chain(study)
    made = ("weighed", "counts", "indicators", "verdicts", "passages", "verdicts_proposal.csv", "h.svg", "h.png")
    first = [(study / name).read_bytes() for name in made]
    chain(study)
    assert [(study / name).read_bytes() for name in made] == first
