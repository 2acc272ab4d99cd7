"""The figures of similarity graphs: nothing over anything, legible on a page, the same bytes each time."""

import json
import subprocess
import sys

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot

import drawn_graphs as drawn
from places import PROGRAM
from verbatim import layout
from verbatim.figures import graph, graph_colours, graph_comparison, graph_printing, graph_scales, graph_wording

MILLIMETRES = 25.4


@pytest.fixture(autouse=True)
def _closed():
    yield
    pyplot.close("all")


def figure_of(frames, names=None):
    summary, nodes, edges, communities = frames
    about = summary.row(0, named=True)
    modalities = graph_colours.modalities(summary, nodes, about["colour"])
    return graph.draw(about, nodes, edges, communities, drawn.PALETTE, names or {}, modalities)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 45), st.sampled_from([0.0, 0.7, 1.0]), st.sampled_from(["class", "genre"]))
def test_nothing_overlaps_is_cut_or_strays(seed, n, share, colour):
    frames = drawn.frames(n, seed, share, colour)
    figure = figure_of(frames, {1: "Le lien à distance", 2: drawn.LONG})
    seen = drawn.counted(figure, frames[1])
    pyplot.close(figure)
    assert (seen.overlaps, seen.cut, seen.strayed) == ([], [], 0)
    for word in frames[1]["lemma"]:
        assert sum(text.rstrip("¹²³") == word for text in seen.texts) == 1
    assert seen.smallest >= 6


def test_many_words_are_legible_on_a_page():
    frames = drawn.frames(150, 3)
    figure = figure_of(frames)
    seen = drawn.counted(figure, frames[1])
    assert (seen.overlaps, seen.cut, seen.strayed) == ([], [], 0)
    assert seen.smallest >= 6
    width, height = figure.get_size_inches() * MILLIMETRES
    assert width <= 297 and height <= 210


def test_what_a_page_cannot_hold_legibly_is_larger_than_a_page():
    summary, nodes, edges, communities = drawn.frames(40, 3)
    wide = nodes.with_columns(x=5 * pl.col("x"), y=5 * pl.col("y"))
    figure = figure_of((summary, wide, edges, communities))
    seen = drawn.counted(figure, nodes)
    assert seen.smallest == pytest.approx(6) and seen.cut == []
    assert (figure.get_size_inches() * MILLIMETRES).max() > 297


def test_overlaps_are_seen_by_the_count():
    frames = drawn.frames(20, 1)
    figure = figure_of(frames)
    words = [text for text in figure.axes[0].texts if text.get_zorder() == drawn.WORDS_LEVEL]
    words[3].set_position(words[7].get_position())
    seen = drawn.counted(figure, frames[1])
    assert seen.overlaps and seen.strayed
    words[3].set_position((-30, 0))
    assert words[3].get_text() in drawn.counted(figure).cut


def test_labels_made_for_another_layout_are_pushed_apart():
    summary, nodes, edges, communities = drawn.frames(12, 1)
    heaped = nodes.with_columns(x=pl.col("x") / 3, y=pl.col("y") / 3)
    seen = drawn.counted(figure_of((summary, heaped, edges, communities)), nodes)
    assert seen.overlaps == []


def test_the_foot_says_what_colours_and_scales_mean():
    said = " ".join(drawn.counted(figure_of(drawn.frames(20, 2))).texts)
    for part in ("classe que le mot", "racine carrée", "cooccurrence (linéaire)", "arbre maximum", "en tirets"):
        assert part in said
    by_modality = " ".join(drawn.counted(figure_of(drawn.frames(20, 2, colour="genre"))).texts).replace("\u00a0", " ")
    assert "modalité de « genre »" in by_modality and "modalité 1" in by_modality and "Classe" not in by_modality


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"message": "La classe 7 n'existe pas ici."}, "La classe 7 n'existe pas ici."),
        ({"absent": "licorne, regard"}, "jamais dits ici : licorne, regard"),
        ({}, "Aucun mot à montrer"),
    ],
)
def test_a_graph_without_words_says_why(changes, said):
    summary, nodes, edges, communities = drawn.frames(0)
    told = summary.with_columns(*(pl.lit(value).alias(name) for name, value in changes.items()))
    texts = " ".join(drawn.counted(figure_of((told, nodes, edges, communities))).texts)
    assert said in texts and "Graphe g" in texts


def test_one_word_or_words_without_a_link_are_drawn_with_what_is_to_be_said():
    for n in (1, 5):
        summary, nodes, edges, communities = drawn.frames(n, share=0.0, more=0)
        assert edges.is_empty()
        told = summary.with_columns(message=pl.lit("Aucun de ces mots ne se rencontre avec un autre."))
        seen = drawn.counted(figure_of((told, nodes, edges, communities)), nodes)
        assert "Aucun de ces mots ne se rencontre avec un autre." in seen.texts
        assert seen.overlaps == [] and len([t for t in seen.texts if t.rstrip("¹²³") in nodes["lemma"]]) == n


def test_the_graph_of_a_class_bears_the_name_of_the_class():
    about = {"of": "class", "subject": "2", "title": "Classe 2"}
    assert graph_wording.title(about, {2: "Le lien"}) == "Classe 2 · Le lien"
    assert graph_wording.title(about | {"title": "Mon titre"}, {2: "Le lien"}) == "Mon titre"
    assert graph_wording.title(about, {}) == "Classe 2"


@given(st.lists(st.floats(-5, 100), min_size=1, max_size=20))
def test_widths_are_linear_in_the_weight(weights):
    values = np.array([*weights, np.inf])
    found = graph_scales.widths(values).of(values)
    low, high = min(weights), max(weights)
    if high - low > 1e-6:
        thin, thick = graph_scales.THINNEST, graph_scales.THICKEST
        expected = [thin + (thick - thin) * (w - low) / (high - low) for w in weights]
        assert found[:-1].tolist() == pytest.approx(expected)
        assert found[-1] == pytest.approx(thick)
    assert np.isfinite(found).all()


def test_the_majority_gives_its_tint():
    assert graph_colours.majority(np.array([2, 2, 1])) == 2
    assert graph_colours.majority(np.array([2, 2, 1, 0])) == 0
    assert graph_colours.majority(np.array([0, 0, 1])) == 0


def test_a_modality_has_one_colour_in_all_graphs():
    both = [pl.concat(parts) for parts in zip(drawn.frames(9, 1, graph="a", colour="genre"),
                                              drawn.frames(9, 2, graph="b", colour="genre"), strict=True)]  # fmt: skip
    found = graph_colours.modalities(both[0], both[1], "genre")
    assert found == sorted(set(both[1]["modality"].drop_nulls()))
    assert graph_colours.modalities(both[0], both[1], "classe") == []


PRINT = """
import sys, json
sys.path[:0] = json.loads(sys.argv[1])
from pathlib import Path
import drawn_graphs as drawn
from verbatim.figures import graph_printing
for name, figure in graph_printing.drawn(*drawn.frames(25, 4), drawn.PALETTE, {1: "Été"}):
    graph_printing.save(figure, Path(sys.argv[2]), name, 80)
"""


def test_the_same_bytes_in_another_process_with_another_seed_of_hashes(tmp_path):
    paths = json.dumps([str(PROGRAM / "scripts"), str(PROGRAM / "tests")])
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {"PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": seed, "TZ": f"UTC+{seed}"}
        subprocess.run([sys.executable, "-c", PRINT, paths, str(folder)], env=environment, check=True)
    for ending in ("svg", "png", "pdf"):
        one, other = (tmp_path / seed / f"g.{ending}" for seed in ("1", "2"))
        assert one.read_bytes() == other.read_bytes()
    assert b"/CreationDate" not in (tmp_path / "1" / "g.pdf").read_bytes()


def compared(n=60, seed=1):
    random = np.random.default_rng(seed)
    words = [f"mot{k:02d}" for k in range(24)]
    pairs = sorted({tuple(sorted(random.choice(24, 2, replace=False).tolist())) for _ in range(n)})
    rows = []
    for k, (a, b) in enumerate(pairs):
        first, second = (0, 4) if k % 5 == 0 else (4, 0) if k % 5 == 1 else (3, 5)
        difference = (first - second) / 20
        row = {"variable": "panel", "first": "un", "second": "deux", "source": words[a], "target": words[b]}
        row |= {"n_first": first, "n_second": second, "weight_first": first / 20, "weight_second": second / 20}
        row |= {"difference": difference, "low": difference - 0.15, "high": difference + 0.15}
        rows.append(row | {"p": 0.01 + k / 100, "p_adjusted": 0.01 if k < 2 else 0.5})
    return drawn.filled("graphs/comparison", rows)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_comparison_shows_common_and_own_links_without_overlap(seed):
    table = compared(seed=seed)
    links = graph_comparison.picked(table)
    for kind, n in links.group_by("kind").len().iter_rows():
        assert n <= (graph_comparison.COMMON if kind == "both" else graph_comparison.ONLY)
    only = links.filter(pl.col("kind") != "both")
    assert ((only["n_first"] == 0) | (only["n_second"] == 0)).all()
    assert links.filter(kind="both").select((pl.min_horizontal("n_first", "n_second") > 0).all()).item()
    seen = drawn.counted(graph_comparison.draw(table, drawn.PALETTE))
    assert (seen.overlaps, seen.cut) == ([], [])
    for word in set(links["source"]) | set(links["target"]):
        assert word in seen.texts
    assert any("« un »" in text for text in seen.texts) and "*" in seen.texts


def test_the_names_of_groups_are_never_cut():
    named = compared().with_columns(first=pl.lit(drawn.LONG), second=pl.lit(drawn.LONG + drawn.LONG))
    seen = drawn.counted(graph_comparison.draw(named, drawn.PALETTE))
    assert (seen.overlaps, seen.cut) == ([], [])
    assert f"seulement « {drawn.LONG + drawn.LONG} »" in seen.texts


def test_the_comparison_of_nothing_and_of_one_sided_links():
    empty = graph_comparison.draw(compared().clear(), drawn.PALETTE)
    assert any("graphs.compare" in text for text in drawn.counted(empty).texts)
    seen = drawn.counted(graph_comparison.draw(compared().filter(pl.col("n_second") == 0), drawn.PALETTE))
    assert "aucun lien" in seen.texts and seen.overlaps == []


def test_the_pdf_keeps_letters_as_text(tmp_path):
    (name, figure), *_ = graph_printing.drawn(*drawn.frames(5, 1), drawn.PALETTE, {})
    graph_printing.save(figure, tmp_path, name, 72)
    content = (tmp_path / "g.pdf").read_bytes()
    assert b"/Subtype /CIDFontType2" in content and b"/Type3" not in content


def test_halos_leave_a_gutter():
    sides, labels = np.full((2, 2), 20.0), np.array([1, 2])
    none = np.zeros(0, dtype=int)
    found = layout.halos(np.array([[0.0, 0.0], [21.0, 0.0]]), sides, labels, none, none)
    between = found[2][0][:, 0].min() - found[1][0][:, 0].max()
    assert 1 < between < 6
