import json
import subprocess
import sys
from pathlib import Path

import polars as pl

from verbatim import tables

SCRIPT = Path(__file__).parents[2] / "scripts" / "place_modalities.py"


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


def place(folder, variables):
    write_lexicon(folder)
    files = ("segment_lemmas", "lemmas", "segments", "speakers", "correspondence")
    settings = json.dumps({"variables": variables, "minimum_frequency": 1})
    done = run(folder, **{name: f"{name}.parquet" for name in files}, analysis="tous", settings=settings)
    assert done.returncode == 0, done.stderr
    return tables.read("lexicon/correspondence", folder / "correspondence.parquet"), done.stderr


def test_active_lemmas_and_modalities_are_placed(tmp_path):
    found, told = place(tmp_path, ["interview", "panel"])
    assert found.select("kind", "term").rows() == [
        *(("active", lemma) for lemma in ("bureau", "café", "écran")),
        *(("modality", f"E{number}") for number in range(1, 5)),
        ("supplementary", "le"),
    ]
    assert {"coordinate_1", "contribution_2", "cos2_1", "inertia_2"} <= set(found.columns)
    assert "panel : pas d'analyse factorielle" in told


def test_nothing_to_place_gives_an_empty_table(tmp_path):
    assert place(tmp_path, ["panel"])[0].is_empty()
