"""Correspondence analysis against R's ca, as IRaMuTeQ calls it, and against its own algebra."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from verbatim.correspondence import analyse

DATA = Path(__file__).parents[1] / "data/lexicon"
TABLES = arrays(np.int64, st.tuples(st.integers(1, 8), st.integers(1, 6)), elements=st.integers(0, 9))


def read(name):
    lines = list(csv.reader((DATA / name).read_text(encoding="utf-8").splitlines()))[1:]
    return np.array([[float(cell) if cell != "NA" else np.nan for cell in line[1:]] for line in lines])


def same_but_for_signs(found, expected):
    """Compare coordinates axis by axis: R leaves the sign to chance."""
    flips = np.sign((found * expected).sum(axis=0))
    np.testing.assert_allclose(found * flips, expected, atol=1e-9)


@pytest.mark.parametrize("name", ["robespierre", "period"])
def test_equal_to_r(name):
    found, columns = analyse(read(f"spec_{name}_table.csv")), read(f"afc_{name}_cols.csv")
    axes = read(f"afc_{name}_eig.csv")
    k = len(found.inertia)
    np.testing.assert_allclose(found.singular_values, axes[:, 0], atol=1e-12)
    np.testing.assert_allclose(found.inertia, axes[:, 1], atol=1e-12)
    np.testing.assert_allclose(100 * found.inertia_share, axes[:, 2], atol=1e-9)
    same_but_for_signs(found.column_principal / found.singular_values, columns[:, :k])
    np.testing.assert_allclose(found.column_cos2, columns[:, 10 : 10 + k], atol=1e-10)
    np.testing.assert_allclose(found.column_contributions, columns[:, 15 : 15 + k], atol=1e-10)
    np.testing.assert_allclose(found.column_mass, columns[:, 20], atol=1e-12)


def test_rows_equal_to_r():
    found, rows = analyse(read("spec_robespierre_table.csv")), read("afc_robespierre_rows.csv")
    same_but_for_signs(found.row_principal / found.singular_values, rows[:, :5])
    np.testing.assert_allclose(found.row_cos2, rows[:, 10:15], atol=1e-10)
    np.testing.assert_allclose(found.row_contributions, rows[:, 15:20], atol=1e-10)


@given(TABLES)
def test_distances_masses_and_shares(table):
    assume(table.sum() > 0)
    found = analyse(table, supplementary_rows=table)
    rows, columns = table.sum(axis=1) > 0, table.sum(axis=0) > 0
    profiles = table[np.ix_(rows, columns)] / table[rows].sum(axis=1, keepdims=True)
    scaled = profiles / np.sqrt(found.column_mass[columns])
    expected = np.square(scaled[:, None] - scaled[None]).sum(axis=2)
    drawn = np.square(found.row_principal[rows][:, None] - found.row_principal[rows][None]).sum(axis=2)
    np.testing.assert_allclose(drawn, expected, atol=1e-9)
    np.testing.assert_allclose(found.supplementary_principal, found.row_principal, atol=1e-7)
    np.testing.assert_allclose(found.row_mass @ np.square(found.row_principal), found.inertia, atol=1e-12)
    np.testing.assert_allclose(found.row_contributions.sum(axis=0), 1, atol=1e-9)
    assert not found.row_principal[~rows].any()
    assert not found.column_principal[~columns].any()
    largest = np.abs(found.column_principal * np.sqrt(found.column_mass)[:, None]).argmax(axis=0)
    assert (found.column_principal[largest, np.arange(len(found.inertia))] > 0).all()


def test_signs_do_not_depend_on_the_order_of_rows():
    table = read("spec_robespierre_table.csv")
    np.testing.assert_allclose(analyse(table[::-1]).row_principal[::-1], analyse(table).row_principal, atol=1e-12)


def test_axes_kept_leave_shares_of_the_whole():
    table = read("spec_robespierre_table.csv")
    two, all_axes = analyse(table, n_axes=2), analyse(table)
    assert two.row_principal.shape == (6, 2)
    np.testing.assert_allclose(two.inertia_share, all_axes.inertia_share[:2])
    np.testing.assert_allclose(two.row_cos2, all_axes.row_cos2[:, :2])


@pytest.mark.parametrize("table", [np.zeros((3, 4)), np.zeros((0, 2)), np.ones((1, 3)), np.outer([1, 2, 3], [4, 5])])
def test_no_inertia_gives_no_axis(table):
    found = analyse(table, supplementary_rows=np.ones((2, table.shape[1])))
    assert found.row_principal.shape == (len(table), 0)
    assert found.supplementary_principal.shape == (2, 0)
    assert found.row_points().keys() == {"mass"}


def test_named_points_for_tables():
    found = analyse(read("spec_robespierre_table.csv"), n_axes=2, supplementary_rows=np.ones((1, 10)))
    assert list(found.row_points()) == [
        "mass",
        *(f"{name}_{axis}" for name in ("coordinate", "contribution", "cos2", "inertia") for axis in (1, 2)),
    ]
    assert found.column_points()["inertia_2"].tolist() == [found.inertia_share[1]] * 10
    assert "contribution_1" not in found.supplementary_points()


@pytest.mark.parametrize("table", [[[1, -1]], [[np.nan, 1]], [1, 2]])
def test_what_is_no_table_of_counts_is_refused(table):
    with pytest.raises(ValueError, match=r"counts|dimensions"):
        analyse(np.array(table))


def test_supplementary_rows_need_the_same_columns():
    with pytest.raises(ValueError, match="3 columns, the table has 2"):
        analyse(np.ones((2, 2)), supplementary_rows=np.ones((1, 3)))
