"""The sheets of themes, laid out in the page, and those of interviews, as data that the page lays out when opened."""

from __future__ import annotations

from verbatim.report.located import Corpus
from verbatim.report.themes_page import coding_quote
from verbatim.sheets import choosing, comparison, interview_sheet, theme_sheet
from verbatim.sheets.coded_study import CodedStudy
from verbatim.sheets.interview_sheet import InterviewSheet
from verbatim.sheets.passages import Passage
from verbatim.sheets.theme_sheet import ThemeSheet, group_title
from verbatim.sheets.word_sheets import file_name

FIRST_CONTRARY, MOST_NAMED = 4, 60


def view(corpus: Corpus) -> dict:
    """Return `themes` (sheets with their quotations), `rules` and, for the script of the page, `interviews`."""
    study = CodedStudy(corpus)
    return {
        "themes": [_theme(corpus, sheet) for sheet in theme_sheet.sheets(study)],
        "rules": {
            "convergences": comparison.CONVERGENCES,
            "divergences": comparison.DIVERGENCES,
            "contrary": comparison.CONTRARY,
            "verbatims": choosing.rule(corpus.material.settings["themes"]["verbatims"]),
        },
        "interviews": _interviews(study),
    }


def _theme(corpus: Corpus, sheet: ThemeSheet) -> dict:
    contrary = [{**_quote(corpus, case.passage), "why": case.why} for case in sheet.contrary[:FIRST_CONTRARY]]
    return {
        "sheet": sheet,
        "id": sheet.theme.id,
        "file": file_name(sheet.theme.id),
        "examples": [text for text in (sheet.theme.example, *sheet.theme.examples) if text],
        "groups": [
            {
                **{
                    "title": group_title(group),
                    "row": group.row,
                    "share": group.share,
                    "n": group.n,
                    "n_holding": len(group.holding),
                },
                **{"holding": group.holding[:MOST_NAMED], "n_more": max(0, len(group.holding) - MOST_NAMED)},
                **{"without": group.without, "term": f"{group.variable}={group.modality}" if group.variable else ""},
                "n_passages": sum(n for _, n in group.holding),
            }
            for group in sheet.groups
        ],
        "contrary": contrary,
        "n_contrary": len(sheet.contrary),
        "verbatims": [{**coding_quote(corpus, one.coding), "reason": one.reason} for one in sheet.verbatims],
    }


def _quote(corpus: Corpus, passage: Passage) -> dict:
    return coding_quote(corpus, passage.longest)


def _interviews(study: CodedStudy) -> dict:
    places = {theme.id: i for i, theme in enumerate(study.themes)}
    return {sheet.interview: _interview(sheet, places) for sheet in interview_sheet.sheets(study)}


def _interview(sheet: InterviewSheet, places: dict[str, int]) -> dict:
    """Return `words`, `share`, `usual` (share, interviews of the panel), `own` words (lemma, pos, said here, in all).

    `themes`: place of the theme, its level, passages and share of words; `absent`: places; `typical`: analysis ->
    class, rank, segment from 0; `coded`: whether somebody coded something in it.
    """
    return {
        "words": sheet.n_words,
        "share": round(sheet.share, 4),
        "usual": [round(sheet.usual, 4), sheet.n_usual],
        "own": [[word.lemma, word.pos, word.f, word.F] for word in sheet.words],
        "themes": [
            [places[one.theme.id], one.theme.level, len(one.passages), round(one.share, 4)] for one in sheet.themes
        ],
        "absent": [places[theme.id] for theme in sheet.absent],
        "typical": {
            name: [[one.number, one.rank, one.segment - 1] for one in own] for name, own in sheet.typical.items()
        },
        "coded": int(sheet.is_coded),
    }
