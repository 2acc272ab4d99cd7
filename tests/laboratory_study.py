"""A study whose interviews change topic now and then: its tables, for the tests of the laboratory."""

import numpy as np
import polars as pl

from verbatim import lexicon, segments
from verbatim.laboratory import trials

TOPICS = ("abcdefgh", "ijklmnop", "qrstuvwx")
CLASSES = {
    "mode": "segments",
    "number": 3,
    "largest_number": 5,
    "group_sizes": [12, 14],
    "max_splits": 30,
    "minimum_size": 0,
    "minimum_frequency": 3,
    "max_forms": 20000,
}
LABORATORY = {
    "numbers": [2, 3],
    "sizes": [20, 12],
    "minimum_frequencies": [3, 6],
    "units": ["lemma", "form"],
    "modes": ["segments"],
    "chunks": 1,
}
OWN_SIZE = 12


def corpus(n_turns=36, interviews=("A01", "A02", "A03"), seed=3):
    """Return turns, tokens and speakers: every third turn is the interviewer's, topics last six turns."""
    random = np.random.default_rng(seed)
    turns, tokens = [], []
    for interview in interviews:
        for turn in range(1, n_turns + 1):
            words = [_word(random, turn // 6 % 3) for _ in range(14)]
            text, asks = " ".join(word for word, *_ in words), turn % 3 == 1
            who = ("ENQ", "interviewer") if asks else (f"P{interview}", "participant")
            turns.append((interview, turn, *who, f"Q{turn * 2 // n_turns}", None, None, text))
            starts = np.cumsum([0, *(len(word) + 1 for word, *_ in words)])
            for number, (start, (word, lemma, pos, status)) in enumerate(zip(starts, words, strict=False), start=1):
                tokens.append((interview, turn, number, start, start + len(word), word, lemma, pos, status))
    names = ["interview", "turn", "speaker", "role", "question", "start_s", "end_s", "text"]
    turns = pl.DataFrame(turns, names, orient="row").cast({"start_s": pl.Float64, "end_s": pl.Float64})
    names = ["interview", "turn", "token", "start", "end", "form", "lemma", "pos", "status"]
    speakers = turns.select("interview", "speaker", "role").unique().sort("interview", "speaker")
    panel = pl.when(pl.col("role") == "participant").then(pl.col("interview").str.slice(2))
    return turns, pl.DataFrame(tokens, names, orient="row"), speakers.with_columns(panel=panel)


def _word(random, topic):
    kind = random.random()
    if kind < 0.1:
        return (".", ".", "PUNCT", "ignored")
    if kind < 0.3:
        return ("le", "le", "DET", "supplementary")
    lemma = "mot" + str(random.choice(list(TOPICS[topic] if random.random() < 0.9 else "abcijkqrs")))
    return (lemma.capitalize() if random.random() < 0.3 else lemma + random.choice(["", "s"]), lemma, "NOUN", "active")


def own_classes(turns, tokens, speakers):
    """Return corpus/segments, classes/segments and lexicon/lemmas of the study's own classification."""
    whole = segments.cut_turns(turns, tokens, OWN_SIZE)
    own = {"numbers": [3], "sizes": [OWN_SIZE], "minimum_frequencies": [3], "units": ["lemma"], "modes": ["segments"]}
    found = trials.sweep(trials.plan(own, "none"), turns, tokens, speakers, {}, "interview", CLASSES)
    _, lemmas, borne = lexicon.count("tous", tokens, whole, turns)
    rows = whole.join(borne, on=["interview", "segment"], how="semi").select("interview", "segment")
    return whole, rows.with_columns(found=pl.Series(found.labels[1])), lemmas
