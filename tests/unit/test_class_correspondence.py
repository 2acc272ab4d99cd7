"""Profiles, antiprofiles and correspondence analysis of the originals' classes against the originals' tables."""

import numpy as np
import polars as pl
import pytest
from scipy.io import mmread
from scipy.sparse import csr_array

from places import PROGRAM, SHARED
from verbatim import reinert
from verbatim.correspondence import analyse
from verbatim.reinert.profiles import FEWEST_SEGMENTS

SOURCES = {
    "planted": (PROGRAM / "tests/data/reinert", "planted_ira_svdR"),
    "theses_fr": (SHARED / "reference", "theses_fr_ira_irlbaexact"),
}


@pytest.fixture(scope="module", params=sorted(SOURCES))
def original(request):
    folder, prefix = SOURCES[request.param]
    if not (folder / f"{prefix}_afc_eig.csv").is_file():
        pytest.skip(f"{request.param}: the reference results lie in ../shared/reference, which is absent")
    read = {
        kind: pl.read_csv(folder / f"{prefix}_{kind}.csv")
        for kind in ("classes", "profiles", "afc_eig", "afc_rows_std", "afc_cols_std")
    }
    labels = read["classes"]["classe"].to_numpy()
    presence = csr_array(mmread(folder / f"{request.param}.mtx"))
    return read, reinert.profile(presence, labels, np.zeros(len(labels), dtype=int))


def standard(table):
    return table.select("^Dim.*$").to_numpy()


def test_profiles_and_antiprofiles_hold_the_same_forms(original):
    read, found = original
    forms = read["profiles"]["form"].to_numpy()
    theirs = read["profiles"].select("^chi2_classe.*$").to_numpy()
    ours = np.round(found.chi2[forms], 3)
    assert ((ours > 2) == (theirs > 2)).all() and (theirs > 2).any()
    assert ((ours < -2) == (theirs < -2)).all() and (theirs < -2).any()


def test_principal_coordinates_are_the_standard_ones_times_the_singular_values(original):
    read, profile = original
    kept = np.flatnonzero(profile.n_total >= FEWEST_SEGMENTS)
    rows, columns, axes = read["afc_rows_std"], read["afc_cols_std"], read["afc_eig"]
    assert rows["form"].to_list() == kept.tolist()
    found = analyse(profile.n_in_class[kept], profile.n_in_class.shape[1] - 1)
    k = standard(columns).shape[1]
    assert len(found.inertia) == k
    np.testing.assert_allclose(found.singular_values, axes["sv"][:k], atol=1e-10)
    np.testing.assert_allclose(found.inertia, axes["eigenvalue"][:k], atol=1e-10)
    np.testing.assert_allclose(100 * found.inertia_share, axes["pct"][:k], atol=1e-8)
    np.testing.assert_allclose(found.row_mass, rows["mass"], atol=1e-12)
    np.testing.assert_allclose(found.column_mass, columns["mass"], atol=1e-12)
    signs = np.sign((found.column_principal * standard(columns)).sum(axis=0))
    np.testing.assert_allclose(found.column_principal, signs * standard(columns) * found.singular_values, atol=1e-8)
    np.testing.assert_allclose(found.row_principal, signs * standard(rows) * found.singular_values, atol=1e-7)


def test_the_class_that_contributes_most_to_an_axis_is_on_its_positive_side(original):
    found = analyse(original[1].n_in_class, original[1].n_in_class.shape[1] - 1)
    leading = found.column_contributions.argmax(axis=0)
    assert (found.column_principal[leading, np.arange(len(leading))] > 0).all()
