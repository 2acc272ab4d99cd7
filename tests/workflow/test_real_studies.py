"""The same commands on real interviews, which only developers have."""

import polars as pl
import pytest
import real_studies

from places import SHARED

pytestmark = [
    pytest.mark.workflow,
    pytest.mark.skipif(not (SHARED / "corpora").is_dir(), reason="the real corpora are not beside the repository"),
]


@pytest.fixture
def laid_out(cold, tmp_path):
    """A function that lays out a real study and gives the place to run it in."""
    built, _ = cold

    def lay_out(corpus):
        folder = tmp_path / corpus
        getattr(real_studies, corpus)(folder)
        return type(built)(built.program, folder)

    return lay_out


def test_artisans_join_completely_and_give_a_readable_report(laid_out):
    place = laid_out("artisans")
    outcome = place.run()
    assert outcome.code == 0, outcome.text
    turns = pl.read_parquet(place.study / "results/corpus/turns.parquet")
    roles = turns.group_by("interview").agg(pl.col("role").n_unique())
    assert roles.height == 18 and set(roles["role"]) == {2}
    speakers = pl.read_parquet(place.study / "results/corpus/speakers.parquet")
    assert speakers.filter(pl.col("role") == "participant")["materiau"].null_count() == 0
    files = pl.read_parquet(place.study / "results/corpus/files.parquet")
    assert files["n_unread"].sum() == 0
    report = (place.study / "results/report/rapport.html").read_text(encoding="utf-8")
    assert "non vérifié" in report and "Classe 2" in report


def test_block_stops_artisans_before_anything_is_published(laid_out):
    place = laid_out("artisans")
    place.edit("config.yaml", "mode: warn", "mode: block")
    outcome = place.run()
    assert outcome.code != 0
    assert "revue.html" in outcome.text
    assert {p.name for p in (place.study / "results").iterdir()} == {"private"}
    assert (place.study / "results/private/revue.html").is_file()


def test_grand_debat_makes_an_interview_of_each_of_its_texts(laid_out):
    place = laid_out("grand_debat")
    outcome = place.run()
    assert outcome.code == 0, outcome.text
    assert pl.read_parquet(place.study / "results/corpus/interviews.parquet").height == 693
