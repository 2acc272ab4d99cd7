"""Words of an analysis: which segments it takes, how often each word occurs in them, who says it."""

from verbatim.lexicon.counting import COUNTED, count
from verbatim.lexicon.saying import Cells, Said, by_modality, said
from verbatim.lexicon.selection import check_variables, described, select, unknown

__all__ = [
    "COUNTED",
    "Cells",
    "Said",
    "by_modality",
    "check_variables",
    "count",
    "described",
    "said",
    "select",
    "unknown",
]
