"""The tables of a study: declared once, checked whenever they are read or written."""

from verbatim.tables.catalogue import TABLES
from verbatim.tables.declaration import Column, Table
from verbatim.tables.store import TableError, check, empty, read, read_all, write

__all__ = ["TABLES", "Column", "Table", "TableError", "check", "empty", "read", "read_all", "write"]
