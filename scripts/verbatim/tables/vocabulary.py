"""Tables of the vocabulary: how rich it is, who says what, which words go together, whose they are."""

from verbatim.tables.declaration import Column, Table
from verbatim.tables.lexicon import ANALYSIS, LEMMA, POS
from verbatim.tables.private import INTERVIEW

VARIABLE = Column("variable", "text", "attribute of the participants, `interview` or `question`")
MODALITY = Column("modality", "text", "value of the attribute")
SCORE = Column("score", "number", "± log10 of the hypergeometric probability: + said more, − said less")
MARGINS = (
    Column("f", "integer", "occurrences in the modality", "occurrences"),
    Column("F", "integer", "occurrences in the analysis", "occurrences"),
    Column("t", "integer", "size of the modality", "occurrences"),
    Column("T", "integer", "size of the analysis", "occurrences"),
    Column("per_thousand", "number", "1000·f/t", "per thousand occurrences"),
    SCORE,
    Column("p_adjusted", "number", "probability after Benjamini and Hochberg (1995) over the variable"),
    Column("n_interviews", "integer", "interviews of the modality in which it occurs", "interviews"),
)

TABLES = (
    Table(
        "lexicon/statistics",
        "Counts and richness of the vocabulary, of an analysis (`all`), of its interviews and modalities.",
        ("analysis", "variable", "modality"),
        (
            ANALYSIS,
            Column("variable", "text", "`all`, `interview`, or an attribute of the settings"),
            Column("modality", "text", "`all`, an interview, or a value of the attribute"),
            Column("n_interviews", "integer", "interviews", "interviews"),
            Column("n_turns", "integer", "turns of participants", "turns"),
            Column("n_segments", "integer", "segments", "segments"),
            Column("n_occurrences", "integer", "occurrences, active and supplementary", "occurrences"),
            Column("n_forms", "integer", "distinct forms, in lower case", "forms"),
            Column("n_lemmas", "integer", "distinct lemmas (lemma and part of speech)", "lemmas"),
            Column("n_hapax", "integer", "forms said once", "forms"),
            Column("n_active", "integer", "active occurrences", "occurrences"),
            Column("share", "number", "share of the occurrences of the analysis", "proportion"),
            Column(
                "seconds", "number", "time spoken, in turns of which transcripts give begin and end", "seconds", True
            ),
            Column(
                "time_share",
                "number",
                "share of the time spoken in the analysis; null unless transcripts time all its interviews",
                "proportion",
                True,
            ),
            Column("turn_length", "number", "mean occurrences of a turn", "occurrences", True),
            Column("segment_length", "number", "mean tokens of a segment, punctuation included", "tokens"),
            Column(
                "ttr", "number", "forms over occurrences: falls as texts grow, compare only equal lengths", "", True
            ),
            Column(
                "mattr",
                "number",
                "moving-average type-token ratio (Covington and McFall 2010): mean over all windows of `window` words "
                "that lie in one interview; null without such a window",
                nullable=True,
            ),
            Column(
                "mtld",
                "number",
                "measure of textual lexical diversity (McCarthy and Jarvis 2010), of several interviews: their words "
                "over their factors",
                "words",
                True,
            ),
            Column("yule_k", "number", "Yule's K (1944): the larger, the more words come back", "", True),
            Column("herdan_c", "number", "log forms over log occurrences (Herdan 1960)", "", True),
            Column("zipf_slope", "number", "slope of log frequency on log rank (Zipf 1949)", "", True),
            Column("zipf_r2", "number", "share of variance that this line explains", "proportion", True),
            Column("heaps_beta", "number", "slope of log forms on log occurrences (Heaps 1978)", "", True),
            Column("heaps_r2", "number", "share of variance that this line explains", "proportion", True),
        ),
        ("n_forms <= n_occurrences", "n_hapax <= n_forms"),
    ),
    Table(
        "lexicon/growth",
        "How many forms were met by a given length, in the order of the corpus.",
        ("analysis", "variable", "modality", "n_occurrences"),
        (
            ANALYSIS,
            Column("variable", "text", "`all` or `interview`"),
            Column("modality", "text", "`all` or an interview"),
            Column("n_occurrences", "integer", "occurrences read", "occurrences"),
            Column("n_forms", "integer", "distinct forms met by then", "forms"),
        ),
        ("n_forms <= n_occurrences",),
    ),
    Table(
        "lexicon/segment_lengths",
        "How many segments have a given length.",
        ("analysis", "length"),
        (
            ANALYSIS,
            Column("length", "integer", "tokens of the segment, punctuation included", "tokens"),
            Column("n_segments", "integer", "segments of this length", "segments"),
        ),
    ),
    Table(
        "lexicon/modality_pos",
        "Parts of speech that each modality uses more, or less (Lafon 1980).",
        ("analysis", "variable", "modality", "pos"),
        (ANALYSIS, VARIABLE, MODALITY, POS, *MARGINS),
    ),
    Table(
        "lexicon/word_groups",
        "Groups of words of the study (resources/words/groups.csv) that each modality says more, or less.",
        ("analysis", "variable", "modality", "group"),
        (ANALYSIS, VARIABLE, MODALITY, Column("group", "text", "name of the group"), *MARGINS),
    ),
    Table(
        "lexicon/banal",
        "Words that no modality of a variable says more, or less: |score| < 2 everywhere.",
        ("analysis", "variable", "lemma", "pos"),
        (
            ANALYSIS,
            VARIABLE,
            LEMMA,
            POS,
            Column("F", "integer", "occurrences in the analysis", "occurrences"),
            Column("largest", "number", "largest |score| over the modalities"),
            Column("n_interviews", "integer", "interviews in which it occurs", "interviews"),
        ),
        ("largest < 2",),
    ),
    Table(
        "lexicon/distances",
        "Labbé's intertextual distance between the texts that the modalities of a variable make.",
        ("analysis", "variable", "first", "second"),
        (
            ANALYSIS,
            VARIABLE,
            Column("first", "text", "a modality"),
            Column("second", "text", "another, after it in alphabetical order"),
            Column("distance", "number", "0: the same words in the same shares; 1: no word in common", "proportion"),
        ),
        ("first < second", "distance >= 0", "distance <= 1"),
    ),
    Table(
        "lexicon/repeats",
        "Repeated segments: sequences of words that come back, inside turns; at most 5,000.",
        ("analysis", "expression"),
        (
            ANALYSIS,
            Column("expression", "text", "the words in lower case"),
            Column("n_words", "integer", "words", "words"),
            Column("n_occurrences", "integer", "how often it is said", "occurrences"),
            Column("n_interviews", "integer", "interviews in which it is said", "interviews"),
            Column("pmi", "number", "log2 of its frequency over that of its words by chance", "bits"),
        ),
        ("n_words >= 2", "n_occurrences >= 2"),
    ),
    Table(
        "lexicon/associations",
        "The words that come most with each active word, in its segments (at most twenty each).",
        ("analysis", "lemma", "other"),
        (
            ANALYSIS,
            LEMMA,
            Column("other", "text", "a lemma said in the same segments"),
            Column("n_segments", "integer", "segments of the lemma", "segments"),
            Column("n_other", "integer", "segments of the other", "segments"),
            Column("together", "integer", "segments with both", "segments"),
            Column("chi2", "number", "χ² of the two over all segments of the analysis (1 degree of freedom)"),
            Column("log10_p", "number", "log10 of the hypergeometric probability of so many, or more, together"),
            Column("place", "integer", "rank of the other among those of the lemma, 1 the strongest"),
        ),
        ("together >= 1", "place >= 1"),
    ),
    Table(
        "lexicon/priming",
        "Whose word is it: who said each active word first in each interview.",
        ("analysis", "interview", "lemma", "pos"),
        (
            ANALYSIS,
            INTERVIEW,
            LEMMA,
            POS,
            Column("origin", "text", "taken_up (the interviewer said it before), own (after), own_only (never)"),
            Column("interviewer_turn", "integer", "turn in which the interviewer says it first", "", True),
            Column("participant_turn", "integer", "turn in which the participant says it first"),
            Column("n_interviewer", "integer", "times the interviewer says it", "occurrences"),
            Column("n_participant", "integer", "times the participant says it", "occurrences"),
        ),
        ("origin IN ('taken_up', 'own', 'own_only')", "n_participant >= 1"),
    ),
)
