import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim import tables
from verbatim.tables import TABLES, TableError, store

ROWS = {
    "interview": ["B", "A"],
    "segment": [1, 1],
    "speaker": ["x", "y"],
    "question": [None, "Q1"],
    "first_turn": [1, 1],
    "first_token": [1, 1],
    "last_turn": [1, 2],
    "last_token": [3, 3],
    "n_tokens": [3, 3],
    "text": ["b", "a"],
}


def segments(**changes):
    return pl.DataFrame({**ROWS, **changes})


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_table_can_be_written_empty_and_read_again(name, tmp_path):
    tables.write(name, tables.empty(name), tmp_path / "t.parquet")
    assert tables.read(name, tmp_path / "t.parquet").columns == [
        c.name for c in TABLES[name].columns if not c.is_family
    ]


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_key_is_a_declared_column_that_is_never_null(name):
    table = TABLES[name]
    assert all(table.column(k) is not None and not table.column(k).nullable for k in table.key)


def test_rows_are_sorted_by_key_and_carry_meaning_and_unit(tmp_path):
    tables.write("corpus/segments", segments(), tmp_path / "s.parquet")
    assert tables.read("corpus/segments", tmp_path / "s.parquet")["interview"].to_list() == ["A", "B"]
    field = pq.read_schema(tmp_path / "s.parquet").field("n_tokens")
    assert field.metadata == {b"meaning": b"tokens, punctuation included", b"unit": b"tokens"}


def test_same_rows_in_another_order_give_the_same_bytes(tmp_path):
    tables.write("corpus/segments", segments(), tmp_path / "a")
    tables.write("corpus/segments", segments().reverse(), tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (segments().drop("text"), "missing columns"),
        (segments(colour=["x", "y"]), "unknown columns"),
        (segments(interview=["A", "A"]), "not unique"),
        (segments(text=["a", None]), "nulls in"),
        (segments(n_tokens=[0, 1]), "n_tokens >= 1"),
        (segments(n_tokens=["many", "few"]), "conversion"),
    ],
)
def test_what_is_not_as_declared_is_refused(frame, said, tmp_path):
    with pytest.raises(TableError, match=said):
        tables.write("corpus/segments", frame, tmp_path / "s.parquet")
    assert list(tmp_path.iterdir()) == []


def test_families_of_columns_stand_in_their_order():
    point = {"mass": [0.1], "analysis": ["a"], "kind": ["active"], "term": ["mot"]}
    axes = {f"coordinate_{i}": [0.0] for i in (10, 2, 1)}
    checked = tables.check("classes/correspondence", pl.DataFrame({**axes, **point}))
    assert checked.columns[-3:] == ["coordinate_1", "coordinate_2", "coordinate_10"]


def test_parts_are_read_as_one(tmp_path):
    tables.write("corpus/segments", segments().head(1), tmp_path / "a")
    tables.write("corpus/segments", segments().tail(1), tmp_path / "b")
    assert tables.read_all("corpus/segments", [tmp_path / "a", tmp_path / "b"]).height == 2
    assert tables.read_all("corpus/segments", []).is_empty()


@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), st.integers(1, 9)), max_size=12), st.integers(1, 5))
def test_order_and_keys_are_seen_part_by_part(places, at_once):
    rows = {name: [1] * len(places) for name in ROWS if name not in ("interview", "segment")}
    rows |= {"interview": [place[0] for place in places], "segment": [place[1] for place in places]}
    texts = dict.fromkeys(("interview", "speaker", "question", "text"), pl.String)
    frame = pl.DataFrame(rows, schema_overrides={"segment": pl.Int64}, strict=False).cast(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "AT_ONCE", at_once)
        if len(set(places)) < len(places):
            with pytest.raises(TableError, match="not unique"):
                tables.check("corpus/segments", frame)
        else:
            found = tables.check("corpus/segments", frame)
            assert found.select("interview", "segment").rows() == sorted(places)


def test_a_table_written_part_by_part_is_read_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "AT_ONCE", 2)
    rows = segments().clear().vstack(segments()[1:]).vstack(segments()[:1])
    more = pl.concat([rows.with_columns(pl.col("segment") + n) for n in range(3)]).sort("interview", "segment")
    tables.write("corpus/segments", more, tmp_path / "t.parquet")
    assert pq.ParquetFile(tmp_path / "t.parquet").num_row_groups == 3
    assert tables.read("corpus/segments", tmp_path / "t.parquet").equals(tables.check("corpus/segments", more))
