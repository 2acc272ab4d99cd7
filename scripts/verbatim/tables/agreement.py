"""Tables of the agreement between coders, and of what they do not agree on."""

from verbatim.tables.declaration import Column, Table
from verbatim.tables.private import INTERVIEW

TABLES = (
    Table(
        "themes/agreement",
        "How far coders agree, theme by theme and over all (theme `*`), on the interviews that two or more coded.",
        ("theme", "coefficient"),
        (
            Column("theme", "text", "identifier of the theme (it counts those below it), or `*` for all"),
            Column("coefficient", "text", "cohen, fleiss, krippendorff, unitised, gwet or brennan_prediger"),
            Column("unit", "text", "what was compared: segment, turn, sentence or (unitised) word"),
            Column("uncoded", "text", "keep, or drop: units in which nobody coded anything at all are left out"),
            Column(
                "value", "number", "the coefficient; null where it is undefined or not for so many coders", "", True
            ),
            Column("low", "number", "its lower bound at 95 % (bootstrap)", nullable=True),
            Column("high", "number", "its upper bound", nullable=True),
            Column("resampled", "text", "what the interval draws whole: interview (5 or more of them), unit or turn"),
            Column("observed", "number", "agreement observed", "proportion", True),
            Column("expected", "number", "agreement that chance would give", "proportion", True),
            Column("n_units", "integer", "units compared (of `*`: units × themes)", "units"),
            Column("n_seen", "integer", "of these, units in which at least one coder sees the theme", "units"),
            Column("n_shared", "integer", "of these, units in which all those who coded the interview see it", "units"),
            Column("n_interviews", "integer", "interviews compared", "interviews"),
            Column("n_coders", "integer", "coders compared", "coders"),
            Column("remark", "text", "why this coefficient may be the wrong tool here, in French", nullable=True),
        ),
        (
            "coefficient IN ('cohen', 'fleiss', 'krippendorff', 'unitised', 'gwet', 'brennan_prediger')",
            "unit IN ('segment', 'sentence', 'turn', 'word')",
            "resampled IN ('interview', 'unit', 'turn')",
            "value IS NOT NULL OR remark IS NOT NULL",
            "(low IS NULL) = (high IS NULL)",
            "value IS NULL OR low IS NOT NULL OR remark IS NOT NULL",
            "n_shared <= n_seen",
            "n_seen <= n_units",
        ),
    ),
    Table(
        "themes/discordances",
        "Where two coders of the same interview do not agree, side by side.",
        ("discordance",),
        (
            Column("discordance", "text", "stable identifier"),
            Column(
                "kind",
                "text",
                "missed (only one coded), theme (same words, other theme) or bounds (same theme, other words)",
            ),
            INTERVIEW,
            Column("turn", "integer", "turn of the first passage"),
            Column("coder", "text", "first coder"),
            Column("coding", "text", "coding of the first coder"),
            Column("other_coder", "text", "second coder"),
            Column("other_coding", "text", "coding of the second coder; null when there is none", nullable=True),
            Column("overlap", "number", "words in both over words in either; 0 when one coded nothing", "proportion"),
            Column("resolution", "text", "first, second, both or neither: as decided by a person", nullable=True),
        ),
        (
            "kind IN ('missed', 'theme', 'bounds')",
            "(kind = 'missed') = (other_coding IS NULL)",
            "resolution IN ('first', 'second', 'both', 'neither')",
            "overlap BETWEEN 0 AND 1",
        ),
    ),
    Table(
        "themes/resolutions",
        "What people decided between two coders, and whether the codings decided on still exist.",
        ("discordance",),
        (
            Column("discordance", "text", "identifier of the discordance decided on"),
            INTERVIEW,
            Column("coding", "text", "coding of the first coder"),
            Column("other_coding", "text", "coding of the second coder; null when there is none", nullable=True),
            Column("theme", "text", "theme of the first coding, when it was decided"),
            Column("quote", "text", "words of the first coding, when it was decided"),
            Column("decision", "text", "first, second, both or neither"),
            Column("reason", "text", "why, in the words of whoever decided", nullable=True),
            Column("state", "text", "applied, or gone: a coding decided on is no more"),
            Column("missing", "text", "codings that are no more, separated by « · »", nullable=True),
        ),
        (
            "decision IN ('first', 'second', 'both', 'neither')",
            "state IN ('applied', 'gone')",
            "(state = 'gone') = (missing IS NOT NULL)",
        ),
    ),
)
