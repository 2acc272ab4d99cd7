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
            Column("p_amount", "number", "interviews dealt anew to the modalities: share of words by interview", "p"),
            Column("p_presence_adjusted", "number", "over all themes (Benjamini and Hochberg)", "p"),
            Column("p_amount_adjusted", "number", "over all themes (Benjamini and Hochberg)", "p"),
            Column(
                "n_interviews", "integer", "interviews compared: coded, with a value of the attribute", "interviews"
            ),
            Column("exact_presence", "truth", "whether all tables of these margins were counted; else drawn"),
            Column("exact_amount", "truth", "whether all ways to deal the interviews were counted; else drawn"),
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
            Column(
                "n_turns", "integer", "participants' turns that hold both (the middle of a passage of each)", "turns"
            ),
            Column("n_interviews", "integer", "interviews that hold both", "interviews"),
            Column("jaccard", "number", "turns that hold both over turns that hold either", "proportion"),
            Column(
                "expected_turns",
                "number",
                "turns that would hold both by chance: passages shifted along interviews",
                "turns",
            ),
            Column("p_turns", "number", "passages shifted along interviews: as many or more turns that hold both", "p"),
            Column("p_turns_adjusted", "number", "over all pairs (Benjamini and Hochberg)", "p"),
            Column("n_first", "integer", "interviews in which `theme` comes before `other`", "interviews"),
            Column("n_second", "integer", "interviews in which it comes after", "interviews"),
            Column("p_order", "number", "sign test of n_first against n_second, two-sided", "p"),
            Column("p_order_adjusted", "number", "over all pairs (Benjamini and Hochberg)", "p"),
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
            Column("ordered_by", "text", "`date`: by date; `listed`: as interviews.csv lists them"),
            Column("new", "integer", "themes or classes that no interview before held"),
            Column("alone", "integer", "themes or classes that no other interview holds at all"),
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
            Column(
                "n_interviews", "integer", "interviews there are; under base + run, nothing can be said", "interviews"
            ),
            Column("base_items", "integer", "themes or classes of the base"),
            Column("position", "integer", "last interview before the first run that brings so little", nullable=True),
            Column(
                "share_of_orders", "number", "of random orders, those that reach it; null: too few", "proportion", True
            ),
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
            Column("n_theme", "integer", "classified segments that it touches, in any class", "segments"),
            Column("n_class", "integer", "segments of the class, in the interviews that somebody coded", "segments"),
            Column("n_interviews", "integer", "interviews in which the theme touches the class", "interviews"),
            Column("expected", "number", "n under independence of segments", "segments"),
            Column("residual", "number", "adjusted standardised residual (Haberman 1973)"),
            Column("phi", "number", "effect: φ of theme against class, residual/√segments", "correlation"),
            Column("p", "number", "of the residual, as if segments were independent: too small", "p"),
            Column("expected_by_interview", "number", "n when classes are shifted along each interview", "segments"),
            Column("p_by_interview", "number", "all shifts along interviews: as far from expected_by_interview", "p"),
            Column("p_adjusted", "number", "p_by_interview over all cells (Benjamini and Hochberg)", "p"),
        ),
        ("n <= n_theme", "n <= n_class", "p_by_interview BETWEEN 0 AND 1"),
    ),
    Table(
        "themes/traces",
        "Blind spots: what of each theme shows in the classes, and of each class in the themes.",
        ("analysis", "kind", "item"),
        (
            ANALYSIS,
            Column("kind", "text", "theme or class"),
            Column("item", "text", "identifier of the theme, or number of the class"),
            Column("n_segments", "integer", "segments of it, in the interviews that somebody coded", "segments"),
            Column("n_met", "integer", "of a theme: those that are classified; of a class: those coded", "segments"),
            Column("n_linked", "integer", "classes, or themes, linked to it: more than expected, p_adjusted < 0.05"),
            Column("nearest", "text", "class, or theme, that it meets with the smallest p", nullable=True),
            Column("p_adjusted", "number", "of that one", "p", nullable=True),
            Column(
                "trace",
                "text",
                "linked; hint (p_by_interview < 0.05 only); none; few: under 5 segments, nothing to tell",
            ),
        ),
        ("kind IN ('theme', 'class')", "trace IN ('linked', 'hint', 'none', 'few')", "n_met <= n_segments"),
    ),
)
