"""How rich a vocabulary is: measures of the words of texts, most of which do not grow with their length.

Words are integers from 0, in the order in which they are said. Functions that take `texts` treat many texts at
once, without a loop over words: `texts` (n,) numbers the text of each word from 0, words of a text side by side;
`before` (n,), made by `previous`, says where the same word was said before in its text.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

WINDOW = 50
FACTOR = 0.72
POINTS = 50
BLOCK = 64


class Lines(NamedTuple):
    """log₁₀ y = intercept + slope · log₁₀ x, for each text; r2: share of the variance that the line explains."""

    slope: np.ndarray
    intercept: np.ndarray
    r2: np.ndarray


def moving_windows(
    before: np.ndarray, texts: np.ndarray, n_texts: int, window: int = WINDOW
) -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct words of all windows of `window` words, summed (n_texts,), and the number of windows.

    Their ratio over `window` is the moving-average type-token ratio (MATTR; Covington and McFall 2010). A text shorter
    than a window has none: its ratio would not compare with those of full windows.

    A word counts in each window that holds it and not the same word earlier: the windows that begin after the place
    where it was said before.
    """
    begins, ends = bounds(texts, n_texts)
    at = np.arange(len(before))
    earliest = np.maximum(np.maximum(begins[texts], at - window + 1), before + 1)
    latest = np.minimum(at, ends[texts] - window)
    kinds = np.bincount(texts, weights=np.maximum(latest - earliest + 1, 0), minlength=n_texts)
    return kinds, np.maximum(ends - begins - window + 1, 0)


def diversity(lengths: np.ndarray, ways: np.ndarray) -> np.ndarray:
    """Return the measure of textual lexical diversity (k,), in words (McCarthy and Jarvis 2010), mean of both ways.

    How many words it takes on average for the type-token ratio to fall: `lengths` (k,) over `ways` (k, 2), the
    `factors` of texts, or sums of them over the texts that make a larger one. NaN where it never falls.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where((ways > 0).all(axis=1), (lengths[:, None] / ways).mean(axis=1), np.nan)


def factors(before: np.ndarray, texts: np.ndarray, n_texts: int, factor: float = FACTOR) -> np.ndarray:
    """Return how often the type-token ratio falls to `factor` in each text, read forwards and backwards (n_texts, 2).

    The rest of a text after its last fall counts for the part of the way that it has fallen.
    """
    n = len(before)
    after = np.full(n, n)
    after[before[before >= 0]] = np.flatnonzero(before >= 0)
    begins, ends = bounds(texts, n_texts)
    backwards = n - 1 - after[::-1]
    return np.column_stack([_falls(before, begins, ends, factor), _falls(backwards, n - ends, n - begins, factor)])


def _falls(before: np.ndarray, begins: np.ndarray, ends: np.ndarray, factor: float) -> np.ndarray:
    """Count the falls of all texts in step: each round reads the next words of every text that has any left.

    `before` (n,): place where the same word was said before in the text; under the text's begin when never.
    """
    count = np.zeros(len(begins))
    start, at = begins.copy(), begins.copy()
    kinds = np.zeros(len(begins), dtype=np.int64)
    open_texts = np.flatnonzero(at < ends)
    padded = np.concatenate([before, np.zeros(BLOCK, dtype=before.dtype)])
    steps = np.arange(BLOCK)
    while len(open_texts):
        t = open_texts
        places = at[t, None] + steps
        met = kinds[t, None] + np.cumsum(padded[places] < start[t, None], axis=1)
        ratio = met / (places - start[t, None] + 1)
        fallen = (ratio <= factor) & (places < ends[t, None])
        falls, first = fallen.any(axis=1), fallen.argmax(axis=1)
        down, on = t[falls], t[~falls]
        count[down] += 1
        at[down] += first[falls] + 1
        start[down], kinds[down] = at[down], 0
        read = np.minimum(ends[on] - at[on], BLOCK)
        kinds[on] = met[~falls][np.arange(len(on)), read - 1]
        at[on] += read
        open_texts = t[at[t] < ends[t]]
    rest = ends - start
    ratio = np.divide(kinds, rest, out=np.ones(len(rest)), where=rest > 0)
    return count + (1 - ratio) / (1 - factor)


def previous(words: np.ndarray, texts: np.ndarray) -> np.ndarray:
    """Return where (n,) each word was said before in its text, −1 when never."""
    order = np.argsort(texts * (int(words.max(initial=0)) + 1) + words, kind="stable")
    same = (words[order[1:]] == words[order[:-1]]) & (texts[order[1:]] == texts[order[:-1]])
    before = np.full(len(words), -1)
    before[order[1:][same]] = order[:-1][same]
    return before


def bounds(texts: np.ndarray, n_texts: int) -> tuple[np.ndarray, np.ndarray]:
    """Return where each text begins and where it ends (excluded), both (n_texts,); `texts` in growing order."""
    ends = np.cumsum(np.bincount(texts, minlength=n_texts))
    return np.concatenate([[0], ends[:-1]]).astype(np.int64), ends


def yule_k(n: np.ndarray, squares: np.ndarray) -> np.ndarray:
    """Return Yule's characteristic K (1944): 10⁴ (Σ f² − N)/N²; the larger, the more words come back. NaN when empty.

    `n`: occurrences; `squares`: sum over words of their squared occurrences.
    """
    n, squares = np.asarray(n, dtype=float), np.asarray(squares, dtype=float)
    return 1e4 * (squares - n) / np.where(n > 0, n**2, np.nan)


def herdan_c(n: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """Return Herdan's C (1960): log V / log N, for V words (`kinds`) said N times in all; NaN under two occurrences."""
    logs = np.log(np.maximum(np.stack([kinds, n]), 1).astype(float))
    return np.where(np.asarray(n) > 1, logs[0] / np.where(logs[1] > 0, logs[1], np.nan), np.nan)


def zipf(frequencies: np.ndarray, texts: np.ndarray, n_texts: int) -> Lines:
    """Return the line of log frequency on log rank of each text (Zipf 1949); NaN under two words.

    `frequencies` (m,): occurrences of each word of each text, at least 1; `texts` (m,), in any order.
    """
    order = np.lexsort((-frequencies, texts))
    texts, frequencies = texts[order], frequencies[order]
    begins, _ = bounds(texts, n_texts)
    return lines(np.arange(len(texts)) - begins[texts] + 1, frequencies, texts, n_texts)


def growth(
    before: np.ndarray, texts: np.ndarray, n_texts: int, points: int = POINTS
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return texts, lengths and the distinct words met by then (all (k,)): how the vocabulary of each text grows.

    Lengths are evenly spread, at most `points` of a text; the last is all of it.
    """
    begins, ends = bounds(texts, n_texts)
    met = np.concatenate([[0], np.cumsum(before < 0)])
    spread = np.ceil((ends - begins)[:, None] * np.arange(1, points + 1) / points).astype(np.int64)
    kept = (np.diff(spread, axis=1, prepend=0) > 0).ravel()
    which, lengths = np.repeat(np.arange(n_texts), points)[kept], spread.ravel()[kept]
    return which, lengths, met[begins[which] + lengths] - met[begins[which]]


def heaps(lengths: np.ndarray, kinds: np.ndarray, texts: np.ndarray, n_texts: int) -> Lines:
    """Return the line of log vocabulary on log length (Heaps 1978): slope β of V = k·Nᵝ; NaN under two lengths.

    `lengths`, `kinds` and `texts` (k,) are what `growth` returns.
    """
    return lines(lengths, kinds, texts, n_texts)


def lines(x: np.ndarray, y: np.ndarray, groups: np.ndarray, n_groups: int) -> Lines:
    """Return the lines of log₁₀ `y` on log₁₀ `x` by least squares, one for each group.

    NaN where a group has fewer than two points.
    """
    x, y = np.log10(x), np.log10(y)

    def total(values: np.ndarray) -> np.ndarray:
        return np.bincount(groups, weights=values, minlength=n_groups)

    with np.errstate(divide="ignore", invalid="ignore"):
        size = total(np.ones(len(x)))
        mean_x, mean_y = total(x) / size, total(y) / size
        x, y = x - mean_x[groups], y - mean_y[groups]
        slope = np.where(size >= 2, total(x * y) / total(x * x), np.nan)
        spread = total(y * y)
        r2 = 1 - total((y - slope[groups] * x) ** 2) / np.where(spread > 0, spread, np.nan)
        return Lines(slope, mean_y - slope * mean_x, r2)
