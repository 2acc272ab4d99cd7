"""The example study: what its README promises."""

import csv
import re
import unicodedata

import polars as pl
import pytest
import yaml

from places import PROGRAM
from verbatim.transcripts import read_source

RUN = 8
RESOURCES = PROGRAM / "resources"


def words(text):
    text = unicodedata.normalize("NFC", text).replace("’", "'").lower()
    return re.findall(r"\w+", text)


@pytest.fixture(scope="module")
def interviews():
    """Interview -> list of turns' texts, read from the transcripts as the program reads them."""
    with (RESOURCES / "interviews.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = {}
    for row in rows:
        data = (RESOURCES / "transcripts" / row["file"]).read_bytes()
        turns = read_source(row["file"], data, ("ENQ", "CHERCHEUSE")).turns_table()
        same = [r["interview"] for r in rows if r["file"] == row["file"]]
        texts[row["interview"]] = turns.filter(pl.col("block") == same.index(row["interview"]) + 1)["text"].to_list()
    return texts


@pytest.fixture(scope="module")
def questions():
    guide = yaml.safe_load((RESOURCES / "guide.yaml").read_text(encoding="utf-8"))
    return [words(q["text"]) for g in guide["guides"] for q in g["questions"]]


def runs(turns, questions):
    """Every run of RUN words of a turn, those that hold words of a guide question left out."""
    asked = {tuple(q[i : i + 4]) for q in questions for i in range(len(q) - 3)}
    found = set()
    for turn in turns:
        said = words(turn)
        for i in range(len(said) - RUN + 1):
            run = tuple(said[i : i + RUN])
            if not any(run[k : k + 4] in asked for k in range(RUN - 3)):
                found.add(run)
    return found


def test_thirteen_interviews_of_the_announced_length(interviews):
    lengths = {i: sum(len(t.split()) for t in turns) for i, turns in interviews.items()}
    assert len(lengths) == 13
    assert sum(lengths.values()) >= 30_000
    assert {i: n for i, n in lengths.items() if not 1_200 <= n <= 2_800} == {}


def test_no_run_of_eight_words_occurs_in_two_interviews(interviews, questions):
    seen = {}
    shared = []
    for interview in sorted(interviews):
        for run in runs(interviews[interview], questions):
            if seen.setdefault(run, interview) != interview:
                shared.append((seen[run], interview, " ".join(run)))
    assert shared == []


def test_every_question_of_each_guide_is_asked(interviews, questions):
    for interview, turns in interviews.items():
        said = " ".join(words(" ".join(turns)))
        own = questions[:8] if interview.startswith("A") else questions[8:]
        assert [q for q in own if " ".join(q) not in said] == [], interview


def test_the_readme_says_first_that_they_are_invented():
    first = (RESOURCES / "README.md").read_text(encoding="utf-8").splitlines()[0]
    assert "inventés" in first


def test_two_coders_share_at_least_four_interviews():
    coders = sorted(p for p in (RESOURCES / "codings").iterdir() if p.is_dir())
    coded = [{p.stem for p in coder.glob("*.csv")} for coder in coders]
    assert len(coders) == 2
    assert len(set.intersection(*coded)) >= 4


def test_several_formats_are_shown():
    endings = {p.suffix for p in (RESOURCES / "transcripts").iterdir() if p.suffix != ".md"}
    assert endings == {".docx", ".odt", ".txt", ".vtt"}
