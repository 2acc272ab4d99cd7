"""Tables of Reinert's classification."""

from verbatim.tables.corpus import SEGMENT
from verbatim.tables.declaration import Column, Table
from verbatim.tables.lexicon import ANALYSIS, POINT_COLUMNS
from verbatim.tables.private import INTERVIEW

CLASS = Column("class", "integer", "number of the class, from 1")

TABLES = (
    Table(
        "classes/tree",
        "The descending classification: every node of the tree.",
        ("analysis", "tree", "node"),
        (
            ANALYSIS,
            Column("tree", "integer", "1, or 2 for the second tree of double mode"),
            Column("node", "integer", "number of the node: split i makes 2i and 2i+1; the root is 1"),
            Column("mother", "integer", "node it was split from; 0 for the root"),
            Column("chi2", "number", "χ² of the split of this node after reallocation; null for a leaf", "", True),
            Column("chi2_cut", "number", "χ² of the same split at the best cut of the axis", "", True),
            Column("n_segments", "integer", "segments in the node when it was made", "segments"),
            Column("class", "integer", "class that this node is; null inside the tree and for peeled leaves", "", True),
        ),
        ("n_segments >= 0",),
    ),
    Table(
        "classes/segments",
        "The class of every segment.",
        ("analysis", "interview", "segment"),
        (
            ANALYSIS,
            INTERVIEW,
            SEGMENT,
            Column("class", "integer", "class of the segment; 0 = not classified"),
            Column("reason", "text", "why it is not classified: no_active_form, row_lost, small_leaf", "", True),
            Column("node", "integer", "leaf of the tree in which it ended; 0 = lost"),
            Column("n_forms", "integer", "distinct active forms of the segment in the table", "forms"),
        ),
        ("(class = 0) = (reason IS NOT NULL)",),
    ),
    Table(
        "classes/profiles",
        "What characterises each class: words and attributes.",
        ("analysis", "class", "kind", "term"),
        (
            ANALYSIS,
            CLASS,
            Column("kind", "text", "active, supplementary (lemmas) or attribute"),
            Column("term", "text", "lemma, or attribute=modality"),
            Column("n_in_class", "integer", "segments of the class that bear it", "segments"),
            Column("n_total", "integer", "classified segments that bear it", "segments"),
            Column("percent", "number", "100 · n_in_class / n_total", "%"),
            Column("chi2", "number", "χ² of the 2×2 table without correction, negative when under-represented"),
            Column("p", "number", "probability of a χ² as large, one degree of freedom"),
            Column("p_adjusted", "number", "p after Benjamini and Hochberg (1995) over class and kind"),
            Column("effect", "number", "φ: signed square root of χ² / classified segments"),
            Column("n_interviews", "integer", "interviews of the class in which it occurs", "interviews"),
        ),
        ("n_in_class <= n_total",),
    ),
    Table(
        "classes/typical_segments",
        "Segments that show each class best.",
        ("analysis", "class", "rank"),
        (
            ANALYSIS,
            CLASS,
            Column("rank", "integer", "from 1, by absolute score"),
            INTERVIEW,
            SEGMENT,
            Column("score_absolute", "number", "sum of the χ² of the class' forms present in the segment"),
            Column("score_relative", "number", "the same divided by the number of those forms"),
            Column("marked", "text", "JSON list of the lemmas that count"),
        ),
    ),
    Table(
        "classes/correspondence",
        "Correspondence analysis of forms × classes.",
        ("analysis", "kind", "term"),
        (
            ANALYSIS,
            Column("kind", "text", "active, supplementary, attribute or class"),
            Column("term", "text", "lemma, attribute=modality, or number of the class"),
            *POINT_COLUMNS,
        ),
    ),
    Table(
        "classes/stability",
        "How far each class survives resampling.",
        ("analysis", "class"),
        (
            ANALYSIS,
            CLASS,
            Column(
                "jaccard_mean", "number", "mean Jaccard index with the nearest class of each resample", "proportion"
            ),
            Column("jaccard_low", "number", "lower bound of its 95 % interval", "proportion"),
            Column("jaccard_high", "number", "upper bound of its 95 % interval", "proportion"),
            Column("n_resamples", "integer", "resamples drawn", "resamples"),
            Column("dominant_interview", "text", "interview that gives the class most segments"),
            Column("dominant_share", "number", "share of the class' segments that it gives", "proportion"),
        ),
    ),
)
