"""The counts of the reference of similarity: 100 words of abstracts of theses, and where they come from."""

import csv
from pathlib import Path

import numpy as np

from verbatim import similarity

DATA = Path(__file__).parent / "data/lexicon"
REFERENCE = Path(__file__).parents[2] / "shared/reference"
SEGMENTS = 7319


def reference(alphabetical=True):
    """Names and co-occurrences of the 100 words, in alphabetical order or in that of the reference."""
    lines = list(csv.reader((DATA / "simi_cooc100.csv").read_text(encoding="utf-8").splitlines()))
    names, counts = lines[0][1:], np.array([[int(cell) for cell in line[1:]] for line in lines[1:]])
    order = np.array(sorted(range(100), key=names.__getitem__)) if alphabetical else np.arange(100)
    counts = counts[np.ix_(order, order)]
    source, target = np.nonzero(np.triu(counts, k=1))
    together = counts[source, target]
    pairs = similarity.Cooccurrences(source, target, together, counts.diagonal(), SEGMENTS)
    return [names[place] for place in order], pairs


def tree_of(pairs, index):
    """Source, target and weight of the edges of the maximum tree."""
    source, target, weight, _ = similarity.ranked(pairs.source, pairs.target, similarity.weigh(pairs, index))
    kept = similarity.maximum_tree(source, target, len(pairs.frequency))
    return source[kept], target[kept], weight[kept]


def counted(speech, n_words=7):
    """The binary table of a list of the words (numbers) of each segment."""
    coordinates = [(segment, word) for segment, said in enumerate(speech) for word in sorted(said) for _ in range(2)]
    segments, words = np.array(coordinates, dtype=int).reshape(-1, 2).T
    return similarity.presence(segments, words, len(speech), n_words)
