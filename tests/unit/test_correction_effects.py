"""What corrections moved, on words placed by hand."""

import polars as pl
import pytest

from verbatim.correction_effects import Classified, effects


def classified(cuts, starts=(0, 3, 6, 9, 12, 15)):
    """Words at characters `starts` of one turn; `cuts`: last word of each segment and its class."""
    rows = [("E1", 1, i, start, start + 2, "active") for i, start in enumerate(starts, 1)]
    tokens = pl.DataFrame(rows, ["interview", "turn", "token", "start", "end", "status"], orient="row")
    segments, classes, first = [], [], 1
    for number, (last, label) in enumerate(cuts, 1):
        segments.append(("E1", number, 1, first, 1, last))
        classes.append(("E1", number, label))
        first = last + 1
    bounds = ["interview", "segment", "first_turn", "first_token", "last_turn", "last_token"]
    return Classified(
        tokens,
        pl.DataFrame(segments, bounds, orient="row"),
        pl.DataFrame(classes, ["interview", "segment", "class"], orient="row"),
    )


def cells(found):
    return {(b, a): n for b, a, n in found.select("before", "after", "n_segments").iter_rows()}


def test_nothing_moved():
    same = classified([(2, 1), (4, 2), (6, 0)])
    found = effects("a", same, same)
    assert cells(found) == {(1, 1): 1, (2, 2): 1, (0, 0): 1}
    assert found["jaccard"].to_list() == [1.0] * 3 and set(found["ari"]) == {1.0}


def test_a_segment_had_the_class_of_most_of_its_words():
    # Without the correction there were two segments of three words; an expression now joins words 5 and 6.
    before = classified([(3, 1), (6, 2)])
    after = classified([(2, 1), (5, 2)], starts=(0, 3, 6, 9, 12))
    found = effects("a", before, after)
    assert cells(found) == {(1, 1): 1, (2, 2): 1}
    late = effects("a", before, classified([(4, 7), (5, 2)], starts=(0, 3, 6, 9, 12)))
    assert cells(late) == {(1, 7): 1, (2, 2): 1}


def test_jaccard_and_agreement_are_those_of_the_table():
    before = classified([(1, 1), (2, 1), (3, 1), (4, 2), (5, 2), (6, 2)])
    after = classified([(1, 1), (2, 1), (3, 2), (4, 2), (5, 2), (6, 2)])
    found = effects("a", before, after)
    assert cells(found) == {(1, 1): 2, (1, 2): 1, (2, 2): 3}
    jaccard = {(b, a): j for b, a, j in found.select("before", "after", "jaccard").iter_rows()}
    assert jaccard == pytest.approx({(1, 1): 2 / 3, (1, 2): 1 / 6, (2, 2): 3 / 4})
    # Pairs together in both: 1 + 3; by rows 3 + 3, by columns 1 + 6, of 15.
    expected = 6 * 7 / 15
    assert found["ari"][0] == pytest.approx((4 - expected) / (6.5 - expected))


def test_an_analysis_without_counted_words_has_an_empty_table():
    empty = classified([(6, 1)])
    silent = Classified(empty.tokens.with_columns(status=pl.lit("ignored")), empty.segments, empty.classes)
    assert effects("a", silent, silent).is_empty()
