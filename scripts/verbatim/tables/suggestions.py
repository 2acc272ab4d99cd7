"""Tables of passages that the cues of the grid suggest, kept apart from what people coded."""

from verbatim.tables.declaration import Column, Table
from verbatim.tables.private import INTERVIEW, TURN
from verbatim.tables.themes import THEME

TABLES = (
    Table(
        "themes/suggestions",
        "Sentences that the cues of a theme point to. A suggestion is no coding until a person accepts it.",
        ("suggestion",),
        (
            Column("suggestion", "text", "stable identifier"),
            THEME,
            INTERVIEW,
            TURN,
            Column("start", "integer", "where the sentence begins in the turn", "characters from 0"),
            Column("end", "integer", "where it ends (excluded)", "characters from 0"),
            Column("quote", "text", "the sentence, read from the masked turn"),
            Column("cues", "text", "the words that point to the theme, in order, separated by « · »"),
            Column("n_cues", "integer", "how many of them", "words"),
            Column("state", "text", "new, coded (a coder's passage of this theme meets it), accepted or rejected"),
        ),
        ("state IN ('new', 'coded', 'accepted', 'rejected')",),
    ),
    Table(
        "themes/suggestion_quality",
        "What the cues of a theme are worth, measured on the interviews that people coded.",
        ("theme",),
        (
            THEME,
            Column("n_suggested", "integer", "sentences suggested in coded interviews", "sentences"),
            Column("n_coded", "integer", "sentences that a coder's passage of the theme meets", "sentences"),
            Column("n_both", "integer", "sentences both suggested and coded", "sentences"),
            Column("precision", "number", "n_both / n_suggested", "proportion", True),
            Column("precision_low", "number", "its lower bound at 95 % (Clopper and Pearson)", "proportion", True),
            Column("precision_high", "number", "its upper bound", "proportion", True),
            Column("recall", "number", "n_both / n_coded", "proportion", True),
            Column("recall_low", "number", "its lower bound at 95 % (Clopper and Pearson)", "proportion", True),
            Column("recall_high", "number", "its upper bound", "proportion", True),
        ),
        ("n_both <= n_suggested", "n_both <= n_coded"),
    ),
    Table(
        "themes/recodings",
        "Codings of a theme that the grid has since split: which of its parts each one belongs to.",
        ("coding",),
        (
            Column("coding", "text", "identifier of the coding"),
            Column("was", "text", "theme that its coder chose"),
            Column("theme", "text", "theme under which it counts now"),
            Column("decided", "truth", "whether a person chose that theme"),
        ),
    ),
)
