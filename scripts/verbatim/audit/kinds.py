"""The kinds of content words of a study: form, part of speech and lemma, beside what the model said of them."""

from __future__ import annotations

import numpy as np
import polars as pl

from verbatim.lemmas import CONTENT, folded
from verbatim.numbering import distinct, numbered, paired, renumbered

KIND = ["form", "pos", "lemma"]
SPAN = ["interview", "turn", "start", "end"]


def content_words(tokens: pl.DataFrame, annotation: pl.DataFrame) -> pl.DataFrame:
    """Return one row for each kind: its first place, counts, `key` (folded form) and what the model mostly said.

    `tokens` is corpus/tokens, sorted; `annotation`, in any order, what the model says of the same words. Columns: form
    (lower case), pos, lemma, those of SPAN, status, n_occurrences, n_interviews, model_lemma and model_pos (its own
    where the model knows no such word: an expression), key; sorted by kind.
    """
    content = tokens["pos"].is_in(sorted(CONTENT))
    at = _matched(tokens, annotation)[content.to_numpy()]
    words = tokens.filter(content)
    form, forms = numbered(words["form"])
    form, forms = renumbered(form, forms.str.to_lowercase())
    (pos, parts), (lemma, lemmas) = (numbered(words[name]) for name in ("pos", "lemma"))
    reading, form_of, pos_of = paired(form, pos, len(parts))
    kind, reading_of, lemma_of = paired(reading, lemma, len(lemmas))
    columns = {
        "form": forms.gather(form_of[reading_of]),
        "pos": parts.gather(pos_of[reading_of]),
        "lemma": lemmas.gather(lemma_of),
        **_counted(words, kind, len(lemma_of)),
        **_said_most(kind, len(lemma_of), at, annotation).to_dict(),
    }
    own = [pl.col(f"model_{name}").fill_null(pl.col(name)) for name in ("lemma", "pos")]
    return pl.DataFrame(columns).with_columns(*own, key=folded("form")).sort(KIND)


def _counted(words: pl.DataFrame, kind: np.ndarray, n: int) -> dict[str, pl.Series]:
    """Return the first place, the status and the counts of each of the `n` kinds; `kind` (n_words,) of `words`."""
    first = np.zeros(n, dtype=np.int64)
    first[kind[::-1]] = np.arange(words.height)[::-1]
    interview = words["interview"].rle_id().to_numpy().astype(np.int64)
    width = int(interview.max(initial=0)) + 1
    heard = distinct(kind.astype(np.int64) * width + interview) // width
    status, statuses = numbered(words["status"])
    least = np.full(n, len(statuses))
    np.minimum.at(least, kind, status)
    counts = {"n_occurrences": kind, "n_interviews": heard}
    return {
        **words.select(SPAN)[first].to_dict(),
        "status": statuses.gather(least),
        **{name: pl.Series(np.bincount(of, minlength=n), dtype=pl.Int64) for name, of in counts.items()},
    }


def _matched(tokens: pl.DataFrame, annotation: pl.DataFrame) -> np.ndarray:
    """Return the row of `annotation` that stands where each token stands (n,); −1 where none does."""
    names = pl.concat([tokens["interview"].unique(), annotation["interview"].unique()]).unique().sort()
    widths = [1 + max(frame[name].max() or 0 for frame in (tokens, annotation)) for name in ("turn", "start")]

    def place(frame: pl.DataFrame) -> np.ndarray:
        runs = frame["interview"].rle().struct.unnest()
        interview = np.repeat(names.search_sorted(runs["value"]).cast(pl.Int64).to_numpy(), runs["len"])
        return (interview * widths[0] + frame["turn"].to_numpy()) * widths[1] + frame["start"].to_numpy()

    said = place(annotation)
    order = np.argsort(said, kind="stable")
    said, asked = said[order], place(tokens)
    found = np.searchsorted(said, asked)
    found[found == len(said)] = 0
    rows = order[found] if len(order) else np.zeros(len(asked), dtype=np.int64)
    if not len(order):
        return rows - 1
    same = (said[found] == asked) & (annotation["end"].to_numpy()[rows] == tokens["end"].to_numpy())
    return np.where(same, rows, -1)


def _said_most(kind: np.ndarray, n: int, at: np.ndarray, annotation: pl.DataFrame) -> pl.DataFrame:
    """Return model_lemma and model_pos of each of the `n` kinds: what rows `at` of the annotation say most often."""
    (lemma, lemmas), (pos, parts) = (numbered(annotation[name]) for name in ("lemma", "pos"))
    known = at >= 0
    said, lemma_of, pos_of = paired(lemma[at[known]], pos[at[known]], len(parts))
    both, kind_of, said_of = paired(kind[known], said, max(len(lemma_of), 1))
    times = np.bincount(both, minlength=len(kind_of))
    # of readings said as often, the first in alphabetical order
    order = np.lexsort((said_of, -times, kind_of))
    firsts = order[np.diff(kind_of[order], prepend=-1) != 0]
    chosen = np.full(n, -1)
    chosen[kind_of[firsts]] = said_of[firsts]
    rows = pl.Series(chosen).replace(-1, None)
    names = {"model_lemma": lemmas.gather(lemma_of), "model_pos": parts.gather(pos_of)}
    return pl.DataFrame({name: values.gather(rows) for name, values in names.items()})
