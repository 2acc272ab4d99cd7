"""Passages that the cues of a grid suggest: never a coding until a person accepts it."""
