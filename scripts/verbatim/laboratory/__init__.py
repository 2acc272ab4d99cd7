"""The parameter laboratory: the classifications that other settings would have given, and how alike they are."""

from verbatim.laboratory.moves import band, what_moves

__all__ = ["band", "what_moves"]
