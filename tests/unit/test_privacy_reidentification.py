"""Sets of attributes that few share, against a count of all of them; rare words of rare people."""

from itertools import combinations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from verbatim import tables
from verbatim.privacy.reidentification import risky_combinations, telling_words, told

PEOPLE = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from(["x", "y", None]), st.sampled_from("12")), min_size=1
)


def speakers(rows):
    people = [(f"E{i}", f"E{i}", "participant", *row) for i, row in enumerate(rows)]
    schema = ["interview", "speaker", "role", "panel", "age", "lieu"]
    return pl.DataFrame([*people, ("E0", "ENQ", "interviewer", None, None, None)], schema=schema, orient="row")


@given(PEOPLE, st.integers(2, 4))
def test_the_sets_are_the_smallest_that_fewer_than_k_share(rows, k):
    found = tables.check("private/risky_combinations", risky_combinations(speakers(rows), k))
    expected = set()
    names = [n for i, n in enumerate(("panel", "age", "lieu")) if any(row[i] is not None for row in rows)]
    places = {"panel": 0, "age": 1, "lieu": 2}
    for number, person in enumerate(rows):
        small = []
        for size in (1, 2, 3):
            for chosen in combinations(names, size):
                n = sum(all(other[places[c]] == person[places[c]] for c in chosen) for other in rows)
                if n < k and not any(set(part) <= set(chosen) for part in small):
                    small.append(chosen)
                    expected.add((f"E{number}", " · ".join(chosen), n))
    assert {(i, a, n) for i, a, n in found.select("interview", "attributes", "n_sharing").iter_rows()} == expected


def test_rare_words_of_one_of_a_kind():
    people = speakers([("a", "x", "1"), ("b", "x", "1"), ("b", "x", "1")])
    turns = pl.DataFrame(
        [(f"E{i}", 1, f"E{i}", "participant") for i in range(3)],
        schema=["interview", "turn", "speaker", "role"],
        orient="row",
    )
    said = [
        ("E0", "brasure"),
        ("E0", "table"),
        ("E1", "chignole"),
        ("E2", "chignole"),
        ("E0", "gabarit"),
        ("E1", "gabarit"),
    ]
    tokens = pl.DataFrame(
        [(i, 1, lemma, "NOUN", "active") for i, lemma in said],
        schema=["interview", "turn", "lemma", "pos", "status"],
        orient="row",
    )
    lexique = pl.DataFrame({"form": ["table"], "pos": ["NOUN"], "lemma": ["table"], "frequency": [90.0]})
    found = tables.check("private/telling_words", telling_words(tokens, turns, people, lexique, 2))
    assert found.select("attribute", "modality", "lemma", "interviews").rows() == [("panel", "a", "brasure", "E0")]
    assert "1 mot(s)" in told(risky_combinations(people, 2), found, people, 2)


def test_nobody_and_no_attribute():
    nobody = speakers([]).drop("panel", "age", "lieu")
    assert risky_combinations(nobody, 3).is_empty()
