"""Tables of what the filled grid says: groups, pairs of themes, saturation, themes and classes."""

from verbatim.tables.declaration import Column, Table
from verbatim.tables.lexicon import ANALYSIS
from verbatim.tables.private import INTERVIEW
from verbatim.tables.themes import THEME

VARIABLE = Column("variable", "text", "attribute of the participants")
TABLES = (
    Table(
        "themes/groups",
        "Theme × modality of an attribute, over the interviews that somebody coded.",
        ("theme", "variable", "modality"),
        (
            THEME,
            VARIABLE,
            Column("modality", "text", "its modality"),
            Column("n_codings", "integer", "passages", "passages"),
            Column("n_words", "integer", "participants' words inside them", "words"),
            Column("share", "number", "n_words over all words of the modality", "proportion"),
            Column("n_holding", "integer", "interviews that hold the theme", "interviews"),
            Column("n_interviews", "integer", "interviews of the modality that were coded", "interviews"),
            Column(
                "low", "number", "n_holding / n_interviews, lower bound at 95 % (Clopper and Pearson)", "proportion"
            ),
            Column("high", "number", "its upper bound", "proportion"),
        ),
        ("n_holding <= n_interviews",),
    ),
    Table(
        "themes/contrasts",
        "Do the modalities of an attribute differ in a theme? Tests that keep interviews whole.",
        ("theme", "variable"),
        (
            THEME,
            VARIABLE,
            Column("p_presence", "number", "Fisher's exact test of presence × modality (Freeman and Halton)", "p"),
            Column("p_amount", "number", "permutation of interviews: share of words", "p"),
            Column("p_presence_adjusted", "number", "over all themes (Benjamini and Hochberg)", "p"),
            Column("p_amount_adjusted", "number", "over all themes (Benjamini and Hochberg)", "p"),
            Column("exact", "truth", "whether all ways to deal the interviews were counted"),
        ),
    ),
    Table(
        "themes/pairs",
        "Themes that meet, and which comes first.",
        ("theme", "other"),
        (
            THEME,
            Column("other", "text", "another theme, after the first in the grid"),
            Column("n_overlaps", "integer", "pairs of passages that share words", "pairs"),
            Column("n_turns", "integer", "turns that hold both", "turns"),
            Column("n_interviews", "integer", "interviews that hold both", "interviews"),
            Column("jaccard", "number", "turns that hold both over turns that hold either", "proportion"),
            Column(
                "expected_turns", "number", "turns that would hold both if each interview shuffled its turns", "turns"
            ),
            Column("p_turns", "number", "turns shuffled within interviews: as many or more that hold both", "p"),
            Column("n_first", "integer", "interviews in which `theme` comes before `other`", "interviews"),
            Column("n_second", "integer", "interviews in which it comes after", "interviews"),
        ),
    ),
    Table(
        "themes/saturation",
        "What each further interview brings: themes of the grid, or classes of an analysis.",
        ("kind", "position"),
        (
            Column("kind", "text", "`theme`, or the name of an analysis, whose classes are counted"),
            Column("position", "integer", "place of the interview in the order of the study, from 1"),
            INTERVIEW,
            Column("new", "integer", "themes or classes that no interview before held"),
            Column("cumulative", "integer", "all those met so far"),
            Column("mean", "number", "those met after so many interviews, mean over all orders"),
            Column("low", "number", "lower bound of 95 % of the orders"),
            Column("high", "number", "upper bound of 95 % of the orders"),
        ),
    ),
    Table(
        "themes/saturation_stops",
        "Where new information falls under a threshold (Guest, Namey and Chen 2020).",
        ("kind", "base", "run", "threshold"),
        (
            Column("kind", "text", "`theme`, or the name of an analysis, whose classes are counted"),
            Column("base", "integer", "interviews that set what is known", "interviews"),
            Column("run", "integer", "interviews compared with it at a time", "interviews"),
            Column("threshold", "number", "share of new information held to be small", "proportion"),
            Column("base_items", "integer", "themes or classes of the base"),
            Column("position", "integer", "last interview before the first run that brings so little", nullable=True),
            Column("share_of_orders", "number", "of random orders, those that reach it", "proportion"),
            Column("median_position", "number", "median place in the orders that reach it", nullable=True),
        ),
    ),
    Table(
        "themes/theme_class",
        "Theme × class: do coded passages fall into some classes more than chance would have it?",
        ("analysis", "theme", "class"),
        (
            ANALYSIS,
            THEME,
            Column("class", "integer", "number of the class"),
            Column("n", "integer", "classified segments of the class that a coding of the theme touches", "segments"),
            Column("expected", "number", "the same under independence", "segments"),
            Column("residual", "number", "adjusted standardised residual"),
        ),
    ),
)
