"""Verbatims chosen for the sheet of a theme: every clause of the rule, and what an interview more changes."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatim.sheets import choosing, passages
from verbatim.sheets.chosen_verbatims import table

WORDS = [f"mot{n}" for n in range(16)]


def coding(
    interview, turn, n_words=12, *, start=0, coder="c1", theme="t", stance=None, anchor="intact", seed=0, **more
):
    quote = " ".join(WORDS[(turn * 7 + seed + i * (1 + turn % 5)) % len(WORDS)] + str(turn) for i in range(n_words))
    row = {
        "coding": f"{coder}-{interview}-{turn}-{start}-{theme}",
        **{"interview": interview, "turn": turn, "start": start, "end": start + len(quote), "quote": quote},
        **{"theme": theme, "coder": coder, "origin": "human", "anchor": anchor, "memo": None},
        **{"hypothesis": "h" if stance else None, "stance": stance, "set_aside": None},
    }
    return row | more


def chosen(rows, cells=None, most=8):
    frame = pl.DataFrame(rows, infer_schema_length=None)
    return choosing.choose(passages.of_themes(frame, {"t": ["t"]})["t"], cells or {}, most)


def where(found):
    return [(one.coding["interview"], one.coding["turn"]) for one in found]


def test_each_interview_speaks_once_before_any_speaks_twice():
    rows = [coding(name, turn) for name in "ABCD" for turn in range(1, 6)]
    found = where(chosen(rows, most=6))
    assert sorted(name for name, _ in found[:4]) == list("ABCD")
    assert len(found) == 6


def test_modalities_take_turns():
    rows = [coding(name, 1) for name in ("A1", "A2", "A3", "A4", "A5", "A6", "B1", "B2")]
    cells = {row["interview"]: (row["interview"][0],) for row in rows}
    found = [name[0] for name, _ in where(chosen(rows, cells, most=4))]
    assert sorted(found) == ["A", "A", "B", "B"]


def test_for_against_and_nuance_each_have_a_place_and_the_interview_has_had_its_turn():
    rows = [coding(name, turn, stance="for") for name in "ABCDEF" for turn in (1, 2)]
    rows += [coding("A", 9, stance="against"), coding("A", 8, stance="nuance")]
    found = chosen(rows, most=6)
    assert {"for", "against", "nuance"} <= {s for one in found for s in one.passage.stances}
    assert "position « contre »" in found[0].reason
    assert found[0].coding["turn"] == 9
    names = [one.coding["interview"] for one in found]
    assert names.count("A") == 2 and len(set(names)) == 5


def test_scraps_pages_and_doubtful_anchors_are_left_out():
    rows = [coding("A", 1, 5), coding("A", 2, 81), coding("A", 3, anchor="doubtful"), coding("A", 4, 6)]
    assert where(chosen(rows)) == [("A", 4)]


def test_two_coders_at_one_place_are_one_verbatim_and_come_first():
    rows = [coding("A", 1, 30), coding("A", 2, 20), coding("A", 2, 14, start=3, coder="c2")]
    found = chosen(rows)
    assert where(found) == [("A", 2), ("A", 1)]
    assert "deux personnes" in found[0].reason


def test_the_same_words_twice_in_an_interview_stand_once():
    one = coding("A", 1)
    again = coding("A", 5) | {"quote": one["quote"] + " bis"}
    assert len(chosen([one, again])) == 1
    assert len(chosen([one, again | {"interview": "B"}])) == 2


def test_what_does_not_count_is_not_chosen():
    rows = [coding("A", 1, origin="suggested"), coding("B", 1, set_aside="vu"), coding("C", 1)]
    assert where(chosen(rows)) == [("C", 1)]


def test_nothing_in_the_order_of_the_rows():
    rows = [coding(n, t, stance=s) for n in "ABC" for t, s in ((1, "for"), (2, None), (3, "against"))]
    assert where(chosen(rows)) == where(chosen(rows[::-1]))


row = st.builds(
    lambda i, t, n, s, c: coding(i, t, n, stance=s, coder=c, theme="t"),
    st.sampled_from([f"E{k:02}" for k in range(9)]),
    st.integers(1, 6),
    st.integers(4, 40),
    st.sampled_from([None, None, "for", "against", "nuance"]),
    st.sampled_from(["c1", "c2"]),
)
unique = st.lists(row, max_size=40, unique_by=lambda r: r["coding"])


@settings(max_examples=150, deadline=None)
@given(unique, st.lists(row, min_size=1, max_size=6, unique_by=lambda r: r["coding"]), st.integers(1, 10))
def test_an_interview_more_changes_little(rows, more, most):
    cells = {f"E{k:02}": ("un" if k % 2 else "deux",) for k in range(9)} | {"NEW": ("un",)}
    new = [coding("NEW", r["turn"], len(r["quote"].split()), stance=r["stance"], coder=r["coder"]) for r in more]
    before = {one.coding["coding"] for one in chosen([*rows, coding("E00", 99, 2)], cells, most)}
    after = {one.coding["coding"]: one for one in chosen([*rows, coding("E00", 99, 2), *new], cells, most)}
    entered = set(after) - before
    own = {key for key in entered if after[key].coding["interview"] == "NEW"}
    assert len(before - set(after)) <= len(entered)
    assert len(entered - own) <= len(choosing.STANCES)
    assert len(after) == min(most, len(after)) and len(after) >= len(before)


def test_a_mother_takes_the_passages_of_her_daughters_and_no_grid_is_no_fault():
    from verbatim.grid import Theme

    grid = [Theme("m", "Mère", "", 0), Theme("t", "Fille", "m", 1)]
    people = pl.DataFrame({"interview": ["A", "B"], "panel": ["un", None]})
    frame = pl.DataFrame([coding("A", 1), coding("B", 1)], infer_schema_length=None)
    found = table(frame, people, grid, [], 8)
    assert found.group_by("theme").len().sort("theme").rows() == [("m", 2), ("t", 2)]
    assert table(frame, people, [], [], 8)["theme"].unique().to_list() == ["t"]
    assert table(frame.clear(), people, grid, [], 8).is_empty()
