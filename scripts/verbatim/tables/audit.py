"""Tables that a person reads to mend the words: doubtful lemmas, expressions to join, what a correction moved."""

from verbatim.tables.declaration import Column, Table
from verbatim.tables.lexicon import ANALYSIS, LEMMA, POS
from verbatim.tables.private import INTERVIEW

TABLES = (
    Table(
        "corpus/doubtful_lemmas",
        "Lemmas to look at: sources disagree, no dictionary has the word, or it is rare and unknown.",
        ("form", "pos", "lemma"),
        (
            Column("form", "text", "word as written, lower case"),
            POS,
            LEMMA,
            Column("model_lemma", "text", "lemma that the language model gives most often"),
            Column("model_pos", "text", "part of speech that the language model gives most often"),
            Column("lexique_lemma", "text", "lemma of Lexique 3.83 for this part of speech", "", True),
            Column("simplemma_lemma", "text", "lemma of simplemma", "", True),
            Column("reason", "text", "corrected, unknown, disagree, several_pos or rare"),
            Column("status", "text", "active, supplementary or ignored"),
            Column("n_occurrences", "integer", "how often it is said, by everybody", "occurrences"),
            Column("n_interviews", "integer", "interviews in which it is said", "interviews"),
            Column("interview", "text", "interview of the context shown"),
            Column("turn", "integer", "turn of the context shown"),
            Column("start", "integer", "first character of the word in that turn"),
            Column("end", "integer", "first character after it"),
            Column("correction", "text", "lemma that resources/words/lemmas.csv gives, where it does", "", True),
            Column("correction_reason", "text", "why, in the words of that file", "", True),
        ),
        ("reason IN ('corrected', 'unknown', 'disagree', 'several_pos', 'rare')", "n_occurrences >= 1"),
    ),
    Table(
        "corpus/suggested_expressions",
        "Sequences of words said often enough together that they may be one word.",
        ("expression",),
        (
            Column("expression", "text", "the words in lower case, one space between them"),
            Column("lemma", "text", "lemma proposed"),
            Column("pos", "text", "part of speech proposed"),
            Column("n_words", "integer", "words", "words"),
            Column("n_occurrences", "integer", "how often participants say it", "occurrences"),
            Column("n_interviews", "integer", "interviews in which they say it", "interviews"),
            Column("pmi", "number", "log2 of its frequency over that of its words by chance", "bits"),
            Column("npmi", "number", "the same between −1 and 1 (Bouma 2009)"),
            INTERVIEW,
            Column("turn", "integer", "turn of the context shown"),
            Column("start", "integer", "first character of the expression in that turn"),
            Column("end", "integer", "first character after it"),
        ),
        ("n_words >= 2", "n_occurrences >= 2"),
    ),
    Table(
        "classes/correction_effects",
        "Segments by class without, and with, the study's own corrections of words.",
        ("analysis", "before", "after"),
        (
            ANALYSIS,
            Column("before", "integer", "class without the corrections; 0: unclassified"),
            Column("after", "integer", "class with them; 0: unclassified"),
            Column("n_segments", "integer", "segments", "segments"),
            Column("jaccard", "number", "segments of both classes over those of either", "proportion"),
            Column("ari", "number", "adjusted Rand index of the two classifications, the same on every row"),
        ),
        ("n_segments >= 1",),
    ),
)
