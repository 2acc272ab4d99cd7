import json
import subprocess
import sys
from pathlib import Path

import polars as pl

from verbatim import tables

SCRIPT = Path(__file__).parents[2] / "scripts" / "link_words.py"


def run(folder, **options):
    """Run the script in `folder`, each input and output a file of its own name."""
    flags = [part for name, value in options.items() for part in ("--" + name.replace("_", "-"), str(value))]
    return subprocess.run([sys.executable, SCRIPT, *flags], capture_output=True, text=True, cwd=folder, check=False)


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


FILES = ("segment_lemmas", "lemmas", "profiles", "classes", "nodes", "edges")


def link(folder, words):
    settings = json.dumps({"words": words, "index": "jaccard", "seed": 1})
    done = run(folder, **{name: f"{name}.parquet" for name in FILES}, analysis="tous", settings=settings)
    assert done.returncode == 0, done.stderr
    nodes = tables.read("graphs/nodes", folder / "nodes.parquet")
    return nodes, tables.read("graphs/edges", folder / "edges.parquet"), done.stderr


def test_a_graph_of_all_words(tmp_path):
    write_lexicon(tmp_path)
    nodes, edges, _ = link(tmp_path, 70)
    assert nodes.select("lemma", "class", "frequency").rows() == [("bureau", 0, 4), ("café", 2, 4), ("écran", 1, 4)]
    assert edges.select("source", "target", "weight", "cooccurrence", "in_tree").rows() == [
        ("bureau", "café", 1.0, 4, True),
        ("bureau", "écran", 1.0, 4, True),
        ("café", "écran", 1.0, 4, False),
    ]


def test_the_words_of_the_classes_come_first(tmp_path):
    write_lexicon(tmp_path)
    assert link(tmp_path, 2)[0]["lemma"].to_list() == ["café", "écran"]


def test_no_word_gives_empty_tables(tmp_path):
    write_lexicon(tmp_path)
    for name in ("lexicon/lemmas", "lexicon/segment_lemmas", "classes/profiles", "classes/segments"):
        short = "classes" if name == "classes/segments" else name.split("/")[1]
        tables.write(name, tables.empty(name), tmp_path / f"{short}.parquet")
    nodes, edges, told = link(tmp_path, 70)
    assert nodes.is_empty()
    assert edges.is_empty()
    assert "0 mot actif" in told
