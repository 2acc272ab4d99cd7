"""Texts by numbers, against the texts themselves; where words stand, against plain look-ups."""

from collections import Counter

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim import numbering
from verbatim.positions import segment_of, turn_of

TEXTS = st.lists(st.sampled_from(["été", "Été", "", "mot", "zèbre"]), max_size=20)


@given(TEXTS, st.booleans())
def test_distinct_texts_are_sorted_and_all_used(texts, as_enum):
    column = pl.Series(texts, dtype=pl.String)
    # a category that nobody uses, in no order
    given_as = column.cast(pl.Enum(["zèbre", "jamais", "Été", "été", "", "mot"])) if as_enum else column
    codes, kinds = numbering.numbered(given_as)
    assert kinds.to_list() == sorted(set(texts))
    assert [kinds[code] for code in codes.tolist()] == texts
    assert numbering.column(codes, kinds).to_list() == texts


@given(TEXTS)
def test_changed_texts_are_numbered_again(texts):
    codes, kinds = numbering.numbered(pl.Series(texts, dtype=pl.String))
    again, distinct = numbering.renumbered(codes, kinds.str.to_lowercase())
    assert [distinct[code] for code in again.tolist()] == [text.lower() for text in texts]
    assert distinct.to_list() == sorted({text.lower() for text in texts})


@pytest.mark.parametrize("dense", [numbering.DENSE, 0])
@given(pairs=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), max_size=20))
def test_pairs_counted_in_a_table_or_looked_up(dense, pairs):
    first, second = (np.array([pair[i] for pair in pairs], dtype=np.int32) for i in (0, 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numbering, "DENSE", dense)
        numbers, left, right = numbering.paired(first, second, 4)
    distinct = list(zip(left.tolist(), right.tolist(), strict=True))
    assert distinct == sorted(set(pairs))
    assert [distinct[number] for number in numbers.tolist()] == pairs


@given(st.lists(st.tuples(st.integers(0, 2**59), st.integers(0, 40)), max_size=20), st.integers(0, 6))
def test_sums_by_key(rows, modulo):
    keys, counts = (np.array([row[i] for row in rows], dtype=np.int64) for i in (0, 1))
    keys = keys % modulo if modulo else keys
    found, sums = numbering.summed(keys, counts)
    expected = Counter()
    for key, n in zip(keys.tolist(), counts.tolist(), strict=True):
        expected[key] += n
    assert list(zip(found.tolist(), sums.tolist(), strict=True)) == sorted(expected.items())
    assert numbering.distinct(keys).tolist() == sorted(expected)


@given(TEXTS, st.dictionaries(st.integers(0, 19), st.sampled_from(["mot", "neuf", "Zut"])))
def test_replaced_texts(texts, changes):
    changes = {row: text for row, text in changes.items() if row < len(texts)}
    rows = np.array([*changes], dtype=np.int64)
    by = pl.Series([*changes.values()], dtype=pl.String)
    found = numbering.replaced(pl.Series(texts, dtype=pl.String), rows, by)
    assert found.to_list() == [changes.get(row, text) for row, text in enumerate(texts)]


@given(st.lists(st.tuples(st.sampled_from(["A", "B", "C"]), st.integers(1, 4), st.integers(1, 5)), max_size=30))
def test_turns_and_segments_of_tokens(places):
    places = sorted(set(places))
    tokens = pl.DataFrame(places, {"interview": pl.String, "turn": pl.Int64, "token": pl.Int64}, orient="row")
    turns = tokens.select("interview", "turn").unique().sort("interview", "turn")
    assert turns[turn_of(tokens, turns)].equals(tokens.select("interview", "turn"))
    ends = pl.col("token").min().alias("first_token"), pl.col("token").max().alias("last_token")
    cut = tokens.filter(pl.col("turn") % 2 == 1).group_by("interview", "turn").agg(*ends).sort("interview", "turn")
    cut = cut.with_columns(first_turn="turn", last_turn="turn")
    rows = {(interview, turn): row for row, (interview, turn) in enumerate(cut.select("interview", "turn").iter_rows())}
    assert segment_of(tokens, cut).tolist() == [rows.get(place[:2], -1) for place in places]
