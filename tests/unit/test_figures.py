import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim import typography
from verbatim.figures import canvas, cloud, grid, labels, plane, profiles
from verbatim.grid import Theme

PALETTE = ["#0072B2", "#E69F00", "#009E73"]


@given(st.integers(1, 60), st.integers(0, 10_000))
def test_placed_labels_never_overlap_and_stay_inside(n, seed):
    rng = np.random.default_rng(seed)
    boxes = np.stack([rng.uniform(15, 70, n), rng.uniform(8, 16, n)], axis=1)
    bounds = (700.0, 600.0)
    centres = labels.place(rng.normal(300, 40, (n, 2)), boxes, bounds)
    assert labels.overlaps(centres, boxes) == 0
    assert np.all(centres - boxes / 2 >= -1e-9) and np.all(centres + boxes / 2 <= np.array(bounds) + 1e-9)


def test_overlaps_are_counted():
    boxes = np.array([[10.0, 10.0]] * 3)
    assert labels.overlaps(np.array([[0.0, 0.0], [5.0, 5.0], [50.0, 0.0]]), boxes) == 1


def class_tables(k=3):
    classes = pl.DataFrame({"class": [1 + i % k for i in range(30)] + [0] * 4})
    rows = [("active", f"mot{i}", 1 + i % k, float(40 - i)) for i in range(24)]
    return classes, pl.DataFrame(rows, schema=["kind", "term", "class", "chi2"], orient="row")


def texts(figure):
    return [t.get_text() for axes in figure.axes for t in axes.texts] + [t.get_text() for t in figure.texts]


def test_profiles_show_each_class_with_its_words():
    shown = texts(profiles.draw(*class_tables(), 4, PALETTE))
    assert {"Classe 1", "Classe 2", "Classe 3", "mot0"} <= set(shown)


def correspondence(n=30):
    rng = np.random.default_rng(5)
    terms = [("class", str(i)) for i in (1, 2, 3)] + [("active", f"mot{i}") for i in range(n)]
    return pl.DataFrame(terms, schema=["kind", "term"], orient="row").with_columns(
        coordinate_1=pl.Series(rng.normal(0, 1, n + 3)),
        coordinate_2=pl.Series(rng.normal(0, 1, n + 3)),
        inertia_1=pl.lit(0.6),
        inertia_2=pl.lit(0.4),
    )


def test_the_plane_shows_every_word_once():
    _, rows = class_tables()
    shown = texts(plane.draw(correspondence(), rows, 20, PALETTE))
    assert sum(t.startswith("mot") for t in shown) == 20
    assert any("60,0" in t for t in shown)


LEMMAS = pl.DataFrame({"lemma": ["voir", "écran"], "n_occurrences": [40, 12], "status": ["active", "active"]})
INTERVIEWS = pl.DataFrame({"interview": ["A1", "B1"], "panel": ["a", None]})
GRID = pl.DataFrame(
    {"theme": ["t", "t"], "interview": ["A1", "B1"], "n_codings": [2, 0], "n_words": [30, 0], "share": [0.1, 0.0]}
)
THEMES = [Theme("t", "Un thème", "", 0)]


def figures():
    classes, rows = class_tables()
    return {
        "profiles": lambda: profiles.draw(classes, rows, 6, PALETTE),
        "plane": lambda: plane.draw(correspondence(), rows, 20, PALETTE),
        "cloud": lambda: cloud.draw(LEMMAS, 10, "#123456", 3),
        "grid": lambda: grid.draw(GRID, INTERVIEWS, THEMES, PALETTE),
    }


@pytest.mark.parametrize("kind", sorted(figures()))
def test_the_same_tables_give_the_same_bytes(kind, tmp_path):
    for name in ("a", "b"):
        canvas.save(figures()[kind](), tmp_path / f"{name}.svg", tmp_path / f"{name}.png", 80)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_nothing_to_draw_is_said():
    classes, rows = class_tables()
    none, no_class = rows.clear(), classes.filter(pl.col("class") == 0)
    for figure, said in [
        (profiles.draw(no_class, none, 5, PALETTE), "Aucune classe"),
        (plane.draw(correspondence().select("kind", "term", "coordinate_1"), rows, 5, PALETTE), "pas de plan"),
        (cloud.draw(LEMMAS.clear(), 5, "#123456", 1), "Aucun mot"),
        (grid.draw(GRID.clear(), INTERVIEWS, [], PALETTE), "Aucun codage"),
    ]:
        assert any(said in text for text in texts(figure))


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (typography.integer(1234567), "1\u202f234\u202f567"),
        (typography.decimal(1234.56), "1\u202f234,6"),
        (typography.decimal(-0.04), "0,0"),
        (typography.percent(0.125), "12,5\u202f%"),
        (typography.probability(0.0004), "<\u202f0,001"),
        (typography.probability(0.0421), "0,042"),
    ],
)
def test_numbers_are_printed_as_in_french_journals(shown, expected):
    assert shown == expected
