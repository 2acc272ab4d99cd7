"""Tables of the corpus: masked text, and all that refers to it."""

from verbatim.tables.declaration import Column, Table
from verbatim.tables.private import (
    FILE_COLUMNS,
    FILE_INVARIANTS,
    INTERVIEW,
    SPEAKER_COLUMNS,
    TOKEN_COLUMNS,
    TURN_COLUMNS,
    TURN_INVARIANTS,
)

STATUSES = "('active', 'supplementary', 'ignored')"
SEGMENT = Column("segment", "integer", "number of the segment in its interview, from 1")

TABLES = (
    Table(
        "corpus/files", "Source files and what became of their characters.", ("file",), FILE_COLUMNS, FILE_INVARIANTS
    ),
    Table(
        "corpus/interviews",
        "Interviews, with the attributes of the participant where there is one.",
        ("interview",),
        (
            INTERVIEW,
            Column("n_turns", "integer", "turns, the interviewer's included", "turns"),
            Column("n_words", "integer", "words of participants, punctuation excluded", "words"),
            Column("n_words_interviewer", "integer", "words of the interviewer", "words"),
            Column(
                "known_share",
                "number",
                "share of participants' words that French dictionaries know; under 0.7 it may be no French",
                "proportion",
                True,
            ),
            Column("panel", "text", "group of the participant", nullable=True),
            Column("*", "text", "an attribute of the participant", nullable=True),
        ),
    ),
    Table(
        "corpus/gate",
        "What the privacy gate found and what was decided, by kind.",
        ("kind",),
        (
            Column("kind", "text", "kind of identifier"),
            Column("n_accepted", "integer", "passages left as they are", "passages"),
            Column("n_masked", "integer", "passages masked", "passages"),
            Column("n_replaced", "integer", "passages replaced by a pseudonym", "passages"),
            Column("n_undecided", "integer", "passages nobody decided on (only when privacy.mode is warn)", "passages"),
        ),
    ),
    Table("corpus/speakers", "Speakers with role and attributes.", ("interview", "speaker"), SPEAKER_COLUMNS),
    Table("corpus/turns", "Turns, masked.", ("interview", "turn"), TURN_COLUMNS, TURN_INVARIANTS),
    Table(
        "corpus/tokens",
        "Words of all turns with lemma, part of speech and status.",
        ("interview", "turn", "token"),
        (
            *TOKEN_COLUMNS,
            Column("form", "text", "the token as written; an expression is one token"),
            Column("lemma", "text", "lemma, lower case"),
            Column("pos", "text", "part of speech (Universal Dependencies)"),
            Column("status", "text", "active, supplementary or ignored (punctuation, noise)"),
        ),
        ("token >= 1", '"end" > start', f"status IN {STATUSES}"),
    ),
    Table(
        "corpus/segments",
        "Segments of participants' words, by IRaMuTeQ's rule.",
        ("interview", "segment"),
        (
            INTERVIEW,
            SEGMENT,
            Column("speaker", "text", "code of the participant who speaks"),
            Column("question", "text", "question of the guide it answers", nullable=True),
            Column("first_turn", "integer", "turn in which it begins"),
            Column("first_token", "integer", "token of that turn with which it begins"),
            Column("last_turn", "integer", "turn in which it ends"),
            Column("last_token", "integer", "token of that turn with which it ends (included)"),
            Column("n_tokens", "integer", "tokens, punctuation included", "tokens"),
            Column("text", "text", "the words of the segment, as written"),
        ),
        ("segment >= 1", "n_tokens >= 1", "last_turn >= first_turn"),
    ),
)
