"""The agreement between coders as the report shows it: what was compared, what to beware of, what to decide."""

from dataclasses import replace

import polars as pl
import pytest

import report_study
from verbatim import tables
from verbatim.coder_agreement import decisions, discordances, study, units
from verbatim.report import agreement_page, render
from verbatim.report.located import Corpus

TEMPLATES = report_study.PROGRAM / "workflow" / "report"
SETTINGS = {"unit": "segment", "uncoded": "keep", "resamples": 200}
WHOLE = report_study.study(sentences=12)
HEAD = "interview;coding;other_coding;other_coder;theme;quote;decision;reason"


def material(codings, decided=(), **settings):
    """Return the tiny study of the report with these codings, its agreement measured."""
    corpus = [WHOLE.table(f"corpus/{name}") for name in ("turns", "tokens", "segments")]
    settings = SETTINGS | settings
    compared = units.compare(codings, *corpus, settings["unit"])
    resolved = {one.discordance: decisions.RESOLUTION[one.decision] for one in decided}
    found = {
        "themes/codings": codings,
        "themes/agreement": study.measure(compared, codings, WHOLE.themes, settings),
        "themes/discordances": discordances.find(compared, codings, resolved),
        "themes/resolutions": decisions.resolutions(decided, codings),
    }
    shelf = {(name, ""): tables.check(name, frame) for name, frame in found.items()}
    return replace(WHOLE, shelf={**WHOLE.shelf, **shelf})


CODINGS = WHOLE.table("themes/codings")
ROW = CODINGS.filter(coding="a-E01-2").to_dicts()[0]


def coded(name, coder, interview="E01", turn=2, place=(0, 8), theme="connexion", **others):
    turns = WHOLE.table("corpus/turns").filter(interview=interview, turn=turn)
    start, end = place
    row = {"coding": name, "coder": coder, "interview": interview, "turn": turn, "theme": theme}
    row |= {"start": start, "end": end, "quote": turns["text"][0][start:end]}
    return {**ROW, **row, "hypothesis": None, "stance": None, **others}


def frame(*rows):
    return pl.DataFrame(list(rows), schema=CODINGS.schema)


def second_sentence(interview="E01", turn=2):
    text = WHOLE.table("corpus/turns").filter(interview=interview, turn=turn)["text"][0]
    begin = text.index(".") + 2
    return begin, text.index(".", begin) + 1


# both see the first words of E01; bob alone E02; another theme, then other bounds, in E01
VARIED = frame(
    coded("a1", "ana"),
    coded("b1", "bob"),
    coded("a2", "ana", place=second_sentence(), theme="outils"),
    coded("b2", "bob", place=second_sentence(), theme="connexion"),
    coded("a3", "ana", turn=4, place=(0, 60)),
    coded("b3", "bob", turn=4, place=(50, 75)),
    coded("a4", "ana", interview="E02"),
    coded("b4", "bob", interview="E02", turn=4),
    coded("b5", "bob", interview="E03"),
    coded("a6", "ana", turn=1),
)


def view(codings, decided=(), **settings):
    return agreement_page.view(Corpus(material(codings, decided, **settings)))


def said(codings, decided=(), **settings):
    html = render.page(material(codings, decided, **settings), TEMPLATES)
    return html.replace("\u202f", " ").replace("\xa0", " ")


def test_what_is_compared_and_its_values_are_those_of_the_tables():
    shown = view(VARIED)
    table = material(VARIED).table("themes/agreement")
    segments = WHOLE.table("corpus/segments").filter(pl.col("interview").is_in(["E01", "E02"]))
    assert (shown["coders"], shown["shared"], shown["alone"]) == (["ana", "bob"], ["E01", "E02"], ["E03"])
    assert (shown["why"], shown["outside"]) == ("", 1)
    assert (shown["n_units"], shown["unit"]) == (segments.height, ("segment", "segments"))
    assert [row["id"] for row in shown["rows"]] == ["*", "outils", "connexion"]
    assert shown["unseen"] == ["Thème dont personne ne parle"]
    for row in shown["rows"]:
        for name, one in row["cells"].items():
            held = table.filter(theme=row["id"], coefficient=name)
            assert held.to_dicts() == [one]
    values = {row["title"]: row["cells"]["krippendorff"]["value"] for row in shown["rows"][1:]}
    assert shown["least"][0] == min(values, key=values.get) and shown["most"][0] == max(values, key=values.get)
    assert shown["least"][1]["value"] < shown["most"][1]["value"]


def test_of_two_coders_cohen_is_shown_and_of_three_fleiss():
    three = pl.concat([VARIED, frame(coded("c1", "carl", place=(3, 9)))])
    names = [[name for name, _ in view(codings)["columns"]] for codings in (VARIED, three)]
    assert ["cohen" in own for own in names] == [True, False]
    assert ["fleiss" in own for own in names] == [False, True]


def test_each_caution_is_told_once_and_none_is_lost():
    shown = view(VARIED)
    named = [title for _, title in shown["columns"]]
    told = {(row["title"], part, who) for row in shown["rows"] for part in shown["general"] for who in named}
    for title, parts in shown["cautions"]:
        for part, who in parts:
            assert part not in shown["general"]
            told |= {(title, part, one) for one in who or named}
    assert told == {
        (row["title"], part, title)
        for row in shown["rows"]
        for name, title in shown["columns"]
        for part in (row["cells"][name]["remark"] or "").split(" ; ")
        if part
    }
    assert any("2 entretiens seulement" in part for part in shown["general"])


def test_discordances_are_shown_side_by_side_with_both_passages():
    shown = view(VARIED)
    held = material(VARIED).table("themes/discordances")
    by_coding = {row["coding"]: row for row in VARIED.to_dicts()}
    assert shown["n_open"] == held.height > 0 and shown["n_decided"] == 0
    assert [group["kind"] for group in shown["groups"]] == ["theme", "missed", "bounds"]
    assert sum(group["n"] for group in shown["groups"]) == held.height
    for group in shown["groups"]:
        assert shown["n"][group["kind"]] == group["n"] == held.filter(kind=group["kind"]).height
        for one in [*group["first"], *group["others"]]:
            sides = [(side["coder"], side["quote"] and side["quote"]["theme"]) for side in one["sides"]]
            titles = {"connexion": "Première connexion", "outils": "Les outils"}
            other = by_coding.get(one["other_coding"])
            assert sides == [
                (one["coder"], titles[by_coding[one["coding"]]["theme"]]),
                (one["other_coder"], other and titles[other["theme"]]),
            ]
    assert shown["pairs"] == held.group_by("coder", "other_coder").len().sort("coder", "other_coder").rows()


def test_the_first_ones_shown_are_of_different_interviews_and_the_page_has_so_many_only():
    places = [(i, i + 2) for i in range(0, 3 * agreement_page.MOST, 3)]
    many = [coded(f"m{i:02}", "ana", place=place) for i, place in enumerate(places)]
    others = [coded("o1", "ana", interview="E02"), coded("o2", "ana", interview="E04")]
    readers = [coded(f"r{name}", "bob", name, 4) for name in ("E01", "E02", "E04")]
    codings = frame(*many, *others, *readers)
    (group,) = view(codings)["groups"]
    found = material(codings).table("themes/discordances")
    assert group["n"] == found.height > agreement_page.MOST
    assert [one["interview"] for one in group["first"]] == ["E01", "E02", "E04"]
    assert len(group["first"]) + len(group["others"]) == agreement_page.MOST
    left = f"Les {found.height - agreement_page.MOST} suivants sont dans"
    assert left in said(codings)


def decided(*lines):
    found, problems = decisions.read("\n".join([HEAD, *lines]).encode())
    assert problems == []
    return found


def test_what_was_decided_leaves_the_open_ones_and_is_told_with_what_is_gone_first():
    chosen = decided(
        "E01;a2;b2;bob;outils;ses mots;premier;plus <juste>",
        "E02;a4;;bob;connexion;;second;",
        "E01;parti;;bob;disparu;des mots;aucun;",
    )
    shown = view(VARIED, chosen)
    before = view(VARIED)
    assert shown["n_open"] == before["n_open"] - 2 and shown["n_decided"] == 2
    assert [group["kind"] for group in shown["groups"]] == ["missed", "bounds"]
    listed = [one["coding"] for group in shown["groups"] for one in [*group["first"], *group["others"]]]
    assert not {"a2", "a4"} & set(listed)
    rows = [(row["state"], row["coding"], row["title"], row["said"]) for row in shown["resolutions"]]
    assert rows == [
        ("gone", "parti", "disparu", "aucun"),
        ("applied", "a2", "Les outils", "premier"),
        ("applied", "a4", "Première connexion", "second"),
    ]
    html = said(VARIED, chosen)
    assert "Ce qui a été décidé" in html and "codage disparu : parti" in html
    assert "plus &lt;juste&gt;" in html and "plus <juste>" not in html
    assert "sont tranchés" in html


@pytest.mark.parametrize(
    ("kept", "why"),
    [
        (pl.col("coder") == "ana", "Une seule personne a codé (ana)"),
        (
            (pl.col("coder") == "ana") & (pl.col("interview") == "E02") | (pl.col("coding") == "b5"),
            "2 personnes ont codé (ana, bob), mais jamais le même entretien",
        ),
        (pl.lit(False), ""),
    ],
)
def test_why_nothing_is_compared_is_said(kept, why):
    codings = VARIED.filter(kept)
    shown = view(codings)
    assert shown["why"].startswith(why) and bool(shown["why"]) == bool(why)
    assert "all" not in shown
    html = said(codings)
    assert "Ce sur quoi les codeurs ne s'accordent pas" not in html
    assert ("Accord entre codeurs</h3>" in html) == bool(why)


@pytest.mark.parametrize("uncoded", ["keep", "drop"])
def test_codings_of_what_the_interviewer_says_only_are_no_agreement_and_no_crash(uncoded):
    codings = frame(coded("a", "ana", turn=1), coded("b", "bob", turn=3, place=(0, 5)))
    shown = view(codings, uncoded=uncoded)
    assert shown["outside"] == 2 and shown["rows"] == []
    html = said(codings, uncoded=uncoded)
    assert "L'accord entre codeurs est indéfini" in html
    assert "2 codages dans les paroles de l'interviewer ne sont pas comparés" in html


def test_the_page_says_what_is_to_be_decided_and_how():
    html = said(VARIED)
    assert "make accept WHAT=discordances" in html and "Mêmes mots, autre thème" in html
    assert "n'a pas codé ce passage sous ce thème" in html
    same = frame(coded("a", "ana"), coded("b", "bob"))
    assert "Rien n'est en suspens." in said(same) and "Aucun désaccord ne reste à trancher" in said(same)


def test_a_study_whose_themes_no_grid_declares_is_shown_too():
    whole = report_study.study(themes=False)
    codings = whole.table("themes/codings")
    corpus = [whole.table(f"corpus/{name}") for name in ("turns", "tokens", "segments")]
    compared = units.compare(codings, *corpus, "turn")
    found = {
        "themes/agreement": study.measure(compared, codings, [], SETTINGS | {"unit": "turn"}),
        "themes/discordances": discordances.find(compared, codings),
    }
    shelf = {(name, ""): tables.check(name, one) for name, one in found.items()}
    whole = replace(whole, shelf={**whole.shelf, **shelf})
    shown = agreement_page.view(Corpus(whole))
    assert [row["id"] for row in shown["rows"]] == ["*", "libre"]
    assert "Accord entre codeurs</h3>" in render.page(whole, TEMPLATES)
