"""Codings: passages that coders attached to themes, in the files that coders use."""

from verbatim.codings.coders import differing_authors, folder_coder
from verbatim.codings.model import (
    COLUMNS,
    HOLDING,
    KNOWN,
    Coding,
    Reading,
    StudyText,
    Unread,
    check,
    own_id,
    row_digest,
    unread_table,
)
from verbatim.codings.reading import FORMATS, read
from verbatim.codings.sheets import Sheet, parse, read_table

__all__ = [
    "COLUMNS",
    "FORMATS",
    "HOLDING",
    "KNOWN",
    "Coding",
    "Reading",
    "Sheet",
    "StudyText",
    "Unread",
    "check",
    "differing_authors",
    "folder_coder",
    "own_id",
    "parse",
    "read",
    "read_table",
    "row_digest",
    "unread_table",
]
