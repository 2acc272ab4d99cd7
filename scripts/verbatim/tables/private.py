"""Tables that hold unmasked text: they live in results/private/ and are never published."""

from verbatim.tables.declaration import Column, Table

INTERVIEW = Column("interview", "text", "identifier of the interview, as in interviews.csv")
TURN = Column("turn", "integer", "number of the turn in its interview, from 1")
TURN_COLUMNS = (
    INTERVIEW,
    TURN,
    Column("speaker", "text", "code of the person who speaks"),
    Column("role", "text", "interviewer or participant"),
    Column("question", "text", "question of the guide that this turn answers or asks", nullable=True),
    Column("start_s", "number", "when the turn begins in the recording", "seconds", nullable=True),
    Column("end_s", "number", "when the turn ends in the recording", "seconds", nullable=True),
    Column("text", "text", "what was said, in Unicode NFC"),
)
TURN_INVARIANTS = ("turn >= 1", "role IN ('interviewer', 'participant')", "LENGTH(text) > 0")
TOKEN_COLUMNS = (
    INTERVIEW,
    TURN,
    Column("token", "integer", "number of the token in its turn, from 1"),
    Column("start", "integer", "where the token begins in the turn's text", "characters from 0"),
    Column("end", "integer", "where the token ends in the turn's text (excluded)", "characters from 0"),
)
SPEAKER_COLUMNS = (
    INTERVIEW,
    Column("speaker", "text", "code of the person who speaks"),
    Column("role", "text", "interviewer or participant"),
    Column("panel", "text", "group the person belongs to in the design of the study", nullable=True),
    Column("*", "text", "an attribute of the person, as in interviews.csv", nullable=True),
)
FILE_COLUMNS = (
    Column("file", "text", "name of the source file in resources/transcripts/"),
    Column("format", "text", "format the file was read as"),
    Column("sha256", "text", "SHA-256 of the file's bytes, in hexadecimal"),
    Column("n_characters", "integer", "length of the file's text once decoded", "characters"),
    Column("n_kept", "integer", "kept as words of participants", "characters"),
    Column("n_interviewer", "integer", "kept as words of the interviewer", "characters"),
    Column("n_dropped", "integer", "markup set aside by a stated rule", "characters"),
    Column("n_unread", "integer", "not understood", "characters"),
    Column("dropped", "text", "JSON object: rule -> number of characters it set aside"),
    Column("notes", "text", "JSON list of French sentences: guesses made, things that could not be kept"),
)
FILE_INVARIANTS = ("n_kept + n_interviewer + n_dropped + n_unread = n_characters",)

TABLES = (
    Table(
        "private/source_turns",
        "Turns of one source file, before they are joined with the attributes.",
        ("file", "block", "position"),
        (
            Column("file", "text", "name of the source file"),
            Column("block", "integer", "number of the interview inside the file, from 1"),
            Column("position", "integer", "number of the turn inside the block, from 1"),
            Column("variables", "text", "JSON object of the variables that the file gives for the block"),
            Column("speaker", "text", "label of the speaker as written in the file", nullable=True),
            Column("start_s", "number", "when the turn begins in the recording", "seconds", nullable=True),
            Column("end_s", "number", "when the turn ends in the recording", "seconds", nullable=True),
            Column("text", "text", "what was said, in Unicode NFC"),
        ),
        ("position >= 1", "LENGTH(text) > 0"),
    ),
    Table(
        "private/source_accounts",
        "What became of every character of one source file, before roles are known (all words in n_kept).",
        ("file",),
        FILE_COLUMNS,
        FILE_INVARIANTS,
    ),
    Table("private/turns", "Turns as transcribed, unmasked.", ("interview", "turn"), TURN_COLUMNS, TURN_INVARIANTS),
    Table("private/speakers", "Speakers, unmasked.", ("interview", "speaker"), SPEAKER_COLUMNS),
    Table(
        "private/files", "Source files and what became of their characters.", ("file",), FILE_COLUMNS, FILE_INVARIANTS
    ),
    Table(
        "private/annotation",
        "Words of turns as the language model sees them, before the lists of the study are applied.",
        ("interview", "turn", "token"),
        (
            *TOKEN_COLUMNS,
            Column("form", "text", "the token as written"),
            Column("lemma", "text", "lemma given by the model"),
            Column("pos", "text", "part of speech given by the model (Universal Dependencies)"),
            Column("entity", "text", "label of the named entity the token belongs to", nullable=True),
        ),
        ("token >= 1", '"end" > start'),
    ),
    Table(
        "private/findings",
        "Passages that may identify somebody, with the decision taken for each.",
        ("interview", "turn", "start", "end"),
        (
            INTERVIEW,
            TURN,
            Column("start", "integer", "where the passage begins in the raw turn", "characters from 0"),
            Column("end", "integer", "where it ends (excluded)", "characters from 0"),
            Column("text", "text", "the passage, unmasked"),
            Column("kind", "text", "kind of identifier: phone, email, person, place, capital…"),
            Column("digest", "text", "keyed hash of the passage, the same for all its occurrences"),
            Column("decision", "text", "accept, mask or replace; null while undecided", nullable=True),
            Column("replacement", "text", "what stands instead when masked or replaced", nullable=True),
        ),
        ('"end" > start', "decision IS NULL OR decision IN ('accept', 'mask', 'replace')"),
    ),
    Table(
        "private/offsets",
        "For each masked passage: where it stood in the raw turn and where its substitute stands.",
        ("interview", "turn", "raw_start"),
        (
            INTERVIEW,
            TURN,
            Column("raw_start", "integer", "begin in the raw turn", "characters from 0"),
            Column("raw_end", "integer", "end in the raw turn (excluded)", "characters from 0"),
            Column("start", "integer", "begin in the masked turn", "characters from 0"),
            Column("end", "integer", "end in the masked turn (excluded)", "characters from 0"),
        ),
        ("raw_end > raw_start", '"end" >= start'),
    ),
    Table(
        "private/risky_combinations",
        "Attributes that fewer participants share than the study's smallest group: who could be recognised by them.",
        ("interview", "speaker", "attributes"),
        (
            INTERVIEW,
            Column("speaker", "text", "participant"),
            Column(
                "attributes", "text", "one to three attributes, none of which singles the person out without the others"
            ),
            Column("values", "text", "their values; « ? » where unknown"),
            Column("n_sharing", "integer", "participants who have the same", "people"),
        ),
        ("n_sharing >= 1",),
    ),
    Table(
        "private/telling_words",
        "Rare words that only participants of a rare modality say: together they may tell who speaks.",
        ("attribute", "modality", "lemma", "pos"),
        (
            Column("attribute", "text", "attribute"),
            Column("modality", "text", "modality that fewer participants have than the study's smallest group"),
            Column("lemma", "text", "lemma, unknown to Lexique or rare in it"),
            Column("pos", "text", "part of speech (UD)"),
            Column("interviews", "text", "interviews that say it, separated by spaces"),
            Column("n_people", "integer", "participants of the modality", "people"),
            Column("n_occurrences", "integer", "occurrences", "occurrences"),
        ),
    ),
)
