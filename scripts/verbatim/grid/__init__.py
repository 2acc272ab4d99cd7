"""The analysis grid: its themes, what became of older ones, and how much of each interview is coded under each."""

from verbatim.grid.filling import descendants, fill, merge
from verbatim.grid.following import Grid, current
from verbatim.grid.model import Pattern, Split, Theme, schema
from verbatim.grid.reading import misnamed_hypotheses, read, themes

__all__ = [
    "Grid",
    "Pattern",
    "Split",
    "Theme",
    "current",
    "descendants",
    "fill",
    "merge",
    "misnamed_hypotheses",
    "read",
    "schema",
    "themes",
]
