"""When a coefficient is the wrong tool, or says less than it seems: in French, beside each value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from verbatim.agreement import Coefficient
from verbatim.typography import decimal, integer, percent

# Fewer units, or fewer that anybody codes: the interval hides how little there is.
FEW_UNITS, FEW_SEEN = 30, 10
# Feinstein and Cicchetti (1990): much agreement observed and yet a low κ, far under AC₁, which prevalence moves less.
MUCH, LOW, FAR = 0.85, 0.6, 0.2
# AC₁ and Brennan-Prediger this high while coders share less than half of what one of them sees.
HIGH, HALF = 0.6, 0.5
COARSE, UNSURE = 10, 0.05
BY_PREVALENCE = ("cohen", "fleiss", "krippendorff")
BY_CHANCE = ("gwet", "brennan_prediger")


@dataclass(frozen=True)
class Facts:
    """What a theme offers to compare: units, those that somebody sees it in, those that all see it in; who sees it."""

    n_units: int
    n_seen: int
    n_shared: int
    n_interviews: int
    coders: tuple[str, ...]
    seen_by: tuple[str, ...]
    by_interview: bool
    resamples: int


def remark(name: str, found: Mapping[str, Coefficient], facts: Facts) -> str | None:
    """Return what is to be known of the coefficient `name` among those `found` of a theme; None: nothing special."""
    if not facts.n_units:
        return "aucune unité à comparer"
    if not facts.n_seen:
        return "personne ne voit ce thème dans les entretiens comparés"
    if name == "cohen" and len(facts.coders) > 2:
        return f"le κ de Cohen est fait pour deux codeurs ; ils sont {len(facts.coders)} : lire Fleiss ou Krippendorff"
    if np.isnan(found[name].value):
        return "indéfini : tous les codeurs disent partout la même chose, le hasard en ferait autant"
    said = [*_who(facts), *_wrong(name, found, facts), *_little(facts), *_interval(found[name], facts)]
    return " ; ".join(said) or None


def _who(facts: Facts) -> list[str]:
    if len(facts.seen_by) == 1:
        return [f"seul {facts.seen_by[0]} voit ce thème"]
    return []


def _wrong(name: str, found: Mapping[str, Coefficient], facts: Facts) -> list[str]:
    one, gwet = found[name], found["gwet"]
    share = facts.n_shared / facts.n_seen
    if name in BY_PREVALENCE and one.observed >= MUCH and one.value < LOW and gwet.value - one.value >= FAR:
        rare = "rare" if facts.n_seen < facts.n_units / 2 else "presque partout"
        return [
            f"paradoxe de la prévalence : {percent(one.observed, 0)} d'accord observé, mais le thème est {rare}, ce "
            f"qui abaisse ce coefficient ; lire aussi AC1 ({decimal(gwet.value, 2)})"
        ]
    if name in BY_CHANCE and one.value >= HIGH and share < HALF:
        return [
            "porté par l'accord sur l'absence : tous voient le thème dans "
            f"{integer(facts.n_shared)} seulement des {integer(facts.n_seen)} unités où l'un d'eux le voit"
        ]
    return []


def _little(facts: Facts) -> list[str]:
    said = []
    if facts.n_units < FEW_UNITS:
        said.append(f"{integer(facts.n_units)} unités seulement (moins de {FEW_UNITS})")
    if facts.n_seen < FEW_SEEN:
        units = "unités" if facts.n_seen > 1 else "unité"
        said.append(f"thème vu dans {integer(facts.n_seen)} {units} seulement (moins de {FEW_SEEN})")
    return said


def _interval(one: Coefficient, facts: Facts) -> list[str]:
    said = []
    if np.isnan(one.low):
        said.append("pas d'intervalle : une seule unité")
    elif one.low == one.high:
        said.append("aucun rééchantillon n'en diffère : l'intervalle, réduit à un point, ne dit rien")
    lacking = one.n_undefined / facts.resamples
    if lacking > UNSURE:
        said.append(f"{percent(lacking, 0)} des rééchantillons n'ont pas le thème : l'intervalle se passe d'eux")
    if not facts.by_interview:
        said.append(
            f"{integer(facts.n_interviews)} entretien{'s' if facts.n_interviews > 1 else ''} seulement : intervalle "
            "tiré sur les unités, qui se ressemblent dans un entretien, donc trop étroit"
        )
    elif facts.n_interviews < COARSE:
        said.append(f"intervalle grossier : il ne repose que sur {integer(facts.n_interviews)} entretiens")
    return said
