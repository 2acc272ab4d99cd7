"""Tables of the hypotheses and findings of a study."""

from verbatim.tables.declaration import Column, Table
from verbatim.tables.private import INTERVIEW

HYPOTHESIS = Column("hypothesis", "text", "identifier of the hypothesis in hypotheses.yaml")
STANCE = Column("stance", "text", "for, against or nuance")
CODING = Column("coding", "text", "identifier of the coding")
FINDING = Column("finding", "text", "identifier of the finding in findings.yaml")
VARIABLE = Column("variable", "text", "attribute of the participants, `interview`, or `all`")
MODALITY = Column("modality", "text", "its modality, or `all`")
INDICATOR = Column("indicator", "text", "name of the group of words")
IS_STANCE = "stance IN ('for', 'against', 'nuance')"
IS_SIGN = "stance IN ('for', 'against')"

TABLES = (
    Table(
        "themes/hypotheses",
        "Passages for, against or nuancing each hypothesis: codings that stand and count.",
        ("hypothesis", "stance", "coding"),
        (
            HYPOTHESIS,
            STANCE,
            CODING,
            Column(
                "passage",
                "integer",
                "number of the passage in its hypothesis and stance: codings that overlap in a turn are one, "
                "whoever made them",
            ),
        ),
        (IS_STANCE,),
    ),
    Table(
        "themes/hypothesis_counts",
        "Who speaks for, against or nuances each hypothesis, by interview, panel and attribute.",
        ("hypothesis", "stance", "variable", "modality"),
        (
            HYPOTHESIS,
            STANCE,
            VARIABLE,
            MODALITY,
            Column("n_codings", "integer", "passages, overlapping codings of a stance counted once", "passages"),
            Column("n_interviews", "integer", "interviews that hold one", "interviews"),
            Column("n_coded", "integer", "interviews of the modality in which somebody coded something", "interviews"),
        ),
        (IS_STANCE, "n_interviews <= n_coded", "n_interviews <= n_codings"),
    ),
    Table(
        "themes/contradictions",
        "Codings for and against a hypothesis that share words.",
        ("hypothesis", "coding", "other"),
        (
            HYPOTHESIS,
            Column("coding", "text", "identifier of the coding for it"),
            Column("other", "text", "identifier of the coding against it"),
            INTERVIEW,
        ),
    ),
    Table(
        "themes/unplaced",
        "Codings that bear on a hypothesis, by their theme or by naming it, and that nobody gave a stance.",
        ("hypothesis", "coding"),
        (HYPOTHESIS, CODING, Column("theme", "text", "identifier of its theme in the grid")),
    ),
    Table(
        "themes/indicators",
        "Words declared as signs of a hypothesis: who says them, and how much more than chance would have it.",
        ("hypothesis", "indicator", "variable", "modality"),
        (
            HYPOTHESIS,
            INDICATOR,
            Column("stance", "text", "what it is a sign of: for or against"),
            VARIABLE,
            MODALITY,
            Column("n_occurrences", "integer", "occurrences of its words", "occurrences"),
            Column("n_words", "integer", "words that these participants say", "words"),
            Column(
                "per_thousand",
                "number",
                "occurrences for a thousand words; null without words",
                "occurrences per 1,000 words",
                True,
            ),
            Column(
                "score",
                "number",
                "signed specificity (Lafon 1980): −log10 of the probability; null for `all` and a single modality",
                nullable=True,
            ),
            Column("n_interviews", "integer", "interviews that say one of them", "interviews"),
        ),
        (IS_SIGN, "n_occurrences <= n_words"),
    ),
    Table(
        "themes/indicator_words",
        "What each word of an indicator brings.",
        ("hypothesis", "indicator", "word"),
        (
            HYPOTHESIS,
            INDICATOR,
            Column("word", "text", "the word, as hypotheses.yaml writes it"),
            Column("query", "text", "the search that it stands for, as the concordancer reads it"),
            Column("n_occurrences", "integer", "its occurrences", "occurrences"),
            Column("n_interviews", "integer", "interviews that say it", "interviews"),
        ),
    ),
    Table(
        "themes/verdicts",
        "The researcher's verdicts on the hypotheses, as written in resources/verdicts.csv.",
        ("hypothesis", "date"),
        (
            HYPOTHESIS,
            Column("date", "text", "when it was written, YYYY-MM-DD"),
            Column("verdict", "text", "supported, contradicted, nuanced or open"),
            Column("text", "text", "the reasons, in the researcher's words (names masked)"),
            Column("author", "text", "who wrote it", nullable=True),
            Column(
                "n_since",
                "integer",
                "passages that count now and did not stand then; null when the verdict does not say what it saw",
                "passages",
                True,
            ),
            Column("n_gone", "integer", "codings that stood then and do not count now; null likewise", "codings", True),
        ),
        ("verdict IN ('supported', 'contradicted', 'nuanced', 'open')", "(n_since IS NULL) = (n_gone IS NULL)"),
    ),
    Table(
        "themes/findings",
        "What the researcher asserts, as written in resources/findings.yaml.",
        ("finding",),
        (
            FINDING,
            Column("position", "integer", "its place in the file, from 1"),
            Column("title", "text", "its name (names masked)", nullable=True),
            Column("sentence", "text", "what is asserted, in the researcher's words (names masked)"),
            Column("date", "text", "when it was written, YYYY-MM-DD"),
            Column("author", "text", "who wrote it", nullable=True),
            Column("hypotheses", "text", "hypotheses that it bears on, separated by spaces", nullable=True),
            Column("line", "integer", "line of the file where it begins"),
        ),
    ),
    Table(
        "themes/finding_passages",
        "The coded passages that each finding cites, and whether their words still stand.",
        ("finding", "citation"),
        (
            FINDING,
            Column("citation", "integer", "its place among the passages of the finding, from 1"),
            Column("side", "text", "rests_on or against"),
            Column("coding", "text", "identifier of the coding cited"),
            Column("cited", "text", "the words as the finding cites them (names masked)"),
            Column("status", "text", "stands, changed (other words now), lost (the coding) or absent (no such coding)"),
            Column("interview", "text", "interview of the coding; null when absent", nullable=True),
            Column("turn", "integer", "turn in which the words stand", nullable=True),
            Column("start", "integer", "where they begin in the turn", "characters from 0", True),
            Column("end", "integer", "where they end (excluded)", "characters from 0", True),
            Column("quote", "text", "the words in the transcript now: those cited, or the likest", nullable=True),
            Column("before", "text", "where they do not stand: the words before", nullable=True),
            Column("after", "text", "where they do not stand: the words after", nullable=True),
            Column("coder", "text", "who coded the passage", nullable=True),
            Column("theme", "text", "theme of the coding now", nullable=True),
            Column("theme_cited", "text", "theme of the coding when it was cited, where that is said", nullable=True),
            Column("warning", "text", "what to look at again, in French; null when nothing", nullable=True),
            Column("line", "integer", "line of the file where it is cited"),
        ),
        (
            "side IN ('rests_on', 'against')",
            "status IN ('stands', 'changed', 'lost', 'absent')",
            "status <> 'stands' OR start IS NOT NULL",
        ),
    ),
)
