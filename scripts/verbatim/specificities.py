"""Specificities: what a part of the corpus says more, or less, than chance would have it (Lafon 1980)."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import gammaln

from verbatim import lexicon
from verbatim.false_discovery import adjust_repeated

log = logging.getLogger(__name__)

NEGLIGIBLE = 1e-14
# a word is banal where |score| stays below 2, a chance of one in a hundred
BANAL = 2.0
# modalities up to which every cell is a row
WHOLE = 100

TEXTS = dict.fromkeys(("variable", "modality", "lemma", "pos"), pl.String)
ROWS = TEXTS | dict.fromkeys(("f", "F", "t", "T"), pl.Int64)
ROWS |= dict.fromkeys(("expected", "per_thousand", "score", "p_adjusted"), pl.Float64)
ROWS |= {"n_interviews": pl.Int64, "status": pl.String}
BANAL_ROWS = dict.fromkeys(("variable", "lemma", "pos"), pl.String)
BANAL_ROWS |= {"F": pl.Int64, "largest": pl.Float64, "n_interviews": pl.Int64}


def score(f: np.ndarray, F: np.ndarray, t: np.ndarray, T: np.ndarray) -> np.ndarray:
    """Return the signed specificity of each cell (same shape as the arguments, broadcast together).

    f: occurrences in the part; F: in the whole; t: size of the part; T: size of the whole. With X
    hypergeometric (T, F, t): + |log10 P(X >= f)| where f >= F·t/T, − |log10 P(X <= f)| elsewhere
    (Lafon 1980, Mots 1, p. 141; the sign rule is that of textometry 0.1.6). Computed in logarithms, by
    summing the tail outwards from f: nothing overflows, however small the probability.
    ValueError unless 0 <= f <= F <= T, f <= t <= T and F + t − f <= T.
    """
    f, F, t, T = (a.astype(float) for a in np.broadcast_arrays(f, F, t, T))
    if not ((f >= 0) & (f <= F) & (f <= t) & (F + t - f <= T)).all():
        raise ValueError("occurrences must satisfy 0 <= f <= F, f <= t and F + t - f <= T")
    more = f * T >= F * t
    # P(X <= f) is the upper tail of F - X, which is hypergeometric (T, F, T - t)
    log_tail = _log10_upper_tail(np.where(more, f, F - f), F, np.where(more, t, T - t), T)
    return np.where(more, -log_tail, log_tail) + 0.0


def _log10_upper_tail(f: np.ndarray, F: np.ndarray, t: np.ndarray, T: np.ndarray) -> np.ndarray:
    """Return log10 P(X >= f), never above 0, for f at or above the expectation."""
    log_first = _log_choose(F, f) + _log_choose(T - F, t - f) - _log_choose(T, t)
    total = np.ones(f.shape).ravel()
    k, F, t, T = (a.ravel().copy() for a in (f, F, t, T))
    rows, term = np.arange(len(total)), np.ones(len(total))
    while len(rows):
        ratio = (F - k) * (t - k) / ((k + 1) * (T - F - t + k + 1))
        term = term * ratio
        total[rows] += term
        going = (ratio >= 1) | (term > NEGLIGIBLE * (1 - ratio) * total[rows])
        rows, term, k, F, t, T = (a[going] for a in (rows, term, k + 1, F, t, T))
    return np.minimum((log_first + np.log(total).reshape(f.shape)) / np.log(10), 0.0)


def _log_choose(n: np.ndarray, k: np.ndarray) -> np.ndarray:
    return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)


def compare(
    analysis: str, said: lexicon.Said, variables: Sequence[str], minimum_frequency: int, compatibility: str = "none"
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return lexicon/specificities and lexicon/banal: the words of every modality of each of `variables`.

    Words said at least `minimum_frequency` times are kept. The size of a modality (t) and of the whole (T) count all
    active and supplementary occurrences; with `compatibility` "iramuteq" only those of the words kept, as that
    program does. Where a segment has no value for a variable, what it says is left out of f, F, t and T of that
    variable. Adjusted probabilities are over all cells, words × modalities, of a variable. All cells are rows as
    long as there are at most 100 modalities; of more, those where the word is said or |score| is 2 or more, so that
    the table grows with the corpus and not with the square of the interviews. A variable with a single modality
    gives no row. Banal words have |score| < 2 in every modality. Raises ValueError for an unknown `compatibility`,
    or when `class` is asked of segments without classes.
    """
    if compatibility not in ("none", "iramuteq"):
        raise ValueError(f"unknown compatibility {compatibility}")
    rows, banal = [pl.DataFrame(schema=ROWS)], [pl.DataFrame(schema=BANAL_ROWS)]
    for variable in sorted(variables):
        contrast = _contrast(lexicon.by_modality(said, variable), minimum_frequency, compatibility)
        if len(contrast.t) < 2:
            log.info("%s : une seule modalité dans « %s », pas de spécificités", variable, analysis)
            continue
        named = pl.lit(variable).alias("variable")
        rows.append(_rows(contrast, said.words).with_columns(named).select(*ROWS))
        banal.append(_banal(contrast, said.words).with_columns(named).select(*BANAL_ROWS))
    told = pl.lit(analysis).alias("analysis")
    return pl.concat(rows).select(told, *ROWS), pl.concat(banal).select(told, *BANAL_ROWS)


@dataclass(frozen=True)
class _Contrast:
    """The cells of a variable: w words kept, m modalities, c cells where a word is said.

    `words` (w,): their rows; `F`, `heard` (w,), `t` (m,): occurrences and interviews of each word, size of each
    modality. `modality`, `word`, `f`, `n_interviews`, `score`, `p` (c,): the cells, by modality then word. What
    cells where a word is not said say depends on F and t alone: `absent`, `p_absent` (of distinct F, of distinct t),
    and `row` (w,), `column` (m,) into them. Adjusted probabilities.
    """

    names: pl.Series
    words: np.ndarray
    F: np.ndarray
    heard: np.ndarray
    t: np.ndarray
    modality: np.ndarray
    word: np.ndarray
    f: np.ndarray
    n_interviews: np.ndarray
    score: np.ndarray
    p: np.ndarray
    absent: np.ndarray
    p_absent: np.ndarray
    row: np.ndarray
    column: np.ndarray


def _contrast(cells: lexicon.Cells, minimum_frequency: int, compatibility: str) -> _Contrast:
    n_words, n_modalities = len(cells.heard), len(cells.modalities)
    whole_F = np.bincount(cells.word, cells.f, n_words).astype(np.int64)
    is_kept = whole_F >= minimum_frequency
    here = is_kept[cells.word]
    sized = here if compatibility == "iramuteq" else slice(None)
    whole_t = np.bincount(cells.modality[sized], cells.f[sized], n_modalities).astype(np.int64)
    words, speaking = np.flatnonzero(is_kept), np.flatnonzero(whole_t)
    F, t = whole_F[words], whole_t[speaking]
    modality = np.searchsorted(speaking, cells.modality[here])
    word, f = np.searchsorted(words, cells.word[here]), cells.f[here]
    scores = score(f, F[word], t[modality], t.sum())
    kinds, row, alike = np.unique(F, return_inverse=True, return_counts=True)
    sizes, column, same = np.unique(t, return_inverse=True, return_counts=True)
    absent = _absent(kinds, sizes, t.sum())
    said = np.bincount(row[word] * len(sizes) + column[modality], minlength=absent.size)
    times = np.concatenate([np.ones(len(f), dtype=np.int64), np.outer(alike, same).ravel() - said])
    p = adjust_repeated(10.0 ** -np.abs(np.concatenate([scores, absent.ravel()])), times)
    return _Contrast(
        *(cells.modalities.gather(speaking), words, F, cells.heard[words], t),
        *(modality, word, f, cells.n_interviews[here], scores, p[: len(f)]),
        *(absent, p[len(f) :].reshape(absent.shape), row, column),
    )


def _absent(kinds: np.ndarray, sizes: np.ndarray, total: int) -> np.ndarray:
    """Return the score of a word said `kinds` times, and not once in a modality of `sizes`: −∞ where that cannot be."""
    F, t = np.broadcast_arrays(kinds[:, None], sizes[None, :])
    found = np.full(F.shape, -np.inf)
    possible = F + t <= total
    found[possible] = score(np.zeros(possible.sum()), F[possible], t[possible], np.full(possible.sum(), total))
    return found


def _rows(of: _Contrast, known: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of lexicon/specificities without analysis and variable, by modality and word."""
    n_words = len(of.words)
    keys = of.modality * n_words + of.word
    bound = 0.0 if len(of.t) <= WHOLE else BANAL
    silent = np.setdiff1d(_absent_cells(of, bound), keys, assume_unique=True)
    both = np.concatenate([keys, silent])
    order = np.argsort(both, kind="stable")
    modality, word = both[order] // max(n_words, 1), both[order] % max(n_words, 1)
    place = of.row[silent % max(n_words, 1)], of.column[silent // max(n_words, 1)]
    none = np.zeros(len(silent), dtype=np.int64)

    def column(said: np.ndarray, not_said: np.ndarray) -> np.ndarray:
        return np.concatenate([said, not_said])[order]

    F, t, T = of.F[word], of.t[modality], of.t.sum()
    f = column(of.f, none)
    numbers = {"f": f, "F": F, "t": t, "T": np.full(len(order), T)}
    numbers |= {"expected": F * t / T, "per_thousand": 1000 * f / t}
    numbers |= {"score": column(of.score, of.absent[place]), "p_adjusted": column(of.p, of.p_absent[place])}
    numbers["n_interviews"] = column(of.n_interviews, none)
    words = known.select(pl.all().gather(of.words[word]))
    return pl.DataFrame({"modality": of.names.gather(modality), **words.to_dict(), **numbers})


def _absent_cells(of: _Contrast, bound: float) -> np.ndarray:
    """Return modality · w + word of the cells whose |score| would be `bound` or more were the word not said there."""
    frequent = np.argsort(-of.F, kind="stable")
    kinds = np.append(np.cumsum(np.bincount(of.row, minlength=len(of.absent))[::-1]), 0)
    # the more often a word is said elsewhere, the more its absence says: the n most frequent words pass the bound
    n = kinds[(np.abs(of.absent) >= bound).sum(axis=0) - 1][of.column]
    place = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
    return np.repeat(np.arange(len(of.t)), n) * len(of.words) + frequent[place]


def _banal(of: _Contrast, known: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of lexicon/banal without analysis and variable."""
    largest = np.zeros(len(of.words))
    np.maximum.at(largest, of.word, np.abs(of.score))
    # of the modalities that do not say a word, the longest is where this says most
    longest = np.argsort(-of.t, kind="stable")
    ranks = np.empty(len(longest), dtype=np.int64)
    ranks[longest] = np.arange(len(longest))
    order = np.lexsort((ranks[of.modality], of.word))
    word, rank = of.word[order], ranks[of.modality][order]
    begins = np.searchsorted(word, np.arange(len(of.words) + 1))
    leading = rank == np.arange(len(word)) - begins[word]
    first = np.bincount(word[leading], minlength=len(of.words))
    absent = np.flatnonzero(first < len(of.t))
    never = np.abs(of.absent[of.row[absent], of.column[longest[first[absent]]]])
    largest[absent] = np.maximum(largest[absent], never)
    kept = np.flatnonzero(largest < BANAL)
    words = known.select(pl.col("lemma", "pos").gather(of.words[kept]))
    numbers = {"F": of.F[kept], "largest": largest[kept], "n_interviews": of.heard[kept].astype(np.int64)}
    return pl.DataFrame({**words.to_dict(), **numbers})
