"""Tables of what the classes owe to the sample, to the settings and to the run."""

from verbatim.tables.classes import CLASS
from verbatim.tables.corpus import SEGMENT
from verbatim.tables.declaration import Column, Table
from verbatim.tables.lexicon import ANALYSIS
from verbatim.tables.private import INTERVIEW

TRIAL = Column("trial", "integer", "number of the trial, from 1; 0 = the study's own classification")

TABLES = (
    Table(
        "classes/stability",
        "How far each class survives resampling.",
        ("analysis", "class"),
        (
            ANALYSIS,
            CLASS,
            Column("jaccard_mean", "number", "mean Jaccard index with what stands for it in resamples of interviews"),
            Column("jaccard_low", "number", "2.5 % quantile of that index"),
            Column("jaccard_high", "number", "97.5 % quantile of that index"),
            Column("n_resamples", "integer", "resamples of interviews drawn", "resamples"),
            Column("segments_mean", "number", "mean Jaccard index in resamples of segments"),
            Column("segments_low", "number", "2.5 % quantile of that index"),
            Column("segments_high", "number", "97.5 % quantile of that index"),
            Column("dominant_interview", "text", "interview that gives the class most segments"),
            Column("dominant_share", "number", "share of the class' segments that it gives", "proportion"),
            Column("influential_interview", "text", "interview whose absence changes the class most", "", True),
            Column("influence_jaccard", "number", "Jaccard index of the class without that interview", "", True),
        ),
    ),
    Table(
        "classes/membership",
        "How surely each segment belongs to its class.",
        ("analysis", "interview", "segment"),
        (
            ANALYSIS,
            INTERVIEW,
            SEGMENT,
            Column("class", "integer", "class of the segment; 0 = not classified"),
            Column("n_resamples", "integer", "resamples of interviews in which it is", "resamples"),
            Column("probability", "number", "share of them that put it where its class was found again", "", True),
            Column("second_class", "integer", "class in which it was found most often besides", "", True),
            Column("second_probability", "number", "share of the resamples that put it there", "", True),
        ),
    ),
    Table(
        "classes/form_stability",
        "How often each form stays characteristic of a class.",
        ("analysis", "class", "term"),
        (
            ANALYSIS,
            CLASS,
            Column("term", "text", "active lemma whose χ² in the class is over 3.84"),
            Column("chi2", "number", "its signed χ² in the class"),
            Column("share", "number", "resamples of interviews where it is characteristic again", "proportion"),
        ),
    ),
    Table(
        "classes/influence",
        "What becomes of each class when one interview is left out.",
        ("analysis", "class", "interview"),
        (
            ANALYSIS,
            CLASS,
            INTERVIEW,
            Column("n_segments", "integer", "segments of the class that it gives", "segments"),
            Column("share", "number", "of the class", "proportion"),
            Column("jaccard", "number", "Jaccard index of the class, over the other interviews, without it"),
        ),
    ),
    Table(
        "classes/candidates",
        "Every number of classes that was tried.",
        ("analysis", "number"),
        (
            ANALYSIS,
            Column("number", "integer", "number of classes asked for", "classes"),
            Column("n_classes", "integer", "classes found", "classes"),
            Column("n_splits", "integer", "splits that it took", "splits"),
            Column("n_classified", "integer", "segments that have a class", "segments"),
            Column("share", "number", "of the segments", "proportion"),
            Column("jaccard_mean", "number", "mean over the classes of the mean Jaccard index", "", True),
            Column("jaccard_lowest", "number", "that of the weakest class", "", True),
            Column("acceptable", "truth", "enough segments classified, and no class under the threshold"),
            Column("chosen", "truth", "number of classes of the study"),
        ),
    ),
    Table(
        "classes/trials",
        "Parameter laboratory: the classifications that other settings would have given.",
        ("analysis", "trial"),
        (
            ANALYSIS,
            TRIAL,
            Column("mode", "text", "segments or double"),
            Column("unit", "text", "lemma or form"),
            Column("size", "integer", "aimed length of a segment", "words"),
            Column("minimum_frequency", "integer", "occurrences under which a word stays out", "occurrences"),
            Column("number", "integer", "classes asked for; 0 for the study's own where it chose itself", "classes"),
            Column("n_classes", "integer", "classes found", "classes"),
            Column("n_segments", "integer", "segments", "segments"),
            Column("n_forms", "integer", "active words of the table", "forms"),
            Column("n_classified", "integer", "segments that have a class", "segments"),
            Column("share", "number", "of the segments", "proportion"),
            Column("rand", "number", "adjusted Rand index with the study's own classification", "", True),
        ),
    ),
    Table(
        "classes/agreements",
        "Parameter laboratory: how alike two classifications are.",
        ("analysis", "trial", "other"),
        (
            ANALYSIS,
            TRIAL,
            Column("other", "integer", "number of the other trial, larger than `trial`"),
            Column(
                "rand",
                "number",
                "adjusted Rand index (Hubert and Arabie 1985) over words that both classify",
                "",
                True,
            ),
            Column("share", "number", "of the participants' counted words, those that both classify", "proportion"),
        ),
    ),
    Table(
        "classes/names",
        "Names that people gave to classes, and where they stand now.",
        ("analysis", "position"),
        (
            ANALYSIS,
            Column("position", "integer", "row of class_names.csv, from 1, among those of the analysis"),
            Column("name", "text", "name given by the researcher"),
            Column("accepted_class", "integer", "number of the class in the accepted run", "", True),
            Column("class", "integer", "number of the class now; null for an orphan", "", True),
            Column("status", "text", "matched, doubtful or orphan"),
            Column("jaccard", "number", "share of segments that the two have in common, of those of either", "", True),
            Column("merged_with", "integer", "class of the accepted run that it is merged with", "", True),
            Column("words_then", "text", "JSON list of the lemmas that marked it in the accepted run"),
            Column("words_now", "text", "JSON list of the lemmas that mark it now"),
        ),
    ),
    Table(
        "classes/moves",
        "Where the segments of the accepted run are now.",
        ("analysis", "accepted_class", "class"),
        (
            ANALYSIS,
            Column("accepted_class", "integer", "class in the accepted run; 0 = not classified, -1 = not there"),
            Column("class", "integer", "class now; 0 = not classified, -1 = not there"),
            Column("n_segments", "integer", "segments", "segments"),
        ),
    ),
    Table(
        "classes/form_changes",
        "Forms that began or ceased to characterise a class since the accepted run.",
        ("analysis", "class", "change", "term"),
        (
            ANALYSIS,
            Column("class", "integer", "number of the class now"),
            Column("change", "text", "gained or lost"),
            Column("term", "text", "lemma; for one that the corpus no longer has, the beginning of its digest"),
            Column("chi2_then", "number", "signed χ² in the accepted run", "", True),
            Column("chi2_now", "number", "signed χ² now", "", True),
        ),
    ),
)
