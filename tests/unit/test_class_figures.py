"""Dendrograms, complete tree, profiles and clouds: nothing covers, nothing is cut, nothing is lost."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

import drawn_classes as drawn
from verbatim.figures import canvas, class_clouds, class_titles, dendrogram, labels, profiles, whole_tree, word_cloud
from verbatim.figures.tree_shape import Leaf, complete, leaves, pruned, splits

WORDS = 12
COUNTS = (1, 2, 7, 8, 40)


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def study(k, double=False):
    """Tree, segments and profiles of `k` classes; a second tree that cuts otherwise in double mode."""
    tree = drawn.tree(k)
    both = pl.concat([tree, drawn.tree(k, which=2, seed=5)]) if double else tree
    return both, drawn.segments(tree), drawn.profiles(k)


def figure(kind, k, double=False):
    tree, classes, marked = study(k, double)
    given_names = drawn.names(k)
    return {
        "dendrogram": lambda: dendrogram.draw(tree, classes, marked, WORDS, drawn.PALETTE, given_names),
        "clouds": lambda: dendrogram.draw_clouds(tree, classes, marked, WORDS, drawn.PALETTE, given_names),
        "tree": lambda: whole_tree.draw(tree, classes, drawn.PALETTE, given_names),
        "profiles": lambda: profiles.draw(classes, marked, WORDS, drawn.PALETTE, given_names),
        "class_clouds": lambda: class_clouds.draw(classes, marked, 45, drawn.PALETTE, given_names),
    }[kind]()


def test_labels_that_cover_or_leave_the_figure_are_noticed():
    found = canvas.new(2, 1)
    for x, y, text in ((0.5, 0.5, "lien"), (0.52, 0.5, "écran"), (0.98, 0.1, "dehors")):
        found.text(x, y, text)
    assert drawn.covering(found) == [("lien", "écran")] and drawn.outside(found) == ["dehors"]


@pytest.mark.parametrize("k", COUNTS)
@pytest.mark.parametrize("kind", ["dendrogram", "tree", "profiles"])
def test_no_label_covers_another_or_is_cut(kind, k):
    found = figure(kind, k)
    assert drawn.covering(found) == []
    assert drawn.outside(found) == []


@pytest.mark.parametrize("k", [1, 2, 8])
def test_no_word_of_a_cloud_and_no_bar_covers_another_or_is_cut(k):
    found = figure("class_clouds", k)
    assert drawn.covering(found) == []
    assert drawn.outside(found) == []


@pytest.mark.parametrize("k", [3, 9])
@pytest.mark.parametrize("kind", ["dendrogram", "tree"])
def test_no_label_of_a_double_classification_covers_another_or_is_cut(kind, k):
    found = figure(kind, k, double=True)
    assert drawn.covering(found) == []
    assert drawn.outside(found) == []
    assert "second arbre" in drawn.said(found).lower()


@pytest.mark.parametrize("k", [2, 8])
@pytest.mark.parametrize("kind", ["dendrogram", "clouds", "tree", "profiles", "class_clouds"])
def test_every_class_is_shown_with_its_number_and_whole_name(kind, k):
    told = drawn.said(figure(kind, k))
    for number in range(1, k + 1):
        assert f"Classe {number}" in told
    for name in drawn.names(k).values():
        assert name in told


@pytest.mark.parametrize(("kind", "n"), [("dendrogram", 12), ("clouds", 24), ("profiles", 12), ("class_clouds", 45)])
@pytest.mark.parametrize("k", [2, 8])
def test_no_word_is_lost(kind, n, k):
    told = drawn.said(figure(kind, k)).replace(",", " ").split()
    for number in range(1, k + 1):
        assert {word for word, _ in profiles.best_words(drawn.profiles(k), number, n)} <= set(told)


@pytest.mark.parametrize("kind", ["dendrogram", "clouds", "tree", "profiles", "class_clouds"])
def test_the_same_tables_give_the_same_bytes(kind, tmp_path):
    for name in ("a", "b"):
        canvas.save(figure(kind, 3, double=True), tmp_path / f"{name}.svg", tmp_path / f"{name}.png", 80)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_nothing_to_draw_is_said():
    tree, classes, marked = study(2)
    bare, none, no_words = tree.filter(pl.col("node") == 1), classes.filter(pl.col("class") == 0), marked.clear()
    for empty in (none, none.clear()):
        assert "Aucune classe" in drawn.said(dendrogram.draw(bare, empty, no_words, 5, drawn.PALETTE))
        assert "Aucune classe" in drawn.said(dendrogram.draw_clouds(bare, empty, no_words, 5, drawn.PALETTE))
        assert "Aucune classe" in drawn.said(profiles.draw(empty, no_words, 5, drawn.PALETTE))
        assert "Aucune classe" in drawn.said(class_clouds.draw(empty, no_words, 5, drawn.PALETTE))
        assert "Aucune division" in drawn.said(whole_tree.draw(bare, empty, drawn.PALETTE))
        assert "Aucune division" in drawn.said(whole_tree.draw(bare.clear(), empty, drawn.PALETTE))


def test_classes_without_any_word_say_so():
    tree, classes, marked = study(3)
    assert "aucun mot caractéristique" in drawn.said(profiles.draw(classes, marked.clear(), 5, drawn.PALETTE))
    assert "aucun mot caractéristique" in drawn.said(class_clouds.draw(classes, marked.clear(), 5, drawn.PALETTE))
    assert "Classe 3" in drawn.said(dendrogram.draw(tree, classes, marked.clear(), 5, drawn.PALETTE))


@settings(max_examples=25)
@given(st.integers(2, 12), st.integers(0, 6), st.integers(0, 1000))
def test_pruning_keeps_each_class_once_and_nothing_else(k, n_aside, seed):
    shape = complete(drawn.tree(k, n_aside=n_aside, seed=seed))
    kept = pruned(shape)
    assert sorted(leaf.number for leaf in leaves(kept)) == list(range(1, k + 1))
    assert len(list(splits(kept))) == k - 1
    assert sum(leaf.number is None for leaf in leaves(shape)) == n_aside
    assert [leaf.node for leaf in leaves(kept)] == [leaf.node for leaf in leaves(shape) if leaf.number]


def test_what_is_below_a_class_is_pruned():
    tree = drawn.tree(4, n_aside=0)
    inner = tree.filter(pl.col("mother") == 1)["node"][0]
    below = [inner]
    while fresh := [n for n in tree.filter(pl.col("mother").is_in(below))["node"] if n not in below]:
        below += fresh
    number = pl.when(pl.col("node") == inner).then(9).when(~pl.col("node").is_in(below)).then("class")
    shape = complete(tree.with_columns(number.cast(pl.Int64).alias("class")))
    assert Leaf(inner, 9, tree.filter(pl.col("node") == inner)["n_segments"][0]) in leaves(pruned(shape))
    assert all(leaf.node not in below[1:] for leaf in leaves(pruned(shape)))


def siblings_and_others():
    """The classes of a tree of four: two that are sisters, then the other two."""
    tree = drawn.tree(4, n_aside=0)
    pairs = tree.filter(pl.col("class").is_not_null()).group_by("mother").agg("class").sort("mother")
    sisters = next(own for _, own in pairs.rows() if len(own) == 2)
    return tree, sisters, [number for number in range(1, 5) if number not in sisters]


def test_merged_sisters_are_one_leaf():
    tree, (one, other), _ = siblings_and_others()
    shape = pruned(complete(drawn.merge(tree, {n: one if n == other else n for n in range(1, 5)})))
    assert len(leaves(shape)) == 3
    sizes = dict(tree.select("class", "n_segments").drop_nulls().iter_rows())
    assert next(leaf.n_segments for leaf in leaves(shape) if leaf.number == one) == sizes[one] + sizes[other]


@pytest.mark.parametrize("draw", [dendrogram.draw, dendrogram.draw_clouds])
def test_merged_classes_that_are_not_sisters_are_two_leaves_that_say_so(draw):
    tree, (one, _), (other, _) = siblings_and_others()
    numbers = {n: one if n == other else n for n in range(1, 5)}
    classes = drawn.merge(drawn.segments(tree), numbers, "found")
    found = draw(drawn.merge(tree, numbers), classes, drawn.profiles(4), 6, drawn.PALETTE, drawn.names(4))
    told = [text.get_text() for text in drawn.written(found)]
    assert told.count(f"Classe {one}") == 2 and told.count("fusionnée") == 2
    n = class_titles.sizes(classes)[one]
    here = [leaf.n_segments for leaf in leaves(pruned(complete(drawn.merge(tree, numbers)))) if leaf.number == one]
    assert [text for text in told if "dont" in text] == [f"{n} segments, dont {part} ici" for part in here]


def test_the_complete_tree_shows_what_was_set_aside_and_when():
    tree, classes, _ = study(5)
    told = [
        text.get_text().replace("\u00a0", " ") for text in drawn.written(whole_tree.draw(tree, classes, drawn.PALETTE))
    ]
    aside = tree.filter(pl.col("class").is_null() & ~pl.col("node").is_in(tree["mother"].to_list()))
    expected = {
        f"{n} segments mis de côté à la division {node // 2}" for node, n in aside.select("node", "n_segments").rows()
    }
    assert expected <= set(told)


@settings(max_examples=25)
@given(st.integers(1, 60), st.integers(0, 10_000))
def test_packed_boxes_never_overlap_and_stay_inside(n, seed):
    random = np.random.default_rng(seed)
    sides = np.stack([random.uniform(5, 60, n), random.uniform(5, 20, n)], axis=1)
    centres = labels.pack(sides, (500.0, 400.0))
    assert labels.overlaps(centres, sides) == 0
    assert np.all(centres - sides / 2 >= 0) and np.all(centres + sides / 2 <= (500, 400))


def test_boxes_that_cannot_be_packed_are_refused():
    assert labels.pack(np.array([[50.0, 10.0]] * 3), (60.0, 25.0)) is None
    assert labels.pack(np.array([[70.0, 10.0]]), (60.0, 25.0)) is None


def ink(cloud):
    """The boxes (n, 4) of the ink of the words of a cloud."""
    font = FontProperties(family="DejaVu Sans")
    rows = []
    for word, (x, y), size in zip(cloud.words, cloud.centres, cloud.sizes, strict=True):
        extent = TextPath((0, 0), word, size=size, prop=font).get_extents()
        left, base = x - (extent.x0 + extent.x1) / 2, y - 0.27 * size
        rows.append((left + extent.x0, base + extent.y0, left + extent.x1, base + extent.y1))
    return np.array(rows)


@settings(max_examples=25)
@given(st.integers(1, 50), st.integers(0, 1000))
def test_words_of_a_cloud_are_all_there_apart_uncut_and_sized_by_the_root_of_chi2(n, seed):
    best = profiles.best_words(drawn.profiles(1, n, seed), 1, n)
    cloud = word_cloud.cloud(best, n, (216.0, 160.0))
    assert cloud.words == [word for word, _ in best]
    found = ink(cloud)
    centres, sides = (found[:, :2] + found[:, 2:]) / 2, found[:, 2:] - found[:, :2]
    assert labels.overlaps(centres, sides) == 0
    assert found.min() >= -0.5 and np.all(found[:, 2:] <= (216.5, 160.5))
    large = cloud.sizes > cloud.sizes.min()
    roots = np.sqrt([chi2 for _, chi2 in best])
    assert cloud.sizes[large] == pytest.approx(cloud.sizes[0] * roots[large] / roots[0])


def test_words_that_find_no_room_are_told():
    best = profiles.best_words(drawn.profiles(1, 50), 1, 50)
    cloud = word_cloud.cloud(best, 50, (120.0, 12.0))
    assert 0 < len(cloud.words) < 50
    assert word_cloud.told(cloud, 50).startswith(f"{len(cloud.words)} des 50 mots")


def test_fewer_words_than_asked_are_told():
    _, classes, marked = study(2)
    few = marked.filter((pl.col("class") == 1) | (pl.col("term") == "lien"))
    assert "1 mot seulement" in drawn.said(class_clouds.draw(classes, few, 20, drawn.PALETTE))


@given(st.text(alphabet="abc éœ;:!?»«%-", max_size=60), st.floats(20, 200))
def test_wrapped_lines_fit_and_keep_every_letter(text, room):
    lines = labels.wrap(text, room, 8.0)
    kept = "".join(line for line in lines).replace("-", "").replace("\u00a0", " ").replace(" ", "")
    assert kept == text.replace("-", "").replace(" ", "")
    assert all(labels.width(line, 8.0) <= room or len(line) <= 2 for line in lines)


def test_wrapped_lines_break_as_the_french_do():
    lines = labels.wrap("Que faire ? « Rien » : 12 %", 30, 8.0)
    assert not any(line[0] in "?»:%" or line.endswith("«") for line in lines)


def test_titles_tell_number_and_name():
    assert class_titles.title(3, {3: "Le lien à distance"}) == "Classe 3 · Le lien à distance"
    assert class_titles.title(3, {1: "autre"}) == "Classe 3"
    assert class_titles.lines(3, {3: "Le lien à distance"}, 60, 9)[0] == "Classe 3"


@pytest.mark.parametrize("count", range(1, 45))
def test_rows_of_panels_are_nearly_equal(count):
    across = class_titles.across(count, 4)
    assert 1 <= across <= 4
    assert -(-count // across) == -(-count // 4)


def test_a_very_large_png_has_fewer_dots(tmp_path):
    canvas.save(canvas.new(2, 200), tmp_path / "a.svg", tmp_path / "a.png", 300)
    data = (tmp_path / "a.png").read_bytes()
    assert int.from_bytes(data[20:24]) <= canvas.MOST_ALONG
