"""Sheets of themes and of interviews: counts against naive ones, the rules, what is empty, and Word files."""

import io
import re
import zipfile

import docx
import polars as pl
import pytest
from docx.oxml.ns import qn

import report_study
from verbatim import tables
from verbatim.report.located import Corpus
from verbatim.sheets import comparison, interview_sheet, own_words, theme_sheet, word_sheets
from verbatim.sheets.chosen_verbatims import table
from verbatim.sheets.coded_study import CodedStudy
from verbatim.sheets.passages import of_themes
from verbatim.sheets.sentences import Asked, plain
from verbatim.specificities import score

SHAPES = {
    "whole": {},
    "no codings": {"codings": False},
    "no grid": {"themes": False},
    "nothing": {"codings": False, "themes": False, "declared": False},
    "no panels": {"panels": (), "attributes": False},
    "one interview": {"interviews": ("E01",), "classes": 2},
}


def study(**options):
    material = report_study.study(**options)
    codings, people = material.table("themes/codings"), material.table("corpus/interviews")
    shelf = {**material.shelf, ("themes/chosen_verbatims", ""): table(codings, people, material.themes, [], 8)}
    return CodedStudy(Corpus(report_study.Material(**{**vars_of(material), "shelf": shelf})))


def vars_of(material):
    names = ("shelf", "settings", "themes", "hypotheses", "guides", "figures")
    return {name: getattr(material, name) for name in names}


@pytest.fixture(scope="module")
def whole():
    return study()


def opened(data):
    return docx.Document(io.BytesIO(data))


def texts(document):
    cells = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


@pytest.mark.parametrize("shape", SHAPES)
def test_every_study_has_its_sheets_and_every_sheet_its_document(shape):
    own = study(**SHAPES[shape])
    themes, interviews = theme_sheet.sheets(own), interview_sheet.sheets(own)
    assert [sheet.theme.id for sheet in themes] == [theme.id for theme in own.themes]
    assert [sheet.interview for sheet in interviews] == sorted(own.corpus.turns)
    for sheet in themes:
        assert opened(word_sheets.theme(own, sheet)).paragraphs
        assert sheet.is_coded or not (sheet.convergences or sheet.divergences or sheet.contrary or sheet.verbatims)
    for sheet in interviews[:2]:
        assert f"Entretien {sheet.interview}" in texts(opened(word_sheets.interview(own, sheet)))
    together = " ".join(texts(opened(word_sheets.themes(own, themes))))
    assert all(sheet.theme.title in together for sheet in themes)
    assert themes or "pas encore de grille" in together


def test_passages_are_those_that_a_naive_union_finds(whole):
    codings = whole.material.table("themes/codings").filter(pl.col("anchor") != "lost")
    letters = {}
    for row in codings.iter_rows(named=True):
        letters.setdefault((row["interview"], row["turn"]), set()).update(range(row["start"], row["end"]))
    runs = sum(sum(1 for at in own if at - 1 not in own) for own in letters.values())
    found = of_themes(codings, {"connexion": ["connexion"], "outils": ["outils", "connexion"]})
    assert len(found["connexion"]) == len(found["outils"]) == runs
    assert found["connexion"][0].coders == ("ana", "bob")


def test_a_sheet_says_who_speaks_of_its_theme_as_the_grid_counts(whole):
    sheet = next(sheet for sheet in theme_sheet.sheets(whole) if sheet.theme.id == "connexion")
    grid = whole.material.table("themes/grid").filter(pl.col("theme") == "connexion")
    assert sheet.n_passages == grid["n_codings"].sum()
    assert sum(n for group in sheet.groups for _, n in group.holding) == sheet.n_passages
    assert {group.modality for group in sheet.groups} == {"un", "deux"}
    assert plain(sheet.summary).startswith(f"{sheet.n_passages}\u00a0passages dans ")


def test_own_words_are_scored_as_the_kernel_scores_a_naive_count(whole):
    passages, words = whole.passages["connexion"], whole.corpus.words
    found = own_words.of_passages(words, passages, whole.coded)
    spans = [(p.interview, p.turn, p.start, p.end) for p in passages]
    rows = [row for row in words.iter_rows(named=True) if row["interview"] in whole.coded]
    inside = [
        r
        for r in rows
        if any((r["interview"], r["turn"]) == s[:2] and s[2] <= r["start"] and r["end"] <= s[3] for s in spans)
    ]
    for word in found:
        here, everywhere = (
            [row["interview"] for row in own if (row["lemma"], row["pos"]) == (word.lemma, word.pos)]
            for own in (inside, rows)
        )
        f, total = len(here), len(everywhere)
        assert (word.f, word.F) == (f, total)
        assert (
            word.score == pytest.approx(float(score([f], [total], [len(inside)], [len(rows)])[0])) and word.score >= 2
        )
        assert word.interviews == tuple(sorted(set(here)))


# Rules, on codings made by hand: (interview, turn, stance).
def of(rows, panels, theme="t"):
    """Return a study of three themes whose codings are `rows`; `panels`: interview -> panel."""
    own = study(interviews=tuple(panels), panels=(), codings=False, sentences=24)
    people = own.material.table("corpus/interviews")
    people = people.with_columns(panel=pl.col("interview").replace_strict(panels, return_dtype=pl.String))
    codings = pl.DataFrame(
        [
            {"coding": f"c{n}", "interview": i, "turn": 2, "start": 9 * k, "end": 9 * k + 5, "quote": "des mots dits"}
            | {"theme": "connexion", "coder": "ana", "origin": "human", "anchor": "intact", "memo": None}
            | {"hypothesis": "distance" if s else None, "stance": s, "set_aside": None}
            for n, (i, k, s) in enumerate(rows)
        ],
        schema=tables.empty("themes/codings").schema,
    )
    shelf = {**own.material.shelf, ("corpus/interviews", ""): people, ("themes/codings", ""): codings}
    return CodedStudy(Corpus(report_study.Material(**{**vars_of(own.material), "shelf": shelf})))


FOUR = {"E01": "un", "E02": "un", "E03": "un", "E04": "deux", "E05": "deux", "E06": "deux"}


def test_what_two_thirds_and_every_group_share_converges():
    shared = of([(i, 0, None) for i in ("E01", "E02", "E04", "E05")] + [("E03", 1, None)], FOUR)
    assert "présent dans 5\u00a0entretiens codés sur 5" in plain(comparison.convergences(shared, "connexion", [])[0])
    few = of([("E01", 0, None), ("E02", 0, None)], FOUR)
    few.__dict__["coded"] = list(FOUR)
    assert comparison.convergences(few, "connexion", []) == []


def test_a_position_that_nearly_all_take_converges_and_its_rare_contrary_is_a_case():
    rows = [(i, 0, "for") for i in FOUR] + [("E01", 1, "against")]
    own = of(rows, FOUR)
    told = [plain(one) for one in comparison.convergences(own, "connexion", [])]
    assert any("6\u00a0passages sur 7 vont dans le sens de l'hypothèse" in one for one in told)
    cases, _ = comparison.contrary(own, "connexion")
    assert [(case.passage.interview, case.why.split()[0]) for case in cases] == [("E01", "contre")]


def test_positions_that_oppose_diverge_by_group_and_open_their_passages():
    rows = [(i, k, "for" if p == "un" else "against") for i, p in FOUR.items() for k in (0, 1)]
    own = of(rows, FOUR)
    opposed, sides = comparison.divergences(own, "connexion")
    queries = [piece.query for piece in opposed if isinstance(piece, Asked)]
    assert queries == [{"t": "connexion", "h": "distance", "s": s} for s in ("for", "against")]
    assert "un, plutôt pour (6\u00a0passages sur 6)" in plain(sides) and "deux, plutôt contre" in plain(sides)
    assert comparison.contrary(own, "connexion") == ([], [])


def test_an_interview_against_its_group_is_named():
    own = of([("E01", 0, None), ("E02", 0, None), ("E06", 0, None)], FOUR)
    own.__dict__["coded"] = list(FOUR)
    _, told = comparison.contrary(own, "connexion")
    assert [plain(one) for one in told] == [
        "deux : 1 sur 3 seulement en parle, E06.",
        "un : 2 sur 3 en parlent, mais non E03.",
    ]


def test_a_document_has_real_styles_repeated_heads_french_and_no_trace_of_its_making(whole):
    data = word_sheets.theme(whole, theme_sheet.sheets(whole)[1])
    document = opened(data)
    used = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Heading 1", "Heading 2", "Quote", "Caption", "Votre synthèse"} <= used
    first = document.tables[0].rows[0]._tr
    assert first.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
    styles = document.styles.element
    assert {lang.get(qn("w:val")) for lang in styles.iter(qn("w:lang"))} == {"fr-FR"}
    assert document.core_properties.comments == ""
    assert document.core_properties.created.date().isoformat() == "2022-06-30"
    told = " ".join(texts(document))
    assert not re.search(r"(?<=\S) [:;?!»%]|« ", told)
    assert "thumbnail" not in " ".join(zipfile.ZipFile(io.BytesIO(data)).namelist())


def test_documents_are_the_same_bytes_each_time(whole):
    again = study()
    for one, other in zip(theme_sheet.sheets(whole)[:2], theme_sheet.sheets(again)[:2], strict=True):
        assert word_sheets.theme(whole, one) == word_sheets.theme(again, other)
    first, second = interview_sheet.sheets(whole)[0], interview_sheet.sheets(again)[0]
    assert word_sheets.interview(whole, first) == word_sheets.interview(again, second)


def test_the_contents_lead_to_headings_that_are_there(whole):
    data = word_sheets.themes(whole, theme_sheet.sheets(whole))
    body = opened(data).element.body
    names = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    assert len(links) == len(whole.themes) and set(links) <= names
    kinds = [mark.get(qn("w:fldCharType")) for mark in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_what_xml_forbids_stops_nothing(whole):
    sheet = next(sheet for sheet in theme_sheet.sheets(whole) if sheet.verbatims)
    sheet.verbatims[0].coding["quote"] = "un\x0bmot \x00 <b>&amp;"
    try:
        assert any(
            "un\ufffdmot" in text and "<b>&amp;" in text for text in texts(opened(word_sheets.theme(whole, sheet)))
        )
    finally:
        whole.__dict__.clear()
        whole.__init__(study().corpus)


def test_names_of_files_are_safe_on_every_system():
    assert word_sheets.file_name("rituels_proximite") == "rituels_proximite"
    odd = [word_sheets.file_name(name) for name in ("../é/è", "a b", "a:b", "x" * 90)]
    assert len(set(odd)) == 4 and all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", name) for name in odd)


def test_a_time_line_holds_every_classified_segment_and_every_passage(whole):
    for sheet in interview_sheet.sheets(whole):
        numbers = [n for _, n in whole.classes("ensemble")[sheet.interview] if n > 0]
        assert sum(len(lane.spans) for lane in sheet.line.lanes if lane.number) == len(numbers)
        own = [p for p in whole.passages["connexion"] if p.interview == sheet.interview]
        lanes = {lane.label: lane.spans for lane in sheet.line.lanes if not lane.number}
        assert len(lanes.get("Première connexion", ())) == len(own)
        assert all(0 <= a < b <= sheet.line.length for lane in sheet.line.lanes for a, b in lane.spans)
