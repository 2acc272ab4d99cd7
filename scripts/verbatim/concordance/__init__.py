"""Key words in context: what a search asks, where it is said, by whom, and how often."""

from verbatim.concordance.answers import answer, conditions
from verbatim.concordance.counting import counted, counts, keep, known_column, tell_counts
from verbatim.concordance.places import described, placed, search, sort, tell

__all__ = [
    "answer",
    "conditions",
    "counted",
    "counts",
    "described",
    "keep",
    "known_column",
    "placed",
    "search",
    "sort",
    "tell",
    "tell_counts",
]
