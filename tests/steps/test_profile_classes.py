import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from verbatim import tables

SCRIPT = Path(__file__).parents[2] / "scripts" / "profile_classes.py"
SETTINGS = {"minimum_frequency": 3, "max_forms": 20000, "typical": 4, "nearest": True}
TABLES = {
    "profiles": "profiles",
    "typical": "typical_segments",
    "correspondence": "correspondence",
    "nearest": "nearest",
}
GROUPS = "\ufeffgroup;lemma\nle_mien;MOT0A\nle_mien;mot0b\nle_mien;Où\ninconnus;mot9\n"
N = 60


def label(segment):
    """Class of a segment: the last five are unclassified."""
    return 0 if segment > N - 5 else 1 + segment % 3


def study(classes):
    """Two interviews; each class has words of its own and words in common."""
    random = np.random.default_rng(3)
    places = [(interview, segment) for interview in ("A01", "A02") for segment in range(1, N + 1)]
    said = []
    for interview, segment in places:
        own = [f"mot{segment % 3}{letter}" for letter in "abcd"]
        said += [(interview, segment, word, "NOUN") for word in own if random.random() < 0.7]
        said += [(interview, segment, f"commun{i}", "VERB") for i in range(5) if random.random() < 0.5]
        said += [(interview, segment, "commun0", "NOUN")] * (segment % 2)
        said += [(interview, segment, "où", "PRON")] * (segment % 3 == 0)
    rare = [("A01", 1, "rare", "NOUN"), ("A01", 2, "rare", "NOUN")]
    words = pl.DataFrame(said + rare, schema=["interview", "segment", "lemma", "pos"], orient="row")
    words = words.with_columns(pl.lit("tous").alias("analysis"), pl.lit(2).alias("count"))
    lexicon = words.group_by("analysis", "lemma", "pos").agg(
        pl.col("count").sum().alias("n_occurrences"),
        pl.len().alias("n_segments"),
        pl.col("interview").n_unique().alias("n_interviews"),
        pl.when(pl.col("pos").first() == "PRON")
        .then(pl.lit("supplementary"))
        .otherwise(pl.lit("active"))
        .alias("status"),
    )
    segments = pl.DataFrame(places, schema=["interview", "segment"], orient="row").with_columns(
        pl.lit("P").alias("speaker"),
        pl.lit(None, dtype=pl.String).alias("question"),
        *(pl.lit(1).alias(c) for c in ("first_turn", "first_token", "last_turn", "last_token", "n_tokens")),
        pl.lit("…").alias("text"),
    )
    speakers = pl.DataFrame(
        {
            "interview": ["A01", "A01", "A02"],
            "speaker": ["P", "Q", "P"],
            "role": ["participant", "interviewer", "participant"],
            "panel": ["conseil", None, None],
            "ville": ["Nantes", "Lyon", "Nantes"],
        }
    )
    labels = [classes(segment) for _, segment in places]
    found = segments.select("interview", "segment").with_columns(
        pl.lit("tous").alias("analysis"),
        pl.Series("class", labels),
        pl.Series("reason", [None if k else "small_leaf" for k in labels], dtype=pl.String),
        pl.Series("found", labels),
        pl.lit(1).alias("node"),
        pl.lit(None, pl.Int64).alias("node_2"),
        pl.lit(None, pl.Int64).alias("lost_at"),
        pl.lit(3).alias("n_forms"),
    )
    return {
        "corpus/segments": segments,
        "lexicon/segment_lemmas": words,
        "lexicon/lemmas": lexicon,
        "corpus/speakers": speakers,
        "classes/segments": found,
    }


def run(folder, classes, groups="", **settings):
    names = {"corpus/segments": "segments", "classes/segments": "classes"}
    flags = ["--analysis", "tous", "--settings", json.dumps(SETTINGS | settings), "--groups"]
    if groups:
        (folder / "groups.csv").write_text(groups, encoding="utf-8")
        flags.append(folder / "groups.csv")
    for table, frame in study(classes).items():
        name = names.get(table, table.split("/")[1])
        tables.write(table, frame, folder / name)
        flags += [f"--{name.replace('_', '-')}", folder / name]
    for name in TABLES:
        flags += [f"--{name}", folder / f"{name}.parquet"]
    done = subprocess.run([sys.executable, SCRIPT, *flags], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    read = {name: tables.read(f"classes/{table}", folder / f"{name}.parquet") for name, table in TABLES.items()}
    return read, done.stderr


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return run(tmp_path_factory.mktemp("profiles"), label, GROUPS)[0]


def test_words_of_a_class_head_its_profile(found):
    profiles = found["profiles"]
    for k in (1, 2, 3):
        own = profiles.filter(pl.col("class") == k, pl.col("kind") == "active").sort("chi2", descending=True).head(4)
        assert set(own["term"]) == {f"mot{k - 1}{letter}" for letter in "abcd"}
        assert (own["n_in_class"] == own["n_total"]).all() and (own["percent"] == 100).all()
        assert own["n_interviews"].to_list() == [2] * 4


def test_a_lemma_counts_once_whatever_its_parts_of_speech(found):
    total = found["profiles"].filter(pl.col("term") == "commun0")["n_total"].unique().to_list()
    words = study(label)["lexicon/segment_lemmas"].filter(pl.col("lemma") == "commun0", pl.col("segment") <= N - 5)
    assert total == [words.select("interview", "segment").n_unique()]


def test_lemmas_of_fewer_than_three_segments_are_left_out(found):
    assert "rare" not in found["profiles"]["term"].to_list()


def test_attributes_are_those_of_the_speaker_and_the_interview(found):
    attributes = found["profiles"].filter(pl.col("kind") == "attribute")
    assert attributes["term"].unique().sort().to_list() == [
        "interview=A01",
        "interview=A02",
        "panel=conseil",
        "ville=Nantes",
    ]
    assert attributes.filter(pl.col("term") == "ville=Nantes")["n_total"].unique().to_list() == [2 * (N - 5)]


def test_supplementary_lemmas_have_a_kind_of_their_own(found):
    kinds = found["profiles"].filter(pl.col("term") == "où")["kind"].unique().to_list()
    assert kinds == ["supplementary"]


def test_scores_of_typical_segments_are_sums_of_the_chi2_of_their_marked_words(found):
    typical = found["typical"]
    assert typical.group_by("class").len().sort("class")["len"].to_list() == [4, 4, 4]
    chi2 = {
        (k, term): round(value, 3)
        for k, kind, term, value in found["profiles"].select("class", "kind", "term", "chi2").iter_rows()
        if kind == "active"
    }
    for k, segment, absolute, relative, marked in typical.select(
        "class", "segment", "score_absolute", "score_relative", "marked"
    ).iter_rows():
        values = [chi2[k, lemma] for lemma in json.loads(marked)]
        assert label(segment) == k
        assert absolute == pytest.approx(sum(values), abs=0.0051)
        assert relative == pytest.approx(sum(values) / len(values), abs=0.0051)
        assert values == sorted(values, reverse=True) and min(values) > 2


def test_the_correspondence_analysis_places_words_attributes_and_classes(found):
    points, profiles = found["correspondence"], found["profiles"]
    assert points.filter(pl.col("kind") == "class")["term"].to_list() == ["1", "2", "3"]
    for kind in ("active", "supplementary", "attribute"):
        assert set(points.filter(pl.col("kind") == kind)["term"]) == set(
            profiles.filter(pl.col("kind") == kind)["term"]
        )
    assert [name for name in points.columns if name.startswith("coordinate")] == ["coordinate_1", "coordinate_2"]
    assert points["inertia_1"][0] + points["inertia_2"][0] == pytest.approx(1)
    assert points.filter(pl.col("kind") == "active")["mass"].sum() == pytest.approx(1)
    assert points.filter(pl.col("kind") == "attribute")["contribution_1"].is_null().all()


def test_supplementary_points_stand_at_the_barycentre_of_the_classes(found):
    points, profiles = found["correspondence"], found["profiles"]
    classes = points.filter(pl.col("kind") == "class")
    for axis in ("coordinate_1", "coordinate_2"):
        value = float((classes["mass"] * classes[axis] ** 2).sum())
        standard = dict(zip(classes["term"], classes[axis] / np.sqrt(value), strict=True))
        for kind, term, coordinate in points.select("kind", "term", axis).iter_rows():
            if kind in ("supplementary", "attribute"):
                own = profiles.filter(pl.col("kind") == kind, pl.col("term") == term)
                share = dict(zip(own["class"], own["n_in_class"] / own["n_in_class"].sum(), strict=True))
                expected = sum(share[k] * standard[str(k)] for k in share)
                assert coordinate == pytest.approx(expected, abs=1e-9)


def test_a_group_counts_the_segments_with_one_of_its_words(found):
    own = found["profiles"].filter(pl.col("kind") == "group")
    words = study(label)["lexicon/segment_lemmas"].filter(pl.col("lemma").is_in(["mot0a", "mot0b", "où"]))
    bearing = words.filter(pl.col("segment") <= N - 5).select("interview", "segment").unique()
    assert own["term"].unique().to_list() == ["le_mien"]
    for k, n, total in own.select("class", "n_in_class", "n_total").iter_rows():
        assert n == sum(label(segment) == k for segment in bearing["segment"])
        assert total == bearing.height


def test_words_of_groups_that_nobody_says_are_told_with_their_line(tmp_path):
    told = run(tmp_path, label, GROUPS)[1]
    assert "groups.csv, ligne 5 : aucun lemme « mot9 » dans l'analyse ; le plus proche : « mot0" in told
    assert "le groupe « inconnus » n'a aucun lemme" in told


def test_unclassified_segments_are_near_the_class_whose_words_they_say(found):
    nearest = found["nearest"]
    said = study(label)["lexicon/segment_lemmas"]
    assert set(nearest["segment"]) <= set(range(N - 4, N + 1)) and nearest.height > 5
    chi2 = {
        (term, k): value
        for term, k, value in found["profiles"]
        .filter(pl.col("kind") == "active")
        .select("term", "class", "chi2")
        .rows()
    }
    largest = {k: max(value for (_, own), value in chi2.items() if own == k) for k in (1, 2, 3)}
    for interview, segment, number, score, margin in nearest.drop("analysis").iter_rows():
        lemmas = said.filter(pl.col("interview") == interview, pl.col("segment") == segment)["lemma"].unique()
        forms = [lemma for lemma in lemmas if (lemma, 1) in chi2]
        scores = {k: np.mean([chi2[form, k] for form in forms]) / largest[k] for k in largest}
        assert number == max(scores, key=scores.get)
        assert score == pytest.approx(scores[number])
        assert margin == pytest.approx(score - sorted(scores.values())[-2])


def test_numbers_left_out_by_a_merging_give_no_class(tmp_path):
    merged, _ = run(tmp_path, lambda segment: {0: 0, 1: 2, 2: 5, 3: 7}[label(segment)], GROUPS, nearest=False)
    plain, _ = run(tmp_path, label, GROUPS)
    renamed = plain["profiles"].with_columns(pl.col("class").replace({1: 2, 2: 5, 3: 7}))
    assert merged["profiles"].equals(tables.check("classes/profiles", renamed))
    assert merged["typical"]["class"].unique().sort().to_list() == [2, 5, 7]
    points = merged["correspondence"].filter(pl.col("kind") == "class")
    assert points["term"].to_list() == ["2", "5", "7"]
    assert merged["nearest"].is_empty()


@pytest.mark.parametrize(("n_classes", "rows"), [(0, False), (1, True), (2, True)])
def test_few_classes_or_none_give_valid_tables(n_classes, rows, tmp_path):
    found, told = run(tmp_path, lambda segment: segment % n_classes + 1 if n_classes else 0)
    assert (found["profiles"].height > 0) == rows
    assert found["profiles"]["class"].n_unique() == n_classes
    assert found["correspondence"].is_empty()
    assert ("aucune classe" in told) == (n_classes == 0)
