"""Tables of the words of an analysis."""

from verbatim.tables.corpus import SEGMENT
from verbatim.tables.declaration import Column, Table
from verbatim.tables.private import INTERVIEW

ANALYSIS = Column("analysis", "text", "name of the analysis, as in config.yaml")
LEMMA = Column("lemma", "text", "lemma, lower case")
POS = Column("pos", "text", "part of speech (Universal Dependencies)")
COUNTS = (
    Column("n_occurrences", "integer", "how often participants say it", "occurrences"),
    Column("n_segments", "integer", "segments in which it occurs", "segments"),
    Column("n_interviews", "integer", "interviews in which it occurs", "interviews"),
    Column("status", "text", "active or supplementary"),
)
POINT_COLUMNS = (
    Column("mass", "number", "share of the table's total (0 for supplementary points)", "proportion"),
    Column("coordinate_*", "number", "principal coordinate on the axis"),
    Column(
        "contribution_*", "number", "share of the axis' inertia (null for supplementary points)", "proportion", True
    ),
    Column("cos2_*", "number", "share of the point's inertia that the axis shows", "proportion", True),
    Column("inertia_*", "number", "share of total inertia of the axis, the same on every row", "proportion"),
)

TABLES = (
    Table(
        "lexicon/forms",
        "Words as written, in lower case, by part of speech.",
        ("analysis", "form", "pos"),
        (ANALYSIS, Column("form", "text", "word as written, lower case"), POS, *COUNTS),
    ),
    Table(
        "lexicon/lemmas",
        "Lemmas by part of speech.",
        ("analysis", "lemma", "pos"),
        (ANALYSIS, LEMMA, POS, *COUNTS),
    ),
    Table(
        "lexicon/segment_lemmas",
        "How often each lemma occurs in each segment.",
        ("analysis", "interview", "segment", "lemma", "pos"),
        (ANALYSIS, INTERVIEW, SEGMENT, LEMMA, POS, Column("count", "integer", "occurrences", "occurrences")),
        ("count >= 1",),
    ),
    Table(
        "lexicon/specificities",
        "What each modality says more, or less, than chance would have it (Lafon 1980); of variables with more than "
        "100 modalities, without the words that a modality does not say and that it is not short of (|score| < 2).",
        ("analysis", "variable", "modality", "lemma", "pos"),
        (
            ANALYSIS,
            Column("variable", "text", "attribute of the participants, `interview`, `question` or `class`"),
            Column("modality", "text", "value of the attribute"),
            LEMMA,
            POS,
            Column("f", "integer", "occurrences in the modality", "occurrences"),
            Column("F", "integer", "occurrences in the analysis", "occurrences"),
            Column("t", "integer", "size of the modality", "occurrences"),
            Column("T", "integer", "size of the analysis", "occurrences"),
            Column("expected", "number", "F·t/T", "occurrences"),
            Column("per_thousand", "number", "1000·f/t", "per thousand occurrences"),
            Column("score", "number", "± log10 of the hypergeometric probability: + said more, − said less"),
            Column("p_adjusted", "number", "probability after Benjamini and Hochberg (1995) over the variable"),
            Column("n_interviews", "integer", "interviews of the modality in which it occurs", "interviews"),
            Column("status", "text", "active or supplementary"),
        ),
        ('f <= "F"', 't <= "T"'),
    ),
    Table(
        "lexicon/correspondence",
        "Correspondence analysis of lemmas × modalities.",
        ("analysis", "variable", "kind", "term"),
        (
            ANALYSIS,
            Column("variable", "text", "attribute of the columns, `interview`, `question` or `class`"),
            Column("kind", "text", "active or supplementary (lemma), or modality"),
            Column("term", "text", "lemma or modality"),
            *POINT_COLUMNS,
        ),
    ),
)
