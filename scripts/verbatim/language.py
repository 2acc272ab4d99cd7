"""Is it French? How many of an interview's words a French dictionary knows.

All that follows (lemmas, parts of speech, classes) supposes French: an interview in another language would come out
as a class of its own, made of words that nobody reads.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import polars as pl

from verbatim import lemmas, wordlists

# Measured: interviews in French 0.96 to 1, the worst sample of the spoken and written treebanks 0.88, the jargon of an
# office 0.81, written answers of ten words or more 0.72; English 0.1 to 0.5, Spanish, Italian, Portuguese, Catalan,
# German and a French creole 0.15 to 0.45, half French and half English 0.65. Shorter answers tell nothing.
LEAST_KNOWN = 0.7
LEAST_WORDS = 10
NO_WORDS = ("PUNCT", "SPACE", "SYM", "X", "NUM")


@functools.cache
def known_forms() -> pl.Series:
    """Return the forms, folded and sorted, of Lexique 3.83, of the shipped lists and of the clitics."""
    lists = wordlists.load()
    forms = {*lists.lexique["form"], *(form for form, _ in lists.lemmas), *lemmas.CLITICS}
    return pl.Series("form", sorted(forms), dtype=pl.String)


def known_shares(tokens: pl.DataFrame) -> pl.DataFrame:
    """Return interview and known_share (0…1): share of the words of `tokens` that `known_forms` has.

    `tokens` has the columns interview, form and pos of corpus/tokens. Words are tokens with a letter, noise and numbers
    apart; expressions are known. An interview without words has no row.
    """
    forms = tokens.filter(~pl.col("pos").is_in(NO_WORDS)).group_by("interview", "form").len()
    kinds = forms.select("form").unique().with_columns(folded=lemmas.folded("form"))
    kinds = kinds.filter(pl.col("folded").str.contains(r"\p{L}"))
    known = pl.col("folded").is_in(known_forms().implode()) | pl.col("folded").str.contains(" ", literal=True)
    words = forms.join(kinds.select("form", known=known), on="form")
    share = pl.col("len").filter("known").sum() / pl.col("len").sum()
    return words.group_by("interview").agg(known_share=share).sort("interview")


def doubts(interviews: pl.DataFrame) -> Sequence[str]:
    """Return what to warn of, in French: a line for each row of corpus/interviews that may be no French, and a head.

    Told: known_share under LEAST_KNOWN in LEAST_WORDS words or more.
    """
    doubtful = interviews.filter((pl.col("known_share") < LEAST_KNOWN) & (pl.col("n_words") >= LEAST_WORDS))
    lines = [
        f"{name} : {share:.0%} seulement de ses mots sont dans les dictionnaires français"
        for name, share in doubtful.sort("interview").select("interview", "known_share").iter_rows()
    ]
    head = (
        "attention, pas du français ? Dans une autre langue, lemmes, catégories et classes ne veulent rien dire : "
        "laissez ces entretiens hors des analyses (« select » dans config.yaml) ou ôtez-les de l'étude"
    )
    return [head, *lines] if lines else []
