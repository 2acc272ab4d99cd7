"""Table of the verbatims that stand for each theme on its sheet."""

from verbatim.tables.declaration import Column, Table
from verbatim.tables.private import INTERVIEW
from verbatim.tables.themes import THEME

TABLES = (
    Table(
        "themes/chosen_verbatims",
        "Verbatims chosen for the sheet of each theme by a stated rule: diverse interviews first, for and against.",
        ("theme", "rank"),
        (
            THEME,
            Column("rank", "integer", "order on the sheet, from 1"),
            Column("coding", "text", "identifier of the coding"),
            INTERVIEW,
            Column("reason", "text", "why it was chosen there, in French"),
        ),
    ),
)
