"""Tables of the thematic analysis."""

from verbatim.tables.declaration import Column, Table
from verbatim.tables.private import INTERVIEW, TURN

THEME = Column("theme", "text", "identifier of the theme in the grid")

TABLES = (
    Table(
        "themes/codings",
        "Passages that coders attached to themes, as they stand in the masked text.",
        ("coding",),
        (
            Column("coding", "text", "stable identifier of the coding"),
            INTERVIEW,
            Column("turn", "integer", TURN.meaning, nullable=True),
            Column("start", "integer", "where it begins in the turn; null when lost", "characters from 0", True),
            Column("end", "integer", "where it ends (excluded); null when lost", "characters from 0", True),
            Column("quote", "text", "the words, read from the masked turn (as written by the coder when lost)"),
            THEME,
            Column("coder", "text", "who coded it: the name of the coder's folder"),
            Column("origin", "text", "human or suggested"),
            Column("anchor", "text", "intact, moved, doubtful or lost"),
            Column("memo", "text", "remark of the coder", nullable=True),
            Column("hypothesis", "text", "hypothesis that the passage bears on", nullable=True),
            Column("stance", "text", "for, against or nuance", nullable=True),
            Column("set_aside", "text", "why a person keeps it out of all counts; null when it counts", nullable=True),
        ),
        (
            "origin IN ('human', 'suggested')",
            "anchor IN ('intact', 'moved', 'doubtful', 'lost')",
            "(anchor = 'lost') = (start IS NULL)",
        ),
    ),
    Table(
        "themes/anchoring",
        "What became of each coding: the words that its coder chose, and those that stand there now.",
        ("coding",),
        (
            Column("coding", "text", "stable identifier of the coding"),
            Column("status", "text", "intact, moved, doubtful or lost"),
            INTERVIEW,
            Column("turn_coded", "integer", "turn that the coder gave, if any", nullable=True),
            Column("turn_found", "integer", "turn where the words stand now; null when lost", nullable=True),
            Column("n_turns", "integer", "turns that the words now run over; 0 when lost", "turns"),
            Column("before_coded", "text", "words before, as the coder's table holds them", nullable=True),
            Column("quote_coded", "text", "the words, as the coder's table holds them (names masked)"),
            Column("after_coded", "text", "words after, as the coder's table holds them", nullable=True),
            Column("before_found", "text", "words before, now (lost: of the passage least unlike it)", nullable=True),
            Column("quote_found", "text", "the words that stand there now; null when lost", nullable=True),
            Column("after_found", "text", "words after, now (lost: of the passage least unlike it)", nullable=True),
            Column("likeness", "number", "letters that are the same (Levenshtein), over the longer", "proportion"),
        ),
        (
            "status IN ('intact', 'moved', 'doubtful', 'lost')",
            "(status = 'lost') = (turn_found IS NULL)",
            "(status = 'lost') = (quote_found IS NULL)",
            "likeness BETWEEN 0 AND 1",
        ),
    ),
    Table(
        "themes/grid",
        "Theme × interview: how much is coded.",
        ("theme", "interview"),
        (
            THEME,
            INTERVIEW,
            Column("n_codings", "integer", "passages coded, both coders together, overlaps counted once", "passages"),
            Column("n_words", "integer", "participant's words inside them", "words"),
            Column("share", "number", "n_words over all the participant's words", "proportion"),
            Column(
                "n_suggested", "integer", "passages that only an accepted suggestion codes, counted apart", "passages"
            ),
        ),
    ),
    Table(
        "themes/unread",
        "What files of codings hold that the study does not keep, and why.",
        ("file", "what"),
        (
            Column("file", "text", "path of the file in the study"),
            Column("what", "text", "what it is, in French"),
            Column("n", "integer", "how many there are", "pieces"),
            Column("why", "text", "why it is not kept, or where it went, in French"),
        ),
        ("n >= 1",),
    ),
)
