"""What is said beside a coefficient of agreement: when it is the wrong tool, or rests on little."""

import numpy as np
import polars as pl

from agreement_study import SAID, STUDIES, THREE, TWO, cell, coding, found_in, measured
from verbatim import agreement
from verbatim.coder_agreement import remarks, study


def remark(name, codes, coders=("ana", "bob"), n_interviews=12, resamples=200):
    """Return what is said of a coefficient of these codes (n, coders)."""
    codes = np.array(codes)
    sees = codes == 1
    seen = sees.any(axis=1)
    found = {
        "cohen": agreement.cohen_kappa(codes, resamples=resamples) if len(coders) == 2 else study.UNDEFINED,
        "fleiss": agreement.fleiss_kappa(codes, resamples=resamples),
        "krippendorff": agreement.krippendorff_alpha(codes, resamples=resamples),
        "gwet": agreement.gwet_ac1(codes, n_categories=2, resamples=resamples),
        "brennan_prediger": agreement.brennan_prediger(codes, n_categories=2, resamples=resamples),
    }
    facts = remarks.Facts(
        n_units=len(codes), n_seen=int(seen.sum()), n_shared=int(sees.all(axis=1).sum()), n_interviews=n_interviews,
        coders=coders, seen_by=tuple(c for c, own in zip(coders, sees.T, strict=True) if own.any()),
        by_interview=n_interviews >= 5, resamples=resamples,
    )  # fmt: skip
    return remarks.remark(name, found, facts)


# both, one, the other, nobody
def table_of(*counts):
    return [pair for pair, n in zip(((1, 1), (1, 0), (0, 1), (0, 0)), counts, strict=True) for _ in range(n)]


def test_a_rare_theme_lowers_what_chance_corrects_by_prevalence_and_it_is_said_beside_it_only():
    rare, everywhere, usual = table_of(2, 6, 6, 186), table_of(186, 6, 6, 2), table_of(60, 5, 5, 60)
    for name in ("cohen", "fleiss", "krippendorff"):
        said = remark(name, rare)
        assert "paradoxe de la prévalence : 94 % d'accord observé" in said.replace("\u202f", " ").replace("\xa0", " ")
        assert "le thème est rare" in said and "AC1 (0,94)" in said
        assert "le thème est presque partout" in remark(name, everywhere)
        assert remark(name, usual) is None
        # κ 0,59 and AC1 0,76: not so far from one another; κ 0,22 and AC1 0,73, but not much agreement observed
        assert remark(name, table_of(17, 8, 7, 68)) is None
        assert remark(name, table_of(5, 10, 10, 75)) is None
    for name in ("gwet", "brennan_prediger"):
        assert "porté par l'accord sur l'absence" in remark(name, rare)
        assert "2 seulement des 14 unités" in remark(name, rare)
        assert remark(name, everywhere) is None and remark(name, usual) is None


def test_how_little_there_is_to_compare_is_said():
    assert "29 unités seulement (moins de 30)" in remark("gwet", table_of(12, 2, 2, 13))
    assert remark("gwet", table_of(12, 2, 2, 14)) is None
    assert "thème vu dans 9 unités seulement (moins de 10)" in remark("gwet", table_of(7, 1, 1, 41))
    assert "thème vu dans 1 unité seulement" in remark("gwet", table_of(1, 0, 0, 49))
    assert remark("gwet", table_of(8, 1, 1, 41)) is None
    assert "4 entretiens seulement" in remark("gwet", table_of(20, 3, 3, 20), n_interviews=4)
    assert "1 entretien seulement : intervalle tiré sur les unités" in remark(
        "gwet", table_of(20, 3, 3, 20), n_interviews=1
    )
    assert "intervalle grossier" in remark("gwet", table_of(20, 3, 3, 20), n_interviews=9)
    assert remark("gwet", table_of(20, 3, 3, 20), n_interviews=10) is None


def test_resamples_without_the_theme_and_intervals_of_one_point_are_said():
    assert "% des rééchantillons n'ont pas le thème" in remark("cohen", table_of(1, 0, 0, 49)).replace("\xa0", " ")
    assert "rééchantillons n'ont pas" not in (remark("cohen", table_of(20, 3, 3, 24)) or "")
    assert "réduit à un point" in remark("cohen", table_of(20, 0, 0, 30))
    assert "pas d'intervalle : une seule unité" in remark("brennan_prediger", [(1, 1)])


def test_what_is_undefined_or_not_for_so_many_says_why_and_nothing_else():
    assert remark("krippendorff", table_of(50, 0, 0, 0)).startswith("indéfini : tous les codeurs disent partout")
    assert remark("brennan_prediger", table_of(50, 0, 0, 0)).startswith("aucun rééchantillon")
    assert remark("gwet", table_of(0, 0, 0, 50)) == "personne ne voit ce thème dans les entretiens comparés"
    assert remark("gwet", np.zeros((0, 2), dtype=int)) == "aucune unité à comparer"
    three = [(1, 1, 0), (0, 0, 1), (0, 0, 0), (1, 1, 1)] * 10
    said = remark("cohen", three, ("ana", "bob", "carl"))
    assert said == "le κ de Cohen est fait pour deux codeurs ; ils sont 3 : lire Fleiss ou Krippendorff"
    assert remark("fleiss", three, ("ana", "bob", "carl")) is None
    assert "seul bob voit ce thème" in remark("fleiss", table_of(0, 0, 20, 30))


def test_a_theme_that_all_see_everywhere_has_no_value_by_prevalence_but_one_by_equal_chances():
    turns = [(name, n) for name in ("E01", "E02") for n, (role, _) in enumerate(SAID[name], 1) if role == "participant"]
    rows = [coding(f"{who}{i}", who, *at, (0, 999), "bruit") for who in ("ana", "bob") for i, at in enumerate(turns)]
    table = measured(rows)
    values = dict(table.filter(theme="bruit").select("coefficient", "value").rows())
    assert values == {"gwet": 1, "brennan_prediger": 1} | dict.fromkeys(("cohen", "fleiss", "krippendorff", "unitised"))
    assert found_in(rows).is_empty()


def test_every_value_that_is_none_says_why():
    for rows in STUDIES.values():
        table = measured(rows)
        assert table.filter(pl.col("value").is_null())["remark"].is_not_null().all()
        assert "2 entretiens seulement" in cell(table, "bruit", "gwet")["remark"]
    assert "sont 3" in cell(measured(THREE), "bruit", "cohen")["remark"]
    assert cell(measured([row for row in TWO if row["theme"] != "table"]), "table", "gwet")["remark"] == (
        "personne ne voit ce thème dans les entretiens comparés"
    )
