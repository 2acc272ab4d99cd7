"""Reading and writing tables: the only place that touches parquet."""

from __future__ import annotations

import os
from collections.abc import Iterable

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from verbatim.step import whole_file
from verbatim.tables.catalogue import TABLES
from verbatim.tables.declaration import TYPES, Table

AT_ONCE = 2**20
ARROW = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "truth": pa.bool_()}


class TableError(Exception):
    """A table that is not as declared: always a fault of the program, never of a study."""


def empty(name: str) -> pl.DataFrame:
    """Return the declared table without rows and without columns of families."""
    return pl.DataFrame(schema={c.name: TYPES[c.type] for c in TABLES[name].columns if not c.is_family})


def check(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Return `frame` with declared types and column order, sorted by key; raise TableError otherwise.

    Checked: no column is missing or unknown, types convert without loss, nulls stand only where
    declared, the key is unique and never null, every invariant holds.
    """
    table = TABLES[name]
    missing = [c.name for c in table.columns if not c.is_family and c.name not in frame.columns]
    unknown = [n for n in frame.columns if table.column(n) is None]
    if missing or unknown:
        raise TableError(f"{name}: missing columns {missing}, unknown columns {unknown}")
    order = table.order(frame.columns)
    try:
        frame = frame.select(pl.col(n).cast(TYPES[table.column(n).type]) for n in order)
    except pl.exceptions.PolarsError as error:
        raise TableError(f"{name}: {error}") from error
    nulls = [n for n in order if frame[n].null_count() and not table.column(n).nullable]
    if nulls:
        raise TableError(f"{name}: nulls in {nulls}")
    _check_invariants(table, frame)
    return _in_order(table, frame)


def _in_order(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """Return `frame` sorted by its key; raise TableError when a key stands twice.

    Most tables come sorted: seeing that costs a fraction of what sorting ten million rows does.
    """
    if _first_disorder(table.key, frame) is not None:
        frame = frame.sort(table.key, maintain_order=True)
        again = _first_disorder(table.key, frame)
        if again is not None:
            twice = frame.select(table.key).row(again)
            raise TableError(f"{table.name}: the key {table.key} is not unique, for example {twice}")
    return frame


def _first_disorder(key: tuple[str, ...], frame: pl.DataFrame) -> int | None:
    """Return the first row whose key does not come after that of the row before; None when all do."""
    grows = pl.lit(False)
    for name in reversed(key):
        here, before = pl.col(name), pl.col(name).shift()
        grows = (here > before) | ((here == before) & grows)
    for begin in range(0, frame.height, AT_ONCE):
        part = frame.select(key)[max(begin - 1, 0) : begin + AT_ONCE]
        rows = part.select(grows.fill_null(False)).to_series()[1:].not_().arg_true()
        if len(rows):
            return max(begin - 1, 0) + 1 + rows[0]
    return None


def _check_invariants(table: Table, frame: pl.DataFrame) -> None:
    for condition in table.invariants:
        broken = frame.filter(~pl.sql_expr(condition))
        if broken.height:
            raise TableError(f"{table.name}: {broken.height} rows break « {condition} », first {broken.row(0)}")


def write(name: str, frame: pl.DataFrame, path: str | os.PathLike[str]) -> None:
    """Check `frame` and write it to `path`, whole or not at all, each column with meaning and unit."""
    table = TABLES[name]
    frame = check(name, frame)
    fields = [_field(table, column) for column in frame.columns]
    schema = pa.schema(fields, metadata={"table": name, "meaning": table.meaning, "key": ", ".join(table.key)})
    with whole_file(path) as partial, pq.ParquetWriter(partial, schema, compression="zstd") as file:
        # a part at a time: the whole in arrow's form would take as much memory again. In one piece each, so that the
        # bytes do not depend on how the rows were made.
        for part in frame.iter_slices(AT_ONCE) if frame.height else [frame]:
            file.write_table(part.rechunk().to_arrow().cast(schema), AT_ONCE)


def _field(table: Table, name: str) -> pa.Field:
    column = table.column(name)
    return pa.field(name, ARROW[column.type], metadata={"meaning": column.meaning, "unit": column.unit})


def read(name: str, path: str | os.PathLike[str]) -> pl.DataFrame:
    """Read the table `name` from `path` and check it."""
    return check(name, pl.read_parquet(path))


def read_all(name: str, paths: Iterable[str | os.PathLike[str]]) -> pl.DataFrame:
    """Read parts of the table `name` and give them as one, checked (no part: the empty table)."""
    parts = [pl.read_parquet(path) for path in paths]
    return check(name, pl.concat(parts, how="diagonal")) if parts else empty(name)
