"""Similarity graphs in a browser: they show what they count, by pointer, wheel and keys, and without script."""

import dataclasses
import html
import json
import re
import shutil
import subprocess

import polars as pl
import pytest

from places import PROGRAM
from report_study import study
from verbatim import similarity, tables
from verbatim.report import render
from verbatim.settings import section

CHROMIUM = shutil.which("chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--hide-scrollbars", "--virtual-time-budget=8000"),
)
PROBE = """<script>
const faults = []; addEventListener('error', event => faults.push(event.message));
const wait = (time) => new Promise((done) => setTimeout(done, time));
const all = (selector) => [...document.querySelectorAll(selector)];
const block = () => document.querySelector('#page-similitudes .analyse:not([hidden]) .similitude');
const part = (role) => block().querySelector(`[data-role="${role}"]`);
const graphs = () => rapport.data.graphs[rapport.analysis].graphs;
const words = () => all('.sim-mot.choisi').map((one) => one.querySelector('text').firstChild.textContent);
const set = (role, value, kind = 'change') => {
  part(role).value = value; part(role).dispatchEvent(new Event(kind, { bubbles: true }));
};
const press = (key, more = {}) => document.activeElement.dispatchEvent(
  new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
const click = (element) => element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
const panel = () => ['#panneau-titre', '#panneau-objet'].map((id) => document.querySelector(id).textContent);
addEventListener('pret', async () => {
  await wait(500);
  let seen = null;
  try { seen = await (async () => { %s })(); } catch (error) { faults.push(String(error.stack)); }
  document.title = JSON.stringify({ faults, seen });
});</script>"""
DRAWN = {
    "ensemble": {"of": "corpus"},
    "classes": {"of": "class"},
    "modalite": {"of": "modality", "variable": "panel", "subject": "un"},
    "theme": {"of": "theme", "subject": "connexion", "minimum_frequency": 1},
    "mot": {"of": "word", "subject": "écran", "index": "jaccard"},
    "liste": {"of": "list", "list": ["café", "dans", "écran", "licorne"], "within": "turn"},
    "colore": {"of": "corpus", "colour": "panel", "form": "full"},
    "jamais": {"of": "word", "subject": "licorne"},
}
COMPARE = {"variable": "panel", "first": "un", "second": "deux", "index": "jaccard", "words": 20, "least": 1}

pytestmark = [
    pytest.mark.workflow,
    pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed (apt-get install chromium)"),
]


@pytest.fixture(scope="module")
def material():
    """A study whose graphs are of every kind, two groups compared."""
    graphs = {"drawn": DRAWN, "resamples": 3, "words": 20, "compare": {**COMPARE, "resamples": 20}}
    made = study(sentences=20, hostile="Le </script> <b>café</b>, l'écran.")
    analyses = {"ensemble": {"title": "Ensemble", "graphs": graphs}}
    made = dataclasses.replace(made, settings={**made.settings, "analyses": analyses})
    asked = section(made.settings, "graphs", "ensemble")
    own = {name: made.table(f"lexicon/{name}", "ensemble") for name in ("segment_lemmas", "lemmas")}
    own |= {
        name: made.table(f"classes/{key}", "ensemble")
        for name, key in (("profiles", "profiles"), ("classes", "segments"))
    }
    own |= {name: made.table(f"corpus/{name}") for name in ("segments", "speakers", "turns", "tokens")}
    found = similarity.graphs("ensemble", similarity.GraphMaterial(**own, codings=made.table("themes/codings")), asked)
    said = similarity.spoken(*(own[name] for name in ("segment_lemmas", "lemmas", "segments", "speakers", "classes")))
    frames = {kind: getattr(found, kind) for kind in ("summary", "nodes", "edges", "communities")}
    is_first = (pl.col("graph") == "colore") & (pl.col("class") == 1)
    frames["nodes"] = frames["nodes"].with_columns(modality=pl.when(is_first).then(pl.lit("un")).otherwise("modality"))
    frames["comparison"] = similarity.comparison("ensemble", said, {"panel": ["deux", "un"]}, asked)
    checked = {(f"graphs/{kind}", "ensemble"): tables.store.check(f"graphs/{kind}", f) for kind, f in frames.items()}
    return dataclasses.replace(made, shelf={**made.shelf, **checked})


@pytest.fixture(scope="module")
def report(material):
    return render.page(material, PROGRAM / "workflow" / "report")


def look(folder, page, script, address="similitudes", width=1440):
    """Open the page at an address, run `script` once it is drawn and return what that returns."""
    path = folder / "rapport.html"
    path.write_text(page.replace("<head>", "<head>" + PROBE % script, 1), encoding="utf-8")
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'profile'}", f"--window-size={width},1200", "--dump-dom"]
    done = subprocess.run([*command, f"{path.as_uri()}#{address}"], capture_output=True, text=True, timeout=120)
    found = json.loads(html.unescape(re.search(r"<title>(\{.*?\})</title>", done.stdout)[1]))
    assert found["faults"] == []
    return found["seen"]


def rows(material, kind, graph):
    return material.table(f"graphs/{kind}", "ensemble").filter(pl.col("graph") == graph)


def test_every_graph_is_offered_and_shows_as_many_passages_as_it_counts(material, report, tmp_path):
    script = """return graphs().map((graph) => [graph.graph, graph.words || [],
      (graph.words || []).map((word) => rapport.graphReading.passages(graph, [word]).length),
      (graph.links || []).map(([a, b]) => [graph.words[a], graph.words[b],
        rapport.graphReading.passages(graph, [graph.words[a], graph.words[b]]).length])])"""
    found = look(tmp_path, report, script)
    assert {name for name, *_ in found} == set(material.table("graphs/summary", "ensemble")["graph"])
    drawn = 0
    for name, words, times, links in found:
        nodes = rows(material, "nodes", name)
        assert dict(zip(words, times, strict=True)) == dict(nodes.select("lemma", "frequency").iter_rows())
        edges = rows(material, "edges", name).filter("shown").select("source", "target", "cooccurrence")
        assert sorted(map(tuple, links)) == sorted(edges.iter_rows())
        drawn += len(links)
    assert drawn > 100


def test_a_click_on_a_link_marks_both_words_in_each_passage(material, report, tmp_path):
    script = """const { links, words: names } = graphs()[0];
      click(document.querySelector('.sim-lien[data-lien="0"] .prise'));
      return [names[links[0][0]], names[links[0][1]], links[0][3], ...panel(), words(),
        all('#panneau figure').map((one) => [...one.querySelectorAll('mark')].map((mark) => mark.textContent)),
        all('#panneau figcaption').map((one) => one.textContent)]"""
    first, second, n, heading, about, chosen, marks, captions = look(tmp_path, report, script)
    assert heading == f"{n}\u00a0segments" and first in about and second in about
    assert sorted(chosen) == sorted([first, second])
    assert len(marks) == min(n, 30)
    assert all({first, second} <= {mark.lower() for mark in own} for own in marks)
    assert all(re.search(r"E0\d.*tour \d", text) for text in captions)


def test_a_click_on_a_word_shows_its_neighbours_and_leads_to_their_links(material, report, tmp_path):
    script = """const graph = graphs()[0];
      click(document.querySelector('.sim-mot[data-mot="2"] text'));
      const near = all('.sim-voisins .mot').map((one) => one.textContent);
      const before = [...panel(), words(), all('.sim-mot.voisin').length];
      const link = document.querySelector('.sim-voisins .v');
      const n = link.textContent;
      link.click();
      return [graph.words[2], graph.n[2], near, ...before, n, ...panel(), words().length]"""
    word, n, near, heading, about, chosen, neighbours, count, common, both, marked = look(tmp_path, report, script)
    edges = rows(material, "edges", "ensemble").filter("shown", (pl.col("source") == word) | (pl.col("target") == word))
    assert (heading, chosen) == (f"{n}\u00a0segments", [word]) and word in about
    assert set(near) == (set(edges["source"]) | set(edges["target"])) - {word} and len(near) == neighbours
    assert common == f"{count}\u00a0segment{'s' * (int(count) > 1)}" and near[0] in both and marked == 2


def test_keys_alone_move_zoom_open_and_close(report, tmp_path):
    script = """const size = () => parseFloat(part('taille').textContent);
      part('carte').focus();
      const sizes = [size()]; press('+'); sizes.push(size()); press('0'); press('-'); sizes.push(size());
      press('ArrowRight'); const steps = [words()]; press('ArrowLeft'); steps.push(words());
      press('Enter'); const opened = [...panel(), document.activeElement.id]; press('Escape');
      const closed = document.querySelector('#panneau').hidden;
      return [sizes, steps, opened, closed, document.activeElement === part('carte')]"""
    sizes, steps, opened, closed, back = look(tmp_path, report, script)
    assert sizes[1] > sizes[0] and sizes[2] < sizes[1]
    assert [len(step) for step in steps] == [1, 1]
    assert steps[1][0] in opened[1] and opened[2] == "panneau-titre"
    assert closed and back


def test_the_wheel_zooms_about_the_pointer_and_only_with_ctrl(report, tmp_path):
    script = """const frame = part('carte'); frame.style.width = '300px'; const box = frame.getBoundingClientRect();
      const at = [box.left + 100, box.top + 90];
      const place = () => { const own = frame.querySelector('svg').getBoundingClientRect();
        return [(at[0] - own.left) / own.width, (at[1] - own.top) / own.height]; };
      const turn = (more) => frame.dispatchEvent(new WheelEvent('wheel',
        { deltaY: -100, clientX: at[0], clientY: at[1], bubbles: true, cancelable: true, ...more }));
      for (let i = 0; i < 4; i += 1) document.querySelector('.similitude [data-zoom=plus]').click();
      const sizes = [part('taille').textContent]; turn({}); sizes.push(part('taille').textContent);
      const before = place(); turn({ ctrlKey: true }); sizes.push(part('taille').textContent);
      return [sizes, before, place()]"""
    sizes, before, after = look(tmp_path, report, script)
    assert sizes[0] == sizes[1] != sizes[2]
    assert after == pytest.approx(before, abs=0.01)


def test_search_finds_words_whatever_their_accents(report, tmp_path):
    script = """set('mot', 'ECRA', 'input'); const found = [words(), part('etat').textContent];
      set('mot', 'licorne', 'input'); const none = [words(), part('etat').textContent];
      set('mot', 'ecran', 'input'); part('mot').focus(); press('Enter');
      return [found, none, panel()]"""
    found, none, opened = look(tmp_path, report, script)
    assert found == [["écran"], "1\u00a0mot trouvé\u00a0: écran"]
    assert none[0] == [] and "Aucun mot" in none[1]
    assert "écran" in opened[1]


def test_every_graph_can_be_chosen_and_coloured(material, report, tmp_path):
    script = """const seen = {};
      for (const option of part('choix').options) {
        set('choix', option.value);
        const colours = [...part('couleur').options].map((one) => one.value);
        seen[option.value] = { said: part('reponse').textContent, state: part('etat').textContent, colours,
          drawn: part('figure').hidden ? 0 : all('.similitude .sim-mot').length, method: part('dit').textContent,
          links: part('figure').hidden ? 0 : all('.similitude .sim-lien').length,
          legends: colours.map((by) => {
            set('couleur', by); return all('[data-couleur]').map((one) => one.textContent); }) };
      }
      set('choix', 'ensemble'); part('halos').click(); part('autres').click();
      const style = (one) => getComputedStyle(document.querySelector(one)).display;
      return [seen, ['.sim-halos', '.sim-lien.hors'].map(style)]"""
    seen, shown = look(tmp_path, report, script)
    for about in material.table("graphs/summary", "ensemble").iter_rows(named=True):
        own = seen[about["graph"]]
        assert (own["drawn"], own["links"]) == (about["n_words"], about["n_shown"])
        assert "modalite" in own["colours"] or about["colour"] == "class"
    n = rows(material, "nodes", "colore").filter(pl.col("modality") == "un").height
    assert n > 1 and f"1\u00a0: un ({n}\u00a0mots)" in seen["colore"]["legends"][2]
    assert "jamais dit" in seen["jamais"]["said"]
    assert "licorne" in seen["liste"]["state"] and "tour de parole" in seen["liste"]["method"]
    assert shown == ["none", "none"]


def test_an_address_names_a_graph_and_tables_lead_to_passages(report, tmp_path):
    script = """const cells = ['liens', 'mots'].map((role) => part(role).querySelector('.v')).map((one) => {
        one.click(); return [one.textContent, panel()[0]]; });
      return [part('choix').value, cells, part('communautes').rows.length, part('fichiers').innerHTML]"""
    chosen, cells, communities, files = look(tmp_path, report, script, "similitudes/class_1")
    assert chosen == "class_1" and communities > 0
    assert all(heading.startswith(f"{n}\u00a0segment") for n, heading in cells)
    assert "../figures/ensemble/graphs/class_1.pdf" in files and "../exports/ensemble/graphs/class_1.gexf" in files


def test_differences_of_two_groups_lead_to_the_passages_of_each(material, report, tmp_path):
    script = """return all('.sim-intervalle').map((one) => { const row = one.closest('tr');
      return [row.cells[0].textContent, ...[...row.querySelectorAll('.v')].map((button) => {
        button.click(); return [button.dataset.m, Number(button.textContent), parseInt(panel()[0], 10)]; })]; })"""
    found = look(tmp_path, report, script)
    comparison = material.table("graphs/comparison", "ensemble")
    counts = {f"{r['source']} – {r['target']}": (r["n_first"], r["n_second"]) for r in comparison.iter_rows(named=True)}
    assert found
    for link, *sides in found:
        assert [n for _, n, _ in sides] == [n for n in counts[link] if n]
        assert all(n == shown for _, n, shown in sides)


@pytest.mark.parametrize("width", [1440, 420])
def test_the_page_never_scrolls_sideways_and_labels_can_be_read(report, tmp_path, width):
    script = """const font = Math.min(...graphs()[0].font);
      return [innerWidth, document.documentElement.scrollWidth, font * parseFloat(part('taille').textContent) / 100]"""
    inner, needed, smallest = look(tmp_path, report, script, width=width)
    assert needed <= inner
    assert smallest > 8.5


def test_without_a_script_a_table_of_the_strongest_links_stands(material, report):
    page = re.search(r'<section class="page" id="page-similitudes".*?</section>', report, re.DOTALL)[0]
    static = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    strongest = rows(material, "edges", "ensemble").sort("weight", "cooccurrence", descending=True).row(0, named=True)
    assert f"<th>{strongest['source']}</th>" in static and "demande JavaScript" in static
