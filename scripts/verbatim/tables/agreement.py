"""Tables of the agreement between coders, and of what they do not agree on."""

from verbatim.tables.declaration import Column, Table
from verbatim.tables.private import INTERVIEW

TABLES = (
    Table(
        "themes/agreement",
        "How far coders agree, theme by theme and over all (theme `*`), on the interviews that two or more coded.",
        ("theme", "coefficient"),
        (
            Column("theme", "text", "identifier of the theme, or `*` for all"),
            Column("coefficient", "text", "cohen, fleiss, krippendorff, unitised, gwet or brennan_prediger"),
            Column("unit", "text", "what was compared: segment, turn, sentence or character"),
            Column("value", "number", "the coefficient; null where chance alone makes it undefined", nullable=True),
            Column("low", "number", "its lower bound at 95 % (bootstrap)", nullable=True),
            Column("high", "number", "its upper bound", nullable=True),
            Column("observed", "number", "agreement observed", "proportion", True),
            Column("expected", "number", "agreement that chance would give", "proportion", True),
            Column("n_units", "integer", "units compared", "units"),
            Column("n_coders", "integer", "coders compared", "coders"),
            Column("remark", "text", "why this coefficient may be the wrong tool here, in French", nullable=True),
        ),
    ),
    Table(
        "themes/discordances",
        "Where two coders of the same interview do not agree, side by side.",
        ("discordance",),
        (
            Column("discordance", "text", "stable identifier"),
            Column("kind", "text", "missed (only one coded), theme (same words, other theme), bounds (other words)"),
            INTERVIEW,
            Column("turn", "integer", "turn of the first passage"),
            Column("coder", "text", "first coder"),
            Column("coding", "text", "coding of the first coder"),
            Column("other_coder", "text", "second coder"),
            Column("other_coding", "text", "coding of the second coder; null when there is none", nullable=True),
            Column("overlap", "number", "words in both over words in either; 0 when one coded nothing", "proportion"),
            Column("resolution", "text", "first, second, both or neither: as decided by a person", nullable=True),
        ),
        ("kind IN ('missed', 'theme', 'bounds')",),
    ),
)
