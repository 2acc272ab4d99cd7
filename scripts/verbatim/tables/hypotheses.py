"""Tables of the hypotheses and findings of a study."""

from verbatim.tables.declaration import Column, Table
from verbatim.tables.private import INTERVIEW

TABLES = (
    Table(
        "themes/hypotheses",
        "Passages for, against or nuancing each hypothesis.",
        ("hypothesis", "stance", "coding"),
        (
            Column("hypothesis", "text", "identifier of the hypothesis in hypotheses.yaml"),
            Column("stance", "text", "for, against or nuance"),
            Column("coding", "text", "identifier of the coding"),
        ),
        ("stance IN ('for', 'against', 'nuance')",),
    ),
    Table(
        "themes/hypothesis_counts",
        "Who speaks for, against or nuances each hypothesis, by modality of an attribute.",
        ("hypothesis", "stance", "variable", "modality"),
        (
            Column("hypothesis", "text", "identifier of the hypothesis"),
            Column("stance", "text", "for, against or nuance"),
            Column("variable", "text", "attribute of the participants, or `all`"),
            Column("modality", "text", "its modality, or `all`"),
            Column("n_codings", "integer", "passages that both count and stand", "passages"),
            Column("n_interviews", "integer", "interviews that hold one", "interviews"),
            Column("n_coded", "integer", "interviews of the modality in which somebody coded something", "interviews"),
        ),
        ("stance IN ('for', 'against', 'nuance')", "n_interviews <= n_coded"),
    ),
    Table(
        "themes/indicators",
        "Words declared as signs of a hypothesis: who says them, and how much more than chance would have it.",
        ("hypothesis", "indicator", "variable", "modality"),
        (
            Column("hypothesis", "text", "identifier of the hypothesis"),
            Column("indicator", "text", "name of the group of words"),
            Column("stance", "text", "what it is a sign of: for or against"),
            Column("variable", "text", "attribute of the participants"),
            Column("modality", "text", "its modality"),
            Column("n_occurrences", "integer", "occurrences of its words", "occurrences"),
            Column("per_thousand", "number", "the same for a thousand words said", "occurrences per 1,000 words"),
            Column("score", "number", "signed specificity (Lafon 1980): −log10 of the probability"),
            Column("n_interviews", "integer", "interviews that say one of them", "interviews"),
        ),
        ("stance IN ('for', 'against')",),
    ),
    Table(
        "themes/verdicts",
        "The researcher's verdicts on the hypotheses, as written in resources/verdicts.csv.",
        ("hypothesis", "date"),
        (
            Column("hypothesis", "text", "identifier of the hypothesis"),
            Column("date", "text", "when it was written, YYYY-MM-DD"),
            Column("verdict", "text", "supported, contradicted, nuanced or open"),
            Column("text", "text", "the reasons, in the researcher's words"),
            Column("author", "text", "who wrote it", nullable=True),
            Column("n_since", "integer", "passages about it that count now and did not stand then", "passages", True),
        ),
        ("verdict IN ('supported', 'contradicted', 'nuanced', 'open')",),
    ),
    Table(
        "themes/findings",
        "What the researcher asserts, and the coded passages that each assertion rests on.",
        ("finding", "coding"),
        (
            Column("finding", "text", "identifier of the finding in findings.yaml"),
            Column("coding", "text", "identifier of the coding cited"),
            INTERVIEW,
            Column("quote", "text", "the words cited, which stand in the transcript"),
            Column("stance", "text", "for, against or nuance", nullable=True),
        ),
    ),
)
