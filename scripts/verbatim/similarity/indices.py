"""The 28 similarity indices of IRaMuTeQ, from the counts of two words.

With n rows, n_i and n_j of which bear each word and a both: b = n_i − a, c = n_j − a, d = n − a − b − c. Most are
in Choi, Cha and Tappert 2010 ("A survey of binary similarity and distance measures"); the authors are in `LABELS`.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.special import betaincc

from verbatim.similarity.cooccurrence import Cooccurrences, count

MOST_WORDS = 500

# What a researcher reads, in the order of IRaMuTeQ's list.
LABELS = {
    "cooccurrence": "Cooccurrence",
    "percent": "Pourcentage de cooccurrence",
    "russel": "Russel et Rao",
    "jaccard": "Jaccard",
    "kulczynski1": "Kulczynski 1",
    "kulczynski2": "Kulczynski 2",
    "mountford": "Mountford",
    "fager": "Fager et McGowan",
    "simple_matching": "Concordance simple (Sokal et Michener)",
    "hamman": "Hamann",
    "faith": "Faith",
    "tanimoto": "Rogers et Tanimoto",
    "dice": "Dice",
    "phi": "Phi",
    "stiles": "Stiles",
    "michael": "Michael",
    "mozley": "Mozley et Margalef",
    "yule": "Yule (Q)",
    "yule2": "Yule (Y)",
    "ochiai": "Ochiai",
    "simpson": "Simpson",
    "braun_blanquet": "Braun-Blanquet",
    "chi2": "Khi-deux",
    "phi2": "Phi-deux",
    "tschuprow": "Tschuprow",
    "cramer": "Cramér",
    "pearson": "Pearson (contingence)",
    "binomial": "Loi binomiale",
}
INDICES = tuple(LABELS)

# Those that are 0 for two words that never occur together: no other pair need be looked at.
ZERO_APART = frozenset(
    {
        "binomial",
        "braun_blanquet",
        "cooccurrence",
        "percent",
        "dice",
        "jaccard",
        "kulczynski1",
        "kulczynski2",
        "mountford",
        "mozley",
        "ochiai",
        "russel",
        "simpson",
    }
)

# Departures from independence: a pair that meets less often than chance would have it is parted, not linked. χ² and
# its kin (stiles, chi2, phi2, tschuprow, cramer, pearson) do not tell the one from the other.
ASSOCIATIONS = frozenset(
    {"chi2", "cramer", "michael", "pearson", "phi", "phi2", "stiles", "tschuprow", "yule", "yule2"}
)
# Those whose values in groups of different sizes can be compared: shares, or measures that a larger group leaves alone.
COMPARABLE = frozenset(
    {
        "braun_blanquet",
        "dice",
        "hamman",
        "jaccard",
        "kulczynski2",
        "ochiai",
        "percent",
        "phi",
        "russel",
        "simple_matching",
        "simpson",
        "yule",
        "yule2",
    }
)


def index(name: str, a: np.ndarray, margins: np.ndarray, n: np.ndarray | int) -> np.ndarray:
    """Return the similarities (…, m) of m pairs of words by the index `name` of `INDICES`.

    a (…, m): rows that bear both words; margins (2, …, m): rows that bear the first, the second; n: rows in all, a
    number or an array (…, 1). As in IRaMuTeQ an undefined value is 0, +∞ one more than the largest finite value of
    its line of m pairs and −∞ one less than the smallest. ValueError for an unknown name.
    """
    if name not in LABELS:
        raise ValueError(f"unknown index {name}")
    first, second = np.asarray(margins, dtype=float)
    a, n = np.asarray(a, dtype=float), np.asarray(n, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = _value(name, a, first, second, n)
    return _finite(np.broadcast_to(found, np.broadcast_shapes(a.shape, first.shape)))


def _finite(values: np.ndarray) -> np.ndarray:
    if np.isfinite(values).all():
        return np.array(values)
    known = np.isfinite(values)
    largest = np.where(known, values, -np.inf).max(axis=-1, keepdims=True)
    smallest = np.where(known, values, np.inf).min(axis=-1, keepdims=True)
    some = known.any(axis=-1, keepdims=True)
    largest, smallest = np.where(some, largest, 0.0), np.where(some, smallest, 0.0)
    found = np.where(np.isnan(values), 0.0, values)
    return np.where(found == np.inf, largest + 1, np.where(found == -np.inf, smallest - 1, found))


def _value(name: str, a: np.ndarray, first: np.ndarray, second: np.ndarray, n: np.ndarray) -> np.ndarray:
    for family in (_of_presences, _of_agreements, _of_associations):
        found = family(name, a, first, second, n)
        if found is not None:
            return found
    raise ValueError(f"unknown index {name}")


def _of_presences(name: str, a, first, second, n) -> np.ndarray | None:
    """Return the indices that do not look at rows without both words, or only by their number n."""
    b, c = first - a, second - a
    match name:
        case "cooccurrence":
            return a
        case "percent" | "russel":
            return a / n
        case "jaccard":
            return a / (a + b + c)
        case "kulczynski1":
            return a / (b + c)
        case "kulczynski2":
            return (a / first + a / second) / 2
        case "mountford":
            return 2 * a / (a * b + a * c + 2 * b * c)
        case "fager":
            return a / np.sqrt(first * second) - np.sqrt(np.maximum(first, second)) / 2
        case "dice":
            return 2 * a / (first + second)
        case "mozley":
            return a * n / (first * second)
        case "ochiai":
            return a / np.sqrt(first * second)
        case "simpson":
            return a / np.minimum(first, second)
        case "braun_blanquet":
            return a / np.maximum(first, second)
    return None


def _of_agreements(name: str, a, first, second, n) -> np.ndarray | None:
    """Return the indices that count common absences as agreement."""
    unlike = first + second - 2 * a
    match name:
        case "simple_matching":
            return (n - unlike) / n
        case "hamman":
            return (n - 2 * unlike) / n
        case "faith":
            return (a + (n - a - unlike) / 2) / n
        case "tanimoto":
            return (n - unlike) / (n + unlike)
    return None


def _of_associations(name: str, a, first, second, n) -> np.ndarray | None:
    """Return the indices of departure from independence, ad − bc and its kin."""
    b, c = first - a, second - a
    d = n - a - b - c
    cross, product = a * d - b * c, first * second * (n - first) * (n - second)
    match name:
        case "phi":
            return cross / np.sqrt(product)
        case "stiles":
            # the logarithm of a square, of which only the positive root has a meaning: undefined under n/2
            return np.log(n) + 2 * np.log(np.abs(cross) - n / 2) - np.log(product)
        case "michael":
            return 4 * cross / (np.square(a + d) + np.square(b + c))
        case "yule":
            return cross / (a * d + b * c)
        case "yule2":
            return (np.sqrt(a * d) - np.sqrt(b * c)) / (np.sqrt(a * d) + np.sqrt(b * c))
        case "chi2":
            return n * np.square(cross) / product
        case "phi2":
            return np.square(cross) / product
        case "tschuprow" | "cramer":
            return np.abs(cross) / np.sqrt(product)
        case "pearson":
            share = np.square(cross) / product
            return np.sqrt(share / (1 + share))
        case "binomial":
            chance = first * second / np.square(n)
            return np.where(a > 0, betaincc(np.maximum(a, 1), n - np.maximum(a, 1) + 1, chance), 0.0)
    return None


def linked(pairs: Cooccurrences, name: str, values: np.ndarray) -> np.ndarray:
    """Say for each pair (m,) of similarity `values` whether it is a link.

    A similarity of 0 is none, as in IRaMuTeQ. By one of `ASSOCIATIONS`, pairs that meet no more often than chance would
    have it are none either, whatever their value. By another index negative values are links: they only rank lower.
    """
    found = values != 0
    if name in ASSOCIATIONS:
        first, second = pairs.margins.astype(float)
        found &= pairs.together * float(pairs.n) > first * second
    return found


def strengths(values: np.ndarray) -> np.ndarray:
    """Return the strength (m,), 0 or more, of links of similarity `values`.

    The similarity itself; where some are negative (Fager, Hamann, Stiles), what each is above the lowest, so that order
    and differences are kept and the weakest link has no strength.
    """
    values = np.asarray(values, dtype=float)
    return values - min(values.min(initial=0.0), 0.0)


def weigh(pairs: Cooccurrences, name: str) -> np.ndarray:
    """Return the similarity (m,) of each pair of `pairs`: of the words that occur together, and of no others."""
    return index(name, pairs.together, pairs.margins, pairs.n)


def all_pairs(table: csr_array, rows: np.ndarray | None = None, words: np.ndarray | None = None) -> Cooccurrences:
    """Return every pair of `words`, also those that never occur together, as `count` returns those that do.

    Indices outside `ZERO_APART` have a value there too. ValueError for more than 500 words.
    """
    found = count(table, rows, words)
    p = len(found.frequency)
    if p > MOST_WORDS:
        raise ValueError(f"all pairs of {p} words: at most {MOST_WORDS}")
    together = np.zeros((p, p), dtype=np.int64)
    together[found.source, found.target] = found.together
    source, target = np.triu_indices(p, k=1)
    return Cooccurrences(source, target, together[source, target], found.frequency, found.n)
