"""SQLite databases of other programs, read from their bytes and never written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from verbatim.problems import Problem, StudyError

MAGIC = b"SQLite format 3\x00"
MEND = "rouvrez le projet dans son logiciel, fermez-le, et copiez-le de nouveau"


# SQLite keeps any value in any column: what is no whole number in these of Taguette and QualCoder is read as none.
NUMBERS = frozenset(
    (
        *("id", "document_id", "start_offset", "end_offset", "highlight_id", "tag_id", "rowid"),
        *("cid", "fid", "pos0", "pos1", "catid", "supercatid", "supercid"),
    )
)


class Database:
    """A database held in memory; nothing that its file declares is run but the reading of its tables."""

    def __init__(self, connection: sqlite3.Connection):
        self.connection = connection
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        self.tables = {name for (name,) in found}

    def has(self, table: str) -> bool:
        """Say whether the database has this table (a view is none)."""
        return table in self.tables

    def columns(self, table: str) -> set[str]:
        """Return the names of the columns of a table."""
        return {row[1] for row in self.connection.execute(f'PRAGMA table_info("{table}")')}

    def rows(self, table: str, *names: str) -> list[tuple]:
        """Return these columns of all rows, in the order of the file: whole numbers, text elsewhere, None for nothing.

        A column that the table has not is None.
        """
        known = self.columns(table) if self.has(table) else set()
        if not known:
            return []
        asked = ", ".join(f'"{name}"' if name in known else "NULL" for name in names)
        found = self.connection.execute(f'SELECT {asked} FROM "{table}" ORDER BY rowid')
        return [tuple(_cell(value, name in NUMBERS) for name, value in zip(names, row, strict=True)) for row in found]


def _cell(value: object, is_number: bool) -> int | str | None:
    if is_number:
        return value if isinstance(value, int) else None
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else None if value is None else str(value)


@contextmanager
def opened(data: bytes, place: str, expected: str) -> Iterator[Database]:
    """Give the database that `data` is; raise StudyError when it is none, or is damaged. `expected` is for messages."""
    if not data.startswith(MAGIC):
        raise StudyError(Problem(place, "ce n'est pas une base SQLite", expected, MEND))
    # A copy left in write-ahead mode cannot be opened from memory: said to be a plain one (bytes 18 and 19).
    plain = data[:18] + b"\x01\x01" + data[20:]
    connection = sqlite3.connect(":memory:")
    try:
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        connection.deserialize(plain)
        connection.execute("PRAGMA query_only = 1")
        connection.execute("PRAGMA trusted_schema = 0")
        told = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if told != "ok":
            raise sqlite3.DatabaseError(told.splitlines()[0])
        yield Database(connection)
    # SQLite's own messages quote names of the file, which need not be UTF-8
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise StudyError(Problem(place, f"base de données abîmée ({error})", expected, MEND)) from error
    finally:
        connection.close()
