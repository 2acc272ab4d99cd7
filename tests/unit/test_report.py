"""The report as a whole: it says what the tables say, in French, in one file, whatever the study."""

import base64
import gzip
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_study import PROGRAM, study, without_classes
from verbatim import typography
from verbatim.report import passages, render

TEMPLATES = PROGRAM / "workflow" / "report"
HOSTILE = """</script><script>alert(1)</script><img src=x onerror=alert(2)> & "guillemets" 'simples' {{ 7*7 }}"""
STATES = {
    "full": {},
    "two analyses": {"analyses": {"tous": {}, "un": {"title": "Panel un", "select": {"panel": ["un"]}}}},
    "nothing human": dict.fromkeys(("codings", "themes", "declared", "guide"), False),
    "codings without grid": {"themes": False},
    "nobody has attributes": {"attributes": False, "panels": ()},
    "one interview": {"interviews": ("E01",), "panels": ("un",)},
    "one panel": {"panels": ("un",)},
    "two classes": {"classes": 2},
    "twelve words": {"interviews": ("E01",), "sentences": 1},
    "undecided findings": {"undecided": 3},
    "hostile words": {"hostile": HOSTILE},
}


class Page(HTMLParser):
    """The elements, the visible text and what the page asks of the outside."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.links, self.outside, self.texts, self.handlers, self.tags = [], [], [], [], [], []
        self.silent = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.silent += tag in {"script", "style"}
        for name, value in attrs:
            self.handlers += [value] * name.startswith("on")
            if name == "id":
                self.ids.append(value)
            elif name == "href":
                self.links.append(value)
            elif name in {"src", "srcset", "action"} and not value.startswith("data:"):
                self.outside.append(value)

    def handle_endtag(self, tag):
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data):
        if not self.silent:
            self.texts.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())


@pytest.fixture(scope="module")
def pages():
    return {name: render.page(study(**state), TEMPLATES) for name, state in STATES.items()} | {
        "no class": render.page(without_classes(study()), TEMPLATES)
    }


def every(pages):
    return [(name, html, Page(html)) for name, html in pages.items()]


def test_the_page_asks_nothing_of_the_outside(pages):
    for name, html, page in every(pages):
        assert page.outside == [], name
        assert not page.handlers, name
        assert not re.search(r"@import|url\(|\bfetch\(|XMLHttpRequest", html), name
        assert all(not re.match(r"[a-z]+:", link) for link in page.links), name


def test_identifiers_are_unique_and_tabs_lead_somewhere(pages):
    for name, _, page in every(pages):
        assert len(page.ids) == len(set(page.ids)), name
        for link in page.links:
            if re.fullmatch(r"#\w+", link) and link != "#contenu":
                assert f"page-{link[1:]}" in page.ids, (name, link)


def test_links_inside_a_page_have_a_target(pages):
    for name, html, page in every(pages):
        anchors = set(re.findall(r'data-ancre="([^"]+)"', html))
        inner = {link[1:] for link in page.links if re.match(r"#(classes|themes|hypotheses)/", link)}
        assert inner <= anchors, name


def test_nothing_english_and_no_hole_is_shown(pages):
    codes = "active|supplementary|interviewer|NOUN|VERB|None|nan|True|False|small_leaf|row_lost|intact"
    for name, _, page in every(pages):
        shown = re.sub(r"(config\.yaml|resources/)\S*", "", page.text.split("Tous les réglages")[0])
        found = re.search(rf"(?<!forme )\b({codes})\b", shown)
        assert not found, (name, found)


def test_what_was_said_cannot_become_markup(pages):
    plain, hostile = Page(pages["full"]), Page(pages["hostile words"])
    assert hostile.tags.count("script") == plain.tags.count("script")
    assert hostile.tags.count("img") == plain.tags.count("img")
    assert "{{ 7*7 }}" in pages["hostile words"]
    packed = re.search(r'id="donnees">(.*?)</script>', pages["hostile words"])[1]
    said = json.loads(gzip.decompress(base64.b64decode(packed)))
    assert HOSTILE in said["interviews"][0]["turns"][1][1]


def test_unverified_is_said_on_every_page(pages):
    assert pages["undecided findings"].count('class="bandeau verifier"') == len(render.PAGES)
    assert 'class="bandeau verifier"' not in pages["full"]


def test_invented_is_said_on_every_page():
    material = study()
    settings = {**material.settings, "study": {**material.settings["study"], "invented": True}}
    html = render.page(replace(material, settings=settings), TEMPLATES)
    assert html.count('class="bandeau invente"') == len(render.PAGES)


def test_same_inputs_same_bytes_whatever_their_order(pages):
    material = study()
    turned = replace(
        material,
        shelf=dict(reversed(material.shelf.items())),
        figures=dict(reversed(material.figures.items())),
        settings=json.loads(json.dumps(material.settings, sort_keys=True)),
    )
    assert render.page(turned, TEMPLATES) == pages["full"]


def test_lost_and_doubtful_codings_are_listed(pages):
    text = Page(pages["full"]).text
    assert "des mots perdus" in text and "passage perdu" in text and "ancrage douteux" in text


def test_codings_without_grid_are_still_shown(pages):
    assert "libre" in Page(pages["codings without grid"]).text


@given(st.text())
def test_script_data_holds_any_text_and_never_ends_early(text):
    script = passages.as_script({"said": text})
    assert "<" not in script and json.loads(script) == {"said": text}


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_signed_numbers(value, digits):
    shown = render.signed(value, digits)
    read = float(re.sub("[\u202f+]", "", shown).replace("−", "-").replace(",", "."))
    assert read == pytest.approx(round(value, digits), abs=1.01 * 10**-digits / 2 + 1e-9)
    assert ("+" in shown or "−" in shown) == (read != 0)


def test_french_singulars_and_dates():
    assert [render.plural(n, "mot") for n in (0, 1, 2, 1234)] == [
        "0\u00a0mot",
        "1\u00a0mot",
        "2\u00a0mots",
        "1\u202f234\u00a0mots",
    ]
    assert render.french_date("2022-06-01") == "1er juin 2022"
    assert render.french_spaces("« oui » : non ?") == "«\u00a0oui\u00a0»\u00a0: non\u00a0?"


def test_what_is_not_known_is_a_dash():
    assert typography.decimal(None) == typography.percent(None, 0) == "—"
