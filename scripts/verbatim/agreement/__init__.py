"""Coefficients of agreement between coders, on units that are given and on passages that coders delimit."""

from verbatim.agreement.coefficients import (
    NOT_CODED,
    Coefficient,
    brennan_prediger,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
)
from verbatim.agreement.unitised import Tally, tally, unitised_alpha

__all__ = [
    "NOT_CODED",
    "Coefficient",
    "Tally",
    "brennan_prediger",
    "cohen_kappa",
    "fleiss_kappa",
    "gwet_ac1",
    "krippendorff_alpha",
    "tally",
    "unitised_alpha",
]
