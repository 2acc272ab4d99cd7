"""Repeated segments against counting by hand."""

import math
from collections import Counter

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatim import repeats

WORDS = ["le", "bilan", "de", "compétences", ".", "Le", "l'", "euh"]


def study(turns):
    """Return tokens, turns and segments; each turn is (interview, role, words), in one segment of its own."""
    rows, cuts, said = [], [], []
    for number, (interview, role, words) in enumerate(turns, 1):
        said.append((interview, number, role))
        at = 0
        for place, word in enumerate(words, 1):
            pos, status = ("PUNCT", "ignored") if word == "." else ("NOUN", "active")
            rows.append((interview, number, place, at, at + len(word), word, word.lower(), pos, status))
            at += len(word) + 1
        if role == "participant":
            cuts.append((interview, number, number, 1, number, len(words)))
    names = ["interview", "turn", "token", "start", "end", "form", "lemma", "pos", "status"]
    tokens = pl.DataFrame(rows, names, orient="row").sort("interview", "turn", "token")
    frame = pl.DataFrame(said, ["interview", "turn", "role"], orient="row").sort("interview", "turn")
    bounds = ["interview", "segment", "first_turn", "first_token", "last_turn", "last_token"]
    return tokens, frame, pl.DataFrame(cuts, bounds, orient="row").sort("interview", "segment")


def naive(turns, minimum, longest):
    counts, where, words, possible = Counter(), {}, Counter(), Counter()
    for interview, role, said in turns:
        if role != "participant":
            continue
        stretch = []
        for word in [*said, "."]:
            if word != ".":
                stretch.append(word.lower())
                continue
            words.update(stretch)
            for n in range(2, longest + 1):
                for i in range(len(stretch) - n + 1):
                    counts[tuple(stretch[i : i + n])] += 1
                    possible[n] += 1
                    where.setdefault(tuple(stretch[i : i + n]), set()).add(interview)
            stretch = []
    often = {run: n for run, n in counts.items() if n >= minimum}
    inner = {part for run, n in often.items() for part in (run[1:], run[:-1]) if often.get(part) == n}
    total = words.total()

    def bound(run):
        return math.log2(often[run] / possible[len(run)]) - sum(math.log2(words[w] / total) for w in run)

    return {
        " ".join(run).replace("' ", "'"): (len(run), n, len(where[run]), round(bound(run), 6))
        for run, n in often.items()
        if run not in inner
    }


turns_drawn = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", "C"]),
        st.sampled_from(["participant", "participant", "interviewer"]),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=12),
    ),
    min_size=1,
    max_size=6,
).filter(lambda turns: any(role == "participant" for _, role, _ in turns))


@settings(deadline=None)
@given(turns_drawn, st.integers(2, 3), st.integers(2, 5))
def test_repeats_are_those_one_counts(turns, minimum, longest):
    turns = sorted(turns, key=lambda turn: turn[0])
    found = repeats.table("a", *study(turns), minimum, longest)
    read = {
        row["expression"]: (row["n_words"], row["n_occurrences"], row["n_interviews"], round(row["pmi"], 6))
        for row in found.iter_rows(named=True)
    }
    assert read == naive(turns, minimum, longest)


def test_a_sequence_never_crosses_a_turn_and_a_study_without_repeats_has_an_empty_table():
    turns = [("A", "participant", ["le", "bilan"]), ("A", "participant", ["de", "compétences"])]
    assert repeats.table("a", *study(turns), 2, 4).is_empty()


def test_no_more_than_the_most_are_kept(monkeypatch):
    turns = [("A", "participant", ["le", "bilan", "le", "bilan", "de", "le", "bilan", "de"])]
    everything = repeats.table("a", *study(turns), 2, 3)
    monkeypatch.setattr(repeats, "MOST", 1)
    kept = repeats.table("a", *study(turns), 2, 3)
    assert everything.height > 1 and kept["expression"].to_list() == ["le bilan"]
