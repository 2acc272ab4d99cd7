"""Tables of passages that the cues of the grid suggest, kept apart from what people coded."""

from verbatim.tables.declaration import Column, Table
from verbatim.tables.private import INTERVIEW, TURN
from verbatim.tables.themes import THEME

MEASURES = (
    Column("precision", "number", "n_both / n_suggested", "proportion", True),
    Column("precision_low", "number", "its lower bound at 95 % (Clopper and Pearson)", "proportion", True),
    Column("precision_high", "number", "its upper bound", "proportion", True),
    Column("recall", "number", "n_both / n_coded", "proportion", True),
    Column("recall_low", "number", "its lower bound at 95 % (Clopper and Pearson)", "proportion", True),
    Column("recall_high", "number", "its upper bound", "proportion", True),
)

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
            Column("n_cues", "integer", "how many different cues and patterns of the theme it holds", "cues"),
            Column("by_pattern", "truth", "whether a pattern of the theme points to it, which is enough"),
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
            *MEASURES,
        ),
        ("n_both <= n_suggested", "n_both <= n_coded"),
    ),
    Table(
        "themes/suggestion_curve",
        "What suggestions are worth, all themes together, by how many different cues a sentence must hold.",
        ("least_cues",),
        (
            Column("least_cues", "integer", "different cues of the theme that a sentence must hold", "cues"),
            Column("n_suggested", "integer", "pairs of a theme and a sentence suggested in coded interviews", "pairs"),
            Column("n_coded", "integer", "pairs that a coder's passage meets", "pairs"),
            Column("n_both", "integer", "pairs both suggested and coded", "pairs"),
            *MEASURES,
            Column("chosen", "truth", "whether this is the study's setting (themes.least_cues)"),
        ),
        ("n_both <= n_suggested", "n_both <= n_coded"),
    ),
    Table(
        "themes/cues",
        "Each cue and pattern of the grid: in how many sentences it stands, and how many of those people coded.",
        ("theme", "kind", "cue"),
        (
            THEME,
            Column("kind", "text", "cue or pattern"),
            Column("cue", "text", "the cue, or the pattern in short"),
            Column("n_sentences", "integer", "sentences in which it stands", "sentences"),
            Column("n_read", "integer", "of these, sentences of interviews that people coded", "sentences"),
            Column("n_both", "integer", "of these, sentences coded under the theme", "sentences"),
        ),
        ("kind IN ('cue', 'pattern')", "n_read <= n_sentences", "n_both <= n_read"),
    ),
    Table(
        "themes/recodings",
        "Codings of a theme that the grid has since renamed, merged or split, and the theme that counts them now.",
        ("coding",),
        (
            Column("coding", "text", "identifier of the coding"),
            Column("was", "text", "theme that its coder wrote"),
            Column("theme", "text", "theme under which it counts now"),
            Column("change", "text", "followed (renamed or merged) or split"),
            Column("decided", "truth", "false while a person has to choose among the parts of a split theme"),
        ),
        ("change IN ('followed', 'split')", "decided OR change = 'split'"),
    ),
)
