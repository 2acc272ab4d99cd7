"""Reinert's descending classification of segments by the words they share (Reinert 1983, 1990)."""

from verbatim.reinert.descent import Descent, Split, descend
from verbatim.reinert.profiles import Profile, profile, signed_chi2
from verbatim.reinert.terminal import Classes, classify, classify_as_iramuteq, smallest_class
from verbatim.reinert.typical import PROFILE_THRESHOLD, Typical, typical

__all__ = [
    "PROFILE_THRESHOLD",
    "Classes",
    "Descent",
    "Profile",
    "Split",
    "Typical",
    "classify",
    "classify_as_iramuteq",
    "descend",
    "profile",
    "signed_chi2",
    "smallest_class",
    "typical",
]
