"""Where segments lie among the words, whatever size they were cut to.

A word has the class of the segment that holds it. Between two ends of segments, of whichever size, all words have
the same classes in all trials: such stretches are counted once, with the number of their words as weight.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

WORD_POSITION = ["interview", "turn", "token"]
IGNORED = "ignored"


def locate(segments: pl.DataFrame, tokens: pl.DataFrame) -> np.ndarray:
    """Return the first and last token (n_segments, 2) of `segments`, as rows of `tokens` in the order of its key.

    `segments` has the columns of corpus/segments; `tokens` is corpus/tokens.
    """
    numbered = tokens.select(WORD_POSITION).sort(WORD_POSITION).with_row_index("row")
    ends = [
        segments.select("interview", turn=f"{end}_turn", token=f"{end}_token")
        .join(numbered, on=WORD_POSITION, how="left", maintain_order="left")["row"]
        .to_numpy()
        for end in ("first", "last")
    ]
    return np.stack(ends, axis=1).astype(np.int64)


def counted(tokens: pl.DataFrame, turns: pl.DataFrame) -> np.ndarray:
    """Say for each row of `tokens`, in the order of its key, whether it is a counted word of a participant."""
    roles = turns.select("interview", "turn", "role")
    words = tokens.sort("interview", "turn", "token").join(roles, on=["interview", "turn"], maintain_order="left")
    return words.select((pl.col("status") != IGNORED) & (pl.col("role") == "participant")).to_series().to_numpy()


def stretches(places: Sequence[np.ndarray], counted: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    """Return the counted words (m,) of each stretch, and for each of `places` the segment (m,) that holds it.

    places: (n_segments, 2) each, first and last token of segments, in order and apart from one another; counted:
    (n_tokens,), whether a token counts. Stretches lie between two neighbouring ends of any of them; −1 = in no
    segment.
    """
    bounds = np.unique(np.concatenate([[0], *(np.concatenate([p[:, 0], p[:, 1] + 1]) for p in places)]))
    begins, total = bounds[:-1], np.concatenate([[0], np.cumsum(counted)])
    held = []
    for place in places:
        segment = np.searchsorted(place[:, 0], begins, side="right") - 1
        inside = (segment >= 0) & (begins <= np.append(place[:, 1], -1)[segment])
        held.append(np.where(inside, segment, -1))
    return np.diff(total[bounds]), held
