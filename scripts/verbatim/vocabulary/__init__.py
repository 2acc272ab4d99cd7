"""The vocabulary of an analysis: its size and richness, and who uses which parts of speech and groups of words."""

from verbatim.vocabulary.specific import parts_of_speech, word_groups
from verbatim.vocabulary.statistics import measure, segment_lengths
from verbatim.vocabulary.words import Words, check_variables, collect

__all__ = [
    "Words",
    "check_variables",
    "collect",
    "measure",
    "parts_of_speech",
    "segment_lengths",
    "word_groups",
]
