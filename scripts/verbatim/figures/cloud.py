"""Word cloud of an analysis, with the bars that a cloud cannot replace."""

from __future__ import annotations

import numpy as np
import polars as pl
from matplotlib.figure import Figure

from verbatim.figures import bars, canvas, notes, word_cloud
from verbatim.typography import integer

# inches
WIDTH, EDGE, HIGH, GAP = 9.2, 0.15, 4.65, 0.3
BELOW = 4
COLUMN = (WIDTH - 2 * EDGE - (BELOW - 1) * GAP) / BELOW
CLOUD = WIDTH - 2 * EDGE - COLUMN - GAP
# points
LARGEST = 58.0
TALLER = (1.0, 1.3, 1.7, 2.2, 3.0)
SCATTER = 0.12


def draw(lemmas: pl.DataFrame, words: int, colour: str, seed: int) -> Figure:
    """Return the figure: cloud of the most frequent active lemmas, and the bars of the same words.

    The area of a word goes with its occurrences. Bars stand beside the cloud, those that find no room there
    below it, all at one scale. `seed` chooses where words aim to stand.
    """
    best = most_frequent(lemmas, words)
    if not best:
        return canvas.message("Aucun mot actif : rien à mettre dans un nuage.")
    found, high = _cloud(best, words, seed)
    ranked = [bars.Bar(word, n, integer(n)) for word, n in best]
    n_beside = bars.rows_in(high)
    beside, rest = ranked[:n_beside], ranked[n_beside:]
    rows = -(-len(rest) // BELOW)
    below = bars.height(rows) + GAP if rest else 0.0
    note = notes.wrapped(_note(found), WIDTH - 2 * EDGE)
    foot = EDGE + notes.height(note)
    height = EDGE + high + below + foot
    figure = canvas.new(WIDTH, height)
    axes = canvas.in_inches(figure)
    word_cloud.write(axes, found, EDGE, height - EDGE - high, colour)
    scale = bars.scaled(ranked, COLUMN)
    bars.write(axes, beside, (WIDTH - EDGE - COLUMN, height - EDGE), scale, colour)
    for k in range(BELOW):
        place = (EDGE + k * (COLUMN + GAP), foot + bars.height(rows))
        bars.write(axes, rest[k * rows : (k + 1) * rows], place, scale, colour)
    notes.write(axes, note, EDGE, EDGE)
    return figure


def most_frequent(lemmas: pl.DataFrame, words: int) -> list[tuple[str, int]]:
    """Return the `words` active lemmas said most, with their occurrences, whatever their part of speech."""
    return (
        lemmas.filter(pl.col("status") == "active")
        .group_by("lemma")
        .agg(pl.col("n_occurrences").sum())
        .sort(["n_occurrences", "lemma"], descending=[True, False])
        .head(words)
        .rows()
    )


def _cloud(best: list[tuple[str, int]], words: int, seed: int) -> tuple[word_cloud.Cloud, float]:
    """Return the cloud and its height in inches, the smallest that has room for every word."""
    aims = np.clip(np.random.default_rng(seed).normal(0.5, SCATTER, (len(best), 2)), 0, 1)
    for factor in TALLER:
        found = word_cloud.cloud(best, words, (72 * CLOUD, 72 * HIGH * factor), LARGEST, aims)
        if len(found.words) == found.n_asked:
            break
    return found, HIGH * factor


def _note(found: word_cloud.Cloud) -> list[str]:
    note = ["Taille d'un mot : racine carrée de ses occurrences. Barres : occurrences."]
    if len(found.words) < found.n_asked:
        told = f"{integer(len(found.words))} des {integer(found.n_asked)} mots"
        note.append(f"Nuage : {told}, les autres n'ont pas trouvé place.")
    return note
