"""What the views and the data of the page count, against a plain recount of the tables."""

import base64
import gzip
import json
import re
from collections import Counter
from xml.etree import ElementTree

import polars as pl
import pytest

from report_study import SVG, study, without_classes
from verbatim.report import (
    classes_page,
    method_page,
    passages,
    pictures,
    solidity_page,
    themes_page,
    words_page,
)
from verbatim.report.located import Corpus, marked


@pytest.fixture(scope="module")
def corpus():
    return Corpus(study())


@pytest.fixture(scope="module")
def data(corpus):
    return passages.data(corpus)


def said_in(interview, segment):
    """The words of a segment as the script of the page finds them: (number, form)."""
    _, first, start, last, end = segment
    for turn in range(first, last + 1):
        text, position = interview["turns"][turn - 1][1], 0
        tokens = interview["tokens"][turn - 1]
        for gap, length, number in zip(tokens[::3], tokens[1::3], tokens[2::3], strict=True):
            begin, position = position + gap, position + gap + length
            if (turn > first or begin >= start) and (turn < last or position <= end):
                yield number, text[begin:position]


def test_quotations_are_the_segments(corpus):
    rows = corpus.material.table("corpus/segments")
    for interview, segment, text in rows.select("interview", "segment", "text").iter_rows():
        quote = corpus.quotation(interview, segment)
        assert "".join(piece for piece, _ in quote["pieces"]) == text


def test_marked_words_of_typical_segments_are_those_that_count(corpus):
    rows = corpus.material.table("classes/typical_segments", "ensemble")
    for row in rows.iter_rows(named=True):
        lemmas = set(re.findall(r'"([^"]+)"', row["marked"]))
        pieces = corpus.quotation(row["interview"], row["segment"], lemmas)["pieces"]
        assert {text.lower() for text, is_marked in pieces if is_marked} == lemmas


def test_pieces_are_the_text():
    assert marked("abcdef", 1, 5, [(3, 4), (1, 2)]) == [("b", True), ("c", False), ("d", True), ("e", False)]
    assert marked("abc", 0, 3, []) == [("abc", False)]


def test_data_gives_every_word_back(corpus, data):
    tokens = corpus.material.table("corpus/tokens").filter(pl.col("status") != "ignored")
    turns = corpus.material.table("corpus/turns").filter(pl.col("role") == "participant")
    tokens = tokens.join(turns.select("interview", "turn"), on=["interview", "turn"], how="semi")
    expected = Counter(tokens.select("interview", "form", "lemma", "pos").iter_rows())
    found = Counter(
        (interview["id"], form, *data["words"][number])
        for interview in data["interviews"]
        for segment in interview["segments"]
        for number, form in said_in(interview, segment)
    )
    assert found == expected


def test_passages_behind_a_profile_are_as_many_as_it_says(corpus, data):
    (analysis,) = data["analyses"]
    active = {row[0] for row in analysis["words"] if row[4]}
    found = Counter()
    for interview in data["interviews"]:
        classes = analysis["segments"][interview["id"]]
        for segment, number in zip(interview["segments"], classes, strict=True):
            words = {data["words"][i][0] for i, _ in said_in(interview, segment) if i in active}
            found.update((number, word) for word in words)
    profiles = corpus.material.table("classes/profiles", "ensemble").filter(pl.col("kind") == "active")
    assert profiles.height > 10
    for number, term, n in profiles.select("class", "term", "n_in_class").iter_rows():
        assert found[number, term] == n


def test_class_labels_are_those_of_the_table(corpus, data):
    table = corpus.material.table("classes/segments", "ensemble")
    for interview, segment, number in table.select("interview", "segment", "class").iter_rows():
        label = data["analyses"][0]["segments"][interview][segment - 1]
        assert max(label, 0) == number


def test_segments_outside_an_analysis_have_no_label():
    material = study(analyses={"tous": {}, "un": {"select": {"panel": ["un"]}}})
    data = passages.data(Corpus(material))
    assert [analysis["id"] for analysis in data["analyses"]] == ["tous", "un"]
    of_panel = {row["interview"] for row in material.participants.iter_rows(named=True) if row["panel"] == "un"}
    assert set(data["analyses"][1]["segments"]) == of_panel


def test_classes_of_interviews_add_up(corpus):
    found = classes_page.view(corpus, "ensemble")
    assert sum(row["n"] for row in found["by_interview"]) == found["n_classified"]
    for i, own in enumerate(found["classes"]):
        assert sum(row["cells"][i][2] for row in found["by_interview"]) == own["n"]
    assert sum(own["share"] for own in found["classes"]) == pytest.approx(1)
    reasons = sum(n for _, _, n in found["unclassified"]["reasons"])
    assert reasons == found["n_segments"] - found["n_classified"]


def test_a_class_of_one_interview_is_told():
    rows = pl.DataFrame({"interview": ["E01", "E01", "E02"]})
    assert classes_page.dominant(rows) == ("E01", pytest.approx(2 / 3))
    weak = {"verdict": "fragile", "jaccard_mean": 0.2}
    own = {"number": 1, "dominant": "E01", "dominant_share": 2 / 3, "stability": weak}
    view = {"classes": [own], "share": 0.5, "n_classified": 3, "wanted": 3, "by_interview": [1, 2]}
    told = [warning["kind"] for warning in classes_page.warnings(study(), "ensemble", view)]
    assert told == ["share", "fewer", "dominant", "fragile", "name", "name"]


def test_the_page_of_solidity_says_what_the_tables_say(corpus):
    view = solidity_page.view(corpus, "ensemble")
    table = corpus.material.table("classes/stability", "ensemble")
    assert [row["jaccard_mean"] for row in view["classes"]] == table["jaccard_mean"].to_list()
    assert view["n_stable"] == table.filter(pl.col("jaccard_mean") >= 0.75).height
    assert view["classes"][0]["label"] == "Classe 1 · Les écrans"
    assert view["laboratory"]["n"] == 2 and view["laboratory"]["median"] == pytest.approx(0.7)
    assert [row["parameter"] for row in view["laboratory"]["moves"]] == ["size"]
    changes = view["changes"]
    assert (changes["n_both"], changes["n_new"], changes["n_gone"]) == (4, 4, 4)
    assert [row["told"] for row in changes["names"]] == ["retrouvé", "à vérifier", "orphelin"]
    empty = solidity_page.view(Corpus(without_classes(corpus.material)), "ensemble")
    assert empty["classes"] == [] and empty["laboratory"] == {"n": 0}


def test_word_counts(corpus):
    counts = words_page.view(corpus, "ensemble")["counts"]
    tokens = corpus.material.table("corpus/tokens").filter(pl.col("status") != "ignored")
    turns = corpus.material.table("corpus/turns").filter(pl.col("role") == "participant")
    forms = tokens.join(turns.select("interview", "turn"), on=["interview", "turn"], how="semi")["form"]
    heard = Counter(form.lower() for form in forms)
    assert counts["n_forms"] == len(heard)
    assert counts["n_hapax"] == sum(n == 1 for n in heard.values())
    assert counts["n_occurrences"] == heard.total()


def test_specificities_shown_are_the_strongest(corpus):
    table = corpus.material.table("lexicon/specificities", "ensemble")
    for part in words_page.view(corpus, "ensemble")["specificities"]:
        for modality in part["modalities"]:
            own = table.filter((pl.col("variable") == part["variable"]) & (pl.col("modality") == modality["name"]))
            strong = sorted((s for s in own["score"] if s >= words_page.BANAL), reverse=True)
            assert [row["score"] for row in modality["more"]] == strong[: len(modality["more"])]
            assert modality["n_more"] == len(strong)


def test_theme_shares_by_panel(corpus):
    material = corpus.material
    shares = themes_page.panel_shares(material)
    interviews = {row["interview"]: row for row in material.table("corpus/interviews").iter_rows(named=True)}
    for theme, cells in shares.items():
        for cell in cells:
            mine = [i for i, row in interviews.items() if row["panel"] == cell["panel"]]
            rows = material.table("themes/grid").filter((pl.col("theme") == theme) & pl.col("interview").is_in(mine))
            assert cell["n_codings"] == rows["n_codings"].sum()
            assert cell["share"] == pytest.approx(rows["n_words"].sum() / sum(interviews[i]["n_words"] for i in mine))


def test_every_coding_is_in_the_data(corpus, data):
    codings = corpus.material.table("themes/codings")
    assert len(data["codings"]) == codings.height
    lost = [row for row in data["codings"] if row[2] is None]
    assert [row[-1] for row in lost] == ["des mots perdus"]


def test_steps_go_down(corpus):
    steps = method_page.steps(corpus, "ensemble")
    assert steps["n_characters"] >= steps["n_kept"]
    assert steps["n_turns"] >= steps["n_participant_turns"]
    assert steps["n_segments"] >= steps["n_chosen"] >= steps["n_classified"] > 0


def test_outlines_of_letters_are_packed_once_and_not_when_they_differ():
    letter = '<path id="DejaVuSans-41" d="M 1 2" transform="scale(2)"/>'
    drawn = '<svg width="7pt"><defs>{}</defs><use xlink:href="#DejaVuSans-41"/><path id="p1-a" d="M 1 1"/></svg>'
    other = letter.replace("M 1 2", "M 9 9")
    figures = {
        ("a", "one"): drawn.format(letter),
        ("a", "two"): drawn.format(letter),
        ("b", "one"): drawn.format(other),
    }
    found = json.loads(gzip.decompress(base64.b64decode(pictures.packed(figures))))
    assert found["glyphs"] == {"DejaVuSans-41": 'd="M1 2" transform="scale(2)"'}
    assert ["DejaVuSans-41" in svg.split("</defs>")[0] for svg in found["figures"].values()] == [False, False, True]
    assert all('id="p1-a"' in svg for svg in found["figures"].values())


def test_figures_lose_weight_and_nothing_else():
    svg = f'<?xml version="1.0"?>\n<!-- x --><metadata>long</metadata>{SVG}'.replace("><path", ">\n  <path fill='#aaa'")
    packed = pictures.packed({("ensemble", "plane"): svg, ("", "grid"): SVG})
    figures = json.loads(gzip.decompress(base64.b64decode(packed)))["figures"]
    assert list(figures) == ["/grid", "ensemble/plane"]
    assert pictures.packed({("", "grid"): SVG, ("ensemble", "plane"): svg}) == packed
    root = ElementTree.fromstring(figures["ensemble/plane"])
    (path,) = root
    numbers = [float(n) for n in re.findall(r"[\d.]+", path.get("d"))]
    assert numbers == pytest.approx([0.123456, 1, 2, 3], abs=0.005)
    assert path.get("fill") == "#aaa"
    assert pictures.size(svg) == (96, 48)
