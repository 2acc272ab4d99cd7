"""A small study whose words tests count by hand: turns, tokens, segments and speakers."""

import polars as pl

from verbatim import segments, tables

STATUS = {"NOUN": "active", "DET": "supplementary", "PUNCT": "ignored"}


def pos_of(word):
    """Give the part of speech of a made-up word: a mark, a short word or a longer one."""
    return "PUNCT" if not word.isalpha() else "DET" if len(word) < 3 else "NOUN"


def study(said, size=6, within="question"):
    """Return the tables of `said`: (interview, speaker, question, seconds or None, words) for each turn in order.

    Speakers ENQ ask; the panel of others is the first letter of their name, null for `x…`.
    """
    rows, tokens, numbers = [], [], {}
    for interview, speaker, question, seconds, text in said:
        turn = numbers[interview] = numbers.get(interview, 0) + 1
        role = "interviewer" if speaker == "ENQ" else "participant"
        end = None if seconds is None else 10.0 + seconds
        rows.append((interview, turn, speaker, role, question, None if end is None else 10.0, end, text))
        at = 0
        for number, word in enumerate(text.split(), 1):
            pos = pos_of(word)
            tokens.append((interview, turn, number, at, at + len(word), word, word.lower(), pos, STATUS[pos]))
            at += len(word) + 1
    turns = pl.DataFrame(rows, schema=tables.empty("corpus/turns").schema, orient="row")
    words = pl.DataFrame(tokens, schema=tables.empty("corpus/tokens").schema, orient="row")
    people = turns.select("interview", "speaker", "role").unique()
    is_named = (pl.col("role") == "participant") & ~pl.col("speaker").str.starts_with("x")
    people = people.with_columns(panel=pl.when(is_named).then(pl.col("speaker").str.slice(0, 1)))
    turns, words = tables.check("corpus/turns", turns), tables.check("corpus/tokens", words)
    cut = tables.check("corpus/segments", segments.cut_turns(turns, words, size, within))
    return turns, words, cut, tables.check("corpus/speakers", people)


SAID = [
    ("E1", "ENQ", "Q1", 3.0, "le métier ?"),
    ("E1", "a1", "Q1", 8.0, "le métier , le Métier et la terre"),
    ("E1", "ENQ", "Q2", 2.0, "la terre ?"),
    ("E1", "a1", "Q2", 5.0, "la terre , un four de terre"),
    ("E2", "ENQ", "Q1", 3.0, "le métier ?"),
    ("E2", "b1", "Q1", 10.0, "un four , un feu"),
    ("E2", "b1", "Q2", 6.0, "la main"),
    ("E3", "x1", None, 4.0, "le feu ou la main , le feu"),
]
