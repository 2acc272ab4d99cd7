import json
import subprocess
import sys
from pathlib import Path

import polars as pl

from graph_study import graph_settings
from verbatim import tables

SCRIPT = Path(__file__).parents[2] / "scripts" / "link_words.py"


def run(folder, script=SCRIPT, **options):
    """Run the script in `folder`, each input and output a file of its own name."""
    flags = [part for name, value in options.items() for part in ("--" + name.replace("_", "-"), str(value))]
    return subprocess.run([sys.executable, script, *flags], capture_output=True, text=True, cwd=folder, check=False)


def write_lexicon(folder):
    """Four interviews of one segment each, three words and an article."""
    rows = [
        (interview, 1, lemma, 2 + (5 * a + 3 * b + a * b) % 7)
        for a, interview in enumerate(("E1", "E2", "E3", "E4"))
        for b, lemma in enumerate(("bureau", "café", "écran", "le"))
    ]
    said = pl.DataFrame(rows, ["interview", "segment", "lemma", "count"], orient="row").with_columns(
        analysis=pl.lit("tous"), pos=pl.when(pl.col("lemma") == "le").then(pl.lit("DET")).otherwise(pl.lit("NOUN"))
    )
    tables.write("lexicon/segment_lemmas", said, folder / "segment_lemmas.parquet")
    lemmas = said.group_by("analysis", "lemma", "pos").agg(
        n_occurrences=pl.col("count").sum(), n_segments=pl.len(), n_interviews=pl.len()
    )
    status = pl.when(pl.col("pos") == "DET").then(pl.lit("supplementary")).otherwise(pl.lit("active"))
    tables.write("lexicon/lemmas", lemmas.with_columns(status=status), folder / "lemmas.parquet")
    terms = pl.DataFrame({"class": [1, 2], "term": ["écran", "café"], "chi2": [12.0, 5.0]})
    rest = {name: pl.lit(1) for name in ("n_in_class", "n_total", "percent", "p", "p_adjusted", "p_holm", "effect")}
    rest |= {"n_interviews": pl.lit(1), "analysis": pl.lit("tous"), "kind": pl.lit("active")}
    tables.write("classes/profiles", terms.with_columns(**rest), folder / "profiles.parquet")
    classes = (
        said.select("analysis", "interview", "segment")
        .unique()
        .with_columns(
            pl.col("interview").replace_strict({"E1": 1, "E2": 1, "E3": 2, "E4": 0}).alias("class"),
            reason=pl.when(pl.col("interview") == "E4").then(pl.lit("small_leaf")),
            found=pl.col("interview").replace_strict({"E1": 1, "E2": 1, "E3": 2, "E4": 0}),
            node=pl.lit(2),
            node_2=pl.lit(None, dtype=pl.Int64),
            lost_at=pl.lit(None, dtype=pl.Int64),
            n_forms=pl.lit(3),
        )
    )
    tables.write("classes/segments", classes, folder / "classes.parquet")


SPEECH = {"question": None, "first_turn": 1, "first_token": 1, "last_turn": 1, "last_token": 9, "n_tokens": 9}


def write_corpus(folder):
    """The segments and the speakers of these interviews."""
    names = ["E1", "E2", "E3", "E4"]
    segments = pl.DataFrame({"interview": names, "segment": [1] * 4, "speaker": names, "text": names})
    tables.write(
        "corpus/segments",
        segments.with_columns(**{k: pl.lit(v) for k, v in SPEECH.items()}),
        folder / "segments.parquet",
    )
    speakers = pl.DataFrame(
        {"interview": names, "speaker": names, "role": ["participant"] * 4, "panel": ["a", "a", "b", "b"]}
    )
    tables.write("corpus/speakers", speakers, folder / "speakers.parquet")


INPUTS = ("segment_lemmas", "lemmas", "profiles", "classes", "segments", "speakers")
OUTPUTS = ("summary", "nodes", "edges", "communities")


def link(folder, code=0, **settings):
    """Run the step and return its tables by name and what it says."""
    files = {name: f"{name}.parquet" for name in (*INPUTS, *OUTPUTS)}
    done = run(folder, **files, analysis="tous", settings=json.dumps(graph_settings(**settings)))
    assert done.returncode == code, done.stderr
    read = {name: tables.read(f"graphs/{name}", folder / f"{name}.parquet") for name in OUTPUTS} if code == 0 else {}
    return read, done.stderr


def test_a_graph_of_all_words(tmp_path):
    write_lexicon(tmp_path)
    write_corpus(tmp_path)
    found, _ = link(tmp_path, index="jaccard")
    nodes, edges = found["nodes"], found["edges"]
    assert nodes.select("lemma", "class", "frequency").rows() == [("bureau", 0, 4), ("café", 2, 4), ("écran", 1, 4)]
    assert edges.select("source", "target", "weight", "cooccurrence", "in_tree", "shown").rows() == [
        ("bureau", "café", 1.0, 4, True, True),
        ("bureau", "écran", 1.0, 4, True, True),
        ("café", "écran", 1.0, 4, False, True),
    ]
    assert found["summary"].select("graph", "n_rows", "n_words", "tree_weight").rows() == [("ensemble", 4, 3, 2.0)]
    assert found["communities"]["words"].to_list() == ["bureau, café, écran"]


def test_the_same_bytes_whatever_the_hashes_and_the_threads(tmp_path, monkeypatch):
    write_lexicon(tmp_path)
    write_corpus(tmp_path)
    written = []
    for number in ("1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", number)
        monkeypatch.setenv("POLARS_MAX_THREADS", number)
        link(tmp_path, index="jaccard", resamples=9, drawn={"classes": {"of": "class"}, "tout": {"of": "corpus"}})
        written.append([(tmp_path / f"{name}.parquet").read_bytes() for name in OUTPUTS])
    assert written[0] == written[1]


def test_the_words_of_the_classes_come_first(tmp_path):
    write_lexicon(tmp_path)
    write_corpus(tmp_path)
    assert link(tmp_path, words=2)[0]["nodes"]["lemma"].to_list() == ["café", "écran"]


def test_many_graphs_and_what_is_not_there(tmp_path):
    write_lexicon(tmp_path)
    write_corpus(tmp_path)
    drawn = {
        "classes": {"of": "class"},
        "mot": {"of": "word", "subject": "jamais"},
        "panel_b": {"of": "modality", "variable": "panel", "subject": "b"},
    }
    found, told = link(tmp_path, drawn=drawn, colour="panel")
    assert found["summary"]["graph"].to_list() == ["class_1", "class_2", "mot", "panel_b"]
    assert "le mot « jamais » n'est jamais dit" in found["summary"]["message"][2]
    assert "le mot « jamais » n'est jamais dit" in told


def test_an_unknown_attribute_stops_the_step(tmp_path):
    write_lexicon(tmp_path)
    write_corpus(tmp_path)
    _, told = link(tmp_path, 2, colour="panell")
    assert "vouliez-vous « panel »" in told
    assert "Traceback" not in told


def test_no_word_gives_tables_with_a_message(tmp_path):
    write_lexicon(tmp_path)
    write_corpus(tmp_path)
    for name in ("lexicon/lemmas", "lexicon/segment_lemmas", "classes/profiles", "classes/segments"):
        short = "classes" if name == "classes/segments" else name.split("/")[1]
        tables.write(name, tables.empty(name), tmp_path / f"{short}.parquet")
    found, told = link(tmp_path)
    assert found["nodes"].is_empty()
    assert found["edges"].is_empty()
    assert "aucun mot actif" in found["summary"]["message"][0]
    assert "aucun mot actif" in told


def test_two_groups_compared(tmp_path):
    write_lexicon(tmp_path)
    write_corpus(tmp_path)
    files = {name: f"{name}.parquet" for name in ("segment_lemmas", "lemmas", "segments", "speakers", "comparison")}
    asked = {"variable": "panel", "first": "a", "second": "b", "least": 1, "resamples": 20}
    for compare, n in ((None, 0), (asked, 3)):
        settings = json.dumps(graph_settings(compare=compare))
        done = run(tmp_path, SCRIPT.with_name("compare_links.py"), **files, analysis="tous", settings=settings)
        assert done.returncode == 0, done.stderr
        found = tables.read("graphs/comparison", tmp_path / "comparison.parquet")
        assert found.height == n
    assert found["difference"].to_list() == [0.0, 0.0, 0.0]
