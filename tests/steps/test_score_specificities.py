import json
import subprocess
import sys
from pathlib import Path

import polars as pl

from verbatim import tables

SCRIPT = Path(__file__).parents[2] / "scripts" / "score_specificities.py"


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
    places = said.select("interview", "segment", speaker="interview").unique()
    numbers = (pl.lit(1).alias(name) for name in ("first_turn", "first_token", "last_turn", "last_token", "n_tokens"))
    segments = places.with_columns(*numbers, question=pl.lit(None, dtype=pl.String), text=pl.lit("…"))
    tables.write("corpus/segments", segments, folder / "segments.parquet")
    speakers = places.select("interview", "speaker", role=pl.lit("participant"), panel=pl.lit("un"))
    tables.write("corpus/speakers", speakers, folder / "speakers.parquet")


def score(folder, variables, compatibility="none", **more):
    write_lexicon(folder)
    inputs = {
        name: f"{name}.parquet"
        for name in ("segment_lemmas", "lemmas", "segments", "speakers", "specificities", "banal")
    }
    settings = json.dumps({"variables": variables, "minimum_frequency": 16})
    return run(folder, **inputs, **more, analysis="tous", compatibility=compatibility, settings=settings)


def scored(folder):
    return tables.read("lexicon/specificities", folder / "specificities.parquet")


def test_specificities_of_interviews(tmp_path):
    done = score(tmp_path, ["interview", "panel"])
    assert done.returncode == 0, done.stderr
    whole = scored(tmp_path)
    said = tables.read("lexicon/segment_lemmas", tmp_path / "segment_lemmas.parquet")
    assert whole["T"].unique().to_list() == [said["count"].sum()]
    assert whole["F"].min() >= 16
    assert whole["variable"].unique().to_list() == ["interview"]
    assert "panel : une seule modalité" in done.stderr


def test_margins_of_the_kept_table(tmp_path):
    assert score(tmp_path, ["interview"], "iramuteq").returncode == 0
    kept = scored(tmp_path)
    assert kept["T"].unique().to_list() == [kept["f"].sum()]
    assert kept["T"][0] < tables.read("lexicon/segment_lemmas", tmp_path / "segment_lemmas.parquet")["count"].sum()


def test_an_unknown_variable_is_told(tmp_path):
    done = score(tmp_path, ["panle"])
    assert done.returncode == 2
    assert "vouliez-vous « panel » ?" in done.stderr


def test_banal_words_and_classes(tmp_path):
    done = score(tmp_path, ["interview"])
    assert done.returncode == 0, done.stderr
    whole, banal = scored(tmp_path), tables.read("lexicon/banal", tmp_path / "banal.parquet")
    largest = whole.group_by("lemma").agg(pl.col("score").abs().max()).filter(pl.col("score") < 2)
    assert banal["lemma"].to_list() == sorted(largest["lemma"])
    assert not banal.is_empty()
    assert set(whole.select("lemma", "status").unique().rows()) >= {("le", "supplementary"), ("bureau", "active")}


def test_classes_are_compared(tmp_path):
    write_lexicon(tmp_path)
    places = tables.read("corpus/segments", tmp_path / "segments.parquet").select("interview", "segment")
    numbers = pl.Series("class", [1, 2, 2, 0])
    rows = places.with_columns(numbers, pl.Series("found", [1, 2, 2, 0]), analysis=pl.lit("tous"), node=pl.lit(1))
    reason = pl.when(pl.col("class") == 0).then(pl.lit("row_lost"))
    rows = rows.with_columns(reason=reason, node_2=None, lost_at=None, n_forms=3)
    tables.write("classes/segments", rows, tmp_path / "classes.parquet")
    done = score(tmp_path, ["class"], classes=tmp_path / "classes.parquet")
    assert done.returncode == 0, done.stderr
    said = tables.read("lexicon/segment_lemmas", tmp_path / "segment_lemmas.parquet")
    assert scored(tmp_path)["T"].unique().to_list() == [said.filter(pl.col("interview") != "E4")["count"].sum()]
    assert scored(tmp_path)["modality"].unique().sort().to_list() == ["1", "2"]
