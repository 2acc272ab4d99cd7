"""How rich a vocabulary is: measures of the words of a text, most of which do not grow with its length."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

WINDOW = 100
FACTOR = 0.72


@dataclass(frozen=True)
class Line:
    """log₁₀ y = intercept + slope · log₁₀ x, by least squares; r2: share of the variance it explains."""

    slope: float
    intercept: float
    r2: float


def moving_ratio(words: np.ndarray, window: int = WINDOW) -> float:
    """Return the mean type-token ratio of all windows of `window` words (MATTR; Covington and McFall 2010).

    `words` (n,): the words in order, as integers from 0. The plain ratio where the text is shorter; NaN without words.
    """
    n = len(words)
    if n == 0:
        return np.nan
    window = min(window, n)
    counts = np.bincount(words[:window], minlength=int(words.max()) + 1)
    kinds = total = int((counts > 0).sum())
    for leaving, entering in zip(words[: n - window].tolist(), words[window:].tolist(), strict=True):
        counts[leaving] -= 1
        kinds -= counts[leaving] == 0
        kinds += counts[entering] == 0
        counts[entering] += 1
        total += kinds
    return float(total / (n - window + 1) / window)


def mtld(words: np.ndarray, factor: float = FACTOR) -> float:
    """Return the measure of textual lexical diversity, in words (McCarthy and Jarvis 2010), mean of both directions.

    How many words it takes on average for the type-token ratio to fall to `factor`; NaN without words or when it
    never falls at all.
    """
    ways = [_factors(order, factor) for order in (words, words[::-1])]
    return float(np.mean([len(words) / way for way in ways])) if len(words) and all(ways) else np.nan


def _factors(words: np.ndarray, factor: float) -> float:
    seen: set[int] = set()
    count, length, ratio = 0.0, 0, 1.0
    for word in words.tolist():
        seen.add(word)
        length += 1
        ratio = len(seen) / length
        if ratio <= factor:
            count, length, ratio, seen = count + 1, 0, 1.0, set()
    return count + (1 - ratio) / (1 - factor)


def yule_k(frequencies: np.ndarray) -> float:
    """Return Yule's characteristic K (1944): 10⁴ (Σ f² − N)/N²; the larger, the more words come back. NaN when empty.

    `frequencies` (n_words,): occurrences of each word.
    """
    n = float(np.sum(frequencies))
    return float(1e4 * (np.sum(np.asarray(frequencies, dtype=float) ** 2) - n) / n**2) if n else np.nan


def herdan_c(frequencies: np.ndarray) -> float:
    """Return Herdan's C (1960): log V / log N, for V words said N times in all; NaN under two occurrences."""
    n = float(np.sum(frequencies))
    return float(np.log(np.count_nonzero(frequencies)) / np.log(n)) if n > 1 else np.nan


def zipf(frequencies: np.ndarray) -> Line:
    """Return the line of log frequency on log rank (Zipf 1949); NaN under two words."""
    ranked = np.sort(frequencies[frequencies > 0])[::-1]
    return _line(np.arange(1, len(ranked) + 1), ranked)


def growth(words: np.ndarray, points: int = 100) -> tuple[np.ndarray, np.ndarray]:
    """Return lengths (k,) of the text, evenly spread up to all of it, and the distinct words met by then (k,)."""
    new = np.zeros(len(words), dtype=np.int64)
    new[np.unique(words, return_index=True)[1]] = 1
    lengths = np.unique(np.linspace(1, len(words), min(points, len(words))).round().astype(np.int64))
    return lengths, np.cumsum(new)[lengths - 1] if len(words) else np.zeros(0, dtype=np.int64)


def heaps(words: np.ndarray) -> Line:
    """Return the line of log vocabulary on log length (Heaps 1978): slope β of V = k·Nᵝ; NaN under two words."""
    return _line(*growth(words))


def _line(x: np.ndarray, y: np.ndarray) -> Line:
    if len(x) < 2:
        return Line(np.nan, np.nan, np.nan)
    x, y = np.log10(x), np.log10(y)
    slope, intercept = np.polyfit(x, y, 1)
    spread = np.sum((y - y.mean()) ** 2)
    explained = 1 - np.sum((y - intercept - slope * x) ** 2) / spread if spread else np.nan
    return Line(float(slope), float(intercept), float(explained))
