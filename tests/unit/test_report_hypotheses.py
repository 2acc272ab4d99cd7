"""The page of hypotheses and findings, and their figure: what they show is what the tables say."""

import re
from dataclasses import replace

import polars as pl
import pytest
import yaml

from report_study import PROGRAM, study
from verbatim import anchoring, findings, grid, hypotheses, hypothesis_counts, indicators, tables, verdicts
from verbatim.figures import canvas
from verbatim.figures import hypotheses as figure
from verbatim.report import findings_page, hypotheses_page, render
from verbatim.report.located import Corpus

TEMPLATES = PROGRAM / "workflow" / "report"
HOSTILE = "</script><b onclick=x>{{ 7*7 }} & \"'"
PALETTE = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#888888"]


def weighed_study(**state):
    """Return the invented study with its hypothesis weighed, two verdicts, an indicator and a finding."""
    material = study(**state)
    whole = {name: frame for (name, analysis), frame in material.shelf.items() if not analysis}
    codings, turns, speakers = (whole[n] for n in ("themes/codings", "corpus/turns", "corpus/speakers"))
    declared = hypotheses.declared(
        """hypotheses:
  - id: distance
    title: La distance
    for: elle éloigne
    themes: [connexion]
    indicators: [{name: outils, stance: pour, words: [écran, licorne]}]
  - {id: muette, title: Sans passage}
"""
    )
    weighed = hypotheses.weigh(codings, ["distance", "muette"])
    ids, names = ["distance", "muette"], ["panel"]
    places = hypothesis_counts.modalities(speakers, names)
    rows, words = indicators.count(declared, whole["corpus/tokens"], turns, places)
    links = hypothesis_counts.links(declared, grid.Grid(tuple(material.themes)))
    written = "hypothesis,date,verdict,text,seen\ndistance,2022-05-01,open,d'abord,\n"
    written += f"distance,2022-06-01,nuanced,ensuite {HOSTILE.replace(chr(34), '')},vu:\n"
    first = codings.filter(pl.col("stance") == "for").row(0, named=True)
    cited = {"coding": first["coding"], "quote": first["quote"], "theme": "jadis"}
    finding = {"id": "f1", "sentence": HOSTILE, "date": "2022-06-30", "hypotheses": ["distance"], "rests_on": [cited]}
    found = findings.read(yaml.safe_dump({"findings": [finding]}), ["distance"])
    new = {
        "hypotheses": weighed,
        "hypothesis_counts": hypothesis_counts.count(weighed, codings, turns, speakers, ids, names),
        "contradictions": hypothesis_counts.contradictions(weighed, codings),
        "unplaced": hypothesis_counts.unplaced(weighed, codings, links),
        **{"indicators": rows, "indicator_words": words},
        "verdicts": verdicts.table(verdicts.read(written.encode(), ids), weighed, str),
        "findings": findings.table(found, str),
        "finding_passages": findings.passages(found, codings, anchoring.documents(turns), str),
    }
    shelf = {(f"themes/{name}", ""): tables.check(f"themes/{name}", frame) for name, frame in new.items()}
    return replace(material, shelf={**material.shelf, **shelf}, hypotheses=declared)


@pytest.fixture(scope="module")
def material():
    return weighed_study()


def test_the_page_counts_what_the_tables_count(material):
    one, mute = hypotheses_page.view(Corpus(material))
    table = material.table("themes/hypotheses")
    for stance in one["stances"]:
        own = table.filter((pl.col("hypothesis") == "distance") & (pl.col("stance") == stance["code"]))
        assert stance["n"] == own["passage"].n_unique() == sum(n for _, _, n in stance["panels"])
    whole, *panels = one["groups"]
    assert whole["variable"] == "all" and [row["modality"] for row in panels] == ["deux", "un"]
    for k in range(3):
        assert whole["cells"][k]["n_codings"] == sum(row["cells"][k]["n_codings"] for row in one["interviews"])
        assert whole["cells"][k]["n_interviews"] == sum(row["cells"][k]["n_interviews"] for row in panels)
    assert mute["n"] == 0 and mute["verdict"] is None


def test_contradictions_verdicts_and_signs_are_told(material):
    one, _ = hypotheses_page.view(Corpus(material))
    assert len(one["contradictions"]) == material.table("themes/contradictions").height > 0
    assert all((a["coder"], b["coder"]) == ("ana", "bob") for a, b in one["contradictions"])
    assert one["verdict"]["name"] == "nuancée" and [past["name"] for past in one["history"]] == ["ouverte"]
    assert one["verdict"]["n_since"] == one["n"]
    (sign,) = one["indicators"]
    assert [word["n_occurrences"] > 0 for word in sign["words"]] == [True, False]


def test_a_reference_is_read_back_as_a_citation(material):
    one, _ = hypotheses_page.view(Corpus(material))
    quote = one["stances"][0]["panels"][0][1][0]
    (cited,) = yaml.safe_load(quote["reference"])
    assert cited["quote"] == quote["pieces"][0][0] and cited["theme"] == "connexion"
    hard = {"coding": "2022: a", "theme": "lien", "quote": "c'est « dit »: 'là' # et\nlà"}
    assert yaml.safe_load(hypotheses_page.reference(hard)) == [{**hard, "quote": "c'est « dit »: 'là' # et là"}]


def test_findings_show_their_passages_and_what_to_look_at_again(material):
    (one,) = findings_page.view(Corpus(material))
    assert one["about"] == [("distance", "La distance")] and one["n_interviews"] == 1
    assert one["rests_on"][0]["warning"].startswith("thème changé : jadis") and one["against"] == []


def test_the_whole_page_is_written_whatever_people_wrote(material):
    html = render.page(material, TEMPLATES)
    assert "{{ 7*7 }}" in html and "<b onclick" not in html
    text = re.sub(r"<[^>]+>", " ", html)
    for expected in ("Verdict : nuancée", "Codages qui se contredisent", "Mots indices", "thème changé", "à rendre"):
        assert expected in text.replace("\u00a0", " "), expected
    assert "#concordance/lemme%3A%C3%A9cran" in html and 'data-ancre="hypotheses/constat-f1"' in html
    assert html == render.page(weighed_study(), TEMPLATES)


def test_each_count_of_the_page_says_what_it_asks_for(material):
    html = render.page(material, TEMPLATES)
    sheet = html[html.index('data-h="distance" data-ancre') :]
    row = sheet[sheet.index('data-m="panel=un"') :]
    assert re.search(r'<td data-s="for">\d+ sur \d+ <small>\(<button type="button" class="v">', row[:600])


@pytest.mark.parametrize("state", [{"codings": False}, {"panels": ("un",)}, {"panels": (), "attributes": False}])
def test_poor_studies_have_a_page_and_a_figure(state):
    if not state.get("codings", True):
        bare = study(**state)
        assert "Aucun passage n'a encore de position" in render.page(bare, TEMPLATES).replace("\u00a0", " ")
        return
    material = weighed_study(**state)
    assert "Verdict" in render.page(material, TEMPLATES)
    assert figure.draw(material.table("themes/hypothesis_counts"), material.hypotheses, PALETTE).axes


def texts(drawn):
    return [text for text in drawn.axes[0].texts if text.get_text()]


@pytest.mark.parametrize("n_hypotheses, n_panels", [(1, 1), (3, 2), (12, 7)])
def test_the_figure_says_every_number_and_no_text_covers_another(n_hypotheses, n_panels):
    declared = [
        {"id": f"h{i}", "title": f"Hypothèse {i} " + "au titre assez long " * (i % 4)} for i in range(n_hypotheses)
    ]
    panels = [f"panel {k} au nom qui n'en finit pas" for k in range(n_panels)]
    rows = [
        (one["id"], stance, variable, modality, 9, (i + k) % 5, 4 + k)
        for i, one in enumerate(declared)
        for stance in ("for", "against", "nuance")
        for k, (variable, modality) in enumerate([("all", "all"), *(("panel", panel) for panel in panels)])
    ]
    columns = ("hypothesis", "stance", "variable", "modality", "n_codings", "n_interviews", "n_coded")
    counts = pl.DataFrame(rows, schema=columns, orient="row")
    drawn = figure.draw(counts, declared, PALETTE)
    shown = [text.get_text() for text in texts(drawn)]
    for row in counts.filter(pl.col("variable") == "panel").iter_rows(named=True):
        assert f"{row['n_interviews']} sur {row['n_coded']}" in shown
    assert sum(" sur " in text and not text.startswith("Lecture") for text in shown) >= 3 * n_hypotheses * n_panels
    drawn.canvas.draw()
    boxes = [text.get_window_extent() for text in texts(drawn)]
    width, height = drawn.get_size_inches() * drawn.dpi
    assert all(b.x0 >= 0 and b.y0 >= 0 and b.x1 <= width and b.y1 <= height for b in boxes)
    assert not [
        (a, b) for i, a in enumerate(boxes) for b in boxes[:i] if a.shrunk(0.98, 0.8).overlaps(b.shrunk(0.98, 0.8))
    ]
    canvas.plt.close(drawn)


def test_nothing_to_draw_is_said():
    empty = tables.empty("themes/hypothesis_counts")
    assert "ne déclare aucune" in figure.draw(empty, [], PALETTE).texts[0].get_text()
    assert "Aucun passage" in figure.draw(empty, [{"id": "h", "title": "H"}], PALETTE).texts[0].get_text()
