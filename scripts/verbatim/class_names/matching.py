"""Which class now stands for which class then: best one-to-one matching by the segments they share."""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.optimize import linear_sum_assignment

from verbatim.class_names.accepted import PLACE

NOT_THERE = -1
PAIRS = {"accepted_class": pl.Int64, "found": pl.Int64, "class": pl.Int64}
MATCHES = {
    "accepted_class": pl.Int64,
    "found": pl.Int64,
    "jaccard": pl.Float64,
    "status": pl.String,
    "n_shared": pl.Int64,
}


def counterparts(then: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """Return where each segment then is now: one row for each, and one for each segment that is new.

    `then` has the columns of accepted.SEGMENTS, `now` those of `accepted.placed_segments`. Columns
    accepted_class, found and class (both of now), 0 = unclassified, -1 = not there. A segment is where
    its interview has the same text (the first with the first, for texts that occur several times); one
    whose text changed is where most of its words are, by their positions, corrected by the shift of the
    nearest unchanged segment before it.
    """
    then, now = _ordered(then.rename({"class": "accepted_class"})), _ordered(now)
    same = then.join(now, on=["interview", "digest", "copy"], suffix="_now").select("row", "row_now")
    place = np.full(then.height, NOT_THERE)
    place[same["row"].to_numpy()] = same["row_now"].to_numpy()
    changed, unknown = _without(then, same["row"]), _without(now, same["row_now"])
    nearest = _most_overlapping(_shifted(changed, then, now), unknown)
    kept = nearest != NOT_THERE
    place[changed["row"].to_numpy()[kept]] = unknown["row"].to_numpy()[nearest[kept]]
    new = _most_overlapping(_shifted(unknown, now, then), changed) == NOT_THERE
    known = then.select("accepted_class", pl.Series("row", place))
    found = known.join(now.select("row", "found", "class"), on="row", how="left", maintain_order="left")
    born = unknown.filter(pl.Series(new, dtype=pl.Boolean)).with_columns(accepted_class=NOT_THERE)
    rows = pl.concat([frame.select(*PAIRS).cast(PAIRS) for frame in (found, born)])
    return rows.with_columns(pl.all().fill_null(NOT_THERE))


def _ordered(segments: pl.DataFrame) -> pl.DataFrame:
    """Return the segments in their order, with `row`, and `copy` and `n_copies` of the text in its interview."""
    return (
        segments.sort(PLACE)
        .with_row_index("row")
        .with_columns(
            pl.col("row").cast(pl.Int64),
            copy=pl.int_range(pl.len()).over("interview", "digest"),
            n_copies=pl.len().over("interview", "digest"),
        )
    )


def _without(segments: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    left = np.ones(segments.height, dtype=bool)
    left[rows.to_numpy()] = False
    return segments.filter(pl.Series(left, dtype=pl.Boolean))


def _shifted(some: pl.DataFrame, here: pl.DataFrame, there: pl.DataFrame) -> pl.DataFrame:
    """Return `some` segments of `here` with their positions `there`, as far as the unchanged segments tell.

    They move as did the nearest unchanged segment before them in the interview, or else after them; a
    text that occurs several times is no landmark.
    """
    landmarks = here.filter(n_copies=1).join(there.filter(n_copies=1), on=["interview", "digest"], suffix="_there")
    shifts = landmarks.select("row", shift=pl.col("start_there") - pl.col("start"))
    shift = pl.col("shift").forward_fill().over("interview")
    known = (
        here.select("row", "interview")
        .join(shifts, on="row", how="left", maintain_order="left")
        .select("row", pl.coalesce(shift, pl.col("shift").backward_fill().over("interview"), 0).alias("shift"))
    )
    moved = some.join(known, on="row", how="left", maintain_order="left")
    return moved.with_columns(pl.col("start", "end") + pl.col("shift"))


def _most_overlapping(segments: pl.DataFrame, others: pl.DataFrame) -> np.ndarray:
    """Return, for each of `segments`, the row of `others` with which it shares most words; -1 for none.

    Rows of `others` of an interview follow one another; the first wins among equals.
    """
    best = np.full(segments.height, NOT_THERE)
    if segments.is_empty() or others.is_empty():
        return best
    both = pl.concat([segments.select("interview"), others.select("interview")])["interview"]
    code = both.rank("dense").to_numpy().astype(np.int64)
    far = 2 + 2 * max(int(frame[c].abs().max()) for frame in (segments, others) for c in ("start", "end"))
    (start, end), (low, high) = (
        (frame["start"].to_numpy() + far * own, frame["end"].to_numpy() + far * own)
        for frame, own in ((segments, code[: segments.height]), (others, code[segments.height :]))
    )
    first, last = np.searchsorted(high, start, "right"), np.searchsorted(low, end, "left")
    most = np.zeros(segments.height, dtype=np.int64)
    for step in range(int((last - first).max(initial=0))):
        row = np.minimum(first + step, len(low) - 1)
        shared = np.where(first + step < last, np.minimum(end, high[row]) - np.maximum(start, low[row]), 0)
        better = shared > most
        best[better], most[better] = row[better], shared[better]
    return best


def match(pairs: pl.DataFrame, bound: float) -> pl.DataFrame:
    """Return the best one-to-one matching of the classes then and now, as rows of MATCHES sorted by number.

    `pairs` is what `counterparts` gives. The index of two classes is that of Jaccard (1901): segments
    that both have, of those that either has, among the segments that exist in both runs; `n_shared`
    are those that both have. A pair is `matched` when its index reaches `bound` and is larger than that
    of either class with any other: a class cut in two equal halves has no sure heir. Such pairs never
    compete, and stand; the others make the total of the indices largest (Kuhn 1955) and are `doubtful`.
    Classes that share nothing are no pair.
    """
    then, now = (pairs.filter(pl.col(c) > 0)[c].unique().sort().to_numpy() for c in ("accepted_class", "found"))
    both = pairs.filter((pl.col("accepted_class") >= 0) & (pl.col("found") >= 0))
    shared, jaccard = _jaccard(both["accepted_class"].to_numpy(), both["found"].to_numpy(), then, now)
    sure = (jaccard >= bound) & (jaccard > 0) & _largest(jaccard)
    rows, columns = linear_sum_assignment(jaccard + min(jaccard.shape) * sure, maximize=True)
    kept = jaccard[rows, columns] > 0
    cells = rows[kept], columns[kept]
    found = {
        "accepted_class": then[cells[0]],
        "found": now[cells[1]],
        "jaccard": jaccard[cells],
        "status": np.where(sure[cells], "matched", "doubtful").tolist(),
        "n_shared": shared[cells],
    }
    return pl.DataFrame(found, schema=MATCHES).sort("accepted_class", "found")


def _jaccard(a: np.ndarray, b: np.ndarray, then: np.ndarray, now: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return segments shared and Jaccard indices (n_then, n_now) of classes, from labels `a`, `b` of segments."""
    largest = [int(max(values.max(initial=0), 0)) + 1 for values in (np.append(a, then), np.append(b, now))]
    table = np.bincount(a * largest[1] + b, minlength=largest[0] * largest[1]).reshape(largest)
    sizes = table.sum(axis=1)[then][:, None] + table.sum(axis=0)[now][None, :]
    shared = table[np.ix_(then, now)]
    return shared, shared / np.maximum(sizes - shared, 1)


def _largest(jaccard: np.ndarray) -> np.ndarray:
    """Say which cells are larger than all others of their row and of their column."""
    if not jaccard.size:
        return np.zeros(jaccard.shape, dtype=bool)
    tops = [jaccard == jaccard.max(axis=axis, keepdims=True) for axis in (0, 1)]
    alone = [top.sum(axis=axis, keepdims=True) == 1 for axis, top in enumerate(tops)]
    return tops[0] & alone[0] & tops[1] & alone[1]
