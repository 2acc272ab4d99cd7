# Passages that the cues of the grid suggest.
