"""Planes, chronology, residuals and stability: nothing covers, nothing is cut, nothing is lost, all is told."""

import numpy as np
import polars as pl
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb

import drawn_classes as drawn
from verbatim.figures import canvas, chronology, class_marks, plane, plane_attributes, residuals, stability

PALETTE = drawn.PALETTE
ATTRIBUTES = {"age": 3, "genre": 2, "lieu": 30}


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def segments(k, n=5, length=20, seed=1):
    random = np.random.default_rng(seed)
    rows = [(f"E{i:03d}", s, int(random.integers(0, k + 1))) for i in range(n) for s in range(1, length + 1)]
    return pl.DataFrame([*rows, ("E000", length + 1, k)], schema=["interview", "segment", "class"], orient="row")


def speakers(n=5, panels=("accompagnant", "accompagné")):
    people = [(f"E{i:03d}", f"P{i}", "participant", panels[i % len(panels)]) for i in range(n)]
    asking = [(f"E{i:03d}", "ENQ", "interviewer", None) for i in range(n)]
    schema = dict.fromkeys(("interview", "speaker", "role", "panel"), pl.String)
    return pl.DataFrame(people + asking, schema=schema, orient="row")


def crossed(k, attributes=ATTRIBUTES, seed=1):
    random = np.random.default_rng(seed)
    counted = {**attributes, "interview": 4}
    rows = [
        (variable, f"modalité {j:02d} de {variable}", c, 400 - j, 3 * random.normal(), random.random())
        for variable, n in counted.items()
        for j in range(n)
        for c in range(1, k + 1)
    ]
    schema = ["variable", "modality", "class", "n_modality", "residual", "p_by_interview"]
    return pl.DataFrame(rows, schema=schema, orient="row")


def measured(k, seed=1):
    mean = np.random.default_rng(seed).random(k)
    ends = {"low": 0.6 * mean, "mean": mean, "high": mean + 0.5 * (1 - mean)}
    indices = {f"{of}_{end}": values for of in ("jaccard", "segments") for end, values in ends.items()}
    rows = {"dominant_interview": ["E001"] * k, "dominant_share": mean[::-1], "n_resamples": [1234] * k}
    lost = {"influential_interview": ["E004_code_long"] * k, "influence_jaccard": mean}
    return pl.DataFrame({"class": range(1, k + 1), **indices, **rows, **lost})


def influence(k, n=5, seed=1):
    random = np.random.default_rng(seed)
    rows = [(c, f"E{i:03d}", random.random()) for c in range(1, k + 1) for i in range(n)]
    return pl.DataFrame(rows, schema=["class", "interview", "jaccard"], orient="row")


def correspondence(k, n_words=120, attributes=ATTRIBUTES, n_interviews=20, n_axes=4, seed=1):
    random = np.random.default_rng(seed)
    terms = [("class", str(c)) for c in range(1, k + 1)]
    terms += [("active", term) for term in drawn.profiles(k, n_words)["term"].unique().sort()]
    terms += [("attribute", f"{v}=modalité {j:02d} de {v}") for v, n in attributes.items() for j in range(n)]
    terms += [("attribute", f"interview=E{i:03d}") for i in range(n_interviews)]
    axes = range(1, n_axes + 1)
    return pl.DataFrame(terms, schema=["kind", "term"], orient="row").with_columns(
        *(pl.Series(f"coordinate_{i}", random.normal(0, 1 / i, len(terms))) for i in axes),
        *(pl.lit(0.4 / i).alias(f"inertia_{i}") for i in axes),
    )


def figure(kind, k, n=5):
    named = drawn.names(k)
    return {
        "plane": lambda: plane.draw(correspondence(k), drawn.profiles(k), 70, PALETTE, named),
        "attributes": lambda: plane_attributes.draw(correspondence(k, n_interviews=n), PALETTE, named),
        "chronology": lambda: chronology.draw(segments(k, n), speakers(n), PALETTE, named),
        "residuals": lambda: residuals.draw(crossed(k), named),
        "stability": lambda: stability.draw(measured(k), influence(k, n), PALETTE, named),
    }[kind]()


STATES = [(kind, k, n) for kind in ("chronology", "stability") for k, n in ((1, 1), (2, 5), (7, 61), (40, 12))]
STATES += [("residuals", k, 5) for k in (1, 2, 14)]
STATES += [(kind, k, 20) for kind in ("plane", "attributes") for k in (3, 8)]


@pytest.mark.parametrize(("kind", "k", "n"), STATES)
def test_no_label_covers_another_or_is_cut(kind, k, n):
    found = figure(kind, k, n)
    assert drawn.covering(found) == []
    assert drawn.outside(found) == []


@pytest.mark.parametrize("kind", ["plane", "attributes", "chronology", "residuals", "stability"])
def test_every_class_is_told_by_its_name_or_number(kind):
    told = drawn.said(figure(kind, 5))
    assert all(name in told for name in drawn.names(5).values())
    assert "Classe 2" in told and "Classe 4" in told


@pytest.mark.parametrize("kind", ["plane", "attributes", "chronology", "residuals", "stability"])
def test_the_same_tables_give_the_same_bytes(kind, tmp_path):
    for name in ("a", "b"):
        canvas.save(figure(kind, 3), tmp_path / f"{name}.svg", tmp_path / f"{name}.png", 72)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_nothing_to_draw_is_said():
    for found, said in [
        (plane.draw(correspondence(2), drawn.profiles(2), 20, PALETTE), "trois classes"),
        (plane.draw(correspondence(3, n_axes=1), drawn.profiles(3), 20, PALETTE), "pas de plan"),
        (plane.draw(correspondence(3).clear(), drawn.profiles(3).clear(), 20, PALETTE), "trois classes"),
        (plane_attributes.draw(correspondence(2), PALETTE), "trois classes"),
        (plane_attributes.draw(correspondence(3, attributes={}, n_interviews=0), PALETTE), "Aucun attribut"),
        (chronology.draw(segments(1).with_columns(pl.lit(0).alias("class")), speakers(), PALETTE), "Aucune classe"),
        (chronology.draw(segments(1).clear(), speakers(), PALETTE), "Aucune classe"),
        (residuals.draw(crossed(3).clear()), "Aucun attribut"),
        (residuals.draw(crossed(3, {})), "Aucun attribut"),
        (stability.draw(measured(3).clear(), influence(3).clear(), PALETTE), "Aucune classe"),
    ]:
        assert said in drawn.said(found)


def test_the_plane_shows_the_axes_asked_for_and_their_inertia():
    told = drawn.said(plane.draw(correspondence(4), drawn.profiles(4), 20, PALETTE, {}, [3, 2]))
    assert "Axe 3 : 13,3\u202f%" in told and "Axe 2 : 20,0\u202f%" in told and "demandé" not in told


def test_an_axis_that_does_not_exist_is_told():
    for axes, said in (([5, 1], "l'axe 5 demandé n'existe pas"), ([6, 5], "les axes 6 et 5 demandés")):
        for found in (
            plane.draw(correspondence(4), drawn.profiles(4), 20, PALETTE, {}, axes),
            plane_attributes.draw(correspondence(4), PALETTE, {}, axes),
        ):
            told = drawn.said(found)
            assert said in told and "Axe 1" in told and "Axe 2" in told


def test_every_word_of_the_plane_is_there_once_with_the_class_that_it_marks_most():
    marked = drawn.profiles(5)
    told = [text.get_text() for text in drawn.written(plane.draw(correspondence(5), marked, 60, PALETTE))]
    best = {term: c for term, c, _ in marked.sort("chi2").select("term", "class", "chi2").iter_rows()}
    shown = [term for term, c in best.items() if told.count(term + class_marks.exponent(c)) == 1]
    assert len(shown) == min(60, len(best))


def test_one_unit_is_as_long_across_as_up():
    places = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [-3.0, -0.5]])
    anchors = plane.settle(places, np.full((4, 2), 10.0)).anchors
    assert np.isclose(anchors[1, 0] - anchors[0, 0], anchors[2, 1] - anchors[0, 1])


def test_labels_too_many_for_the_page_make_it_grow():
    places = np.random.default_rng(1).normal(0, 1, (200, 2))
    small, large = plane.settle(places[:20], np.full((20, 2), 12.0)), plane.settle(places, np.full((200, 2), 60.0))
    assert large.size[0] > small.size[0]


def test_every_modality_and_interview_stands_on_the_plane_of_attributes():
    told = drawn.said(figure("attributes", 4, 12))
    assert all(f"modalité {j:02d} de {v}" in told for v, n in ATTRIBUTES.items() for j in range(n))
    assert all(f"E{i:03d}" in told for i in range(12))


def test_a_value_of_two_attributes_is_told_with_its_attribute():
    table = correspondence(3, attributes={}, n_interviews=0)
    terms = ["jour=oui", "nuit_longue=oui", "nuit_longue=non"]
    both = pl.concat([table, pl.DataFrame({"kind": "attribute", "term": terms})], how="diagonal_relaxed")
    found = plane_attributes.draw(both.with_columns(pl.col("^coordinate_.*$").fill_null(0.1)), PALETTE)
    told = [text.get_text().replace("\u00a0", " ") for text in drawn.written(found)]
    assert {"jour : oui", "nuit longue : oui", "non"} <= set(told)


def test_markers_of_attributes_stand_at_their_points_clear_of_labels():
    table = correspondence(3, attributes={"age": 3, "genre": 2}, n_interviews=8)
    found = plane_attributes.draw(table, PALETTE)
    marks = [line for line in found.axes[0].lines if line.get_marker() in plane_attributes.SHAPES[:2]]
    marks = [line for line in marks if line.get_markersize() > 3]
    where = found.axes[0].transData.transform([(line.get_xdata()[0], line.get_ydata()[0]) for line in marks])
    assert len(marks) == 5 + 2
    for left, bottom, right, top in drawn.boxes(found):
        assert not any(left < x < right and bottom < y < top for x, y in where)


def test_the_chronology_has_a_row_for_each_interview_under_its_panel():
    told = [text.get_text() for text in drawn.written(chronology.draw(segments(3, 4), speakers(4), PALETTE))]
    rows = [text for text in told if text.startswith(("E0", "accompagn"))]
    assert rows == ["accompagnant", "E000", "E002", "accompagné", "E001", "E003"]


def test_the_chronology_without_panels_has_no_titles_and_with_some_says_which_have_none():
    assert "panel" not in drawn.said(chronology.draw(segments(3), speakers(panels=(None,)), PALETTE))
    assert "sans panel" in drawn.said(chronology.draw(segments(3), speakers(panels=("a", None)), PALETTE))


def area(found, k):
    """The area of the cells of class k of a figure of one interview, over that of all."""
    surfaces = {
        to_rgb(collection.get_facecolor()[0][:3]): sum(
            np.prod(path.get_extents().size) for path in collection.get_paths()
        )
        for collection in found.axes[0].collections
        if collection.get_facecolor().size
    }
    return surfaces[to_rgb(canvas.colour(PALETTE, k))] / sum(surfaces.values())


def test_cells_are_as_many_as_segments():
    one = segments(3, 1, 30)
    found = chronology.draw(one, speakers(1), PALETTE)
    assert all(np.isclose(area(found, c), one["class"].eq(c).mean()) for c in (1, 2, 3))


def test_over_sixty_interviews_the_chronology_shows_tenths():
    assert "Dixièmes" not in drawn.said(figure("chronology", 3, 60))
    told = drawn.said(figure("chronology", 3, 61))
    assert "Dixièmes" in told and "61 entretiens" in told and "accompagné" in told


def test_classes_of_one_colour_have_different_hatches():
    palette = PALETTE[:2]
    looks = [(canvas.colour(palette, c), class_marks.hatch(palette, c)) for c in range(1, 13)]
    assert len(set(looks)) == 12
    assert len({class_marks.hatch(PALETTE, c) for c in range(1, 4)}) == 3


def test_each_residual_is_written_with_its_sign():
    table = crossed(4, {"age": 3})
    told = [text.get_text() for text in drawn.written(residuals.draw(table))]
    for value in table.filter(pl.col("variable") == "age")["residual"]:
        assert residuals.signed(value) in told
    assert [residuals.signed(v) for v in (2.34, -2.34, 0.04, -0.04, 1234.0)] == [
        *("+2,3", "−2,3", "0,0", "0,0", "+1\u202f234")
    ]


def lightness(tint):
    return float(np.dot((0.2126, 0.7152, 0.0722), to_rgb(tint)))


def test_residuals_darken_on_both_sides_and_are_pale_in_between():
    for sign in (1, -1):
        shades = [lightness(residuals.tint(sign * size)) for size in (0, 1.9, 2, 4, 6, 8)]
        assert shades[0] == shades[1] and shades[1:] == sorted(shades[1:], reverse=True)
        assert len(set(shades[1:])) == 5
    assert residuals.tint(3) != residuals.tint(-3)


def test_of_many_modalities_the_most_frequent_are_shown_and_this_is_told():
    told = drawn.said(residuals.draw(crossed(2, {"lieu": 31, "age": 30})))
    assert "les 30 modalités les plus fréquentes sur 31" in told and told.count("plus fréquentes") == 1
    assert "modalité 30 de lieu" not in told and "modalité 29 de lieu" in told and "modalité 29 de age" in told
    assert "de interview" not in told


def test_stability_tells_indices_bands_and_dominant_interviews():
    told = drawn.said(figure("stability", 3))
    assert all(word in told for word in ("fragile", "à discuter", "stable", "0,60", "0,75", "1\u202f234 tirages"))
    row = measured(3).row(0, named=True)
    assert french(row["jaccard_mean"]) in told and f"E001 : {french(100 * row['dominant_share'], 1)}" in told


def french(value, digits=2):
    return f"{value:.{digits}f}".replace(".", ",")


def test_influence_is_a_matrix_up_to_forty_interviews_and_told_beyond():
    told = drawn.said(figure("stability", 2, 40))
    assert "1 − Jaccard" in told and "E039" in told and "perd" not in told.split("Ce que la classe perd")[0]
    told = drawn.said(figure("stability", 2, 41))
    assert "1 − Jaccard" not in told and "sans E004_code_long" in told


def test_influence_greys_darken_with_what_is_lost():
    table = pl.DataFrame({"class": [1, 1], "interview": ["E000", "E001"], "jaccard": [0.9, 0.2]})
    found = stability.draw(measured(1), table, PALETTE)
    cells = [patch for patch in found.axes[0].patches if round(patch.get_height(), 1) == 14.2]
    first, second = (lightness(patch.get_facecolor()[:3]) for patch in cells)
    assert first > second


def test_long_codes_keep_their_ends_so_that_they_differ():
    codes = [f"corpus_complet_{i:04}" for i in range(30)]
    shown = {canvas.short_code(code, 14) for code in codes}
    assert len(shown) == 30 and max(map(len, shown)) == 14
    assert canvas.short_code("E01", 14) == "E01"
