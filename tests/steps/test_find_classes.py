import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from verbatim import tables
from verbatim.problems import StudyError
from verbatim.reinert.candidates import numbers_tried
from verbatim.reinert.classification import classify_analysis
from verbatim.reinert.number import choose_number
from verbatim.stability import gathering, record
from verbatim.stability.bootstrap import resample_analysis

SCRIPT = Path(__file__).parents[2] / "scripts" / "find_classes.py"
SETTINGS = {
    "mode": "segments",
    "number": 3,
    "largest_number": 5,
    "group_sizes": [12, 14],
    "max_splits": 30,
    "minimum_size": 0,
    "minimum_frequency": 3,
    "max_forms": 20000,
    "typical": 5,
}
TOPICS = ("abcdefgh", "ijklmnop", "qrstuvwx")


def study(n_segments=40, interviews=("A01", "A02", "A03"), words=6, status="active"):
    """Segments, their lemmas and the lemmas of a study whose segments speak of three topics in turn."""
    random = np.random.default_rng(7)
    places = [(interview, number) for interview in interviews for number in range(1, n_segments + 1)]
    said = [
        (interview, segment, f"mot{letter}", "NOUN")
        for interview, segment in places
        for letter in sorted(random.choice(list(TOPICS[segment % 3]), words, replace=False))
    ]
    said += [(interview, segment, "le", "DET") for interview, segment in places]
    lemmas = pl.DataFrame(said, schema=["interview", "segment", "lemma", "pos"], orient="row")
    counts = lemmas.with_columns(pl.lit("tous").alias("analysis"), pl.lit(2).alias("count"))
    lexicon = counts.group_by("analysis", "lemma", "pos").agg(
        pl.col("count").sum().alias("n_occurrences"),
        pl.len().alias("n_segments"),
        pl.col("interview").n_unique().alias("n_interviews"),
    )
    kind = pl.when(pl.col("pos") == "DET").then(pl.lit("supplementary")).otherwise(pl.lit(status))
    segments = pl.DataFrame(places, schema=["interview", "segment"], orient="row").with_columns(
        pl.col("interview").alias("speaker"),
        pl.lit(None, dtype=pl.String).alias("question"),
        *(pl.lit(1).alias(c) for c in ("first_turn", "first_token", "last_turn", "last_token", "n_tokens")),
        pl.lit("…").alias("text"),
    )
    return segments, counts, lexicon.with_columns(kind.alias("status"))


def run(script, folder, options):
    flags = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    return subprocess.run([sys.executable, script, *flags], capture_output=True, text=True, cwd=folder, check=False)


def write(folder, segments, segment_lemmas, lemmas):
    tables.write("corpus/segments", segments, folder / "segments.parquet")
    tables.write("lexicon/segment_lemmas", segment_lemmas, folder / "segment_lemmas.parquet")
    tables.write("lexicon/lemmas", lemmas, folder / "lemmas.parquet")


def options(folder, compatibility="none", **changes):
    return {
        "segments": folder / "segments.parquet",
        "segment-lemmas": folder / "segment_lemmas.parquet",
        "lemmas": folder / "lemmas.parquet",
        "analysis": "tous",
        "compatibility": compatibility,
        "settings": json.dumps({**SETTINGS, **changes}),
        "tree": folder / "tree.parquet",
        "classes": folder / "classes.parquet",
        "pairs": folder / "pairs.parquet",
        "peeled": folder / "peeled.parquet",
    }


def test_segments_are_classed_by_the_words_they_share(tmp_path):
    write(tmp_path, *study())
    done = run(SCRIPT, tmp_path, options(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "segments classés : 120 sur 120" in done.stderr
    classes = tables.read("classes/segments", tmp_path / "classes.parquet")
    topic = (classes["segment"] % 3).to_list()
    assert len(set(zip(topic, classes["class"].to_list(), strict=True))) == 3
    assert classes["n_forms"].to_list() == [6] * 120
    tree = tables.read("classes/tree", tmp_path / "tree.parquet")
    leaves = tree.filter(pl.col("class").is_not_null())
    assert dict(leaves.select("class", "n_segments").iter_rows()) == dict(classes["class"].value_counts().iter_rows())
    assert tree["chi2"].is_null().to_list() == tree["class"].is_not_null().to_list()


def test_the_same_study_gives_the_same_bytes_whatever_the_order_and_threads(tmp_path):
    contents = []
    for name, order, seed in (("a", False, "1"), ("b", True, "2")):
        folder = tmp_path / name
        folder.mkdir()
        write(folder, *(frame.reverse() if order else frame for frame in study()))
        flags = [part for key, value in options(folder).items() for part in (f"--{key}", str(value))]
        environment = {"OPENBLAS_NUM_THREADS": seed, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, SCRIPT, *flags], env=environment, check=True, capture_output=True)
        contents.append(
            [(folder / f"{table}.parquet").read_bytes() for table in ("tree", "classes", "pairs", "peeled")]
        )
    assert contents[0] == contents[1]


def test_as_the_original_ten_terminal_nodes_are_made(tmp_path):
    write(tmp_path, *study())
    done = run(SCRIPT, tmp_path, options(tmp_path, "iramuteq", number=4))
    assert done.returncode == 0, done.stderr
    tree = tables.read("classes/tree", tmp_path / "tree.parquet")
    assert tree["chi2"].is_not_null().sum() == 9
    assert tree["class"].drop_nulls().len() > 3


def test_only_segments_of_the_analysis_are_classed():
    segments, segment_lemmas, lemmas = study()
    some = segment_lemmas.filter(pl.col("interview") != "A02")
    found = classify_analysis(segments, some, lemmas, "tous", "none", SETTINGS)
    assert found.segments["interview"].unique().sort().to_list() == ["A01", "A03"]


def test_a_segment_without_active_form_says_so():
    segments, segment_lemmas, lemmas = study()
    bare = (pl.col("segment") == 1) & (pl.col("pos") == "NOUN")
    found = classify_analysis(segments, segment_lemmas.filter(~bare), lemmas, "tous", "none", SETTINGS)
    unclassified = found.segments.filter(pl.col("class") == 0)
    assert unclassified["segment"].to_list() == [1, 1, 1]
    assert set(unclassified["reason"]) == {"no_active_form"}
    assert "3 sans forme active" in found.remarks[-1]


@pytest.mark.parametrize(
    ("frames", "changes", "said", "n_classes"),
    [
        (study(4), {}, "12 segments seulement", None),
        (study(40, ("A01",)), {}, "un seul entretien", 3),
        (study(status="supplementary"), {}, "aucun lemme actif", 0),
        (study(), {"minimum_frequency": 10_000}, "aucun lemme actif", 0),
        (study(), {"number": 40}, "au lieu des 40 demandées", None),
        (study(), {"minimum_size": 500}, "aucun groupe n'atteint 500 segments", 0),
        (study(1, ("A01", "A02")), {}, "aucun groupe n'atteint 5 segments", 0),
    ],
)
def test_a_study_too_small_or_too_poor_gives_a_smaller_result_and_a_warning(frames, changes, said, n_classes):
    found = classify_analysis(*frames, "tous", "none", {**SETTINGS, **changes})
    assert any(said in remark for remark in found.remarks)
    tables.check("classes/tree", found.tree)
    classes = tables.check("classes/segments", found.segments)
    if n_classes is not None:
        assert classes.filter(pl.col("class") > 0)["class"].n_unique() == n_classes


@pytest.mark.parametrize("compatibility", ["none", "iramuteq"])
def test_segments_that_are_all_alike_are_not_divided(compatibility):
    segments, _, lemmas = study()
    alike = segments.select("interview", "segment").with_columns(
        analysis=pl.lit("tous"), lemma=pl.lit("mota"), pos=pl.lit("NOUN"), count=pl.lit(1)
    )
    found = classify_analysis(segments, alike, lemmas, "tous", compatibility, SETTINGS)
    assert found.tree.height == 1
    assert found.segments["class"].unique().to_list() == [1 if compatibility == "none" else 0]
    assert found.remarks[0].startswith("attention")


def test_an_analysis_without_segments_is_refused_in_french(tmp_path):
    segments, segment_lemmas, lemmas = study()
    with pytest.raises(StudyError, match="aucun segment"):
        classify_analysis(segments, segment_lemmas.clear(), lemmas, "tous", "none", SETTINGS)


def all_alike():
    segments, counts, lemmas = study()
    return segments, segments.select("interview", "segment").join(WORD, how="cross").select(counts.columns), lemmas


def one_lemma():
    """Half of the segments say the only active lemma."""
    segments, counts, lemmas = study()
    return segments, counts.filter((pl.col("pos") == "DET") | (pl.col("lemma") == "mota")), lemmas


WORD = pl.DataFrame({"lemma": ["mota"], "pos": ["NOUN"], "analysis": ["tous"], "count": [2]})


@pytest.mark.parametrize("number", [4, 400, "auto"])
@pytest.mark.parametrize("mode", ["segments", "texts", "double"])
@pytest.mark.parametrize("compatibility", ["none", "iramuteq"])
@pytest.mark.parametrize(
    "corpus",
    [
        study(),
        study(n_segments=6),
        study(interviews=("A01",)),
        study(status="supplementary"),
        study(words=8),
        study(n_segments=1, interviews=("A01", "A02")),
        study(n_segments=1, interviews=("A01",)),
        all_alike(),
        one_lemma(),
    ],
    ids=[
        "good",
        "few segments",
        "one interview",
        "no active lemma",
        "three kinds of rows",
        "two segments",
        "one segment",
        "all rows alike",
        "one column",
    ],
)
def test_every_mode_gives_tables_as_declared_and_says_what_is_wrong(corpus, mode, compatibility, number):
    found = classify_analysis(*corpus, "tous", compatibility, {**SETTINGS, "mode": mode, "number": number})
    for name in ("tree", "segments", "pairs", "peeled"):
        tables.check(f"classes/{name}", getattr(found, name))
    account = found.remarks[-1]
    n = found.segments.height
    assert f"sur {n}" in account
    reasons = found.segments.filter(pl.col("class") == 0)["reason"]
    assert reasons.null_count() == 0
    told = any(remark.startswith("attention") for remark in found.remarks[:-1])
    assert found.segments["class"].max() > 0 or told
    assert told or number != 400 or compatibility == "iramuteq"
    assert found.segments["class"].max() == found.tree["class"].fill_null(0).max()


def test_double_mode_has_two_trees_and_the_pairs_that_are_classes():
    found = classify_analysis(*study(), "tous", "none", {**SETTINGS, "mode": "double"})
    assert found.tree["tree"].unique().sort().to_list() == [1, 2]
    chosen = found.pairs.filter(pl.col("class").is_not_null())
    for row in chosen.iter_rows(named=True):
        for side, name in ((1, "first"), (2, "second")):
            node = found.tree.filter((pl.col("tree") == side) & (pl.col("node") == row[name]))
            assert node["class"].to_list() == [row["class"]]
    assert found.segments["node_2"].null_count() == 0


def test_in_mode_texts_all_segments_of_an_interview_are_in_one_class():
    segments, counts, lemmas = study(interviews=tuple(f"A{i:02}" for i in range(12)))
    # Each interview speaks of one topic only.
    topic = pl.col("interview").str.slice(1).cast(pl.Int64) % 3
    own = counts.filter((pl.col("pos") == "DET") | (pl.col("segment") % 3 == topic))
    found = classify_analysis(segments, own, lemmas, "tous", "none", {**SETTINGS, "mode": "texts"})
    per_interview = found.segments.group_by("interview").agg(pl.col("class").unique())
    assert per_interview["class"].list.len().max() == 1
    of_topic = {int(name[1:]) % 3: numbers[0] for name, numbers in per_interview.iter_rows()}
    assert sorted(of_topic.values()) == [1, 2, 3]
    assert found.tree.filter(pl.col("node") == 1)["n_segments"].to_list() == [found.segments.height]


def test_a_passage_in_another_language_is_peeled_and_said():
    segments, counts, lemmas = study()
    foreign = [("A01", s, f"word{w}", "NOUN", "tous", 2) for s in (2, 5, 8) for w in range(6)]
    here = (pl.col("interview") == "A01") & pl.col("segment").is_in([2, 5, 8]) & (pl.col("pos") == "NOUN")
    counts = pl.concat([counts.filter(~here), pl.DataFrame(foreign, schema=counts.schema, orient="row")])
    extra = pl.DataFrame({"lemma": [f"word{w}" for w in range(6)]}).with_columns(
        **{"analysis": pl.lit("tous"), "pos": pl.lit("NOUN"), "status": pl.lit("active")},
        **{name: pl.lit(6) for name in ("n_occurrences", "n_segments", "n_interviews")},
    )
    lemmas = pl.concat([lemmas, extra.select(lemmas.columns).cast(lemmas.schema)])
    found = classify_analysis(segments, counts, lemmas, "tous", "none", {**SETTINGS, "number": 4})
    (row,) = found.peeled.filter(pl.col("kind") == "other_language").to_dicts()
    assert (row["n_segments"], row["n_interviews"]) == (3, 1)
    assert set(json.loads(row["words"])) == {f"word{w}" for w in range(6)}
    outside = found.segments.filter((pl.col("class") == 0) & (pl.col("node") == row["node"]))
    assert outside.select("interview", "segment").rows() == [("A01", 2), ("A01", 5), ("A01", 8)]


def test_auto_as_the_original_keeps_its_own_number_and_says_so():
    found = classify_analysis(*study(), "tous", "iramuteq", {**SETTINGS, "number": "auto"})
    asked = classify_analysis(*study(), "tous", "iramuteq", SETTINGS)
    assert found.segments.equals(asked.segments)
    assert "n'a pas de sens avec compatibility: iramuteq" in found.remarks[0]


def test_auto_asks_for_the_number_that_the_resamples_tell():
    found = classify_analysis(*study(), "tous", "none", {**SETTINGS, "number": "auto"}, 3)
    assert "3 classes demandées, d'après les rééchantillons" in found.remarks[0]
    assert found.segments.equals(classify_analysis(*study(), "tous", "none", SETTINGS).segments)


@pytest.mark.parametrize("largest", [2, 3, 30])
def test_auto_without_resamples_asks_for_a_number_that_was_tried_and_says_so(largest):
    settings = {**SETTINGS, "number": "auto", "largest_number": largest}
    found = classify_analysis(*study(), "tous", "none", settings)
    assert "aucun rééchantillon" in found.remarks[0]
    tried = [
        classify_analysis(*study(), "tous", "none", {**settings, "number": number}).segments["class"].to_list()
        for number in numbers_tried(settings, "none")
    ]
    assert found.segments["class"].to_list() in tried


@pytest.mark.parametrize("resamples", [0, 4])
def test_with_auto_the_number_comes_from_the_files_of_the_resamples(tmp_path, resamples):
    write(tmp_path, *study())
    settings = {**SETTINGS, "number": "auto"}
    parts = []
    for chunk in range(2):
        plan = {"resamples": resamples, "seed": 1, "chunks": 2}
        found = resample_analysis(*study(), "none", settings, plan, chunk)
        parts.append(tmp_path / f"draws_{chunk}.npz")
        record.write(found, parts[-1])
    flags = [part for key, value in options(tmp_path, number="auto").items() for part in (f"--{key}", str(value))]
    done = subprocess.run(
        [sys.executable, SCRIPT, *flags, "--draws", *parts], capture_output=True, text=True, check=True
    )
    assert ("d'après les rééchantillons" in done.stderr) == (resamples > 0)
    assert ("aucun rééchantillon n'en décide" in done.stderr) == (resamples == 0)
    expected = gathering.candidates(record.read(parts), "tous")
    classes = tables.read("classes/segments", tmp_path / "classes.parquet")
    if resamples:
        chosen = expected.filter(pl.col("number") == choose_number(expected))
        assert chosen["n_classes"].to_list() == [classes["class"].max()] == [3]
    classes_of = {number: labels.tolist() for number, labels in record.read(parts).labels.items()}
    assert classes["found"].to_list() in classes_of.values()
